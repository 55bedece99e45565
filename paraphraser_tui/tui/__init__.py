"""The `paraphraser-tui` command."""

import sys

from ..errors import ExitCode


def main() -> int:
    """Say that the terminal UI does not exist yet."""
    print("paraphraser-tui: not built yet; use the paraphrase command", file=sys.stderr)
    return ExitCode.USAGE
