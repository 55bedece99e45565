"""The view of a document: what is marked and how, clicks, scrolling, great documents."""

from time import perf_counter

import pytest
from widget_host import FORBIDDEN, HOSTILE, hosted, rows, segments, styles_of

from paraphraser_tui.document.formats import Document, Format, parse
from paraphraser_tui.tui.widgets.document_view import DocumentView, Look

TEXT = "# The plan\n\nDogs bark at night. Cats purr all day. Birds sing.\n"
LONG = "\n\n".join(f"This is paragraph number {n}." for n in range(200))


def markdown(text: str) -> Document:
    return parse(text, Format.MARKDOWN)


async def test_signs_tell_the_states():
    view = DocumentView(markdown(TEXT))
    async with hosted(view):
        assert rows(view)[3] == "     Dogs bark at night. Cats purr all day. Birds sing."
        view.update_segment(0, "Dogs bark at night.", Look.WARNED)
        view.update_segment(1, "Cats purr for days.", Look.EDITED)
        assert rows(view)[3] == " !*  Dogs bark at night. Cats purr for days. Birds sing."
        assert styles_of(view, "Dogs bark")[0].underline  # not by colour alone
        view.show({}, {0: Look.ACCEPTED, 1: Look.KEPT, 2: Look.READY})
        assert rows(view)[3].startswith(" ✓=· Dogs")


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_the_current_sentence_is_marked_without_colours_too(theme):
    view = DocumentView(markdown(TEXT))
    async with hosted(view, theme=theme) as pilot:
        view.current = 1
        await pilot.pause()
        assert rows(view)[3].startswith("▌")
        (marked,), (other,) = styles_of(view, "Cats purr"), styles_of(view, "Dogs bark")
        assert marked.bold and not other.bold
        assert marked.bgcolor != other.bgcolor
        view.current = None
        assert not any(row.startswith("▌") for row in rows(view))


async def test_only_a_sentence_that_is_there_can_be_current():
    view = DocumentView(markdown(TEXT))
    async with hosted(view):
        for wrong in (3, -1):
            view.current = wrong
            assert view.current is None


async def test_a_click_selects_a_sentence():
    view = DocumentView(markdown(TEXT))
    async with hosted(view) as pilot:
        for x, y in [(5 + 22, 3), (5, 1), (1, 3), (70, 3)]:
            await pilot.click(view, offset=(x, y))
        numbers = [m.number for m in pilot.app.heard if isinstance(m, DocumentView.Selected)]
        assert numbers == [1, 0]  # the heading and the void are no sentences; the margin is


async def test_the_current_sentence_comes_into_sight():
    view = DocumentView(parse(LONG, Format.PLAIN))
    async with hosted(view) as pilot:
        view.current = 100
        await pilot.pause()
        assert any("number 100." in row for row in rows(view))
        await pilot.resize_terminal(24, 10)
        await pilot.pause()
        assert any(row.startswith("▌") for row in rows(view))
        view.current = 0
        await pilot.pause()
        assert view.scroll_offset.y == 0


async def test_keys_scroll():
    view = DocumentView(parse(LONG, Format.PLAIN))
    async with hosted(view) as pilot:
        view.focus()
        await pilot.press("end")
        await pilot.pause()
        assert any("number 199." in row for row in rows(view))
        await pilot.press("home")
        await pilot.pause()
        assert any("number 0." in row for row in rows(view))


async def test_the_focus_shows_without_colours():
    view = DocumentView(markdown(TEXT))
    async with hosted(view) as pilot:
        view.focus()
        await pilot.pause()
        focused = rows(view)[0]
        view.blur()
        await pilot.pause()
        assert rows(view)[0] != focused


async def test_a_growing_sentence_stays_in_sight():
    view = DocumentView(parse(LONG, Format.PLAIN))
    async with hosted(view, size=(40, 10)) as pilot:
        view.current = 50
        await pilot.pause()
        view.update_segment(50, "This grew and grew " * 8 + "to its end.", Look.EDITED)
        await pilot.pause()
        assert any("to its end." in row for row in rows(view))


async def test_another_document():
    view = DocumentView(parse(LONG, Format.PLAIN))
    async with hosted(view) as pilot:
        view.current = 150
        view.document = markdown(TEXT)
        await pilot.pause()
        assert view.current is None
        assert "Dogs bark" in rows(view)[3]
        assert view.virtual_size.height == 3


async def test_nothing_hostile_reaches_the_terminal():
    view = DocumentView(parse(f"It says {HOSTILE} here. And more.", Format.PLAIN))
    async with hosted(view):
        view.update_segment(0, f"Now {HOSTILE} is said.", Look.EDITED)
        text = "".join(s.text for row in segments(view) for s in row)
        assert not FORBIDDEN & set(text)
        assert "[@click=app.quit]" in text


async def test_a_megabyte():
    paragraph = "The company said that it would close two of its factories next year. " * 5
    document = parse("\n\n".join([paragraph.strip()] * 3000), Format.PLAIN)
    assert len(document.text) > 1_000_000
    begun = perf_counter()
    view = DocumentView(document)
    assert perf_counter() - begun < 2  # a tenth of that on an idle machine
    async with hosted(view):
        number = len(document.segments) // 2
        best = float("inf")
        for text in ("It is short.", "It is another sentence, and it is longer.", "It is short."):
            begun = perf_counter()
            view.update_segment(number, text, Look.EDITED)
            best = min(best, perf_counter() - begun)
        assert best < 0.05  # a few milliseconds on an idle machine
        view.current = number
        assert any("It is short." in row for row in rows(view))
