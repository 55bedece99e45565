"""A Hugging Face model in this process as teacher: sequence-to-sequence or chat model.

Sources are taken in batches in order, each batch is seeded by its first request and
written to the journal at once, so a resumed run makes the same batches and answers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from distill.journal import Journal
from distill.records import Source
from paraphraser_tui.errors import ModelError

from .client import what_it_said
from .limits import Usage
from .options import Config
from .outcome import Failure, Outcome
from .prompts import AnswerError, messages, read_answer
from .secret import NO_KEY, Secret

SEED_HEX_DIGITS = 8


def ask_local(config: Config, missing: dict[str, Source], journal: Journal, _: Path) -> bool:
    """Ask for all missing answers; there is nothing to ask again. Raises ModelError."""
    from tqdm import tqdm

    teacher = LocalTeacher(config)
    rows_left, size = list(missing.items()), config.local.batch_size
    with tqdm(total=len(missing), desc="teacher", unit=" sources", disable=None) as bar:
        for start in range(0, len(rows_left), size):
            batch = rows_left[start : start + size]
            keys = [key for key, _ in batch]
            outcomes = teacher.ask([source.text for _, source in batch], keys[0])
            rows = (outcome.row(key) for key, outcome in zip(keys, outcomes, strict=True))
            journal.append(*rows)
            bar.update(len(batch))
    return False


class LocalTeacher:
    """The model, its tokenizer and how it is asked."""

    def __init__(self, config: Config):
        import torch
        from transformers import (
            AutoConfig,
            AutoModelForCausalLM,
            AutoModelForSeq2SeqLM,
            AutoTokenizer,
        )

        self._config, self._torch = config, torch
        local = config.local
        device = local.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            model_config = AutoConfig.from_pretrained(config.model, trust_remote_code=False)
            self._encodes = model_config.is_encoder_decoder
            kind = AutoModelForSeq2SeqLM if self._encodes else AutoModelForCausalLM
            self._tokenizer = AutoTokenizer.from_pretrained(config.model, trust_remote_code=False)
            self._model = kind.from_pretrained(
                config.model, dtype=local.dtype, use_safetensors=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError) as error:
            said = what_it_said(error, Secret(NO_KEY))
            raise ModelError(f"{config.model}: cannot be loaded as teacher: {said}") from None
        self._model.to(device).eval()
        if not self._encodes and not self._tokenizer.chat_template:
            raise ModelError(f"{config.model}: has no chat template; take an instruction-tuned one")
        # Decoder-only models go on where the prompt ends, so it must be at the right edge.
        self._tokenizer.padding_side = "right" if self._encodes else "left"
        if self._tokenizer.pad_token is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token

    def ask(self, texts: Sequence[str], seed: str) -> list[Outcome]:
        """Outcomes for some texts. A text that breaks the model fails alone."""
        try:
            return self._generate(texts, seed)
        except (RuntimeError, ValueError, IndexError) as error:
            if len(texts) == 1:
                said = what_it_said(error, Secret(NO_KEY))
                return [Outcome(failure=Failure.UNEXPECTED, detail=said)]
        return [outcome for text in texts for outcome in self.ask([text], seed)]

    def _generate(self, texts: Sequence[str], seed: str) -> list[Outcome]:
        count = self._config.paraphrases
        prompts = [self._prompt(text) for text in texts]
        encoded = self._tokenizer(
            prompts, return_tensors="pt", padding=True, add_special_tokens=self._encodes
        ).to(self._model.device)
        arguments: dict[str, Any] = dict(self._config.local.generation)
        if self._encodes:
            arguments["num_return_sequences"] = count
        self._torch.manual_seed(self._config.seed + int(seed[:SEED_HEX_DIGITS], 16))
        with self._torch.inference_mode():
            made = self._model.generate(
                **encoded, max_new_tokens=self._config.local.max_new_tokens, **arguments
            )
        if not self._encodes:
            made = made[:, encoded["input_ids"].shape[1] :]
        answers = self._tokenizer.batch_decode(made, skip_special_tokens=True)
        read = encoded["attention_mask"].sum(dim=1).tolist()
        written = (made != self._tokenizer.pad_token_id).sum(dim=1).tolist()
        per = count if self._encodes else 1
        return [
            self._outcome(
                answers[i * per : (i + 1) * per],
                Usage(read[i], sum(written[i * per : (i + 1) * per])),
            )
            for i in range(len(texts))
        ]

    def _prompt(self, text: str) -> str:
        if self._encodes:
            return self._config.local.prefix + text
        chat = messages(text, self._config.paraphrases)
        return self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)

    def _outcome(self, answers: Sequence[str], usage: Usage) -> Outcome:
        try:
            if not self._encodes:
                return Outcome(read_answer(answers[0], self._config.paraphrases), usage=usage)
            texts = tuple(dict.fromkeys(t for a in answers if (t := " ".join(a.split()))))
            if not texts:
                raise AnswerError("no text")
            return Outcome(texts, usage=usage)
        except AnswerError as error:
            return Outcome(failure=Failure.BROKEN, detail=str(error), usage=usage)
