"""The themes can be read, and the last one is remembered."""

from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color

from paraphraser_tui import paths
from paraphraser_tui.settings.resolve import resolve
from paraphraser_tui.tui import themes
from paraphraser_tui.tui.dialogs.program.help import HelpScreen
from paraphraser_tui.tui.dialogs.program.install import InstallDialog, InstallRequest
from paraphraser_tui.tui.dialogs.program.introduction import IntroScreen
from paraphraser_tui.tui.dialogs.program.keys import KeyGroup
from paraphraser_tui.tui.dialogs.program.settings import SettingsScreen

ENOUGH = {"contrast": 7.0, "night": 4.5, "paper": 4.5}
GROUPS = [KeyGroup("Here", (("F1", "this"), ("q", "leave")))]
NOTHING_SET = resolve({}, {"PARAPHRASER_CONFIG": ""}, None)
# What text is coloured with, and what it stands on.
TEXTS = "foreground text-primary text-accent text-warning text-error text-success".split()
GROUNDS = ("background", "surface", "panel")


def contrast(one, other):
    """The ratio that WCAG 2 defines, from 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    linear = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    )
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


class Host(App):
    def __init__(self, theme):
        super().__init__()
        themes.register(self)
        self.theme = theme


def drawn(app):
    """Every piece of text on the screen with its colour and its ground."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if any(map(str.isalnum, segment.text)):
                style = segment.style
                yield segment.text, *map(Color.from_rich_color, (style.color, style.bgcolor))


@pytest.mark.parametrize("name", ENOUGH)
def test_colours_of_text_stand_out(name):
    colours = themes.THEMES[name].to_color_system().generate()
    for text in TEXTS:
        for ground in GROUNDS:
            ratio = contrast(Color.parse(colours[text]), Color.parse(colours[ground]))
            assert ratio >= ENOUGH[name], f"{text} on {ground}: {ratio:.1f}"


@pytest.mark.parametrize(
    "dialog",
    [
        lambda: HelpScreen(GROUPS),
        lambda: IntroScreen([("Enter", "take it")]),
        lambda: InstallDialog(InstallRequest("", "name", True)),
        lambda: SettingsScreen(NOTHING_SET, {}, Path("settings.toml"), print),
    ],
    ids=["help", "introduction", "install", "settings"],
)
async def test_all_that_is_drawn_in_high_contrast_has_it(dialog):
    app = Host("contrast")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(dialog())
        await pilot.pause()
        pieces = list(drawn(app))
        assert len(pieces) > 3
        for text, colour, ground in pieces:
            assert contrast(colour, ground) >= ENOUGH["contrast"], text


async def test_ansi_leaves_the_colours_to_the_terminal():
    app = Host("ansi")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(IntroScreen())
        await pilot.pause()
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor):
                    assert colour is None or colour.is_system_defined or colour.is_default


@pytest.mark.parametrize("name", themes.THEMES)
def test_no_theme_lacks_what_a_stylesheet_may_name(name):
    wanted = App().get_css_variables().keys() - App().get_theme_variable_defaults().keys()
    assert wanted <= themes.THEMES[name].to_color_system().generate().keys()


@pytest.mark.parametrize("name", [*themes.THEMES, "nord"])
def test_a_theme_is_remembered(name):
    themes.remember(name)
    assert themes.remembered() == name


@pytest.mark.parametrize("content", [b"", b"nobody's", b"\xff\xfe" * 1000])
def test_damage_gives_the_default(content):
    themes.remember("paper")
    (paths.state_dir() / themes.FILE_NAME).write_bytes(content)
    assert themes.remembered() == themes.DEFAULT


def test_a_closed_place_is_no_reason_to_stop(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PARAPHRASER_STATE_DIR", str(tmp_path / "file" / "below"))
    themes.remember("paper")
    assert themes.remembered() == themes.DEFAULT
