"""The engine's thread: what is asked is answered, in the order that suits the user."""

import asyncio
import inspect
import threading

import pytest
from service_host import OPTIONS, Host, gated, jobs, ready, text
from textual.app import App

from paraphraser_tui.engine.fake import PATIENCE, FakeEngine
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.errors import ModelError
from paraphraser_tui.tui.service import (
    Engine,
    EngineFailed,
    EngineReady,
    RequestFailed,
    Service,
    VariantsReady,
    WordsReady,
)


@pytest.mark.parametrize("name", ["batches", "alternatives", "begun", "close"])
def test_the_real_engine_can_be_asked_like_this(name):
    asked, real = (
        list(inspect.signature(getattr(c, name)).parameters) for c in (Engine, Paraphraser)
    )
    assert asked == real[: len(asked)]


def test_the_model_is_loaded_in_the_thread():
    threads = []

    def load():
        threads.append(threading.current_thread())
        return FakeEngine()

    with Host(None, load) as host:
        assert host.next(EngineReady).compute_type == "fake"
    assert threads[0] is not threading.current_thread()
    assert not threads[0].is_alive()


def test_variants_come_with_what_was_asked():
    with ready(FakeEngine()) as host:
        options = Options(num=3, diversity=80)
        ticket = host.service.variants(7, Sentence(text(7)), options)
        answer = host.next(VariantsReady)
        assert (answer.ticket, answer.number, answer.options) == (ticket, 7, options)
        assert answer.result.source == text(7)
        assert len(answer.result.variants) == 3


def test_words_and_beginnings():
    with ready(FakeEngine()) as host:
        ticket = host.service.words(2, text(2), 1, None, OPTIONS)
        answer = host.next(WordsReady)
        assert (answer.ticket, answer.number, answer.place) == (ticket, 2, 1)
        assert answer.alternatives[0].word == "gathering"
        ticket = host.service.begin(2, text(2), "Our meeting", OPTIONS, 0.5)
        answer = host.next(VariantsReady)
        assert answer.ticket == ticket
        assert answer.result.best.startswith("Our meeting")


def test_what_was_asked_before_the_model_is_there_is_answered():
    go = threading.Event()

    def load():
        assert go.wait(PATIENCE)
        return FakeEngine()

    with Host(None, load) as host:
        ticket = host.service.variants(1, Sentence(text(1)), OPTIONS)
        go.set()
        host.next(EngineReady)
        assert host.next(VariantsReady).ticket == ticket


def test_only_the_newest_request_of_a_kind_is_answered():
    engine = gated()
    with ready(engine) as host:
        first = host.service.variants(1, *_asked(1))
        engine.gate.wait_for_call()
        host.service.variants(2, *_asked(2))
        words = host.service.words(1, text(1), 0, None, OPTIONS)
        host.service.variants(3, *_asked(3))
        last = host.service.variants(4, *_asked(4))
        engine.gate.let_through(3)
        answers = [host.next(kind) for kind in (VariantsReady, WordsReady, VariantsReady)]
        assert [a.ticket for a in answers] == [first, words, last]
        assert not host.rest()
    assert engine.asked == [text(1), text(1), text(4)]


def test_the_user_first_then_the_prefetch_then_the_run():
    engine = gated()
    with ready(engine) as host:
        host.service.run(jobs(1, 2), OPTIONS)
        engine.gate.wait_for_call()
        host.service.prefetch(jobs(3, 4), OPTIONS)
        host.service.variants(5, *_asked(5))
        engine.gate.let_through(5)
        numbers = [m.number for m in _variants(host, 5)]
    assert numbers == [1, 5, 3, 4, 2]


def test_a_prefetch_replaces_the_one_before():
    engine = gated()
    with ready(engine) as host:
        host.service.prefetch(jobs(1, 2, 3), OPTIONS)
        engine.gate.wait_for_call()
        host.service.prefetch(jobs(8, 9), OPTIONS)
        engine.gate.let_through(3)
        assert [m.number for m in _variants(host, 3)] == [1, 8, 9]
        assert not host.rest()


