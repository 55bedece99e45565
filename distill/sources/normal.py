"""One form for texts that differ only in case, spaces, accents of width, or punctuation."""

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")
HASH_BYTES = 8


def normal_words(text: str) -> list[str]:
    """Words of a text, case-folded and NFKC-normalised, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def fingerprint(*texts: str) -> int:
    """A 64-bit number, equal for texts with the same normal words and (nearly) only for them."""
    joined = "\n".join(" ".join(normal_words(text)) for text in texts)
    digest = hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES)
    return int.from_bytes(digest.digest())
