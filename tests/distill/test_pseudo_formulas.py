"""The losses against values that were computed by hand."""

import math
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")
torch.set_num_threads(1)

from distill.pseudo import relations as relations_module  # noqa: E402
from distill.pseudo.divergence import Divergence, batch_divergence, token_shares  # noqa: E402
from distill.pseudo.joint import Joint, writes  # noqa: E402
from distill.pseudo.relations import Relations, pair_mask, relation_loss  # noqa: E402
from distill.pseudo.settings import Decoding  # noqa: E402
from distill.pseudo.top_k import TopK  # noqa: E402
from distill.pseudo.word_level import WordLevel  # noqa: E402
from distill.training.batching import IGNORED, Batch  # noqa: E402

LN3 = math.log(3)
# q = (1/2, 1/2), p = (1/4, 3/4): (ln 2 + ln 2/3) / 2.
HALVES_AGAINST_QUARTERS = 0.143841


def told(*logits):
    """A model that says these logits, token by token."""
    states = torch.tensor(logits, dtype=torch.float32, requires_grad=True)
    inner = SimpleNamespace(config=SimpleNamespace(vocab_size=states.shape[1]))
    return SimpleNamespace(states=lambda batch: states, logits=lambda part: part, inner=inner)


def batch(labels, soft=None):
    return Batch(None, None, torch.tensor(labels), None, None, soft)


def test_the_divergence_of_one_token():
    student = torch.tensor([[0.0, LN3]], requires_grad=True)
    found = Divergence.apply(student, torch.tensor([[0.5, 0.5]]), 1.0)
    assert found.item() == pytest.approx(HALVES_AGAINST_QUARTERS, abs=1e-6)
    found.sum().backward()
    assert student.grad[0].tolist() == pytest.approx([-0.25, 0.25])  # p - q


def test_the_divergence_is_not_the_reverse_one():
    # q = (1/4, 3/4), p = (1/2, 1/2): ln(1/2) / 4 + 3 ln(3/2) / 4.
    found = Divergence.apply(torch.zeros(1, 2), torch.tensor([[0.25, 0.75]]), 1.0)
    assert found.item() == pytest.approx(0.130812, abs=1e-6)


def test_a_word_that_the_teacher_excludes_adds_nothing():
    found = Divergence.apply(torch.zeros(1, 2), torch.tensor([[1.0, 0.0]]), 1.0)
    assert found.item() == pytest.approx(math.log(2))


def test_the_gradient_is_the_slope():
    logits = torch.randn(3, 5, dtype=torch.float64, requires_grad=True)
    teacher = torch.randn(3, 5, dtype=torch.float64).softmax(1)
    # Computed in float32, so the steps must be coarse.
    assert torch.autograd.gradcheck(
        lambda s: Divergence.apply(s, teacher, 2.0), (logits,), eps=1e-2, atol=1e-3
    )


def test_tokens_are_averaged_in_their_row_and_rows_in_the_batch():
    labels = [[1, IGNORED], [1, 1]]
    assert token_shares(batch(labels)).tolist() == [0.5, 0.25, 0.25]
    # Rows: a and a / 2, so 3/4 a; over all tokens it would be 2/3 a.
    student = told([0, LN3], [0, LN3], [0, 0])
    found = WordLevel(1.0)(student, told([0, 0], [0, 0], [0, 0]), batch(labels))
    assert found.item() == pytest.approx(0.75 * HALVES_AGAINST_QUARTERS, abs=1e-6)


def test_temperature_softens_both_and_comes_back_squared():
    student, teacher = told([0, 2 * LN3]), told([0, 0])
    found = WordLevel(2.0)(student, teacher, batch([[1]]))
    assert found.item() == pytest.approx(4 * HALVES_AGAINST_QUARTERS, abs=1e-6)
    found.backward()
    # T^2 (p - q) / T = 2 (p - q).
    assert student.states(None).grad[0].tolist() == pytest.approx([-0.5, 0.5])
    assert teacher.states(None).grad is None


def test_many_tokens_are_cut_into_chunks(monkeypatch):
    from distill.pseudo import scorer

    monkeypatch.setattr(scorer, "CHUNK", 2)
    parts = []

    def teacher(part):
        parts.append((part.start, part.stop))
        return torch.full((len(range(5)[part]), 2), 0.5)

    student = told(*[[0, LN3]] * 5)
    found = batch_divergence(student, teacher, batch([[1] * 5]), 1.0)
    assert found.item() == pytest.approx(HALVES_AGAINST_QUARTERS, abs=1e-6)
    assert parts == [(0, 2), (2, 4), (4, 6)]


