"""Which value counts, and where it is said to come from."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paraphraser_tui.engine.dials import Length
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import ModelError, OptionError
from paraphraser_tui.settings.keys import KEYS


def origins(found, *fields):
    return [found.values[field].origin for field in fields]


def test_without_anything_all_is_default(world):
    found = world.resolve()
    assert (found.options, found.model, found.threads) == (Options(), None, None)
    assert list(found.values) == [key.field for key in KEYS]
    assert {value.origin for value in found.values.values()} == {"default"}


def test_the_order_of_the_sources(world):
    user = world.user("num = 2\ndiversity = 20\norder = 1\nlexical = 1\nthreads = 1")
    project = world.of_project("diversity = 'low'\norder = 2\nlexical = 2\nthreads = 2")
    environment = {"PARAPHRASER_DIVERSITY": "high", "PARAPHRASER_THREADS": "3"}
    found = world.resolve(environment, diversity=40, lexical=5)
    options = found.options
    assert (options.num, options.order, options.lexical, options.diversity) == (2, 2, 5, 40)
    assert found.threads == 3
    assert origins(found, "num", "order", "threads", "lexical", "patience") == [
        str(user),
        str(project),
        "environment PARAPHRASER_THREADS",
        "command line",
        "default",
    ]


def test_frozen_terms_of_all_sources_are_joined(world):
    user = world.user("freeze = ['Acme', 'Foo']")
    project = world.of_project("preset = 'p'\nfreeze = ['Bar', 'Acme']\n[presets.p]\nfreeze=['P']")
    found = world.resolve(freeze=["Baz"])
    assert found.options.freeze == ("Acme", "Foo", "P", "Bar", "Baz")
    assert origins(found, "freeze") == [f"{user}, preset p ({project}), {project}, command line"]


class TestPresets:
    def test_a_built_in_one_yields_to_its_own_source_and_beats_weaker_ones(self, world):
        world.user("diversity = 10\nmin-meaning = 0.95\norder = 7")
        world.of_project("preset = 'bold'\nmin-meaning = 0.5")
        found = world.resolve()
        options = found.options
        assert (options.diversity, options.min_meaning, options.order) == (80, 0.5, 7)
        assert origins(found, "diversity", "preset") == ["preset bold", str(world.project_file)]

    def test_only_the_strongest_name_counts(self, world):
        world.user("preset = 'bold'")
        world.of_project("preset = 'light'")
        assert world.resolve().options.diversity == 20
        found = world.resolve({"PARAPHRASER_PRESET": "shorter"})
        assert (found.options.diversity, found.options.length) == (50, Length.SHORTER)
        assert world.resolve({"PARAPHRASER_PRESET": "shorter"}, preset="bold").options == Options(
            diversity=80, min_meaning=0.7
        )

    def test_it_ranks_just_below_the_environment_that_names_it(self, world):
        world.of_project("diversity = 10")
        named = {"PARAPHRASER_PRESET": "bold"}
        assert world.resolve(named).options.diversity == 80
        assert world.resolve(named | {"PARAPHRASER_DIVERSITY": "30"}).options.diversity == 30

    def test_one_of_your_own(self, world):
        user = world.user("[presets.gentle]\ndiversity = 15\nfreeze = ['Acme']")
        found = world.resolve(preset="gentle")
        assert found.options == Options(diversity=15, freeze=("Acme",))
        assert origins(found, "diversity") == [f"preset gentle ({user})"]
        assert world.resolve().options == Options()

    def test_that_of_the_project_replaces_that_of_the_user(self, world):
        world.user("preset = 'p'\n[presets.p]\ndiversity = 15\norder = 3")
        world.of_project("[presets.p]\ndiversity = 16")
        assert world.resolve().options == Options(diversity=16)

    def test_an_unknown_one(self, world):
        user = world.user("preset = 'wild'\n[presets.mine]")
        message = (
            "there is no preset 'wild'; known presets: light, balanced, bold, shorter, longer, mine"
        )
        with pytest.raises(OptionError) as caught:
            world.resolve()
        assert str(caught.value) == f"{user}: {message}"
        with pytest.raises(OptionError, match=f"^{message}$"):
            world.resolve(preset="wild")
        assert world.resolve(preset="bold")


class TestModes:
    """Files may say how to search and how to draw; what runs is chosen later."""

    def test_how_to_draw_waits_for_sampling(self, world):
        world.user("temperature = 0.5\nseed = 3")
        found = world.resolve()
        assert found.options == Options()
        assert found.values["seed"].unused == "unused without sample"
        found = world.resolve(sampling=True)
        assert found.options == Options(sampling=True, temperature=0.5, seed=3)
        assert not found.values["seed"].unused

    def test_on_the_command_line_it_is_a_slip(self, world):
        with pytest.raises(OptionError, match=r"^seed counts only with sampling; [^(]*$"):
            world.resolve(seed=3)

    def test_the_stronger_of_beam_and_sampling_wins(self, world):
        world.user("beam-size = 8")
        found = world.resolve(sampling=True)
        assert found.options == Options(sampling=True)
        assert found.values["beam_size"].unused == "unused with sample"
        world.user("sample = true\ntop-k = 9")
        found = world.resolve(beam_size=8)
        assert found.options == Options(beam_size=8)
        assert found.values["sampling"].unused == "unused with beam-size"
        assert found.values["top_k"].unused == "unused without sample"

    def test_in_one_file_they_contradict_each_other(self, world):
        path = world.user("beam-size = 8\nsample = true")
        with pytest.raises(OptionError, match="exclude each other") as caught:
            world.resolve()
        assert str(caught.value).endswith(f"(beam-size: {path}; sample: {path})")

    def test_sampling_may_be_switched_off(self, world):
        world.user("sample = true\nseed = 3")
        assert world.resolve(sampling=False).options == Options()

    def test_more_variants_than_the_beam_of_a_weaker_source(self, world):
        world.user("beam-size = 5")
        found = world.resolve(num=8)
        assert found.options.beams == 8
        assert found.values["beam_size"].unused == "unused: less than num"
        assert world.resolve(num=4).options.beams == 5

    def test_a_beam_that_is_too_narrow_for_a_weaker_source(self, world):
        path = world.of_project("num = 8")
        with pytest.raises(OptionError, match="need a beam of at least 8, not 5") as caught:
            world.resolve(beam_size=5)
        assert str(caught.value).endswith(f"(num: {path}; beam-size: command line)")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"num": 0}, "num must be between 1 and 20, not 0"),
        ({"threads": 0}, "threads must be between 1 and 256, not 0"),
        ({"num": 6, "beam_size": 5}, "6 variants need a beam of at least 6, not 5"),
    ],
)
def test_errors_of_the_command_line_alone_name_no_source(world, given, message):
    with pytest.raises(OptionError) as caught:
        world.resolve(**given)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("THREADS", "two", "threads in environment PARAPHRASER_THREADS must be a whole number"),
        ("THREADS", "0", "environment PARAPHRASER_THREADS: threads must be between 1 and 256"),
        ("DIVERSITY", "101", "environment PARAPHRASER_DIVERSITY: diversity must be between 0"),
        ("DIVERSITY", "x", "diversity in environment PARAPHRASER_DIVERSITY must be a whole number"),
        ("PRESET", "wild", "environment PARAPHRASER_PRESET: there is no preset 'wild'; known"),
    ],
)
def test_errors_of_the_environment(world, variable, text, message):
    with pytest.raises(OptionError) as caught:
        world.resolve({f"PARAPHRASER_{variable}": text})
    assert str(caught.value).startswith(message)


def test_an_empty_variable_is_not_set(world):
    names = ("PRESET", "MODEL", "THREADS", "DIVERSITY")
    assert world.resolve({f"PARAPHRASER_{n}": "" for n in names}).options == Options()


class TestModel:
    def test_a_bundled_one(self, world):
        world.of_project("model = 'house'")
        assert world.resolve().model == "house"

    def test_an_installed_one(self, world, tmp_path):
        package = tmp_path / "data" / "models" / "mine"
        package.mkdir(parents=True)
        (package / "manifest.json").touch()
        world.of_project("model = 'mine'")
        assert world.resolve().model == "mine"

    def test_a_folder_of_that_name_here_is_not_meant(self, world):
        path = world.of_project("model = 'evil'")
        (world.directory / "evil").mkdir()
        (world.directory / "evil" / "manifest.json").touch()
        with pytest.raises(
            ModelError, match="there is no model 'evil'; known models: house"
        ) as caught:
            world.resolve()
        assert str(caught.value).startswith(f"{path}: ")
        assert world.resolve(model="evil").model == "evil"

    @pytest.mark.parametrize("name", ["./evil", "/evil", "../x", "..", ".", "~/m", "a/", "~"])
    def test_a_project_names_no_directory(self, world, name):
        world.of_project(f"model = '{name}'")
        with pytest.raises(OptionError, match="must be the name of a model, not a directory"):
            world.resolve()

    def test_the_users_own_file_may(self, world):
        folder = world.user("model = './mine'").parent
        assert world.resolve().model == str(folder / "mine")
        world.user("model = '~/models/mine'")
        assert world.resolve().model == str(world.home / "models" / "mine")

    def test_from_the_environment_as_on_the_command_line(self, world):
        found = world.resolve({"PARAPHRASER_MODEL": "some/where"})
        assert found.model == "some/where"
        assert origins(found, "model") == ["environment PARAPHRASER_MODEL"]


LAYERS = st.fixed_dictionaries(
    {},
    optional={
        "diversity": st.integers(0, 100),
        "order": st.integers(0, 100),
        "min-meaning": st.floats(0, 1),
        "sample": st.booleans(),
        "beam-size": st.integers(1, 20),
        "seed": st.integers(0, 9),
        "num": st.integers(1, 20),
    },
)


def toml(layer):
    return "".join(f"{name} = {str(value).lower()}\n" for name, value in layer.items())


def fields_of(layer):
    return {"sampling" if n == "sample" else n.replace("-", "_"): v for n, v in layer.items()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(user=LAYERS, project=LAYERS, line=LAYERS)
def test_the_strongest_source_wins_for_every_setting(world, user, project, line):
    world.user(toml(user))
    world.of_project(toml(project))
    expected = fields_of(user) | fields_of(project) | fields_of(line)
    try:
        found = world.resolve(**fields_of(line))
    except OptionError:
        # Only a real contradiction is refused: without it the same values are taken.
        assert {"beam_size", "seed"} & expected.keys()
        return
    for field, value in expected.items():
        assert found.values[field].value == value
        if not found.values[field].unused:
            assert getattr(found.options, field) == value
    for field in found.values.keys() - expected.keys():
        assert found.values[field].origin == "default"
    for field in ("diversity", "order", "min_meaning", "num"):
        assert not found.values[field].unused
