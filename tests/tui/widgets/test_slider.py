"""The slider, by keys and by mouse."""

from textual.containers import Vertical
from widget_host import hosted, rows, styles_of

from paraphraser_tui.tui.widgets.slider import Scale, Slider

PLAIN = Scale(0, 100)
OPEN = Scale(0, 100, rest=50)
SIZE = (41, 3)  # a track of 22 cells, from the 13th on


def heard(pilot) -> list[int | None]:
    return [message.value for message in pilot.app.heard if isinstance(message, Slider.Changed)]


async def test_keys():
    cases = [
        (PLAIN, 50, ["right"], 55),
        (PLAIN, 50, ["left"], 45),
        (PLAIN, 50, ["shift+right", "shift+right", "shift+left"], 51),
        (PLAIN, 50, ["home"], 0),
        (PLAIN, 50, ["end"], 100),
        (PLAIN, 98, ["right", "right"], 100),
        (PLAIN, 2, ["left"], 0),
        (PLAIN, 50, ["delete"], 50),  # not a dial that may be unset
        (OPEN, 20, ["delete"], None),
        (OPEN, 20, ["backspace"], None),
        (OPEN, None, ["right"], 50),
        (OPEN, None, ["shift+left"], 50),
        (Scale(1, 20, large_step=1), 5, ["right", "right"], 7),
    ]
    async with hosted(Vertical()) as pilot:
        for scale, start, keys, value in cases:
            slider = Slider("Words", scale, start)
            await pilot.app.widget.mount(slider)
            slider.focus()
            pilot.app.heard.clear()
            await pilot.press(*keys)
            assert slider.value == value
            assert heard(pilot)[-1:] == ([value] if value != start else [])


async def test_only_the_user_is_told():
    slider = Slider("Words", PLAIN, 10)
    async with hosted(slider, SIZE) as pilot:
        slider.value = 70
        slider.value = 700
        await pilot.pause()
        assert slider.value == 100
        assert heard(pilot) == []


async def test_what_it_shows():
    cases = [
        (PLAIN, 0, " Words       ●─────────────────────    0"),
        (PLAIN, 100, " Words       ━━━━━━━━━━━━━━━━━━━━━●  100"),
        (PLAIN, 50, " Words       ━━━━━━━━━━●───────────   50"),
        (OPEN, None, " Words       ────────────────────── auto"),
        (Scale(0, 100, 100), 80, " Words       ━━━━━━━━━━━━━━━━━●──── 0.80"),
    ]
    sliders = [Slider("Words", scale, value) for scale, value, _ in cases]
    async with hosted(Vertical(*sliders), (41, 10)):
        assert [rows(slider)[0] for slider in sliders] == [row for *_, row in cases]


async def test_the_focus_shows_without_colours():
    slider = Slider("Words", PLAIN, 5)
    async with hosted(slider, SIZE) as pilot:
        slider.focus()
        await pilot.pause()
        focused = styles_of(slider, "Words")[0]
        slider.blur()
        await pilot.pause()
        assert focused.bold and not styles_of(slider, "Words")[0].bold


async def test_the_mouse_sets_and_drags():
    slider = Slider("Words", OPEN, 10)
    async with hosted(slider, SIZE) as pilot:
        await pilot.mouse_down(slider, offset=(13, 0))
        assert slider.value == 0
        await pilot.hover(slider, offset=(34, 0))
        assert slider.value == 100
        await pilot.mouse_up(slider, offset=(34, 0))
        await pilot.hover(slider, offset=(20, 0))
        assert slider.value == 100  # let go
        await pilot.click(slider, offset=(38, 0))  # the figure
        assert slider.value is None
        assert heard(pilot) == [0, 100, None]
