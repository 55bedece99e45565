"""Archives of packages: honest ones, and ones that nobody should unpack."""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import stat
import tarfile
import zipfile
import zlib

from small_package import write_package

ZEROS = 20 * 2**20
BIG_HEADER = 3 * 2**20


def contents(package):
    """The files of a package directory, by name, the manifest not first."""
    return {path.name: path.read_bytes() for path in sorted(package.iterdir())}


def tar_of(files, *further):
    """A tar archive with these files, and further TarInfo objects before the last file."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for number, (name, data) in enumerate(files.items()):
            if number == len(files) - 1:
                for info in further:
                    tar.addfile(info, io.BytesIO(bytes(info.size)))
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = 1.5  # for which a pax header is written
            tar.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def zip_of(files, method=zipfile.ZIP_DEFLATED):
    """A zip archive; a name may be a ZipInfo."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data, method)
    return stream.getvalue()


HONEST = {
    "tar": tar_of,
    "tar.gz": lambda files: gzip.compress(tar_of(files)),
    "tar.xz": lambda files: lzma.compress(tar_of(files)),
    "zip": zip_of,
    "stored.zip": lambda files: zip_of(files, zipfile.ZIP_STORED),
}


def _special(kind, name="model.bin", **settings):
    info = tarfile.TarInfo(name)
    info.type = kind
    for key, value in settings.items():
        setattr(info, key, value)
    return info


def _pax_sparse(files):
    """Holes told of in a pax header, behind which the type is that of a plain file."""
    told = {"major": "1", "minor": "0", "name": "model.bin", "realsize": str(2**40)}
    info = tarfile.TarInfo("model.bin")
    info.pax_headers = {f"GNU.sparse.{key}": value for key, value in told.items()}
    info.size = tarfile.BLOCKSIZE
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        tar.addfile(info, io.BytesIO(b"1\n0\n0\n".ljust(info.size, b"\0")))
    return stream.getvalue()


def _with(name, data=b"x"):
    return lambda files: tar_of({**files, name: data})


def _zip_with(name, data=b"x", mode=None, **settings):
    def write(files):
        info = zipfile.ZipInfo(name)
        for key, value in settings.items():
            setattr(info, key, value)
        if mode:
            info.external_attr = mode << 16
        return zip_of({**files, info: data})

    return write


def _without(name):
    return lambda files: tar_of({n: d for n, d in files.items() if n != name})


def _bomb(pack):
    """Everything is as the manifest says, and far more than the archive could hold."""

    def write(files):
        manifest = json.loads(files["manifest.json"])
        zeros = bytes(ZEROS)
        for file in manifest["files"]:
            if file["name"] == "model.bin":
                file |= {"size": ZEROS, "sha256": hashlib.sha256(zeros).hexdigest()}
        changed = {"model.bin": zeros, "manifest.json": json.dumps(manifest).encode()}
        return pack({**files, **changed})

    return write


def _changed_manifest(**changes):
    def write(files):
        manifest = json.loads(files["manifest.json"]) | changes
        return tar_of({**files, "manifest.json": json.dumps(manifest).encode()})

    return write


def _endless_header(kind):
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = kind, 2**33
    blocks = header.tobuf(tarfile.GNU_FORMAT) + b"a" * BIG_HEADER
    return lambda files: gzip.compress(blocks)


def _in_folders(*folders):
    return lambda files: tar_of({f"{f}/{n}": d for f in folders for n, d in files.items()})


def _encrypted(files):
    data = bytearray(zip_of(files))
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 1)
    return bytes(data)


