"""What is trained on, what it costs, and that a kill costs nothing."""

import json
from collections import Counter
from dataclasses import replace

import pytest
import tiny_models
from hypothesis import given
from hypothesis import strategies as st

from distill.records import Pair, write_jsonl
from distill.students.lora import Lora
from distill.students.registry import StudentConfig
from distill.students.tokenizers import HouseTokenizer
from distill.training import Config, run
from distill.training.batching import IGNORED, collate, epoch_batches, ordered_batches
from distill.training.data import Ragged, Rows, is_held_out, load_data
from distill.training.schedule import Limits, learning_rate
from distill.training.settings import Corpus, DataConfig, OptimizerConfig
from paraphraser_tui.errors import InputError, OptionError

np = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")
torch.set_num_threads(1)
F = torch.nn.functional
HUB = ("t5-small", "flan-t5-small", "bart-base")


@pytest.fixture(autouse=True)
def fresh_accelerate():
    """Each run here stands for a process of its own, which accelerate would keep the state of."""
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)


def rows(lengths, weights=None):
    """Rows of the given source lengths; targets are one token shorter, at least one."""
    sources = Ragged([[7] * n for n in lengths])
    targets = Ragged([[9] * max(1, n - 1) for n in lengths])
    weights = np.ones(len(lengths)) if weights is None else weights
    return Rows(sources, targets, weights, Ragged([[]] * len(lengths)), np.zeros(len(lengths)))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.integers(30, 400))
def test_every_row_comes_once_within_the_budget(lengths, tokens):
    made = rows(lengths)
    for batches in (epoch_batches(made, tokens, seed=1, epoch=0), ordered_batches(made, tokens)):
        assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
        for batch in batches:
            width = max(lengths[i] for i in batch) + max(max(1, lengths[i] - 1) for i in batch)
            assert len(batch) == 1 or len(batch) * width <= tokens


def test_epochs_differ_and_seeds_repeat():
    made = rows(list(range(1, 60)))

    def order(seed, epoch):
        return [list(batch) for batch in epoch_batches(made, 100, seed, epoch)]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1)
    assert order(1, 0) != order(2, 0)


def test_weights_say_how_often_a_row_comes():
    made = rows([5] * 4, np.asarray([0.0, 0.5, 1.0, 2.25]))
    drawn = Counter(
        int(i) for epoch in range(400) for b in epoch_batches(made, 50, 0, epoch) for i in b
    )
    assert drawn[0] == 0
    assert drawn[2] == 400
    assert 160 < drawn[1] < 240
    assert 850 < drawn[3] < 950


def test_padding_and_the_shift_to_the_right():
    sources, targets = Ragged([[5, 6, 1], [5, 1]]), Ragged([[8, 1], [7, 8, 1]])
    made = Rows(sources, targets, np.ones(2), Ragged([[], []]), np.zeros(2))
    batch = collate(made, [0, 1], pad=0, decoder_start=2)
    assert batch.source.tolist() == [[5, 6, 1], [5, 1, 0]]
    assert batch.labels.tolist() == [[8, 1, IGNORED], [7, 8, 1]]
    assert batch.decoder_input.tolist() == [[2, 8, 0], [2, 7, 8]]
    assert batch.dropped.shape == (2, 0)


def test_words_to_hold_down_are_padded():
    texts = Ragged([[5, 1]] * 3)
    made = Rows(texts, texts, np.ones(3), Ragged([[4, 5], [], [6]]), np.array([2, 0, 0.5]))
    batch = collate(made, [0, 1, 2], pad=0, decoder_start=2)
    assert batch.dropped.tolist() == [[4, 5], [IGNORED, IGNORED], [6, IGNORED]]
    assert batch.unlikelihood.tolist() == [2, 0, 0.5]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    path = tmp_path_factory.mktemp("house")
    return path, HouseTokenizer(tiny_models.house_vocabulary(path / "spm.model"))


