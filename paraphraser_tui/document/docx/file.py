"""A Word document as it is read, and the file with other sentences in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from ...errors import InputError
from ..formats.model import Document
from . import styles
from .markup import Markup
from .package import Package
from .parts import Part, Reader

_CONTENT_TYPES = "/[content_types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = ("document.main", "template.main")
# In the order in which they are read.
_PARTS = (*_MAIN, "footnotes", "endnotes", "header", "footer")
_STYLES = "styles"
_MACROS = "macroenabled"


@dataclass(frozen=True)
class WordFile:
    """See `formats.model.File`.

    document: what is read of the file, a paragraph or a cell to a line.
    """

    data: bytes
    document: Document
    package: Package
    parts: tuple[Part, ...]

    def write(self, answers: Mapping[int, str]) -> bytes:
        """The file with these sentences in it, by their numbers in the document.

        One that its sentence refuses is left out. Raises IndexError for a sentence that is
        not there.
        """
        if any(not 0 <= number < len(self.document.segments) for number in answers):
            raise IndexError("no such segment")
        changed, first = {}, 0
        for part in self.parts:
            of_part = []
            for paragraph in part.paragraphs:
                numbers = range(len(paragraph.segments))
                of_part.append({n: answers[first + n] for n in numbers if first + n in answers})
                first += len(numbers)
            data = part.write(of_part)
            if data is not None:
                changed[part.name] = data
        return self.package.write(changed) if changed else self.data


def read(data: bytes) -> WordFile:
    """Read a DOCX; InputError if it is none, is damaged, holds macros or has a password."""
    package = Package(data)
    kinds = _kinds(package)
    found = styles.Styles()
    for name in kinds.get(_STYLES, ()):
        found = styles.read(Markup(package.read(name), name))
    reader = Reader(found)
    names = chain.from_iterable(kinds.get(kind, ()) for kind in _PARTS)
    parts = tuple(reader.part(Markup(package.read(name), name), name) for name in names)
    document = Document("".join(reader.text), tuple(reader.sentences))
    return WordFile(data, document, package, parts)


def _kinds(package: Package) -> dict[str, list[str]]:
    """The names of the parts that are of use, by what they are."""
    if _CONTENT_TYPES not in package.names:
        raise InputError("this ZIP file holds no Word document; DOCX was expected")
    by_name, by_ending = {}, {}
    for node in Markup(package.read(_CONTENT_TYPES), _CONTENT_TYPES).tree().children:
        type_ = node.attributes.get("ContentType", "").lower()
        by_name[node.attributes.get("PartName", "").lower()] = type_
        by_ending[node.attributes.get("Extension", "").lower()] = type_
    kinds: dict[str, list[str]] = {}
    for name in package.names:
        type_ = by_name.get(name, by_ending.get(name.rpartition(".")[2], ""))
        if _MACROS in type_ and type_.endswith("main+xml"):
            raise InputError("this Word document holds macros (DOCM); save it as DOCX")
        if type_.startswith(_WORD):
            kinds.setdefault(type_.removeprefix(_WORD).removesuffix("+xml"), []).append(name)
    if not any(main in kinds for main in _MAIN):
        raise InputError("this ZIP file holds no Word document; DOCX was expected")
    return kinds
