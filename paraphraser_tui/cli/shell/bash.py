"""Completion for bash: every command's words in a `case`, and one way to choose among them."""

from collections.abc import Iterable, Iterator
from shlex import quote

from .grammar import Command, Operand, Option, Takes

_HEAD = """\
# Completion of `{name}` for bash; printed by `{name} completion bash`.

_{name}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command={name} takes="" word first i
    local options=() words=()
    COMPREPLY=()

    # Bash cuts "--format=json" into three pieces; here a joined option keeps its "=".
    if [[ $current == = ]]; then
        current="" previous+="="
    elif [[ $previous == = ]]; then
        previous=${{COMP_WORDS[COMP_CWORD - 2]}}"="
    fi
    for ((first = 1; first < COMP_CWORD; first++)); do
        case "$command ${{COMP_WORDS[first]}}" in
            {commands}) command+=" ${{COMP_WORDS[first]}}" ;;
            *) break ;;
        esac
    done

    case "$command" in
"""
_TAIL = """\
    esac
    for ((i = first; i < COMP_CWORD; i++)); do
        # Behind "--" there are no options any more.
        [[ ${{COMP_WORDS[i]}} == -- ]] && options=() && break
    done
    [[ $current == -* ]] && words=("${{options[@]}}") takes=""
    for word in "${{words[@]}}"; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done
    case "$takes" in
        files)
            # Where nothing fits, behind a "~" or a quote perhaps, readline looks itself.
            compopt -o filenames -o default 2>/dev/null
            while IFS= read -r word; do
                COMPREPLY+=("$word")
            done < <(compgen -f -- "$current")
            ;;
        directories) compopt -o dirnames 2>/dev/null ;;
    esac
}}

if type compopt >/dev/null 2>&1; then
    complete -F _{name} {name}
else
    complete -o default -F _{name} {name} # bash before 4.0
fi
"""
_PLACES = {Takes.FILE: "files", Takes.DIRECTORY: "directories"}


def bash(top: Command) -> str:
    """The script that teaches bash a command."""
    below = [command.name for command in top.tree if command is not top]
    commands = " | ".join(map(quote, below)) or "''"
    parts = [_HEAD.format(name=top.name, commands=commands)]
    for command in top.tree:
        parts.append(f"        {quote(command.name)})\n")
        parts += (f"            {line}\n" for line in _lines(command))
        parts.append("            ;;\n")
    parts.append(_TAIL.format(name=top.name))
    return "".join(parts)


def _lines(command: Command) -> Iterator[str]:
    """What may come next, for this command and for those of its options that take a value."""
    yield f"options={_array(flag for option in command.options for flag in option.flags)}"
    for operand in command.operands:
        yield _next(operand)
    if command.commands:
        names = _array(sub.words[-1] for sub in command.commands)
        yield f"((first == COMP_CWORD)) && words={names}"
    taking: dict[str, list[str]] = {}
    for option in command.options:
        if option.takes is not Takes.NOTHING:
            taking.setdefault(_next(option), []).extend(_patterns(option))
    if taking:
        yield 'case "$previous" in'
        for value, flags in taking.items():
            yield f"    {' | '.join(map(quote, flags))}) options=() {value} ;;"
        yield "esac"


def _patterns(option: Option) -> Iterator[str]:
    for flag in option.flags:
        if not option.attached:
            yield flag
        yield f"{flag}="


def _next(what: Option | Operand) -> str:
    return f'words={_array(what.words)} takes="{_PLACES.get(what.takes, "")}"'


def _array(words: Iterable[str]) -> str:
    return f"({' '.join(map(quote, words))})"
