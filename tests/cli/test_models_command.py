"""`paraphrase models`: data on standard output, one safe line for whatever goes wrong."""

import json
import os
import pty
import shutil
import tarfile
from pathlib import Path

import pytest

from paraphraser_tui import paths
from paraphraser_tui.cli import commands
from paraphraser_tui.cli.commands import models as command
from paraphraser_tui.cli.commands import models_shown
from paraphraser_tui.models import conversion, store
from paraphraser_tui.models.lock import exclusive
from paraphraser_tui.models.manifest import MANIFEST_NAME

EVIL = "\x1b]0;evil\x07\u202e\n\x9b"


@pytest.fixture
def models(paraphrase, monkeypatch):
    """models(*arguments) -> Outcome, of `paraphrase models`."""
    monkeypatch.setitem(commands.COMMANDS, "models", "")
    return lambda *arguments: paraphrase("models", *arguments)


@pytest.fixture
def package(tmp_path):
    """A package of a few bytes, its manifest made from that of the bundled model."""
    return write(tmp_path / "package", name="small")


def write(path, **changes):
    path.mkdir(parents=True)
    (path / "spm.model").write_bytes(b"spm")
    manifest = json.loads((store.BUNDLED / "house" / MANIFEST_NAME).read_text(encoding="utf-8"))
    listed = vars(store.describe_file(path / "spm.model"))
    manifest |= {"files": [listed], "licence": "MIT", "training": {"steps": 3}} | changes
    (path / MANIFEST_NAME).write_text(json.dumps(manifest), encoding="utf-8")
    return path


def complaint(outcome, code):
    """The one line that says what is wrong."""
    assert (outcome.code, outcome.out) == (code, b"")
    assert outcome.err.startswith("paraphrase: error: ") and outcome.err.endswith("\n")
    assert outcome.err[:-1].isprintable()
    return outcome.err


def is_safe(out):
    return all(line.isprintable() for line in out.decode().splitlines())


def rows(outcome):
    return [line.split() for line in outcome.out.decode().splitlines()]


def test_a_model_s_life(models, package):
    assert [row[0] for row in rows(models("list"))] == ["house", "minilm"]
    done = models("install", package, "--name", "mine")
    assert (done.code, done.out) == (0, b"")
    assert done.err.startswith("paraphrase: installed mine (3 bytes)")
    assert models("path", "mine").out == os.fsencode(paths.models_dir() / "mine") + b"\n"
    assert models("verify").out == b"house: intact\nminilm: intact\nmine: intact\n"
    assert models("use", "mine").err == "paraphrase: mine is the default model\n"
    house, _, mine = rows(models("list"))
    assert house[4] == "bundled" and mine[3:] == ["bart", "default", "MIT"]
    done = models("remove", "mine", "--yes")
    assert "removed mine" in done.err and "'paraphrase models use house'" in done.err
    assert "mine is not installed any more" in models("list").err
    assert models("use", "house").code == 0
    done = models("list")
    assert done.err == "" and rows(done)[0][4:6] == ["bundled,", "default"]


def test_the_list_for_programs(models, package):
    models("install", package)
    write(paths.models_dir() / "damaged", files=[])
    house, minilm, damaged, small = json.loads(models("list", "--json").out)
    assert house["bundled"] and house["default"] and house["damaged"] is None
    assert (minilm["role"], minilm["default"]) == ("encoder", False)
    assert "does not list it" in damaged["damaged"] and damaged["licence"] is None
    size = sum(p.stat().st_size for p in package.iterdir())
    assert small == {
        "name": "small",
        "path": str(paths.models_dir() / "small"),
        "size": size,
        "role": "paraphraser",
        "architecture": "bart",
        "licence": "MIT",
        "bundled": False,
        "default": False,
        "damaged": None,
    }


