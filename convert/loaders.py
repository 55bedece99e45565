"""Weights to CTranslate2: its own converter, with the corrections that transformers 5 calls for."""

import json
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import InputError
from paraphraser_tui.models.manifest import TokenizerKind

from .student import Architecture, Student


def load_torch(student: Student) -> Any:
    """The student as a float32 torch model in evaluation mode.

    Raises InputError if the weights are damaged or of another shape.
    """
    import torch
    import transformers
    from safetensors import SafetensorError

    kinds = {
        Architecture.BART: transformers.BartForConditionalGeneration,
        Architecture.T5: transformers.T5ForConditionalGeneration,
        Architecture.BERT: transformers.BertModel,
    }
    try:
        model = kinds[student.architecture].from_pretrained(
            student.path, dtype=torch.float32, use_safetensors=True, local_files_only=True
        )
    except (SafetensorError, OSError, RuntimeError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"{student.path} cannot be loaded: {reason}") from None
    return model.eval()


def convert_weights(student: Student, output: Path, quantization: str) -> None:
    """Write CTranslate2 files to `output`, a directory that does not exist yet."""
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):
        def load_model(self, model_class: Any, name: str, **arguments: Any) -> Any:
            return _corrected(load_torch(student))

        def load_tokenizer(self, tokenizer_class: Any, name: str, **arguments: Any) -> Any:
            if student.tokenizer.kind is TokenizerKind.SENTENCEPIECE:
                return _SentencePieceVocabulary(student.path / student.tokenizer.file)
            try:
                return tokenizer_class.from_pretrained(
                    name, local_files_only=True, trust_remote_code=False, **arguments
                )
            except (OSError, ValueError) as error:
                reason = str(error).partition("\n")[0]
                raise InputError(f"{name}: its tokenizer cannot be read: {reason}") from None

    Converter(str(student.path)).convert(str(output), quantization=quantization)


def token_ids(package: Path) -> dict[str, int]:
    """Token ids as CTranslate2 stored them, which are the student's own."""
    path = next(
        p for n in ("shared_vocabulary.json", "vocabulary.json") if (p := package / n).is_file()
    )
    return {token: i for i, token in enumerate(json.loads(path.read_text(encoding="utf-8")))}


def _corrected(model: Any) -> Any:
    """Set on the configuration what CTranslate2's loaders read and transformers 5 dropped."""
    config = model.config
    # T5 v1.1 and Flan: transformers 5 reports every T5 as tied; the converter takes "tied"
    # for "outputs are scaled", and would divide all logits by the root of the width.
    if hasattr(config, "scale_decoder_outputs"):
        config.tie_word_embeddings = config.scale_decoder_outputs
    legacy = {
        "bart": {"normalize_before": False, "normalize_embedding": True},
        "bert": {"position_embedding_type": "absolute"},
    }
    for key, value in legacy.get(config.model_type, {}).items():
        if not hasattr(config, key):
            setattr(config, key, value)
    return model


class _SentencePieceVocabulary:
    """What CTranslate2's converter asks of a tokenizer, from a bare SentencePiece model."""

    bos_token = eos_token = "</s>"
    unk_token = "<unk>"
    pad_token = "<pad>"

    def __init__(self, path: Path) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def get_vocab(self) -> dict[str, int]:
        size = self._processor.vocab_size()
        return {self._processor.id_to_piece(i): i for i in range(size)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return self._processor.id_to_piece(index)
