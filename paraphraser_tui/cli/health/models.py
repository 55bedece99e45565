"""The models: whether they are intact, and whether they work."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...engine.options import Options
from ...errors import ExitCode, ModelError, ParaphraserError
from ...models import store
from ...models.manifest import Role
from .finding import Finding, bad, note, ok

SENTENCE = "The meeting was postponed because the manager had fallen ill."
_SMALL = "int8"  # how the names of the types begin that make it quick


@dataclass(frozen=True)
class Wanted:
    """What a plain `paraphrase` would work with."""

    model: str
    threads: int | None
    options: Options


@dataclass(frozen=True)
class Trial:
    """One sentence paraphrased.

    stored, computed: the types of the model's numbers in its package and at work. load,
    sentence: seconds. result: None if the sentence was kept.
    """

    stored: str
    computed: str
    load: float
    sentence: float
    result: str | None


Try = Callable[[Wanted], Trial]


def wanted() -> Wanted:
    """What the settings say; the defaults where they are broken, which another check tells."""
    from ..arguments import parse

    try:
        request = parse([])
    except ParaphraserError:
        return Wanted(store.DEFAULT_MODEL, None, Options())
    return Wanted(request.model, request.threads, request.options)


def paraphrase_once(asked: Wanted) -> Trial:
    """Load the model and paraphrase SENTENCE. Raises ModelError."""
    from ...engine.paraphraser import Paraphraser

    package = store.find(asked.model, Role.PARAPHRASER)
    start = time.monotonic()
    with Paraphraser.load(asked.model, asked.threads) as paraphraser:
        loaded = time.monotonic()
        result = paraphraser.paraphrase(SENTENCE, asked.options)
        done = time.monotonic()
        computed = paraphraser.compute_type
    return Trial(
        stored=package.manifest.quantization,
        computed=computed,
        load=loaded - start,
        sentence=done - loaded,
        result=result.best if result.variants else None,
    )


def packages() -> Iterator[Finding]:
    """Every package, each of its files checked; those that must be there come first."""
    needed = [store.BUNDLED / name for name in (store.DEFAULT_MODEL, store.DEFAULT_ENCODER)]
    others = [path for path in store.installed() if path not in needed]
    for path in (*needed, *others):
        name = f"model {path.name}"
        try:
            manifest = store.verify(path)
        except ModelError as error:
            yield bad(name, str(error), ExitCode.MODEL)
        else:
            files = f"{len(manifest.files)} files as in its manifest"
            yield ok(name, f"{manifest.role}, {manifest.quantization}, intact: {files}")


def trial(attempt: Try) -> Iterator[Finding]:
    """One sentence, as a plain run would do it."""
    asked = wanted()
    made = attempt(asked)
    text = f"{asked.model} is stored in {made.stored} and computed in {made.computed}"
    if made.stored.startswith(_SMALL) and not made.computed.startswith(_SMALL):
        yield note("compute type", f"{text}, which is slower")
    else:
        yield ok("compute type", text)
    yield ok("loading", f"{made.load:.2f} s")
    if made.result is None:
        yield note("sentence", f"kept after {made.sentence:.2f} s; your settings leave no variant")
    else:
        yield ok("sentence", f"{made.sentence:.2f} s: {made.result}")
