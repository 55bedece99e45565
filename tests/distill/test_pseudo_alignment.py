"""A server's alternatives: read from its answer, put into the student's tokens, or refused."""

import json
import math

import pytest
import tiny_models
from teacher_server import TeacherServer

from distill.pseudo.alignment import Aligner
from distill.records import Pair, read_jsonl, write_jsonl
from distill.students.tokenizers import HouseTokenizer
from distill.teacher.client import read_choice
from distill.teacher.logprobs import read_tops
from paraphraser_tui.errors import InputError

np = pytest.importorskip("numpy")
TEXT = "The big house"


def token(text, *others):
    told = [{"token": text, "logprob": -0.5}, *({"token": o, "logprob": -1.5} for o in others)]
    return {"token": text, "logprob": -0.5, "top_logprobs": told}


def choice(*tokens):
    content = "".join(one["token"] for one in tokens)
    return {"message": {"content": content}, "logprobs": {"content": list(tokens)}}


ANSWER = choice(
    token('{"'), token("paraphrases"), token('": ["'),
    token("The", "A", '"', "\n"), token(" big", " large"), token(" house", ' home"'),
    token('", "'), token("No"), token('."'), token("]}"),
)  # fmt: skip


def test_alternatives_are_placed_in_their_paraphrase():
    first, second = read_tops(ANSWER, [TEXT, "No."])
    assert first == (
        (0, 3, {"The": -0.5, "A": -1.5}),
        (3, 7, {" big": -0.5, " large": -1.5}),
        (7, 13, {" house": -0.5}),
    )
    # The full stop shares a token with the end of the string.
    assert second == ((0, 2, {"No": -0.5}),)
    assert read_tops(ANSWER, ["Something else"]) == ((),)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"message": {"content": "x"}, "logprobs": None},
        {"message": {"content": "x"}, "logprobs": {"content": [{"token": "y", "logprob": 0}]}},
        {"message": {"content": "x"}, "logprobs": {"content": [{"token": "x"}]}},
    ],
)
def test_answers_without_them_have_none(broken):
    assert read_tops(broken, ["x"]) == ()


def test_they_come_with_the_outcome_and_through_the_journal():
    from distill.teacher.outcome import Outcome

    outcome = read_choice({"choices": [ANSWER]}, 2)
    assert outcome.paraphrases == (TEXT, "No.")
    again = Outcome.from_row(json.loads(json.dumps(outcome.row("k"))))
    assert json.dumps(again.tops) == json.dumps(outcome.tops)
    assert "tops" not in read_choice({"choices": [{**ANSWER, "logprobs": None}]}, 2).row("k")


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "spm.model"
    return HouseTokenizer(tiny_models.house_vocabulary(path))


def piece(tokenizer, text):
    return tokenizer.processor.piece_to_id(text)


def test_they_are_put_into_the_students_tokens(tokenizer):
    text = "the house of"
    (target,) = tokenizer.encode_targets([text])
    assert [tokenizer.piece(i) for i in target] == ["▁the", "▁house", "▁of", "</s>"]
    top = [
        (0, 3, {"the": -0.1, "of": -2.0, "thehouse": -1.0}),
        (3, 9, {" house": -0.2, " of": -1.0, " the": -3.0}),
        (9, 12, {" the": -0.3}),
    ]
    aligner = Aligner(tokenizer, 2, 1.0)
    soft = aligner.soft(text, top, target)
    the, house, of = (piece(tokenizer, f"▁{word}") for word in ("the", "house", "of"))
    # At the beginning a word has no blank there; the label is always among them.
    assert soft.ids[0].tolist() == [the, of]
    assert soft.logs[0].tolist() == pytest.approx([-0.1, -2.0])
    assert soft.ids[1].tolist() == [house, of]
    # What was said is not among the alternatives: as likely as the last.
    assert soft.ids[2].tolist() == [of, the]
    assert soft.logs[2].tolist() == pytest.approx([-0.3, -0.3])
    # No alternative to the end.
    assert soft.ids[3].tolist() == [tokenizer.eos] * 2
    assert soft.logs[3].tolist() == [0.0, -math.inf]
    aligner.check()


def test_tokens_cut_elsewhere_keep_their_label_and_are_named(tokenizer):
    text = "the house of"
    (target,) = tokenizer.encode_targets([text])
    top = [(0, 6, {"the ho": -0.1}), (6, 9, {"use": -0.1}), (9, 12, {" of": -0.1})]
    aligner = Aligner(tokenizer, 2, 0.5)
    soft = aligner.soft(text, top, target)
    assert soft.ids[:, 0].tolist() == target
    assert np.isinf(soft.logs[:2, 1]).all()
    with pytest.raises(InputError) as caught:
        aligner.check()
    said = str(caught.value)
    assert "only 33% of the target tokens" in said and "\n" not in said
    assert "'the' is a token, where the teacher has 'the ho'" in said


def test_pairs_without_alternatives_have_their_labels(tokenizer):
    aligner = Aligner(tokenizer, 3, 0.5)
    (target,) = tokenizer.encode_targets(["the house"])
    soft = aligner.soft("the house", None, target)
    assert soft.ids[:, 0].tolist() == target and np.isinf(soft.logs[:, 1:]).all()
    with pytest.raises(InputError, match="logprobs"):
        aligner.check()


def test_characters_without_a_piece_end_the_alignment_quietly(tokenizer):
    text = "the 漢 house"
    (target,) = tokenizer.encode_targets([text])
    aligner = Aligner(tokenizer, 2, 0.1)
    soft = aligner.soft(text, [(0, 3, {"the": -0.1}), (5, 11, {" house": -0.1})], target)
    assert len(soft.ids) == len(target)
    aligner.check()


def test_records_keep_them(tmp_path):
    pair = Pair("a", "b c", "s", more=("d", "e"), top=((0, 1, {"b": -0.5}),))
    write_jsonl(tmp_path / "p.jsonl.xz", [pair])
    assert list(read_jsonl(tmp_path / "p.jsonl.xz", Pair)) == [pair]


@pytest.mark.parametrize(
    "field",
    [
        '"more": "x"',
        '"more": ["\\ud800"]',
        '"top": [1]',
        '"top": [[0, 1.5, {}]]',
        '"top": [[0, 1, {"a": "b"}]]',
    ],
)
def test_broken_records_are_named(tmp_path, field):
    path = tmp_path / "p.jsonl"
    path.write_text(f'{{"src": "a", "tgt": "b", "set": "s", {field}}}\n')
    with pytest.raises(InputError, match=r"line 1: '(more|top)'"):
        list(read_jsonl(path, Pair))


def test_a_server_without_logprobs_leaves_none_in_the_pairs(tmp_path):
    from distill.records import Source
    from distill.teacher import Config, run
    from distill.teacher.client import Server

    write_jsonl(tmp_path / "s.jsonl", [Source("The big house is there.", "s")])
    with TeacherServer() as server:
        config = Config("m", paraphrases=2, server=Server(base_url=server.base_url))
        run(config, tmp_path / "s.jsonl", tmp_path)
    assert all(pair.top is None for pair in read_jsonl(tmp_path / "pairs.jsonl.xz", Pair))
