"""Completion for zsh: a function for each command, around `_arguments`."""

import re
from collections.abc import Iterator
from shlex import quote

from .grammar import Command, Operand, Option, Takes

_HEAD = """\
#compdef {name}
# Completion of `{name}` for zsh; printed by `{name} completion zsh`.
"""
_TAIL = """
if [[ $funcstack[1] == _{name} ]]; then
  _{name} "$@" # loaded from a directory of $fpath, this is the first call
elif (( $+functions[compdef] )); then
  compdef _{name} {name}
fi
"""
_PLACES = {Takes.FILE: "_files", Takes.DIRECTORY: "_files -/"}


def zsh(top: Command) -> str:
    """The script that teaches zsh a command."""
    parts = [_HEAD.format(name=top.name)]
    # The command itself comes last: it calls the others.
    for command in reversed([*top.tree]):
        parts.append(f"\n{_function(command)}() {{\n")
        parts += (f"  {line}\n" for line in _lines(command))
        parts.append("}\n")
    parts.append(_TAIL.format(name=top.name))
    return "".join(parts)


def _function(command: Command) -> str:
    return "_" + "_".join(command.words)


def _lines(command: Command) -> Iterator[str]:
    if command.commands:
        yield from _dispatch(command)
    specs = [spec for option in command.options for spec in _option(option)]
    specs += _operands(command)
    yield "_arguments -s -S \\"
    yield from (f"  {quote(spec)} \\" for spec in specs[:-1])
    yield f"  {quote(specs[-1])}"


def _dispatch(command: Command) -> Iterator[str]:
    yield "if (( CURRENT > 2 )); then"
    yield "  case $words[2] in"
    for sub in command.commands:
        shift = "shift words; (( CURRENT-- ))"
        yield f"    {quote(sub.words[-1])}) {shift}; {_function(sub)}; return ;;"
    yield "  esac"
    yield "fi"
    yield "local -a subcommands=("
    for sub in command.commands:
        yield f"  {quote(f'{_escaped(sub.words[-1])}:{sub.summary}')}"
    yield ")"


def _operands(command: Command) -> Iterator[str]:
    """In order; sub-commands share the first place with what else may stand there."""
    if command.commands:
        first = "(( CURRENT == 2 )) && _describe -t commands command subcommands"
        beside = "; _files" if command.operands else ""
        yield f"1:command:{{{first}{beside}}}"
    for place, operand in enumerate(command.operands, 1):
        which = "*" if operand.repeated else place
        if which != 1 or not command.commands:
            yield f"{which}:{_escaped(operand.name)}:{_action(operand)}"


def _option(option: Option) -> Iterator[str]:
    if option.repeated:
        before = "*"
    else:
        before = f"({' '.join(option.flags)})" if len(option.flags) > 1 else ""
    about = f"[{_escaped(option.about)}]"
    for flag in option.flags:
        if option.takes is Takes.NOTHING:
            yield f"{before}{flag}{about}"
            continue
        value = f":{_escaped(option.value)}:{_action(option)}"
        if option.attached:
            yield f"{before}{flag}=-{about}:{value}"
        else:
            joint = "=" if flag.startswith("--") else "+"
            yield f"{before}{flag}{joint}{about}{value}"


def _action(what: Option | Operand) -> str:
    if what.words:
        return f"({' '.join(map(_escaped, what.words))})"
    return _PLACES.get(what.takes, " ")


def _escaped(text: str) -> str:
    r"""For a specification, where "[", "]", ":" and more have a meaning.

    >>> print(_escaped("a[1]: b"))
    a\[1\]\: b
    """
    return re.sub(r"([\\\[\](){}:$`\"'])", r"\\\1", text)
