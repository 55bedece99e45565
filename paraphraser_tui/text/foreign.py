"""Whether a sentence is in another language than English, from its script and small words.

The tables are small, for a wrong answer costs little: an English sentence hardly ever
holds more of these words than English ones, and a foreign one that slips through meets the
guards of the engine.
"""

from .verbs import SENTENCE_WORDS, SIGNS, has_signs
from .words import FUNCTION_WORDS

MIN_FOREIGN_WORDS = 2
SHORT_FOREIGN = 5  # in so few words a single foreign one tells
MIN_UNKNOWN_WORDS = 6  # so many without any English function word are no English
_LAST_LATIN = 0x24F
_LATIN_ADDITIONAL = range(0x1E00, 0x1F00)

# Frequent words of German, French, Spanish, Italian, Portuguese, Dutch, Polish, the
# Scandinavian languages, Czech, Romanian, Hungarian, Finnish and Turkish that are no English.
_WORDS = """
    der die das er es hat und ist nicht ein eine einen einem einer eines ich wir ihr mit auf für
    von zu zum zur im dem den des auch sich sind wird werden wurde wurden haben habe kann nur noch
    nach bei aus wie wenn dass aber oder über durch vor sein seine ihre sehr schon mehr gibt bitte
    uns mir mich dich kein keine heute immer wieder vielen dank hier gut als bis guten unsere le la
    les des du une un est dans pour qui que sur pas avec ce cette ces sont nous vous ils elle je au
    aux mais ou où plus été être avoir fait comme tout leur ses sans très votre notre chez ne se il
    deux merci bonjour c'est n'est qu'il qu'elle l'on d'un d'une j'ai ella el los las una por con
    para del lo como más pero sus este esta entre muy también hay fue son está están ser su ya
    porque cuando todo nos usted ellos donde desde hasta gracias lei oggi domani di che della delle
    dei degli nel nella alla dal dalla sono è non anche gli questo questa più ha hanno stato essere
    perché molto ci suo sua loro dopo ma ed ho abbiamo grazie quando os da dos das um uma não em na
    nas com mais foi são ao ele ela também você muito já seu às está isso pela pelo até mas
    obrigado eu nós tem de het een en van dat niet zijn voor met aan er maar om hij bij ook uit
    naar wordt werd deze wij hebben heeft kan geen nog wel wat worden haar mijn dit onze moet graag
    tot vandaag się nie jest że na z do jak po przez co tak dla był była było są już tylko ale czy
    tym od ma który która może przed oraz jego jej proszę dziękuję będzie och att det som på av
    inte med ett jag har till så är jeg ikke og til hun noe også že se je to byl jsou který ale
    jako si și este sunt în nu care pentru és hogy nem egy az van meg csak ja ei että oli ovat
    mutta olen bir ve bu için çok ile değil
    """
# The same spelling is an English word.
_ENGLISH_TOO = frozenset("gut wet kan son long plus est pour".split())
_FOREIGN = frozenset(_WORDS.split()) - FUNCTION_WORDS - SENTENCE_WORDS - _ENGLISH_TOO
# Words of other languages too, which therefore do not speak for English.
_SHARED = frozenset(
    "a all am an as be do had has he i im in is it me no on over per so till to us was".split()
)
_ENGLISH = (FUNCTION_WORDS | SIGNS) - _FOREIGN - _SHARED
_ENGLISH_ENDINGS = ("ed", "ing", "ly")
# In front of a name these are part of it: "Rio de Janeiro", "van der Sar".
_PARTICLES = frozenset(
    "al da das de del della den der di do dos du el en la las le les los o os van von".split()
)


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    if text.isascii():
        return False
    letters = [ord(c) for c in text if c.isalpha()]
    other = sum(c > _LAST_LATIN and c not in _LATIN_ADDITIONAL for c in letters)
    return other * 2 > len(letters)


def is_foreign(found: list[str], text: str) -> bool:
    """Whether other languages lead in small words, or a long text has no English ones at all.

    found: the words of the text; names among them do not count.
    """
    folded = [w.lower() for w in found]
    foreign, accented = text.count("¿") + text.count("¡"), 0
    for i, word in enumerate(found):
        is_small = word[0].islower()
        if folded[i] in _FOREIGN and (is_small or not i):
            foreign += not (folded[i] in _PARTICLES and _is_in_name(found, i))
        elif is_small and not word.isascii():
            accented += 1
    if foreign or accented:
        english = sum(w in _ENGLISH for w in folded)
        foreign += 0 if english else accented
        return foreign > english and (foreign >= MIN_FOREIGN_WORDS or len(found) <= SHORT_FOREIGN)
    return (
        sum(w[0].islower() for w in found) >= MIN_UNKNOWN_WORDS
        and FUNCTION_WORDS.isdisjoint(folded)
        and not any(w.endswith(_ENGLISH_ENDINGS) for w in folded)
        and not has_signs(found)
    )


def _is_in_name(found: list[str], i: int) -> bool:
    """Whether a particle stands beside a name: "Oscar de la Hoya", "Los Angeles"."""
    if not i:
        return found[1:] != [] and found[1][0].isupper()
    return found[i - 1][0].isupper() or found[i - 1] in _PARTICLES
