"""A Hugging Face Hub with one model, as far as `snapshot_download` asks; it notes what is asked."""

import hashlib
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MODEL = "tiny/t5"
REVISIONS = ("main", "v1", COMMIT)


@dataclass
class Hub:
    """What is served, and what was asked for; a test changes it as it likes."""

    files: Path
    address: str = ""
    card: dict = field(default_factory=lambda: {"license": "mit"})
    commit: str = COMMIT
    private: bool = False
    gated: bool = False  # everybody sees what there is, and nobody gets it
    cuts: int = 0  # so many answers with weights end in their middle
    broken: bool = False  # no more weights after those
    asked: list = field(default_factory=list)  # (method, path)
    tokens: set = field(default_factory=set)

    def paths(self, method="GET"):
        return [path for verb, path in self.asked if verb == method]

    @property
    def fetched(self):
        """Names of files that were sent, in part at least."""
        return {path.rpartition("/")[2] for path in self.paths() if "/resolve/" in path}


@contextmanager
def serving(files):
    """A hub with the files of a directory as those of the model `MODEL`."""
    hub = Hub(files)
    handler = type("Handler", (_Handler,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        hub.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield hub
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    hub = None

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        hub, path = self.hub, unquote(urlsplit(self.path).path)
        hub.asked.append((self.command, path))
        hub.tokens.add(self.headers.get("Authorization"))
        api = f"/api/models/{MODEL}"
        if hub.private:
            return self._refuse(401)
        if path == api or path.startswith(f"{api}/revision/"):
            revision = path.removeprefix(api).removeprefix("/revision/") or "main"
            return (
                self._json(self._info())
                if revision in REVISIONS
                else self._refuse(404, "RevisionNotFound")
            )
        if path == f"{api}/tree/{hub.commit}":
            return self._json(self._tree())
        name = path.removeprefix(f"/{MODEL}/resolve/{hub.commit}/")
        if name == path or not (hub.files / name).is_file():
            return self._refuse(404, "RepoNotFound")
        return self._refuse(403, "GatedRepo") if hub.gated else self._file(hub.files / name)

    def _names(self):
        return sorted(p.name for p in self.hub.files.iterdir())

    def _info(self):
        siblings = [{"rfilename": name} for name in self._names()]
        return {
            "id": MODEL, "sha": self.hub.commit, "siblings": siblings, "cardData": self.hub.card
        }  # fmt: skip

    def _tree(self):
        sizes = {name: (self.hub.files / name).stat().st_size for name in self._names()}
        return [{"type": "file", "path": n, "size": s, "oid": n} for n, s in sizes.items()]

    def _json(self, value):
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _refuse(self, status, code=None):
        self._send(status, b"", {"X-Error-Code": code} if code else {})

    def _file(self, path):
        data = path.read_bytes()
        headers = {"ETag": f'"{hashlib.sha1(data).hexdigest()}"', "X-Repo-Commit": self.hub.commit}
        weights = self.command == "GET" and path.name == "model.safetensors"
        if weights and not self.hub.cuts and self.hub.broken:
            return self._refuse(503)
        cut = weights and self.hub.cuts > 0
        self.hub.cuts -= cut
        self._send(200, data, headers, len(data) // 2 if cut else None)

    def _send(self, status, data, headers, sent=None):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data[:sent])
