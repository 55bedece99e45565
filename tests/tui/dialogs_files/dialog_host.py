"""An app with nothing but the dialog that a test is about."""

import unicodedata

from textual.app import App
from textual.screen import ModalScreen

from paraphraser_tui.tui.dialogs.files.tree import FolderTree

EVIL = "evil\x1b]52;c;eA==\x07\n[red]\u202ename\x9b.md"
NOT_YET = object()


class Host(App):
    """Pushes a dialog and keeps its answer."""

    def __init__(self, dialog: ModalScreen) -> None:
        super().__init__()
        self.dialog = dialog
        self.answer = NOT_YET

    def on_mount(self) -> None:
        def keep(answer) -> None:
            self.answer = answer

        self.push_screen(self.dialog, keep)

    def shown(self) -> str:
        """The screen as text."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def dangerous(shown: str) -> set[str]:
    """Characters that a terminal would obey, or not be able to take."""
    return {c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")} | (
        set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    )


async def ready(pilot) -> None:
    """Wait until folders are read."""
    await pilot.pause()
    for tree in pilot.app.screen.query(FolderTree):
        await tree._load_queue.join()
    await pilot.pause()
