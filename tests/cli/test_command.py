"""The command as a stranger runs it: a process of its own, and the bundled model."""

import json
import re
from importlib.metadata import entry_points

import pytest

SENTENCE = "The meeting was postponed because the manager had fallen ill."
LETTER = """Dear Anna,

“We’ll arrive at 10:45 on Friday,” wrote the headmaster, “because the bus doesn’t leave earlier.”\r
- Please send the 3 forms to office@example.org before the meeting begins.
- The café near Lübeck has been closed since 2019.

    Yours
"""


def words(text):
    return re.findall(r"\w+", text.casefold())


def test_one_sentence_through_a_pipe(process):
    done = process(input=f"{SENTENCE}\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert out.endswith(".\n") and out.count("\n") == 1
    assert words(out) != words(SENTENCE)
    assert {"meeting", "manager"} & set(words(out))


def test_five_distinct_variants_with_scores(process):
    done = process("-n", 5, "--format", "jsonl", "--text", SENTENCE)
    assert done.returncode == 0
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["source"], row["kept"]) == (SENTENCE, None)
    assert len({tuple(words(v["text"])) for v in row["variants"]} - {tuple(words(SENTENCE))}) == 5
    for variant in row["variants"]:
        assert list(variant) == ["text", "meaning", "change", "fluency", "warnings"]
        assert all(0 <= variant[key] <= 1 for key in ("meaning", "change", "fluency"))
        assert variant["meaning"] >= 0.8


@pytest.mark.parametrize("env", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=["default", "C"])
def test_a_letter_keeps_what_it_must(process, env, tmp_path):
    path = tmp_path / "létter.txt"
    path.write_bytes(LETTER.encode())
    done = process(path, "--freeze", "café", "--freeze", "headmaster", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert out != LETTER
    assert re.findall(r"\r?\n", out) == re.findall(r"\r?\n", LETTER)
    assert out.startswith("Dear Anna,\n\n") and out.endswith("\n\n    Yours\n")
    for kept in ("10:45", "3", "office@example.org", "café", "Lübeck", "2019", "headmaster"):
        assert kept in out
    assert '"' not in out and "'" not in out


def test_a_seed_repeats_samples_in_another_process(process):
    sentence = "She closed the door quietly because the baby was asleep."
    arguments = ("--sample", "-n", 3, "--format", "jsonl", "--text", sentence, "--seed", 7)
    first, again = process(*arguments), process(*arguments)
    assert first.returncode == 0 and json.loads(first.stdout)["variants"]
    assert first.stdout == again.stdout


def test_usage_and_model_errors(process):
    for arguments, code in ((["-n", "0"], 2), (["--model", "nobody", "--text", "x"], 3)):
        done = process(*arguments)
        assert (done.returncode, done.stdout) == (code, b"")
        assert done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr


def test_the_console_scripts():
    scripts = {s.name: s for s in entry_points(group="console_scripts")}
    assert scripts["paraphrase"].value == "paraphraser_tui.cli.main:main"
    assert scripts["paraphraser-tui"].value == "paraphraser_tui.tui:main"
