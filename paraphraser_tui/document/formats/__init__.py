"""Documents of several formats as segments of prose; what is no prose stays byte for byte.

>>> document = parse("# Title\\n\\nSome *plain* words here.\\n", Format.MARKDOWN)
>>> document.segments[0].source
'Some plain words here.'
>>> document.write({0: "Here are some plain words."})
'# Title\\n\\nHere are some *plain* words.\\n'
"""

from .detect import Format, by_content, by_name, parse, read
from .model import Document, File, Part, Segment
from .stream import parts

__all__ = [
    "Document",
    "File",
    "Format",
    "Part",
    "Segment",
    "by_content",
    "by_name",
    "parse",
    "parts",
    "read",
]
