"""A run over the document: in portions, to be cancelled, and never in the user's way."""

import time
from itertools import pairwise

from service_host import OPTIONS, gated, jobs, ready, text

from paraphraser_tui.engine.fake import PATIENCE, FakeEngine
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.tui.service import (
    RequestFailed,
    RunEnded,
    RunProgress,
    VariantsReady,
    backlog,
)

MOMENT = 0.2


class Counting(FakeEngine):
    """Remembers how many sentences came at once."""

    def batches(self, groups, options=None):
        groups = [list(group) for group in groups]
        self.sizes = [*getattr(self, "sizes", []), *map(len, groups)]
        return super().batches(groups, options)


def of(kind, messages):
    return [m for m in messages if isinstance(m, kind)]


def test_every_sentence_is_answered_and_counted():
    with ready(FakeEngine()) as host:
        ticket = host.service.run(jobs(*range(50)), OPTIONS)
        told = host.until(RunEnded)
        assert [m.number for m in of(VariantsReady, told)] == list(range(50))
        assert {m.ticket for m in told} == {ticket}
        progress = of(RunProgress, told)
        assert [m.done for m in progress] == sorted({m.done for m in progress})
        assert (progress[-1].done, progress[-1].total) == (50, 50)
        assert told[-1].cancelled is False
        assert not host.rest()


def test_a_quick_engine_gets_more_at_once():
    engine = Counting()
    with ready(engine) as host:
        host.service.run(jobs(*range(100)), OPTIONS)
        host.until(RunEnded)
    assert engine.sizes[0] == 1
    assert 1 < max(engine.sizes) <= 16
    # One that was quick says little about the next ones.
    assert all(later <= 2 * earlier for earlier, later in pairwise(engine.sizes))


def test_what_is_drawn_does_not_depend_on_the_portion():
    engine = Counting()
    with ready(engine) as host:
        host.service.run(jobs(*range(30)), Options(sampling=True, seed=1))
        host.until(RunEnded)
    assert engine.sizes == [1] * 30


def test_a_run_over_nothing_ends():
    with ready(FakeEngine()) as host:
        ticket = host.service.run([], OPTIONS)
        ended = host.next(RunEnded)
        assert (ended.ticket, ended.cancelled) == (ticket, False)


def test_a_cancelled_run_keeps_what_is_there_and_all_other_requests():
    engine = gated()
    with ready(engine) as host:
        host.service.run(jobs(1, 2, 3), OPTIONS)
        engine.gate.wait_for_call()
        host.service.prefetch(jobs(8), OPTIONS)
        host.service.variants(9, Sentence(text(9)), OPTIONS)
        host.service.cancel()
        engine.gate.let_through(3)
        assert host.next(VariantsReady).number == 1
        assert host.next(RunProgress).done == 1
        assert host.next(RunEnded).cancelled is True
        assert host.next(VariantsReady).number == 9
        assert host.next(VariantsReady).number == 8
        assert not host.rest()


def test_a_run_that_is_nearly_through_cannot_be_cancelled():
    engine = gated()
    with ready(engine) as host:
        host.service.run(jobs(1), OPTIONS)
        engine.gate.wait_for_call()
        host.service.cancel()
        engine.gate.let_through()
        assert [m.cancelled for m in of(RunEnded, host.until(RunEnded))] == [False]
        host.service.cancel()
        assert not host.rest()


def test_another_run_takes_its_place():
    engine = gated()
    with ready(engine) as host:
        first = host.service.run(jobs(1, 2), OPTIONS)
        engine.gate.wait_for_call()
        second = host.service.run(jobs(5), OPTIONS)
        engine.gate.let_through(2)
        ended = host.until(RunEnded)[-1]
        assert (ended.ticket, ended.cancelled) == (first, True)
        told = host.until(RunEnded)
        assert [m.number for m in of(VariantsReady, told)] == [5]
        assert (told[-1].ticket, told[-1].cancelled) == (second, False)


def test_a_sentence_that_fails_does_not_take_the_others_along():
    with ready(FakeEngine(failing="group 13 ")) as host:
        ticket = host.service.run(jobs(*range(40)), OPTIONS)
        told = host.until(RunEnded)
        assert [(m.ticket, m.number) for m in of(RequestFailed, told)] == [(ticket, 13)]
        numbers = [m.number for m in of(VariantsReady, told)]
        assert numbers == [n for n in range(40) if n != 13]
        assert of(RunProgress, told)[-1].done == 40


def test_a_seed_draws_the_same_whoever_asks():
    """With the bundled model."""
    options = Options(sampling=True, seed=3)
    sentences = [
        (0, Sentence("She decided to walk home after the long meeting.")),
        (1, Sentence("The road to the village was closed.")),
    ]
    with ready(Paraphraser.load(threads=1)) as host:
        host.service.run(sentences, options)
        drawn = {m.number: m.result for m in of(VariantsReady, host.until(RunEnded))}
        assert any(result.variants for result in drawn.values())
        for number, sentence in reversed(sentences):
            host.service.variants(number, sentence, options)
            assert host.next(VariantsReady).result == drawn[number]


def test_a_run_gives_way_to_the_user_but_not_for_long(monkeypatch):
    monkeypatch.setattr(backlog, "PAUSE", PATIENCE)
    monkeypatch.setattr(backlog, "LONGEST_PAUSE", MOMENT)
    with ready(FakeEngine()) as host:
        begun = time.monotonic()
        host.service.give_way()
        host.service.run(jobs(1), OPTIONS)
        host.until(RunEnded)
        assert MOMENT <= time.monotonic() - begun < PATIENCE


def test_what_the_user_waits_for_does_not_give_way(monkeypatch):
    monkeypatch.setattr(backlog, "PAUSE", PATIENCE)
    monkeypatch.setattr(backlog, "LONGEST_PAUSE", PATIENCE)
    with ready(FakeEngine()) as host:
        host.service.give_way()
        run = host.service.run(jobs(1, 2), OPTIONS)
        asked = host.service.variants(*jobs(3)[0], OPTIONS)
        assert host.next(VariantsReady).ticket == asked
        host.service.cancel()
        assert host.next(RunEnded).ticket == run
