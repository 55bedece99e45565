"""How a model of the Hugging Face Hub is written here; what is there, only the converter asks."""

import re
from dataclasses import dataclass

from ..errors import OptionError

PREFIX = "hub:"
_PART = r"\w(?:[\w.-]{0,94}\w)?"
_WRITTEN = re.compile(rf"{PREFIX}({_PART})/({_PART})(?:@(\w[\w./-]{{0,199}}))?", re.ASCII)
_NOT_THERE = ("--", "..")  # in no name on the Hub


@dataclass(frozen=True)
class HubModel:
    """A model of the Hub. revision: a branch, a tag or a commit; None for what is newest."""

    owner: str
    name: str
    revision: str | None = None

    @property
    def repository(self) -> str:
        """The name it has there."""
        return f"{self.owner}/{self.name}"

    def __str__(self) -> str:
        return f"{PREFIX}{self.repository}" + (f"@{self.revision}" if self.revision else "")


def is_address(source: str) -> bool:
    """Whether a model of the Hub is asked for; nothing else begins like this."""
    return source.startswith(PREFIX)


def read_address(source: str) -> HubModel:
    """The model that is meant; OptionError if it is not written as it must be."""
    found = _WRITTEN.fullmatch(source)
    if found is None or any(part in found[1] + "/" + found[2] for part in _NOT_THERE):
        raise OptionError(
            f"{source!r} is no model of the Hugging Face Hub: it is written {PREFIX}OWNER/NAME or "
            f"{PREFIX}OWNER/NAME@REVISION"
        )
    return HubModel(*found.groups())
