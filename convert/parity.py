"""Proof that a package says the same as the float32 model it was made from."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from paraphraser_tui.engine.meaning import MeaningEncoder
from paraphraser_tui.engine.tokens import Framer, load_tokenizer
from paraphraser_tui.errors import InputError, ModelError
from paraphraser_tui.models.manifest import SHORTLIST_NAME, Manifest, Parity, Role

from . import shortlist
from .loaders import load_torch, token_ids
from .student import Student

# Limits of what rounding to 8 bits may do; the Flan-T5 scaling bug makes a difference of 3 nats.
MAX_LOGPROB_DIFFERENCE = 0.05
MIN_TOP1_AGREEMENT = 0.97
MAX_SIMILARITY_DIFFERENCE = 0.02
MIN_COSINE = 0.99
# What is left out has a synonym on the list nearly always; below this the list is of another model.
MIN_SHORTLIST_COVERAGE = 0.97
BEAM_SIZE = 4


class ParityError(ModelError):
    """The package does not say the same as its student."""


@dataclass(frozen=True)
class Limits:
    """The thresholds a package must keep to."""

    logprob_difference: float = MAX_LOGPROB_DIFFERENCE
    top1_agreement: float = MIN_TOP1_AGREEMENT
    similarity_difference: float = MAX_SIMILARITY_DIFFERENCE
    cosine: float = MIN_COSINE
    shortlist_coverage: float = MIN_SHORTLIST_COVERAGE


def sample_sentences() -> list[str]:
    """Real sentences of many kinds that come with this package."""
    text = files(__package__).joinpath("sentences.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def measure(student: Student, package: Path, manifest: Manifest, sentences: list[str]) -> Parity:
    """Compare the package with the torch model on these sentences."""
    torch_model = load_torch(student)
    if manifest.role is Role.ENCODER:
        return _encoder_parity(torch_model, package, manifest, sentences)
    return _paraphraser_parity(torch_model, package, manifest, sentences)


def check(parity: Parity, limits: Limits) -> None:
    """Raise ParityError if a figure lies beyond its limit."""
    for name, above in (
        ("logprob_difference", True),
        ("similarity_difference", True),
        ("top1_agreement", False),
        ("cosine", False),
        ("shortlist_coverage", False),
    ):
        value, limit = getattr(parity, name), getattr(limits, name)
        # NaN, from a broken model, must fail too.
        if value is not None and not (value <= limit if above else value >= limit):
            relation = "above" if above else "below"
            raise ParityError(
                f"the package differs from its student: {name} {value:.4f} is {relation} {limit}"
            )


def _paraphraser_parity(
    torch_model: Any, package: Path, manifest: Manifest, sentences: list[str]
) -> Parity:
    """Teacher-forced comparison on the package's own beam search outputs."""
    import ctranslate2
    import torch

    framer = Framer(manifest, load_tokenizer(package, manifest.tokenizer))
    # The engine leaves sentences alone that the tokenizer cannot say or the model not hold.
    sentences = [
        s for s in sentences if framer.is_faithful(s) and framer.length(s) <= framer.max_text_tokens
    ]
    if not sentences:
        raise InputError("the model can read none of the sentences to compare on")
    translator = ctranslate2.Translator(str(package), device="cpu")
    sources = [framer.source(s, framer.neutral) for s in sentences]
    prefix = list(manifest.template.target_prefix)
    results = translator.translate_batch(
        sources,
        target_prefix=[prefix] * len(sources) if prefix else None,
        beam_size=BEAM_SIZE,
        max_decoding_length=manifest.max_target_tokens // 2,
    )
    targets = [r.hypotheses[0] for r in results]
    scores = translator.score_batch(sources, targets)

    ids = token_ids(package)
    start = torch_model.config.decoder_start_token_id
    differences, agreements, tokens = 0.0, 0, 0
    for source, target, score in zip(sources, targets, scores, strict=True):
        wanted = [ids[t] for t in [*target, manifest.template.end]]
        with torch.inference_mode():
            logits = torch_model(
                input_ids=torch.tensor([[ids[t] for t in source]]),
                decoder_input_ids=torch.tensor([[start, *wanted[:-1]]]),
            ).logits[0]
        logprobs = torch.log_softmax(logits.float(), dim=-1)
        chosen = logprobs[range(len(wanted)), wanted].tolist()
        differences += sum(abs(a - b) for a, b in zip(chosen, score.log_probs, strict=True))
        best = logprobs.argmax(dim=-1).tolist()
        agreements += sum(
            a == ids[b] for a, b in zip(best, _top1(translator, source, target), strict=True)
        )
        tokens += len(wanted)
    covered = None
    if manifest.has_shortlist:
        covered = shortlist.coverage(package / SHORTLIST_NAME, sources, targets)
    return Parity(
        len(sentences),
        differences / tokens,
        agreements / tokens,
        shortlist_coverage=covered,
    )


def _top1(translator: Any, source: list[str], target: list[str]) -> list[str]:
    """The package's most probable next token behind every prefix of the target."""
    prefixes = [target[:i] for i in range(len(target) + 1)]
    results = translator.translate_batch(
        [source] * len(prefixes),
        target_prefix=prefixes,
        beam_size=1,
        max_decoding_length=len(target) + 1,
        return_end_token=True,
    )
    return [r.hypotheses[0][len(p)] for r, p in zip(results, prefixes, strict=True)]


def _encoder_parity(
    torch_model: Any, package: Path, manifest: Manifest, sentences: list[str]
) -> Parity:
    import numpy
    import torch

    ours = MeaningEncoder(package, manifest, threads=1).embed(sentences)
    tokenizer = load_tokenizer(package, manifest.tokenizer)
    ids = token_ids(package)
    frame = manifest.template
    rows = []
    for sentence in sentences:
        tokens = [*frame.before, *tokenizer.encode(sentence), *frame.after]
        with torch.inference_mode():
            state = torch_model(torch.tensor([[ids[t] for t in tokens]])).last_hidden_state[0]
        rows.append(torch.nn.functional.normalize(state.mean(dim=0), dim=0).numpy())
    theirs = numpy.stack(rows)
    return Parity(
        len(sentences),
        similarity_difference=float(numpy.abs(ours @ ours.T - theirs @ theirs.T).mean()),
        cosine=float((ours * theirs).sum(axis=1).mean()),
    )
