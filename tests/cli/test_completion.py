"""`paraphrase completion`: the scripts offer what the parsers accept, in real shells."""

import argparse
import re
import shlex
import shutil
import subprocess

import pytest

from paraphraser_tui.cli.arguments import parser as main_parser
from paraphraser_tui.cli.commands import COMMANDS, completion, find
from paraphraser_tui.cli.request import View
from paraphraser_tui.cli.shell.bash import bash
from paraphraser_tui.cli.shell.fish import fish
from paraphraser_tui.cli.shell.grammar import Takes, paraphrase, read
from paraphraser_tui.cli.shell.zsh import zsh
from paraphraser_tui.engine.presets import Preset
from paraphraser_tui.errors import OptionError
from paraphraser_tui.parser import Parser

SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}
NASTY = 'it\'s [a] "b": `touch one` $(touch two) \\ {c} (d)\n;e'


def below(name, parser):
    """Every command's name and parser."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, sub in action.choices.items():
                yield from below(f"{name} {word}", sub)


def parsers():
    found = dict(below("paraphrase", main_parser()))
    for word in COMMANDS:
        found |= below(f"paraphrase {word}", find(word).parser())
    return found


def nasty_parser():
    """Nobody names things like this; a script must survive it all the same."""
    made = Parser(prog="x", description=NASTY)
    made.add_argument("--odd", choices=["a b", "$(touch three)", "it's", "*"], help=NASTY)
    made.add_argument("--plain", metavar="A:B [c]", help=NASTY)
    subs = made.add_subparsers()
    sub = subs.add_parser("sub", help=NASTY, description=NASTY)
    sub.add_argument("file", metavar="FILE", help=NASTY)
    return made


def options_in_zsh(script):
    """By function: the flags of its `_arguments`."""
    found = {}
    for function, body in re.findall(r"^_(\w+)\(\) \{\n(.*?)^\}", script, re.DOTALL | re.M):
        specs = shlex.split(body.partition("_arguments -s -S")[2])
        flags = (re.match(r"(?:\*|\(.*?\))?(--?[a-z][a-z-]*?)(?:=-|[=+])?\[", s) for s in specs)
        found[function.replace("_", " ")] = {flag[1] for flag in flags if flag}
    return found


def options_in_fish(script):
    """By condition: the flags of its lines."""
    found = {}
    for command, rest in re.findall(r"-n '__paraphrase_in (.*?)' (.*)", script):
        flags = re.sub(r"'(?:[^'\\]|\\.)*'", "", rest)
        found.setdefault(command, set()).update(
            f"-{'-' * (kind == 'l')}{name}" for kind, name in re.findall(r"-([ls]) (\S+)", flags)
        )
    return found


@pytest.fixture
def complete(tmp_path):
    """What bash proposes for words: complete(*words, script=...) -> list."""
    place = tmp_path / "empty"
    place.mkdir()

    def run(*words, script=None, setup=""):
        path = tmp_path / "script"
        path.write_text(script or bash(paraphrase()))
        program = (
            f'source "$1"; {setup}\nCOMP_WORDS=("${{@:2}}"); COMP_CWORD=$(($# - 2)); _{words[0]}\n'
            'for word in "${COMPREPLY[@]}"; do printf "%s\\0" "$word"; done'
        )
        done = subprocess.run(
            ["bash", "--norc", "-uc", program, "bash", path, *words],
            cwd=place, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout.split("\0")[:-1]

    run.place = place
    return run


@pytest.fixture(scope="module")
def known():
    return {name: {*parser._option_string_actions} for name, parser in parsers().items()}


@pytest.mark.parametrize("shell", SHELLS)
def test_it_prints_the_script(shell, capsysbinary):
    assert completion.run([shell]) == 0
    assert capsysbinary.readouterr() == (SHELLS[shell](paraphrase()).encode(), b"")


@pytest.mark.parametrize("line", ["", "csh", "bash zsh"])
def test_refused(line):
    with pytest.raises(OptionError, match="paraphrase completion --help"):
        completion.run(line.split())


class TestGrammar:
    def test_all_options_and_commands_are_read(self, known):
        found = {c.name: {f for o in c.options for f in o.flags} for c in paraphrase().tree}
        assert found == known

    def test_what_follows_an_option(self):
        options = {flag: option for option in paraphrase().options for flag in option.flags}
        assert options["-o"] is options["--output"]
        assert options["--output"].takes is Takes.FILE
        assert options["--output-dir"].takes is Takes.DIRECTORY
        assert options["--format"].words == (*View,)
        assert options["--preset"].words == (*Preset,)
        assert options["--verbose"].takes is Takes.NOTHING and not options["--verbose"].value
        assert options["--in-place"].attached and not options["--output"].attached
        assert options["--freeze"].repeated
        assert "(default: 50)" in options["--diversity"].about

    def test_every_command_has_a_summary(self):
        assert all(command.summary for command in paraphrase().commands)


class TestBash:
    def test_syntax(self, tmp_path):
        for name, text in (("a", bash(paraphrase())), ("b", bash(read(nasty_parser(), ("x",))))):
            (tmp_path / name).write_text(text)
            subprocess.run(["bash", "-n", tmp_path / name], check=True)

    def test_all_options_of_all_commands(self, complete, known):
        for name, options in known.items():
            assert {*complete(*name.split(), "-")} == options

    def test_an_option_begun(self, complete):
        assert complete("paraphrase", "--pre") == ["--preset"]
        assert complete("paraphrase", "text.md", "--output") == ["--output", "--output-dir"]
        assert complete("paraphrase", "--nonsense") == []

    def test_values(self, complete):
        assert complete("paraphrase", "--format", "") == [*View]
        assert complete("paraphrase", "--format", "js") == ["json", "jsonl"]
        assert complete("paraphrase", "--format", "=") == [*View]
        assert complete("paraphrase", "--format", "=", "js") == ["json", "jsonl"]
        assert complete("paraphrase", "--diversity", "m") == ["medium"]

    def test_the_first_word(self, complete):
        assert complete("paraphrase", "") == [*COMMANDS]
        for word in COMMANDS:
            assert complete("paraphrase", word[:-1]) == [word]
        assert complete("paraphrase", "--strict", "") == []

    def test_a_sub_command_s_own_options(self, complete):
        assert complete("paraphrase", "config", "--ex") == ["--example"]
        assert complete("paraphrase", "config", "--for") == []
        assert complete("paraphrase", "text", "config", "--ex") == []

    def test_files_where_files_go(self, complete):
        for name in ("a b.txt", "$(touch x).md", "*", "con"):
            (complete.place / name).write_text("")
        assert {*complete("paraphrase", "con")} == {"con", "config"}
        assert {*complete("paraphrase", "-v", "")} == {"a b.txt", "$(touch x).md", "*", "con"}
        assert complete("paraphrase", "-o", "a") == ["a b.txt"]
        assert complete("paraphrase", "--in-place", "a") == ["a b.txt"]
        assert complete("paraphrase", "--output", "=", "a") == ["a b.txt"]
        for words in (["--text", ""], ["--in-place", "="], ["--freeze", "a"], ["config", "a"]):
            assert complete("paraphrase", *words) == []
        assert len([*complete.place.iterdir()]) == 4

    def test_directories_are_left_to_readline(self, complete):
        told = complete(
            "paraphrase", "--output-dir", "", setup='compopt() { COMPREPLY+=("$*"); }'
        )  # fmt: skip
        assert told == ["-o dirnames"]

    def test_behind_two_dashes_there_are_only_files(self, complete):
        (complete.place / "--strange").write_text("")
        assert complete("paraphrase", "--", "--st") == []
        assert complete("paraphrase", "--", "") == ["--strange"]

    def test_nothing_in_a_text_is_run(self, complete):
        script = bash(read(nasty_parser(), ("x",)))
        assert complete("x", "--odd", "", script=script) == ["a b", "$(touch three)", "it's", "*"]
        assert complete("x", "--odd", "$", script=script) == ["$(touch three)"]
        assert complete("x", "$(touch four)", "$(touch five)", script=script) == []
        assert [*complete.place.iterdir()] == []


class TestZsh:
    def test_all_options_of_all_commands(self, known):
        assert options_in_zsh(zsh(paraphrase())) == known

    def test_values_and_places(self):
        specs = [*map(str, shlex.split(zsh(paraphrase()), comments=True))]
        assert f"--format=[default\\: text]:FORMAT:({' '.join(View)})" in specs
        assert any(s.startswith("--output-dir=[") and s.endswith(":DIR:_files -/") for s in specs)
        assert any(s.startswith("--in-place=-[") and s.endswith("::SUFFIX: ") for s in specs)
        assert any(s.startswith("(-o --output)-o+[") and s.endswith(":_files") for s in specs)
        assert any(s.startswith("*--freeze=[") for s in specs)
        assert {f"{name}:{about}" for name, about in COMMANDS.items()} <= {*specs}

    @pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
    def test_syntax(self, tmp_path):
        for name, text in (("a", zsh(paraphrase())), ("b", zsh(read(nasty_parser(), ("x",))))):
            (tmp_path / name).write_text(text)
            done = subprocess.run(["zsh", "-fn", tmp_path / name], capture_output=True, check=True)
            assert done.stderr == b""


class TestFish:
    def test_all_options_of_all_commands(self, known):
        assert options_in_fish(fish(paraphrase())) == known

    def test_values_and_places(self):
        script = fish(paraphrase())
        assert f"-l format -x -a '{' '.join(View)}' -d" in script
        assert "-s o -l output -r -F -d" in script
        assert "-l in-place -d" in script
        for name in COMMANDS:
            assert f"-n '__paraphrase_at paraphrase' -a '{name}' -d '" in script

    @pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
    def test_what_fish_makes_of_it(self, tmp_path):
        path = tmp_path / "script"

        def proposed(line, text):
            path.write_text(text)
            program = f"source script; complete -C {shlex.quote(line)}"
            done = subprocess.run(
                ["fish", "--no-config", "-c", program],
                cwd=tmp_path, capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert done.stderr == ""
            return {line.partition("\t")[0] for line in done.stdout.splitlines()}

        assert proposed("paraphrase --pre", fish(paraphrase())) == {"--preset"}
        assert proposed("paraphrase --format ", fish(paraphrase())) == {*View}
        assert {*COMMANDS} <= proposed("paraphrase ", fish(paraphrase()))
        assert proposed("paraphrase config --ex", fish(paraphrase())) == {"--example"}
        odd = proposed("x --odd ", fish(read(nasty_parser(), ("x",))))
        assert odd == {"a b", "$(touch three)", "it's", "*"}
        assert not {"one", "two", "three"} & {p.name for p in tmp_path.iterdir()}