def test_the_user_gets_what_is_being_prefetched():
    engine = gated()
    with ready(engine) as host:
        host.service.prefetch(jobs(1), OPTIONS)
        engine.gate.wait_for_call()
        ticket = host.service.variants(1, *_asked(1))
        engine.gate.let_through(2)
        assert host.next(VariantsReady).ticket == ticket
        assert not host.rest()
    assert engine.asked == [text(1)]


@pytest.mark.parametrize(
    ("sentence", "options"),
    [(text(1), Options(diversity=10)), (text(2), OPTIONS)],
    ids=["other options", "another sentence"],
)
def test_the_user_does_not_get_what_was_not_asked(sentence, options):
    engine = gated()
    with ready(engine) as host:
        host.service.prefetch(jobs(1), OPTIONS)
        engine.gate.wait_for_call()
        ticket = host.service.variants(1, Sentence(sentence), options)
        engine.gate.let_through(2)
        assert host.next(VariantsReady).ticket != ticket
        answer = host.next(VariantsReady)
        assert (answer.ticket, answer.options) == (ticket, options)
        assert answer.result.source == sentence


def test_an_error_ends_one_request_only():
    with ready(FakeEngine(failing="group 2")) as host:
        for ask in (
            lambda: host.service.variants(2, *_asked(2)),
            lambda: host.service.words(2, text(2), 1, None, OPTIONS),
            lambda: host.service.begin(2, text(2), "Our", OPTIONS),
        ):
            ticket = ask()
            failed = host.next(RequestFailed)
            assert (failed.ticket, failed.number) == (ticket, 2)
            assert failed.error == "RuntimeError: cannot say 'group 2'"
        host.service.words(1, text(1), 99, None, OPTIONS)
        assert host.next(RequestFailed).error.startswith("IndexError")
        host.service.variants(1, *_asked(1))
        assert host.next(VariantsReady).number == 1


class Panic(BaseException):
    """What native libraries raise beside exceptions."""


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (Panic("\x1b[31mbad\nworse"), "Panic: ␛[31mbad␊worse"),
        (MemoryError(), "MemoryError"),
        (ModelError("the model is damaged"), "the model is damaged"),
    ],
)
def test_every_error_is_told_in_one_safe_line(error, line):
    class Broken(FakeEngine):
        def batches(self, groups, options=None):
            raise error

    with ready(Broken()) as host:
        host.service.variants(1, *_asked(1))
        assert host.next(RequestFailed).error == line
        host.service.words(1, text(1), 0, None, OPTIONS)
        host.next(WordsReady)


def test_an_app_that_takes_no_message_does_not_end_the_thread():
    answered = threading.Event()

    def post(message):
        if isinstance(message, VariantsReady) and message.number == 2:
            answered.set()
        raise RuntimeError("the app is closing")

    service = Service(FakeEngine, post)
    service.start()
    try:
        service.variants(2, *_asked(2))
        assert answered.wait(PATIENCE)
    finally:
        service.stop()


async def test_messages_reach_an_app():
    class Reader(App):
        def __init__(self):
            super().__init__()
            self.seen = []
            self.answered = asyncio.Event()
            self.service = Service(FakeEngine, self.post_message)

        def on_mount(self):
            self.service.start()
            self.service.variants(1, *_asked(1))

        def on_engine_ready(self, message: EngineReady):
            self.seen.append(message.compute_type)

        def on_engine_failed(self, message: EngineFailed):
            self.seen.append(message.error)

        def on_variants_ready(self, message: VariantsReady):
            self.seen.append(message.result.source)
            self.answered.set()

    app = Reader()
    async with app.run_test():
        await asyncio.wait_for(app.answered.wait(), PATIENCE)
        app.service.stop()
    assert app.seen == ["fake", text(1)]


def _asked(number):
    return Sentence(text(number)), OPTIONS


def _variants(host, count):
    """So many answers, whatever else is told meanwhile."""
    return [host.until(VariantsReady)[-1] for _ in range(count)]
