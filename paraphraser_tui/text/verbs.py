"""Signs that a line is a sentence: verbs, pronouns and other words that headings lack.

A table of common verbs stands in for a tagger: cheap, and enough to tell
"Walked to the shop" from "Frequently asked questions".
"""

from collections.abc import Sequence
from itertools import pairwise

from .irregular import BASE_FORM
from .words import FUNCTION_WORDS

_AUXILIARIES = frozenset(
    """
    am is are was were has have had do does did can could will would shall should may might must
    cannot
    """.split()
)
# Words that stand in sentences and hardly ever in headings.
SENTENCE_WORDS = frozenset(
    """
    i me he him she it we us they them you be been not never please thanks sorry yes no ok just
    really very so too here there now then today tomorrow yesterday tonight again maybe soon always
    already anyway gonna wanna gotta dont cant wont im ive youre thats its lol
    """.split()
).union(_AUXILIARIES)
_VERBS = """
    add allow appear apply ask bake be beat become begin believe blend boil bring brush build buy
    call carry check choose chop click close combine come contact contain continue cook cool copy
    cover create cut delete drain drink drop eat enjoy ensure enter expect explain fall feel find
    fold follow fry garnish get give go grow happen heat help hold hope include increase insert
    install keep knead know lead leave let like live look lose love lower make mean meet melt mix
    move need offer open pay place play pour preheat prepare press provide put raise read reach
    remain remember remove replace require return rinse run save say see seem select sell send
    serve set show sit slice spread sprinkle stand stay stir stop take talk tell thank think
    toss transfer travel try turn type understand use visit wait walk want wash watch welcome whisk
    win wipe work worry write
    """.split()
# Read as nouns in headings more often: "Bike sets", "Two runs".
_NOUN_FORMS = frozenset(
    "adds calls checks copies covers cuts drinks drops falls feels folds gets helps holds hopes"
    " leads lives looks moves needs offers pays places plays prices reads returns runs sets shows"
    " sits slices spreads stands stops talks travels turns types uses visits walks works".split()
)
# Past forms that are nouns or adjectives too.
_NO_PAST = frozenset(
    """
    men women children people feet teeth geese mice lives wives knives leaves shelves halves selves
    thieves loaves wolves crises analyses criteria phenomena better best worse worst farther further
    born broken ground wound lay left lit light mown spoken written known led lost bound split wind
    """.split()
)
DOUBTFUL = _NOUN_FORMS | _NO_PAST
_CONTRACTED = frozenset(w for w in FUNCTION_WORDS if "'" in w)
SIGNS = frozenset(
    {*SENTENCE_WORDS, *_CONTRACTED, *_VERBS, *(v + "s" for v in _VERBS), *BASE_FORM} - DOUBTFUL
)
# Verbs that need no other beside them; forms in -n ("taken") mostly do.
_FINITE_IN_N = frozenset("began ran won".split())
_FINITE = frozenset(
    {
        *_AUXILIARIES,
        *(v + "s" for v in _VERBS),
        *(w for w in BASE_FORM if not w.endswith("n") or w in _FINITE_IN_N),
    }
    - DOUBTFUL
)
_OBJECTS = frozenset(
    "the a an his her its their our my your this that these those him them it us me you".split()
)
_CONTRACTIONS = ("n't", "'m", "'d", "'ll", "'re", "'ve")
_NO_VERB_IN_ED = frozenset("bed red hundred speed feed seed need shed breed indeed wed led".split())


def has_signs(words: Sequence[str]) -> bool:
    """Whether words hold a verb, a pronoun or another word that headings and names lack."""
    folded = [w.lower().replace("’", "'") for w in words]
    return any(w in SIGNS or w.endswith(_CONTRACTIONS) for w in folded) or _has_past(folded)


def has_finite_verb(words: Sequence[str]) -> bool:
    """Whether a verb is among the words that makes a clause; some are overlooked."""
    folded = [w.lower().replace("’", "'") for w in words]
    return any(map(is_finite_verb, folded)) or any(
        word.endswith("ed") and following in _OBJECTS for word, following in pairwise(folded)
    )


def is_finite_verb(word: str) -> bool:
    """Whether a word in lower case is an auxiliary, an irregular past form or "says"."""
    return word in _FINITE or word.endswith(_CONTRACTIONS)


def _has_past(folded: Sequence[str]) -> bool:
    """A word in -ed that no noun follows: "walked to", not "asked questions"."""
    for word, following in zip(folded, [*folded[1:], ""], strict=True):
        if word.endswith("ed") and len(word) > 3 and word not in _NO_VERB_IN_ED:
            if following in FUNCTION_WORDS or following.endswith("ly"):
                return True
            if not following and len(folded) > 1:
                return True
    return False
