"""The key of a teacher: read from the environment or a file, and kept out of everything written.

It is never taken from the command line or the configuration, and `redact` and
`keep_out_of_logs` take it out of messages that a server or library may echo it in.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from paraphraser_tui.errors import InputError, OptionError

HIDDEN = "[hidden]"
# Local servers want some key, but any will do.
NO_KEY = "no-key"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
# What keys look like when a server echoes one, in part or whole, that is not ours.
_KEY_LIKE = re.compile(r"(?i)\b(?:sk|pk|hf|gsk|xai|key)[-_][\w*\-]{6,}|(?<=bearer )\S+")


@dataclass(frozen=True)
class Secret:
    """A key that does not show itself when printed."""

    value: str = field(repr=False)

    @classmethod
    def read(cls, variable: str, file: str) -> "Secret":
        """From an environment variable or, if that is not named, from the first line of a file.

        With neither, a stand-in for servers that need none. Raises OptionError, InputError.
        """
        if variable:
            if not _VARIABLE.fullmatch(variable):
                # It may be the key itself, so it is not repeated.
                raise OptionError("api_key_env must name an environment variable, in capitals")
            if not os.environ.get(variable):
                raise OptionError(f"the environment variable {variable} with the key is not set")
            return cls(os.environ[variable].strip())
        if file:
            try:
                value = Path(file).expanduser().read_text("utf-8").strip()
            except (OSError, ValueError):
                raise InputError(f"{file}: the key cannot be read") from None
            if not value or "\n" in value:
                raise InputError(f"{file}: must hold the key on one line")
            return cls(value)
        return cls(NO_KEY)

    def redact(self, text: str) -> str:
        """The text without this key and without anything that looks like a key."""
        if self.value != NO_KEY:
            text = text.replace(self.value, HIDDEN)
        return _KEY_LIKE.sub(HIDDEN, text)


@contextmanager
def keep_out_of_logs(secret: Secret) -> Iterator[None]:
    """Redact every log record made inside the block, whichever library makes it."""
    make = logging.getLogRecordFactory()

    def redacted(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        record.msg, record.args = secret.redact(record.getMessage()), ()
        if record.exc_info:
            shown = logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = secret.redact(shown), None
        return record

    logging.setLogRecordFactory(redacted)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)
