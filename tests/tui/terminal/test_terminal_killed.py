"""Whatever kills the program, no choice that it showed as taken is lost."""

import os
import random
import re
import time

import pytest

from paraphraser_tui.document.review import Decision, Status
from paraphraser_tui.document.review.recovery import recoverable
from paraphraser_tui.engine.fake import FakeEngine
from paraphraser_tui.engine.options import Options

RUNS = int(os.environ.get("PARAPHRASER_KILLS", "4"))  # 50 and more for a thorough look
SENTENCES = [f"The {name} house was big and old." for name in "red blue grey green brown".split()]
COPIES = 6
CHOICES = ("enter", "2", "x")
LONGEST = 2.5  # seconds from the first variants to the kill
READY = "change"
KILLED = -9


def taken(screen: str) -> int:
    """How many sentences the header says are done."""
    found = re.search(r"(\d+) done", screen)
    return int(found.group(1)) if found else 0


def awaits(screen: str, done: int) -> bool:
    """Whether so many are done and the next one has its variants."""
    return taken(screen) == done and f" {done + 1}/" in screen and READY in screen


def decision(number: int, key: str) -> Decision:
    """What a key decides about a sentence."""
    source = SENTENCES[number % len(SENTENCES)]
    if key == "x":
        return Decision(Status.KEPT)
    [[result]] = FakeEngine().batches([[source]], Options(num=5))
    return Decision(Status.ACCEPTED, result.variants[CHOICES.index(key)].text)


def review(ui, keys: list[str], end: float) -> int:
    """Decide sentence by sentence, killed when it is time; returns how many were shown as done."""
    for done, key in enumerate(keys):
        while not (
            taken(ui.text()) == done and f" {done + 1}/" in ui.text() and READY in ui.text()
        ):
            if not ui.look(end):
                return taken(ui.text())
        ui.type("\r" if key == "enter" else key)
    while ui.look(end):
        pass
    return taken(ui.text())


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_kill_loses_no_choice(start, tmp_path, seed):
    chance = random.Random(seed)
    file = tmp_path / "houses.txt"
    file.write_text("\n\n".join(SENTENCES * COPIES) + "\n")
    before = file.read_bytes()
    keys = chance.choices(CHOICES, k=len(SENTENCES) * COPIES)
    ui = start(file)
    ui.wait_for(READY)
    shown = review(ui, keys, time.monotonic() + chance.uniform(0, LONGEST))
    assert ui.process.returncode == KILLED
    assert file.read_bytes() == before
    found = recoverable()
    assert len(found) == 1 or shown == 0 or set(keys[:shown]) == {"x"}
    for recovery in found:
        again = recovery.restore()
        decisions = again.state.decisions
        expected = {n: decision(n, key) for n, key in enumerate(keys[: len(decisions)])}
        assert dict(decisions) == expected
        assert len(decisions) >= shown
        again.close()


def test_the_review_that_was_killed_is_offered_and_goes_on(start, tmp_path, left_behind):
    file = tmp_path / "houses.txt"
    file.write_text(" ".join(SENTENCES) + "\n")
    ui = start(file)
    ui.wait_for(READY)
    ui.press("enter")
    ui.wait_for("1 done")
    ui.kill()
    ui = start()
    ui.wait_for("houses.txt")
    ui.press("r")
    ui.wait_for("2/5 · 1 done")
    ui.press("ctrl+s")
    ui.wait_for("Saved:")
    ui.press("ctrl+q")
    assert ui.ended() == 0
    assert file.read_text().startswith("So far, the red home was large and aged. The blue house")
    assert left_behind() == []
