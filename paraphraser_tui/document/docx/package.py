"""The ZIP file that a Word document is: parts are read within limits, and some are replaced.

What is not replaced is copied as it lies in the file, packed and with its headers.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from ...errors import InputError
from ...text.sanitize import one_line

# Of all parts that are read, together: 64 MiB are some ten thousand pages.
MAX_UNPACKED = 64 << 20

# What begins an old Word document, and a DOCX with a password.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_FILE = b"PK\x03\x04"

_HEADER = struct.Struct("<4s5H3L2H")  # before each member
_ENTRY = struct.Struct("<4s6H3L5H2L")  # of each member in the list at the end of the file
_END = struct.Struct("<4s4H2LH")  # behind that list
_HEADER_MARK, _ENTRY_MARK, _END_MARK = ZIP_FILE, b"PK\x01\x02", b"PK\x05\x06"
_ZIP64_MARK, _ZIP64_SIZE = b"PK\x06\x07", 20
_ENCRYPTED, _SIZES_FOLLOW = 1 << 0, 1 << 3
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile raises for a file that is not as it should be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError
)  # fmt: skip
_DAMAGED = "this DOCX is damaged; open it in a word processor and save it again"


class _Fields(NamedTuple):
    """A member's entry, as the ZIP format orders it."""

    mark: bytes
    made_by: int
    version: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    unpacked: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    inner_attributes: int
    outer_attributes: int
    offset: int


@dataclass(frozen=True)
class _Member:
    fields: _Fields
    name: bytes
    rest: bytes  # extra fields and comment
    info: zipfile.ZipInfo


class Package:
    """The parts of a DOCX by their names, which begin with a slash; case does not matter."""

    def __init__(self, data: bytes) -> None:
        """Raises InputError for a file that is no ZIP, is damaged, or has a password."""
        if data.startswith(COMPOUND_FILE):
            raise InputError(
                "this is an old Word document (DOC) or one with a password; "
                "save it as DOCX without a password"
            )
        self._data = data
        self._left = MAX_UNPACKED
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._members, self._list = self._read_list()
        except _DAMAGE:
            raise InputError(_DAMAGED) from None
        self._by_name = {_part_name(m.info): m for m in self._members}
        if len(self._by_name) < len(self._members):
            raise InputError(_DAMAGED)

    @property
    def names(self) -> list[str]:
        """Of all parts, in the order of the file and in lower case."""
        return list(self._by_name)

    def read(self, name: str) -> bytes:
        """A part.

        Raises KeyError if there is none, InputError if it is damaged or encrypted, or if the
        parts that were read are too large together.
        """
        info = self._by_name[name].info
        if info.flag_bits & _ENCRYPTED:
            raise InputError("this DOCX is encrypted; save it without a password")
        try:
            if info.compress_type not in _METHODS:
                raise zipfile.BadZipFile
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except _DAMAGE:
            raise InputError(f"{_DAMAGED} ({one_line(name)} cannot be unpacked)") from None
        if len(data) > self._left:
            raise InputError(
                f"this DOCX unpacks to more than {MAX_UNPACKED >> 20} MiB of text; divide it"
            )
        self._left -= len(data)
        return data

    def write(self, parts: Mapping[str, bytes]) -> bytes:
        """The file with other contents of some parts."""
        new = {self._by_name[name].fields.offset: data for name, data in parts.items()}
        in_order = sorted(self._members, key=lambda m: m.fields.offset)
        ends = [m.fields.offset for m in in_order[1:]] + [self._list]
        out = bytearray()
        entries = {}
        for member, end in zip(in_order, ends, strict=True):
            start, fields = member.fields.offset, member.fields._replace(offset=len(out))
            if start in new:
                fields, packed = _packed(member, fields, new[start])
                out += packed
            else:
                out += self._data[start:end]
            entries[start] = _ENTRY.pack(*fields) + member.name + member.rest
        place = len(out)
        for member in self._members:
            out += entries[member.fields.offset]
        end = self._data.rfind(_END_MARK)
        *counts, _, _, comment_length = _END.unpack_from(self._data, end)
        out += _END.pack(*counts, len(out) - place, place, comment_length)
        return bytes(out + self._data[end + _END.size :])

    def _read_list(self) -> tuple[list[_Member], int]:
        """All members, and the offset of the list that names them."""
        data = self._data
        end = data.rfind(_END_MARK)
        *_, size, start, _ = _END.unpack_from(data, end)
        has_zip64 = data.startswith(_ZIP64_MARK, end - _ZIP64_SIZE)
        if has_zip64 or start + size != end:
            raise zipfile.BadZipFile
        place, out = start, []
        for info in self._zip.infolist():
            fields = _Fields(*_ENTRY.unpack_from(data, place))
            name = place + _ENTRY.size
            rest = name + fields.name_length
            place = rest + fields.extra_length + fields.comment_length
            out.append(_Member(fields, data[name:rest], data[rest:place], info))
            has_header = data.startswith(_HEADER_MARK, fields.offset)
            if fields.mark != _ENTRY_MARK or fields.offset >= start or not has_header:
                raise zipfile.BadZipFile
        if place != end or len({m.fields.offset for m in out}) < len(out):
            raise zipfile.BadZipFile
        return out, start


def _packed(member: _Member, fields: _Fields, data: bytes) -> tuple[_Fields, bytes]:
    """The entry and the bytes of a member with these contents."""
    body = data
    if fields.method == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        body = packer.compress(data) + packer.flush()
    fields = fields._replace(
        flags=fields.flags & ~_SIZES_FOLLOW,
        crc=zlib.crc32(data),
        packed=len(body),
        unpacked=len(data),
    )
    header = _HEADER.pack(_HEADER_MARK, *fields[2:10], len(member.name), 0)
    return fields, header + member.name + body


def _part_name(info: zipfile.ZipInfo) -> str:
    return "/" + info.filename.replace("\\", "/").lstrip("/").lower()
