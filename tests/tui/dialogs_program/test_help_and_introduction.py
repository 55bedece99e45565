"""Help lists the keys; the introduction offers three ways to begin; the example is one."""

import pytest
from textual.app import App
from textual.binding import Binding
from textual.widgets import Static

from paraphraser_tui.document.formats.detect import by_name, parse
from paraphraser_tui.tui.dialogs.program.help import NOTHING, HelpScreen
from paraphraser_tui.tui.dialogs.program.introduction import IntroChoice, IntroScreen
from paraphraser_tui.tui.dialogs.program.keys import KeyGroup
from paraphraser_tui.tui.example import NAME, example

GROUPS = [
    KeyGroup("Sentences", (("j  ↓", "Next sentence"), ("k", "Previous sentence"))),
    KeyGroup("File", (("ctrl+s", "[b]Save[/b]"),)),
    KeyGroup("Long", tuple((str(n), f"number {n}") for n in range(40))),
]


class Host(App):
    def __init__(self, dialog):
        super().__init__()
        self.dialog = dialog
        self.answers = []

    def on_mount(self):
        self.push_screen(self.dialog, self.answers.append)


def listed(app):
    return app.dialog.query_one("#keys Static", Static).content.plain


def test_bindings_become_rows():
    bindings = [
        Binding("j,down", "next", "Next"),
        ("q", "quit", "Leave"),
        Binding("x", "hidden"),
        Binding("n", "next", "Next", key_display="N"),
    ]
    group = KeyGroup.of("Here", bindings, App().get_key_display)
    assert group == KeyGroup("Here", (("j  ↓  N", "Next"), ("q", "Leave")))


async def test_help_is_searched_by_typing():
    app = Host(HelpScreen(GROUPS))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Sentences" in listed(app) and "[b]Save[/b]" in listed(app)
        await pilot.press(*"prev")
        assert listed(app).split("\n") == ["Sentences", "  k  Previous sentence"]
        await pilot.press(*"zz")
        assert listed(app) == NOTHING


async def test_a_topic_that_matches_comes_whole():
    app = Host(HelpScreen(GROUPS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"sentences")
        assert listed(app).count("\n") == 2


async def test_help_scrolls_by_keys_and_closes():
    app = Host(HelpScreen(GROUPS))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.dialog.query_one("#keys")
        await pilot.press("down")
        assert view.scroll_y == 1
        await pilot.press("pagedown")
        assert view.scroll_y > 5
        await pilot.press("f1")
        assert app.answers == [None]


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("enter", IntroChoice.EXAMPLE),
        ("t", IntroChoice.EXAMPLE),
        ("o", IntroChoice.OPEN),
        ("p", IntroChoice.PASTE),
        ("escape", None),
    ],
)
async def test_the_introduction_by_keys(key, answer):
    app = Host(IntroScreen([("F1", "all keys")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.answers == [answer]


@pytest.mark.parametrize("choice", IntroChoice)
async def test_the_introduction_by_mouse_in_a_small_terminal(choice):
    app = Host(IntroScreen())
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.click(f"#{choice}")
        assert app.answers == [choice]


def test_the_example_has_what_there_is_to_try():
    document = parse(example(), by_name(NAME))
    assert len(document.segments) > 20
    raw = [segment.raw for segment in document.segments]
    for mark in ("**", "*never*", "](https://", "`backup"):
        assert any(mark in sentence for sentence in raw)
    assert "# A page" in example() and "- 400 g" in example()
