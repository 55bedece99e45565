"""What the app does about itself: settings, models, themes, help, the introduction.

Dialogs are imported when they are wanted: the first frame does not wait for them.
"""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import App, SystemCommand
from textual.screen import Screen

from ..errors import ParaphraserError
from . import themes
from .screens.keys import TOPICS
from .variants import with_variants

if TYPE_CHECKING:
    from .screens.review import ReviewScreen

FIRST_KEYS = (
    ("Enter", "take the marked variant and go on"),
    ("x", "keep the sentence as it is"),
    ("e, w, m", "edit by hand, change words, mix two variants"),
    ("n, p", "next and previous sentence"),
    ("u", "undo, without end"),
    ("Ctrl+S", "save"),
    ("F1", "all keys"),
)


class ProgramActions(App[None]):
    """Dialogs that are about no document in particular."""

    review_screen: "ReviewScreen"
    model: str
    given: Mapping[str, Any]

    def action_help(self) -> None:
        """List the keys."""
        from .dialogs.program.help import HelpScreen
        from .dialogs.program.keys import KeyGroup

        groups = [KeyGroup.of(topic, keys, self.get_key_display) for topic, keys in TOPICS.items()]
        self.push_screen(HelpScreen(groups))

    @work
    async def action_settings(self) -> None:
        """Change the user's settings file."""
        from ..settings.files import Place, read, user_file, working_directory
        from ..settings.origin import Layer, Source
        from ..settings.resolve import resolve
        from ..settings.write import write
        from .dialogs.program.settings import SettingsScreen

        directory = working_directory()
        path = user_file(os.environ, directory)
        try:
            settings = resolve(self.given, os.environ, directory)
            own: Layer = {}
            if path and path.is_file():
                own = read(Place(path, Source.USER, found=True)).layer
        except ParaphraserError as error:
            self.tell(error, "error")
            return
        save = partial(write, path, environment=os.environ, directory=directory)
        choice = await self.push_screen_wait(SettingsScreen(settings, own, path, save))
        if choice is None:
            return
        themes.remember(choice.theme)
        if choice.values:
            self.review_screen.use(with_variants(resolve(self.given, os.environ, directory)))

    @work
    async def action_models(self) -> None:
        """Choose another model, or look after those that are there."""
        from .dialogs.program.models import ModelsScreen

        name = await self.push_screen_wait(ModelsScreen(self.model))
        if name is not None and name != self.model:
            self.use_model(name)

    @work
    async def action_introduce(self) -> None:
        """Show the introduction."""
        await self.introduce()

    async def introduce(self) -> None:
        """Say what this is, and begin with one of three things."""
        from .dialogs.program.introduction import IntroChoice, IntroScreen

        match await self.push_screen_wait(IntroScreen(FIRST_KEYS)):
            case IntroChoice.EXAMPLE:
                if await self.may_leave():
                    self.lay_example()
            case IntroChoice.OPEN:
                self.action_open()
            case IntroChoice.PASTE:
                self.action_paste()

    def action_next_theme(self) -> None:
        """Put on the next of the four themes."""
        names = list(themes.THEMES)
        now = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(now + 1) % len(names)]
        themes.remember(self.theme)

    def get_system_commands(self, screen: Screen) -> Iterable[SystemCommand]:
        """Every key of the review is a command too."""
        yield SystemCommand("Introduction", "What this is", self.action_introduce)
        yield SystemCommand("Next theme", ", ".join(themes.THEMES), self.action_next_theme)
        for topic, keys in TOPICS.items():
            for key in keys:
                run = partial(self.run_action, key.action, self.review_screen)
                yield SystemCommand(key.tooltip or key.description, topic, run)
