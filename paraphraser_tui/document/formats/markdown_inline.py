"""The inside of a Markdown paragraph as tokens."""

import re
from collections.abc import Callable
from functools import partial

from . import emphasis, tags
from .tokens import Role, Token, atom, code, goes_on, stuck, text

IsDefined = Callable[[str], bool]

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&$\n^{@]|https?://|www\.|[ \t]+(?=\n)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_TEX = re.compile(r"\\\((?:[^\\]|\\.)+?\\\)|\\\[(?:[^\\]|\\.)+?\\\]", re.DOTALL)
_TICKS = re.compile(r"`+")
_DISPLAY = re.compile(r"\$\$.+?\$\$", re.DOTALL)
_MATH = re.compile(r"\$(?![\s$])(?:[^$\\]|\\.)*?(?<![\s\\])\$(?!\d)", re.DOTALL)
_AUTOLINK = re.compile(
    r"<[a-zA-Z][a-zA-Z0-9+.\-]{1,31}:[^\s<>]*>|<[\w.!#$%&'*+/=?^`{|}~\-]+@[\w.\-]+>"
)
_ODD = re.compile(r"<\?.*?\?>|<![A-Z].*?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”\[\]`|]+")
_AFTER_URL = ".,;:!?\"'”’)]}*_~"
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]+\]|\^\[[^\[\]\n]*\]")
_CITATION = re.compile(r"\[[^\[\]]*@[\w{][^\[\]]*\](?!\()")
_CITED = re.compile(r"@[\w{][\w:.#$%&+?<>~/{}\-]*[\w}]")
_WIKI = re.compile(r"!?\[\[[^\[\]\n]+\]\]")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{[:.#][^{}\n]*\}")
_TARGET = re.compile(
    r"\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)"
)
_LABEL = re.compile(r"\[[^\[\]]*\]")
_BREAK = re.compile(r"( *|\t*|[ \t]*)\n[ \t]*")
MAX_LINK_CHARS = 2000  # what is longer between brackets is taken for no link
_TO_ESCAPE = re.compile(r"[\\`*_~\[\]<$^{@]|&(?=[#\w]+;)")
_HARD = 2  # blanks before a line end that make it a deliberate one


def scan(content: str, is_defined: IsDefined = lambda label: False) -> list[Token]:
    """Tokens of a paragraph; their raw texts are the paragraph."""
    return _Scanner(content, is_defined, in_link=False).tokens()


class _Scanner:
    def __init__(self, content: str, is_defined: IsDefined, in_link: bool) -> None:
        self._content = content
        self._in_link = in_link
        self._is_defined = is_defined
        self._out: list[Token | emphasis.Run] = []
        self._rules = {
            "\\": self._backslash, "`": self._code, "$": self._math,
            "<": self._angle, "&": self._reference, "[": self._bracket, "!": self._image,
            "^": partial(self._as_pin, _FOOTNOTE), "{": self._brace, "\n": self._line_end,
            "h": self._url, "w": self._url, " ": self._line_end, "\t": self._line_end,
            "@": partial(self._as_atom, _CITED),
            **dict.fromkeys("*_~", self._delimiters),
        }  # fmt: skip

    def tokens(self) -> list[Token]:
        place = 0
        while match := _SPECIAL.search(self._content, place):
            self._add_text(self._content[place : match.start()])
            rule = self._rules.get(match.group()[0])
            place = (rule and rule(match.start())) or self._literal(match.start())
        self._add_text(self._content[place:])
        return self._resolved()

    def _resolved(self) -> list[Token]:
        emphasis.match([item for item in self._out if isinstance(item, emphasis.Run)])
        out: list[Token] = []
        for item in self._out:
            out += [item] if isinstance(item, Token) else emphasis.tokens(item)
        return out

    def _add_text(self, raw: str) -> None:
        if raw:
            self._out.append(text(raw))

    def _literal(self, place: int) -> int:
        self._add_text(self._content[place])
        return place + 1

    def _add(self, token: Token, place: int) -> int:
        self._out.append(token)
        return place + len(token.raw)

    def _as_atom(self, pattern: re.Pattern[str], place: int) -> int | None:
        match = pattern.match(self._content, place)
        return match and self._add(atom(match.group()), place)

    def _as_pin(self, pattern: re.Pattern[str], place: int) -> int | None:
        match = pattern.match(self._content, place)
        return match and self._add(Token(Role.PINNED, match.group()), place)

    def _backslash(self, place: int) -> int | None:
        if done := self._as_atom(_TEX, place):
            return done
        if self._content.startswith("\\\n", place):
            return self._line_end(place)
        match = _ESCAPE.match(self._content, place)
        return match and self._add(text(match.group(), match.group()[1]), place)

    def _math(self, place: int) -> int | None:
        if display := _DISPLAY.match(self._content, place):
            return self._add(stuck(display.group()), place)
        return self._as_atom(_MATH, place)

    def _code(self, place: int) -> int:
        ticks = _TICKS.match(self._content, place).group()
        end = re.compile(rf"(?<!`){ticks}(?!`)").search(self._content, place + len(ticks))
        if end:
            return self._add(atom(self._content[place : end.end()]), place)
        self._add_text(ticks)
        return place + len(ticks)

    def _angle(self, place: int) -> int | None:
        if done := self._as_atom(_AUTOLINK, place):
            return done
        if done := self._as_pin(tags.COMMENT, place) or self._as_pin(_ODD, place):
            return done
        match = tags.TAG.match(self._content, place)
        if not match:
            return None
        tag, name = match.group(), tags.name(match.group())
        if name == "br":
            return self._add(Token(Role.BORDER, tag), place)
        if tags.is_void(tag):
            return self._add(Token(Role.PINNED, tag), place)
        if tag.startswith("</"):
            return self._add(Token(Role.CLOSE, tag) if name in tags.INLINE else stuck(tag), place)
        end = re.compile(rf"(?i)</{re.escape(name)}\s*>").search(self._content, match.end())
        if not end:
            return self._add(stuck(tag), place)
        if name not in tags.INLINE:
            whole = self._content[place : end.end()]
            return self._add(code(whole, tags.bare(whole)), place)
        return self._add(Token(Role.OPEN, tag), place)

    def _reference(self, place: int) -> int | None:
        match = tags.REFERENCE.match(self._content, place)
        value = match and tags.decoded(match.group())
        return self._add(text(match.group(), value), place) if value else None

    def _bracket(self, place: int) -> int | None:
        if done := self._as_pin(_FOOTNOTE, place) or self._as_atom(_WIKI, place):
            return done
        inner = _closing(self._content, place)
        if inner is None:
            return None
        end = self._link_end(place, inner)
        if end is None:
            return self._as_atom(_CITATION, place)
        if self._in_link:
            # A link in the text of another: which of them holds is for others to say.
            return self._add(stuck(self._content[place:end]), place)
        words = _Scanner(self._content[place + 1 : inner], self._is_defined, in_link=True)
        self._out.append(Token(Role.OPEN, "[", firm=True))
        self._out += words.tokens()
        self._out.append(Token(Role.CLOSE, self._content[inner:end]))
        return end

    def _link_end(self, place: int, inner: int) -> int | None:
        """Where the link ends whose text ends at `inner`; None if it is none."""
        after = inner + 1
        if target := _TARGET.match(self._content, after):
            return target.end()
        if label := _LABEL.match(self._content, after):
            return label.end()
        return after if self._is_defined(self._content[place + 1 : inner]) else None

    def _image(self, place: int) -> int | None:
        if not self._content.startswith("![", place):
            return None
        if done := self._as_atom(_WIKI, place):
            return done
        inner = _closing(self._content, place + 1)
        end = inner and self._link_end(place + 1, inner)
        return self._add(atom(self._content[place:end]), place) if end else None

    def _brace(self, place: int) -> int | None:
        return self._as_atom(_TEMPLATE, place) or self._as_pin(_ATTRIBUTES, place)

    def _url(self, place: int) -> int | None:
        match = _URL.match(self._content, place)
        url = match.group().rstrip(_AFTER_URL) if match else ""
        is_inside = place and self._content[place - 1].isalnum()
        return self._add(atom(url), place) if url and not is_inside else None

    def _line_end(self, place: int) -> int:
        is_backslash = self._content[place] == "\\"
        match = _BREAK.match(self._content, place + is_backslash)
        raw = self._content[place : match.end()]
        is_hard = is_backslash or match.group(1).count(" ") >= _HARD
        joins = not is_hard or goes_on(self._content[:place], self._content[match.end() :])
        return self._add(Token(Role.BREAK if joins else Role.BORDER, raw, " " * joins), place)

    def _delimiters(self, place: int) -> int:
        char, end = self._content[place], place
        while end < len(self._content) and self._content[end] == char:
            end += 1
        before = self._content[place - 1] if place else ""
        self._out.append(emphasis.run(char, end - place, before, self._content[end : end + 1]))
        return end


def _closing(content: str, place: int) -> int | None:
    """The bracket that closes the one at `place`; code and escapes between do not count."""
    depth, end_of_search = 0, min(len(content), place + MAX_LINK_CHARS)
    while place < end_of_search:
        char = content[place]
        if char == "\\":
            place += 1
        elif char == "`":
            ticks = _TICKS.match(content, place).group()
            end = re.compile(rf"(?<!`){ticks}(?!`)").search(content, place + len(ticks))
            place = (end.end() if end else place + len(ticks)) - 1
        elif char in "[]":
            depth += 1 if char == "[" else -1
            if not depth:
                return place
        place += 1
    return None


def escape(words: str) -> str:
    """New words in which nothing is markup."""
    return _TO_ESCAPE.sub(_escaped, words)


def _escaped(found: re.Match[str]) -> str:
    # A bracket behind a backslash begins math for some programs.
    return f"&#{ord(found.group())};" if found.group() in "[]" else "\\" + found.group()