def soft(ids, probabilities):
    return torch.tensor([[ids]]), torch.tensor([[probabilities]]).log()


def test_the_best_words_of_a_server_by_hand():
    # 0.6 and 0.2 become 3/4 and 1/4; p = 1/4 for each of four words: 3/4 ln 3.
    made = batch([[1]], soft([1, 2, 1], [0.6, 0.2, 0.0]))
    assert TopK(1.0)(told([0.0] * 4), None, made).item() == pytest.approx(0.823959, abs=1e-6)
    # Their roots, to 1: 0.633975 and 0.366025; 4 (0.633975 ln 2.535898 + 0.366025 ln 1.464102).
    assert TopK(2.0)(told([0.0] * 4), None, made).item() == pytest.approx(2.917950, abs=1e-5)


# The last token relates to both as 2 : 4, the one before it as 1 : 2; the teacher evenly.
# ln 1/2 + ln(1 + e) - 1/2 and ln 1/2 + ln(1 + e^2) - 1.
FIRST, SECOND = 0.120115, 0.433781


@pytest.mark.parametrize(
    ("causal", "expected"), [(False, (FIRST + SECOND) / 2), (True, SECOND / 2)]
)
def test_relations_by_hand(causal, expected):
    student, teacher = torch.tensor([[[1.0], [2.0]]]), torch.zeros(1, 2, 1)
    mask = pair_mask(torch.tensor([[True, True]]), causal)
    assert relation_loss(student, teacher, 1, mask).item() == pytest.approx(expected, abs=1e-6)
    # Padding changes nothing.
    padded = torch.tensor([[[1.0], [2.0], [50.0]]]), torch.zeros(1, 3, 1)
    mask = pair_mask(torch.tensor([[True, True, False]]), causal)
    assert relation_loss(*padded, 1, mask).item() == pytest.approx(expected, abs=1e-6)


def test_relations_are_cut_into_heads_and_scaled_by_their_width():
    # Two heads of width 4: the first as above by dot products of 2, 4, 8 over sqrt(4), the
    # second as the teacher's.
    one, two = [1.0, 1, 0, 0], [2.0, 2, 0, 0]
    student = torch.tensor([[[*one, 0, 0, 0, 0], [*two, 0, 0, 0, 0]]])
    mask = pair_mask(torch.tensor([[True, True]]), causal=False)
    found = relation_loss(student, torch.zeros(1, 2, 2), 2, mask)
    assert found.item() == pytest.approx((FIRST + SECOND) / 4, abs=1e-6)


def test_losses_are_brought_to_one_scale(monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def projections(scorer):
        yield {"encoder.q": scorer.queries}

    monkeypatch.setattr(relations_module, "projections", projections)
    monkeypatch.setattr(relations_module, "head_counts", lambda _: {"encoder": 1})
    student = SimpleNamespace(queries=torch.tensor([[[1.0], [2.0]]]), pad=0)
    teacher = SimpleNamespace(queries=torch.zeros(1, 2, 1))
    words = iter((2.0, 4.0))
    objective = Relations(lambda *_: torch.tensor(next(words)), alpha=0.25)
    made = Batch(torch.tensor([[5, 6]]), None, torch.tensor([[1, 1]]), None, None)
    assert objective(student, teacher, made).item() == pytest.approx(1.0)
    # 4 by the mean of 2 and 4, the relations by themselves: 1/4 x 4/3 + 3/4.
    assert objective(student, teacher, made).item() == pytest.approx(13 / 12)
    assert objective.state["words"] == 6.0 and objective.state["steps"] == 2


@pytest.mark.parametrize(
    ("alpha", "turns"),
    [(0.5, [0, 1, 0, 1, 0, 1, 0, 1]), (0.75, [0, 0, 0, 1] * 2), (0.0, [1] * 8), (1.0, [0] * 8)],
)
def test_whose_turn_it_is(alpha, turns):
    assert [writes(turn, alpha) for turn in range(8)] == turns


def test_joint_teaching_goes_by_turns_and_remembers_whose_it_is():
    own = batch([[1, 1]])
    student = SimpleNamespace(write=lambda made, decoding: own)
    seen = []

    def words(student, teacher, made):
        seen.append("own" if made is own else "given")
        return torch.zeros(())

    objective = Joint(words, 0.5, Decoding())
    for _ in range(3):
        objective(student, None, batch([[2]]))
    again = Joint(words, 0.5, Decoding())
    again.state.update(objective.state)
    again(student, None, batch([[2]]))
    assert seen == ["given", "own", "given", "own"]
