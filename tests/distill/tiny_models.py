"""Pairs, vocabularies and Hub-like model directories, small enough to be made in a test."""

import itertools
from pathlib import Path

from distill.records import Pair, write_jsonl
from distill.students.vocabulary import train_vocabulary
from paraphraser_tui.text.words import FUNCTION_WORDS

SYNONYMS = (
    ("big", "large"), ("quick", "fast"), ("house", "home"), ("car", "vehicle"),
    ("begin", "start"), ("end", "finish"), ("happy", "glad"), ("child", "kid"),
    ("road", "street"), ("job", "task"), ("buy", "purchase"), ("help", "assist"),
)  # fmt: skip
FRAMES = (
    "They say that the {} was near the {}.",
    "We never saw a {} without some {} there.",
    "Is the {} as good as a {}?",
    "Most people would rather {} than {} on Monday.",
)


def pairs() -> list[Pair]:
    """A few hundred pairs in which one or two words are replaced by synonyms."""
    made = []
    for frame, (a, b) in itertools.product(FRAMES, itertools.permutations(SYNONYMS, 2)):
        made.append(Pair(frame.format(a[0], b[0]), frame.format(a[1], b[1]), "tiny", "rules"))
        made.append(Pair(frame.format(a[1], b[0]), frame.format(a[1], b[1]), "mild", "rules"))
    return made


def write_pairs(path: Path) -> Path:
    write_jsonl(path, pairs())
    return path


def house_vocabulary(path: Path, size: int = 710) -> Path:
    # Function words make it many enough for pieces of several letters.
    texts = [text for p in pairs() for text in (p.src, p.tgt)]
    texts += [f"the {word} of it" for word in sorted(FUNCTION_WORDS)]
    train_vocabulary(texts, path, size, threads=1)
    return path


def house_directory(path: Path) -> Path:
    """A house student that was never trained."""
    from distill.students import directory
    from distill.students.house import HouseSize
    from distill.students.registry import StudentConfig, prepare

    size = HouseSize(d_model=48, heads=4, ffn=96, encoder_layers=2, decoder_layers=1, positions=64)
    path.mkdir(parents=True, exist_ok=True)
    vocabulary = house_vocabulary(path / "spm.model")
    student = prepare(StudentConfig(vocabulary=vocabulary, size=size))
    directory.save(student, path, {}, "float32")
    return path


def t5_directory(path: Path, flan: bool) -> Path:
    """A T5 checkpoint as on the Hub: tied and scaled, or untied and gated as Flan-T5 is."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    pieces = sorted({p for word in _words() for p in (f"▁{word}", word)} | set(_letters()))
    scores = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -4.0)]
    scores += [(piece, -6.0 if len(piece) > 1 else -9.0) for piece in pieces]
    tokenizer = T5Tokenizer(vocab=scores, extra_ids=100)
    torch.manual_seed(0)
    config = T5Config(
        vocab_size=len(tokenizer), d_model=48, d_kv=12, d_ff=96, num_layers=2, num_heads=4,
        feed_forward_proj="gated-gelu" if flan else "relu", tie_word_embeddings=not flan,
        decoder_start_token_id=0, initializer_factor=0.5,
    )  # fmt: skip
    model = T5ForConditionalGeneration(config)
    if flan:
        weight = torch.randn(config.vocab_size, config.d_model) * config.d_model**-0.5
        model.lm_head.weight = torch.nn.Parameter(weight)
    return _save(model, tokenizer, path)


def bart_directory(path: Path) -> Path:
    """A BART checkpoint as on the Hub: byte-level vocabulary, first token forced."""
    import torch
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import BartConfig, BartForConditionalGeneration, BartTokenizer

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    letters = sorted(ByteLevel.alphabet())
    merges = [("Ġ", letter) for letter in "abcdefghijklmnopqrstuvwxyz"]
    vocabulary = [*special, *letters, *("".join(merge) for merge in merges)]
    tokenizer = BartTokenizer(vocab={t: i for i, t in enumerate(vocabulary)}, merges=merges)
    torch.manual_seed(0)
    config = BartConfig(
        vocab_size=len(tokenizer), d_model=48, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=96,
        decoder_ffn_dim=96, max_position_embeddings=128, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, decoder_start_token_id=2, forced_bos_token_id=0, forced_eos_token_id=2,
    )  # fmt: skip
    return _save(BartForConditionalGeneration(config), tokenizer, path)


def _save(model, tokenizer, path: Path) -> Path:
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


def _words() -> set[str]:
    return {word.strip(".?") for p in pairs() for word in f"{p.src} {p.tgt}".split()}


def _letters() -> str:
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,?!:'0123456789"