def _greedy_xz(files):
    """Its dictionary would take 1 GiB."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**20}]
    data = bytearray(lzma.compress(tar_of(files), filters=filters))
    at = data.find(b"\x21\x01", 12, 40) + 2  # the size's code in the block header
    data[at] = 36
    header = 12
    size = (data[header] + 1) * 4
    data[header + size - 4 : header + size] = _crc(data[header : header + size - 4])
    return bytes(data)


def _crc(data):
    return zlib.crc32(data).to_bytes(4, "little")


def _listing(*files):
    """A manifest that lists these (name, size) beside the tokenizer."""
    listed = [{"name": n, "size": s, "sha256": ""} for n, s in (*files, ("spm.model", 3))]
    return _changed_manifest(files=listed)


def _folders(number):
    return lambda files: tar_of(
        files, *(_special(tarfile.DIRTYPE, f"folder{i}") for i in range(number))
    )


def _and(*further):
    return lambda files: tar_of(files, *further)


def _half_of(kind):
    def write(files):
        data = HONEST[kind](files)
        return data[: len(data) // 2]

    return write


# By the exit code that it leads to and a part of the line that says why: what makes an archive
# out of the files of a package.
HOSTILE_BY_OUTCOME = {
    (3, "regular file"): {
        "symbolic link": _and(_special(tarfile.SYMTYPE, linkname="/etc/passwd")),
        "hard link": _and(_special(tarfile.LNKTYPE, linkname="config.json")),
        "named pipe": _and(_special(tarfile.FIFOTYPE)),
        "device": _and(_special(tarfile.CHRTYPE, devmajor=1, devminor=5)),
        "block device": _and(_special(tarfile.BLKTYPE)),
        "sparse file": _and(_special(tarfile.GNUTYPE_SPARSE)),
        "sparse file by pax": _pax_sparse,
        "unknown type": _and(_special(b"Z")),
        "link in a zip": _zip_with("link", b"/etc/passwd", stat.S_IFLNK | 0o777),
    },
    (3, "not a place inside"): {
        "absolute": _with("/tmp/evil"),
        "absolute in a zip": _zip_with("/evil"),
        "traversal": _with("../evil"),
        "traversal behind a folder": _with("a/../../evil"),
        "traversal in a zip": _zip_with("../evil"),
        "traversal by backslash": _with("..\\evil"),
        "drive": _with("C:evil"),
        "folder outside": _and(_special(tarfile.DIRTYPE, "../out")),
    },
    (3, "not a plain file name"): {"traversal listed": _listing(("../evil", 3))},
    (3, "no file can be called"): {"impossible name listed": _listing(("\ud800", 3))},
    (3, "does not list"): {
        "unlisted file": _with("vmap.txt"),
        "escape sequence": _with("\x1b]0;evil\x07"),
    },
    (3, "lacks 'model.bin'"): {"missing file": _without("model.bin")},
    (3, "is there twice"): {
        "file twice": _and(_special(tarfile.REGTYPE, "config.json", size=2)),
    },
    (3, "deeper"): {"deep": _in_folders("a/b")},
    (3, "beside its one model package"): {
        "two packages": _in_folders("a", "b"),
        "stray file at the top": lambda files: tar_of(
            {f"a/{name}": data for name, data in files.items()} | {"x": b""}
        ),
        "stray file in a folder": _with("a/x"),
    },
    (3, "no model package"): {
        "no package": _without("manifest.json"),
        "empty zip": lambda files: zip_of({}),
    },
    (3, "unpacks to more"): {
        "bomb in gzip": _bomb(HONEST["tar.gz"]),
        "bomb in xz": _bomb(HONEST["tar.xz"]),
        "bomb in zip": _bomb(zip_of),
    },
    (3, "more than its 256 bytes"): {"longer than listed": _with("model.bin", bytes(2**20))},
    (3, "less than its 256 bytes"): {"shorter than listed": _with("model.bin", b"")},
    (3, "more than 100 entries"): {"many entries": _folders(200)},
    (3, "more than 100 files"): {
        "many files listed": _listing(*((f"file{i}", 0) for i in range(100))),
    },
    (3, "would take more than"): {"huge file listed": _listing(("model.bin", 2**40))},
    (3, "headers of more than"): {
        "endless long name": _endless_header(tarfile.GNUTYPE_LONGNAME),
        "endless pax header": _endless_header(tarfile.XHDTYPE),
    },
    (3, "the manifest of"): {"endless manifest": _with("manifest.json", b" " * (2**20 + 1))},
    (3, "not valid JSON"): {"broken manifest": _with("manifest.json", b"{")},
    (3, "schema"): {"other schema": _changed_manifest(schema=99)},
    (3, "does not match its checksum"): {
        "wrong checksum": _with("model.bin", bytes(256)),
        "wrong checksum in a zip": lambda files: zip_of(files | {"spm.model": b"SPM"}),
    },
    (3, "compressed in a way"): {
        "zip with bzip2": lambda files: zip_of(files, zipfile.ZIP_BZIP2),
    },
    (4, "encrypted"): {"encrypted zip": _encrypted},
    (4, "Memory"): {"greedy xz": _greedy_xz},
    (4, "no archive that can be read here, or is damaged"): {
        "half a tar": lambda files: tar_of(files)[:1700],  # within a file
        "half a tar.gz": _half_of("tar.gz"),
        "half a tar.xz": _half_of("tar.xz"),
        "half a zip": _half_of("zip"),
        "bzip2": lambda files: bz2.compress(tar_of(files)),
        "empty file": lambda files: b"",
        "text": lambda files: b"Dear reader,\n" * 100,
    },
}
HOSTILE = {
    kind: (write, *outcome)
    for outcome, kinds in HOSTILE_BY_OUTCOME.items()
    for kind, write in kinds.items()
}


def write_archive(path, kind, tmp_path, folder=""):
    """An honest archive of the small package at `path`; returns the path."""
    package = tmp_path / "to-pack"
    if not package.exists():
        write_package(package)
    prefix = f"{folder}/" if folder else ""
    path.write_bytes(HONEST[kind]({prefix + n: d for n, d in contents(package).items()}))
    return path
