"""How much of a text was reworded, how far, and how different several variants are.

    paraphrase --format jsonl -n 5 < text | python benchmarks/quality.py

Means of meaning and change are over the best variant of every sentence that got one; the mean
change is also told with the kept ones counted as zero.
"""

import json
import re
import sys
from itertools import combinations
from statistics import fmean

from paraphraser_tui.text.change import measure

WORDS = re.compile(r"\w+")


def key(text: str) -> str:
    """What is left without case and punctuation."""
    return " ".join(WORDS.findall(text.casefold()))


def main() -> None:
    """One figure a line."""
    rows = [json.loads(line) for line in sys.stdin]
    variants = [row["variants"] for row in rows]
    best = [found[0] for found in variants if found]
    most = max(map(len, variants))
    print(f"sentences                  {len(rows)}")
    print(f"kept as they were          {1 - len(best) / len(rows):.1%}")
    print(f"meaning                    {fmean(v['meaning'] for v in best):.3f}")
    changes = [v["change"] for v in best]
    print(
        f"change                     {fmean(changes):.3f} ({sum(changes) / len(rows):.3f} of all)"
    )
    print(f"fluency                    {fmean(v['fluency'] for v in best):.3f}")
    if most > 1:
        texts = [[v["text"] for v in found] for found in variants]
        pairs = [pair for found in texts for pair in combinations(found, 2)]
        print(f"sentences with {most:2} variants {fmean(len(t) == most for t in texts):.1%}")
        print(f"change between variants    {fmean(measure(*p).overall for p in pairs):.3f}")
        print(f"equal variants             {sum(key(a) == key(b) for a, b in pairs)}")


if __name__ == "__main__":
    main()
