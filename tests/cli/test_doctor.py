"""`paraphrase doctor`: a line for everything, whatever is broken."""

import json
import re
from importlib import metadata

import pytest

from paraphraser_tui.cli.commands import doctor
from paraphraser_tui.cli.health import machine, models, places
from paraphraser_tui.cli.health.finding import Check, State, examine, ok
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import ExitCode, ModelError, OptionError
from paraphraser_tui.models import store

NAMES = """
python paraphraser-tui ctranslate2 sentencepiece tokenizers sentencex numpy textual
platform processor processors terminal settings settings data int8 model-house model-minilm
compute-type loading sentence
"""
X86 = "model name\t: A Fine One\nflags\t\t: fpu sse4_1 avx avx2 avx512f avx512_vnni\n"
ARM = "BogoMIPS\t: 50.00\nFeatures\t: fp asimd asimddp i8mm\n"
OLD = "model name\t: Old\nflags\t\t: fpu sse4_1 avx\n"


class Panic(BaseException):
    """What a library in Rust raises."""


class Screen:
    """A stream that is a terminal."""

    closed = False

    def __init__(self, encoding):
        self.encoding = encoding

    def isatty(self):
        return True


def attempt(asked):
    return models.Trial("int8", "int8_float32", 0.25, 1.5, "It was put off.")


def found(look, *arguments):
    return [(f.state, f.text) for f in look(*arguments)]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty working directory, and in it the user's settings."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    user = tmp_path / "config"
    user.mkdir()
    monkeypatch.setattr("platformdirs.user_config_path", lambda app: user)
    return folder


@pytest.fixture
def report(place, capsysbinary):
    """Run the command: report(*arguments) -> code, [(state, name, text)]."""

    def run(*arguments, attempt=attempt):
        code = doctor.run([*arguments], attempt)
        seen = capsysbinary.readouterr()
        assert seen.err == b""
        lines = seen.out.decode().splitlines()
        if arguments:
            return code, [(f["state"], f["name"], f["text"]) for f in json.loads(seen.out)]
        return code, [tuple(re.split(r" {2,}", line, maxsplit=2)) for line in lines]

    return run


def test_a_line_for_everything(report):
    code, lines = report()
    assert code == 0
    assert [name.replace(" ", "-") for _, name, _ in lines] == NAMES.split()
    assert {state for state, *_ in lines} <= {"ok", "note"}
    told = {name: text for _, name, text in lines}
    assert told["ctranslate2"] == metadata.version("ctranslate2")
    assert told["loading"] == "0.25 s"
    assert told["sentence"] == "1.50 s: It was put off."
    assert told["compute type"] == "house is stored in int8 and computed in int8_float32"
    assert all("intact" in text for name, text in told.items() if name.startswith("model "))


def test_for_programs(report):
    code, lines = report("--json")
    assert (code, lines) == report()


@pytest.mark.parametrize("line", ["--nonsense", "word"])
def test_refused(line):
    with pytest.raises(OptionError, match="paraphrase doctor --help"):
        doctor.run([line])


def test_with_the_bundled_model(report):
    code, lines = report(attempt=models.paraphrase_once)
    told = {name: (state, text) for state, name, text in lines}
    assert code == 0
    assert told["sentence"][0] == "ok" and models.SENTENCE not in told["sentence"][1]
    assert re.fullmatch(r"\d+\.\d\d s: .*meeting.*\.", told["sentence"][1])
    assert told["compute type"][1].startswith("house is stored in int8 and computed in ")
    assert re.fullmatch(r"\d+\.\d\d s", told["loading"][1])


