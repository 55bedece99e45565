"""`paraphrase man`: the manual page."""

from ...errors import ExitCode
from ...parser import Parser
from ..shell.grammar import paraphrase
from ..shell.manpage import page
from ..writing import Closed, silence, writer


def parser() -> Parser:
    """What `paraphrase man` understands."""
    return Parser(
        prog="paraphrase man",
        description="Print the manual page, in roff.",
        epilog="To read it: paraphrase man | man -l -",
    )


def run(arguments: list[str]) -> int:
    """Print the page; returns the exit code."""
    parser().parse_args(arguments)
    with writer(None) as out:
        try:
            out.write(page(paraphrase()).encode())
        except Closed:
            silence()
    return ExitCode.OK
