"""A share of one as a bar of eighths of a cell."""

from textual.content import Content

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_STEPS = len(_EIGHTHS) - 1
_QUIET = "$foreground-muted"
_TRACK = "$foreground-muted on $foreground 15%"


def bar(share: float, width: int) -> str:
    """A bar of so many cells, filled from the left; less than 0 is empty, more than 1 full.

    >>> bar(0.7, 4)
    '██▊ '
    """
    full, rest = divmod(round(min(max(share, 0.0), 1.0) * width * _STEPS), _STEPS)
    return (_EIGHTHS[-1] * full + _EIGHTHS[rest])[:width].ljust(width)


def meter(label: str, share: float, width: int) -> Content:
    """A name, a bar of so many cells and the figure."""
    return Content.assemble(
        (f"{label} ", _QUIET), (bar(share, width), _TRACK), (f" {share:.2f}", _QUIET)
    )