class TestFailures:
    @pytest.mark.parametrize(
        "error", [OSError("gone"), ValueError("odd"), Panic("boom"), RecursionError("deep")]
    )
    @pytest.mark.parametrize("number", range(len(doctor.checks(attempt))))
    def test_each_check_is_alone(self, error, number, place):
        check = doctor.checks(attempt)[number]

        def fail():
            yield ok("before", "fine")
            raise error

        before, failure = examine(Check(check.name, fail, check.code))
        assert before.text == "fine"
        assert failure.name == check.name
        assert failure.text == f"cannot be told: {type(error).__name__}: {error}"
        assert failure.state is (State.BAD if check.code else State.NOTE)
        assert failure.code is check.code

    def test_one_failure_leaves_the_others(self, report, monkeypatch):
        def fail():
            raise Panic("boom")

        whole = report()[1]
        monkeypatch.setattr(machine, "processor", fail)
        code, lines = report(attempt=lambda asked: fail())
        assert code == ExitCode.MODEL
        assert ("note", "processor", "cannot be told: Panic: boom") in lines
        assert lines[-1] == ("bad", "sentence", "cannot be told: Panic: boom")
        others = [line for line in whole if line[1] not in ("processor", "sentence")]
        assert [line for line in others if line not in lines] == [
            line for line in whole if line[1] in ("compute type", "loading")
        ]

    def test_expected_errors_are_told_as_they_are(self):
        def fail():
            raise ModelError("no model there")

        (finding,) = examine(Check("x", fail))
        assert (finding.state, finding.text, finding.code) == ("bad", "no model there", 3)

    def test_the_user_may_stop_it(self, report):
        def stop(asked):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            report(attempt=stop)

    def test_nothing_reaches_the_screen_raw(self, report, place):
        (place / ".paraphraser.toml").write_text('preset = "\\u001b[31m\\u202e"')
        nasty = models.Trial("int8", "int8", 0, 0, "\x1b]0;title\x07\nok  forged  line")
        code, lines = report(attempt=lambda asked: nasty)
        assert code == ExitCode.USAGE
        text = "".join("".join(line) for line in lines)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", text)
        assert lines[-1][2] == "0.00 s: ␛]0;title␇␊ok  forged  line"


class TestModels:
    def test_a_damaged_package(self, report, tmp_path):
        package = tmp_path / "data" / "models" / "mine"
        package.mkdir(parents=True)
        (package / "manifest.json").write_text("{")
        code, lines = report()
        assert code == ExitCode.MODEL
        bad = [line for line in lines if line[0] == "bad"]
        assert bad == [("bad", "model mine", f"{package}/manifest.json is not valid JSON")]

    def test_no_model_at_all(self, report, tmp_path, monkeypatch):
        monkeypatch.setattr(store, "BUNDLED", tmp_path / "nothing")
        code, lines = report(attempt=models.paraphrase_once)
        assert code == ExitCode.MODEL
        bad = {name: text for state, name, text in lines if state == "bad"}
        assert {"model house", "model minilm", "sentence"} <= {*bad}
        assert "there is no model 'house'" in bad["sentence"]

    def test_what_settings_ask_for_is_tried(self, place):
        asked = []
        (place / ".paraphraser.toml").write_text("threads = 1\nnum = 3")
        for _ in models.trial(lambda wanted: asked.append(wanted) or attempt(wanted)):
            pass
        assert asked == [models.Wanted("house", 1, Options(num=3))]
        (place / ".paraphraser.toml").write_text("threads = 0")
        assert models.wanted() == models.Wanted("house", None, Options())

    def test_a_sentence_that_stays_and_a_slow_type(self, place):
        made = models.Trial("int8", "float32", 0, 0, None)
        kind, _, sentence = found(models.trial, lambda asked: made)
        assert kind[0] == sentence[0] == "note"
        assert "kept" in sentence[1]


class TestSettings:
    def test_found_and_read(self, place, tmp_path):
        path = place / ".paraphraser.toml"
        path.write_text("num = 2\n[presets.mine]\nnum = 3")
        project, user = found(places.settings)
        assert project == ("ok", f"{path}, project file: 1 settings, 1 presets")
        assert user == ("ok", f"{tmp_path}/config/settings.toml, user file: none there")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("num = ", "is not valid TOML"),
            ("nmu = 1", "did you mean 'num'?"),
            ("preset = 'none'", "there is no preset 'none'"),
            ("sample = true\nbeam-size = 4", "beam"),
        ],
    )
    def test_broken(self, report, place, text, reason):
        (place / ".paraphraser.toml").write_text(text)
        code, lines = report()
        assert code == ExitCode.USAGE
        (line,) = [line for line in lines if line[0] == "bad"]
        assert line[1] == "settings" and reason in line[2]

    def test_broken_in_the_environment(self, report, monkeypatch):
        monkeypatch.setenv("PARAPHRASER_THREADS", "many")
        code, lines = report()
        assert code == ExitCode.USAGE
        assert [n for s, n, t in lines if s == "bad" and "PARAPHRASER_THREADS" in t] == ["settings"]

    def test_a_file_that_is_named_and_not_there(self, report, monkeypatch):
        monkeypatch.setenv("PARAPHRASER_CONFIG", "nowhere.toml")
        code, lines = report()
        assert code == ExitCode.USAGE
        assert all("which is no file" in t for s, n, t in lines if s == "bad")

    def test_a_model_that_is_not_installed(self, report, place):
        (place / ".paraphraser.toml").write_text("model = 'nobody'")
        assert report()[0] == ExitCode.MODEL


