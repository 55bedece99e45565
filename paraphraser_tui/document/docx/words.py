"""Where a change of the formatting falls inside a word, the word is one piece."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ..formats.tokens import Role
from .items import Item

_WORD = re.compile(r"\w+")


def bits(items: Sequence[Item]) -> Iterator[Item]:
    """Words, and blanks beside them; code, and words in several looks, in one piece."""
    cut_up = (bit for item in items for bit in _split(item))
    for is_code, group in groupby(cut_up, _is_code):
        if is_code:
            yield from _code(list(group))
            continue
        for is_word, part in groupby(group, _is_word):
            word = list(part)
            if is_word and _is_mixed(word):
                yield _joined(word, Role.TEXT)
            else:
                yield from word


def _split(item: Item) -> Iterator[Item]:
    """Its first and its last word, which may go on in other runs, what is between, and blanks."""
    if item.role is not Role.TEXT or item.look is None or item.xml != item.value:
        yield item
        return
    words = item.xml.strip()
    first, last = _WORD.match(words), _WORD.match(words[::-1])
    begin = item.xml.index(words)
    end = begin + len(words)
    cuts = [0, begin, begin + (first.end() if first else 0), end - (last.end() if last else 0), end]
    for start, stop in pairwise([*sorted(cuts), len(item.xml)]):
        if start < stop:
            yield replace(item, xml=item.xml[start:stop], value=item.xml[start:stop])


def _is_code(item: Item) -> bool:
    return item.role is Role.TEXT and item.look is not None and item.look.code


def _is_word(item: Item) -> bool:
    if item.role is not Role.TEXT or item.look is None:
        return False
    return item.joins or bool(_WORD.fullmatch(item.value))


def _is_mixed(word: list[Item]) -> bool:
    return len({bit.look.key for bit in word}) > 1 or any(bit.joins for bit in word)


def _code(bits: list[Item]) -> Iterator[Item]:
    """Code in one piece, and the blanks around it, which are none."""
    start = next((n for n, bit in enumerate(bits) if bit.value.strip()), len(bits))
    end = next((n for n in range(len(bits), start, -1) if bits[n - 1].value.strip()), start)
    yield from bits[:start]
    if start < end:
        yield _joined(bits[start:end], Role.ATOM)
    yield from bits[end:]


def _joined(bits: list[Item], role: Role) -> Item:
    value = "".join(bit.value for bit in bits)
    role = role if value else Role.PINNED
    return Item(
        role, "", value, None, bits[0].first, bits[-1].last,
        inside=tuple(bits), firm=role is Role.TEXT,
    )  # fmt: skip
