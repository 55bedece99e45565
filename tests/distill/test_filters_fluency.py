"""Fluency by a language model: a tiny GPT-2 made here, asked through CTranslate2."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from distill.filters.fluency import FEATURE, Fluency, Reader
from distill.filters.verdict import Workplace
from distill.impossible.choice import quality
from distill.impossible.critics import Critics
from distill.records import Pair
from paraphraser_tui.errors import ModelError

torch = pytest.importorskip("torch")

WORDS = "[UNK] [EOS] Dogs sleep in the garden . loudly cars".split()
TEXTS = ["Dogs sleep in the garden .", "Dogs sleep loudly .", "cars cars in"]
# int8 weights against float32 ones, in nats per token.
TOLERANCE = 0.1


@pytest.fixture(scope="module")
def language_model(tmp_path_factory):
    """A GPT-2 with random weights, large enough ones that its opinions are strong."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    path = tmp_path_factory.mktemp("gpt2")
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="[EOS]", eos_token="[EOS]", unk_token="[UNK]"
    ).save_pretrained(path)
    torch.manual_seed(0)
    shape = GPT2Config(
        vocab_size=len(WORDS), n_positions=16, n_embd=32, n_layer=1, n_head=2,
        bos_token_id=1, eos_token_id=1, initializer_range=0.5,
    )  # fmt: skip
    GPT2LMHeadModel(shape).save_pretrained(path)
    return path


def judged(model: Path, folder: Path, pairs: list[Pair], **options):
    """The verdicts of a filter that works in `folder`."""
    with ExitStack() as stack:
        return Fluency(str(model), **options).judge(Workplace(folder, stack))(pairs)


def test_scores_are_those_of_the_model_itself(language_model, tmp_path):
    from transformers import GPT2LMHeadModel

    reader = Reader(str(language_model), tmp_path / "converted")
    model = GPT2LMHeadModel.from_pretrained(language_model).eval()
    expected = []
    for text in TEXTS:
        ids = torch.tensor([[1, *(WORDS.index(word) for word in text.split())]])
        with torch.inference_mode():
            logs = model(ids).logits[0, :-1].log_softmax(-1)
        expected.append(logs.gather(1, ids[0, 1:, None]).mean().item())
    assert max(expected) - min(expected) > 5 * TOLERANCE
    assert reader.scores(TEXTS) == pytest.approx(expected, abs=TOLERANCE)
    assert reader.scores([""]) == [0]


def test_a_target_may_fall_so_far_from_its_source(language_model, tmp_path):
    scores = Reader(str(language_model), tmp_path / "again").scores(TEXTS)
    natural, odd = TEXTS[scores.index(max(scores))], TEXTS[scores.index(min(scores))]
    gap = max(scores) - min(scores)
    pairs = [Pair(natural, odd, "x"), Pair(odd, natural, "x"), Pair(odd, odd, "x")]

    def reasons(max_fall: float) -> list[str]:
        verdicts = judged(language_model, tmp_path, pairs, max_fall=max_fall)
        return [verdict.reason for verdict in verdicts]

    assert reasons(gap * 0.9) == ["clumsy", "", ""]
    assert reasons(gap * 1.1) == ["", "", ""]
    gains = [one.features[FEATURE] for one in judged(language_model, tmp_path, pairs)]
    assert gains == pytest.approx([-gap, gap, 0], abs=1e-3)


def test_the_model_is_converted_once_and_what_was_scored_is_remembered(
    language_model, tmp_path, monkeypatch
):
    pairs = [Pair(TEXTS[0], TEXTS[1], "x")]
    first = judged(language_model, tmp_path, pairs)
    (converted,) = tmp_path.glob("*/model.bin")
    before = converted.stat().st_mtime_ns
    monkeypatch.setattr(Reader, "scores", lambda *_: pytest.fail("asked twice"))
    assert judged(language_model, tmp_path, pairs) == first
    assert converted.stat().st_mtime_ns == before
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_models_that_cannot_be_asked(language_model, tmp_path, missing):
    for path in language_model.iterdir():
        if path.name != missing:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(ModelError, match="cannot be loaded as language model") as raised:
        Reader(str(tmp_path), tmp_path / "converted")
    assert "\n" not in str(raised.value)


def test_of_equal_pairs_the_more_fluent_is_chosen():
    told = {"similarity": 0.9, "fidelity": 0.8, "ease": 1.0}
    worse, good, better = (
        Pair("a", "b", "x", features=told | {FEATURE: gain}) for gain in (-0.3, 0.0, 2.0)
    )
    # What is more natural than its source is no better for it: that rewards leaving out.
    assert quality(worse) < quality(good) == quality(better)


def test_off_unless_asked_for():
    assert "fluency" not in Critics().filters()
    assert "fluency" in Critics(fluency=Fluency(enabled=True)).filters()
