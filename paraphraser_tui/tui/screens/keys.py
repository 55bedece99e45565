"""The keys of the review, by topic; help lists them as they stand here."""

from collections.abc import Mapping, Sequence
from itertools import chain

from textual.binding import Binding

TOPICS: Mapping[str, Sequence[Binding]] = {
    "This sentence": (
        Binding("enter", "take", "Take", tooltip="Take the variant and go on"),
        Binding("x", "keep", "Keep", tooltip="Keep the sentence as it is"),
        Binding("e", "edit", "Edit", tooltip="Edit by hand"),
        Binding("w", "words", "Words", tooltip="Change it word by word"),
        Binding("m", "mix", "Mix", tooltip="Mix it with another variant, part by part"),
        Binding("r", "again", "Draw other variants at random", show=False),
        Binding("plus,equals_sign", "diversity(1)", "Further from the source", show=False),
        Binding("minus", "diversity(-1)", "Closer to the source", show=False),
        Binding("v", "removed", "Show what is left out", show=False),
        Binding("backspace,delete", "reopen", "Reopen, with nothing decided", show=False),
        Binding("f", "freeze", "Freeze terms for the whole document", show=False),
        Binding("y", "copy", "Copy the variant to the clipboard", show=False),
    ),
    "Way through the document": (
        Binding("n,right,ctrl+down", "step(1)", "Next", tooltip="Next sentence"),
        Binding("p,left,ctrl+up", "step(-1)", "Previous sentence", show=False),
        Binding("space", "next_open", "Next open sentence", show=False),
        Binding("s", "sentences", "List the sentences and jump to one", show=False),
        Binding("slash", "find", "Find", show=False),
        Binding("c", "compare", "Compare before and after", show=False),
        Binding("i", "statistics", "Statistics", show=False),
    ),
    "The whole document": (
        Binding("a", "run", "All", tooltip="Look for variants of every sentence, or stop that"),
        Binding("A", "accept_safe", "Accept all that have no warning", show=False),
        Binding("u,ctrl+z", "undo", "Undo", tooltip="Undo, without end"),
        Binding("U,ctrl+y", "redo", "Redo", show=False),
        Binding("d", "dials", "Dials", tooltip="Show or hide the dials"),
    ),
    "Files": (
        Binding("ctrl+s", "app.save", "Save", tooltip="Save, or in a pipe hand on"),
        Binding("ctrl+o", "app.open", "Open a document", show=False),
        Binding("ctrl+n", "app.paste", "Paste a text", show=False),
        Binding("f12", "app.save_as", "Save under another name", show=False),
        Binding("ctrl+e", "app.export", "Export", show=False),
    ),
    "Program": (
        Binding("f1,question_mark", "app.help", "Help", tooltip="All keys"),
        Binding("f2", "app.settings", "Settings", show=False),
        Binding("f3", "app.models", "Models", show=False),
        Binding("ctrl+p", "app.command_palette", "All commands", show=False),
        Binding("ctrl+q", "app.quit", "Quit", tooltip="Quit; what is not saved is asked about"),
    ),
}
KEYS = list(chain.from_iterable(TOPICS.values()))
