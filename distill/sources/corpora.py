"""The paraphrase corpora that the published method draws its sentences from, and local files.

arXiv 2404.12596 names Quora (QQP), PAWS, MRPC, MSCOCO captions, WikiAnswers and
Twitter-URL. Five are on the Hugging Face Hub as Parquet or JSON; `datasets` no longer
runs loading scripts. Twitter-URL is not there: get `Twitter_URL_Corpus_train.txt` from
its authors (github.com/lanwuwei/Twitter-URL-Corpus) and give its path.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from distill.records import UNSTATED, read_rows
from paraphraser_tui.errors import InputError, OptionError

# How many of six annotators must have called two tweets paraphrases (the corpus' own advice).
TWITTER_MIN_VOTES = 4
_TWITTER_VOTES = re.compile(r"\((\d), ?6\)")
TEXT_SUFFIXES = (".txt", ".text")


class Corpus(StrEnum):
    """The corpora known by name."""

    QQP = "qqp"
    MRPC = "mrpc"
    PAWS = "paws"
    MSCOCO = "mscoco"
    WIKIANSWERS = "wikianswers"
    TWITTER_URL = "twitter_url"


# Texts that say the same; a single text has no known paraphrase.
Group = tuple[str, ...]


@dataclass(frozen=True)
class Hub:
    """Where a corpus is on the Hub and how a row becomes groups of texts."""

    path: str
    licence: str
    groups: Callable[[dict[str, Any]], Iterable[Group]]
    name: str | None = None
    split: str = "train"


def labelled(first: str, second: str) -> Callable[[dict[str, Any]], Iterable[Group]]:
    """Two columns that are paraphrases where the column `label` is 1, else two single texts."""

    def groups(row: dict[str, Any]) -> Iterable[Group]:
        a, b = row[first], row[second]
        return [(a, b)] if row["label"] == 1 else [(a,), (b,)]

    return groups


HUB = {
    Corpus.QQP: Hub("nyu-mll/glue", "research", labelled("question1", "question2"), "qqp"),
    Corpus.MRPC: Hub("nyu-mll/glue", "research", labelled("sentence1", "sentence2"), "mrpc"),
    Corpus.PAWS: Hub(
        "google-research-datasets/paws",
        "open",
        labelled("sentence1", "sentence2"),
        "labeled_final",
    ),
    Corpus.MSCOCO: Hub(
        "sentence-transformers/coco-captions",
        "open",
        lambda row: [(row["caption1"], row["caption2"])],
    ),
    Corpus.WIKIANSWERS: Hub(
        "embedding-data/WikiAnswers", UNSTATED, lambda row: [tuple(row["set"])]
    ),
}


def hub_groups(corpus: Corpus) -> Iterator[Group]:
    """Groups of a corpus, streamed from the Hub (or its cache). Raises InputError."""
    hub = HUB[corpus]
    from datasets import load_dataset

    try:
        rows = load_dataset(hub.path, hub.name, split=hub.split, streaming=True)
        for row in rows:
            yield from hub.groups(row)
    except Exception as error:
        # datasets, huggingface_hub, pyarrow and httpx all raise their own.
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{corpus}: {hub.path} cannot be read from the Hub: {reason}") from None


def twitter_groups(path: Path) -> Iterator[Group]:
    """Groups from the Twitter-URL corpus: text, text, votes such as "(4, 6)", address."""
    for number, line in _lines(path):
        fields = line.split("\t")
        votes = _TWITTER_VOTES.fullmatch(fields[2].strip()) if len(fields) > 2 else None
        if votes is None:
            raise InputError(f"{path}, line {number}: not a line of the Twitter-URL corpus")
        a, b = fields[:2]
        yield from [(a, b)] if int(votes[1]) >= TWITTER_MIN_VOTES else [(a,), (b,)]


def file_groups(path: Path) -> Iterator[Group]:
    """Groups of a local file: text lines, or JSON lines with `text`, or `src` and maybe `tgt`.

    Compressed files end in .xz or .gz. Raises InputError.
    """
    if path.suffix in TEXT_SUFFIXES:
        yield from ((line,) for _, line in _lines(path))
        return
    for number, row in read_rows(path):
        group = (
            (row["text"],) if "text" in row else (row.get("src"), row.get("tgt", row.get("src")))
        )
        if not all(isinstance(text, str) for text in group):
            raise InputError(f"{path}, line {number}: no field 'text' or 'src'")
        yield tuple(dict.fromkeys(group))


def check_path(corpus: Corpus | None, path: Path | None) -> None:
    """Refuse a corpus without the file it needs, or a file for a corpus of the Hub."""
    if corpus is None and path is None:
        raise OptionError("a corpus needs a name or a path")
    if corpus is Corpus.TWITTER_URL and path is None:
        raise OptionError(f"{corpus} is not on the Hub; give the path of its training file")
    if corpus in HUB and path is not None:
        raise OptionError(f"{corpus} comes from the Hub and takes no path")


def groups(corpus: Corpus | None, path: Path | None) -> Iterator[Group]:
    """Groups of texts of a named corpus or of a file."""
    if corpus is None:
        return file_groups(path)
    return twitter_groups(path) if corpus is Corpus.TWITTER_URL else hub_groups(corpus)


def licence_of(corpus: Corpus | None) -> str:
    """The licence class of a named corpus; Twitter-URL is CC BY-NC-SA."""
    if corpus in HUB:
        return HUB[corpus].licence
    return "noncommercial" if corpus is Corpus.TWITTER_URL else UNSTATED


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None
