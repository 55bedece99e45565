"""A document under review: what was decided, taken back, saved and survives a crash.

>>> review = Review.scratch("He went home. It rained.")
>>> review.do(Decide(0, Decision(Status.ACCEPTED, "He walked home.")))
>>> review.output(), review.dirty
(b'He walked home. It rained.', True)
>>> review.close()
"""

from .actions import Action, Decide, Freeze, Reopen, Thaw, Together, inverse, reduce, touched
from .export import Export, exported
from .history import History
from .recovery import Recovery, recoverable
from .review import Review
from .state import Decision, State, Status

__all__ = [
    "Action",
    "Decide",
    "Decision",
    "Export",
    "Freeze",
    "History",
    "Recovery",
    "Reopen",
    "Review",
    "State",
    "Status",
    "Thaw",
    "Together",
    "exported",
    "inverse",
    "recoverable",
    "reduce",
    "touched",
]
