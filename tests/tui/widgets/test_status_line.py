"""The row of facts, wide and narrow."""

from rich.cells import cell_len
from widget_host import FORBIDDEN, HOSTILE, hosted, rows

from paraphraser_tui.tui.widgets.status_line import Facts, Progress, StatusLine

SIZE = (150, 2)
FACTS = Facts("letter.md", True, 12, 240, 30, 2, "ready (int8)")


async def shown(pilot, facts: Facts, width: int, progress: Progress | None = None) -> str:
    line = pilot.app.widget
    line.styles.width = width
    line.facts, line.progress = facts, progress
    await pilot.pause()
    return rows(line)[0]


async def test_the_least_important_goes_first():
    cases = [
        (FACTS, 70, " letter.md* · 12/240 · 30 done · ! 2 to check            ready (int8)"),
        (FACTS, 50, " letter.md* · 12/240 · 30 done      ready (int8)"),
        (FACTS, 40, " letter.md* · 12/240      ready (int8)"),
        (FACTS, 30, " letter.md*       ready (int8)"),
        (FACTS, 20, " …d*    ready (int8)"),
        (Facts("a.txt", sentences=5), 40, " a.txt · 5 sentences"),
        (Facts(), 40, ""),
        (Facts("日本語の長い名前.markdown", place=1, sentences=2), 24, " …前.markdown · 1/2"),
    ]
    async with hosted(StatusLine(), SIZE) as pilot:
        for facts, width, text in cases:
            row = await shown(pilot, facts, width)
            assert " ".join(row.split()) == " ".join(text.split())
            assert cell_len(row) <= width


async def test_a_run_shows_how_far_it_has_come():
    async with hosted(StatusLine(), SIZE) as pilot:
        row = await shown(pilot, FACTS, 70, Progress(60, 240))
        assert row.endswith("▕██▌       ▏60/240")
        assert "ready" not in row
        row = await shown(pilot, FACTS, 70, Progress(0, 0))
        assert row.endswith("▕██████████▏0/0")


async def test_nothing_hostile_reaches_the_terminal():
    async with hosted(StatusLine(), SIZE) as pilot:
        row = await shown(pilot, Facts(HOSTILE, engine=HOSTILE), 150)
        assert not FORBIDDEN & set(row)
        assert row.count("[@click=app.quit]") == 2
