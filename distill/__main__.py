"""`python -m distill STAGE --config FILE.toml`: one stage, or `run` for all of them."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from paraphraser_tui.errors import ExitCode, ParaphraserError

from .pipeline import NAMES, read_plan, run_all, run_stage
from .stage import is_main_process

RUN = "run"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; counts go to standard output as JSON. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        plan = read_plan(options.config, options.out, options.seed)
        if options.stage == RUN:
            counts: object = run_all(plan)
        else:
            counts = run_stage(plan, options.stage, options.inputs)
    except ParaphraserError as error:
        print(f"distill: error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("distill: interrupted; the same command continues", file=sys.stderr)
        return ExitCode.INTERRUPTED
    if is_main_process():
        print(json.dumps(counts, indent=1))
    return ExitCode.OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m distill", description=__doc__)
    parser.add_argument("stage", choices=[*NAMES, RUN], help="the stage to run, or all of them")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="TOML settings")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write here, not to the file's out")
    parser.add_argument("--seed", type=int, metavar="N", help="train with it, not the file's own")
    parser.add_argument("--inputs", type=Path, metavar="PATH", help="read this, for one stage")
    return parser


if __name__ == "__main__":
    sys.exit(main())
