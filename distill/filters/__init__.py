"""Stage `filter`: pairs worth training on, and a report of what was dropped and why."""

from .pipeline import Config, run

__all__ = ["Config", "run"]
