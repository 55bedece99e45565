"""`paraphrase completion`: scripts that teach a shell to complete the command."""

from collections.abc import Callable

from ...errors import ExitCode
from ...parser import Parser
from ..shell.bash import bash
from ..shell.fish import fish
from ..shell.grammar import Command, paraphrase
from ..shell.zsh import zsh
from ..writing import Closed, silence, writer

SHELLS: dict[str, Callable[[Command], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


def parser() -> Parser:
    """What `paraphrase completion` understands."""
    made = Parser(
        prog="paraphrase completion",
        description="Print a script that lets a shell complete options, their values and files.",
        epilog="For bash, now: source <(paraphrase completion bash)",
    )
    made.add_argument("shell", choices=[*SHELLS], help="the shell that reads the script")
    return made


def run(arguments: list[str]) -> int:
    """Print the script; returns the exit code."""
    script = SHELLS[parser().parse_args(arguments).shell](paraphrase())
    with writer(None) as out:
        try:
            out.write(script.encode())
        except Closed:
            silence()
    return ExitCode.OK
