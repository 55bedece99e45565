"""One Ray for the tests of a module, and the command in this process with an engine of choice."""

import os
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from paraphraser_tui.cli.commands import COMMANDS

HERE = Path(__file__).parent
MODULES = os.pathsep.join([str(HERE), str(HERE.parents[1])])

if find_spec("ray") and find_spec("pyarrow"):
    import corpus_engine

    from paraphraser_tui.cli.main import main
    from paraphraser_tui.corpus import cluster, pipeline

    cluster.keep_to_itself()  # before any test imports Ray


@dataclass
class Outcome:
    """What a run of the command left behind."""

    code: int
    err: str

    @property
    def error(self):
        """The one line about what went wrong."""
        (line,) = [x for x in self.err.splitlines() if x.startswith("paraphrase: error: ")]
        return line.removeprefix("paraphrase: error: ")


@pytest.fixture(scope="module")
def ray_alone():
    """Ray on this machine, started as the command starts it; its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", MODULES)  # its processes find the engines there
        with cluster.alone(2):
            import ray

            yield ray.get_runtime_context().gcs_address


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command where Ray is not needed: command(*arguments) -> Outcome."""
    monkeypatch.setitem(COMMANDS, "corpus", "")

    def run(*arguments):
        code = main(["corpus", *map(str, arguments)])
        return Outcome(code, capsys.readouterr().err)

    return run


@pytest.fixture
def corpus(ray_alone, command, monkeypatch):
    """Run it in the Ray that is there: corpus(*arguments, load=engine) -> Outcome."""
    monkeypatch.setattr(cluster, "alone", lambda processors: nullcontext())
    monkeypatch.setattr(pipeline, "BLOCK_BYTES", 512)

    def run(*arguments, load=None, actors=1):
        monkeypatch.setattr(pipeline, "load", load or corpus_engine.loud)
        return command("--actors", actors, *arguments)

    return run
