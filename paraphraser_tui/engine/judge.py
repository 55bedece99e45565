"""Which of the candidates of each sentence are shown, and why none is."""

from collections import Counter
from collections.abc import Sequence

from .guard import Candidate, guarded
from .options import Options
from .prepare import Prepared
from .result import Kept, Paraphrase, Result
from .scoring import Scored, Scorer
from .select import Grade, choose, grade
from .tokens import Framer

# Scoring with the student costs as much as making candidates: the most promising go first,
# the others only where too few of those were good.
SCORED_AT_ONCE, SCORED_PER_VARIANT = 10, 3
ROUNDS = 3


class Judge:
    """Judges the candidates of many sentences together, so that the models work in batches."""

    def __init__(self, scorer: Scorer, framer: Framer) -> None:
        self._scorer = scorer
        self._framer = framer

    def results(
        self, sentences: Sequence[Prepared], pools: Sequence[Sequence[str]], options: Options
    ) -> list[Result]:
        """One result per sentence: its chosen variants, or why there are none."""
        sieved = [
            guarded(s, pool, self._framer, options)
            for s, pool in zip(sentences, pools, strict=True)
        ]
        refused = [counts for _, counts in sieved]
        waiting = self._near_enough(sentences, [c for c, _ in sieved], refused, options)
        scored: list[list[Scored]] = [[] for _ in sentences]
        size = max(SCORED_AT_ONCE, SCORED_PER_VARIANT * options.num)
        for start in range(0, ROUNDS * size, size):
            wanting = [i for i, found in enumerate(scored) if _good(found) < options.num]
            self._score(
                [sentences[i] for i in wanting],
                [waiting[i][start : start + size] for i in wanting],
                [scored[i] for i in wanting],
                [refused[i] for i in wanting],
            )
        return [
            _result(sentence, choose(found, options), counts)
            for sentence, found, counts in zip(sentences, scored, refused, strict=True)
        ]

    def _near_enough(
        self,
        sentences: Sequence[Prepared],
        found: Sequence[Sequence[Candidate]],
        refused: Sequence[Counter[str]],
        options: Options,
    ) -> list[list[tuple[Candidate, float]]]:
        """Candidates with their meaning, if it is near enough, the most promising first."""
        out = []
        meanings = self._scorer.meanings(sentences, found)
        for candidates, values, counts in zip(found, meanings, refused, strict=True):
            near = [
                (c, m) for c, m in zip(candidates, values, strict=True) if m >= options.min_meaning
            ]
            counts["meaning"] += len(candidates) - len(near)
            near.sort(key=lambda p: options.dials.distance(p[0].change) - p[1])
            out.append(near)
        return out

    def _score(
        self,
        sentences: Sequence[Prepared],
        found: Sequence[Sequence[tuple[Candidate, float]]],
        scored: Sequence[list[Scored]],
        refused: Sequence[Counter[str]],
    ) -> None:
        """Add to `scored` those that are not bad."""
        bare = [[c for c, _ in pairs] for pairs in found]
        likelihoods = self._scorer.likelihoods(sentences, bare)
        for pairs, chances, into, counts in zip(found, likelihoods, scored, refused, strict=True):
            for (candidate, meaning), chance in zip(pairs, chances, strict=True):
                rating = Scored(candidate, meaning, chance)
                rated = grade(rating)
                counts["doubtful"] += rated is not Grade.GOOD
                if rated is not Grade.BAD:
                    into.append(rating)


def _result(sentence: Prepared, variants: tuple[Paraphrase, ...], refused: Counter[str]) -> Result:
    return Result(sentence.source, variants, None if variants else Kept.REJECTED, refused)


def _good(scored: Sequence[Scored]) -> int:
    return sum(grade(s) is Grade.GOOD for s in scored)
