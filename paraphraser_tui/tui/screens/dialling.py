"""What the dials and the keys for them do."""

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen
from textual.timer import Timer

from ...engine.options import MAX_SEED, Options
from ..widgets.dials_panel import DialsPanel
from ..widgets.variant_list import VariantList

if TYPE_CHECKING:
    from ..desk import Desk

PAUSE = 0.15  # seconds after which a dial counts as set
DIVERSITY_STEP = 15


class DialActions(Screen[None]):
    """Other variants: drawn anew, or asked for with other options.

    wanted: the options whose answer the list of variants waits for.
    """

    desk: "Desk | None"
    options: Options
    wanted: Options
    _pause: Timer | None = None

    def action_again(self) -> None:
        """Draw other variants of this sentence at random."""
        if self.desk and self.desk.current is not None:
            seed = random.randint(0, MAX_SEED)
            options = replace(self.desk.asked_options, beam_size=None, sampling=True, seed=seed)
            self.wanted = options
            self.show_variants()

    def action_diversity(self, direction: int) -> None:
        """Go further from the source, or stay closer to it."""
        before = self.query_one(DialsPanel).options
        dial = min(max(before.diversity + direction * DIVERSITY_STEP, 0), 100)
        self.use(replace(before, diversity=dial))
        self.notify(f"diversity {dial}", timeout=1.5)

    def action_dials(self) -> None:
        """Show or hide the dials."""
        self.toggle_class("-dials")
        if self.has_class("-dials"):
            self.query_one(DialsPanel).query("Slider").first().focus()
        else:
            self.query_one(VariantList).focus()

    def action_removed(self) -> None:
        """Show or hide what a variant leaves out."""
        found = self.query_one(VariantList)
        found.show_removed = not found.show_removed

    def dial(self, options: Options) -> None:
        """Ask with other options."""
        self.options = options
        if self.desk:
            self.desk.options = options
            self.show_sentence()

    def use(self, options: Options) -> None:
        """Show other options in the dials, and ask with them."""
        self.query_one(DialsPanel).set_options(options)
        self.dial(options)

    @on(DialsPanel.Changed)
    def _dialled(self, event: DialsPanel.Changed) -> None:
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self.dial(event.options))
