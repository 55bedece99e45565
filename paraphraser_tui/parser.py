"""The parser that all commands share: what is wrong with a command line fits in one line."""

import argparse
from typing import NoReturn

from .errors import OptionError


class Parser(argparse.ArgumentParser):
    """argparse, but raising OptionError; options are never abbreviated."""

    def __init__(self, prog: str, description: str, **settings) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        # argparse prints the usage first; one line is what a person reads.
        raise OptionError(f"{message}; see {self.prog} --help")
