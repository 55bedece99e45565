"""`paraphrase doctor`: what works here and what does not, to be read or sent along with a report.

Exit codes: 0 where nothing is bad; 3 where a model is missing or damaged or a library that it
needs is; 2 where settings are broken.
"""

import json
from collections.abc import Iterator
from functools import partial

from ...errors import ExitCode
from ...parser import Parser
from ...text.sanitize import one_line
from ..health import machine, models, places
from ..health.finding import Check, Finding, State, examine
from ..writing import Closed, Writer, silence, writer

STATE_WIDTH = max(map(len, State))
NAME_WIDTH = 15  # of the longest name of a check or a library


def parser() -> Parser:
    """What `paraphrase doctor` understands."""
    made = Parser(
        prog="paraphrase doctor",
        description="Check this program, its models, your settings and this machine.",
    )
    made.add_argument("--json", action="store_true", help="the same for programs")
    return made


def run(arguments: list[str], attempt: models.Try = models.paraphrase_once) -> int:
    """Print a line for each finding; returns the exit code. attempt: paraphrases a sentence."""
    found = parser().parse_args(arguments)
    findings = (finding for check in checks(attempt) for finding in examine(check))
    code = ExitCode.OK
    try:
        with writer(None) as out:
            shown = _as_json(findings, out) if found.json else _as_lines(findings, out)
            for finding in shown:
                code = max(code, finding.code)
    except Closed:
        silence()
    return code


def checks(attempt: models.Try) -> tuple[Check, ...]:
    """All of them, quick ones first: should a library take the process down, they are told."""
    return (
        Check("python", machine.python),
        Check("versions", machine.versions),
        Check("platform", machine.system),
        Check("processor", machine.processor),
        Check("processors", machine.processors),
        Check("terminal", machine.terminal),
        Check("settings", places.settings, ExitCode.USAGE),
        Check("data", places.data_directory),
        Check("int8", machine.int8, ExitCode.MODEL),
        Check("models", models.packages, ExitCode.MODEL),
        Check("sentence", partial(models.trial, attempt), ExitCode.MODEL),
    )


def _as_lines(findings: Iterator[Finding], out: Writer) -> Iterator[Finding]:
    for finding in findings:
        name = one_line(finding.name)
        line = f"{finding.state:{STATE_WIDTH}}  {name:{NAME_WIDTH}}  {one_line(finding.text)}\n"
        out.write(line.encode("utf-8", "replace"))
        yield finding


def _as_json(findings: Iterator[Finding], out: Writer) -> Iterator[Finding]:
    found = list(findings)
    data = [{"name": f.name, "state": f.state, "text": f.text} for f in found]
    out.write(json.dumps(data, indent=1).encode() + b"\n")
    yield from found