def test_words_left_out_are_held_down_at_the_levels_asked_for(house, tmp_path):
    _, tokenizer = house
    path = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    train = load_data(DataConfig(unlikelihood=(0, 0, 2.0, 2.0, 2.0)), path, tokenizer).train
    seen = set()
    for row in range(len(train)):
        source, target = {*train.sources[row].tolist()}, {*train.targets[row].tolist()}
        dropped = [tokenizer.piece(i) for i in train.dropped[row].tolist()]
        if train.unlikelihood[row]:
            beginnings = {tokenizer.piece(i) for i in source - target}
            assert set(dropped) == {p for p in beginnings if p[0] == "▁" and p[1:].isalpha()}
        else:
            assert not dropped
        seen.add((float(train.unlikelihood[row]), bool(dropped)))
    assert seen == {(0.0, False), (2.0, True)}


def test_sets_levels_and_directions_weigh(house, tmp_path):
    _, tokenizer = house
    path = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    config = DataConfig((Corpus(path, 2.0, {"mild": 0.25}),), (0, 1, 1, 1, 1), held_out=0.1)
    data = load_data(config, None, tokenizer)
    assert set(data.train.weights.tolist()) <= {2.0, 0.5}
    pairs = tiny_models.pairs()
    assert data.counts["read"] == len(pairs)
    assert sum(data.sets.values()) == len(data.train) == data.counts["train"]
    assert data.counts.get("weight_zero", 0) == len(pairs) - len(data.train) - len(data.held_out)
    top = replace(config, corpora=(Corpus(path, limit=20),))
    assert load_data(top, None, tokenizer).counts["read"] == 20
    both = replace(config, corpora=(Corpus(path, both_directions=True),))
    assert load_data(both, None, tokenizer).counts["read"] == 2 * len(pairs)
    assert load_data(DataConfig(), path, tokenizer).counts["read"] == len(pairs)


def test_a_source_is_on_one_side_only(house, tmp_path):
    _, tokenizer = house
    path = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    data = load_data(DataConfig(held_out=0.2), path, tokenizer)
    # Without the codes, which depend on the target.
    train, held = (
        {tuple(part.sources[i][3:]) for i in range(len(part))}
        for part in (data.train, data.held_out)
    )
    assert train and held and not train & held
    share = sum(is_held_out(f"text {i}", 0.2) for i in range(5000)) / 5000
    assert 0.17 < share < 0.23


def test_long_pairs_are_counted_and_typography_is_plain(house, tmp_path):
    _, tokenizer = house
    rows = [Pair("It’s a “car”…" + " x" * i, "It is a car.", "s") for i in range(60)]
    write_jsonl(tmp_path / "p.jsonl", rows)
    data = load_data(
        DataConfig(held_out=0.2, max_source_tokens=60), tmp_path / "p.jsonl", tokenizer
    )
    assert data.counts["too_long"] > 5
    assert max(data.train.sources.lengths) <= 60
    text = tokenizer.decode(data.train.sources[0])
    assert text.startswith('It\'s a "car"...')
    with pytest.raises(InputError, match="held_out"):
        load_data(DataConfig(held_out=1e-9), tmp_path / "p.jsonl", tokenizer)
    write_jsonl(tmp_path / "none.jsonl", [])
    with pytest.raises(InputError, match="no pairs"):
        load_data(DataConfig(), tmp_path / "none.jsonl", tokenizer)


def test_the_rate_warms_up_and_falls_with_steps_or_time():
    config = OptimizerConfig(learning_rate=1.0, warmup_steps=10, floor=0.1)
    assert learning_rate(config, 0, 0.0) == pytest.approx(0.1)
    assert learning_rate(config, 9, 0.0) == pytest.approx(1.0)
    assert learning_rate(config, 99, 1.0) == pytest.approx(0.1)
    falling = [learning_rate(config, 50, f / 20) for f in range(21)]
    assert falling == sorted(falling, reverse=True)
    limits = Limits(steps=100, seconds=50.0)
    assert limits.fraction(10, 40.0) == 0.8
    assert limits.fraction(90, 1.0) == 0.9
    assert limits.fraction(200, 1.0) == 1.0
    assert Limits(seconds=10.0).fraction(10**9, 1.0) == 0.1


