"""Whether a line is program code, a command, a log line or markup rather than prose."""

import re

from .words import FUNCTION_WORDS

CODE_SHARE = 0.4  # of the words that code is made of

LINK = re.compile(r"(?:(?:https?|ftp|file)://|www\.)\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
BACKTICKED = re.compile(r"`[^`]*`")
_CODE_CHAR = re.compile(r"[{}<>=_\\|;(\[&*^:+!%]|^-")
# What only code begins with.
_CODE_LINE = re.compile(
    r"""
    \$\ [a-z./]|>>>|[A-Z]:\\.*>|\#!                      # prompts
    |<[/!?]?[a-zA-Z][^<>]*>                              # a tag first
    |[{\[]?\s*"[\w\-]+"\s*:\s*["\d\[{tfn\-]              # JSON
    |\#(?:include|define|ifdef|pragma)\b|@\w+(?:\(|$)
    |\\(?:begin|end|section|item|frac|usepackage|documentclass|cite|label)\b
    |(?:Traceback\ \(most|File\ ".*",\ line\ \d|at\ [\w.$<>]+\()
    |\[?\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d:\d\d               # logs
    |[a-z][a-z\-]*:\s[^.!?]{1,30};$                      # CSS
    |from\ [\w.]+\ import\ |import\ [\w.]+(?:\ as\ \w+)?;?$|import\ .+\ from\ ["']
    """,
    re.VERBOSE,
)
_COMMAND = re.compile(
    r"(?:sudo|pip3?|npm|npx|git|apt|apt-get|curl|wget|docker|brew|cargo|ssh|chmod|kubectl|cd|mkdir"
    r"|python3?|echo|export) .*[^.!?]$"
)
_SQL = re.compile(
    r"(?:SELECT\b.*\bFROM|INSERT INTO|UPDATE\b.*\bSET|DELETE FROM|(?:CREATE|ALTER|DROP) TABLE)\b"
)
_CODE_START = re.compile(
    r"(?:def|class|for|while|if|elif|else|return|const|let|var|func|function|fn|public|private"
    r"|static|void|int|struct|try|except|catch|with|switch|package|using|echo|export|print)\b"
)
_CODE_ENDS = ("{", "}", ":", ";", ")", "]")
# A word of code: operators, calls, snake_case, indexing, pointers, markup.
_CODE_WORD = re.compile(
    r"[=<>+*&|!:^]+$|\S*(?:==|!=|:=|=>|->|::|&&|\|\||\+=|</|/>|\$\{|\{\{|[\w)]=[\w\"'(\[{$/]"
    r"|[A-Za-z]_[A-Za-z]|\w\(|\w\[|[(\[]\w*[\])]?[;{]|[\w)\]\"']\);|[{}]|\\[a-z]+|^--?[a-z]"
    r"|\w\.\w+\()"
)
# "member(s)" and a lone bracketed word, which look like code and are prose.
_PROSE_WORD = re.compile(r"\w+\((?:s|es|ies|ren)\)|^[\"'“]?\(?\w+\)?[.,;:\"'”]*$")


def is_code(text: str) -> bool:
    """Whether a line, trimmed, is no prose; code in backticks inside a sentence does not count."""
    if _SQL.match(text) or _CODE_LINE.match(text):
        return True
    if _COMMAND.match(text) and FUNCTION_WORDS.isdisjoint(text.split()):
        return True
    parts = LINK.sub("Link", BACKTICKED.sub("Code", text)).split()
    suspects = [p for p in parts if _CODE_CHAR.search(p)]
    code = sum(bool(_CODE_WORD.match(p)) and not _PROSE_WORD.match(p) for p in suspects)
    if code and _CODE_START.match(text) and text.endswith(_CODE_ENDS):
        return True
    return bool(code) and code >= CODE_SHARE * len(parts)
