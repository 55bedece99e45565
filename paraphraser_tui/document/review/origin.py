"""What a review begins with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ..formats import Document, Format
from .records import Head, packed, sha256


@dataclass(frozen=True)
class Origin:
    """A document as bytes, and how to read them; `encoding` only if one was asked for."""

    name: str
    path: Path | None
    data: bytes
    format: Format
    encoding: str | None = None

    @classmethod
    def of(cls, head: Head) -> Self:
        """What a journal begins with. Raises InputError if it is damaged."""
        path = None if head.path is None else Path(head.path)
        return cls(head.name, path, head.original, head.format, head.encoding)

    def head(self, document: Document) -> Head:
        """What a journal has to begin with, so that `of` finds all of this."""
        return Head(
            name=self.name,
            path=None if self.path is None else str(self.path.absolute()),
            format=self.format,
            encoding=self.encoding,
            sentences=len(document.segments),
            digest=digest(document),
            sha256=sha256(self.data),
            data=packed(self.data),
        )


def digest(document: Document) -> str:
    """Tells a document from one with other sentences."""
    sources = "\n".join(segment.source for segment in document.segments)
    return sha256(sources.encode("utf-8", "surrogatepass"))
