"""Collections of garbage wait until nobody is at the keys."""

import gc

from textual.screen import Screen

from paraphraser_tui.tui import app as app_module
from paraphraser_tui.tui import memory

IDLE = 0.2


async def test_what_stays_is_passed_by_and_full_collections_wait(started, letter, monkeypatch):
    before = gc.get_threshold()
    collected = []
    monkeypatch.setattr(memory, "collect", lambda: collected.append(1))
    monkeypatch.setattr(app_module, "IDLE", IDLE)
    async with started(letter) as ui:
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold()[-1] == memory.RARELY
        await ui._pilot.pause(3 * IDLE)
        assert len(collected) == 1
        await ui.press("n")
        await ui._pilot.pause(3 * IDLE)
        assert len(collected) == 2  # once until the next key
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


async def test_nothing_of_a_dialog_stays(started, letter):
    async with started(letter) as ui:
        for _ in range(3):
            await ui.press("i", "escape")
        gc.collect()
        screens = [one for one in gc.get_objects() if isinstance(one, Screen)]
        assert sum(type(one).__name__ == "StatisticsDialog" for one in screens) <= 1
