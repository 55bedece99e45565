"""Stage `sources`: sentences to be paraphrased, from corpora of the Hub and local files."""

from .collect import Config, Origin, run

__all__ = ["Config", "Origin", "run"]
