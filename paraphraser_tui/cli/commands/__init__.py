"""The words that may come first: `paraphrase config`, `paraphrase models` and so on.

Each is a module here with `parser()`, for help, completion and the man page, and
`run(arguments)`, which returns an exit code. Only the one that is asked for is imported; a file
of the same name is written `./config`.
"""

from importlib import import_module
from types import ModuleType

# What each does, for `paraphrase --help`.
COMMANDS: dict[str, str] = {
    "config": "show which settings count, and where each came from",
    "doctor": "check this program, its models, your settings and this machine",
    "completion": "print a script that lets a shell complete the command",
    "man": "print the manual page",
    "corpus": "reword every row of a corpus, on all processors or a cluster",
    "models": "see, check, install, choose and remove models",
}


def find(name: str) -> ModuleType:
    """The module of one of COMMANDS."""
    return import_module(f".{name}", __name__)
