"""What a model package says of a pair: what drifted, seen with its vocabulary, and the way back.

A student's own coinages ("syy") look like names to checks without a vocabulary. The way back is
the score that ranks variants at run time (`engine.scoring`): how well the source can be said
again, given the target. It stands in for entailment where no NLI model is at hand.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from distill.filters.verdict import Judge, Verdict, Workplace, each
from distill.records import Pair, content_id
from paraphraser_tui.engine.background import Background
from paraphraser_tui.engine.paraphraser import available_threads
from paraphraser_tui.engine.scoring import Likelihood, likelihood
from paraphraser_tui.engine.select import MAX_SURPRISE, MIN_EASE
from paraphraser_tui.engine.tokens import Framer, load_tokenizer
from paraphraser_tui.engine.translator import Translator
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import Role
from paraphraser_tui.text.drift import Drift as Kind
from paraphraser_tui.text.drift import Finding, find_drift
from paraphraser_tui.text.typography import plain

DIGITS = 4
# Stricter than at run time, where a reader looks. Read by eye, half of what lies between was bad.
STRICT_FIDELITY = 0.7
# How a finding of `text.drift` says that the target lacks something.
MISSING = " is missing"


@dataclass(frozen=True)
class Guards:
    """The checks of run time, with the vocabulary of a model package to tell words by.

    kinds: which changes drop a pair. may_lose: those of which only what is new does.
    """

    model: str = store.DEFAULT_MODEL
    kinds: tuple[Kind, ...] = tuple(Kind)
    may_lose: tuple[Kind, ...] = ()
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        package = store.find(self.model, Role.PARAPHRASER)
        manifest = package.manifest
        framer = Framer(manifest, load_tokenizer(package.path, manifest.tokenizer))

        def look(pair: Pair) -> Verdict | None:
            for finding in find_drift(plain(pair.src), plain(pair.tgt), framer.is_word):
                if finding.kind in self.kinds and not self._is_excused(finding):
                    return Verdict(finding.kind.value, finding.detail)
            return None

        return each(look)

    def _is_excused(self, finding: Finding) -> bool:
        return finding.kind in self.may_lose and finding.detail.endswith(MISSING)


@dataclass(frozen=True)
class WayBack:
    """Limits of what the package makes of a pair; but for one the defaults are those of run time.

    min_fidelity, max_surprise: of the source given the target. min_ease: of the target.
    """

    model: str = store.DEFAULT_MODEL
    min_fidelity: float = STRICT_FIDELITY
    max_surprise: float = MAX_SURPRISE
    min_ease: float = MIN_EASE
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        ask = _Asking(self.model)
        journal = workplace.journal(f"way-back-{content_id(self.model)[:8]}")

        def judge(pairs: Sequence[Pair]) -> list[Verdict]:
            rows = [journal.get(pair.id) for pair in pairs]
            if not all(rows):
                rows = [
                    {"id": pair.id} | {name: round(x, DIGITS) for name, x in asdict(told).items()}
                    for pair, told in zip(pairs, ask(pairs), strict=True)
                ]
                journal.append(*rows)
            return [self._verdict(row) for row in rows]

        return judge

    def _verdict(self, row: dict[str, float]) -> Verdict:
        reason = ""
        if row["fidelity"] < self.min_fidelity:
            reason = "no_way_back"
        elif row["surprise"] > self.max_surprise:
            reason = "lost_word"
        elif row["ease"] < self.min_ease:
            reason = "clumsy"
        features = {name: row[name] for name in ("fidelity", "surprise", "ease")}
        return Verdict(reason, "", features)


class _Asking:
    """Likelihoods of pairs; what a source says of itself is computed once for all its targets."""

    def __init__(self, model: str):
        package = store.find(model, Role.PARAPHRASER)
        tokenizer = Background(lambda: load_tokenizer(package.path, package.manifest.tokenizer))
        self._translator = Translator(
            package.path, tokenizer, package.manifest, available_threads()
        )

    def __call__(self, pairs: Sequence[Pair]) -> list[Likelihood]:
        sources = [plain(pair.src) for pair in pairs]
        targets = [plain(pair.tgt) for pair in pairs]
        once = list(dict.fromkeys(sources))
        framer = self._translator.framer
        scores = self._translator.score(
            [*once, *sources, *targets], [*once, *targets, *sources], framer.neutral
        )
        copies = dict(zip(once, scores, strict=False))
        forth = scores[len(once) : len(once) + len(pairs)]
        back = scores[len(once) + len(pairs) :]
        return [
            likelihood(copies[source], f, b, framer.word_starts(source))
            for source, f, b in zip(sources, forth, back, strict=True)
        ]
