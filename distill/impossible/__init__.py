"""Stage `impossible`: pairs without a paraphrasing teacher, after Impossible Distillation.

Jung et al., NAACL 2024 (arXiv 2305.16635): what a language model says after one narrow context,
and later what a student says of plain text, holds good paraphrases if critics are strict enough.
"""

from .options import Config
from .run import run

__all__ = ["Config", "run"]
