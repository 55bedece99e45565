"""What a paraphrase must not do, told apart with code of its own, not the engine's guards.

Plain and strict: every check compares what simple patterns find on both sides. Some findings
are harmless (a name that became a pronoun's antecedent, "won't" for "refuses to"): read them.

    paraphrase --format jsonl < text | python benchmarks/violations.py
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable

EXAMPLES = 3
DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
NEGATION = re.compile(
    r"(?i)\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot)\b|n't\b"
)
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")
NAME = re.compile(r"(?<![.!?:] )(?<![.!?:]\" )(?<=[\w,;'\"(-] )[A-Z][\w'-]*[a-z0-9]|\b[A-Z]{2,}\b")
SPEAKER = re.compile(r"(?i)\b(?:i|me|my|mine|we|us|our|ours)\b")
LISTENER = re.compile(r"(?i)\byou(?:r|rs)?\b")
REPEATED = re.compile(r"(?i)\b(\w{3,}(?: \w+){0,3}) \1\b")


def _stems(found: list[str]) -> set[str]:
    """Names without possessives and plurals."""
    return {re.sub(r"(?:'s|s'|s)$", "", name.strip("'-")).lower() for name in found}


def _numbers(source: str, target: str) -> bool:
    return Counter(DIGITS.findall(source)) != Counter(DIGITS.findall(target))


def _negation(source: str, target: str) -> bool:
    return bool(NEGATION.search(source)) != bool(NEGATION.search(target))


def _addresses(source: str, target: str) -> bool:
    return Counter(ADDRESS.findall(source)) != Counter(ADDRESS.findall(target))


def _names(source: str, target: str) -> bool:
    known = _stems(re.findall(r"[\w'-]+", target))
    lost = {n for n in _stems(NAME.findall(source)) if n not in known}
    words = _stems(re.findall(r"[\w'-]+", source))
    new = {n for n in _stems(NAME.findall(target)) if n not in words}
    return bool(lost or new)


def _question(source: str, target: str) -> bool:
    return source.rstrip("\"' )").endswith("?") != target.rstrip("\"' )").endswith("?")


def _persons(source: str, target: str) -> bool:
    return any(bool(p.search(source)) != bool(p.search(target)) for p in (SPEAKER, LISTENER))


def _brackets(source: str, target: str) -> bool:
    return any(source.count(sign) != target.count(sign) for sign in "()[]{}")


def _quotes(source: str, target: str) -> bool:
    return source.count('"') != target.count('"')


def _loops(source: str, target: str) -> bool:
    return bool(REPEATED.search(target)) and not REPEATED.search(source)


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "numbers": _numbers,
    "negation": _negation,
    "addresses": _addresses,
    "names": _names,
    "question": _question,
    "persons": _persons,
    "brackets": _brackets,
    "quotes": _quotes,
    "loops": _loops,
}


def violations(source: str, target: str) -> list[str]:
    """The kinds of violation found in a pair."""
    plain = str.maketrans("“”‘’", "\"\"''")
    source, target = source.translate(plain), target.translate(plain)
    return [name for name, broken in CHECKS.items() if broken(source, target)]


def main() -> None:
    """Count violations in the command's JSON Lines, over all variants."""
    counts: Counter[str] = Counter()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    pairs = 0
    for line in sys.stdin:
        row = json.loads(line)
        for variant in row["variants"]:
            pairs += 1
            for kind in violations(row["source"], variant["text"]):
                counts[kind] += 1
                examples[kind].append(f"< {row['source']}\n> {variant['text']}")
    print(f"{pairs} variants, {sum(counts.values())} violations")
    for kind, count in counts.most_common():
        print(f"\n{kind}: {count}", *examples[kind][:EXAMPLES], sep="\n")


if __name__ == "__main__":
    main()
