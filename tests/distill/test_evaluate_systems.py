"""Systems at work: outputs files, the journal of a killed run, students and packages."""

import json

import pytest

from distill.controls import NEUTRAL
from distill.evaluate import package, systems
from distill.evaluate.config import Config, Decoding, Kind, System
from distill.evaluate.latency import latency
from distill.evaluate.metrics import Answers
from distill.evaluate.sets import EvalSet, Item
from distill.evaluate.student import TorchStudent, codes
from distill.evaluate.systems import Row, Said
from paraphraser_tui.engine.result import Paraphrase, Result
from paraphraser_tui.errors import InputError, OptionError

SOURCES = ["ccc", "a", "bb", "a", "dddd"]
ITEMS = EvalSet("set", tuple(Item(src, ("x",)) for src in SOURCES))


class Killed(BaseException):
    """The end of a process."""


class Voice:
    """Answers in capitals; dies when it has answered `life` batches."""

    def __init__(self, life=99):
        self.life = life
        self.batches = []

    def __call__(self, batch):
        if len(self.batches) == self.life:
            raise Killed
        self.batches.append(list(batch))
        return [Said((text.upper(), text), kept=text == "bb") for text in batch]


@pytest.fixture
def row(tmp_path):
    (tmp_path / "model").write_text("weights")
    return Row(System("me", Kind.STUDENT, tmp_path / "model"), dial=3)


def config(**decoding):
    return Config(sets=("unused",), decoding=Decoding(**{"batch_size": 2, **decoding}))


def test_answers_are_in_the_order_of_the_set_and_asked_for_once(row, tmp_path):
    voice = Voice()
    found = systems.generate(row, ITEMS, voice, config(), tmp_path)
    assert found == Answers(
        "me-3",
        (("CCC", "ccc"), ("A", "a"), ("BB", "bb"), ("A", "a"), ("DDDD", "dddd")),
        (False, False, True, False, False),
    )
    assert voice.batches == [["a", "bb"], ["ccc", "dddd"]]


