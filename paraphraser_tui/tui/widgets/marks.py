"""Signs that stand beside text, so that nothing is told by colour alone."""

from enum import StrEnum

BAR = "▌"  # along what is current


class Look(StrEnum):
    """How a sentence is shown: what is known of it, and what was decided."""

    OPEN = "open"
    READY = "ready"
    WARNED = "warned"
    ACCEPTED = "accepted"
    EDITED = "edited"
    KEPT = "kept"


SIGNS = {
    Look.OPEN: " ",
    Look.READY: "·",
    Look.WARNED: "!",
    Look.ACCEPTED: "✓",
    Look.EDITED: "*",
    Look.KEPT: "=",
}
