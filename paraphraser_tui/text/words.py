"""Words, stems and content words of English text."""

import re
from functools import lru_cache

from Stemmer import Stemmer

from .irregular import BASE_FORM

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

STEM_CACHE_SIZE = 50_000

# Words that carry grammar rather than content: changing them is no rewording.
FUNCTION_WORDS = frozenset(
    """
    a about above across after against all along also although am among an and another any are
    around as at away be because been before behind being below between both but by can cannot
    could did do does doing done down due during each either else even ever every few for from
    had has have having he her here hers herself him himself his how however i if in into is it
    its itself just least less many may me might mine more most much must my myself near neither
    nor of off on once only onto or other our ours ourselves out over own per rather same shall
    she should since so some still such than that the their theirs them themselves then there
    these they this those though through thus till to too toward towards under until up upon us
    very via was we were what whatever when where whether which while who whom whose why will
    with within without would yet you your yours yourself yourselves
    i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's we're
    we've we'd we'll they're they've they'd they'll that's there's here's what's who's let's
    """.split()
)

# Beside all words in n't.
NEGATIONS = frozenset(
    """
    no not never none nobody nothing nowhere neither nor cannot without hardly scarcely barely
    """.split()
)


def words(text: str) -> list[str]:
    """The words of a text as they stand; digits and punctuation are left out."""
    return WORD.findall(text)


def fold(word: str) -> str:
    """Lower case with straight apostrophes and no possessive, for comparing words."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


_STEMMER = Stemmer("english")


@lru_cache(maxsize=STEM_CACHE_SIZE)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a word's base form, folded."""
    word = fold(word)
    return _STEMMER.stemWord(BASE_FORM.get(word, word))


def content_stems(text: str) -> list[str]:
    """Stems of the content words in reading order.

    A text with function words only yields the stems of those, so that it can
    still be compared with another.
    """
    found = words(text)
    content = [w for w in found if w.lower().replace("’", "'") not in FUNCTION_WORDS]
    return [stem(w) for w in content or found]
