"""Cut a sentence that is too long for a model into clauses that are sentences of their own.

What joins two clauses (", because", ";", a dash) is no part of either, so it stays
as it was written and keeps saying how they hang together.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import protect, typography
from .verbs import has_finite_verb, is_finite_verb
from .words import words

Length = Callable[[str], int]

MIN_CLAUSE_WORDS = 4
# What a cut costs: a pause of the writer's is a better place than a comma.
_COST_OF_PAUSE, _COST_OF_COMMA = 1, 2


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence, and what stands between it and the next.

    lent: the subject that "which was built in 1930" lacks once "which" is part of the separator.
    """

    text: str
    separator: str = ""
    lent: str = ""


_ADVERB = "however|therefore|moreover|furthermore|nevertheless|instead|meanwhile|consequently"
_BOUNDARY = re.compile(
    rf"""
    (?P<pause>[;:]\s+(?:(?:(?:and|but|or|so|yet)\s+)?(?:{_ADVERB}),\s+|(?:and|but|or|so|yet)\s+)?)
    |(?P<dash>\s*—\s*|\s+(?:–|--?)\s+)
    |,\s+(?P<which>which\s+)
    |,\s+(?:and|but|or|nor|so(?:\s+that)?|yet|while|whereas|because|although|though|even\s+though
        |since|unless|until|if|when|where|after|before)\s+
    """,
    re.VERBOSE,
)
# A clause of its own begins with its subject, seldom with anything else.
_SUBJECT = re.compile(
    r"(?:(?i:i|he|she|it|we|they|you|this|these|those|there|the|an?|his|her|its|our|their|my"
    r"|your|some|many|most|no|each|every|both|all|another|such|nobody|everyone|someone|what)\b"
    r"|[A-Z])"
)
_PRONOUN = re.compile(r"(?i)(?:i|he|she|it|we|they|you)\b")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|whom|where)\b")
_DEPENDENT = re.compile(
    r"(?i)(?:if|when|while|whereas|although|though|because|since|unless|until|as|after|before"
    r"|where|given|despite|whether|even)\b"
)
_FINITE = (
    "is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|do|did"
)
_STARTS_FINITE = re.compile(rf"(?:{_FINITE})\b")
# ", is": the main clause goes on behind an insertion.
_RESUMED = re.compile(rf",\s+(?:{_FINITE})\b")
_SINGULAR = re.compile(r"(?:is|was|has|does)\b")
_PLURAL = re.compile(r"(?:are|were|have|do)\b")
_INNER_SUBJECT = re.compile(rf",\s+(?={_SUBJECT.pattern})")
_CLOSING = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "„": "“", '"': '"'}
_TAKES_STOP = re.compile(r"[^\W_][\"'”’)\]%]*$")


def split(
    sentence: str,
    budget: int,
    length: Length = lambda text: len(words(text)),
    keep: Iterable[tuple[int, int]] = (),
) -> tuple[Clause, ...] | None:
    """The fewest clauses of at most `budget` each, as the model sees them; None if impossible.

    length: measures a text, for instance in tokens. keep: offsets of spans that must stay whole,
    beside quotes, brackets, links, code and numbers, which always do. A question
    is never cut: its parts are no questions.
    """
    if length(sentence) <= budget:
        return (Clause(sentence),)
    if sentence.rstrip("\"'”’)] ").endswith("?"):
        return None
    cuts = _cuts(sentence, [*keep, *_closed_spans(sentence)])
    # The best way to each cut, from left to right: (cost, cut before).
    ends = [(0, 0, 0, ""), *cuts, (len(sentence), len(sentence), 0, "")]
    best: list[tuple[int, int, int] | None] = [(0, 0, -1)] + [None] * (len(ends) - 1)
    for right in range(1, len(ends)):
        for left in reversed(range(right)):
            before = best[left]
            clause = _clause(sentence, ends[left], ends[right])
            size = length(as_sentence(clause))
            if size > budget:
                break  # and more words would only be longer
            if before is None or not _stands_alone(clause, first=not left):
                continue
            way = (before[0] + 1, before[1] + ends[right][2], left)
            best[right] = min(filter(None, (best[right], way)))
    if best[-1] is None:
        return None
    places = [len(ends) - 1]
    while places[-1]:
        places.append(best[places[-1]][2])
    return tuple(_clause(sentence, ends[a], ends[b]) for a, b in pairwise(reversed(places)))


