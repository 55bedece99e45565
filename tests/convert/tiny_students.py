"""Students of every shape that can be converted, with random weights, made in a second.

Their weights are drawn wider than usual: logits of the usual width are so flat that
rounding to 8 bits decides which token is first, and a trained model's are not.
"""

import io
import json

from convert.parity import sample_sentences

WIDTH, HEADS, FEED_FORWARD, POSITIONS = 64, 4, 128, 40
SPREAD = 0.2
CONTROLS = {"lex": [0.2, 0.4], "len": [0.9, 1.1]}
CODES = [f"<{name}{i}>" for name, steps in CONTROLS.items() for i in range(len(steps) + 1)]


def write_house(path):
    """BART with a SentencePiece vocabulary and control codes."""
    import sentencepiece
    import transformers

    path.mkdir()
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sample_sentences()),
        model_writer=model,
        vocab_size=700,
        byte_fallback=True,
        hard_vocab_limit=False,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        user_defined_symbols=CODES,
        minloglevel=2,
    )
    (path / "spm.model").write_bytes(model.getvalue())
    size = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue()).vocab_size()
    ids = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 1, "decoder_start_token_id": 1}
    _bart(transformers, size, forced_eos_token_id=None, **ids).save_pretrained(path)
    _write_student_file(path, controls=CONTROLS, licence="Apache-2.0", training={"updates": 0})
    return path


def write_hub_bart(path):
    """BART as on the Hub: byte-level BPE in `tokenizer.json`, a forced first token."""
    import transformers

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = _byte_pairs(special)
    size = tokenizer.get_vocab_size()
    model = _bart(transformers, size)
    model.generation_config.forced_bos_token_id = 0
    model.save_pretrained(path)
    names = ("bos_token", "pad_token", "eos_token", "unk_token", "mask_token")
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, **dict(zip(names, special, strict=True))
    ).save_pretrained(path)
    return path


def write_t5(path, flan=False):
    """T5, or Flan-T5's shape: gated feed-forward layers and an output matrix of its own."""
    import transformers

    words = sorted({f"▁{word}" for text in sample_sentences() for word in text.split()})
    letters = sorted(
        {letter for text in sample_sentences() for letter in text if letter != " "} | {":"}
    )
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -5.0)]
    pieces += [(word, -8.0) for word in words if len(word) > 2] + [(c, -10.0) for c in letters]
    tokenizer = transformers.T5Tokenizer(vocab=pieces, extra_ids=100)
    shape = {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False} if flan else {}
    config = transformers.T5Config(
        vocab_size=len(tokenizer), d_model=WIDTH, d_kv=WIDTH // HEADS, d_ff=FEED_FORWARD,
        num_layers=2, num_heads=HEADS, decoder_start_token_id=0, initializer_factor=1.0, **shape,
    )  # fmt: skip
    _seeded(transformers.T5ForConditionalGeneration, config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    # T5 has no longest input of its own, and a random one never stops of itself.
    _write_student_file(path, max_source_tokens=POSITIONS, source_prefix="paraphrase: ")
    return path


def _bart(transformers, size, **options):
    config = transformers.BartConfig(
        vocab_size=size, d_model=WIDTH, encoder_layers=2, decoder_layers=1,
        encoder_attention_heads=HEADS, decoder_attention_heads=HEADS, init_std=SPREAD,
        encoder_ffn_dim=FEED_FORWARD, decoder_ffn_dim=FEED_FORWARD,
        max_position_embeddings=POSITIONS, **options,
    )  # fmt: skip
    return _seeded(transformers.BartForConditionalGeneration, config)


def _seeded(kind, config):
    import torch

    torch.manual_seed(0)
    return kind(config)


def _write_student_file(path, **told):
    (path / "student.json").write_text(json.dumps(told), encoding="utf-8")


def _byte_pairs(special):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=special,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(sample_sentences(), trainer)
    return tokenizer
