"""How many variants a review shows."""

from dataclasses import replace

from ..engine.options import Options
from ..settings.origin import Source
from ..settings.resolve import Settings

# Enough to choose from; `--num`, or a settings file, says otherwise.
DEFAULT_VARIANTS = 5


def with_variants(settings: Settings) -> Options:
    """The options that are set, with more than the one variant that a pipe needs."""
    options = settings.options
    if settings.values["num"].origins[0].source is not Source.DEFAULT:
        return options
    beam = options.beam_size or DEFAULT_VARIANTS
    return replace(options, num=min(DEFAULT_VARIANTS, beam))
