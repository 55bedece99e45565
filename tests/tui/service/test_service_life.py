"""The thread begins, changes its model and ends, whatever else goes on."""

import random
import threading

from service_host import OPTIONS, Host, gated, jobs, ready, text

from paraphraser_tui.engine.fake import PATIENCE, FakeEngine
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.errors import ModelError
from paraphraser_tui.tui.service import (
    EngineFailed,
    EngineReady,
    RunEnded,
    Service,
    VariantsReady,
)


def engine_threads():
    return [t for t in threading.enumerate() if t.name == "engine"]


def broken():
    raise ModelError("house is damaged")


def test_stop_ends_an_idle_thread_and_frees_the_model():
    host = ready(FakeEngine())
    assert engine_threads()
    host.service.stop()
    assert not engine_threads()
    assert host.engine.closed
    host.service.stop()


def test_stop_before_start():
    service = Service(broken, print)
    service.stop()
    service.start()
    service.stop()
    assert not engine_threads()


def test_stop_waits_for_the_call_and_drops_the_rest():
    engine = gated()
    host = ready(engine)
    host.service.variants(1, Sentence(text(1)), OPTIONS)
    engine.gate.wait_for_call()
    host.service.run(jobs(2, 3), OPTIONS)
    host.service.variants(4, Sentence(text(4)), OPTIONS)
    stopping = threading.Thread(target=host.service.stop)
    stopping.start()
    stopping.join(0.05)
    assert stopping.is_alive()
    assert not engine.closed
    engine.gate.let_through()
    stopping.join(PATIENCE)
    assert not engine_threads()
    assert engine.asked == [text(1)]
    assert engine.closed


def test_stop_while_the_model_is_loaded():
    loading, go = threading.Event(), threading.Event()
    engine = FakeEngine()

    def load():
        loading.set()
        assert go.wait(PATIENCE)
        return engine

    service = Service(load, lambda message: None)
    service.start()
    assert loading.wait(PATIENCE)
    stopping = threading.Thread(target=service.stop)
    stopping.start()
    go.set()
    stopping.join(PATIENCE)
    assert not engine_threads()
    assert engine.closed


def test_a_model_that_fails_to_close_does_not_matter():
    class Stuck(FakeEngine):
        def close(self):
            raise RuntimeError("no")

    ready(Stuck()).service.stop()
    assert not engine_threads()


def test_without_a_model_requests_wait_for_one():
    with Host(None, broken) as host:
        assert host.next(EngineFailed).error == "house is damaged"
        host.service.run(jobs(1), OPTIONS)
        ticket = host.service.variants(2, Sentence(text(2)), OPTIONS)
        host.service.reload(FakeEngine)
        host.next(EngineReady)
        assert host.next(VariantsReady).ticket == ticket
        assert host.until(RunEnded)[-1].cancelled is False


def test_without_a_model_a_run_can_be_cancelled():
    with Host(None, broken) as host:
        host.next(EngineFailed)
        host.service.run(jobs(1), OPTIONS)
        host.service.cancel()
        assert host.next(RunEnded).cancelled is True


def test_another_model_answers_what_waits():
    old, new = gated(), FakeEngine(compute_type="int8")
    with ready(old) as host:
        host.service.run(jobs(1, 2, 3), OPTIONS)
        old.gate.wait_for_call()
        host.service.reload(lambda: new)
        host.service.variants(9, Sentence(text(9)), OPTIONS)
        old.gate.let_through()
        told = host.until(EngineReady)
        assert told[-1].compute_type == "int8"
        assert old.closed
        told = host.until(RunEnded)
        assert [m.number for m in told if isinstance(m, VariantsReady)] == [9, 2, 3]
        assert told[-1].cancelled is False
    assert old.asked == [text(1)]
    assert new.closed


def test_a_model_that_cannot_be_loaded_leaves_the_one_before():
    with ready(FakeEngine()) as host:
        host.service.reload(broken)
        host.next(EngineFailed)
        assert not host.engine.closed
        host.service.variants(1, Sentence(text(1)), OPTIONS)
        assert host.next(VariantsReady).result.variants


def test_of_several_models_only_the_last_is_loaded():
    engine, loaded = gated(), []
    with ready(engine) as host:
        host.service.variants(1, Sentence(text(1)), OPTIONS)
        engine.gate.wait_for_call()
        for name in "abc":
            host.service.reload(lambda name=name: loaded.append(name) or FakeEngine())
        engine.gate.let_through()
        host.until(EngineReady)
        assert not host.rest()
    assert loaded == ["c"]


def test_requests_from_everywhere_and_the_last_is_answered():
    """No wake-up is lost, nothing hangs, whatever comes together."""
    with ready(FakeEngine(failing="group 7 ")) as host:

        def hammer(seed):
            dice = random.Random(seed)
            service = host.service
            for n in range(100):
                dice.choice([
                    lambda n: service.variants(n, Sentence(text(n)), OPTIONS),
                    lambda n: service.words(n, text(n), 0, None, OPTIONS),
                    lambda n: service.begin(n, text(n), "Our", OPTIONS),
                    lambda n: service.prefetch(jobs(n, n + 1), OPTIONS),
                    lambda n: service.run(jobs(n, n + 1, n + 2), OPTIONS),
                    lambda n: service.cancel(),
                    lambda n: service.reload(FakeEngine),
                ])(n)  # fmt: skip

        threads = [threading.Thread(target=hammer, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        host.service.cancel()
        last = host.service.variants(1000, Sentence(text(1000)), OPTIONS)
        while host.until(VariantsReady)[-1].ticket != last:
            pass
    assert not engine_threads()
