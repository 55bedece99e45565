"""The lines of a journal: what each entry looks like as JSON, and back."""

import base64
import hashlib
import json
import zlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeAlias

from ...errors import InputError
from ..formats import Format
from .actions import Action, Decide, Freeze, Reopen, Thaw, Together
from .state import Decision, Status

VERSION = 1
_QUICK = 1  # level of compression; the first decision waits for it


class Step(StrEnum):
    """A way through what was done."""

    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Saved:
    """All decisions so far are in this file, which has this SHA-256 digest."""

    path: str
    sha256: str


Entry: TypeAlias = Action | Step | Saved


@dataclass(frozen=True)
class Head:
    """What a document is made from again, whatever has become of its file.

    encoding: if the user named one. sentences: how many there are, and `digest` of what they
    say, for other sentences would be confused with these. data: the bytes, `packed`.
    """

    name: str
    path: str | None
    format: Format
    encoding: str | None
    sentences: int
    digest: str
    sha256: str
    data: str

    @property
    def original(self) -> bytes:
        """The document's bytes. Raises InputError if they are damaged."""
        try:
            data = zlib.decompress(base64.b64decode(self.data, validate=True))
        except (ValueError, zlib.error):
            data = None
        if data is None or sha256(data) != self.sha256:
            raise InputError(f"the journal of {self.name} is damaged")
        return data


def sha256(data: bytes) -> str:
    """The digest of some bytes."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> str:
    """Bytes as `Head.data` holds them."""
    return base64.b64encode(zlib.compress(data, _QUICK)).decode("ascii")


def line(entry: Entry | Head) -> bytes:
    """An entry as a line."""
    return json.dumps(_as_json(entry)).encode("ascii") + b"\n"


def head(text: bytes) -> Head:
    """Read the first line. Raises ValueError if it is none."""
    fields = _loaded(text)
    if fields.pop("journal", None) != VERSION:
        raise ValueError("another version")
    wanted = {"path": (str, type(None)), "encoding": (str, type(None)), "sentences": int}
    if fields.keys() != set(Head.__dataclass_fields__):
        raise ValueError("other fields")
    if not all(isinstance(value, wanted.get(name, str)) for name, value in fields.items()):
        raise ValueError("a field of another kind")
    return Head(**{**fields, "format": Format(fields["format"])})


def entry(text: bytes) -> Entry:
    """Read any other line. Raises ValueError if it is none."""
    return _entry(_loaded(text))


def _loaded(text: bytes) -> dict[str, object]:
    try:
        fields = json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(fields, dict):
        raise ValueError("no object")
    return fields


def _as_json(entry: Entry | Head) -> dict[str, object]:
    match entry:
        case Head():
            return {"journal": VERSION, **asdict(entry)}
        case Decide(number, decision):
            return {"decide": number, "status": decision.status, "text": decision.text}
        case Reopen(number):
            return {"reopen": number}
        case Freeze(term, place):
            return {"freeze": term, "place": place}
        case Thaw(term):
            return {"thaw": term}
        case Together(actions):
            return {"together": [_as_json(action) for action in actions]}
        case Saved(path, digest):
            return {"saved": path, "sha256": digest}
        case Step():
            return {"step": entry}


def _entry(fields: object) -> Entry:
    match fields:
        case {"step": str(step)}:
            return Step(step)
        case {"saved": str(path), "sha256": str(digest)}:
            return Saved(path, digest)
        case _:
            return _action(fields)


def _action(fields: object) -> Action:
    match fields:
        case {"decide": int(number), "status": str(status), "text": str() | None as text}:
            return Decide(number, Decision(Status(status), text))
        case {"reopen": int(number)}:
            return Reopen(number)
        case {"freeze": str(term), "place": int() | None as place}:
            return Freeze(term, place)
        case {"thaw": str(term)}:
            return Thaw(term)
        case {"together": list(actions)}:
            return Together(tuple(map(_action, actions)))
        case _:
            raise ValueError("no action")
