"""Diffs that `patch` would apply, whatever changed and however the text was cut."""

import re

from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.document.diff import CONTEXT, UnifiedDiff

HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def diff(stretches):
    made = UnifiedDiff("a b.md", "a b.md")
    lines = [line for old, new in stretches for line in made.feed(old, new)]
    return "".join([*lines, *made.finish()])


def applied(text, patch):
    """What `patch` would make of the text; fails where a line is not as the diff says."""
    lines = text.splitlines(keepends=True)
    out, done = [], 0
    body = re.split(r"(?m)^(?=@@)", patch)[1:]
    for hunk in body:
        head, *marked = hunk.splitlines(keepends=True)
        start, count, new_start, new_count = map(int, HUNK.fullmatch(head).groups())
        assert start == new_start and start - 1 >= done
        out += lines[done : start - 1]
        entries = []
        for line in marked:
            if line.startswith("\\"):
                mark, content = entries.pop()
                line = mark + content.removesuffix("\n")
            entries.append((line[0], line[1:]))
        old = [content for mark, content in entries if mark in " -"]
        new = [content for mark, content in entries if mark in " +"]
        assert (len(old), len(new)) == (count, new_count)
        assert lines[start - 1 : start - 1 + count] == old
        out += new
        done = start - 1 + count
    return "".join(out + lines[done:])


LINES = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40)


@given(LINES, st.booleans(), st.integers(1, 9))
def test_the_diff_makes_the_new_text(lines, ends, size):
    old = "".join(f"{word}\n" for word, _ in lines)
    new = "".join(f"{word * 2 if changes else word}\n" for word, changes in lines)
    if not ends:
        old, new = old[:-1], new[:-1]
    # Stretches of some lines each, cut just before a line feed.
    olds, news = re.split(r"(?=\n)", old), re.split(r"(?=\n)", new)
    stretches = [
        ("".join(olds[i : i + size]), "".join(news[i : i + size]))
        for i in range(0, len(olds), size)
    ]
    patch = diff(stretches)
    assert applied(old, patch) == new
    assert bool(patch) == (old != new)
    for hunk in re.split(r"(?m)^(?=@@)", patch)[1:]:
        marks = "".join(line[0] for line in hunk.splitlines()[1:] if line[0] != "\\")
        assert len(marks) - len(marks.lstrip(" ")) <= CONTEXT
        assert len(marks) - len(marks.rstrip(" ")) <= CONTEXT
        assert " " * (2 * CONTEXT + 1) not in marks


def test_a_small_diff():
    assert diff([("one\ntwo", "one\nTWO"), ("\nthree", "\nthree")]) == (
        "--- a b.md\t\n+++ a b.md\t\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n"
        "\\ No newline at end of file\n"
    )
