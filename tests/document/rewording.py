"""Paraphrases without a model: other words in another order, some of them with a catch."""

import re
from random import Random

WORDS = "the some quickly answer house Nobody went, under old (perhaps) yet: done; it’s".split()
# What a careless writer would turn into markup.
CATCHES = """\
* _ ** ` # - + 1. 2) > | ~~~ === --- : [x] [ref] [^1] ![i](u) <b> </i> <!-- &amp; &lt; \\ $ $x$ {.c}
*a _b a|b *all* **so** `c` https://a.b/c_d www.x.y @doe % ~ {x} ~~gone~~ [a](b) {{y}} ::: !!! ```
""".split()
CHANGED_WORDS = 0.4


def reworded(source: str, freeze: tuple[str, ...], seed: int = 0, catches: bool = False) -> str:
    """The sentence with words replaced and moved, but for what must stay; its end stays last."""
    luck = Random(f"{source}{seed}")
    kept = "|".join(re.escape(phrase) for phrase in sorted(freeze, key=len, reverse=True))
    units = re.findall(rf"\S*?(?:{kept})\S*|\S+" if kept else r"\S+", source)
    others = WORDS + CATCHES * catches
    for i, unit in enumerate(units):
        if not any(phrase in unit for phrase in freeze) and luck.random() < CHANGED_WORDS:
            units[i] = luck.choice(others)
    *first, last = units or [""]
    start = luck.randrange(len(first) + 1)
    return " ".join([*first[start:], *first[:start], last])