class TestDataDirectory:
    def test_where_it_will_be(self, tmp_path):
        path = tmp_path / "data"
        assert found(places.data_directory) == [("ok", f"{path}, made when a model is installed")]
        assert not path.exists()
        path.mkdir()
        assert found(places.data_directory) == [("ok", f"{path}, writable")]

    def test_not_writable(self, tmp_path, monkeypatch):
        (tmp_path / "data").write_text("a file")
        ((state, text),) = found(places.data_directory)
        assert state == "note" and "no model can be installed" in text
        monkeypatch.setenv("PARAPHRASER_DATA_DIR", str(tmp_path / "data" / "below"))
        assert found(places.data_directory)[0][0] == "note"
        monkeypatch.setenv("PARAPHRASER_DATA_DIR", str(tmp_path / "new"))
        monkeypatch.setattr("os.access", lambda *_: False)
        assert found(places.data_directory)[0][0] == "note"


class TestMachine:
    @pytest.mark.parametrize(
        ("info", "state", "text"),
        [
            (X86, "ok", "A Fine One: SSE4.1, AVX, AVX2, AVX512, AVX512-VNNI"),
            (ARM, "ok", ": NEON, NEON dot product, NEON int8 matrices"),
            (OLD, "note", "Old: SSE4.1, AVX; without AVX2 or NEON"),
            ("nonsense", "note", "nothing for int8"),
        ],
    )
    def test_the_processor(self, info, state, text, tmp_path):
        path = tmp_path / "cpuinfo"
        path.write_text(info)
        ((seen, told),) = found(machine.processor, path)
        assert seen == state and text in told

    def test_a_system_that_does_not_tell(self, tmp_path):
        assert found(machine.processor, tmp_path / "none")[0][0] == "ok"

    def test_libraries_that_are_missing_or_old(self, monkeypatch):
        real = metadata.version

        def version(name):
            if name in ("numpy", "textual"):
                raise metadata.PackageNotFoundError(name)
            return {"sentencex": "1.0.4rc1", "tokenizers": "0.100.dev1"}.get(name) or real(name)

        monkeypatch.setattr(metadata, "version", version)
        told = {f.name: f for f in machine.versions()}
        assert (told["numpy"].state, told["numpy"].code) == ("bad", ExitCode.MODEL)
        assert told["textual"].state == "note" and told["textual"].code == 0
        assert told["sentencex"].state == "note" and "older than 1.0.32" in told["sentencex"].text
        assert told["tokenizers"].state == "ok"

    def test_run_from_a_checkout(self, monkeypatch):
        def version(name):
            raise metadata.PackageNotFoundError(name)

        monkeypatch.setattr(metadata, "version", version)
        assert next(machine.versions()).state == "note"

    def test_int8(self, monkeypatch):
        import ctranslate2

        types = {"float32", "int8"}
        monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device: types)
        assert found(machine.int8) == [("ok", "ctranslate2 computes in float32, int8")]
        monkeypatch.setenv("CT2_FORCE_CPU_ISA", "GENERIC")
        ((state, text),) = found(machine.int8)
        assert state == "note" and "CT2_FORCE_CPU_ISA=GENERIC" in text
        types.discard("int8")
        assert found(machine.int8)[0][0] == "note"

    @pytest.mark.parametrize(
        ("kind", "encoding", "state", "text"),
        [
            ("xterm-256color", "utf-8", "ok", "xterm-256color, 256 colours, utf-8, 90 columns"),
            ("xterm", "utf-8", "ok", "16 colours"),
            ("xterm", "ascii", "note", "with a UTF-8 locale"),
            ("dumb", "utf-8", "note", "no colours"),
        ],
    )
    def test_the_terminal(self, kind, encoding, state, text, monkeypatch):
        monkeypatch.setenv("TERM", kind)
        monkeypatch.setenv("COLUMNS", "90")
        for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("sys.stdout", Screen(encoding))
        ((seen, told),) = found(machine.terminal)
        assert seen == state and text in told

    def test_without_colours_by_wish(self, monkeypatch):
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setattr("sys.stdout", Screen("utf-8"))
        assert "no colours, for NO_COLOR is set" in found(machine.terminal)[0][1]
