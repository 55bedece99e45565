"""What is read of Word documents, and what they are with another sentence in place."""

import io
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from docx_samples import BOLD, FIELD, NOTE, W, body, docx, paragraph, run, unpacked, xml

from paraphraser_tui.document.formats import Format, by_content, by_name, parse, read
from paraphraser_tui.errors import InputError

LIBREOFFICE = Path(__file__).parent / "data" / "libreoffice.docx"


def sources(data):
    return [segment.source for segment in read(data).document.segments]


def replaced(data, answer, number=0):
    return read(data).write({number: answer})


@pytest.mark.parametrize(
    "name, kind",
    [
        ("a.docx", Format.DOCX), ("A.DOCX", Format.DOCX), ("a.docm", Format.DOCX),
        ("docx", Format.PLAIN), ("a.docx.txt", Format.PLAIN),
    ],
)  # fmt: skip
def test_the_name_tells_the_format(name, kind):
    assert by_name(name) is kind


def test_the_first_bytes_tell_the_format():
    assert by_content(docx("")[:8]) is Format.DOCX
    assert by_content(b"PK is no ZIP file.") is None
    assert by_content(b"") is None


def test_only_docx_is_no_text():
    assert [kind for kind in Format if not kind.is_text] == [Format.DOCX]
    with pytest.raises(InputError, match="no DOCX"):
        parse("It is text.", Format.DOCX)


def test_text_formats_are_files_too():
    file = read("\ufeff# Café\r\n\r\nIt is *so*.\r\n".encode(), Format.MARKDOWN)
    assert [s.source for s in file.document.segments] == ["It is so."]
    assert file.write({0: "Here is so."}) == "\ufeff# Café\r\n\r\nHere is *so*.\r\n".encode()
    assert read(b"It is.").write({}) == b"It is."
    latin = read("Café is here.".encode("latin-1"), Format.PLAIN, "latin-1")
    assert latin.write({0: "Here is a café."}) == "Here is a café.".encode("latin-1")
    # What the encoding cannot store is left out.
    assert latin.write({0: "Here is a ☕."}) == "Café is here.".encode("latin-1")


# --- what is prose


def made_by_python_docx():
    document = python_docx.Document()
    document.add_heading("The title is here.", 0)
    document.add_heading("A heading is here.", 2)
    first = document.add_paragraph("We saw ")
    first.add_run("nobody").bold = True
    first.add_run(" in the old house.")
    first.add_run(" Then we left & went home.").italic = True
    document.add_paragraph("The first task is to do.", style="List Bullet")
    document.add_paragraph("A caption of the figure is here.", style="Caption")
    table = document.add_table(2, 2)
    table.cell(0, 1).text = "This cell has a sentence."
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "This one is in a table in a table."
    document.sections[0].header.paragraphs[0].text = "The header is here."
    document.sections[0].footer.paragraphs[0].text = "The footer is here."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_sentences_of_a_document():
    assert sources(made_by_python_docx()) == [
        "We saw nobody in the old house.",
        "Then we left & went home.",
        "The first task is to do.",
        "A caption of the figure is here.",
        "This cell has a sentence.",
        "This one is in a table in a table.",
        "The header is here.",
        "The footer is here.",
    ]


