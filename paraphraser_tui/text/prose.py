"""Whether a piece of text is an English sentence that is worth paraphrasing.

Headings, code, names, tables, addresses and other languages come out of a model as
nonsense, so they are left alone. The rules lean towards prose: a sentence that
is taken for a heading is lost to the reader, a heading that is taken for a sentence still
meets the guards.
"""

import re
from enum import StrEnum

from .codelike import BACKTICKED, LINK, is_code
from .foreign import is_foreign, is_other_script
from .verbs import DOUBTFUL, has_signs
from .words import FUNCTION_WORDS, WORD


class NotProse(StrEnum):
    """What a text is if it is no prose."""

    FRAGMENT = "too few words for a sentence"
    HEADING = "a heading"
    CAPITALS = "in capitals throughout"
    NAMES = "a list of names"
    LABEL = "a label or menu item"
    GREETING = "a greeting or closing"
    ADDRESS = "an address or phone number"
    REFERENCE = "a bibliography entry"
    FIGURES = "a table row or figures"
    LINK = "a link"
    CODE = "code or markup"
    LANGUAGE = "not English"
    QUOTATION = "a quotation and nothing else"


MIN_WORDS = 3
MAX_HEADING_WORDS = 8  # longer lines without an end mark are sentences more often
MAX_FRAGMENT_WORDS = 5  # the same for lines in lower case
MAX_LABEL_WORDS = 3
MAX_GREETING_WORDS = 6
MAX_CHARS = 1000  # what a text is shows at its beginning
SHOUTING = 0.8  # share of words in capitals
MIN_NAME_COMMAS = 2
MIN_FIGURES = 3
FIGURES_PER_WORD = 2

# Small words that stay small in Title Case and stand in headings and addresses.
_TITLE_SMALL = frozenset(
    "a an and as at but by de del der di du for from in into la le nor of on or over per the to"
    " van versus via von vs with und y".split()
)
_NUMBER = re.compile(r"(?<![^\W\d_])[$£€]?\d[\d.,:/%\-]*")
_END_MARK = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_EMPHATIC = re.compile(r"[!?][\"'”’»)\]*_]*$")
_BEFORE_TITLE = "\"'“‘(*_0123456789. "
_MENU = re.compile(r"\w\s+(?:>|→|»|›)\s+\w")
_LEADER = re.compile(r"\.{5,}|(?:\. ){4,}|_{4,}")
_ROW = re.compile(r"(?:^|\s)\|\s.*\s\|")
_LABEL = re.compile(r"([^:.!?,;]{1,40}):\s+(?=\S)")
_STREET = re.compile(
    r"\b(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Square|Court|Box|Floor|Suite"
    r"|Highway|Plaza|[Ss]tra(?:ss|ß)e|[Rr]ue|[A-Z]{2} \d{5})\b|\b[A-Z]{1,2}\d\w? \d[A-Z]{2}\b"
    r"|\+\d[\d ()\-]{7,}\d|\(?\b\d{3}\)?[ \-]\d{3}-\d{4}\b"
)
_REFERENCE = re.compile(
    r"\bet al\.|\bpp?\. ?\d|\b(?:doi|arXiv|ISBN|ISSN)\b|\b\d+\(\d+\)|\((?:19|20)\d\d[a-z]?\)"
    r"|(?:19|20)\d\d\.$"
)
# The words of others stay; without closing marks it may go on in the next sentence.
_QUOTATION = re.compile(r"\"[^\"]+\"?[.!?]?|“[^“”]+”?[.!?]?|«[^«»]+»?[.!?]?")
_AUTHOR = re.compile(r"(?:\[\d+\]\s*)?[A-Z][\w'’\-]+, (?:[A-Z]\.[ \-]?)+(?:,|&|and\b|\(|$)")
_OPENING = re.compile(
    r"(?i:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))\b"
    r"(?:[^,:;.!?]|\b(?:Mrs?|Ms|Dr|Prof)\.)*[,:!.]*"
)
_CLOSING = re.compile(
    r"(?i:to whom it may concern|sent from my|all the best|cheers|regards|thanks|thank you|yours"
    r"|(?:with )?(?:my |our )?(?:very )?(?:kind|kindest|best|warm|warmest|many)"
    r" (?:regards|wishes|thanks)|(?:yours |very )?(?:sincerely|faithfully|truly|respectfully)"
    r"(?: yours)?)(?i: in advance| and regards| to (?:you )?all)?"
    r"[,.:!]*(?:\s*[A-Z\u00C0-\u00DEi][\w.\-]*){0,3}"
)


