"""Students from the Hub (T5, Flan-T5, BART): safetensors only, control codes as added tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import ModelError

from .directory import Student, load_model, load_tokenizer, refuse_pickles
from .tokenizers import HubTokenizer

APACHE = "Apache-2.0"


@dataclass(frozen=True)
class Base:
    """A model of the Hub that can be trained as a student.

    repository: its name there. source_prefix: the task prefix that T5 models expect.
    """

    repository: str
    architecture: str
    licence: str
    source_prefix: str = ""


BASES = {
    "t5-small": Base("google-t5/t5-small", "t5", APACHE, "paraphrase: "),
    "flan-t5-small": Base("google/flan-t5-small", "t5", APACHE, "paraphrase: "),
    "bart-base": Base("facebook/bart-base", "bart", APACHE),
}


def start_from_hub(name: str, base: Base, start: Path | None, revision: str | None) -> Student:
    """A pretrained model, from the Hub or from `start`, whose vocabulary knows the codes."""
    source: Path | str = start or base.repository
    if isinstance(source, Path):
        refuse_pickles(source)
    model = load_model(source, revision)
    if model.config.model_type != base.architecture:
        raise ModelError(f"{source}: a {model.config.model_type} model, not {base.architecture}")
    has_bos = base.architecture == "bart"
    tokenizer = HubTokenizer(load_tokenizer(source, revision), has_bos, base.source_prefix)
    add_rows(model, tokenizer.size, sorted(tokenizer.control_ids.values()))
    # What it was before training, not where this machine keeps it.
    origin = f"{base.repository} ({base.licence})"
    return Student(
        name, base.architecture, model, tokenizer, origin, base.licence, base.source_prefix
    )


def add_rows(model: Any, size: int, new_ids: list[int]) -> None:
    """Make room for `size` token ids and start the new ones from the mean embedding, in place.

    T5 checkpoints have spare rows, BART's table grows. An untied output layer (Flan-T5) stays
    untied.
    """
    import torch

    embeddings, head = model.get_input_embeddings(), model.get_output_embeddings()
    tied = head.weight is embeddings.weight
    used = min(new_ids)
    if size > embeddings.num_embeddings:
        # transformers resizes both tables, but ties them by the configuration, which in
        # version 5 says "tied" for every T5.
        old_head = None if tied else head.weight.detach().clone()
        model.resize_token_embeddings(size, mean_resizing=False)
        embeddings, head = model.get_input_embeddings(), model.get_output_embeddings()
        if old_head is not None:
            weight = torch.empty(size, old_head.shape[1])
            weight[: len(old_head)] = old_head
            head.weight = torch.nn.Parameter(weight)
    with torch.no_grad():
        for table in {id(t): t for t in (embeddings.weight, head.weight)}.values():
            table[new_ids] = table[:used].mean(0)
