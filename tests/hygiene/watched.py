"""Run the command under an audit hook and report, as JSON on stderr's last line, what it did."""

import json
import os
import sys
from pathlib import Path

sockets, written = [], []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


def watch(event, arguments):
    """Note network use and whatever changes files."""
    if event.startswith("socket."):
        sockets.append(event)
    elif event == "open":
        path, mode, flags = arguments
        if isinstance(path, int):
            return
        if (flags or 0) & WRITING or set(mode or "") & set("wax+"):
            written.append(str(Path(os.fsdecode(path)).absolute()))
    elif event in CHANGES:
        written.append(str(Path(os.fsdecode(arguments[0])).absolute()))


if __name__ == "__main__":
    sys.addaudithook(watch)
    if sys.argv[1] == "--sin":  # proof that the hook sees what it should
        import socket

        socket.socket().close()
        Path(sys.argv[2]).write_bytes(b"")
        code = 0
    else:
        from paraphraser_tui.cli.main import main

        code = main(sys.argv[1:])
    report = {
        "code": int(code),
        "sockets": sockets,
        "written": written,
        "modules": sorted({name.partition(".")[0] for name in sys.modules}),
    }
    print(json.dumps(report), file=sys.stderr)
