"""What the engine proposed so far, so that going back to a sentence or a dial costs nothing."""

from dataclasses import dataclass

from ..engine.options import Options
from ..engine.result import Result

# Answers to dials that were turned on since. The newest answer for each sentence always stays.
MAX_OLDER = 500


@dataclass(frozen=True)
class _Proposal:
    options: Options
    result: Result


class Proposals:
    """Results by the number of their sentence and the options, which hold the frozen terms too."""

    def __init__(self) -> None:
        self._newest: dict[int, _Proposal] = {}
        self._older: dict[tuple[int, Options], Result] = {}  # the longest unused first

    def put(self, number: int, options: Options, result: Result) -> None:
        """The engine's answer; of those to other options the longest unused one may be dropped."""
        self._older.pop((number, options), None)
        before = self._newest.get(number)
        self._newest[number] = _Proposal(options, result)
        if before and before.options != options:
            self._older[number, before.options] = before.result
            if len(self._older) > MAX_OLDER:
                del self._older[next(iter(self._older))]

    def get(self, number: int, options: Options) -> Result | None:
        """The answer to just these options, which is the newest for its sentence from now on."""
        if (number, options) in self._older:
            self.put(number, options, self._older[number, options])
        newest = self._newest.get(number)
        return newest.result if newest and newest.options == options else None

    def newest(self, number: int) -> Result | None:
        """The answer that came or was looked at last, whatever the options."""
        newest = self._newest.get(number)
        return newest.result if newest else None

    def clear(self) -> None:
        """Drop everything, as for another document or model."""
        self._newest.clear()
        self._older.clear()
