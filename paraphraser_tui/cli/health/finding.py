"""A check and what it finds; one that fails is a finding too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ...errors import ExitCode, ParaphraserError


class State(StrEnum):
    """How it stands with something."""

    OK = "ok"
    NOTE = "note"  # it works, but not as well as it could
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line of the report. code: what the command returns for it if it is bad."""

    name: str
    state: State
    text: str
    code: ExitCode = ExitCode.OK


@dataclass(frozen=True)
class Check:
    """look: finds out. code: for a failure; OK if the program can do without what is looked at."""

    name: str
    look: Callable[[], Iterable[Finding]]
    code: ExitCode = ExitCode.OK


def ok(name: str, text: str) -> Finding:
    """All is well."""
    return Finding(name, State.OK, text)


def note(name: str, text: str) -> Finding:
    """Worth to know."""
    return Finding(name, State.NOTE, text)


def bad(name: str, text: str, code: ExitCode) -> Finding:
    """Something has to be done."""
    return Finding(name, State.BAD, text, code)


def examine(check: Check) -> Iterator[Finding]:
    """What the check finds, as it finds it, and its failure if it fails."""
    try:
        yield from check.look()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except ParaphraserError as error:
        yield bad(check.name, str(error), ExitCode(error.exit_code))
    except BaseException as error:  # a library in Rust panics with one
        text = f"cannot be told: {type(error).__name__}: {error}"
        yield bad(check.name, text, check.code) if check.code else note(check.name, text)
