"""The journal: what is in it after kills, replacements and damage."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.journal import Journal
from paraphraser_tui.errors import OutputError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "journal.jsonl"


def row(key, value="v"):
    return {"id": key, "value": value}


def test_rows_come_back_after_reopening(path):
    with Journal(path) as journal:
        journal.append(row("a"), row("b", "ö\nü"))
        journal.append(row("c"))
    with Journal(path) as journal:
        assert [*journal.rows()] == [row("a"), row("b", "ö\nü"), row("c")]
        assert "b" in journal
        assert journal.get("d") is None
        journal.append(row("d"))
        assert journal.get("d") == row("d")


def test_the_last_row_of_an_id_counts(path):
    with Journal(path) as journal:
        journal.append(row("a", "old"), row("b"))
        journal.append(row("a", "new"))
        assert journal.get("a") == row("a", "new")
    with Journal(path) as journal:
        assert journal.get("a") == row("a", "new")
        assert len(journal) == 2


def test_a_journal_torn_at_any_byte_keeps_its_whole_rows(path):
    rows = [row("a", "1"), row("b", "ß" * 3), row("c", "3")]
    with Journal(path) as journal:
        journal.append(*rows)
    whole = path.read_bytes()
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        with Journal(path) as journal:
            kept = [*journal.rows()]
            assert kept == rows[: whole[:length].count(b"\n")]
            journal.append(row("z"))
        with Journal(path) as journal:
            assert [*journal.rows()] == [*kept, row("z")]


@given(garbage=st.binary(max_size=40))
def test_damage_in_the_middle_costs_only_its_lines(tmp_path_factory, garbage):
    path = tmp_path_factory.mktemp("j") / "journal.jsonl"
    first, last = json.dumps(row("first")).encode(), json.dumps(row("last")).encode()
    path.write_bytes(first + b"\n" + garbage + b"\n" + last + b"\n")
    with Journal(path) as journal:
        assert journal.get("first") == row("first")
        assert journal.get("last") == row("last")


def test_compacting_makes_equal_work_equal_bytes(path, tmp_path):
    with Journal(path) as journal:
        journal.append(row("b"), row("a", "old"), row("other"), row("a"))
        journal.compact(["a", "b", "unknown"])
        assert [*journal.rows()] == [row("a"), row("b"), row("other")]
        journal.append(row("c"))
        assert journal.get("c") == row("c")
    second = tmp_path / "second.jsonl"
    with Journal(second) as journal:
        journal.append(row("a"), row("b"), row("other"), row("c"))
    assert path.read_bytes() == second.read_bytes()


def test_two_processes_do_not_write_to_one_journal(path):
    code = (
        "import sys; from pathlib import Path; from distill.journal import Journal\n"
        "from paraphraser_tui.errors import OutputError\n"
        "try:\n with Journal(Path(sys.argv[1])): pass\n"
        "except OutputError as error: sys.exit(str(error))"
    )
    with Journal(path):
        other = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert "another process" in other.stderr
    assert subprocess.run([sys.executable, "-c", code, path]).returncode == 0
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_no_place_for_a_journal(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError), Journal(tmp_path / "file" / "journal.jsonl"):
        pass
