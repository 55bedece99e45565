"""The dials: what they make of options, and that only valid ones are told."""

from textual.widgets import Input, Select, Static
from widget_host import hosted, rows

from paraphraser_tui.engine.dials import Length
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.presets import Preset
from paraphraser_tui.tui.widgets.dials_panel import DialsPanel
from paraphraser_tui.tui.widgets.slider import Slider

SIZE = (40, 20)
DRAWN = Options(sampling=True, temperature=0.5, top_k=40, top_p=0.6, seed=7)


def named(panel, kind, name):
    return next(widget for widget in panel.query(kind) if widget.name == name)


def told(pilot) -> list[Options]:
    return [m.options for m in pilot.app.heard if isinstance(m, DialsPanel.Changed)]


def problem(panel) -> str:
    return str(panel.query_one("#problem", Static).render())


async def test_showing_options_changes_and_tells_nothing():
    panel = DialsPanel(Options())
    async with hosted(panel, SIZE) as pilot:
        for options in (
            Options(num=3, diversity=20, lexical=40, order=60, length=Length.SAME, beam_size=8),
            Options(min_meaning=0.835, freeze=("delay",)),
            DRAWN,
        ):
            panel.set_options(Options(length=Length.LONGER))
            panel.set_options(options)
            await pilot.pause()
            assert panel.options == options
            assert told(pilot) == []


async def test_sliders():
    cases = [
        ("diversity", ["right"], Options(diversity=55)),
        ("lexical", ["right", "right"], Options(lexical=55)),
        ("order", ["home"], Options(order=0)),
        ("num", ["right", "right"], Options(num=3)),
        ("min_meaning", ["right"], Options(min_meaning=0.85)),
        ("beam_size", ["right", "right"], Options(beam_size=6)),
    ]
    panel = DialsPanel(Options())
    async with hosted(panel, SIZE) as pilot:
        for name, keys, options in cases:
            panel.set_options(Options())
            named(panel, Slider, name).focus()
            await pilot.press(*keys)
            await pilot.pause()
            assert told(pilot)[-1] == panel.options == options


async def test_what_is_not_touched_stays():
    options = Options(min_meaning=0.835, freeze=("delay",), max_length=99)
    panel = DialsPanel(options)
    async with hosted(panel, SIZE) as pilot:
        named(panel, Slider, "diversity").focus()
        await pilot.press("right")
        await pilot.pause()
        assert told(pilot) == [Options(**{**vars(options), "diversity": 55})]


async def test_a_contradiction_is_shown_and_not_told():
    panel = DialsPanel(Options(num=5, beam_size=5))
    async with hosted(panel, SIZE) as pilot:
        named(panel, Slider, "num").focus()
        await pilot.press("right")
        await pilot.pause()
        assert problem(panel) == "6 variants need a beam of at least 6, not 5"
        assert told(pilot) == []
        named(panel, Slider, "beam_size").focus()
        await pilot.press("right")
        await pilot.pause()
        assert problem(panel) == ""
        assert told(pilot) == [Options(num=6, beam_size=6)]


async def test_length_by_keyboard():
    panel = DialsPanel(Options())
    async with hosted(panel, SIZE) as pilot:
        named(panel, Select, "length").focus()
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert told(pilot) == [Options(length=Length.SHORTER)]


async def test_search_or_draw():
    panel = DialsPanel(Options(beam_size=8))
    async with hosted(panel, SIZE) as pilot:
        assert not panel.query_one("#drawing").display
        named(panel, Select, "method").value = True
        await pilot.pause()
        assert panel.query_one("#drawing").display and not panel.query_one("#searching").display
        named(panel, Input, "seed").focus()
        await pilot.press("4", "2")
        named(panel, Slider, "temperature").focus()
        await pilot.press("right")
        await pilot.pause()
        assert panel.options == Options(sampling=True, seed=42, temperature=0.8)
        named(panel, Select, "method").value = False
        await pilot.pause()
        assert told(pilot)[-1] == panel.options == Options()


async def test_impossible_numbers():
    panel = DialsPanel(DRAWN)
    async with hosted(panel, SIZE) as pilot:
        field = named(panel, Input, "top_k")
        for text, shown in (
            ("99999", "top-k must be between 0 and 1000, not 99999"),
            ("-", "Top k must be a whole number"),
        ):
            field.value = text
            await pilot.pause()
            assert problem(panel) == shown
        assert told(pilot) == []
        field.value = ""
        await pilot.pause()
        assert problem(panel) == ""
        assert told(pilot)[-1].top_k is None


async def test_a_preset_means_the_same_whatever_was_dialled():
    before = Options(num=3, lexical=10, length=Length.LONGER, min_meaning=0.9)
    panel = DialsPanel(before)
    async with hosted(panel, SIZE) as pilot:
        choice = named(panel, Select, "preset")
        for preset, options in (
            (Preset.BOLD, Options(num=3, diversity=80, min_meaning=0.7)),
            (Preset.BALANCED, Options(num=3)),
            (Preset.SHORTER, Options(num=3, length=Length.SHORTER)),
        ):
            panel.set_options(before)
            choice.value = preset
            await pilot.pause()
            assert told(pilot)[-1] == options
            assert named(panel, Slider, "diversity").value == options.diversity
            assert choice.selection is None  # ready for the next


async def test_up_and_down_lead_through_all_dials():
    panel = DialsPanel(Options())
    async with hosted(panel, SIZE) as pilot:
        named(panel, Select, "preset").focus()
        visited = []
        for _ in range(8):
            await pilot.press("down")
            visited.append(pilot.app.focused.name)
        assert visited == "diversity lexical order length num min_meaning method beam_size".split()
        await pilot.press("up")
        assert pilot.app.focused.name == "method"


async def test_it_fits_a_narrow_column():
    panel = DialsPanel(Options())
    async with hosted(panel, (30, 20)):
        assert rows(named(panel, Slider, "diversity")) == [" Diversity   ━━━━━●─────   50"]
