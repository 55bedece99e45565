"""What a compressed file holds, read forward in bounded memory."""

import gzip
from pathlib import Path
from typing import IO

from ..errors import InputError
from .parcel import MIB

# xz -9 needs 65 MiB; a hostile file may ask for 4 GiB.
MAX_XZ_MEMORY = 128 * MIB
BLOCK = 64 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
_XZ_MAGIC = b"\xfd7zXZ\0"


def decompressed(stream: IO[bytes], path: Path) -> IO[bytes]:
    """The content of a gzip or xz file, or of one that is not compressed.

    Reading raises what gzip and lzma raise; InputError if this Python has no lzma.
    """
    magic = stream.read(len(_XZ_MAGIC))
    stream.seek(0)
    if magic.startswith(_GZIP_MAGIC):
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if magic == _XZ_MAGIC:
        return _Xz(stream, path)
    return stream


class _Xz:
    """lzma.LZMAFile, with a limit on what the decoder may allocate."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        try:
            import lzma  # some builds of Python do without
        except ImportError:
            raise InputError(f"{path}: this Python cannot read xz; use gzip") from None
        self._stream = stream
        self._new = lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_XZ_MEMORY)
        self._decoder = self._new()

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        while True:
            data = b""
            if self._decoder.eof:
                # Streams may follow each other, with zeros between them.
                data = self._decoder.unused_data.lstrip(b"\0")
                data = data or self._stream.read(BLOCK).lstrip(b"\0")
                if not data:
                    return b""
                self._decoder = self._new()
            elif self._decoder.needs_input:
                data = self._stream.read(BLOCK)
                if not data:
                    raise EOFError("it ends too early")
            if out := self._decoder.decompress(data, size):
                return out