def not_prose(segment: str) -> NotProse | None:
    """What a sentence or line is if it should be left alone; None if it is prose."""
    text = segment.strip().replace("’", "'")
    text, end = text[:MAX_CHARS], text[-MAX_CHARS:]
    if is_other_script(text):
        return NotProse.LANGUAGE
    if _ROW.search(text) or _LEADER.search(text):
        return NotProse.FIGURES
    if is_code(text):
        return NotProse.CODE
    bare = LINK.sub(" ", BACKTICKED.sub(" Code ", text))
    found = WORD.findall(bare)
    numbers = _NUMBER.findall(bare)
    lower = [w for w in found if w[0].islower()]
    if len(found) < MIN_WORDS:
        return _of_few_words(text, bare, found, numbers)
    if len(numbers) >= MIN_FIGURES and len(numbers) > FIGURES_PER_WORD * len(lower):
        return _by_figures(text)
    if is_foreign(found, text):
        return NotProse.LANGUAGE
    if sum(w.isupper() for w in found) >= SHOUTING * len(found):
        return NotProse.CAPITALS
    if len(found) <= MAX_GREETING_WORDS and _is_greeting(text, found):
        return NotProse.GREETING
    if _AUTHOR.match(text):
        return NotProse.REFERENCE
    if _QUOTATION.fullmatch(segment.strip()):
        return NotProse.QUOTATION
    return _without_sentence(text, end, found)


def _of_few_words(text: str, bare: str, found: list[str], numbers: list[str]) -> NotProse:
    if bare != text and LINK.search(text):
        return NotProse.LINK
    if _is_greeting(text, found):
        return NotProse.GREETING
    if numbers and (len(numbers) >= len(found) or _STREET.search(text)):
        return _by_figures(text)
    if _LABEL.match(text):
        return NotProse.LABEL
    return NotProse.FRAGMENT if found else NotProse.FIGURES


def _by_figures(text: str) -> NotProse:
    if _STREET.search(text):
        return NotProse.ADDRESS
    return NotProse.REFERENCE if _REFERENCE.search(text) else NotProse.FIGURES


def _without_sentence(text: str, end: str, found: list[str]) -> NotProse | None:
    """Headings, names and labels: lines of capitals, or short ones without verb and end mark."""
    ended = bool(_END_MARK.search(end))
    label = _LABEL.match(text)
    if label and _is_label(label.group(1)):
        rest = text
        while label:
            rest = rest[label.end() :]
            label = _LABEL.match(rest)
        if not_prose(rest):
            return NotProse.LABEL
    if all(w[0].isupper() or w in _TITLE_SMALL for w in found):
        # "Runs on Linux." and "Written in Python." are sentences.
        is_said = _EMPHATIC.search(end) or found[0].lower() in DOUBTFUL
        if not ended or not (is_said or has_signs(found)):
            return _of_capitals(text)
    is_title = text.lstrip(_BEFORE_TITLE)[:1].isupper()
    most = MAX_HEADING_WORDS if is_title else MAX_FRAGMENT_WORDS
    if ended or len(found) > most or has_signs(found):
        return None
    return NotProse.HEADING if is_title else NotProse.FRAGMENT


def _is_greeting(text: str, found: list[str]) -> bool:
    if _OPENING.fullmatch(text) and not has_signs(found):
        return True
    return bool(_CLOSING.fullmatch(text))


def _is_label(text: str) -> bool:
    found = WORD.findall(text)
    return (
        0 < len(found) <= MAX_LABEL_WORDS
        and found[0].lower() not in FUNCTION_WORDS
        and not has_signs(found)
    )


def _of_capitals(text: str) -> NotProse:
    if _MENU.search(text):
        return NotProse.LABEL
    if _STREET.search(text) and _NUMBER.search(text):
        return NotProse.ADDRESS
    if _REFERENCE.search(text):
        return NotProse.REFERENCE
    return NotProse.NAMES if text.count(",") >= MIN_NAME_COMMAS else NotProse.HEADING
