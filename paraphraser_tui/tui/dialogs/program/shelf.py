"""What can be done with the models on this machine: slow, so for a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ....errors import ParaphraserError
from ....models import store
from ....models.catalogue import Entry, catalogue
from .install import InstallRequest


@dataclass(frozen=True)
class Outcome:
    """What is there afterwards, and what became of the work: news, or a problem."""

    entries: tuple[Entry, ...]
    news: str = ""
    problem: str = ""


def after(work: Callable[[], str]) -> Outcome:
    """Do some work, and look at all models; an error of ours becomes the problem."""
    try:
        news, problem = work(), ""
    except ParaphraserError as error:
        news, problem = "", str(error)
    return Outcome(tuple(catalogue()), news, problem)


def nothing() -> str:
    """Only look."""
    return ""


def verify(path: Path) -> str:
    """Check every file of one model; ModelError if one is not as it should be."""
    manifest = store.verify(path)
    return f"{path.name} is intact: {len(manifest.files)} files match their checksums"


def install(request: InstallRequest) -> str:
    """Install a model; raises as `models.install.install` does."""
    from ....models.install import install as put

    source = str(Path(request.source).expanduser())
    return f"installed {put(source, request.name, request.replace).path.name}"


def make_default(name: str) -> str:
    """Load this model from now on; raises as `models.chosen.choose` does."""
    from ....models.chosen import choose

    choose(name)
    return f"{name} is the default model"


def remove(name: str) -> str:
    """Delete an installed model; raises as `models.install.remove` does."""
    from ....models.install import remove as take_away

    take_away(name)
    return f"removed {name}"
