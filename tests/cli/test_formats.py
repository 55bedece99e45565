"""The same answers as text, numbered variants, JSON and JSON Lines."""

import codecs
import json

import pytest

TWO = b"It rained all day. We stayed at home.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained.\n", "IT RAINED.\n"),
        ("It rained.", "IT RAINED."),
        ("It rained. We left.\n", "IT RAINED. WE LEFT.\n"),
        ("It rained.\n\n\n\nWe left.\n\n", "IT RAINED.\n\n\n\nWE LEFT.\n\n"),
        ("\n\n  It rained.  \n", "\n\n  IT RAINED.  \n"),
        ("It rained.\r\n\r\nWe left.\r\n", "IT RAINED.\r\n\r\nWE LEFT.\r\n"),
        ("It rained.\rWe left.\r", "IT RAINED.\rWE LEFT.\r"),
        ("- It rained.\n- We left.\n", "- IT RAINED.\n- WE LEFT.\n"),
        ("1 + 1 = 2\n\nIt rained.\n", "1 + 1 = 2\n\nIT RAINED.\n"),
        ("KEEP it all.\tIt rained.", "KEEP it all.\tIT RAINED."),
        ("Hello.\n", "Hello.\n"),
        ("", ""),
        ("\n", "\n"),
        (" \r\n\t", " \r\n\t"),
    ],
)
def test_text_keeps_all_but_the_sentences(text, expected, paraphrase):
    done = paraphrase(stdin=text.encode())
    assert (done.code, done.out, done.err) == (0, expected.encode(), "")


def test_line_breaks_inside_a_sentence_stay(paraphrase):
    text = (
        "The council approved the plan after a long debate\r\n"
        "that lasted well into the night, although three\r\n"
        "members voted against it.\r\n"
    )
    done = paraphrase(stdin=text.encode())
    assert done.out == text.upper().encode()
    assert "\r" not in done.engines[0].groups[0][0]


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_byte_order_marks_and_encodings_stay(mark, codec, paraphrase):
    text = "It rained in Málaga.\r\n\r\nWe left.\r\n"
    done = paraphrase(stdin=mark + text.encode(codec))
    assert done.out == mark + text.upper().encode(codec)


def test_a_named_encoding(paraphrase):
    done = paraphrase("--encoding", "latin-1", stdin=b"It rained in M\xe1laga.\n")
    assert done.out == b"IT RAINED IN M\xc1LAGA.\n"


def test_several_files_in_order(paraphrase, tmp_path):
    (tmp_path / "a").write_bytes(b"It rained.")
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "c").write_bytes(codecs.BOM_UTF8 + b"We left.\n")
    done = paraphrase(tmp_path / "a", "-", tmp_path / "b", tmp_path / "c", stdin=b" And so on.\n")
    assert done.out == b"IT RAINED. AND SO ON.\nWE LEFT.\n"


def test_files_of_several_encodings_go_out_in_the_first_ones(paraphrase, tmp_path):
    (tmp_path / "a").write_bytes(codecs.BOM_UTF8 + "It rained in Málaga.\n".encode())
    (tmp_path / "b").write_bytes(codecs.BOM_UTF16_LE + "We left Málaga.\n".encode("utf-16-le"))
    done = paraphrase(tmp_path / "a", tmp_path / "b")
    assert done.out == codecs.BOM_UTF8 + "IT RAINED IN MÁLAGA.\nWE LEFT MÁLAGA.\n".encode()


def test_a_variant_that_the_encoding_cannot_hold_is_left_out(paraphrase):
    # The capital of ÿ is not in latin-1, that of á is.
    done = paraphrase("--encoding", "latin-1", stdin="We saw ÿ. We saw á.\n".encode("latin-1"))
    assert done.code == 0
    assert done.out == "We saw ÿ. WE SAW Á.\n".encode("latin-1")


def test_the_columns_of_a_table_are_no_sentence(paraphrase):
    done = paraphrase(stdin=b"id7\tIt rained all day.\tWe left.\n")
    assert done.out == b"id7\tIT RAINED ALL DAY.\tWE LEFT.\n"


