"""The little of roff that a manual page needs."""

from collections.abc import Iterable, Iterator

# What roff would read as something else, or print as a typographic relative of it.
_SPECIAL = {
    "\\": r"\(rs",
    "-": r"\-",
    "'": r"\(aq",
    '"': r"\(dq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
}
_ASCII = 0x80


def escaped(text: str) -> str:
    r"""Text in one line, to be shown to the letter.

    >>> print(escaped("--num isn't \\n"), escaped(".TH"))
    \-\-num isn\(aqt \(rsn \&.TH
    """
    line = "".join(_SPECIAL.get(c) or _in_ascii(c) for c in " ".join(text.split()))
    return rf"\&{line}" if line.startswith(".") else line


def bold(text: str) -> str:
    """To be typed as it is."""
    return rf"\fB{escaped(text)}\fR"


def italic(text: str) -> str:
    """To be replaced by something."""
    return rf"\fI{escaped(text)}\fR"


def macro(name: str, *arguments: str) -> str:
    """A line such as .SH "NAME"; the arguments are plain text."""
    return " ".join([f".{name}", *(f'"{escaped(argument)}"' for argument in arguments)])


def tagged(tag: str, text: str) -> Iterator[str]:
    """A paragraph behind a tag, both already escaped."""
    yield from (".TP", tag)
    if text:
        yield text


def typed(lines: Iterable[str]) -> Iterator[str]:
    """Plain lines that stay as they are, set apart."""
    yield from (".PP", ".RS 4", ".nf")
    yield from map(escaped, lines)
    yield from (".fi", ".RE")


def _in_ascii(character: str) -> str:
    return character if ord(character) < _ASCII else rf"\[u{ord(character):04X}]"
