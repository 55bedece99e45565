"""Knowledge distillation with pseudo-targets: the study of Calderon et al. (arXiv 2305.02031).

The stage `pseudo` lets a teacher write targets for labelled and unlabelled texts; the objectives
compare the student with the teacher word by word, on the teacher's texts and on its own.
"""

from .settings import PseudoConfig as Config
from .stage import run

__all__ = ["Config", "run"]
