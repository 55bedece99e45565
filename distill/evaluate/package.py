"""An int8 package: through the engine as people get it, or its bare beam search."""

from collections.abc import Sequence
from pathlib import Path

from paraphraser_tui.engine import translator
from paraphraser_tui.engine.background import Background
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser, available_threads
from paraphraser_tui.engine.tokens import load_tokenizer
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import Role
from paraphraser_tui.text import typography

from .config import Decoding


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


class Decoder:
    """The beam search of a model package, without the engine's guards and choice."""

    def __init__(self, path: Path, decoding: Decoding):
        package = store.find(str(path), Role.PARAPHRASER)
        tokenizer = Background(lambda: load_tokenizer(package.path, package.manifest.tokenizer))
        self._translator = translator.Translator(
            package.path, tokenizer, package.manifest, available_threads()
        )
        self._decoding = translator.Decoding(
            beam_size=decoding.beams, num_hypotheses=decoding.variants
        )

    def paraphrase(self, texts: Sequence[str], controls: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The best variants of each text under these codes; the text itself if none ended."""
        plain = [typography.plain(text) for text in texts]
        found = self._translator.generate(plain, [controls] * len(plain), self._decoding)()
        return [tuple(said) or (text,) for said, text in zip(found, texts, strict=True)]
