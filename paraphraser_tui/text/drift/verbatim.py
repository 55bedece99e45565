"""What is kept to the letter: addresses, file names, code, @handles and #tags."""

import re
from collections import Counter
from functools import lru_cache

from ..protect import Kind, spans
from .kinds import Drift, Finding, lost_and_new
from .reading import REMEMBERED

# Without one of these a text holds nothing of the kind, and is not searched.
_SIGNS = re.compile(r"[_\\{}<>=~^|@#*/`\[\]]|www\.|\w\.\w")
_EXTENSIONS = (
    "txt md rst pdf docx? xlsx? pptx? csv tsv json ya?ml toml ini cfg xml html? css jsx? tsx? py rb"
    " rs go c cpp h hpp java sh bat exe dll zip tar gz xz png jpe?g gif svg mp3 mp4 wav avi sql log"
)
_FILE = re.compile(rf"(?<![\w.@/\\-])[\w\-]+(?:\.[\w\-]+)*\.(?:{'|'.join(_EXTENSIONS.split())})\b")
_KINDS = (Kind.URL, Kind.EMAIL, Kind.CODE)
# Numbers and footnotes have guards of their own; emphasis and a mask for swearing are no code.
_NO_CODE = re.compile(
    r"[#~<>=≤≥*]*[$£€]?\d[\d.,%:/]*[kKmM+*]?|\[[^\[\]]*\]?|[^\[\]]*\]"
    r"|[*_]+[^*_]*[*_]*|[\w'\-]+[*_]+"
)
_WORDS = re.compile(r"[^\W_]+(?:[/\-][^\W_]*)+")  # either/or, w/, F/A-18


def verbatim_drift(source: str, target: str) -> list[Finding]:
    """Addresses, file names and code that are lost, new or altered."""
    a, b = _literals(source), _literals(target)
    return lost_and_new(Drift.VERBATIM, a - b, b - a) if a != b else []


@lru_cache(REMEMBERED)
def _literals(text: str) -> Counter[str]:
    if not _SIGNS.search(text):
        return Counter()
    found = [s for s in spans(text) if s.kind in _KINDS]
    shown = [s.text for s in found if s.kind is not Kind.CODE or _is_code(s.text)]
    # What is no part of those already.
    files = [
        m.group()
        for m in _FILE.finditer(text)
        if all(m.end() <= s.start or s.end <= m.start() for s in found)
    ]
    return Counter(shown + files)


def _is_code(word: str) -> bool:
    return not (_NO_CODE.fullmatch(word) or _WORDS.fullmatch(word))
