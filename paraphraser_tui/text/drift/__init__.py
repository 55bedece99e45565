"""What must not change between a sentence and its paraphrase, and what must not come in.

Numbers, units, dates, names, quotations, negation, modality, question or statement, the
persons spoken of, tense and number stay; sentences, connectives, repetition, words in two
parts and words that do not exist stay out.

The checks are meant to be cheap and strict. One that fires on a harmless
candidate costs a candidate; one that stays silent costs the reader's trust.
"""

from ..names import IsWord
from .additions import connective_drift, sentence_drift
from .brackets import bracket_drift
from .dates import date_drift
from .kinds import Drift, Finding
from .modality import modality_drift
from .mood import imperative_drift, is_question, question_drift
from .naming import name_drift
from .negation import negation_drift
from .numbering import number_drift, numbers
from .numerals import NUMBER_WORDS
from .person import person_drift
from .quotes import quote_drift
from .repetition import repetition_drift
from .units import unit_drift
from .verbatim import verbatim_drift
from .wording import (
    inflection_drift,
    ordinal_drift,
    spelling_drift,
    split_word_drift,
    unknown_word_drift,
)

__all__ = ["NUMBER_WORDS", "Drift", "Finding", "find_drift", "is_question", "numbers"]


def find_drift(source: str, target: str, is_word: IsWord | None = None) -> tuple[Finding, ...]:
    """All drifts found between a sentence and its paraphrase; empty is good.

    is_word tells whether a lower-case word is an ordinary one. It decides if the
    first word of a sentence is a name; without it a lone first word never is.
    """
    return (
        *number_drift(source, target),
        *unit_drift(source, target),
        *date_drift(source, target),
        *name_drift(source, target, is_word),
        *verbatim_drift(source, target),
        *quote_drift(source, target),
        *bracket_drift(source, target),
        *negation_drift(source, target),
        *modality_drift(source, target),
        *question_drift(source, target),
        *imperative_drift(source, target),
        *person_drift(source, target),
        *sentence_drift(source, target),
        *connective_drift(source, target),
        *repetition_drift(source, target),
        *unknown_word_drift(source, target, is_word),
        *ordinal_drift(source, target),
        *split_word_drift(source, target),
        *spelling_drift(source, target),
        *inflection_drift(source, target),
    )
