"""The command with the fake engine, to be run as a process."""

import sys

from paraphraser_tui.engine.fake import FakeEngine
from paraphraser_tui.tui import app, main


def opener(_threads):
    """Every model is the fake one."""
    return lambda _model: FakeEngine


if __name__ == "__main__":
    app.opener = opener
    sys.exit(main())
