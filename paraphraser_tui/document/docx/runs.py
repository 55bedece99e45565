"""Marked text as the runs of a paragraph."""

import re

from ..formats.tokens import Role
from .flow import SOLID, Flow
from .items import Item, Look

_MARK = re.compile(r"<(/?)([sk])(\d+)>")
_KEEP_BLANKS = ' xml:space="preserve"'


def written(flow: Flow, marked: str, look: Look) -> str:
    """The XML of a stretch of marked text, of which the first words have that look."""
    runs = _Runs()
    # What is read as words is kept as it is: the words are those that it had.
    words, *marks = _MARK.split(SOLID.sub(r"<k\1>", marked))
    runs.words(words, look)
    for closing, kind, number, words in zip(*(marks[n::4] for n in range(4)), strict=True):
        if kind == "k":
            runs.item(flow.kept[int(number)])
        else:
            look = flow.looks[0 if closing else int(number)]
        runs.words(words, look)
    return runs.xml()


class _Runs:
    """Begins and ends runs where the look changes, and around what is not words."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._look: Look | None = None  # of the run that is open
        self._child: int | None = None  # where its content comes from, if it is not words
        self._words: list[str] = []

    def item(self, item: Item) -> None:
        """Something as it was."""
        if item.inside:
            for part in item.inside:
                self.item(part)
        elif item.look is None:
            self._leave()
            self._out.append(item.xml)
        elif item.role is Role.TEXT and not item.joins:
            self.words(item.xml, item.look)
        else:
            self._enter(item.look, None if item.joins else item.first)
            self._end_words()
            self._out.append(item.xml)

    def words(self, xml: str, look: Look) -> None:
        """Words of a look."""
        if xml:
            self._enter(look)
            self._words.append(xml)

    def xml(self) -> str:
        """All runs."""
        self._leave()
        return "".join(self._out)

    def _enter(self, look: Look, child: int | None = None) -> None:
        if self._look is None or (self._look.key, self._child) != (look.key, child):
            self._leave()
            self._out.append(look.start)
            self._look, self._child = look, child

    def _end_words(self) -> None:
        if self._words:
            words, self._words = "".join(self._words), []
            space = _KEEP_BLANKS if words.strip() != words else ""
            tag = self._look.text_tag
            self._out.append(f"<{tag}{space}>{words}</{tag}>")

    def _leave(self) -> None:
        if self._look is not None:
            self._end_words()
            self._out.append(f"</{self._look.tag}>")
            self._look = None
