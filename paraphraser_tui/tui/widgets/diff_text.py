"""Two versions of a sentence as one text that shows what changed, without colours too."""

from collections.abc import Iterator

from textual.content import Content

from ...text.sanitize import one_line
from ...text.worddiff import Kind, word_diff

_STYLES = {Kind.ADDED: "bold underline $text-success", Kind.REMOVED: "strike $text-error"}


def diff_text(old: str, new: str, show_removed: bool = False) -> Content:
    """The new version on one line, what is new in it marked; with the removed words on demand."""
    out = Content("")
    for run in word_diff(one_line(old), one_line(new)):
        if run.kind is Kind.REMOVED and not show_removed:
            continue
        if out.plain[-1:].isalnum() and run.text[0].isalnum():
            out += " "  # a removed word and what replaces it would look like one
        out += Content.assemble(*_marked(run.text, _STYLES.get(run.kind, "")))
    return out


def _marked(text: str, style: str) -> Iterator[tuple[str, str]]:
    """The text in that style, but for the blanks around it."""
    bare = text.lstrip()
    yield text.removesuffix(bare), ""
    yield bare.rstrip(), style
    yield bare[len(bare.rstrip()) :], ""
