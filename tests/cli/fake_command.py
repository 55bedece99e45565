"""The command with the fake engine, to be run as a process; no progress bar has to wait."""

import sys

from fake_engine import FakeParaphraser

from paraphraser_tui.cli import main as command
from paraphraser_tui.cli import progress

if __name__ == "__main__":
    command.Paraphraser = FakeParaphraser
    progress.PATIENCE = 0
    sys.exit(command.main())
