"""The stage: which texts get targets, and that a kill changes no byte."""

import lzma

import pseudo_models
import pytest
import tiny_models

from distill.pseudo import Config, run
from distill.pseudo import stage as stage_module
from distill.pseudo.inputs import unlabelled
from distill.pseudo.settings import Decoding, Search, Texts
from distill.records import Pair, Source, read_jsonl, write_jsonl
from paraphraser_tui.errors import InputError, OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
PAIRS = tiny_models.pairs()[:12]


class Parrot:
    """A teacher that says what it was asked, several times."""

    name = "parrot"

    def __init__(self):
        self.asked = []

    def fits(self, text):
        return len(text) < 60

    def write(self, texts, codes, count, seed):
        self.asked.append((list(texts), [row[0] for row in codes], seed))
        return [[text, "", *(f"{text} {n} {seed % 7}" for n in range(count - 2))] for text in texts]


@pytest.fixture
def parrot(monkeypatch):
    teacher = Parrot()
    monkeypatch.setattr(stage_module, "open_writer", lambda *_: teacher)
    return teacher


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "pairs.jsonl"
    write_jsonl(path, PAIRS)
    return path


@pytest.fixture
def teacher_file(tmp_path):
    path = tmp_path / "teacher"
    path.write_text("a teacher")
    return path


def settings(teacher_file, **changes):
    return Config(**{"teacher": teacher_file, "targets": 4, "batch_size": 5, **changes})


def test_labels_first_then_each_text_with_its_targets(inputs, teacher_file, parrot, tmp_path):
    extra = tmp_path / "more.txt"
    extra.write_text(f"{PAIRS[0].src}\nA text of  its own.\n\n{'long ' * 20}\n")
    config = settings(teacher_file, unlabelled=(Texts(extra, "more", "open"),), levels=(0, 4))
    counts = run(config, inputs, tmp_path / "out")
    made = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    assert made[:12] == PAIRS
    sources = list(dict.fromkeys(pair.src for pair in PAIRS))
    assert [pair.src for pair in made[12:]] == [*sources, "A text of its own."]
    assert all(pair.teacher == "parrot" and len(pair.more) == 1 for pair in made[12:])
    assert all(pair.src not in (pair.tgt, *pair.more) for pair in made[12:])
    assert (made[-1].set, made[-1].licence) == ("more", "open")
    texts = len(sources) + 1
    assert counts == {
        "labelled": 12, "texts": texts + 1, "too_long": 1, "copies": texts,
        "targets": 2 * texts, "pairs": 12 + texts,
    }  # fmt: skip
    assert {code for _, codes, _ in parrot.asked for code in codes} == {"<lex0>", "<lex4>"}
    assert len({seed for _, _, seed in parrot.asked}) == len(parrot.asked)


def test_a_text_whose_targets_are_copies_has_none(inputs, teacher_file, parrot, tmp_path):
    config = settings(teacher_file, targets=2, keep_labels=False)
    counts = run(config, inputs, tmp_path / "out")
    assert counts["pairs"] == 0 and counts["without_target"] == counts["texts"]


def test_targets_that_drifted_are_dropped_and_counted(inputs, teacher_file, parrot, tmp_path):
    config = settings(teacher_file, guarded=True, keep_labels=False)
    counts = run(config, inputs, tmp_path / "out")
    # The parrot adds numbers.
    assert counts["drifted"] == 2 * counts["texts"] and counts["pairs"] == 0


@pytest.mark.parametrize("changes", [{"seed": 1}, {"decoding": Decoding(top_p=0.5)}])
def test_other_settings_are_other_batches(inputs, teacher_file, parrot, tmp_path, changes):
    run(settings(teacher_file), inputs, tmp_path / "out")
    batches = len(parrot.asked)
    run(settings(teacher_file), inputs, tmp_path / "out")
    assert len(parrot.asked) == batches
    run(settings(teacher_file, **changes), inputs, tmp_path / "out")
    assert len(parrot.asked) == 2 * batches
    teacher_file.write_text("another teacher")
    run(settings(teacher_file, **changes), inputs, tmp_path / "out")
    assert len(parrot.asked) == 3 * batches


