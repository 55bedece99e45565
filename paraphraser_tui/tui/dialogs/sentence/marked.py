"""Two versions of a sentence, each with the words marked that differ."""

from textual.content import Content

from ....text.worddiff import Kind, word_diff
from ...widgets.diff_text import diff_text
from ..base import plain_line

REMOVED = "strike $text-error"


def sides(old: str, new: str) -> tuple[Content, Content]:
    """The old text with what was removed marked, and the new one with what was added."""
    runs = [run for run in word_diff(old, new) if run.kind is not Kind.ADDED]
    styles = {Kind.SAME: "", Kind.REMOVED: REMOVED}
    before = Content.assemble(*(plain_line(run.text).stylize(styles[run.kind]) for run in runs))
    return before, diff_text(old, new)
