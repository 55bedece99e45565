"""Prompt injection and assistant chatter: text about the task, or aimed at a model.

A source that gives orders to a model is dropped whatever became of it. A target is
dropped for signs of a chat, a list, markup or an address that its source does not have.
"""

import re
from dataclasses import dataclass

from distill.records import Pair

from .verdict import Judge, Verdict, Workplace, each

_INJECTION = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|above|prior|earlier|your|all)\b
        .{0,30}\b(?:instructions?|prompts?|rules?|directions?|guidelines?)\b
    | \b(?:system|developer)\s+(?:prompt|message)\b
    | \byou\s+are\s+(?:now\s+)?(?:chatgpt|an?\s+(?:ai|language\s+model))\b
    | \bjailbreak\b | \bprompt\s+injection\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ROLES = re.compile(
    r"<\|[\w ]{1,30}\|>|\[/?INST\]|<<?/?SYS>?>|^\s*#{2,}\s"
    r"|^\s*(?:system|assistant|user|human|ai|input|output|answer|response)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_CHATTER = re.compile(
    r"""
    \bas\s+an?\s+(?:ai|artificial\s+intelligence|large\s+language\s+model|language\s+model)\b
    | \bI(?:'m|’m|\ am)\ (?:sorry|afraid|unable)\b.{0,60}\b(?:assist|help|provide|fulfil|rephrase
        |paraphrase|rewrite|comply|request)
    | \bI\ (?:can(?:not|'t|’t)|won(?:'t|’t))\ (?:assist|help\ (?:you\ )?with|fulfil|comply
        |paraphrase|rephrase|rewrite)
    | \b(?:here(?:'s|’s|\ is|\ are)|this\ is)\ (?:an?|the|my|your|some|one|\d+|five|three)
        \ (?:\w+\ ){0,3}(?:paraphrase|rephras|rewrite|rewritten|rewording|reworded|revised|version
        |alternative)
    | \b(?:re(?:phrased|worded|written|vised))\ (?:version|sentence|text|statement)s?\b
    | \bthe\ original\ (?:sentence|text|statement)\b
    | \bparaphras(?:e|es|ed|ing)\b | \b(?:rephrased|reworded)\ as\b
    | ^\s*(?:sure|certainly|of\ course|absolutely|okay)\s*[!,.:]\s
    | \blet\ me\ know\ if\b.{0,40}\b(?:help|else|changes|questions)
    | \b(?:hope\ this\ helps|feel\ free\ to\ ask)\b
    | \[(?:your|insert|name|company|date)\b[^\]]*\]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LIST_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+\S")
_MARKUP = re.compile(r"```|`|\*\*|</?[a-z]+[^>]*>|\{\s*\"|\\n|\$\$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’)]}/"
_QUOTED = re.compile(r"^[\"“'‘].*[\"”'’]$", re.DOTALL)


@dataclass(frozen=True)
class Chatter:
    """No settings but whether to look."""

    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(_look)


def _look(pair: Pair) -> Verdict | None:
    if found := _INJECTION.search(pair.src) or _INJECTION.search(pair.tgt):
        return Verdict("injection", found[0])
    for reason, pattern in _SIGNS.items():
        found = pattern.search(pair.tgt)
        if found and not pattern.search(pair.src):
            return Verdict(reason, found[0].strip())
    if "\n" in pair.tgt.strip() and "\n" not in pair.src.strip():
        return Verdict("lines")
    new = _addresses(pair.tgt) - _addresses(pair.src)
    return Verdict("address", min(new)) if new else None


def _addresses(text: str) -> set[str]:
    return {found.rstrip(_TRAILING) for found in _ADDRESS.findall(text)}


_SIGNS = {
    "role_marker": _ROLES,
    "chatter": _CHATTER,
    "list_item": _LIST_ITEM,
    "markup": _MARKUP,
    "quoted": _QUOTED,
}
