"""The ZIP file around a Word document: what is copied, and what is refused."""

import io
import struct
import zipfile

import pytest
from docx_samples import W, content_types, docx, paragraph, unpacked, xml, zipped

from paraphraser_tui.document.docx import package
from paraphraser_tui.document.docx.markup import MAX_DEPTH
from paraphraser_tui.document.formats import Format, read
from paraphraser_tui.errors import InputError

IT = paragraph("It is so.")
ENTRY, FLAGS_OF_ENTRY = b"PK\x01\x02", 8


def refused(data):
    with pytest.raises(InputError) as error:
        read(data, Format.DOCX)
    message = str(error.value)
    assert message.isprintable()  # one line, nothing for a terminal
    return message


def odd_zip():
    """Stored and packed members, with dates, comments, extra fields and sizes behind the data."""
    out = io.BytesIO()
    extra = struct.pack("<HH4s", 0xCAFE, 4, b"abcd")
    members = unpacked(docx(IT)) | {"word/": b"", "docProps/app.xml": b"<x/>"}

    class Pipe(io.RawIOBase):  # cannot go back, so sizes follow
        def writable(self):
            return True

        def write(self, data):
            return out.write(data)

    with zipfile.ZipFile(Pipe(), "w") as file:
        file.comment = b"The end is here."
        for n, (name, data) in enumerate(members.items()):
            info = zipfile.ZipInfo(name, (1990 + n, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_STORED if n % 2 else zipfile.ZIP_DEFLATED
            info.extra, info.comment, info.external_attr = extra, b"c%d" % n, 0o640 << 16
            file.writestr(info, data)
    return out.getvalue()


def raw(data):
    """Every member's packed bytes with the header before them."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        infos = file.infolist()
        ends = [i.header_offset for i in infos[1:]] + [file.start_dir]
        return {i.filename: data[i.header_offset : e] for i, e in zip(infos, ends, strict=True)}


def test_members_that_do_not_change_are_copied():
    before = odd_zip()
    after = read(before).write({0: "So it is."})
    old, new = raw(before), raw(after)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    assert list(old) == list(new)
    with zipfile.ZipFile(io.BytesIO(before)) as a, zipfile.ZipFile(io.BytesIO(after)) as b:
        assert b.testzip() is None
        assert b.comment == a.comment
        for one, other in zip(a.infolist(), b.infolist(), strict=True):
            for what in "filename date_time compress_type comment extra external_attr".split():
                assert getattr(one, what) == getattr(other, what)
        assert b.read("word/document.xml") == a.read("word/document.xml").replace(
            b"It is so", b"So it is"
        )


def test_without_a_document_part():
    for members in (
        {},
        {"a.txt": "It is so."},
        {"[Content_Types].xml": "<Types/>"},
        {
            "[Content_Types].xml": content_types(document="application/x"),
            "word/document.xml": "<x/>",
        },
        {"[Content_Types].xml": content_types()},
    ):
        assert "no Word document" in refused(zipped(members))


def test_macros():
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = zipped(
        {"[Content_Types].xml": content_types(document=kind), "word/document.xml": "<x/>"}
    )
    assert "DOCM" in refused(data)


def test_passwords_and_old_documents():
    assert "password" in refused(package.COMPOUND_FILE + bytes(100))
    assert "password" in refused(_with_flags(docx(IT), 1))


def _with_flags(data, flags):
    """All members in the list are marked so."""
    out = bytearray(data)
    place = out.find(ENTRY)
    while place >= 0:
        out[place + FLAGS_OF_ENTRY] |= flags
        place = out.find(ENTRY, place + 1)
    return bytes(out)


def test_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(package, "MAX_UNPACKED", 1 << 20)
    bomb = docx("", document=xml("document", " " * (1 << 20)))
    assert len(bomb) < 1 << 14
    assert "more than 1 MiB" in refused(bomb)
    # Each part is small enough, but not all of them.
    footnotes = xml("footnotes", " " * (1 << 19))
    many = docx("", document=xml("document", " " * (1 << 19)), footnotes=footnotes)
    assert "more than 1 MiB" in refused(many)
    # What is not read does not count.
    assert read(docx(IT, media=" " * (1 << 21))).document.segments


@pytest.mark.parametrize(
    "document, says",
    [
        (
            f'<!DOCTYPE w [<!ENTITY a "It is.">]><w:document xmlns:w="{W}">&a;</w:document>',
            "entities",
        ),
        ('<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>', "entities"),
        ("<w:document/>", "no valid XML"),
        ("", "no valid XML"),
        (xml("document", "<w:p>&b;</w:p>"), "no valid XML"),
        (xml("document", "</w:p>"), "no valid XML"),
        (xml("document", "<w:p>").encode() + b"\xff\xfe", "no valid XML"),
        (xml("document", "It is so.").encode("utf-16-le"), "no valid XML"),
        (xml("document", "<w:p>" * (MAX_DEPTH + 1)), "too deeply"),
        (xml("document", "<w:p/><w:p>\x00</w:p>"), "no valid XML"),
    ],
)
def test_dangerous_and_broken_xml(document, says):
    assert says in refused(docx("", document=document))


def test_a_bad_name_is_not_shown_as_it_is():
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    types = content_types(**{"\x1b]0;a": kind}).replace("\x1b", "&#x9b;")
    named = types.replace('PartName="/word/&#x9b;]0;a.xml"', 'PartName="/word/a\u202eb.xml"')
    data = zipped(unpacked(docx(IT)) | {"[Content_Types].xml": named, "word/a\u202eb.xml": "<x>"})
    message = refused(data)
    assert "\u202e" not in message
    assert "no valid XML" in message


@pytest.mark.parametrize("size", [0, 3, 30, 200, -1, -22, -60])
def test_cut_off_files(size):
    assert "damaged" in refused(docx(IT)[:size])


def test_damaged_packed_data():
    data = bytearray(docx(IT))
    place = data.index(b"word/document.xml") + 40
    data[place : place + 20] = bytes(20)
    assert "damaged" in refused(bytes(data))


def test_two_parts_of_one_name():
    out = io.BytesIO(docx(IT))
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning):
        file.writestr("word/document.xml", b"<x/>")
    assert "damaged" in refused(out.getvalue())


def test_packed_by_another_method():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as file:
        for name, data in unpacked(docx(IT)).items():
            file.writestr(name, data)
    assert "damaged" in refused(out.getvalue())


def test_something_before_the_file():
    assert "damaged" in refused(b"#!/bin/sh\n" + docx(IT))
