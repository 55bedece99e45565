"""LaTeX: the running text; commands, math, citations, comments and floats stay as they are."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from . import latex_commands as commands
from .cut import cut
from .model import Document
from .tokens import Role, Syntax, Token, atom, code, stuck, text

_BODY = re.compile(r"\\begin\s*\{document\}")
_SPECIAL = re.compile(
    r"\\(?:[a-zA-Z]+\*?|.)|[%$&{}#_^~\[\]]|---?|``?|''?|\s*\n\s*|[ \t]{2,}|\t", re.S
)
_COMMENTS = re.compile(r"(?:[ \t]*%[^\n]*(?:\n[ \t]*|\Z))+")
_PARAGRAPH = re.compile(r"\s*\n[ \t]*\r?\n\s*")
_MATH = re.compile(r"\$(?!\$)(?:[^$\\\n]|\\.|\n(?!\s*\n))+\$|\\\((?:[^\\]|\\(?!\)).)*\\\)", re.S)
_DISPLAY = re.compile(r"\$\$.*?\$\$|\\\[.*?\\\]", re.S)
_ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
_LIMIT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^\sa-zA-Z{*\[])(.*?)\1")
_LETTER = r"\\[ij](?![a-zA-Z])|[a-zA-Z]"
_ACCENT = re.compile(
    rf"\\(?:(['`^\"~=.])[ \t]*|([cvuHkr])(?:[ \t]+|(?=\{{)))(?:\{{({_LETTER})\}}|({_LETTER}))"
)
_BRACES = re.compile(r"\\.|%[^\n]*|[{}]", re.S)
_OPTION = re.compile(r"\s*\[[^\[\]]*\]")
_EMPTY = re.compile(r"\{\}|[ \t]+(?=\S)|")
_ESCAPED = frozenset("%$&#_{}")
_SMALL = {",": "\u202f", " ": " ", "/": "", "-": ""}
_TO_ESCAPE = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "“": "``", "”": "''", "‘": "`", "’": "'", "\u00a0": "~", "\u202f": r"\,",
    **{c: "\\" + c for c in _ESCAPED},
}  # fmt: skip


def parse(document: str) -> Document:
    """The sentences of a LaTeX text, or of a part that another one includes."""
    body = _BODY.search(document)
    start = body.end() if body else 0
    return Document(document, tuple(cut(scan(document[start:]), start, SYNTAX)))


def scan(source: str) -> list[Token]:
    """Tokens of running text; their raw texts are the text."""
    return list(_Scanner(source).tokens())


def escape(words: str) -> str:
    """New words as LaTeX writes them."""
    words = re.sub(r'(^|[\s(\[])"', r"\1``", words).replace('"', "''")
    return "".join(_TO_ESCAPE.get(char, char) for char in words)


SYNTAX = Syntax(escape, scan)


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._ends = _brace_ends(source)
        self._environments = _environment_ends(source)
        self._open = 0  # commands around text that have not ended

    def tokens(self) -> Iterator[Token]:
        place = 0
        while match := _SPECIAL.search(self._source, place):
            if place < match.start():
                yield text(self._source[place : match.start()])
            place = match.start()
            token = self._token(match)
            yield token
            place += len(token.raw)
            if token.raw.startswith("\\end{document"):
                yield Token(Role.BORDER, self._source[place:])
                return
        if place < len(self._source):
            yield text(self._source[place:])

    def _token(self, match: re.Match[str]) -> Token:
        raw, place = match.group(), match.start()
        if raw.isspace():
            return self._blanks(place, raw)
        if raw == "%":
            return self._comment(place)
        if raw == "$" or raw in ("\\(", "\\["):
            return self._math(place, raw)
        if raw in commands.LIGATURES:
            return text(raw, commands.LIGATURES[raw])
        if raw in "[]":
            return text(raw)
        if raw == "}" and self._open:
            self._open -= 1
            return Token(Role.CLOSE, raw)
        if raw[0] != "\\":
            return self._group(place) if raw == "{" else stuck(raw)
        return self._command(place, raw)

    def _blanks(self, place: int, raw: str) -> Token:
        if "\n" not in raw:
            return text(raw, " ")
        if _PARAGRAPH.match(self._source, place):
            return Token(Role.BORDER, raw)
        return Token(Role.BREAK, raw, " ")

    def _comment(self, place: int) -> Token:
        raw = _COMMENTS.match(self._source, place).group()
        end = place + len(raw)
        if self._source[end : end + 1] in ("", "\r", "\n"):
            return Token(Role.BORDER, raw)
        # Without a blank before it, a comment joins the words around it.
        is_apart = not place or self._source[place - 1].isspace()
        return Token(Role.BREAK, raw, " ") if is_apart else stuck(raw)

    def _math(self, place: int, raw: str) -> Token:
        if display := _DISPLAY.match(self._source, place):
            return stuck(display.group())
        formula = _MATH.match(self._source, place)
        return atom(formula.group()) if formula else stuck(raw)

    def _group(self, place: int) -> Token:
        """A brace alone: `{\\bf words}`, or a group that only shields something."""
        end = self._balanced(place)
        return stuck(self._source[place:end]) if end else stuck("{")

    def _command(self, place: int, raw: str) -> Token:
        if environment := _ENVIRONMENT.match(self._source, place):
            return self._environment(place, environment)
        if verbatim := _VERB.match(self._source, place):
            return code(verbatim.group(), verbatim.group(2))
        if accent := _ACCENT.match(self._source, place):
            return _accented(accent)
        name = raw[1:].rstrip("*")
        if name in _ESCAPED:
            return text(raw, name)
        if name in _SMALL:
            return text(raw, _SMALL[name])
        if name == "\\":
            return Token(Role.BORDER, raw)
        end = place + len(raw)
        if name in commands.SYMBOLS:
            end = _EMPTY.match(self._source, end).end()
            return text(self._source[place:end], commands.SYMBOLS[name])
        if name in commands.AROUND_SECOND:
            end = self._balanced(end) or end
        if name in commands.AROUND_TEXT | commands.AROUND_SECOND:
            return self._opening(place, end)
        end = self._arguments(end)
        whole = self._source[place:end]
        if name in commands.CODE:
            return code(whole, whole[whole.find("{") + 1 : -1])
        if name in commands.VERBATIM:
            return atom(whole)
        if name in commands.NOTES:
            return Token(Role.PINNED, whole)
        return Token(Role.BORDER, whole) if name in commands.BORDERS else stuck(whole)

    def _opening(self, place: int, end: int) -> Token:
        option = _OPTION.match(self._source, end)
        end = option.end() if option else end
        if self._source[end : end + 1] != "{" or not self._balanced(end):
            return stuck(self._source[place:end])
        self._open += 1
        raw = self._source[place : end + 1]
        return Token(Role.OPEN, raw, firm=raw.startswith(("\\href", "\\hyperref")))

    def _environment(self, place: int, found: re.Match[str]) -> Token:
        name = found.group(1)
        if name.rstrip("*") in commands.PROSE:
            return Token(Role.BORDER, self._source[place : self._arguments(found.end())])
        end = self._environments.get(place)
        if end is None:  # it is only talked about, in a paragraph
            paragraph = _PARAGRAPH.search(self._source, found.end())
            return stuck(self._source[place : paragraph.start() if paragraph else None])
        whole = self._source[place:end]
        return stuck(whole) if name.rstrip("*") in commands.DISPLAYS else Token(Role.BORDER, whole)

    def _arguments(self, place: int) -> int:
        """After the arguments in brackets and braces that follow."""
        while True:
            if option := _OPTION.match(self._source, place):
                place = option.end()
            elif self._source[place : place + 1] == "{" and (end := self._balanced(place)):
                place = end
            else:
                return place

    def _balanced(self, place: int) -> int | None:
        """After the brace that closes the one at `place`; None if there is none."""
        return self._ends.get(place)


def _brace_ends(source: str) -> dict[int, int]:
    """For each opening brace that is closed, the place after its partner."""
    out: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACES.finditer(source):
        if match.group() == "{":
            open_.append(match.start())
        elif match.group() == "}" and open_:
            out[open_.pop()] = match.end()
    return out


def _environment_ends(source: str) -> dict[int, int]:
    """For each beginning of an environment that ends, the place after its end."""
    out: dict[int, int] = {}
    open_: defaultdict[str, list[int]] = defaultdict(list)
    for match in _LIMIT.finditer(source):
        kind, name = match.groups()
        if kind == "begin":
            open_[name].append(match.start())
        elif open_[name]:
            out[open_[name].pop()] = match.end()
    return out


def _accented(found: re.Match[str]) -> Token:
    accent = commands.ACCENTS[found.group(1) or found.group(2)]
    letter = (found.group(3) or found.group(4)).lstrip("\\")
    value = unicodedata.normalize("NFC", letter + accent)
    return text(found.group(), value) if len(value) == 1 else stuck(found.group())
