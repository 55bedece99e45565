"""The command with an engine that answers at once, to be run as a process."""

import sys

import corpus_engine

from paraphraser_tui.cli.commands import COMMANDS
from paraphraser_tui.cli.main import main
from paraphraser_tui.corpus import pipeline

if __name__ == "__main__":
    COMMANDS["corpus"] = ""
    pipeline.load = corpus_engine.loud
    pipeline.BLOCK_BYTES = 512
    sys.exit(main(["corpus", *sys.argv[1:]]))
