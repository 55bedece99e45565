"""Which pieces can come up in answer to which: a shortlist for the output layer.

Multiplying with the whole vocabulary is half the work of decoding with a small student. What a
paraphrase says anew is mostly frequent, or near in meaning to what the source says. So considered
are the most frequent pieces, and of each piece of the source itself, its other spellings and its
nearest neighbours in the embedding. Jean et al. (arXiv 1412.2007) took the second part from
aligned texts; for paraphrases the student's own embedding covers more, and needs no text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from paraphraser_tui.models.manifest import TokenizerKind

from .student import Student

# The first so many ids; a Unigram vocabulary is sorted by frequency.
FREQUENT = 5000
NEIGHBOURS = 8
# Pieces up to this length spell what has no piece of its own.
SPELLING_LETTERS = 2
# A smaller vocabulary is multiplied with as fast as it is chosen from.
WORTH_IT = 3 * FREQUENT
BLOCK_ROWS = 1024
WORD_START = "▁"


def write(student: Student, model: Any, path: Path) -> None:
    """Write the shortlist of a student and its torch model to `path`, if it gains anything.

    The form is CTranslate2's: lines of a source piece, a tab, and pieces parted by spaces; no
    source piece stands for those that always count.
    """
    if student.tokenizer.kind is not TokenizerKind.SENTENCEPIECE:
        return  # other vocabularies are in no known order
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(student.path / student.tokenizer.file)
    )
    if len(pieces) < WORTH_IT:
        return
    vectors = model.get_input_embeddings().weight.detach().float().numpy()
    path.write_text("".join(lines(pieces, vectors, FREQUENT, NEIGHBOURS)), encoding="utf-8")


def lines(pieces: Any, vectors: Any, frequent: int, neighbours: int) -> Iterator[str]:
    """The lines of the file, from a SentencePiece model and vectors [pieces or more, size]."""
    names = [pieces.id_to_piece(i) for i in range(len(pieces))]
    usable = [
        i for i, name in enumerate(names) if not pieces.is_control(i) and len(name.split()) == 1
    ]
    always = {i for i in usable if i < frequent or pieces.is_byte(i) or _spells(names[i])}
    yield f"\t{' '.join(names[i] for i in sorted(always))}\n"
    spellings = defaultdict(list)
    for i in usable:
        spellings[_bare(names[i])].append(i)
    rare = [i for i in usable if i not in always]
    for i, near in zip(usable, _nearest(vectors, usable, rare, neighbours), strict=True):
        same = (j for j in spellings[_bare(names[i])] if j not in always)
        yield f"{names[i]}\t{' '.join(names[j] for j in dict.fromkeys([*same, *near]))}\n"


def coverage(
    path: Path, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
) -> float:
    """The share of all tokens of the targets that the shortlist allows for their sources."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    allowed = {piece: set(said.split(" ")) for piece, said in rows}
    found = wanted = 0
    for source, target in zip(sources, targets, strict=True):
        known = allowed[""].union(*(allowed.get(piece, set()) for piece in source))
        found += sum(token in known for token in target)
        wanted += len(target)
    return found / wanted


def _nearest(vectors: Any, rows: list[int], among: list[int], count: int) -> Iterator[list[int]]:
    """For each row those of `among` with the highest cosine to it, once the mean is taken off."""
    import numpy

    centred = vectors - vectors.mean(axis=0)
    centred /= numpy.linalg.norm(centred, axis=1, keepdims=True).clip(min=1e-9)
    others, ids = centred[among].T, numpy.array(among)
    for start in range(0, len(rows), BLOCK_ROWS):
        likeness = centred[rows[start : start + BLOCK_ROWS]] @ others
        best = numpy.argpartition(-likeness, count, axis=1)[:, :count]
        yield from numpy.sort(ids[best]).tolist()


def _bare(piece: str) -> str:
    return piece.lstrip(WORD_START).lower()


def _spells(piece: str) -> bool:
    return len(piece.replace(WORD_START, "")) <= SPELLING_LETTERS