def join(clauses: Sequence[Clause], texts: Iterable[str] | None = None) -> str:
    """The sentence again, with `texts` in place of the clauses' own if given."""
    texts = [c.text for c in clauses] if texts is None else texts
    return "".join(t + c.separator for t, c in zip(texts, clauses, strict=True))


def as_sentence(clause: Clause) -> str:
    """The clause with a subject, a capital and a full stop where it lacks them."""
    text = f"{clause.lent} {clause.text}" if clause.lent else clause.text
    if not text[1:2].isupper() and len(text[:1].upper()) == 1:
        text = text[:1].upper() + text[1:]
    if _TAKES_STOP.search(text):
        text += "."
    # Not if it could not be told apart later: "the man reads The Times".
    return text if _undress(text, clause) == clause.text else clause.text


def from_sentence(paraphrase: str, clause: Clause) -> str | None:
    """The paraphrase of `as_sentence(clause)` in the clause's shape; None if it does not fit in.

    It does not if the lent subject is no longer in front, or an end mark came in.
    """
    if as_sentence(clause) == clause.text:  # no subject was lent
        text = typography.match_edges(paraphrase, like=clause.text)
    else:
        text = _undress(paraphrase, clause)
    if text is None or (clause.separator and text[-1:] in ".?!" and clause.text[-1:] != text[-1:]):
        return None
    return text


def _undress(text: str, clause: Clause) -> str | None:
    if clause.lent:
        if not text.startswith(clause.lent + " "):
            return None
        text = text[len(clause.lent) + 1 :]
    return typography.match_edges(text, like=clause.text)


def _clause(
    sentence: str, start: tuple[int, int, int, str], end: tuple[int, int, int, str]
) -> Clause:
    return Clause(sentence[start[1] : end[0]], sentence[end[0] : end[1]], start[3])


def _stands_alone(clause: Clause, first: bool) -> bool:
    """Whether a stretch can be read as a sentence: long enough, a subject in front, a verb."""
    text = clause.text
    found = words(text)
    if len(found) < MIN_CLAUSE_WORDS:
        return False
    # The verb of "a crust that melts" is none of the clause.
    main = words(_RELATIVE.split(text, maxsplit=1)[0])
    if not (has_finite_verb(main) or _PRONOUN.match(text)):
        return False
    # "His remarks say:" leaves its object behind the cut.
    if clause.separator.startswith(":") and is_finite_verb(found[-1].lower()):
        return False
    if clause.lent:
        return "," not in text
    if first:
        # "If it rains, and the wind blows" still waits for its main clause.
        return not _DEPENDENT.match(text) or bool(_INNER_SUBJECT.search(text))
    return bool(_SUBJECT.match(text)) and not _RESUMED.search(text)


def _cuts(sentence: str, closed: list[tuple[int, int]]) -> list[tuple[int, int, int, str]]:
    """Places to cut: start and end of the separator, its cost, and the subject to lend behind."""
    found = []
    matches = list(_BOUNDARY.finditer(sentence))
    dashes = [m for m in matches if m["dash"]]
    if len(dashes) > 1:
        # They set off an insertion, which no cut may part from its sentence.
        closed = [*closed, (dashes[0].start(), dashes[-1].end())]
    for match in matches:
        if any(start < match.end() and match.start() < end for start, end in closed):
            continue
        lent = _lent(sentence, match.end()) if match["which"] else ""
        if lent is not None:
            cost = _COST_OF_PAUSE if match["pause"] or match["dash"] else _COST_OF_COMMA
            found.append((match.start(), match.end(), cost, lent))
    return found


def _lent(sentence: str, start: int) -> str | None:
    """The pronoun that can stand for "which" before the verb that begins there, if one does."""
    if not _STARTS_FINITE.match(sentence, start):
        return None
    if _PLURAL.match(sentence, start):
        return "They"
    return "It" if _SINGULAR.match(sentence, start) else None


def _closed_spans(sentence: str) -> list[tuple[int, int]]:
    """Quotes and brackets, up to the end if one is never closed, and protected spans."""
    found = [(s.start, s.end) for s in protect.spans(typography.same_length(sentence))]
    start, waiting = 0, ""
    for i, char in enumerate(sentence):
        if waiting:
            if char == waiting[-1]:
                waiting = waiting[:-1]
                if not waiting:
                    found.append((start, i + 1))
            elif char in _CLOSING and char != '"':
                waiting += _CLOSING[char]
        elif char in _CLOSING:
            start, waiting = i, _CLOSING[char]
    if waiting:
        found.append((start, len(sentence)))
    return found
