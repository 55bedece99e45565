"""SubRip and WebVTT subtitles: the words of the cues.

A sentence may go on from cue to cue; what stands between them is then a line break like
another, so every cue keeps its share of the words.
"""

import re
from collections.abc import Iterator

from . import tags
from .cut import cut
from .model import Document
from .tokens import Role, Syntax, Token, goes_on, stuck, text

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_TIMING = re.compile(r"\s*(?:\d+:)?\d+:\d+[.,]\d+\s*-->\s*(?:\d+:)?\d+:\d+[.,]\d+")
_ARROW = "-->"
_HEADER = "WEBVTT"
# WebVTT takes a class after a dot and a voice or language after a blank.
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]*)>")
_OVERRIDE = re.compile(r"\{\\[^{}\n]*\}")
_TIME_TAG = re.compile(r"<\d[\d:.]*>")
_PART = re.compile("|".join(p.pattern for p in (_TAG, _OVERRIDE, _TIME_TAG, tags.REFERENCE)) + "|<")
_PAIRED = frozenset("b c font i lang ruby rt s u".split())
_SPEAKER = re.compile(r"\s*(?:<[^<>]*>)?\s*(?:[-–—]\s*|>>+\s*)")
# A longer chain is a text without full stops, and its words would wander from cue to cue.
MAX_CUES = 3
# Sounds and songs.
_NO_SPEECH = re.compile(
    r"\s*(?:<[^<>]*>|\{[^{}]*\})*\s*(?:[♪♫]|#\s|[\[(][^\[\]()]*[\])]\s*(?:<[^<>]*>)?\s*$)"
)


def parse(document: str) -> Document:
    """The sentences of all cues."""
    # SubRip has no way to write "<" as a character.
    escape = tags.encode if document.startswith(_HEADER) else str
    syntax = Syntax(escape, _inline, lambda line: not line.strip() or _ARROW in line)
    found = cut(_tokens(document), 0, syntax)
    return Document(document, tuple(s for s in found if s.raw.count(_ARROW) < MAX_CUES))


def _tokens(document: str) -> Iterator[Token]:
    """All of the document: its cues' lines, and what is between them as borders or breaks."""
    gap, before = "", ""
    for is_words, stretch in _stretches(document):
        if not is_words:
            gap += stretch
            continue
        marker = _SPEAKER.match(stretch)
        lead = marker.group() if marker else stretch[: len(stretch) - len(stretch.lstrip())]
        words = stretch[len(lead) :]
        is_same_cue = before and _ARROW not in gap and len(gap.splitlines()) == 1
        joins = not marker and (is_same_cue or goes_on(before, _TAG.sub("", words)))
        if gap + lead:
            yield Token(Role.BREAK, gap + lead, " ") if joins else Token(Role.BORDER, gap + lead)
        yield from _inline(words)
        gap, before = "", _TAG.sub("", words)
    if gap:
        yield Token(Role.BORDER, gap)


def _stretches(document: str) -> Iterator[tuple[bool, str]]:
    """Lines of cues without their ends, and everything else."""
    in_cue = False
    for match in _LINE.finditer(document):
        line = match.group()
        words = line.rstrip()
        if _TIMING.match(line):
            in_cue = True
        elif not words:
            in_cue = False
        elif in_cue and _ARROW not in line and not _NO_SPEECH.match(line):
            yield True, words
            line = line[len(words) :]
        yield False, line


def _inline(words: str) -> list[Token]:
    return list(_parts(words))


def _parts(words: str) -> Iterator[Token]:
    done = 0
    for match in _PART.finditer(words):
        if done < match.start():
            yield text(words[done : match.start()])
        yield _marked(match.group())
        done = match.end()
    if done < len(words):
        yield text(words[done:])


def _marked(raw: str) -> Token:
    if raw.startswith("&"):
        value = tags.decoded(raw)
        return text(raw, value or raw)
    if _OVERRIDE.fullmatch(raw):
        return Token(Role.PINNED, raw)
    if not _TAG.fullmatch(raw):
        return stuck(raw)  # the time at which a word lights up
    if tags.name(raw).partition(".")[0] not in _PAIRED:
        return Token(Role.BORDER, raw)  # <v Name>
    return Token(Role.CLOSE if raw.startswith("</") else Role.OPEN, raw)
