"""The ground that the program stands on: Python, libraries, processor, terminal."""

import locale
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ... import __version__
from ...errors import ExitCode
from ...paths import APP
from .finding import Finding, bad, note, ok

LIBRARIES = ("ctranslate2", "sentencepiece", "tokenizers", "sentencex", "numpy")
FOR_THE_SCREEN = "textual"  # which the command does without
CPU_INFO = Path("/proc/cpuinfo")
# What CTranslate2 and its libraries can use, by the kernel's names; 64-bit ARM calls NEON asimd.
_FEATURES = {
    "sse4_1": "SSE4.1",
    "avx": "AVX",
    "avx2": "AVX2",
    "avx_vnni": "AVX-VNNI",
    "avx512f": "AVX512",
    "avx512_vnni": "AVX512-VNNI",
    "neon": "NEON",
    "asimd": "NEON",
    "asimddp": "NEON dot product",
    "i8mm": "NEON int8 matrices",
}
_QUICK = {"avx2", "neon", "asimd"}
# Variables of CTranslate2 that change what it computes with.
_FORCING = ("CT2_FORCE_CPU_ISA", "CT2_USE_MKL", "CT2_USE_EXPERIMENTAL_PACKED_GEMM")
_LEAST = re.compile(r"([\w.-]+)\s*>=\s*([\d.]+)")
_COLOURS = {"": "no colours", "256": "256 colours", "truecolor": "all colours"}
_DUMB = {"", "dumb", "unknown"}


def python() -> Iterator[Finding]:
    """The interpreter."""
    name = platform.python_implementation()
    yield ok("python", f"{platform.python_version()} ({name}), {sys.executable}")


def versions() -> Iterator[Finding]:
    """This program and the libraries that it runs on."""
    try:
        installed = metadata.version(APP)
        least = dict(m.groups() for r in metadata.requires(APP) or () if (m := _LEAST.fullmatch(r)))
    except metadata.PackageNotFoundError:
        installed, least = None, {}
        yield note(APP, f"{__version__}, not installed as a package")
    if installed == __version__:
        yield ok(APP, installed)
    elif installed:
        yield note(APP, f"{__version__} runs, {installed} is installed; install it anew")
    for name in (*LIBRARIES, FOR_THE_SCREEN):
        yield _version(name, least.get(name))


def system() -> Iterator[Finding]:
    """The operating system."""
    yield ok("platform", platform.platform())


def processor(info: Path = CPU_INFO) -> Iterator[Finding]:
    """What the processor has for int8, where the system tells."""
    name = "processor"
    if not info.exists():
        yield ok(name, f"{platform.machine()}; this system does not list its features")
        return
    told = info.read_text(encoding="utf-8", errors="replace")
    lines = (line.partition(":") for line in told.splitlines())
    values = {key.strip(): value.strip() for key, _, value in lines}
    features = (values.get("flags") or values.get("Features") or "").split()
    has = ", ".join(shown for feature, shown in _FEATURES.items() if feature in features)
    text = f"{values.get('model name') or platform.machine()}: {has or 'nothing for int8'}"
    if _QUICK.isdisjoint(features):
        yield note(name, f"{text}; without AVX2 or NEON all will be slow")
    else:
        yield ok(name, text)


def int8() -> Iterator[Finding]:
    """What CTranslate2 can compute with here."""
    import ctranslate2

    types = sorted(ctranslate2.get_supported_compute_types("cpu"))
    text = f"ctranslate2 computes in {', '.join(types)}"
    forced = [f"{name}={os.environ[name]}" for name in _FORCING if os.environ.get(name)]
    if "int8" not in types:
        yield note("int8", f"{text}; without int8 models are larger and slower")
    elif forced:
        yield note("int8", f"{text}, under {', '.join(forced)}")
    else:
        yield ok("int8", text)


def processors() -> Iterator[Finding]:
    """How many processors there are, and how many this process may use."""
    from ...engine.paraphraser import MAX_THREADS, available_threads

    usable = available_threads()
    text = f"{usable} usable of {os.cpu_count() or '?'}"
    yield ok("processors", f"{text}; up to {min(usable, MAX_THREADS)} are used by default")


def terminal() -> Iterator[Finding]:
    """Colours, characters and width, if there is a terminal."""
    streams = (sys.stdout, sys.stderr)
    stream = next((s for s in streams if s and not s.closed and s.isatty()), None)
    encoding = getattr(stream, "encoding", None) or locale.getpreferredencoding(False)
    if stream is None:
        yield ok("terminal", f"none; text is {encoding}")
        return
    from rich.console import Console  # knows what terminals can do

    kind = os.environ.get("TERM", "")
    has = _COLOURS.get(Console(file=stream).color_system or "", "16 colours")
    if os.environ.get("NO_COLOR"):
        has = "no colours, for NO_COLOR is set"
    size = shutil.get_terminal_size()
    text = f"{kind or '?'}, {has}, {encoding}, {size.columns} columns"
    if not encoding.lower().startswith("utf"):
        yield note("terminal", f"{text}; with a UTF-8 locale all characters can be shown")
    elif kind in _DUMB and os.name != "nt":
        yield note("terminal", f"{text}; paraphraser-tui needs more than that")
    else:
        yield ok("terminal", text)


def _version(name: str, least: str | None) -> Finding:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        if name == FOR_THE_SCREEN:
            return note(name, "not installed; only paraphraser-tui needs it")
        return bad(name, "not installed; install paraphraser-tui anew", ExitCode.MODEL)
    if least and _numbers(found) < _numbers(least):
        return note(name, f"{found} is older than {least}, which this program was made for")
    return ok(name, found)


def _numbers(version: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", re.match(r"[\d.]*", version)[0])]
