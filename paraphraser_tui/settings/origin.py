"""A value and where it came from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Source(StrEnum):
    """Where settings come from, the weakest first."""

    DEFAULT = "default"
    USER = "user file"
    PROJECT = "project file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


FILES = (Source.USER, Source.PROJECT)


@dataclass(frozen=True)
class Origin:
    """Where a value was set; as a string, what a person wants to read about it.

    where: the file or the environment variable. preset: the preset that held the value; source
    and where are then those of its definition, Source.DEFAULT for a built-in one.
    """

    source: Source
    where: str = ""
    preset: str = ""

    def __str__(self) -> str:
        if self.preset:
            return f"preset {self.preset} ({self.where})" if self.where else f"preset {self.preset}"
        if self.source in FILES:
            return self.where
        return f"{self.source} {self.where}".rstrip()


@dataclass(frozen=True)
class Value:
    """A value with its origins: several where lists were joined, otherwise one.

    unused: why the value does not count at present; empty where it does.
    """

    value: Any
    origins: tuple[Origin, ...]
    unused: str = ""

    @property
    def origin(self) -> str:
        """All origins, to be read by a person."""
        return ", ".join(map(str, self.origins))


# What one source says, by the names of the fields.
Layer = dict[str, Value]
