"""The manual page: what the parsers say, and what only stands here."""

from collections.abc import Iterable, Iterator

from ... import __version__
from ...errors import ExitCode
from ...paths import APP, DATA_VARIABLE
from ...settings.files import CONFIG_VARIABLE, PROJECT_FILE, USER_FILE
from ...settings.resolve import VARIABLES
from .grammar import Command, Operand, Option, Takes
from .roff import bold, escaped, italic, macro, tagged, typed

SECTION = "1"  # commands of users

_DESCRIPTION = (
    "Texts are read from files, standard input or --text, and written with each sentence "
    "replaced by its best variant; what stands between sentences stays as it is. A sentence "
    "for which nothing is good enough stays too. Numbers, names, links and code are kept to "
    "the letter.",
    "Nothing leaves the machine, and nothing is fetched unasked: the model comes with the program.",
    "A file that is called like a command below is written with its directory, as in ./config.",
)
_EXITS = {
    ExitCode.OK: "Done.",
    ExitCode.KEPT: "A sentence had no good variant and stayed, with --strict only.",
    ExitCode.USAGE: "A wrong option or setting, or some that contradict each other.",
    ExitCode.MODEL: "A model is missing or damaged.",
    ExitCode.INPUT: "A text cannot be read.",
    ExitCode.OUTPUT: "The result cannot be written.",
    ExitCode.INTERRUPTED: "Interrupted.",
}
_FILES = {
    USER_FILE: f"In the directory {APP} of your configuration (on Linux below ~/.config): your own "
    "settings. paraphrase config --path says where it is.",
    PROJECT_FILE: "Settings of a project: looked for in the working directory and those above it.",
    "models": f"In the directory {APP} of your data (on Linux below ~/.local/share): installed "
    "models.",
}
_ENVIRONMENT = {
    CONFIG_VARIABLE: "A settings file in place of your own; none is read if it is empty.",
    DATA_VARIABLE: "The directory that holds installed models, in place of the usual one.",
    **{
        variable: f"As --{field}; it beats settings files, and the command line beats it."
        for variable, field in VARIABLES.items()
    },
    "NO_COLOR": "Colours are left out if it is set.",
}
EXAMPLES = {
    "Reword a text; each sentence is written as soon as it is known:": "paraphrase < letter.txt",
    "Five variants of a sentence, far from it, without touching a term:": (
        'paraphrase -n 5 --diversity high --freeze "force majeure" --text "This is a clause."'
    ),
    "See what would change in a document, then change it and keep a copy:": (
        "paraphrase --diff notes.md\nparaphrase --in-place=.bak notes.md"
    ),
    "All sentences with their variants, for programs:": "paraphrase -n 3 --format jsonl notes.md",
}


def page(top: Command) -> str:
    """The page of a command in roff."""
    return "".join(f"{line}\n" for line in _lines(top))


def _lines(top: Command) -> Iterator[str]:
    # Without a date: the same program always prints the same page.
    yield macro("TH", top.name.upper(), SECTION, "", f"{APP} {__version__}")
    yield macro("SH", "NAME")
    yield escaped(f"{top.name} - {top.about}".rstrip("."))
    yield macro("SH", "SYNOPSIS")
    runnable = [command for command in top.tree if command is top or not command.commands]
    yield "\n.br\n".join(map(_synopsis, runnable))
    yield macro("SH", "DESCRIPTION")
    yield escaped(top.about)
    for paragraph in _DESCRIPTION:
        yield from (".PP", escaped(paragraph))
    yield macro("SH", "OPTIONS")
    yield from _operands(top)
    for group in top.groups:
        if group.title:
            yield macro("SS", group.title.capitalize())
        for option in group.options:
            yield from tagged(_flags(option), escaped(option.about))
    if top.commands:
        yield macro("SH", "COMMANDS")
        yield escaped(f"Each explains itself: {top.name} COMMAND --help.")
        for command in top.commands:
            yield from _command(command)
    yield macro("SH", "EXIT STATUS")
    yield from _table({str(int(code)): about for code, about in _EXITS.items()})
    yield macro("SH", "FILES")
    yield from _table(_FILES)
    yield macro("SH", "ENVIRONMENT")
    yield from _table(_ENVIRONMENT)
    yield macro("SH", "EXAMPLES")
    for number, (about, lines) in enumerate(EXAMPLES.items()):
        if number:
            yield ".PP"
        yield escaped(about)
        yield from typed(lines.splitlines())


def _synopsis(command: Command) -> str:
    words = [bold(command.name)]
    if len(command.options) > 1:  # more than --help
        words.append(f"[{italic('OPTION')}]...")
    for operand in command.operands:
        shown = _operand(operand)
        words.append(f"[{shown}]..." if operand.repeated else shown)
    return " ".join(words)


def _command(command: Command) -> Iterator[str]:
    """Its section; commands below it are paragraphs there."""
    yield macro("SS", command.name)
    yield escaped(command.about)
    yield from _own(command)
    for sub in [*command.tree][1:]:
        yield from tagged(_synopsis(sub), escaped(sub.about))
        if own := [*_own(sub)]:
            yield from (".RS", *own, ".RE")


def _own(command: Command) -> Iterator[str]:
    """What it takes, but for the help that all have."""
    yield from _operands(command)
    for option in command.options:
        if "--help" not in option.flags:
            yield from tagged(_flags(option), escaped(option.about))


def _operands(command: Command) -> Iterator[str]:
    for operand in command.operands:
        if operand.about:
            yield from tagged(_operand(operand), escaped(operand.about))


def _operand(operand: Operand) -> str:
    """Its name, or the words that may stand for it."""
    return _words(operand.words) if operand.words else italic(operand.name)


def _words(words: Iterable[str]) -> str:
    return r"\||\|".join(map(bold, words))


def _flags(option: Option) -> str:
    value = _words(option.words) if option.strict else italic(option.value)
    shown = []
    for flag in option.flags:
        if option.takes is Takes.NOTHING:
            shown.append(bold(flag))
        elif option.attached:
            shown.append(f"{bold(flag)}[={value}]")
        else:
            shown.append(f"{bold(flag)} {value}")
    return ", ".join(shown)


def _table(rows: dict[str, str]) -> Iterator[str]:
    for tag, about in rows.items():
        yield from tagged(bold(tag), escaped(about))