def test_a_new_sentence_changes_only_its_runs():
    before = made_by_python_docx()
    after = replaced(before, "In the old house we saw nobody.")
    old, new = unpacked(before), unpacked(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    a, b = (python_docx.Document(io.BytesIO(data)) for data in (before, after))
    assert [p.style.name for p in a.paragraphs] == [p.style.name for p in b.paragraphs]
    changed = [
        q.text for p, q in zip(a.paragraphs, b.paragraphs, strict=True) if p._p.xml != q._p.xml
    ]
    assert changed == ["In the old house we saw nobody. Then we left & went home."]
    (runs,) = (p.runs for p in b.paragraphs if p.text == changed[0])
    assert [(r.text, r.bold, r.italic) for r in runs] == [
        ("In the old house we saw ", None, None),
        ("nobody", True, None),
        (".", None, None),
        (" Then we left & went home.", None, True),
    ]
    assert [t._tbl.xml for t in a.tables] == [t._tbl.xml for t in b.tables]


def test_all_parts_are_written():
    file = read(made_by_python_docx())
    new = {n: s.source.replace(" is ", " seems ") for n, s in enumerate(file.document.segments)}
    again = read(file.write(new))
    assert [s.source for s in again.document.segments] == list(new.values())
    document = python_docx.Document(io.BytesIO(file.write(new)))
    assert document.sections[0].header.paragraphs[0].text == "The header seems here."


def test_nothing_new_is_the_same_bytes():
    data = made_by_python_docx()
    file = read(data)
    same = {n: s.source for n, s in enumerate(file.document.segments)}
    for answers in ({}, same, {0: ""}, {0: "We saw him."}):
        assert file.write(answers) == data


def test_numbers_of_sentences_are_checked():
    with pytest.raises(IndexError):
        read(docx(paragraph("It is so."))).write({1: "So it is."})


def test_the_text_that_is_read():
    data = docx(paragraph("A heading.", style="H") + paragraph("It is ", run("so", BOLD), ". Yes!"))
    document = read(data).document
    assert document.text == "A heading.\nIt is so. Yes!\n"
    assert [document.text[s.start : s.end] for s in document.segments] == ["It is so.", "Yes!"]
    # A diff of what is read needs no formatting.
    assert document.write({0: "Here is so."}) == "A heading.\nHere is so. Yes!\n"


def test_notes_follow_the_body():
    note = paragraph("<w:r><w:footnoteRef/></w:r>", " A note is here.")
    notes = xml("footnotes", f'<w:footnote w:id="2">{note}</w:footnote>')
    data = docx(paragraph("It is so", NOTE.format(2), "."), footnotes=notes)
    assert sources(data) == ["It is so.", "A note is here."]
    after = unpacked(replaced(data, "Here is a note.", 1))
    assert after["word/footnotes.xml"].decode() == notes.replace("A note is here", "Here is a note")


TRACKED = '<w:ins w:id="1" w:author="A"><w:r><w:t> really</w:t></w:r></w:ins>'
CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
ALTERNATIVES = (
    "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
    "</mc:AlternateContent>"
)
IT = paragraph("It is so.")
OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    "inside",
    [
        paragraph("It is a heading.", style="H"),
        paragraph("It is based on one.", style="H2"),
        paragraph("It has the level of one.", style="O"),
        '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>It is so.</w:t></w:r></w:p>',
        paragraph("It is code.", style="C"),
        paragraph(run("It is code.", '<w:rStyle w:val="V"/>')),
        paragraph("It is", TRACKED, " changed."),
        paragraph("It was", "<w:del><w:r><w:delText> not</w:delText></w:r></w:del>", " so."),
        paragraph("<w:r><w:rPr><w:rPrChange/></w:rPr><w:t>It is so.</w:t></w:r>"),
        '<w:p><w:pPr><w:rPr><w:ins w:id="1"/></w:rPr></w:pPr><w:r><w:t>It is so.</w:t></w:r></w:p>',
        CONTROL.format("<w:dataBinding/>", IT),
        CONTROL.format("<w:docPartObj/>", f"<w:tbl><w:tr><w:tc>{IT}</w:tc></w:tr></w:tbl>"),
        ALTERNATIVES.format(IT),
        paragraph(f"<w:r>{ALTERNATIVES.format(f'<w:txbxContent>{IT}</w:txbxContent>')}</w:r>"),
        paragraph(OPEN_FIELD.format("begin"), "It is so.")
        + IT + paragraph("It is so.", OPEN_FIELD.format("end")),
        paragraph(f'<w:hyperlink>{OPEN_FIELD.format("begin")}</w:hyperlink>', "It is so.",
                  OPEN_FIELD.format("end")),
        paragraph(run("It is so.", "<w:vanish/>")),
        paragraph("It is <!-- not -->so."),
        paragraph("<w:r><w:t><![CDATA[It is so.]]></w:t></w:r>"),
        paragraph("It is ", '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', " so."),
        paragraph("It is ", "<w:r><w:object/></w:r>", " so."),
        paragraph("It is ", "<m:oMathPara><m:oMath/></m:oMathPara>", " so."),
        paragraph("It is ", "<w:unknown>not </w:unknown>", "so."),
        paragraph("The very long ", run("first one. And", BOLD), " another one that is long."),
        paragraph(FIELD.format("It is so.")),
        paragraph("123, 45."),
        "<w:p/>",
    ],
)  # fmt: skip
def test_what_is_left_alone(inside):
    data = docx(inside)
    assert sources(data) == []


