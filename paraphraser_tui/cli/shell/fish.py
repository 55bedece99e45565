"""Completion for fish: a line for each option, under a condition that names its command."""

import re
from collections.abc import Iterator

from .grammar import Command, Operand, Option, Takes

_HEAD = """\
# Completion of `{name}` for fish; printed by `{name} completion fish`.

# Whether the words so far belong to this command.
function __{name}_in
    set -l words (commandline -opc)
    set -e words[1]
    set -l command {name}
    for word in $words
        switch "$command $word"
            case {commands}
                set command "$command $word"
            case '*'
                break
        end
    end
    test "$command" = "$argv"
end

# Whether they are this command and nothing more.
function __{name}_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l asked $argv
    set -e asked[1]
    test "$words" = "$asked"
end

complete -c {name} -f
"""
_PLACES = {Takes.FILE: "-F", Takes.DIRECTORY: "-a '(__fish_complete_directories)'"}


def fish(top: Command) -> str:
    """The script that teaches fish a command."""
    below = [command.name for command in top.tree if command is not top]
    head = _HEAD.format(name=top.name, commands=" ".join(map(_quoted, below)) or "''")
    return head + "".join(
        f"complete -c {top.name} {line}\n" for command in top.tree for line in _lines(command)
    )


def _lines(command: Command) -> Iterator[str]:
    name = command.words[0]
    inside = f"-n {_quoted(f'__{name}_in {command.name}')}"
    at_once = f"-n {_quoted(f'__{name}_at {command.name}')}"
    for sub in command.commands:
        yield f"{at_once} -a {_quoted(sub.words[-1])} -d {_quoted(sub.summary)}"
    for operand in command.operands:
        if proposals := _proposals(operand):
            yield f"{inside} {proposals}"
    for option in command.options:
        flags = " ".join(map(_flag, option.flags))
        value = "" if option.attached else _value(option)
        yield f"{inside} {flags}{value} -d {_quoted(option.about)}"


def _flag(flag: str) -> str:
    return f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"


def _value(option: Option) -> str:
    if option.takes is Takes.NOTHING:
        return ""
    alone = "-r" if option.takes is Takes.FILE else "-x"
    return f" {alone} {_proposals(option)}".rstrip()


def _proposals(what: Option | Operand) -> str:
    if what.words:
        return f"-a {_quoted(' '.join(map(_literal, what.words)))}"
    return _PLACES.get(what.takes, "")


def _literal(word: str) -> str:
    """What stands behind `-a` is split and expanded once more."""
    return re.sub(r"[^\w@%+=:.,/-]", r"\\\g<0>", word)


def _quoted(text: str) -> str:
    r"""In single quotes, as fish wants it.

    >>> print(_quoted("it's \\"))
    'it\'s \\'
    """
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