def test_info(models, package):
    models("install", package, "--name", "mine")
    page = models("info", "mine").out.decode()
    for line in (
        "name: mine",
        "its own name: small",
        "state: installed",
        "architecture: bart, int8",
        "licence: MIT",
        "  len: 3 levels, parted at 0.85, 1.18",
        "  steps: 3",
    ):
        assert line in page.splitlines()
    assert "  spm.model: 3 bytes, " in page
    full = json.loads(models("info", "house", "--json").out)
    told = json.loads((store.BUNDLED / "house" / MANIFEST_NAME).read_text(encoding="utf-8"))
    assert full["manifest"] == told and full["bundled"]
    assert models("info", package).code == 0  # a directory, installed or not
    assert "no model 'nobody'" in complaint(models("info", "nobody"), 3)


@pytest.mark.parametrize("damage", ["file", "manifest", "both", "extra", "numbers", "depth"])
def test_damaged_ones_are_shown_as_such(models, package, damage):
    path = paths.models_dir() / "mine"
    shutil.copytree(package, path)
    if damage in ("file", "both"):
        (path / "spm.model").write_bytes(b"SPM")
    if damage in ("manifest", "both"):
        (path / MANIFEST_NAME).write_bytes(b"\xff{")
    if damage == "extra":
        (path / EVIL.replace("\n", "")).write_bytes(b"")
    if damage == "numbers":
        shutil.rmtree(path)
        files = [{"name": "spm.model", "size": 10**400, "sha256": ""}]
        write(path, files=files, licence="\ud800", max_source_tokens=-(10**400))
    if damage == "depth":
        text = (path / MANIFEST_NAME).read_text(encoding="utf-8")
        deep = '{"a":' * 900 + "1" + "}" * 900
        (path / MANIFEST_NAME).write_text(text.replace('{"steps": 3}', deep), encoding="utf-8")
    shown = models("list")
    assert shown.code == 0 and is_safe(shown.out)
    (line,) = [x for x in shown.out.decode().splitlines() if x.startswith("mine ")]
    assert ("damaged: " in line) == (damage != "depth")
    assert json.loads(models("list", "--json").out)
    done = models("verify", "mine", "house")
    assert done.out.endswith(b"house: intact\n") and done.code == (0 if damage == "depth" else 3)
    assert done.err.count("\n") == (damage != "depth")
    for option in ([], ["--json"]):
        done = models("info", "mine", *option)
        if done.code:
            complaint(done, 3)
        else:
            assert is_safe(done.out)
    assert models("remove", "mine", "--yes").code == 0


def test_every_name_is_verified_whatever_the_others_are(models, package):
    done = models("verify", "nobody", package, "minilm")
    assert (done.code, done.out) == (3, b"package: intact\nminilm: intact\n")
    assert done.err.count("\n") == 1 and "nobody" in done.err


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["info", "mine"], ["info", "mine", "--json"], ["verify"], ["list", "--json"]],
)
def test_nothing_that_a_manifest_says_reaches_a_terminal_as_it_is(models, arguments):
    texts = dict.fromkeys(("name", "architecture", "quantization", "licence"), EVIL)
    training = {EVIL: [EVIL], "more": {EVIL: EVIL}}
    write(paths.models_dir() / "mine", **texts, training=training)
    done = models(*arguments)
    assert done.code == 0 and is_safe(done.out) and "mine" in done.out.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "ACTION"),
        (["frobnicate"], 2, "invalid choice"),
        (["list", "more"], 2, "unrecognized"),
        (["install"], 2, "SOURCE"),
        (["install", "{package}", "--name", "house"], 2, "bundled"),
        (["install", "{package}", "--name", EVIL], 2, "cannot be called"),
        (["install", "nobody"], 4, "no file or directory"),
        (["install", EVIL], 4, "no file or directory"),
        (["install", "google/flan-t5-small"], 4, "nothing is fetched unasked"),
        (["install", "hub:flan-t5-small"], 2, "hub:OWNER/NAME"),
        (["install", f"hub:{EVIL}/x"], 2, "hub:OWNER/NAME"),
        (["install", "{text}"], 4, "no archive"),
        (["install", "{hostile}"], 3, "not a place inside"),
        (["use", "nobody"], 3, "no model"),
        (["use", "minilm"], 3, "role encoder"),
        (["use", "{package}"], 3, "no model"),
        (["remove", "house", "--yes"], 2, "comes with the program"),
        (["remove", "nobody", "--yes"], 3, "no model"),
        (["path", "nobody"], 3, "no model"),
        (["path", EVIL], 3, "no model"),
    ],
)
def test_one_line_for_what_cannot_be(models, package, tmp_path, arguments, code, told):
    text, hostile = tmp_path / "text", tmp_path / "hostile"
    text.write_text("Dear reader,\n")
    with tarfile.open(hostile, "w") as tar:
        tar.add(text, f"../{EVIL}")
    places = {"package": package, "text": text, "hostile": hostile}
    given = [a.format(**places) if a.startswith("{") else a for a in arguments]
    assert told in complaint(models(*given), code)
    assert [p.name for p in store.installed()] == ["house", "minilm"]