@pytest.mark.parametrize("how", Search)
@pytest.mark.parametrize("kill_at", [1, 2])
def test_a_killed_stage_ends_with_the_same_files(inputs, tmp_path, monkeypatch, how, kill_at):
    from distill.pseudo.writers import StudentWriter

    teacher = pseudo_models.house(tmp_path / "teacher")
    decoding = Decoding(how, beams=2, max_new_tokens=10)
    config = settings(teacher, targets=3, decoding=decoding)
    run(config, inputs, tmp_path / "whole")
    real, calls = StudentWriter.write, []

    def killed(self, *asked):
        calls.append(asked)
        if len(calls) == kill_at:
            raise KeyboardInterrupt
        return real(self, *asked)

    monkeypatch.setattr(StudentWriter, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        run(config, inputs, tmp_path / "killed")
    journal = tmp_path / "killed" / "targets.jsonl"
    with journal.open("ab") as stream:
        stream.write(b'{"id": "torn')
    run(config, inputs, tmp_path / "killed")
    for name in ("targets.jsonl", "pairs.jsonl.xz"):
        whole, again = ((tmp_path / run / name).read_bytes() for run in ("whole", "killed"))
        assert again == whole


def test_a_package_writes_too_and_says_the_same_again(tmp_path):
    from distill.pseudo.writers import PackageWriter, open_writer
    from paraphraser_tui.models import store
    from paraphraser_tui.models.manifest import Role

    path = store.find(store.DEFAULT_MODEL, Role.PARAPHRASER).path
    texts = ["The meeting was moved to Monday.", "She bought a small house near the river."]
    codes = [("<lex3>", "<ord1>", "<len1>")] * 2
    found = {}
    for how in Search:
        teacher = open_writer(path, Decoding(how), 128)
        assert isinstance(teacher, PackageWriter)
        found[how] = teacher.write(texts, codes, 3, 2**40)
        assert teacher.write(texts, codes, 3, 2**40) == found[how]
        assert [len(said) for said in found[how]] == [3, 3]
    assert teacher.write(texts, codes, 3, 5) != found[Search.SAMPLE]
    assert teacher.fits(texts[0]) and not teacher.fits("word " * 200)


def test_texts_from_lines_and_json(tmp_path):
    lines, rows = tmp_path / "a.b.txt", tmp_path / "rows.jsonl.xz"
    lines.write_text("one\n\n two  words \nthree\n")
    assert list(unlabelled(Texts(lines, limit=2))) == [Source("one", "a"), Source("two words", "a")]
    text = '{"text": "x", "set": "s"}\n{"src": "y", "licence": "l"}\n'
    rows.write_bytes(lzma.compress(text.encode()))
    assert list(unlabelled(Texts(rows, "r"))) == [Source("x", "s"), Source("y", "r", "l")]
    rows.write_bytes(lzma.compress(b'{"tgt": "x"}\n'))
    with pytest.raises(InputError, match="line 1: no field 'text'"):
        list(unlabelled(Texts(rows)))
    lines.write_bytes(b"\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        list(unlabelled(Texts(lines)))


def test_nothing_to_write_about(teacher_file, tmp_path):
    with pytest.raises(InputError, match="pseudo needs texts"):
        run(settings(teacher_file), None, tmp_path / "out")


@pytest.mark.parametrize(
    "bad",
    [{"targets": 0}, {"levels": ()}, {"levels": (5,)}],
)
def test_impossible_settings(teacher_file, bad):
    with pytest.raises(OptionError):
        settings(teacher_file, **bad)
    for decoding in ({"temperature": 0.0}, {"top_p": 1.5}, {"top_k": -1}, {"beams": 0}):
        with pytest.raises(OptionError):
            Decoding(**decoding)
