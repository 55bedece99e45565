"""The dials of the panel: what they set in `Options`, and how they are named and scaled."""

from dataclasses import dataclass

from ...engine.dials import Length
from ...engine.options import (
    DEFAULT_BEAM_SIZE,
    DEFAULT_DIVERSITY,
    DEFAULT_MIN_MEANING,
    DEFAULT_TEMPERATURE,
    DEFAULT_TOP_P,
    MAX_BEAM_SIZE,
    MAX_NUM,
)
from ...engine.presets import SETTINGS, Preset
from .slider import Scale

Value = int | float | bool | Length | None

_HUNDREDTHS = 100
_HIGHEST_TEMPERATURE = 2.0
_LOWEST_SHARE = 5  # hundredths; at 0 nothing could be drawn


@dataclass(frozen=True)
class Dial:
    """A slider of the panel: the field of `Options` it sets, its label, scale and explanation."""

    field: str
    label: str
    scale: Scale
    hint: str

    def place(self, value: float | None) -> int | None:
        """Where the knob stands for a value of the field."""
        return None if value is None else round(value * self.scale.parts)

    def value(self, place: int | None) -> Value:
        """What a place of the knob means in `Options`."""
        if place is None or self.scale.parts == 1:
            return place
        return place / self.scale.parts


GOING = (
    Dial("diversity", "Diversity", Scale(0, 100), "How far to go from the source"),
    Dial(
        "lexical",
        "Words",
        Scale(0, 100, rest=DEFAULT_DIVERSITY),
        "How many words to replace; Delete: follow diversity",
    ),
    Dial(
        "order",
        "Order",
        Scale(0, 100, rest=DEFAULT_DIVERSITY),
        "How many words to move; Delete: follow diversity",
    ),
)
ASKING = (
    Dial("num", "Variants", Scale(1, MAX_NUM, large_step=1), "Variants per sentence"),
    Dial(
        "min_meaning",
        "Meaning ≥",
        Scale(0, _HUNDREDTHS, _HUNDREDTHS),
        "How much of the meaning a variant must keep",
    ),
)
SEARCHING = (
    Dial(
        "beam_size",
        "Beam",
        Scale(1, MAX_BEAM_SIZE, rest=DEFAULT_BEAM_SIZE, large_step=1),
        "Width of the search, at least the number of variants; Delete: automatic",
    ),
)
DRAWING = (
    Dial(
        "temperature",
        "Temperature",
        Scale(
            _LOWEST_SHARE,
            round(_HIGHEST_TEMPERATURE * _HUNDREDTHS),
            _HUNDREDTHS,
            rest=round(DEFAULT_TEMPERATURE * _HUNDREDTHS),
        ),
        "Higher draws rarer words; Delete: automatic",
    ),
    Dial(
        "top_p",
        "Top p",
        Scale(_LOWEST_SHARE, _HUNDREDTHS, _HUNDREDTHS, rest=round(DEFAULT_TOP_P * _HUNDREDTHS)),
        "Draw from the likeliest words, up to this probability; Delete: automatic",
    ),
)
DIALS = {dial.field: dial for dial in (*GOING, *ASKING, *SEARCHING, *DRAWING)}


def method(sampling: bool) -> dict[str, Value]:
    """The fields that say search or draw; those that count only with the other are unset."""
    other = SEARCHING if sampling else DRAWING
    unset: dict[str, Value] = {dial.field: None for dial in other}
    return {"sampling": sampling} | unset | ({} if sampling else {"top_k": None, "seed": None})


def preset(chosen: Preset) -> dict[str, Value]:
    """All fields that presets set: what one preset says, and else the defaults.

    So a preset always means the same, whatever was dialled before.
    """
    governed = {
        "diversity": DEFAULT_DIVERSITY,
        "lexical": None,
        "order": None,
        "length": None,
        "min_meaning": DEFAULT_MIN_MEANING,
    }
    return {**governed, **SETTINGS[chosen]}
