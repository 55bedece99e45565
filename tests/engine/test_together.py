"""What a second try adds to a first one."""

from paraphraser_tui.engine.paraphraser import together
from paraphraser_tui.engine.result import Kept, Paraphrase, Result

SOURCE = "The old man walked home."


def result(*texts, kept=None):
    return Result(SOURCE, tuple(Paraphrase(text, 0.9, 0.2, 0.5) for text in texts), kept)


def texts(found):
    return [variant.text for variant in found.variants]


def test_new_variants_stand_behind_the_first_ones():
    first = result("The elderly man walked home.", "The old man went home.")
    second = result("The old man strolled home.", "The old man, went home!", "He walked.")
    assert texts(together(first, second, 5)) == [
        "The elderly man walked home.",
        "The old man went home.",
        "The old man strolled home.",
        "He walked.",
    ]
    assert texts(together(first, second, 3))[2:] == ["The old man strolled home."]


def test_nothing_found_at_first_is_replaced_or_stays_explained():
    kept = result(kept=Kept.REJECTED)
    assert together(kept, result("The old man went home."), 5).kept is None
    assert together(kept, result(kept=Kept.CHARACTERS), 5) is kept
    assert texts(together(result("The old man went home."), kept, 5)) == ["The old man went home."]
