"""Keeps the collection of garbage out of the user's way.

A full collection looks at every object there is, of the program, the model and the document:
more than a tenth of a second, at a moment of its own choice, in which no key is answered. So
what is there from the start is passed by, and the app says when it has the time for the rest.
"""

import gc
from contextlib import suppress

RARELY = 1000  # smaller collections until a full one comes unasked, if the app never finds time

_BEFORE = gc.get_threshold()


def settle() -> None:
    """What there is by now is meant to stay."""
    gc.freeze()
    gc.set_threshold(*_BEFORE[:-1], RARELY)


def collect() -> None:
    """There is time."""
    gc.collect()


def renew() -> None:
    """Something large has gone: look through everything once more."""
    gc.unfreeze()
    gc.collect()
    settle()


def forget_drawn() -> None:
    """Some widgets have gone: Textual keeps all that they drew, up to a thousand widgets long."""
    with suppress(ImportError, AttributeError):  # no part of what it promises
        from textual._styles_cache import StylesCache

        StylesCache.get_inner_outer.cache_clear()


def release() -> None:
    """The program ends, but perhaps not its process."""
    gc.unfreeze()
    gc.set_threshold(*_BEFORE)