def test_a_long_paragraph_is_asked_in_batches(paraphrase):
    done = paraphrase(stdin=b"It rained all day. " * 50)
    assert max(map(len, done.engines[0].groups)) == 16
    assert done.out == b"IT RAINED ALL DAY. " * 50


def test_a_word_is_not_glued_over_the_edge_of_two_files(paraphrase, tmp_path):
    (tmp_path / "a").write_bytes(b"It rained")
    (tmp_path / "b").write_bytes(b"all day.")
    done = paraphrase(tmp_path / "a", tmp_path / "b", "--format", "jsonl")
    assert [json.loads(x)["source"] for x in done.out.splitlines()] == ["It rained", "all day."]


def test_text_from_the_command_line(paraphrase):
    assert paraphrase("--text", "It rained.").out == b"IT RAINED.\n"
    assert paraphrase("--text", "It rained.\r\n").out == b"IT RAINED.\r\n"


def test_variants_stand_below_their_number(paraphrase):
    done = paraphrase("-n", "2", stdin=TWO + b"\nKEEP this one.\n")
    assert done.out.decode().splitlines() == [
        "1.",
        "IT RAINED ALL DAY.",
        "IT RAINED ALL DAY.!",
        "",
        "2.",
        "WE STAYED AT HOME.",
        "WE STAYED AT HOME.!",
        "",
        "3.",
        "KEEP this one.",
        "",
    ]


def test_numbers_go_on_over_paragraphs_and_files(paraphrase, tmp_path):
    (tmp_path / "a").write_bytes(TWO)
    done = paraphrase("-n", "2", tmp_path / "a", "-", stdin=b"Once more then.\n\nAnd again now.\n")
    assert [x for x in done.out.decode().splitlines() if x[:1].isdigit()] == [
        "1.",
        "2.",
        "3.",
        "4.",
    ]


def test_json_lines_have_the_promised_shape(paraphrase):
    done = paraphrase("-n", "2", "--format", "jsonl", stdin=TWO + b"KEEP this.\n\nHello.\n")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [list(row) for row in rows] == [["source", "variants", "kept"]] * 4
    assert [row["source"] for row in rows] == [
        "It rained all day.", "We stayed at home.", "KEEP this.", "Hello.",
    ]  # fmt: skip
    assert rows[0]["variants"] == [
        {
            "text": "IT RAINED ALL DAY.",
            "meaning": 0.9,
            "change": 0.3,
            "fluency": 0.5,
            "warnings": [],
        },
        {
            "text": "IT RAINED ALL DAY.!",
            "meaning": 0.89,
            "change": 0.3,
            "fluency": 0.5,
            "warnings": ["doubtful"],
        },
    ]
    assert [row["kept"] for row in rows] == [
        None, None, "no candidate passed the checks (number 2)", "a greeting or closing",
    ]  # fmt: skip
    assert rows[2]["variants"] == []


def test_json_is_one_array_of_the_same_objects(paraphrase):
    text = TWO + b"\nKEEP this.\n"
    lines = paraphrase("--format", "jsonl", stdin=text).out.splitlines()
    whole = paraphrase("--format", "json", stdin=text).out
    assert json.loads(whole) == [json.loads(line) for line in lines]
    assert whole.endswith(b"\n")


@pytest.mark.parametrize(("kind", "out"), [("json", b"[]\n"), ("jsonl", b"")])
def test_no_sentences_is_still_valid_json(kind, out, paraphrase):
    assert paraphrase("--format", kind, stdin=b"\n\n***\n").out == out


def test_json_is_utf_8_whatever_the_input_is(paraphrase):
    text = codecs.BOM_UTF16_LE + "Málaga is nice.\n".encode("utf-16-le")
    row = json.loads(paraphrase("--format", "jsonl", stdin=text).out)
    assert row["source"] == "Málaga is nice."


def test_results_do_not_depend_on_the_read_size(paraphrase, tmp_path, monkeypatch):
    text = ("It rained in Málaga all day. We left.\r\n\r\n" * 50).encode()
    whole = paraphrase(stdin=text).out
    for size in (1, 3, 1000):
        monkeypatch.setattr("paraphraser_tui.cli.reading.CHUNK", size)
        assert paraphrase(stdin=text).out == whole == text.decode().upper().encode()