def test_a_package_is_replaced_only_by_force(models, package):
    models("install", package)
    assert "--force" in complaint(models("install", package), 5)
    assert models("install", package, "--force").code == 0


def test_somebody_else_is_at_it(models, package):
    with exclusive():
        assert "another command" in complaint(models("install", package), 5)
    assert models("install", package).code == 0


def test_a_student_is_announced(models, tmp_path, monkeypatch):
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "student.json").write_text("{}")
    monkeypatch.setattr(conversion, "find_spec", lambda name: None)
    done = models("install", tmp_path / "student")
    assert done.code == 3 and done.err.startswith("paraphrase: converting ")
    assert "pip install 'paraphraser-tui[convert]'" in done.err


def test_a_download_is_announced(models, monkeypatch):
    monkeypatch.setattr(conversion, "find_spec", lambda name: None)
    done = models("install", "hub:google/flan-t5-small")
    assert done.code == 3 and done.err.startswith("paraphrase: fetching hub:google/flan-t5-small ")
    assert "pip install 'paraphraser-tui[convert]'" in done.err


def test_nobody_can_be_asked_in_a_pipe(models, package):
    models("install", package)
    assert "--yes" in complaint(models("remove", "small"), 2)
    assert models("path", "small").code == 0


@pytest.mark.parametrize(
    ("answer", "goes"), [(b"y\n", True), (b"YES\n", True), (b"\n", False), (b"no\n", False)]
)
def test_a_person_is_asked(models, package, monkeypatch, answer, goes):
    models("install", package)
    there, here = pty.openpty()
    try:
        with open(here, closefd=False) as terminal:
            monkeypatch.setattr(command.sys, "stderr", Terminal())
            os.write(there, answer)
            monkeypatch.setattr(command.sys, "stdin", terminal)
            monkeypatch.setattr(command.sys, "stdout", Terminal())
            assert command.run(["remove", "small"]) == 0
    finally:
        os.close(there)
        os.close(here)
    assert (store.by_name("small") is None) == goes


class Terminal:
    """A standard stream that claims to be a terminal."""

    def __init__(self):
        self.text = ""
        self.closed = False
        self.buffer = self

    def isatty(self):
        return True

    def write(self, text):
        self.text += text if isinstance(text, str) else text.decode()

    def flush(self):
        pass


@pytest.mark.parametrize("terminal", [False, True])
def test_a_script_gets_the_very_path(models, tmp_path, monkeypatch, terminal):
    data = os.fsdecode(os.fsencode(tmp_path) + b"/d\x1b\xff")
    monkeypatch.setenv("PARAPHRASER_DATA_DIR", data)
    path = write(Path(data) / "models" / "mine")
    if terminal:
        monkeypatch.setattr(command.sys, "stdout", Terminal())
        assert command.run(["path", "mine"]) == 0
        assert command.sys.stdout.text[:-1].isprintable()
    else:
        assert models("path", "mine").out == os.fsencode(path) + b"\n"


def test_help(models, capsys):
    with pytest.raises(SystemExit) as end:
        models("--help")
    assert end.value.code == 0
    assert all(a in command.parser().format_help() for a in ("list", "install", "use", "remove"))


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bytes"), (99_999, "99999 bytes"), (100_000, "0.1 MB"), (29_032_218, "29.1 MB")],
)
def test_sizes(size, shown):
    assert models_shown.megabytes(size) == shown
