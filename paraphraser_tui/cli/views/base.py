"""What all renderers have in common."""

from collections.abc import Sequence

from ...document.formats import Part, Segment
from ...engine.result import Result
from ...errors import InputError
from ...text.decode import Encoding

Answered = tuple[Part, Result | None]  # what stands between sentences has no result


class Renderer:
    """Turns answered parts into bytes, group by group; this one writes nothing."""

    safe = False  # whether a terminal can have the bytes as they are

    def start(self, name: str, encoding: Encoding) -> bytes:
        """What stands before the first part of a text."""
        return b""

    def group(self, parts: Sequence[Answered]) -> bytes:
        """Some parts, in order."""
        return b""

    def finish(self) -> bytes:
        """What stands after the last part of a text."""
        return b""

    def end(self) -> bytes:
        """What stands after the last text."""
        return b""


def original(part: Part) -> str:
    """A part as it stood in its document."""
    return part.raw if isinstance(part, Segment) else part


def rewritten(part: Part, result: Result | None, encoding: Encoding) -> str:
    """A part as it stands in the rewritten document, if that encoding can store it."""
    if result is None or not result.variants or isinstance(part, str):
        return original(part)
    text = part.write(result.best)
    try:
        encoding.encode(text)
    except InputError:
        return part.raw
    return text
