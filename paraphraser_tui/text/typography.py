"""Plain quotation marks for the model, the writer's own on the page.

The students were trained on straight quotes and know curly ones only as
unrelated bytes, so a sentence is flattened on the way in and dressed again.
"""

import re

_PLAIN = str.maketrans("“”„‘’‚\u00a0\u202f", "\"\"\"'''  ")
_OPENING_QUOTE = re.compile(r'(^|[\s(\[\u2014-])"')
_OPENING_APOSTROPHE = re.compile(r"(^|[\s(\[\u2014-])'(?=\w)")
_CURLY_DOUBLE, _CURLY_SINGLE = re.compile("[“”]"), re.compile("[‘’]")


def plain(text: str) -> str:
    """`text` with straight quotes, plain spaces and three dots for an ellipsis."""
    return spell_dots(same_length(text))


def same_length(text: str) -> str:
    """`text` with straight quotes and plain spaces, character for character."""
    return text.translate(_PLAIN)


def spell_dots(text: str) -> str:
    """`text` with three dots for an ellipsis."""
    return text.replace("…", "...")


def dress(text: str, like: str) -> str:
    """Give plain text the quotes and ellipses that `like` uses."""
    if _CURLY_DOUBLE.search(like) and '"' not in like:
        text = _OPENING_QUOTE.sub(r"\1“", text).replace('"', "”")
    if _CURLY_SINGLE.search(like) and "'" not in like:
        if "‘" in like:
            text = _OPENING_APOSTROPHE.sub(r"\1‘", text)
        text = text.replace("'", "’")
    if "…" in like and "..." not in like:
        text = text.replace("...", "…")
    return text


_TERMINAL = re.compile(r"[.!?…]*$")
_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = "\"'“‘(["
_CLOSERS = "\"'”’)]"


def match_edges(text: str, like: str) -> str:
    """Begin in upper or lower case and end with a full stop, or none, as `like` does.

    Only what a model adds or drops by habit is changed: the case of a first
    letter whose word is otherwise lower case, and a single full stop.
    """
    text = _with_case(text, like)
    stops, wanted = _ending(text), _ending(like)
    if wanted == "" and stops == "." and text.endswith("."):
        return text[:-1]
    if wanted == "." and stops == "" and text[-1:].isalnum():
        return text + "."
    return text


def _with_case(text: str, like: str) -> str:
    start, wanted = _first_letter(text), _first_letter(like)
    first, rest = text[start : start + 1], text[start + 1 :]
    if rest[:1].isupper():
        return text  # an acronym, or iPhone
    if like[wanted : wanted + 1].isupper():
        return text[:start] + first.upper() + rest
    word = _WORD.match(text, start)
    if (
        like[wanted : wanted + 1].islower()
        and word
        and not re.search(rf"\b{re.escape(word.group())}\b", f"I {like}")
    ):
        return text[:start] + first.lower() + rest  # unless it is a name that the source has
    return text


def _first_letter(text: str) -> int:
    return len(text) - len(text.lstrip(_OPENERS))


def _ending(text: str) -> str:
    return _TERMINAL.search(text.rstrip(_CLOSERS)).group()
