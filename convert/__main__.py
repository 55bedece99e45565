"""`python -m convert STUDENT -o PACKAGE_DIR`: a student becomes a model package."""

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from paraphraser_tui.errors import ExitCode, InputError, ParaphraserError
from paraphraser_tui.models.address import is_address, read_address
from paraphraser_tui.text.sanitize import one_line

from . import parity
from .package import QUANTIZATIONS, build, check_output


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    limits = parity.Limits(
        logprob_difference=options.max_logprob_difference,
        top1_agreement=options.min_top1_agreement,
    )
    try:
        sentences = _sentences(options.parity_text)
        check_output(options.output, options.force)  # before anything is fetched for it
        with _directory(options.student) as student:
            manifest = build(
                student,
                options.output,
                options.quantization,
                sentences,
                limits,
                options.name,
                options.licence,
                options.force,
            )
    except ParaphraserError as error:
        print(f"convert: error: {one_line(str(error))}", file=sys.stderr)
        return error.exit_code
    size = sum(file.size for file in manifest.files) / 1e6
    figures = {k: v for k, v in vars(manifest.parity).items() if v is not None}
    shown = ", ".join(f"{k} {v}" for k, v in figures.items())
    what = f"{options.output}: {manifest.role} {manifest.name}, {size:.1f} MB; parity: {shown}"
    print(one_line(what))
    return ExitCode.OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m convert", description=__doc__)
    parser.add_argument(
        "student",
        metavar="STUDENT",
        help="its directory; or hub:OWNER/NAME[@REVISION], which is fetched from the Hugging Face "
        "Hub",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PACKAGE_DIR")
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="int8")
    parser.add_argument("--name", help="name in the manifest (default: that of PACKAGE_DIR)")
    parser.add_argument("--licence", help="licence of the weights (default: the student's own)")
    parser.add_argument("--force", action="store_true", help="replace PACKAGE_DIR if it exists")
    parser.add_argument(
        "--parity-text",
        type=Path,
        metavar="FILE",
        help="sentences to compare on, one a line (default: a built-in sample)",
    )
    parser.add_argument(
        "--max-logprob-difference",
        type=float,
        default=parity.MAX_LOGPROB_DIFFERENCE,
        metavar="NATS",
        help="largest mean difference of token log-probabilities (default: %(default)s)",
    )
    parser.add_argument(
        "--min-top1-agreement",
        type=float,
        default=parity.MIN_TOP1_AGREEMENT,
        metavar="SHARE",
        help="smallest share of equal first choices (default: %(default)s)",
    )
    return parser


def _directory(student: str) -> AbstractContextManager[Path]:
    if not is_address(student):
        return nullcontext(Path(student))
    from .hub import fetched

    return fetched(read_address(student))


def _sentences(path: Path | None) -> list[str]:
    if path is None:
        return parity.sample_sentences()
    try:
        sentences = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from None
    if not sentences:
        raise InputError(f"{path} has no sentences")
    return sentences


if __name__ == "__main__":
    sys.exit(main())
