"""Names and acronyms, recognised by their capitals."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from .words import FUNCTION_WORDS, fold

IsWord = Callable[[str], bool]

# Words with dots, ampersands and hyphens inside: U.S, AT&T, COVID-19.
TOKEN = re.compile(r"[^\W_]+(?:[.'’&\-][^\W_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.:!?…]\s|--\s)[\"'“‘(\[]*$|[\"“‘(\[]$")
_LOOK_BACK = 8  # characters that tell whether a sentence starts
# Above this share of words in capitals a sentence shouts, and capitals say nothing about names.
SHOUTING = 0.6
_SHORTENED = frozenset("Jr Sr Inc Co Corp Ltd Bros Mr Mrs Ms Dr Prof St".split())
# Behind a first word these tell that it is a verb: "Preheat the oven".
_OBJECTS = frozenset("the a an your my our their his her its this that these those all it".split())


def names(text: str, is_word: IsWord | None = None) -> set[str]:
    """Words that are names or acronyms, without possessive endings.

    is_word tells whether a lower-case word is an ordinary one. It decides if the
    first word of a sentence is a name; without it a lone first word never is.
    """
    return {bare(match.group()) for match in _name_tokens(text, is_word)}


def whole_names(text: str, is_word: IsWord) -> list[tuple[int, int, bool]]:
    """Offsets of whole names ("El Paso"), and whether all their words are in the vocabulary."""
    return [
        (run[0].start(), _end(text, run[-1]), all(_is_known(bare(m.group()), is_word) for m in run))
        for run in _runs(text, _name_tokens(text, is_word))
    ]


def bare(token: str) -> str:
    """A token without a possessive ending."""
    return token.removesuffix("'s").removesuffix("’s")


def _end(text: str, last: re.Match[str]) -> int:
    """Where a name ends: the stop of "Jr." belongs to it, unless the sentence ends there."""
    end = last.start() + len(bare(last.group()))
    stopped = last.group() in _SHORTENED and text[end : end + 1] == "."
    return end + 1 if stopped and text[end + 1 :].strip("\"'”’) ") else end


def _runs(text: str, tokens: Iterator[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Tokens that stand side by side, but for a possessive between: "Turkey's Erdogan" are two."""
    runs: list[list[re.Match[str]]] = []
    for match in tokens:
        last = runs[-1][-1] if runs else None
        if last and text[last.start() + len(bare(last.group())) : match.start()] == " ":
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _name_tokens(text: str, is_word: IsWord | None) -> Iterator[re.Match[str]]:
    tokens = list(TOKEN.finditer(text))
    shouted = sum(m.group().isupper() and len(m.group()) > 1 for m in tokens)
    if shouted > SHOUTING * len(tokens):
        return
    for match, following in pairwise([*tokens, None]):
        if _is_name(text, match, following, is_word):
            yield match


def _is_name(
    text: str, match: re.Match[str], following: re.Match[str] | None, is_word: IsWord | None
) -> bool:
    word = bare(match.group())
    if not any(map(str.isupper, word)) or fold(word) in FUNCTION_WORDS:
        return False
    if any(map(str.isupper, word[1:].replace("-", ""))) or any(map(str.isdigit, word)):
        return True
    if not _SENTENCE_START.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
        return True
    if is_word is not None:
        verb = following is not None and following.group() in _OBJECTS and word == match.group()
        return not verb and not is_word(word.lower())
    # Two capitals in a row at the start: a name, but for adverbs ("Suddenly Mary left").
    return (
        following is not None
        and following.group()[0].isupper()
        and fold(following.group()) not in FUNCTION_WORDS
        and not word.endswith("ly")
        and text[match.end() : following.start()] == " "
    )


def _is_known(word: str, is_word: IsWord) -> bool:
    return all(is_word(part) for part in re.split(r"[-.]", word) if part)
