"""An app that does nothing but ask."""

from textual.app import App
from textual.screen import ModalScreen

NOT_YET = object()


class Host(App[None]):
    """Shows one dialog and keeps its answer and the messages it posted."""

    def __init__(self, dialog: ModalScreen) -> None:
        super().__init__()
        self.dialog = dialog
        self.answer: object = NOT_YET

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self._keep)

    def _keep(self, answer: object) -> None:
        self.answer = answer

    @property
    def lines(self) -> list[str]:
        """The screen as a user sees it."""
        strips = self.screen._compositor.render_strips(self.size)
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def shown(self) -> str:
        return "\n".join(self.lines)
