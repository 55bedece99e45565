"""Stage `evaluate`: how well students and packages paraphrase, beside a copy and the references."""

from .config import Config
from .evaluation import run

__all__ = ["Config", "run"]
