"""Named settings for people who do not want to know the dials."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from .dials import Length


class Preset(StrEnum):
    """What a person may want."""

    LIGHT = "light"
    BALANCED = "balanced"
    BOLD = "bold"
    SHORTER = "shorter"
    LONGER = "longer"


# What each stands for, in the words of `Options`; what is set beside a preset goes before it.
SETTINGS: Mapping[Preset, Mapping[str, Any]] = {
    Preset.LIGHT: {"diversity": 20, "min_meaning": 0.85},
    Preset.BALANCED: {"diversity": 50},
    Preset.BOLD: {"diversity": 80, "min_meaning": 0.7},
    Preset.SHORTER: {"length": Length.SHORTER},
    Preset.LONGER: {"length": Length.LONGER},
}
