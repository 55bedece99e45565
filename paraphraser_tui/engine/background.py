"""Work that goes on while something else is done."""

from collections.abc import Callable
from threading import Thread
from typing import Any


class Background:
    """The value or the error of a function that runs in a thread of its own.

    A Future of concurrent.futures would do, but its import alone takes 15 ms.
    """

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> Any:
        """Wait for the end; the value, or the error raised here."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._value

    def _run(self) -> None:
        try:
            self._value = self._function()
        except BaseException as error:
            self._error = error