class TestChunkedLoss:
    """The chunked cross-entropy against torch's own, value and gradients."""

    @pytest.mark.parametrize("smoothing", [0.0, 0.1])
    @pytest.mark.parametrize("tokens", [1, 512, 1027])
    def test_it_is_the_cross_entropy(self, tokens, smoothing):
        from distill.training.loss import ChunkedLoss

        generator = torch.Generator().manual_seed(2)
        weight = torch.randn(300, 16, generator=generator).requires_grad_()
        states = torch.randn(tokens, 16, generator=generator).requires_grad_()
        labels = torch.randint(0, 300, (tokens,), generator=generator)
        wanted = F.cross_entropy(states @ weight.t(), labels, label_smoothing=smoothing)
        gradients = torch.autograd.grad(3 * wanted, (states, weight))
        got = ChunkedLoss.apply(states, weight, labels, smoothing)
        assert torch.allclose(got, wanted, atol=1e-5)
        for ours, theirs in zip(
            torch.autograd.grad(3 * got, (states, weight)), gradients, strict=True
        ):
            assert torch.allclose(ours, theirs, atol=1e-5)

    @pytest.mark.parametrize("tokens", [1, 600])
    def test_unlikelihood_by_the_formula(self, tokens):
        from distill.training.loss import ChunkedLoss, Unwanted

        generator = torch.Generator().manual_seed(3)
        weight = torch.randn(40, 8, generator=generator).requires_grad_()
        states = torch.randn(tokens, 8, generator=generator).requires_grad_()
        labels = torch.randint(20, 40, (tokens,), generator=generator)
        ids = torch.tensor([[3, 17, IGNORED]]).repeat(tokens, 1)
        ids[tokens // 2 :] = torch.tensor([0, IGNORED, IGNORED])
        strength = torch.linspace(0, 2, tokens)[:, None] + 0.5
        probabilities = (states @ weight.t()).softmax(1)
        outside = F.one_hot(ids.clamp_min(0), 40) * (ids != IGNORED)[:, :, None]
        left = 1 - (probabilities * outside.sum(1)).sum(1)
        wanted = F.cross_entropy(states @ weight.t(), labels)
        wanted = wanted - (strength[:, 0] * left.log()).mean()
        gradients = torch.autograd.grad(wanted, (states, weight))
        got = ChunkedLoss.apply(states, weight, labels, 0.0, Unwanted(ids, strength))
        assert torch.allclose(got, wanted, atol=1e-5)
        for ours, theirs in zip(torch.autograd.grad(got, (states, weight)), gradients, strict=True):
            assert torch.allclose(ours, theirs, atol=1e-5)

    def test_a_frozen_layer_gets_no_gradient(self):
        from distill.training.loss import ChunkedLoss

        weight, states = torch.randn(30, 8), torch.randn(5, 8, requires_grad=True)
        ChunkedLoss.apply(states, weight, torch.arange(5), 0.1).backward()
        assert states.grad.abs().sum() > 0 and weight.grad is None


def test_the_twin_computes_and_the_module_keeps_the_weights():
    from distill.training.twin import Twin

    module = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 1))
    module[0].bias.requires_grad_(False)
    twin = Twin(module)
    twin.module(torch.ones(2, 4, dtype=torch.bfloat16)).sum().backward()
    twin.hand_over_gradients()
    assert module[0].bias.grad is None and twin.module[0].weight.grad is None
    assert module[0].weight.grad.dtype == torch.float32
    expected = (module[1].weight[0, :, None] * 2).expand(4, 4)
    assert torch.allclose(module[0].weight.grad, expected, rtol=0.02)
    # Steps too small for bfloat16 add up in the module, and reach the twin in the end.
    before = twin.module[1].bias.clone()
    for _ in range(1000):
        with torch.no_grad():
            module[1].bias += 1e-4
        twin.refresh()
    assert (twin.module[1].bias - before - 0.1).abs() < 0.01


def config(student, pairs, **changes):
    """A quick run on the tiny pairs."""
    settings = {
        "data": DataConfig((Corpus(pairs),), held_out=0.1, held_out_rows=60),
        "optimizer": OptimizerConfig(learning_rate=5e-3, warmup_steps=5),
        "max_steps": 30,
        "batch_tokens": 1500,
        "eval_steps": 10,
        "precision": "no",
        "threads": 1,
    }
    return Config(student=student, **{**settings, **changes})


