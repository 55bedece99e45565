"""The house student's vocabulary: a cased SentencePiece unigram model that loses no character."""

import io
import random
import string
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from paraphraser_tui.errors import InputError

from ..controls import TOKENS
from ..records import atomic_writer

SIZE = 24_000
# The share of characters in the texts that get a piece of their own; the others become bytes.
CHARACTER_COVERAGE = 0.9998
MAX_SENTENCES = 600_000
MAX_SENTENCE_BYTES = 2_000
PAD, EOS, UNK = 0, 1, 2

# Characters that must have a piece however rare they are in the training texts.
REQUIRED = (
    string.ascii_letters
    + string.digits
    + string.punctuation
    + "“”‘’„‚«»…–—·•°×÷±²³½¼¾€£¥©®™§µ"
    + "".join(chr(c) for c in range(0xC0, 0x180) if chr(c).isalpha())
)
SPACES = "\t\n\v\f\r\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
SPACES += "\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# Latin, Greek and Cyrillic letters that can also be written with a combining mark.
COMPOSED = ((0xC0, 0x250), (0x370, 0x500), (0x1E00, 0x2000))


def train_vocabulary(
    texts: Iterable[str], path: Path, size: int = SIZE, seed: int = 0, threads: int = 2
) -> None:
    """Write a SentencePiece model trained on a sample of the texts, atomically.

    Ids: pad 0, eos 1, unk 2, then the control codes, the 256 bytes, the pieces. Digits are
    split, so that numbers are copied digit by digit. Raises InputError for too few texts.
    """
    from sentencepiece import SentencePieceTrainer

    sample = _sample(texts, seed)
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        rules.write_text(normalization_rules(), encoding="utf-8")
        try:
            SentencePieceTrainer.train(
                sentence_iterator=iter(sample),
                model_writer=model,
                model_type="unigram",
                vocab_size=size,
                character_coverage=CHARACTER_COVERAGE,
                required_chars=REQUIRED,
                byte_fallback=True,
                split_digits=True,
                normalization_rule_tsv=str(rules),
                user_defined_symbols=list(TOKENS),
                max_sentence_length=MAX_SENTENCE_BYTES,
                pad_id=PAD,
                eos_id=EOS,
                unk_id=UNK,
                bos_id=-1,
                num_threads=threads,
                minloglevel=2,
            )
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise InputError(f"no vocabulary of {size} pieces in these texts: {reason}") from None
    with atomic_writer(path) as stream:
        stream.write(model.getvalue())


def normalization_rules() -> str:
    """SentencePiece's rules as lines of `from TAB to`, code points in hexadecimal.

    Only what no reader sees is changed: kinds of spaces, invisible characters, and letters
    written as base and combining mark. Unlike NFKC this leaves ½, ™ and ﬁ alone.
    """
    rules = dict.fromkeys(SPACES, " ") | dict.fromkeys(INVISIBLE, "")
    for first, last in COMPOSED:
        for char in map(chr, range(first, last)):
            parts = unicodedata.normalize("NFD", char)
            if len(parts) > 1 and unicodedata.normalize("NFC", parts) == char:
                rules[parts] = char
    return "".join(f"{_hex(old)}\t{_hex(new)}\n" for old, new in sorted(rules.items()))


def _hex(text: str) -> str:
    return " ".join(f"{ord(char):X}" for char in text)


def _sample(texts: Iterable[str], seed: int) -> list[str]:
    """At most MAX_SENTENCES of the texts, each with the same chance (reservoir sampling)."""
    generator = random.Random(seed)
    kept: list[str] = []
    for seen, text in enumerate(texts):
        if seen < MAX_SENTENCES:
            kept.append(text)
        elif (place := generator.randrange(seen + 1)) < MAX_SENTENCES:
            kept[place] = text
    return kept
