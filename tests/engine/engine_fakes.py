"""Stand-ins for models: a framer that reads letters, and likelihoods to choose."""

from paraphraser_tui.engine.guard import Candidate
from paraphraser_tui.engine.prepare import Sentence, prepare
from paraphraser_tui.engine.scoring import Likelihood, Scored
from paraphraser_tui.engine.tokens import Framer
from paraphraser_tui.models.manifest import (
    Control,
    Manifest,
    Role,
    Template,
    TokenizerFile,
    TokenizerKind,
)
from paraphraser_tui.text.change import measure


class WordTokenizer:
    """One token per word; what is in brackets or coined is several."""

    def encode(self, text):
        return [
            t for word in text.split() for t in ([*word] if "blorf" in word.lower() else [word])
        ]

    def decode(self, tokens):
        return " ".join(tokens).replace("~", "?")  # it cannot say a tilde


CONTROLS = (Control("lex", (0.2, 0.4, 0.6)), Control("ord", (0.1, 0.3)))


def framer(window=40, template=None, controls=CONTROLS):
    """A framer over words with two families of control codes."""
    manifest = Manifest(
        name="fake",
        role=Role.PARAPHRASER,
        architecture="bart",
        quantization="int8",
        licence="none",
        tokenizer=TokenizerFile(TokenizerKind.TOKENIZERS, "none"),
        max_source_tokens=window,
        max_target_tokens=window,
        files=(),
        controls=controls,
        template=template or Template(after=("</s>",)),
    )
    return Framer(manifest, WordTokenizer())


def prepared(sentence, freeze=()):
    """The sentence as the engine makes it ready."""
    return prepare(Sentence(sentence), tuple(freeze), framer())


def candidate(source, text):
    """A candidate as it comes through the guards."""
    return Candidate(text, text, measure(source, text))


def scored(source, text, meaning=0.95, fluency=0.5, ease=1.0, fidelity=0.9, surprise=1.0):
    """A candidate with the figures given; by default a good one."""
    likelihood = Likelihood(fluency=fluency, ease=ease, fidelity=fidelity, surprise=surprise)
    return Scored(candidate(source, text), meaning, likelihood)


class FakeScorer:
    """Rates candidates from a table: text -> keywords of `scored`."""

    def __init__(self, table):
        self.table = table

    def meanings(self, sentences, found):
        return [[self.table.get(c.text, {}).get("meaning", 0.95) for c in cs] for cs in found]

    def likelihoods(self, sentences, found):
        return [
            [scored(s.source, c.text, **self.table.get(c.text, {})).likelihood for c in cs]
            for s, cs in zip(sentences, found, strict=True)
        ]
