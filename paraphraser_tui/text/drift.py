"""What must not change between a sentence and its paraphrase, and what must not come in.

Numbers, names, negation, question or statement, the persons spoken of, tense and number
stay; connectives, repetition, words in two parts and words that do not exist stay out.

The checks are meant to be cheap and strict. One that fires on a harmless
candidate costs a candidate; one that stays silent costs the reader's trust.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from .names import TOKEN, IsWord, bare, names
from .protect import NUMBER
from .words import NEGATIONS, content_stems, fold, stem, words


class Drift(StrEnum):
    """The kinds of change in meaning that are looked for."""

    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    QUESTION = "question"
    PERSON = "person"
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


NUMBER_WORDS = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half
    twice first second third fourth fifth sixth seventh eighth ninth tenth quarter percent
    """.split()
)
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_SPEAKERS = (
    frozenset("i me my mine myself we us our ours ourselves".split()),
    frozenset("you your yours yourself yourselves".split()),
)
_LETS = re.compile(r"(?i)\blet['’]s\b")
_OTHERS = (frozenset("he him his himself".split()), frozenset("she her hers herself".split()))
_DOUBLED = re.compile(r"(?i)\b([^\W\d_]+) \1\b")
# A sentence that starts to lean on the one before it says more than its source.
_CONNECTIVE = re.compile(
    r"(?i)\b(however|moreover|furthermore|in addition|additionally|therefore|thus|hence|meanwhile"
    r"|nevertheless|consequently|as a result|for example|for instance|in my opinion"
    r"|at the same time|in the end|overall|in fact|in conclusion|on the other hand|besides)\b"
)


def find_drift(source: str, target: str, is_word: IsWord | None = None) -> tuple[Finding, ...]:
    """All drifts found between a sentence and its paraphrase; empty is good.

    is_word tells whether a lower-case word is an ordinary one. It decides if the
    first word of a sentence is a name; without it a lone first word never is.
    """
    return (
        *_numbers_drift(source, target),
        *_names_drift(source, target, is_word),
        *_negation_drift(source, target),
        *_question_drift(source, target),
        *_person_drift(source, target),
        *_connective_drift(source, target),
        *_repetition_drift(source, target),
        *_unknown_word_drift(source, target, is_word),
        *_split_word_drift(source, target),
        *_inflection_drift(source, target),
    )


def numbers(text: str) -> Counter[str]:
    """Numbers in digits as they are written, and in words, with their counts.

    "one" is left out, being a pronoun as often as a number.
    """
    found = Counter(NUMBER.findall(text))
    found["percent"] += text.count("%")
    found.update(w for word in words(text) for w in fold(word).split("-") if w in NUMBER_WORDS)
    return +found


def is_question(text: str) -> bool:
    """Whether the text ends with a question mark, closing quotes aside."""
    return bool(_QUESTION.search(text.rstrip()))


def _numbers_drift(source: str, target: str) -> list[Finding]:
    a, b = numbers(source), numbers(target)
    return [Finding(Drift.NUMBER, f"{n} is missing") for n in a - b] + [
        Finding(Drift.NUMBER, f"{n} is new") for n in b - a
    ]


def _names_drift(source: str, target: str, is_word: IsWord | None) -> list[Finding]:
    shown = {bare(t) for t in TOKEN.findall(source)}
    source_words = {_singular(fold(t)) for t in shown}
    target_words = {_singular(bare(t)) for t in TOKEN.findall(target)}
    lost = {n for n in names(source, is_word) if _singular(n) not in target_words}
    # New, or an ordinary word of the source turned into a name: "a mountain Creek".
    new = {
        n
        for n in names(target, is_word)
        if _singular(fold(n)) not in source_words or n.lower() in shown
    }
    new -= shown
    return [Finding(Drift.NAME, f"{n} is missing") for n in sorted(lost)] + [
        Finding(Drift.NAME, f"{n} is new") for n in sorted(new)
    ]


def _singular(name: str) -> str:
    """ATMs and ATM are the same name."""
    return name.removesuffix("s")


def _negation_drift(source: str, target: str) -> list[Finding]:
    a, b = (sum(_negates(w) for w in words(t)) for t in (source, target))
    if a == b:
        return []
    return [Finding(Drift.NEGATION, "is missing" if a > b else "is new")]


def _negates(word: str) -> bool:
    word = word.lower().replace("’", "'")
    return word in NEGATIONS or word.endswith("n't")


def _question_drift(source: str, target: str) -> list[Finding]:
    if is_question(source) == is_question(target):
        return []
    return [Finding(Drift.QUESTION, "became a statement" if is_question(source) else "is new")]


def _person_drift(source: str, target: str) -> list[Finding]:
    a, b = _pronouns(source), _pronouns(target)
    found = []
    for pronouns in _SPEAKERS:
        if bool(a & pronouns) != bool(b & pronouns):
            where = "is missing" if a & pronouns else "is new"
            found.append(Finding(Drift.PERSON, f"{min((a | b) & pronouns)} {where}"))
    for pronouns in _OTHERS:
        if b & pronouns and not a & pronouns:
            found.append(Finding(Drift.PERSON, f"{min(b & pronouns)} is new"))
    return found


def _pronouns(text: str) -> set[str]:
    """First parts of all words, in lower case: "you're" is "you", and "let's" means us."""
    # "US" is a country, "us" is not.
    found = {fold(w).split("'")[0] for w in words(text) if w != "US"}
    return found | {"us"} if _LETS.search(text) else found


def _connective_drift(source: str, target: str) -> list[Finding]:
    a, b = ({m.lower() for m in _CONNECTIVE.findall(t)} for t in (source, target))
    return [Finding(Drift.CONNECTIVE, f"{c} is new") for c in sorted(b - a)]


def _repetition_drift(source: str, target: str) -> list[Finding]:
    """A content word said more often than in the source, or any word twice running."""
    a, b = Counter(content_stems(source)), Counter(content_stems(target))
    found = [Finding(Drift.REPETITION, f"of {w}") for w, n in b.items() if n > max(1, a[w])]
    if _DOUBLED.search(target) and not _DOUBLED.search(source):
        found.append(Finding(Drift.REPETITION, "of a word twice running"))
    return found


def _unknown_word_drift(source: str, target: str, is_word: IsWord | None) -> list[Finding]:
    """Words that the source does not have and no vocabulary knows: a model's own coinages."""
    if is_word is None:
        return []
    given = {part for w in words(source) for part in fold(w).split("-")}
    new = {part for w in words(target) for part in fold(w).split("-") if part} - given
    return [
        Finding(Drift.WORD, w)
        for w in sorted(new)
        if "'" not in w and not is_word(w) and not is_word(w.capitalize())
    ]


def _split_word_drift(source: str, target: str) -> list[Finding]:
    """A word of the source in two parts: "un documented", "cross- examination"."""
    given = {fold(t).replace("-", "") for t in TOKEN.findall(source)}
    shown = [fold(t).replace("-", "") for t in TOKEN.findall(target)]
    return [
        Finding(Drift.WORD, f"{a} {b}")
        for a, b in pairwise(shown)
        if a + b in given and a + b not in shown and not {a, b} <= given
    ]


def _inflection_drift(source: str, target: str) -> list[Finding]:
    """A word in another form between unchanged neighbours: tense and number are facts too."""
    a, b = ([fold(w) for w in words(t)] for t in (source, target))
    changes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [
        Finding(Drift.INFLECTION, f"{a[i]} became {b[j]}")
        for kind, i, i_end, j, j_end in changes
        if kind == "replace" and (i_end - i, j_end - j) == (1, 1) and stem(a[i]) == stem(b[j])
    ]
