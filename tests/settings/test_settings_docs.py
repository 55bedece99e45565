"""docs/settings.md tells the truth about names, and its example works."""

import re
from pathlib import Path

import pytest

from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.presets import Preset
from paraphraser_tui.settings.files import CONFIG_VARIABLE, PROJECT_FILE
from paraphraser_tui.settings.keys import BY_NAME
from paraphraser_tui.settings.resolve import VARIABLES

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_works(world, example):
    world.user(example)
    found = world.resolve()
    assert found.options == Options(diversity=15, min_meaning=0.9, freeze=("Acme", "force majeure"))
    assert found.threads == 2
    assert world.resolve(sampling=True).options.temperature == 0.7


def test_there_is_an_example():
    assert EXAMPLES


def test_every_setting_is_listed_and_nothing_else():
    section = re.search(r"^- `preset`.*?\n\n", PAGE, re.DOTALL | re.MULTILINE)[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) == BY_NAME.keys()


def test_every_variable_file_and_preset_is_named():
    assert set(re.findall(r"`(PARAPHRASER_\w+)`", PAGE)) == {*VARIABLES, CONFIG_VARIABLE}
    for name in (PROJECT_FILE, *Preset):
        assert f"`{name}`" in PAGE


def test_a_preset_beside_a_diversity_does_what_the_page_says(world):
    world.user("diversity = 30")
    assert world.resolve(preset="bold").options.diversity == 80
    assert world.resolve(preset="bold", diversity=30).options.diversity == 30