def house_student(house):
    from distill.students.house import HouseSize

    size = HouseSize(d_model=48, heads=4, ffn=96, encoder_layers=1, decoder_layers=1, positions=64)
    return StudentConfig(vocabulary=house[0] / "spm.model", size=size)


def held_out_losses(out_dir):
    lines = (out_dir / "progress.jsonl").read_text().splitlines()
    return [row["held_out"] for row in map(json.loads, lines) if "held_out" in row]


@pytest.mark.parametrize("precision", ["no", "bf16"])
def test_the_loss_falls(house, tmp_path, precision):
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    data = DataConfig((Corpus(pairs),), unlikelihood=(0.5,) * 5, held_out=0.1, held_out_rows=60)
    made = config(house_student(house), pairs, precision=precision, data=data)
    counts = run(made, None, tmp_path / "out")
    losses = held_out_losses(tmp_path / "out")
    assert len(losses) == 3 and losses[-1] < losses[0] - 0.3
    assert counts["steps"] == 30
    facts = json.loads((tmp_path / "out" / "student" / "student.json").read_text())
    assert facts["training"]["sets"].keys() == {"tiny", "mild"}
    assert facts["training"]["held_out_loss"] == min(losses)
    assert facts["max_source_tokens"] == 128


def weights(out_dir):
    return (out_dir / "student" / "model.safetensors").read_bytes()


@pytest.mark.parametrize("kill_at", [1, 12, 20])
def test_a_killed_run_ends_with_the_same_weights(house, tmp_path, monkeypatch, kill_at):
    from distill.training.loop import Trainer

    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    made = config(
        house_student(house), pairs, max_steps=24, accumulate=2, precision="bf16", eval_steps=8
    )
    run(made, None, tmp_path / "whole")
    real = Trainer._train_on

    def killed(self, group, bar):
        if self.progress.step == kill_at:
            raise KeyboardInterrupt
        real(self, group, bar)

    monkeypatch.setattr(Trainer, "_train_on", killed)
    with pytest.raises(KeyboardInterrupt):
        run(made, None, tmp_path / "killed")
    monkeypatch.setattr(Trainer, "_train_on", real)
    run(made, None, tmp_path / "killed")
    assert weights(tmp_path / "killed") == weights(tmp_path / "whole")
    facts = [(tmp_path / n / "student" / "student.json").read_text() for n in ("killed", "whole")]
    assert facts[0] == facts[1]


def test_saves_are_due_by_the_clock_that_processes_share(house, tmp_path, monkeypatch):
    # Each by its own clock, one process would save, and wait for the others, a step before them.
    from distill.training.loop import Trainer

    saved = []
    real = Trainer._save
    monkeypatch.setattr(Trainer, "_clock", lambda self: 60.0 * self.progress.step)
    monkeypatch.setattr(
        Trainer, "_save", lambda self: (saved.append(self.progress.step), real(self))
    )
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    run(
        config(house_student(house), pairs, max_steps=12, eval_steps=100, save_minutes=4.5),
        None,
        tmp_path / "out",
    )
    assert saved == [5, 10, 12]


def test_a_finished_run_can_be_prolonged_but_not_changed(house, tmp_path):
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    made = config(house_student(house), pairs, max_steps=4)
    assert run(made, None, tmp_path / "out")["steps"] == 4
    before = weights(tmp_path / "out")
    assert run(made, None, tmp_path / "out")["steps"] == 4
    assert weights(tmp_path / "out") == before
    assert run(replace(made, max_steps=8), None, tmp_path / "out")["steps"] == 8
    with pytest.raises(OptionError, match="label_smoothing"):
        run(replace(made, label_smoothing=0.0), None, tmp_path / "out")
    write_jsonl(pairs, tiny_models.pairs()[:-1])
    with pytest.raises(OptionError, match="'pairs'"):
        run(made, None, tmp_path / "out")


