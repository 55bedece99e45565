"""An int8 package through the engine: what people get, guards and ranking included."""

from collections.abc import Sequence
from pathlib import Path

from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser


class Package:
    """A model package at one position of the dial."""

    def __init__(self, path: Path, variants: int):
        self._paraphraser = Paraphraser.load(str(path))
        self._variants = variants

    def paraphrase(
        self, texts: Sequence[str], diversity: int | None
    ) -> list[tuple[tuple[str, ...], bool]]:
        """Variants of each text, best first, and whether it was kept (the text itself then)."""
        options = Options(num=self._variants)
        if diversity is not None:
            options = Options(num=self._variants, diversity=diversity)
        found = self._paraphraser.paraphrase_many(texts, options)
        return [
            (tuple(v.text for v in one.variants) or (one.source,), not one.variants)
            for one in found
        ]
