"""Stage `generate`: paraphrases of the sources, written by a teacher model."""

from .generate import run
from .options import Config

__all__ = ["Config", "run"]
