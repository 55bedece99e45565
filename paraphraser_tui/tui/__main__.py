"""Run `python -m paraphraser_tui.tui` like `paraphraser-tui`."""

import sys

from . import main

sys.exit(main())
