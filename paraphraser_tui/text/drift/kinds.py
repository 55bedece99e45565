"""The kinds of drift, and a finding of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Drift(StrEnum):
    """The kinds of change in meaning that are looked for."""

    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    VERBATIM = "verbatim"
    QUOTE = "quote"
    BRACKET = "bracket"
    NEGATION = "negation"
    MODALITY = "modality"
    QUESTION = "question"
    IMPERATIVE = "imperative"
    PERSON = "person"
    SENTENCE = "sentence"
    CONNECTIVE = "connective"
    REPETITION = "repetition"
    WORD = "unknown word"
    INFLECTION = "inflection"


@dataclass(frozen=True)
class Finding:
    """One change that must not be, with the words it concerns."""

    kind: Drift
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}"


def lost_and_new(kind: Drift, lost: Iterable[object], new: Iterable[object]) -> list[Finding]:
    """A finding for everything that the target lacks or adds."""
    return [Finding(kind, f"{x} is missing") for x in lost] + [
        Finding(kind, f"{x} is new") for x in new
    ]
