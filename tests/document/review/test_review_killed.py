"""A review that is killed at any moment loses nothing of what was done.

PARAPHRASER_KILLS says how often to try.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import scripted_review as script

from paraphraser_tui.document.review import Review, State, recoverable

KILLS = int(os.environ.get("PARAPHRASER_KILLS", "4"))
LONGEST = 0.4  # seconds of work


def killed(path, journals, seed):
    """The count of steps that had returned when the review was killed."""
    command = [sys.executable, script.__file__, path, journals, str(seed)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
        first = child.stdout.readline()  # it works by now
        time.sleep(random.Random(seed).uniform(0, LONGEST))
        child.kill()
        return int((first + child.stdout.read()).splitlines()[-1])


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_a_random_moment(seed, tmp_path):
    path, journals = tmp_path / "rain.txt", tmp_path / "journals"
    path.write_text(script.TEXT)
    returned = killed(path, journals, seed)

    chance, again = random.Random(str(seed)), Review.scratch(script.TEXT)
    for _ in range(returned):
        script.step(again, chance)
    before = again.state
    script.step(again, chance)  # was perhaps written, though it had not returned

    found = recoverable(journals)
    if not found:  # killed when all was taken back
        assert State() in (before, again.state)
        return
    restored = found[0].restore()
    assert restored.state in (before, again.state)
    assert (restored.name, restored.path, restored.changed_on_disk()) == ("rain.txt", path, False)
    restored.close()
