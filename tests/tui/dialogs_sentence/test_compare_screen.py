"""The document before and after."""

import pytest
from sentence_host import NOT_YET, Host

from paraphraser_tui.tui.dialogs.sentence import pair_list
from paraphraser_tui.tui.dialogs.sentence.compare import NOTHING, CompareScreen
from paraphraser_tui.tui.dialogs.sentence.marked import sides

PAIRS = (
    ("Stays.", "Stays."),
    ("The shop closes.", "The shop [b]shuts\x1b[2J."),
    ("漢字 is wide. " * 12, "漢字 is wide. " * 11),
    ("Also stays.", "Also stays."),
    ("It rains.", "It pours."),
)
WIDE, NARROW = (120, 34), (80, 24)


def row_of(host, text):
    return next(row for row, line in enumerate(host.lines) if text in line)


async def test_side_by_side_where_there_is_room():
    host = Host(CompareScreen(PAIRS))
    async with host.run_test(size=WIDE) as pilot:
        assert "3 changed sentences of 5" in host.shown
        line = host.lines[row_of(host, "The shop closes.")]
        assert line.index("2  The shop") < line.index("The shop [b]shuts␛[2J.")
        assert "\x1b" not in host.shown
        assert "stays" not in host.shown
        await pilot.press("a")
        await pilot.pause()
        assert "all 5 sentences, 3 of them changed" in host.shown
        assert host.lines[row_of(host, "Also stays.")].split() == [
            "│",
            "4",
            "Also",
            "stays.",
            "=",
            "│",
        ]


async def test_one_above_the_other_where_there_is_not():
    host = Host(CompareScreen(PAIRS))
    async with host.run_test(size=NARROW) as pilot:
        assert row_of(host, "2  - The shop") + 1 == row_of(host, "   + The shop [b]shuts")
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert row_of(host, "The shop closes.") == row_of(host, "The shop [b]shuts")


async def test_differing_words_are_marked():
    old, new = sides("It rains here.", "It pours here.")
    assert [
        (str(c), [c.plain[s.start : s.end].strip() for s in c.spans if s.style]) for c in (old, new)
    ] == [
        ("It rains here.", ["rains"]),
        ("It pours here.", ["pours"]),
    ]


@pytest.mark.parametrize(
    ("start", "keys", "number"),
    [
        (0, [], 1),
        (3, ["down", "up", "down"], 4),
        (3, ["a", "up"], 3),
        (4, ["a", "up", "a"], 4),
        (0, ["pagedown", "pageup", "end"], 4),
    ],
)
async def test_enter_goes_to_the_marked_sentence(start, keys, number):
    host = Host(CompareScreen(PAIRS, start))
    async with host.run_test(size=NARROW) as pilot:
        await pilot.press(*keys, "enter")
    assert host.answer == number


async def test_a_click_goes_there_whatever_the_height_of_rows():
    host = Host(CompareScreen(PAIRS))
    async with host.run_test(size=NARROW) as pilot:
        await pilot.click(offset=(10, row_of(host, "It pours.")))
    assert host.answer == 4


async def test_without_changes_there_is_nowhere_to_go():
    host = Host(CompareScreen([("Same.", "Same.")]))
    async with host.run_test(size=NARROW) as pilot:
        assert NOTHING in host.shown
        await pilot.press("down", "pageup", "end", "enter")
        assert host.answer is NOT_YET
        await pilot.press("a", "enter")
    assert host.answer == 0


async def test_of_many_pairs_only_those_in_view_are_compared(monkeypatch):
    compared = []
    original = pair_list.sides

    def sides(old, new):
        compared.append(old)
        return original(old, new)

    monkeypatch.setattr(pair_list, "sides", sides)
    host = Host(CompareScreen([(f"Old {n}. " * 20, f"New {n}. " * 20) for n in range(10_000)]))
    async with host.run_test(size=NARROW) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "10000  - Old 9999. " in host.shown
        last = row_of(host, "10000  - Old 9999.")
        filled = [bool(line.strip("│ █▇")) for line in host.lines[last : last + 9]]
        assert filled == [*[True] * 8, False]
        assert len(compared) < 50
        await pilot.press("enter")
    assert host.answer == 9999
