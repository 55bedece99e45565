"""Keys by topic, as help lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

from textual.binding import Binding, BindingType

GAP = "  "  # between two keys that do the same


@dataclass(frozen=True)
class KeyGroup:
    """What can be pressed in one place, and what each key does there."""

    topic: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, topic: str, bindings: Iterable[BindingType], display: Callable[[Binding], str]
    ) -> Self:
        """The bindings that have a description; keys that do the same share a row.

        Where a description is short for the footer, the tooltip has all of it.

        display: how a key is written, such as `App.get_key_display`.
        """
        keys: dict[str, list[str]] = {}
        for binding in Binding.make_bindings(bindings):
            if binding.description:
                about = binding.tooltip or binding.description
                keys.setdefault(about, []).append(display(binding))
        return cls(topic, tuple((GAP.join(dict.fromkeys(k)), about) for about, k in keys.items()))

    def matching(self, text: str) -> Self | None:
        """The rows that hold the text, all of them if the topic does; None without any."""
        wanted = text.casefold().strip()
        if wanted in self.topic.casefold():
            return self
        rows = tuple(row for row in self.rows if any(wanted in cell.casefold() for cell in row))
        return type(self)(self.topic, rows) if rows else None
