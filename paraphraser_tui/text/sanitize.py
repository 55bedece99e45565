"""Make text from outside safe to show in a terminal.

Documents, model output and file names may carry escape sequences that move
the cursor, set the window title or write to the clipboard, and bidirectional
overrides that hide what a line says. Each such character maps to one visible
character, so offsets stay the same.
"""

_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"
_KEEP = {"\t", "\n"}
_C0_END, _DEL, _C1_END = 0x20, 0x7F, 0xA0
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_TABLE = {c: chr(_CONTROL_PICTURES + c) for c in range(_C0_END) if chr(c) not in _KEEP}
_TABLE[_DEL] = _DELETE_PICTURE
_TABLE |= dict.fromkeys(range(_DEL + 1, _C1_END), _REPLACEMENT)
_TABLE |= {ord(c): _REPLACEMENT for c in _BIDI}


def for_display(text: str) -> str:
    """Same length as `text`; line feeds and tabs stay, other control characters become visible."""
    # Most text is harmless, and looking a table up takes a while for what is not ASCII.
    return text if text.isprintable() else text.translate(_TABLE)


def one_line(text: str) -> str:
    """Like `for_display`, with line feeds and tabs made visible too."""
    return for_display(text).replace("\n", "\u240a").replace("\t", "\u2409")