def test_a_control_that_is_not_bound_is_read():
    assert sources(docx(CONTROL.format('<w:alias w:val="x"/>', IT))) == ["It is so."]


def test_styles_in_a_circle_are_read():
    assert sources(docx(paragraph("It is so.", style="X"))) == ["It is so."]


@pytest.mark.parametrize(
    "children, freeze",
    [
        (["It is ", run("so", BOLD), "."], ("so",)),
        (["The H", run("2", "<w:vertAlign w:val='subscript'/>"), "O is here."], ("H2O",)),
        (["An e", "<w:r><w:noBreakHyphen/></w:r>", "mail is here."], ("e\u2011mail",)),
        (["The co", "<w:r><w:softHyphen/></w:r>", "op is here."], ("coop",)),
        (["In ", FIELD.format("Figure 3"), " it is so."], ("Figure 3",)),
        (["In ", '<w:fldSimple w:instr="REF x"><w:r><w:t>Table 1</w:t></w:r></w:fldSimple>',
          " it is so."], ("Table 1",)),
        (["With ", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", " it is so."], ("$x=1$",)),
        (["Set ", run("a. B ", "<w:rStyle w:val='V'/>"), run("c", "<w:rStyle w:val='V'/>"),
          " here."], ("`a. B c`",)),
        (["This", NOTE.format(2), " is so."], ("This",)),
        (["It is so", '<w:r><w:t xml:space="preserve"> here</w:t></w:r>', "."], ()),
        (["It is ", run("so", '<w:lang w:val="en-GB"/>'), "."], ()),
        ([run("It is so", BOLD), "."], ()),
        (["It is so", run(".", BOLD)], ()),
    ],
)  # fmt: skip
def test_what_a_paraphrase_must_keep(children, freeze):
    (segment,) = read(docx(paragraph(*children))).document.segments
    assert segment.freeze == freeze


# --- what is written

SUPER = '<w:vertAlign w:val="superscript"/>'
LINK = '<w:hyperlink r:id="rId7" xmlns:r="r"><w:r><w:t>the old house</w:t></w:r></w:hyperlink>'
START, END = '<w:bookmarkStart w:id="1" w:name="a"/>', '<w:bookmarkEnd w:id="1"/>'
BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    "children, answer, written",
    [
        (["It is so. We left."], "So it is.", ["So it is. We left."]),
        (["We left. It is so."], "Left we have.", ["Left we have. It is so."]),
        # The runs of one look become one; what Word finds out again is not kept.
        (["It ", '<w:proofErr w:type="spellStart"/>', "is", "<w:r><w:lastRenderedPageBreak/></w:r>",
          " so."], "So it is.", ["So it is."]),
        (["We saw ", run("nobody", BOLD), " there."], "There we saw nobody.",
         ["There we saw ", run("nobody", BOLD), "."]),
        (["We saw ", run("nobody ", BOLD), "there."], "Nobody was seen.", None),
        (["We saw ", run("nobody", BOLD), " there."], "There was no person.", None),
        (["We ", run("saw", BOLD), run(" nobody", "<w:i/>"), " there."], "There nobody we saw.",
         ["There ", run("nobody", "<w:i/>"), " we ", run("saw", BOLD), "."]),
        ([run("It is cold. ", BOLD), "We left."], "The air is icy.",
         [run("The air is icy. ", BOLD), "We left."]),
        (["We left. ", run("It is cold.", BOLD)], "The two of us left.",
         ["The two of us left. ", run("It is cold.", BOLD)]),
        (["In the 19", run("th", SUPER), " century it was so."], "It was so in the 19th century.",
         ["It was so in the 19", run("th", SUPER), " century."]),
        (["In ", LINK, " we saw him."], "We saw him in the old house.",
         ["We saw him in ", LINK, "."]),
        (["In ", LINK, " we saw him."], "We saw him in that house.", None),
        ([LINK, " is big."], "It is big, the old house.", ["It is big, ", LINK, "."]),
        (["In ", FIELD.format("3"), " it is so."], "It is so in 3.",
         ["It is so in ", FIELD.format("3"), "."]),
        (["One fact", NOTE.format(2), " is old."], "Old is one fact.",
         ["Old is one fact", NOTE.format(2), "."]),
        (["It is old", NOTE.format(2), ". We left."], "Old it is.",
         ["Old it is", NOTE.format(2), ". We left."]),
        (["It is old.", NOTE.format(2), " We left."], "Old it is.",
         ["Old it is.", NOTE.format(2), " We left."]),
        ([START, "The costs", END, " are high."], "High are the costs.",
         [START, "High are the costs", END, "."]),
        ([START, "The costs", END, " are high."], "The budget is high.", None),
        # A bookmark does not end before it begins.
        (["See ", START, "this and", END, " go."], "and so see this go.", None),
        (["With ", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", " it is so."],
         "It is so with $x$.",
         ["It is so with ", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "."]),
        (["It was so", BREAK, "cold here."], "Here it was cold.",
         ["Here it", BREAK, "was cold."]),
        (["It was so", BREAK, "cold here."], "Freezing.", None),
        (["It is here.", BREAK, "We left."], "Here it is.", ["Here it is.", BREAK, "We left."]),
        (["One\u2003is here.", "<w:r><w:tab/></w:r>", "Two is there."], "Here is one.",
         ["Here is one.", "<w:r><w:tab/></w:r>", "Two is there."]),
        (["Tom &amp; I left."], "I & Tom < left.", ["I &amp; Tom &lt; left."]),
        (["Only 10&#160;km to go."], "It is only 10 km.", ["It is only 10&#160;km."]),
        (["It is so."], "It is \x07 so.", None),
        (["It is so."], "<w:b/> <k0> it is.", ["&lt;w:b/&gt; &lt;k0&gt; it is."]),
        # Blanks that Word does not read are not there.
        (["<w:r><w:t> It is so. </w:t></w:r>"], "So it is.", ["So it is."]),
        (["<w:r w:rsidR='1'><w:t>It</w:t><w:t> is</w:t></w:r>"], "Is it?",
         ["<w:r w:rsidR='1'><w:t>Is it?</w:t></w:r>"]),
        (["<w:r w:rsidR='1'><w:rPr><w:noProof/></w:rPr><w:t>It is so.</w:t></w:r>"], "So it is.",
         ["<w:r w:rsidR='1'><w:rPr><w:noProof/></w:rPr><w:t>So it is.</w:t></w:r>"]),
        (["<w:r><w:drawing><wp:anchor/></w:drawing><w:t>It is so.</w:t></w:r>"], "So it is.",
         ["<w:r><w:drawing><wp:anchor/></w:drawing></w:r>", "So it is."]),
        # The blank between two sentences looks as it did.
        ([run("It is so. ", BOLD), "We left for home."], "So it is.",
         [run("So it is. ", BOLD), "We left for home."]),
    ],
)  # fmt: skip
def test_a_replaced_sentence(children, answer, written):
    data = docx(IT + paragraph(*children))
    file = read(data)
    if written is None:
        assert all(not s.fits(answer) for s in file.document.segments[1:2])
        assert file.write({1: answer}) == data
    else:
        assert body(file.write({1: answer})) == IT + paragraph(*written)


def test_sentences_side_by_side_and_far_apart():
    children = ["It is so. ", run("We", BOLD), " left. No one saw us. ", FIELD.format("5"),
                " is here. They were there."]  # fmt: skip
    new = {0: "So it is.", 1: "Left we have.", 4: "There they were."}
    assert read(docx(paragraph(*children))).document.segments[1].fits("Now We have left.")
    data = read(docx(paragraph(*children))).write(new | {1: "Now We have left."})
    assert sources(data) == [
        "So it is.", "Now We have left.", "No one saw us.", "5 is here.", "There they were.",
    ]  # fmt: skip
    assert body(data) == paragraph(
        "So it is. Now ", run("We", BOLD), " have left. No one saw us. ", FIELD.format("5"),
        " is here. There they were.",
    )  # fmt: skip


def test_other_prefixes_and_encodings():
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><d:document xmlns:d="{W}"><d:body><d:p><d:r>'
        "<d:t>It is so.</d:t></d:r><d:r><d:tab/></d:r><d:r><d:t>Yes, “so”.</d:t></d:r></d:p>"
        "</d:body></d:document>"
    )
    data = replaced(docx("", document=text.encode("utf-16")), "So “it” is.")
    assert unpacked(data)["word/document.xml"].decode("utf-16") == text.replace(
        "It is so.", "So “it” is."
    )


def test_the_strict_form_is_read():
    strict = xml("document", f"<w:body>{IT}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert sources(docx("", document=strict)) == ["It is so."]


# --- a file that a word processor wrote


def test_a_document_of_libreoffice():
    before = LIBREOFFICE.read_bytes()
    file = read(before)
    text = [s.source for s in file.document.segments]
    assert text[:6] == [
        "The council approved the plan on Monday after a long debate.",
        "Nobody voted against it.",
        "In the 19th century the harbour was smaller.",
        "The costs are listed in the annual budget, which everybody can read.",
        "Work begins in spring.",
        "The old crane will be taken down first.",
    ]
    assert "The minutes of the meeting can be read in the archive." in text
    assert not any("code" in source or "enlarged" in source for source in text)
    assert file.write({}) == before
    answers = {
        0: "On Monday the council approved the plan after a long debate.",
        2: "The harbour was smaller in the 19th century.",
        3: "In the annual budget, which everybody can read, The costs are listed.",
        text.index("The minutes of the meeting can be read in the archive."): (
            "In the archive one can read the minutes of the meeting."
        ),
    }
    after = file.write(answers)
    again = [s.source for s in read(after).document.segments]
    assert again == [answers.get(n, source) for n, source in enumerate(text)]
    old, new = unpacked(before), unpacked(after)
    changed = [name for name in old if old[name] != new[name]]
    assert changed == ["word/document.xml", "word/footnotes.xml"]
    a, b = (python_docx.Document(io.BytesIO(data)) for data in (before, after))
    assert [p.style.name for p in a.paragraphs] == [p.style.name for p in b.paragraphs]
    tags = ["footnoteReference", "hyperlink", "bookmarkStart", "bookmarkEnd", "br", "b"]
    for tag in tags:
        kept = [
            [parse_xml(_xml(e)).attrib for e in d.element.iter(f"{{{W}}}{tag}")] for d in (a, b)
        ]
        assert kept[0] == kept[1]


def _xml(element):
    from lxml import etree

    return etree.tostring(element)
