"""An engine that answers at once: every sentence comes back in capitals, or is kept."""

from dataclasses import replace

from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.errors import ModelError
from paraphraser_tui.text.prose import NotProse

MODELS = ("house",)


def answer(sentence, options):
    """What the fake says: marked variants, or the sentence kept if it holds KEEP or is short."""
    if "KEEP" in sentence:
        return Result(sentence, kept=Kept.REJECTED, refused={"number": 2})
    if " " not in sentence:
        return Result(sentence, kept=NotProse.GREETING)
    return Result(
        sentence,
        tuple(
            Paraphrase(sentence.upper() + "!" * i, 0.9 - i / 100, 0.3, 0.5, ("doubtful",) * (i > 0))
            for i in range(options.num)
        ),
    )


def fitting(sentence, result):
    """The result without the variants that have no place in the sentence's document."""
    variants = tuple(v for v in result.variants if sentence.fits(v.text))
    if variants or result.kept:
        return replace(result, variants=variants)
    return Result(sentence.text, kept=Kept.REJECTED, refused={"markup": 1})


class FakeParaphraser:
    """Has the face of `Paraphraser` and remembers how it was called."""

    def __init__(self, model, threads):
        self.model, self.threads = model, threads
        self.options = None
        self.groups = []
        self.closed = False

    @classmethod
    def load(cls, model="house", threads=None):
        if model not in MODELS:
            raise ModelError(f"there is no model {model!r}")
        return cls(model, threads)

    def batches(self, groups, options=None):
        self.options = options
        for group in groups:
            self.groups.append([sentence.text for sentence in group])
            yield [fitting(sentence, answer(sentence.text, options)) for sentence in group]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True
