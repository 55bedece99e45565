"""A review by a script, which says each step that is done; run by itself it can be killed."""

import random
import sys
from pathlib import Path

from paraphraser_tui.document.review import (
    Action,
    Decide,
    Decision,
    Freeze,
    Reopen,
    Review,
    Status,
    Thaw,
    Together,
)

SENTENCES = 12
TEXT = " ".join(f"Sentence {number} says that it rained all day.\n" for number in range(SENTENCES))
TERMS = ("rain", "all day", "it")
STEPS = 100_000  # more than anyone waits for


def action(chance: random.Random, depth: int = 0) -> Action:
    """Any action, drawn at random."""
    number = chance.randrange(SENTENCES)
    kind = chance.randrange(6 if depth else 7)
    if kind < 3:
        status = chance.choice((Status.ACCEPTED, Status.EDITED, Status.KEPT))
        text = None if status is Status.KEPT else f"It rained, says {number}: {chance.random()}."
        return Decide(number, Decision(status, text))
    if kind == 3:
        return Reopen(number)
    if kind == 4:
        return Freeze(chance.choice(TERMS))
    if kind == 5:
        return Thaw(chance.choice(TERMS))
    return Together(tuple(action(chance, 1) for _ in range(chance.randrange(4))))


def step(review: Review, chance: random.Random) -> None:
    """One step, drawn at random: mostly something new, else undo or redo."""
    kind = chance.randrange(5)
    if kind == 0:
        review.undo()
    elif kind == 1:
        review.redo()
    else:
        review.do(action(chance))


if __name__ == "__main__":
    path, journals, seed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    chance, review = random.Random(seed), Review.open(path, journals=journals)
    for count in range(1, STEPS):
        step(review, chance)
        print(count, flush=True)
