"""Engines that answer at once, for actors in processes of their own."""

import os
import signal
import time
from pathlib import Path

from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.errors import ModelError


def answer(sentence, num=1):
    """In capitals, or kept if the sentence says so."""
    if "KEEP" in sentence:
        return Result(sentence, kept=Kept.REJECTED, refused={"number": 2})
    return Result(
        sentence,
        tuple(
            Paraphrase(sentence.upper() + "!" * i, 0.9, 0.3, 0.5, ("doubtful",) * (i > 0))
            for i in range(num)
        ),
    )


class Loud:
    """Every sentence comes back in capitals; some words make it fail, wait or die."""

    def batches(self, groups, options):
        for group in groups:
            words = {word for sentence in group for word in sentence.text.split()}
            if "FAIL" in words:
                raise RuntimeError("a bug")
            while "WAIT" in words:
                time.sleep(1)
            if "DIE" in words and self.doomed():
                os.kill(os.getpid(), signal.SIGKILL)
            yield [answer(sentence.text, options.num) for sentence in group]

    def doomed(self):
        return False


class Patient(Loud):
    """Does not wait, but answers."""

    def batches(self, groups, options):
        for group in groups:
            yield [answer(sentence.text, options.num) for sentence in group]


class Doomed(Loud):
    """Dies of a word, whenever it meets it."""

    def doomed(self):
        return True


class Stumbling(Loud):
    """Dies of a word once: the first to meet it leaves a file."""

    def __init__(self, marker):
        self.marker = marker

    def doomed(self):
        if self.marker.exists():
            return False
        self.marker.touch()
        return True


def loud(model, threads):
    return Loud()


def patient(model, threads):
    return Patient()


def doomed(model, threads):
    return Doomed()


def stumbling(marker, model, threads):
    return Stumbling(Path(marker))


def missing(model, threads):
    raise ModelError(f"there is no model {model!r}")
