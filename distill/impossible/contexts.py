"""Contexts and their continuations, written by a causal language model.

A context begins with an opening and ends with a whole sentence: nothing else constrains what
follows. Each batch has a seed of its own, so a resumed run writes what an undisturbed one does.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from paraphraser_tui.errors import ModelError
from paraphraser_tui.text.segment import pieces

from .options import Teacher

ENDINGS = (".", "?", "!")
MIN_CHARACTERS = 3
SEED_BYTES = 4


class Author:
    """A causal language model of the Hub or a directory; only safetensors, none of its code."""

    def __init__(self, config: Teacher):
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._config, self._torch = config, torch
        device = config.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(config.model, trust_remote_code=False)
            self._model = AutoModelForCausalLM.from_pretrained(
                config.model, dtype=config.dtype, use_safetensors=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"{config.model}: not a causal language model: {reason}") from None
        self._model.to(device).eval()
        # What is written goes on where the prompt ends, so that must be at the right edge.
        self._tokenizer.padding_side = "left"
        if self._tokenizer.pad_token is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        self._line_breaks = self._tokens_with_line_breaks()

    def contexts(self, openings: Sequence[str], name: str) -> list[str | None]:
        """A context behind each opening, or None where no whole sentence came. `name` seeds."""
        config = self._config
        texts = self._written(
            openings, 1, config.context_length, config.context_temperature, 0, name
        )
        return [
            context(opening, text, 1 + seed(f"{name} {i}") % config.sentences)
            for i, (opening, text) in enumerate(zip(openings, texts, strict=True))
        ]

    def continuations(self, context: str, name: str) -> list[str]:
        """Next sentences after a context, each once, in the order they were written."""
        config = self._config
        texts = self._written(
            [context], config.continuations, config.sentence_length, config.temperature,
            config.no_repeat_ngram, name,
        )  # fmt: skip
        found = (first_sentence(text) for text in texts)
        return list(dict.fromkeys(sentence for sentence in found if sentence))

    def _written(
        self,
        prompts: Sequence[str],
        count: int,
        length: int,
        heat: float,
        no_repeat: int,
        name: str,
    ) -> list[str]:
        # A prompt of no words still needs something to go on from.
        begun = [prompt or self._tokenizer.eos_token for prompt in prompts]
        encoded = self._tokenizer(begun, return_tensors="pt", padding=True)
        encoded = encoded.to(self._model.device)
        arguments: dict[str, Any] = {
            "do_sample": True, "top_p": self._config.top_p, "top_k": 0, "temperature": heat,
            "num_return_sequences": count, "max_new_tokens": length,
            "no_repeat_ngram_size": no_repeat, "suppress_tokens": self._line_breaks,
            "pad_token_id": self._tokenizer.pad_token_id,
        }  # fmt: skip
        self._torch.manual_seed(seed(name))
        with self._torch.inference_mode():
            made = self._model.generate(**encoded, **arguments)
        made = made[:, encoded["input_ids"].shape[1] :]
        return self._tokenizer.batch_decode(made, skip_special_tokens=True)

    def _tokens_with_line_breaks(self) -> list[int]:
        said = self._tokenizer.batch_decode([[i] for i in range(len(self._tokenizer))])
        return [i for i, text in enumerate(said) if "\n" in text or "\r" in text]


def context(opening: str, text: str, sentences: int) -> str | None:
    """The opening with up to so many whole sentences behind it; None if there is none."""
    found = _sentences(text)
    whole = [s for s in found[:sentences] if s.endswith(ENDINGS)]
    return " ".join([opening, *whole]).strip() if whole else None


def first_sentence(text: str) -> str | None:
    """The first sentence of a continuation, if it is a whole one."""
    found = _sentences(text)
    if not found or len(found[0]) < MIN_CHARACTERS or not found[0].endswith(ENDINGS):
        return None
    return found[0]


def seed(name: str) -> int:
    """A number for a name, the same everywhere."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=SEED_BYTES).digest())


def _sentences(text: str) -> list[str]:
    return [piece.text for piece in pieces(" ".join(text.split())) if piece.prose]
