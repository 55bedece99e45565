"""Offline paraphrasing for ordinary laptops.

>>> import paraphraser_tui
>>> with paraphraser_tui.Paraphraser.load() as paraphraser:
...     result = paraphraser.paraphrase("The meeting was postponed until Monday.")
>>> len(result.variants)
1
"""

from importlib import import_module

__version__ = "0.1.0"

# Resolved on first use: importing the package must cost nothing.
_PUBLIC = {
    "Paraphraser": "engine.paraphraser",
    "Options": "engine.options",
    "Length": "engine.dials",
    "Preset": "engine.presets",
    "Alternative": "engine.alternatives",
    "Paraphrase": "engine.result",
    "Result": "engine.result",
    "Sentence": "engine.prepare",
}
__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str):
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_PUBLIC[name]}", __name__), name)
