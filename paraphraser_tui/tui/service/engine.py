"""What the terminal UI asks of an engine."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from ...engine.options import Options
from ...engine.prepare import Sentence
from ...engine.result import Result

if TYPE_CHECKING:  # it brings all drift checks, which no first frame needs
    from ...engine.alternatives import Alternative


class Engine(Protocol):
    """`Paraphraser`, as far as it is used here, or a stand-in for it."""

    @property
    def compute_type(self) -> str:
        """What the model is computed in."""

    def batches(
        self, groups: Iterable[Sequence[Sentence]], options: Options
    ) -> Iterator[list[Result]]:
        """Results for each group of sentences."""

    def alternatives(
        self, sentence: str, place: int, variant: str | None, options: Options
    ) -> "tuple[Alternative, ...]":
        """Other words for a word of a variant."""

    def begun(self, sentence: str, beginning: str, options: Options, bias: float) -> Result:
        """Variants that begin with the given words."""

    def close(self) -> None:
        """Free the model's memory."""


Load = Callable[[], Engine]