def test_it_stops_early_with_the_best_weights(house, tmp_path):
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    # A rate that ruins the model after a good start.
    made = config(
        house_student(house), pairs, max_steps=200, eval_steps=2, patience=3,
        optimizer=OptimizerConfig(learning_rate=1.0, warmup_steps=20, clip_norm=1e9),
    )  # fmt: skip
    counts = run(made, None, tmp_path / "out")
    losses = held_out_losses(tmp_path / "out")
    assert counts["steps"] < 200
    assert min(losses) < losses[-1]
    again = held_out_loss(made, tmp_path / "out" / "student")
    assert again == pytest.approx(min(losses), abs=1e-3)


def test_the_result_is_averaged_with_the_start(house, tmp_path):
    """Also where a finished run is looked at again."""
    from safetensors.torch import load_file

    def tensors(name):
        return load_file(tmp_path / name / "student" / "model.safetensors")

    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    run(config(house_student(house), pairs, max_steps=2), None, tmp_path / "first")
    start = StudentConfig(start=tmp_path / "first" / "student")
    run(config(start, pairs, max_steps=6), None, tmp_path / "all")
    first, trained = tensors("first"), tensors("all")
    for _ in range(2):
        run(config(start, pairs, max_steps=6, start_share=0.25), None, tmp_path / "mixed")
        for name, weight in tensors("mixed").items():
            torch.testing.assert_close(weight, 0.25 * first[name] + 0.75 * trained[name])


def held_out_loss(made, student_dir):
    from distill.students import directory
    from distill.training.loop import Trainer

    student = directory.load(student_dir)
    data = load_data(made.data, None, student.tokenizer)
    unused = student_dir.parent / "unused"
    return Trainer(student.model, student.tokenizer, data, made, unused, None).evaluate()


def test_wall_time_ends_a_run(house, tmp_path):
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    made = config(house_student(house), pairs, max_steps=None, max_hours=2 / 3600)
    counts = run(made, None, tmp_path / "out")
    assert counts["steps"] > 1
    last = json.loads((tmp_path / "out" / "progress.jsonl").read_text().splitlines()[-1])
    assert 1.9 < last["seconds"] < 20
    assert (tmp_path / "out" / "student" / "model.safetensors").exists()


@pytest.mark.parametrize("base", HUB)
@pytest.mark.parametrize("lora", [Lora(rank=4), None])
def test_hub_students_learn(base, lora, tmp_path):
    start = {
        "t5-small": lambda p: tiny_models.t5_directory(p, flan=False),
        "flan-t5-small": lambda p: tiny_models.t5_directory(p, flan=True),
        "bart-base": tiny_models.bart_directory,
    }[base](tmp_path / "hub")
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    made = config(StudentConfig(base=base, start=start), pairs, lora=lora, max_steps=20)
    run(made, None, tmp_path / "out")
    losses = held_out_losses(tmp_path / "out")
    assert losses[-1] < losses[0] - (0.01 if lora else 0.05)
    adapter = tmp_path / "out" / "student" / "adapter" / "adapter_config.json"
    assert adapter.exists() == (lora is not None)
    if lora:
        assert str(tmp_path) not in adapter.read_text()
        targets = json.loads(adapter.read_text())["target_modules"]
        assert targets == sorted(targets) and len(targets) > 3


@pytest.mark.parametrize(
    "bad",
    [
        {"max_steps": None},
        {"batch_tokens": 0},
        {"max_hours": 0.0},
        {"lora": Lora()},
        {"start_share": 1.0},
    ],
)
def test_impossible_settings(bad):
    with pytest.raises(OptionError):
        config(StudentConfig(vocabulary=tiny_models.Path("spm.model")), "pairs", **bad)


def test_settings_that_do_not_go_together(tmp_path):
    with pytest.raises(OptionError, match="float32"):
        config(StudentConfig(base="t5-small"), "pairs", lora=Lora(), dtype="float16")
    with pytest.raises(OptionError, match="level_weights"):
        DataConfig(level_weights=(1.0,))
    with pytest.raises(OptionError, match="unlikelihood"):
        DataConfig(unlikelihood=(0.0, 0.0, 0.0, 0.0, -1.0))
    with pytest.raises(OptionError, match="negative"):
        Corpus(tmp_path, sets={"a": -1.0})