def test_a_killed_run_goes_on_and_ends_with_the_same_file(row, tmp_path):
    file = "outputs/me-3/set.jsonl"
    whole = systems.generate(row, ITEMS, Voice(), config(), tmp_path / "whole")
    with pytest.raises(Killed):
        systems.generate(row, ITEMS, Voice(life=1), config(), tmp_path / "killed")
    voice = Voice()
    assert systems.generate(row, ITEMS, voice, config(), tmp_path / "killed") == whole
    assert voice.batches == [["ccc", "dddd"]]
    assert (tmp_path / "killed" / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()


@pytest.mark.parametrize("change", ["model", "decoding"])
def test_answers_of_another_model_or_decoding_are_not_taken(row, tmp_path, change):
    systems.generate(row, ITEMS, Voice(), config(), tmp_path)
    other = config()
    if change == "model":
        row.system.path.write_text("other weights")
    else:
        other = config(beams=7)
    voice = Voice()
    systems.generate(row, ITEMS, voice, other, tmp_path)
    assert len(voice.batches) == 2


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_outputs_from_a_file_or_a_directory(tmp_path):
    rows = [{"src": src, "out": [src, "more"] if src == "a" else src} for src in set(SOURCES)]
    path = write(tmp_path / "set.jsonl", rows)
    expected = (("ccc",), ("a", "more"), ("bb",), ("a", "more"), ("dddd",))
    for place in (path, tmp_path):
        found = systems.read_outputs(System("file", Kind.OUTPUTS, place), ITEMS)
        assert found == Answers("file", expected)


def test_missing_outputs_are_counted(tmp_path):
    path = write(tmp_path / "o.jsonl", [{"src": "a", "out": "b"}])
    with pytest.raises(InputError, match="no output for 3 of 5 sources of set, such as 'ccc'"):
        systems.read_outputs(System("file", Kind.OUTPUTS, path), ITEMS)
    with pytest.raises(InputError, match=r"set\.jsonl is missing"):
        systems.read_outputs(System("file", Kind.OUTPUTS, tmp_path), ITEMS)


@pytest.mark.parametrize("row", [{"src": "a"}, {"out": "b"}, {"src": "a", "out": []}])
def test_broken_outputs_are_named(tmp_path, row):
    path = write(tmp_path / "o.jsonl", [row])
    with pytest.raises(InputError, match="line 1"):
        systems.read_outputs(System("file", Kind.OUTPUTS, path), ITEMS)


def test_kinds_are_told_by_what_lies_there(tmp_path):
    for name, kind in (("student.json", Kind.STUDENT), ("manifest.json", Kind.PACKAGE)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("{}")
        assert systems.kind_of(folder) is kind
        assert systems.kind_of(folder / name) is Kind.OUTPUTS
    with pytest.raises(InputError, match="neither outputs"):
        systems.kind_of(tmp_path)


def test_one_row_per_dial_setting(tmp_path):
    found = systems.rows(
        [System("a", Kind.STUDENT, tmp_path, (1, 3)), System("b", Kind.PACKAGE, tmp_path)]
    )
    assert [row.name for row in found] == ["a-1", "a-3", "b"]
    assert systems.dials(found) == {"a": ["a-1", "a-3"], "b": ["b"]}


@pytest.mark.parametrize(
    "arguments",
    [("copy", Kind.STUDENT, "p"), ("a/b", Kind.STUDENT, "p"), ("a", Kind.OUTPUTS, "p", (1,))],
)
def test_impossible_systems(arguments):
    with pytest.raises(OptionError):
        System(*arguments)


def test_codes_of_the_dial():
    assert codes(None) == NEUTRAL
    assert codes(4) == ("<lex4>", *NEUTRAL[1:])
    with pytest.raises(OptionError, match="levels of lexical change are 0 to 4"):
        codes(5)


def test_latency_leaves_out_the_warm_up():
    ticks = iter([0, 0.001, 1, 1.003, 2, 2.002, 3, 3.004, 4, 4.010])
    asked = []
    found = latency(asked.append, list("abcde"), clock=lambda: next(ticks))
    assert asked == [["a"], ["b"], ["c"], *([c] for c in "abcde")]
    assert (found.sentences, found.median) == (5, pytest.approx(3))
    assert 4 < found.p95 < 10


def test_a_package_says_what_it_kept(monkeypatch, tmp_path):
    asked = {}

    class Engine:
        @classmethod
        def load(cls, model):
            asked["model"] = model
            return cls()

        def paraphrase_many(self, sentences, options):
            asked["options"] = options
            for text in sentences:
                variants = (Paraphrase(text.upper(), 0.9, 0.5, 0.5),) if text != "no" else ()
                yield Result(text, variants, None if variants else "too short")

    monkeypatch.setattr(package, "Paraphraser", Engine)
    system = System("p", Kind.PACKAGE, tmp_path)
    speak = systems.load(system, Decoding(variants=2))(80)
    assert speak(["yes", "no"]) == [Said(("YES",), False), Said(("no",), True)]
    assert asked["model"] == str(tmp_path)
    assert (asked["options"].num, asked["options"].diversity) == (2, 80)


def test_a_decoder_is_the_packages_bare_beam():
    from paraphraser_tui.models import store
    from paraphraser_tui.models.manifest import Role

    bundled = store.find(store.DEFAULT_MODEL, Role.PARAPHRASER).path
    system = System("bare", Kind.DECODER, bundled, dial=(0, 4))
    at = systems.load(system, Decoding(beams=2, variants=2))
    source = "The committee has decided to postpone the meeting “until Monday”."
    (mild,), (bold,) = at(0)([source]), at(4)([source])
    assert len(mild.variants) == len(bold.variants) == 2 and mild.kept is None
    assert mild != bold
    with pytest.raises(OptionError, match="dial 5"):
        at(5)


@pytest.fixture(scope="module")
def student_dir(tmp_path_factory):
    torch = pytest.importorskip("torch")
    from distill.students import directory, house
    from distill.students.tokenizers import HouseTokenizer
    from distill.students.vocabulary import train_vocabulary

    folder = tmp_path_factory.mktemp("student")
    syllables = "ka lo mi ner tos ul vin pra".split()
    words = [a + b + c for a in syllables for b in syllables for c in syllables]
    texts = [" ".join(words[i : i + 8]) for i in range(0, len(words), 4)]
    train_vocabulary(texts, folder / "spm.model", size=620, threads=1)
    tokenizer = HouseTokenizer(folder / "spm.model")
    torch.manual_seed(0)
    size = house.HouseSize(16, 2, 32, encoder_layers=1, decoder_layers=1, positions=64)
    model = house.build(tokenizer, size)
    student = directory.Student("tiny", "bart", model, tokenizer, "nothing", "open")
    directory.save(student, folder / "student", {"max_source_tokens": 16}, "float32")
    return folder / "student"


def test_a_student_decodes_in_batches_as_alone(student_dir):
    student = TorchStudent(student_dir, Decoding(beams=3, variants=2, max_new_tokens=8))
    texts = ["The red cat sat on the mat.", "The old dog.", "The blue cat sat. " * 9]
    found = student.paraphrase(texts, codes(3))
    assert [len(variants) for variants in found] == [2, 2, 2]
    assert found == [student.paraphrase([text], codes(3))[0] for text in texts]
    assert not any("<lex" in text for variants in found for text in variants)


def test_a_student_listens_to_its_codes(student_dir):
    student = TorchStudent(student_dir, Decoding(beams=1, max_new_tokens=8))
    rows = []
    student._generate = lambda ids: rows.append(ids) or [[1]] * len(ids)
    student.paraphrase(["The old dog."], codes(0))
    student.paraphrase(["The old dog."], codes(4))
    (low,), (high,) = rows
    assert low[1:] == high[1:]
    assert low[0] != high[0]
    assert low[-1] == 1


def test_long_sources_are_cut_before_their_end_mark(student_dir):
    student = TorchStudent(student_dir, Decoding())
    rows = []
    student._generate = lambda ids: rows.extend(ids) or [[1]] * len(ids)
    student.paraphrase(["dog " * 50], NEUTRAL)
    assert (len(rows[0]), rows[0][-1]) == (16, 1)
