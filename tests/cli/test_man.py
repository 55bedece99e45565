"""`paraphrase man`: a page that says what the parsers say, and that formats cleanly."""

import re
import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui import __version__
from paraphraser_tui.cli.arguments import parse
from paraphraser_tui.cli.arguments import parser as main_parser
from paraphraser_tui.cli.commands import COMMANDS, find, man
from paraphraser_tui.cli.shell import manpage
from paraphraser_tui.cli.shell.grammar import paraphrase, read
from paraphraser_tui.cli.shell.roff import escaped, macro
from paraphraser_tui.errors import ExitCode, OptionError
from paraphraser_tui.parser import Parser
from paraphraser_tui.paths import DATA_VARIABLE
from paraphraser_tui.settings.files import CONFIG_VARIABLE
from paraphraser_tui.settings.resolve import VARIABLES

SECTIONS = (
    "NAME SYNOPSIS DESCRIPTION OPTIONS COMMANDS EXIT_STATUS FILES ENVIRONMENT EXAMPLES".split()
)
NASTY = ".TH it's \"this\" \\fB \\n(.x `^~` -- naïve … 'x"
# What a formatter may say of a page: that it has no date, so that it is always the same.
NO_DATE = 'missing date, using "": TH'
CHARACTERS = {r"\(rs": "\\", r"\-": "-", r"\(aq": "'", r"\(dq": '"', r"\(ga": "`"} | {
    r"\(ha": "^",
    r"\(ti": "~",
    r"\&": "",
}


def plain(roff):
    """The characters that a line of roff prints."""
    roff = re.sub(r"\\f[BIR]|\\\|", "", roff)
    roff = re.sub(r"\\\[u([0-9A-F]{4,6})\]", lambda m: chr(int(m[1], 16)), roff)
    return re.sub(r"\\(?:\(..|[-&])", lambda m: CHARACTERS[m[0]], roff)


def sections(page):
    """The text of each section, by its title."""
    parts = re.split(r'^\.SH "(.*)"\n', page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], map(plain, parts[2::2]), strict=True))


def nasty_page():
    parser = Parser(prog="x", description=NASTY)
    parser.add_argument("file", metavar="'FILE", help=NASTY)
    parser.add_argument("--odd", choices=[".a", "'b"], help=NASTY.replace("%", "%%"))
    parser.add_argument_group(NASTY).add_argument("--more", metavar=".X", help=".")
    parser.add_subparsers().add_parser("sub", help=NASTY, description=NASTY)
    return manpage.page(read(parser, ("x",)))


@pytest.fixture(scope="module")
def page():
    return manpage.page(paraphrase())


def test_it_prints_the_page(page, capsysbinary):
    assert man.run([]) == 0
    assert capsysbinary.readouterr() == (page.encode("ascii"), b"")


def test_refused():
    with pytest.raises(OptionError):
        man.run(["1"])


def test_the_sections_in_order(page):
    assert [title.replace(" ", "_") for title in sections(page)] == SECTIONS
    name = sections(page)["NAME"]
    assert re.fullmatch(r"paraphrase - .+[^.]\n", name)


def test_every_option_is_there_in_its_group(page):
    options = sections(page)["OPTIONS"]
    tags = re.findall(r"^\.TP\n(.*)$", options, re.MULTILINE)
    listed = [flag for tag in tags for flag in re.findall(r"(?:^|, )(--?[a-z][a-z-]*)", tag)]
    assert listed == [*main_parser()._option_string_actions]
    titles = re.findall(r'^\.SS "(.*)"$', options, re.MULTILINE)
    assert titles == [group.title.capitalize() for group in main_parser()._action_groups[2:]]
    assert "--in-place[=SUFFIX]" in tags
    assert any(tag.startswith("--format text|json|") for tag in tags)
    assert ".TP\nFILE\ntexts to read" in options


def test_every_command_is_there_with_its_options(page):
    commands = sections(page)["COMMANDS"]
    parts = re.split(r'^\.SS "(.*)"\n', commands, flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert [*told] == [f"paraphrase {name}" for name in COMMANDS]
    for name in COMMANDS:
        parser = find(name).parser()
        text = told[f"paraphrase {name}"]
        assert " ".join(parser.description.split()) in text
        for flag in {*parser._option_string_actions} - {"-h", "--help"}:
            assert re.search(rf"(^|, ){flag}\b", text, re.MULTILINE)
        assert f"paraphrase {name}" in sections(page)["SYNOPSIS"]


def test_what_only_stands_here_is_complete(page):
    parts = sections(page)
    assert {int(n) for n in re.findall(r"^\.TP\n(\d+)$", parts["EXIT STATUS"], re.M)} == {*ExitCode}
    for variable in (CONFIG_VARIABLE, DATA_VARIABLE, *VARIABLES):
        assert f".TP\n{variable}\n" in parts["ENVIRONMENT"]
    assert ".TP\nsettings.toml\n" in parts["FILES"]


def test_the_examples_are_commands(page):
    for lines in manpage.EXAMPLES.values():
        for line in lines.splitlines():
            assert f"\n{line}\n" in sections(page)["EXAMPLES"]
            words = shlex.split(line.partition(" <")[0])
            assert words[0] == "paraphrase" and parse(words[1:])


def test_it_is_always_the_same(page, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/somewhere/else")
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.chdir(tmp_path)
    assert manpage.page(paraphrase()) == page
    assert page.startswith(f'.TH "PARAPHRASE" "1" "" "paraphraser\\-tui {__version__}"\n')


@given(st.text())
def test_text_is_shown_to_the_letter(text):
    roff = escaped(text)
    assert roff.isascii() and "\n" not in roff and not roff.startswith((".", "'"))
    assert plain(roff) == " ".join(text.split())
    assert not re.search(r"(?<!\\)-", roff)
    assert macro("SH", text).count('"') == 2


def test_no_text_becomes_a_request():
    lines = nasty_page().splitlines()
    requests = {line.split()[0] for line in lines if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".br", ".nf", ".fi"}
    assert sum(line.startswith(".TH") for line in lines) == 1


@pytest.mark.parametrize("make", [lambda: manpage.page(paraphrase()), nasty_page])
@pytest.mark.parametrize(
    "command",
    ["groff -man -Tutf8 -ww", "mandoc -T lint -W warning"],
    ids=lambda command: command.split()[0],
)
def test_it_formats_without_a_warning(command, make, tmp_path):
    program, *options = command.split()
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    path = tmp_path / "paraphrase.1"
    path.write_text(make())
    done = subprocess.run([program, *options, path], capture_output=True, text=True, check=False)
    said = (done.stdout if program == "mandoc" else "") + done.stderr
    assert [line for line in said.splitlines() if NO_DATE not in line] == []
    if program != "mandoc":
        shown = re.sub(r"\x1b\[\d*m|.\x08", "", done.stdout)
        assert ("--no-repeat-ngram-size WORDS" in shown) == ("--odd" not in shown)
