"""The same UI as a page of this machine's browser, through textual-serve."""

import secrets
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ExitCode, OptionError, OutputError

if TYPE_CHECKING:
    from aiohttp.web import Application, Request, StreamResponse

# Never reached from other machines.
HOST = "localhost"
PAGE = Path(__file__).parent / "page"
KEY = "key"
_OWN = ("--serve", "--port")


def serve(arguments: Sequence[str], port: int) -> int:
    """Serve until Ctrl-C; returns the exit code.

    Raises OptionError without textual-serve, OutputError if the port is taken.
    """
    try:
        server = _server(command(arguments), port)
    except ModuleNotFoundError:
        raise OptionError("--serve needs: pip install 'paraphraser-tui[serve]'") from None
    try:
        server.serve()
    except OSError as error:
        raise OutputError(f"port {port} cannot be used: {error.strerror}") from None
    return ExitCode.OK


def command(arguments: Sequence[str]) -> str:
    """What every page runs: this program with the same arguments, but in a terminal."""
    kept, rest = [], iter(arguments)
    for argument in rest:
        if argument == "--port":
            next(rest, None)
        elif argument == "--":
            kept += [argument, *rest]  # files from here on, whatever their names
        elif argument.partition("=")[0] not in _OWN:
            kept.append(argument)
    return shlex.join([sys.executable, "-m", "paraphraser_tui.tui", *kept])


def allowed(host: str, origin: str | None, port: int) -> bool:
    """Whether a request comes from our own page, as far as the browser tells.

    Any page that is open in it may try to reach this machine's ports, under this name or under
    one that it made to point here.
    """
    names = [f"{name}:{port}" for name in (HOST, "127.0.0.1", "[::1]")]
    return host in names and (origin is None or origin in [f"http://{name}" for name in names])


def _server(line: str, port: int):
    from aiohttp import web
    from textual_serve.server import Server

    # Other users of this machine reach the port too, but do not know this.
    key = secrets.token_urlsafe()

    @web.middleware
    async def guard(request: "Request", handler) -> "StreamResponse":
        shown = request.query.get(KEY) or request.cookies.get(KEY) or ""
        ours = allowed(request.host, request.headers.get("Origin"), port)
        if not (ours and secrets.compare_digest(shown.encode(), key.encode())):
            raise web.HTTPForbidden(text="open the address that paraphraser-tui has printed")
        response = await handler(request)
        if KEY in request.query:
            response.set_cookie(KEY, key, httponly=True, samesite="Strict")
        return response

    class LocalServer(Server):
        """Serves its own page only, which loads nothing from elsewhere."""

        def initialize_logging(self) -> None:
            """No list of requests, and no document in a traceback."""

        async def on_startup(self, app: "Application") -> None:
            """Say where it is; the library reads the command as markup, and file names break it."""
            print(f"{self.public_url}/?{KEY}={key} shows it until Ctrl-C", flush=True)

        async def _make_app(self) -> "Application":
            app = await super()._make_app()
            app.middlewares.append(guard)
            return app

    return LocalServer(
        line, host=HOST, port=port, title="paraphraser-tui", templates_path=PAGE.resolve()
    )
