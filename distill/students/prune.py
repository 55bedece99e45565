"""A student with fewer decoder layers, for the decoder is where the time of a sentence goes."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from paraphraser_tui.errors import OptionError

from .directory import Student

# By architecture: the key of the configuration, and what the decoder calls its layers.
DECODERS = {"bart": ("decoder_layers", "layers"), "t5": ("num_decoder_layers", "block")}
PLACE = "layer_idx"  # what an attention module calls its place in the cache


def keep_decoder_layers(student: Student, layers: Sequence[int]) -> Student:
    """The student with only these layers of its decoder, in this order. Raises OptionError.

    Stage 2 of arXiv 2305.02031: keep the first and the last. Half the decoder is half the
    latency, and the encoder is better left alone.
    """
    from torch.nn import ModuleList

    key, name = DECODERS[student.architecture]
    model = deepcopy(student.model)
    there = getattr(model.get_decoder(), name)
    if not layers or list(layers) != sorted(set(layers) & set(range(len(there)))):
        raise OptionError(
            f"keep_decoder_layers: layers are 0 to {len(there) - 1}, each once, in order"
        )
    if student.architecture == "t5" and layers[0] != 0:
        # It keeps what all layers know of distances.
        raise OptionError("keep_decoder_layers: a T5 needs its first layer")
    kept = ModuleList(there[number] for number in layers)
    for place, layer in enumerate(kept):
        for module in layer.modules():
            if hasattr(module, PLACE):
                setattr(module, PLACE, place)
    setattr(model.get_decoder(), name, kept)
    setattr(model.config, key, len(kept))
    return replace(student, model=model)
