"""Ray on this machine alone, or a cluster that is there already."""

import logging
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import OptionError, OutputError

# Rows only pass through it, some hundred blocks of 16 KiB at a time.
OBJECT_STORE = 200 * 2**20
STDERR = 2
NOWHERE = "http://127.0.0.1:9"
LOCAL = "127.0.0.1,::1,localhost"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_NO_PROXIES = ("no_proxy", "NO_PROXY")
# Ray puts sockets below it, whose paths may have 107 bytes: TMPDIR is too long on macOS.
_SHORT = "/tmp" if os.name == "posix" else None
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


def keep_to_itself() -> None:
    """What Ray reads from the environment when it is first imported, and its servers later.

    Its servers listen on the loopback interface alone, only processes that know a secret may talk
    to them, and nobody is told that Ray is used.
    """
    # Whatever its name says: without it a single machine listens on all interfaces.
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    # Else Ray writes one into the home directory.
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex())
    _keep_silent()


@contextmanager
def alone(processors: int) -> Iterator[None]:
    """Ray in processes of this machine, which end with it; its files are deleted then.

    Raises OutputError if it does not start.
    """
    keep_to_itself()
    place = os.environ.get("RAY_TMPDIR") or _SHORT
    with TemporaryDirectory(prefix="ray-", dir=place, ignore_cleanup_errors=True) as private:
        files = Path(private, "r")  # Ray opens it to everybody
        files.mkdir()
        try:
            with (
                _no_way_out(),
                _connected(
                    files,
                    address="local",
                    num_cpus=processors,
                    object_store_memory=OBJECT_STORE,
                    include_dashboard=False,
                    _temp_dir=str(files),
                ),
            ):
                yield
        except _Refused as error:
            raise OutputError(f"Ray does not start here: {error}") from None


@contextmanager
def joined(address: str) -> Iterator[int]:
    """A cluster at an address: HOST:PORT, or 'auto' for one that this machine is part of.

    Yields its number of processors. Raises OptionError if none answers.
    """
    _keep_silent()
    # Tries to reach it, of half a minute or more each: Ray would make 20.
    os.environ.setdefault("RAY_gcs_server_port_wait_time_s", "1")
    with TemporaryDirectory() as nowhere:
        try:
            with _connected(Path(nowhere), address=address):
                import ray

                yield int(ray.cluster_resources().get("CPU", 1))
        except _Refused as error:
            raise OptionError(f"no Ray cluster answers at {address}: {error}") from None


def first_line(error: BaseException) -> str:
    """The beginning of a message that may have many lines."""
    lines = _COLOURS.sub("", str(error)).splitlines()
    return next(filter(str.strip, lines), type(error).__name__)


class _Refused(Exception):
    """Ray does not start or answer."""


@contextmanager
def _connected(directory: Path, **settings: object) -> Iterator[None]:
    """Ray with these settings. What it would say, this program says in one line."""
    import ray
    from ray.data import DataContext  # which sets up the logger too

    DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        try:
            # The processes look for modules where they start: never among a user's files.
            with chdir(directory), _muted():
                ray.init(log_to_driver=False, logging_level=logging.CRITICAL, **settings)
        except Exception as error:
            ray.shutdown()
            raise _Refused(first_line(error)) from None
        try:
            yield
        finally:
            ray.shutdown()


@contextmanager
def _no_way_out() -> Iterator[None]:
    """What is started here sends whatever leaves the machine to where nobody listens.

    Ray's head asks which cloud it is in, even if it is to report nothing.
    """
    before = {name: os.environ.get(name) for name in (*_PROXIES, *_NO_PROXIES)}
    os.environ.update(dict.fromkeys(_PROXIES, NOWHERE) | dict.fromkeys(_NO_PROXIES, LOCAL))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _muted() -> Iterator[None]:
    """Nothing on stderr, not even from code that is not Python."""
    try:
        before = os.dup(STDERR)
    except OSError:  # it is closed
        yield
        return
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        os.dup2(before, STDERR)
        os.close(before)


def _keep_silent() -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
