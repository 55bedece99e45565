"""The page of `--serve`: of this machine, for this machine, and of nothing else."""

import asyncio
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, suppress

import pytest

from paraphraser_tui.errors import ExitCode
from paraphraser_tui.tui.serve import PAGE, allowed, command

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

COMMAND = (sys.executable, "-m", "paraphraser_tui.tui")
PORT = 8123
GENEROUS = 60
POLL = 0.1
OUTSIDE = re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?((?:https?:)?//[^"')\s]+)""")
ASSETS = ("css/xterm.css", "js/textual.js", "fonts/RobotoMono-VariableFont_wght.ttf")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_our_own_page_may(name):
    here = f"{name}:{PORT}"
    assert allowed(here, None, PORT)  # typed into the address line
    assert allowed(here, f"http://{here}", PORT)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "localhost:80", "evil.example", f"evil.example:{PORT}", f"0.0.0.0:{PORT}",
     f"localhost.evil.example:{PORT}", f"evil.localhost:{PORT}", f"localhost:{PORT}1"],
)  # fmt: skip
def test_another_name_of_this_machine_may_not(host):
    assert not allowed(host, None, PORT)


@pytest.mark.parametrize(
    "origin",
    ["", "null", "file://", "http://evil.example", "http://localhost", f"https://localhost:{PORT}",
     f"http://localhost:{PORT + 1}", f"http://localhost:{PORT}.evil.example"],
)  # fmt: skip
def test_another_page_may_not(origin):
    assert not allowed(f"localhost:{PORT}", origin, PORT)


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--serve"], []),
        (["--serve", "--port", "8001", "a.md"], ["a.md"]),
        (["--port=8001", "a.md", "--serve", "-n", "3"], ["a.md", "-n", "3"]),
        (["--serve", "a b; rm x.md"], ["a b; rm x.md"]),
        (["--serve", "--", "--port"], ["--", "--port"]),
    ],
)
def test_every_page_runs_the_same_without_a_server(arguments, kept):
    assert shlex.split(command(arguments))[1:] == ["-m", "paraphraser_tui.tui", *kept]


def test_the_page_loads_nothing_from_elsewhere():
    assert OUTSIDE.findall('<script src="https://cdn.example/x.js">') != []
    [page] = PAGE.iterdir()
    assert OUTSIDE.findall(page.read_text(encoding="utf-8")) == []


@asynccontextmanager
async def serving(*arguments: str):
    """A server of its own on a free port; gives its address, and that with the key."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "--serve", "--port", str(port), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        await _listening(process, port)
        here = f"http://localhost:{port}"
        told = process.stdout.readline().decode()
        page = re.fullmatch(rf"({here}/\?key=[\w-]{{40,}}) shows it until Ctrl-C\n", told)
        yield here, page.group(1)
        process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(process.wait, GENEROUS) == 0
    finally:
        end_with_children(process)
        process.stdout.close()


async def _listening(process, port: int) -> None:
    for _ in range(int(GENEROUS / POLL)):
        assert process.poll() is None, process.stdout.read()
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        await asyncio.sleep(POLL)
    raise AssertionError("the server does not listen")


def end_with_children(process) -> None:
    """End the server and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def test_a_page_of_this_machine_and_nobody_elses(tmp_path):
    note = tmp_path / "note[" / "b].txt"  # which is no markup
    note.parent.mkdir()
    note.write_text("The meeting was postponed because the manager was ill.\n")
    foreign = {"Origin": "http://evil.example"}
    async with serving(str(note)) as (here, start), aiohttp.ClientSession() as browser:
        for guess in (here, f"{here}/?key=", f"{here}/?key=guessed", f"{here}/ws"):
            async with browser.get(guess) as answer:
                assert answer.status == 403  # another user of this machine
        async with browser.get(start) as answer:
            page = await answer.text()
        assert answer.status == 200
        socket_address = re.search(r'"(ws://[^"]+)"', page).group(1).replace("&amp;", "&")
        links = re.findall(r"(?:https?|wss?)://[^\s\"')]+", page)
        assert len(links) >= 4 and all(
            link.partition("://")[2].startswith(here[7:]) for link in links
        )
        for asset in ASSETS:
            async with browser.get(f"{here}/static/{asset}") as answer:
                assert answer.status == 200
        for headers in (foreign, {"Host": "evil.example"}):
            for path in ("", "/ws", "/static/js/textual.js", "/download/x"):
                async with browser.get(here + path, headers=headers) as answer:
                    assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await browser.ws_connect(socket_address, headers=foreign)
        async with browser.ws_connect(
            f"{socket_address}?width=90&height=30", headers={"Origin": here}
        ) as terminal:
            seen = b""
            async with asyncio.timeout(GENEROUS):
                while b"meeting was postponed" not in seen:
                    message = await terminal.receive()
                    assert message.type is aiohttp.WSMsgType.BINARY, (message, seen)
                    seen += message.data
        assert b"b].txt" in seen


def test_a_port_that_is_taken_is_told_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "--serve", "--port", port],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=GENEROUS,
        )
    assert done.returncode == ExitCode.OUTPUT
    assert done.stderr.startswith(f"paraphraser-tui: port {port} cannot be used: ")
    assert done.stderr.count("\n") == 1
