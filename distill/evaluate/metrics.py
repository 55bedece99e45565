"""The table of metrics: what each is called, which way is better, and how all are computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from . import meaning, overlap, variety
from .bootstrap import Statistic, mean_of
from .encoder import Encoder
from .overlap import PERCENT, Bleu

DISTINCT_ORDERS = (1, 2)


class Group(StrEnum):
    """The tables of the report, in order."""

    MEANING = "Meaning and joint scores"
    CHANGE = "Change and variety"
    DRIFT = "Drift (percent of outputs)"
    REFERENCE = "Overlap with the references"


class Better(StrEnum):
    """The direction to hope for; NEITHER is for descriptions and for scores that reward copying."""

    HIGH = "↑"
    LOW = "↓"
    NEITHER = ""


@dataclass(frozen=True)
class Metric:
    """One column of the report."""

    key: str
    title: str
    group: Group
    better: Better = Better.NEITHER
    digits: int = 1


@dataclass(frozen=True)
class Settings:
    """lowercase, tokenize: of all BLEUs; stem: of ROUGE; alphas: one iBLEU each."""

    lowercase: bool = True
    tokenize: str = "13a"
    rouge_stem: bool = False
    ibleu_alphas: tuple[float, ...] = (0.7,)


@dataclass(frozen=True)
class Encoders:
    """sentence: for the cosine; token: for BERTScore and what is built on it."""

    sentence: Encoder
    token: Encoder


@dataclass(frozen=True)
class Answers:
    """What one system said to the sources of one set, item by item.

    variants: its paraphrases, best first, at least one each; kept: whether it kept the
    sentence because nothing safe was found, or None if the system does not do that.
    """

    system: str
    variants: tuple[tuple[str, ...], ...]
    kept: tuple[bool, ...] | None = None

    @property
    def outputs(self) -> list[str]:
        return [texts[0] for texts in self.variants]


def columns(settings: Settings) -> list[Metric]:
    """All metrics in the order of the report."""
    meaning_, change, drift, reference = Group
    high, low = Better.HIGH, Better.LOW
    return [
        Metric("cosine", "cosine", meaning_, high, 3),
        Metric("bertscore", "BERTScore", meaning_, high, 3),
        Metric("bert_ibleu", "BERT-iBLEU", meaning_, high),
        Metric("parascore", "ParaScore", meaning_, high, 3),
        Metric("parascore_free", "ParaScore.Free", meaning_, high, 3),
        Metric("lexical", "lexical change", change, high, 3),
        Metric("order", "order change", change, digits=3),
        Metric("length", "length ratio", change, digits=2),
        Metric("self_bleu", "self-BLEU", change, low),
        Metric("copies", "copies %", change, low),
        Metric("kept", "kept %", change),
        Metric("within", "self-BLEU in set", change, low),
        *(Metric(f"distinct{n}", f"distinct-{n}", change, digits=3) for n in DISTINCT_ORDERS),
        *(Metric(kind.value, kind.value, drift, low) for kind in variety.DRIFTS),
        Metric(variety.ANY_DRIFT, "any", drift, low),
        *(Metric(_ibleu(a), f"iBLEU({a:g})", reference, high) for a in settings.ibleu_alphas),
        Metric("bleu", "BLEU", reference, digits=2),
        Metric("sentence_bleu", "sentence BLEU", reference),
        Metric("rouge1", "ROUGE-1", reference),
        Metric("rouge2", "ROUGE-2", reference),
        Metric("rougeL", "ROUGE-L", reference),
    ]


def measure(
    answers: Answers,
    sources: Sequence[str],
    references: Sequence[Sequence[str]] | None,
    settings: Settings,
    encoders: Encoders,
) -> dict[str, Statistic]:
    """Every metric of one system that has meaning here, by key; see `columns`.

    Without references those that need them are left out.
    """
    outputs = answers.outputs
    bleu = Bleu(settings.lowercase, settings.tokenize)
    to_source = bleu.corpus(outputs, _single(sources))
    found = {
        "cosine": meaning.cosine(encoders.sentence, outputs, sources),
        **_joint(bleu, outputs, sources, references, encoders.token),
        **variety.changes(outputs, sources),
        "self_bleu": to_source,
        "copies": variety.copies(outputs, sources),
        **variety.drifts(outputs, sources),
    }
    if answers.kept is not None:
        found["kept"] = meaning.percent_mean(np.array(answers.kept, dtype=float))
    if any(len(texts) > 1 for texts in answers.variants):
        found["within"] = overlap.within_set(bleu, answers.variants)
    if references is not None:
        to_references = bleu.corpus(outputs, references)
        found |= {
            "bleu": to_references,
            "sentence_bleu": bleu.mean_sentence(outputs, references),
            **overlap.rouge(outputs, references, settings.rouge_stem),
        }
        for alpha in settings.ibleu_alphas:
            found[_ibleu(alpha)] = overlap.ibleu(to_references, to_source, alpha)
    return found


def distinct(answers: Answers) -> dict[str, float]:
    """Distinct-n by key: no sum over items, so it has no place among the statistics."""
    return {f"distinct{n}": variety.distinct(answers.outputs, n) for n in DISTINCT_ORDERS}


def _joint(bleu, outputs, sources, references, encoder) -> dict[str, Statistic]:
    scores = meaning.bert_scores(encoder, outputs, sources, references)
    self_bleu = bleu.sentences(outputs, _single(sources)) / PERCENT
    found = {
        "bertscore": scores.source,
        "bert_ibleu": PERCENT * meaning.bert_ibleu(scores.idf, self_bleu),
        "parascore_free": meaning.parascore(scores, outputs, sources, free=True),
    }
    if references is not None:
        found["parascore"] = meaning.parascore(scores, outputs, sources, free=False)
    return {key: mean_of(values) for key, values in found.items()}


def _single(texts: Sequence[str]) -> list[tuple[str]]:
    return [(text,) for text in texts]


def _ibleu(alpha: float) -> str:
    return f"ibleu_{alpha:g}"
