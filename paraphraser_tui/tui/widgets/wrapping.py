"""Text in rows of cells: tab stops, and where a line of text is broken."""

from rich.cells import cell_len, get_character_cell_size

TAB_STOP = 8

# Blocks of characters that are surely one cell wide each; what is left is measured one by one.
_NARROW_BLOCKS = ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x2010, 0x2027))
_NARROW = frozenset(chr(c) for first, last in _NARROW_BLOCKS for c in range(first, last + 1))


def expanded(line: str, column: int = 0) -> str:
    """A line that begins at this column, with blanks up to the next tab stop instead of tabs.

    >>> expanded("1\\tone")
    '1       one'
    """
    first, *rest = line.split("\t")
    out = [first]
    column += cell_len(first) if rest else 0
    for piece in rest:
        gap = TAB_STOP - column % TAB_STOP
        out.append(" " * gap + piece)
        column += gap + cell_len(piece)
    return "".join(out)


def wrapped(line: str, width: int) -> list[tuple[int, int]]:
    """Where the rows of a line begin and end, at least one; blanks at a break are in no row.

    Only a word that is wider than a row is cut.

    >>> [" one two"[start:end] for start, end in wrapped(" one two", 5)]
    [' one', 'two']
    """
    reach = _by_length if _NARROW.issuperset(line) else _by_cells
    rows: list[tuple[int, int]] = []
    start = 0
    while (limit := reach(line, start, width)) < len(line):
        blank = line.rfind(" ", start, limit + 1)
        row = line[start : max(start, blank)].rstrip(" ")
        end = start + len(row) if row else limit
        rows.append((start, end))
        start = end
        while line[start : start + 1] == " ":
            start += 1
    if start < len(line) or not rows:
        rows.append((start, len(line)))
    return rows


def _by_length(_line: str, start: int, width: int) -> int:
    return start + width


def _by_cells(line: str, start: int, width: int) -> int:
    """The end of what fits into a row; at least one character does."""
    for end in range(start, len(line)):
        width -= get_character_cell_size(line[end])
        if width < 0:
            return max(end, start + 1)
    return len(line)
