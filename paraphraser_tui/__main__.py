"""`python -m paraphraser_tui` is the `paraphrase` command."""

import sys

from .cli.main import main

if __name__ == "__main__":
    sys.exit(main())
