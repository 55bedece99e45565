"""The errors a user can meet, each with the exit code the commands return for it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the commands of this project return to the shell."""

    OK = 0
    KEPT = 1  # with --strict only: at least one sentence had no acceptable paraphrase
    USAGE = 2
    MODEL = 3
    INPUT = 4
    OUTPUT = 5
    INTERRUPTED = 130


class ParaphraserError(Exception):
    """Base of all expected errors; its text is one plain line for the user."""

    exit_code = ExitCode.USAGE


class OptionError(ParaphraserError):
    """An option has an impossible value, or two options contradict each other."""


class ModelError(ParaphraserError):
    """A model package is missing, incomplete or does not match its checksums."""

    exit_code = ExitCode.MODEL


class InputError(ParaphraserError):
    """A text cannot be read: no such file, binary data, broken encoding."""

    exit_code = ExitCode.INPUT


class OutputError(ParaphraserError):
    """The result cannot be written."""

    exit_code = ExitCode.OUTPUT
