"""The command and its sub-commands as plain data, read off their argparse parsers.

argparse has no public way to ask a parser what it understands; the names with an underscore
that are used here have been the same since Python 3.2.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ...engine.options import DIAL_WORDS
from ...engine.presets import Preset
from ..arguments import IN_PLACE
from ..arguments import parser as main_parser
from ..commands import COMMANDS, find

# Values that are worth a proposal although others are allowed too.
_PROPOSED = {
    "preset": tuple(Preset),
    **dict.fromkeys(("diversity", "lexical", "order"), tuple(DIAL_WORDS)),
}


class Takes(Enum):
    """What follows an option, or stands in the place of an operand."""

    NOTHING = auto()
    FILE = auto()
    DIRECTORY = auto()
    VALUE = auto()  # one of the words, if there are any


# By what help calls a value. A model is a name too, but directories are what can be looked up.
_PLACES = {
    "FILE": Takes.FILE,
    "SOURCE": Takes.FILE,
    "DIR": Takes.DIRECTORY,
    "MODEL": Takes.DIRECTORY,
}


@dataclass(frozen=True)
class Option:
    """flags: its spellings. value: the name of what it takes, "" for nothing.

    words: values to propose; strict: whether there are no others. attached: whether a value can
    only stand behind "=", and may be left out.
    """

    flags: tuple[str, ...]
    about: str
    takes: Takes
    value: str = ""
    words: tuple[str, ...] = ()
    strict: bool = False
    attached: bool = False
    repeated: bool = False


@dataclass(frozen=True)
class Operand:
    """What stands without a flag; repeated: any number of times."""

    name: str
    about: str
    takes: Takes
    words: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True)
class Group:
    """Options that belong together; title: "" for the first ones."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Command:
    """words: what is typed to get it. summary: one line. about: what its help begins with."""

    words: tuple[str, ...]
    summary: str
    about: str
    groups: tuple[Group, ...]
    operands: tuple[Operand, ...]
    commands: tuple["Command", ...]

    @property
    def name(self) -> str:
        """The words as they are typed."""
        return " ".join(self.words)

    @property
    def options(self) -> tuple[Option, ...]:
        """Those of all groups."""
        return tuple(option for group in self.groups for option in group.options)

    @property
    def tree(self) -> Iterator["Command"]:
        """The command and all those below it."""
        yield self
        for command in self.commands:
            yield from command.tree


def paraphrase() -> Command:
    """All that `paraphrase` understands."""
    subs = [(name, about, find(name).parser()) for name, about in COMMANDS.items()]
    return read(main_parser(), ("paraphrase",), commands=subs)


def read(
    parser: argparse.ArgumentParser,
    words: tuple[str, ...],
    summary: str = "",
    commands: list[tuple[str, str, argparse.ArgumentParser]] | None = None,
) -> Command:
    """What a parser understands; commands: sub-commands that it does not know of itself."""
    subs = list(commands or ())
    groups: list[Group] = []
    operands = []
    for group in parser._action_groups:
        options = []
        for action in group._group_actions:
            if isinstance(action, argparse._SubParsersAction):
                summaries = {a.dest: _about(parser, a) for a in action._choices_actions}
                subs += [
                    (name, summaries.get(name, ""), sub) for name, sub in action.choices.items()
                ]
            elif action.help is argparse.SUPPRESS:
                continue
            elif action.option_strings:
                options.append(_option(parser, action))
            else:
                operands.append(_operand(parser, action))
        if options:
            # argparse's own first group is just called "options".
            title = "" if group is parser._optionals else group.title or ""
            groups.append(Group(title, tuple(options)))
    return Command(
        words,
        summary,
        " ".join((parser.description or "").split()),
        tuple(groups),
        tuple(operands),
        tuple(read(sub, (*words, name), about) for name, about, sub in subs),
    )


def _option(parser: argparse.ArgumentParser, action: argparse.Action) -> Option:
    about = _about(parser, action)
    if action.nargs == 0:
        return Option(tuple(action.option_strings), about, Takes.NOTHING)
    return Option(
        flags=tuple(action.option_strings),
        about=about,
        takes=_takes(action),
        value=_name(action),
        words=_words(action),
        strict=bool(action.choices),
        attached=IN_PLACE in action.option_strings,
        repeated=isinstance(action, argparse._AppendAction),
    )


def _operand(parser: argparse.ArgumentParser, action: argparse.Action) -> Operand:
    return Operand(
        name=_name(action),
        about=_about(parser, action),
        takes=_takes(action),
        words=_words(action),
        repeated=action.nargs in (argparse.ZERO_OR_MORE, argparse.ONE_OR_MORE),
    )


def _takes(action: argparse.Action) -> Takes:
    return Takes.VALUE if action.choices else _PLACES.get(_name(action), Takes.VALUE)


def _words(action: argparse.Action) -> tuple[str, ...]:
    return tuple(map(str, action.choices or _PROPOSED.get(action.dest, ())))


def _name(action: argparse.Action) -> str:
    return str(action.metavar or action.dest.upper().replace("_", "-"))


def _about(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    """Its help in one line, with what stands for "%(default)s" and the like."""
    return " ".join(parser._get_formatter()._expand_help(action).split()) if action.help else ""
