"""`paraphrase models`: see, check, install, choose and remove models.

Exit codes beside 0: 2 for a command line that cannot be; 3 where a model is missing, damaged or
not what it should be, an archive's content included; 4 where a source cannot be read, because
it is missing, damaged or of another kind; 5 where the models' directory cannot be changed.
"""

import argparse
import os
import sys
from collections.abc import Callable

from ...errors import ExitCode, ModelError, OptionError
from ...models import store
from ...parser import Parser
from ..progress import complain, say
from ..writing import Closed, Writer, silence, writer


def parser() -> Parser:
    """What `paraphrase models` understands."""
    made = Parser(
        prog="paraphrase models",
        description="The models on this machine; nothing is fetched but what hub:OWNER/NAME names.",
    )
    actions = made.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(run: Callable[..., int], name: str, about: str) -> Parser:
        sub = actions.add_parser(name, help=about, description=f"{about.capitalize()}.")
        sub.set_defaults(run=run)
        return sub

    sub = action(_list, "list", "all models with size, architecture, licence and state")
    sub.add_argument("--json", action="store_true", help="as a JSON array")
    sub = action(_info, "info", "all that a model says of itself")
    sub.add_argument("name", metavar="MODEL", help="name or directory")
    sub.add_argument("--json", action="store_true", help="as a JSON object")
    sub = action(_verify, "verify", "check every file of these models, or of all")
    sub.add_argument("names", nargs="*", metavar="MODEL", help="names or directories")
    sub = action(_install, "install", "install a model for this user")
    sub.add_argument(
        "source",
        metavar="SOURCE",
        help="a model package: its directory or an archive (tar, tar.gz, tar.xz, zip); or the "
        "directory of a student, which is converted; or hub:OWNER/NAME[@REVISION], a model that "
        "is fetched from the Hugging Face Hub and converted",
    )
    sub.add_argument("--name", help="install under this name (default: its own)")
    sub.add_argument("--force", action="store_true", help="replace an installed model")
    sub = action(_use, "use", "make a model the default; 'house' is the bundled one")
    sub.add_argument("name", metavar="NAME")
    sub = action(_remove, "remove", "delete an installed model")
    sub.add_argument("name", metavar="NAME")
    sub.add_argument("-y", "--yes", action="store_true", help="without asking")
    sub = action(_path, "path", "print the directory of a model")
    sub.add_argument("name", metavar="MODEL", help="name or directory")
    return made


def run(arguments: list[str]) -> int:
    """Do what the arguments say; returns the exit code."""
    found = parser().parse_args(arguments)
    try:
        with writer(None) as out:
            return found.run(found, out)
    except Closed:
        silence()
        return ExitCode.OK


def _list(found: argparse.Namespace, out: Writer) -> int:
    from ...models.catalogue import catalogue
    from .models_shown import as_json, as_table

    entries = catalogue()
    out.write(as_json(entries) if found.json else as_table(entries))
    _warn_of_lost_default()
    return ExitCode.OK


def _info(found: argparse.Namespace, out: Writer) -> int:
    from ...models.catalogue import entry
    from .models_shown import as_page, in_full

    shown = entry(store.locate(found.name))
    if shown.manifest is None:
        raise ModelError(shown.problem)
    out.write(in_full(shown) if found.json else as_page(shown))
    return ExitCode.OK


def _verify(found: argparse.Namespace, out: Writer) -> int:
    code = ExitCode.OK
    for name in found.names or map(str, store.installed()):
        try:
            path = store.locate(name)
            store.verify(path)
        except ModelError as error:
            complain(str(error))
            code = ExitCode.MODEL
        else:
            from .models_shown import line

            out.write(line(f"{path.name}: intact"))
    return code


def _install(found: argparse.Namespace, out: Writer) -> int:
    from ...models.install import install
    from ...models.parcel import Kind, kind_of
    from .models_shown import megabytes

    kind = kind_of(found.source)
    if kind is Kind.STUDENT:
        say(f"converting {found.source}, which takes a while")
    elif kind is Kind.HUB:
        say(f"fetching {found.source} and converting it, which takes a while")
    package = install(found.source, found.name, found.force)
    size = megabytes(sum(file.size for file in package.manifest.files))
    say(f"installed {package.path.name} ({size}); --model {package.path.name} uses it")
    return ExitCode.OK


def _use(found: argparse.Namespace, out: Writer) -> int:
    from ...models.chosen import choose

    choose(found.name)
    say(f"{found.name} is the default model")
    return ExitCode.OK


def _remove(found: argparse.Namespace, out: Writer) -> int:
    from ...models.install import removable, remove

    path = removable(found.name)
    if not found.yes and not _agreed(f"remove {found.name}, {path}?"):
        say("nothing was removed")
        return ExitCode.OK
    remove(found.name)
    say(f"removed {found.name}")
    _warn_of_lost_default()
    return ExitCode.OK


def _path(found: argparse.Namespace, out: Writer) -> int:
    from .models_shown import line

    path = str(store.locate(found.name))
    # A script needs the very bytes; a terminal must not be at their mercy.
    out.write(line(path) if out.is_terminal else os.fsencode(path) + b"\n")
    return ExitCode.OK


def _agreed(question: str) -> bool:
    streams = (sys.stdin, sys.stderr)
    if not all(stream and stream.isatty() for stream in streams):
        raise OptionError("nobody can be asked here; --yes removes without asking")
    say(f"{question} [y/N]")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _warn_of_lost_default() -> None:
    from ...models.chosen import default_model

    try:
        default_model()
    except ModelError as error:
        say(str(error))
