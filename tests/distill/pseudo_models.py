"""Teachers for the tiny students: of the same words, but larger, and never trained either."""

from dataclasses import replace
from pathlib import Path

import tiny_models

from distill.students import directory
from distill.students.house import HouseSize
from distill.students.registry import StudentConfig, prepare


def house(path: Path, **size) -> Path:
    """A house student directory with the vocabulary of all others here."""
    shape = {"d_model": 48, "heads": 4, "ffn": 96, "encoder_layers": 1, "decoder_layers": 1}
    path.mkdir(parents=True, exist_ok=True)
    vocabulary = tiny_models.house_vocabulary(path / "spm.model")
    config = StudentConfig(
        vocabulary=vocabulary, name=path.name, size=HouseSize(**{**shape, **size}, positions=128)
    )
    directory.save(prepare(config), path, {}, "float32")
    return path


def house_teacher(path: Path) -> Path:
    return house(path, d_model=64, heads=8, ffn=128, encoder_layers=2, decoder_layers=2)


def t5_teacher(path: Path, hub: Path) -> Path:
    """A larger T5 with the tokens of the one in `hub`, as a student directory."""
    import torch
    from transformers import T5ForConditionalGeneration

    student = prepare(StudentConfig(base="t5-small", start=hub))
    config = student.model.config
    config.num_layers = config.num_decoder_layers = 3
    config.d_model = 60
    torch.manual_seed(1)
    larger = replace(student, name=path.name, model=T5ForConditionalGeneration(config))
    directory.save(larger, path, {}, "float32")
    return path
