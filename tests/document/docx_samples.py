"""Word documents for tests: parts written by hand, or random ones of hypothesis."""

import io
import zipfile

from hypothesis import strategies as st

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="Chapter"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:type="character" w:styleId="V"><w:name w:val="Verbatim Char"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="x"/><w:basedOn w:val="Y"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Y"><w:name w:val="y"/><w:basedOn w:val="X"/></w:style>'
)


def content_types(**kinds: str) -> str:
    """The list of parts; `kinds` are full types of further ones, by name in `word`."""
    known = {"document": "document.main", "styles": "styles", "footnotes": "footnotes"}
    kinds = {name: f"{_TYPE}{kind}+xml" for name, kind in known.items()} | kinds
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
            for name, kind in kinds.items()
        )
        + "</Types>"
    )


def xml(root: str, inside: str) -> str:
    """A part."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} {_NAMES}>{inside}</w:{root}>'


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A document with this body; `parts` of `word` are added or replaced."""
    named = {
        "document": xml("document", f"<w:body>{body}</w:body>"),
        "styles": xml("styles", _STYLES),
    }
    named |= parts
    return zipped(
        {"[Content_Types].xml": content_types()}
        | {f"word/{name}.xml": data for name, data in named.items()}
        | {"word/media/image.png": bytes(range(256))}
    )


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def body(data: bytes) -> str:
    """What stands in the body of a document that `docx` made."""
    document = unpacked(data)["word/document.xml"].decode()
    return document.partition("<w:body>")[2].partition("</w:body>")[0]


def run(words: str, properties: str = "") -> str:
    """A run as Word writes it."""
    kept = ' xml:space="preserve"' if words != words.strip() else ""
    properties = properties and f"<w:rPr>{properties}</w:rPr>"
    return f"<w:r>{properties}<w:t{kept}>{words}</w:t></w:r>"


def paragraph(*children: str, style: str = "") -> str:
    """A paragraph of runs; plain words become one."""
    start = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    inside = "".join(child if child.startswith("<") else run(child) for child in children)
    return f"<w:p>{start}{inside}</w:p>"


BOLD = "<w:b/>"
NOTE = '<w:r><w:rPr><w:rStyle w:val="FR"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_WORDS = (
    "The dog |barked |loudly |at home. |It |was cold.| |, |é|1|&amp;|th|&#160;|We left! ".split("|")
)
_LOOKS = ["", "", "", BOLD, "<w:i/>", '<w:lang w:val="en-GB"/>', '<w:rStyle w:val="V"/>']
_THINGS = [
    NOTE, FIELD.replace("{}", "Figure {}"),
    '<w:bookmarkStart w:id="{0}" w:name="b{0}"/>', '<w:bookmarkEnd w:id="{}"/>',
    "<w:proofErr/>", '<w:hyperlink w:anchor="{}"><w:r><w:t>the link</w:t></w:r></w:hyperlink>',
    '<w:r><w:tab w:n="{}"/></w:r>', '<w:r><w:br w:n="{}"/></w:r>',
    '<w:r><w:t>twice </w:t><w:noBreakHyphen w:n="{}"/><w:t> in</w:t></w:r>',
    "<m:oMath><m:r><m:t>x{}</m:t></m:r></m:oMath>", '<w:r><w:pict w:n="{}"/></w:r>',
    '<w:r><w:drawing w:n="{}"><wp:anchor/></w:drawing></w:r>', "<w:r/>", "<w:unknown/>",
    "<w:r><w:t> cut </w:t></w:r>", "<!-- a comment -->",
]  # fmt: skip


@st.composite
def paragraphs(draw) -> str:
    """A paragraph of anything, its things numbered."""
    runs = st.builds(
        lambda words, look: run("".join(words), look),
        st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4),
        st.sampled_from(_LOOKS),
    )
    children = draw(st.lists(st.one_of(runs, runs, st.sampled_from(_THINGS)), max_size=12))
    return paragraph(*(child.format(n) for n, child in enumerate(children)))
