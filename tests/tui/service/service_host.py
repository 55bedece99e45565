"""A service on a fake engine, whose messages a test takes one by one."""

from queue import Empty, Queue

from paraphraser_tui.engine.fake import PATIENCE, FakeEngine, Gate
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.tui.service import EngineReady, Service

OPTIONS = Options()


class Host:
    """Starts a service, and stops it at the end of a `with` block."""

    def __init__(self, engine, load=None):
        self.engine = engine
        self._messages = Queue()
        self.service = Service(load or (lambda: engine), self._messages.put)
        self.service.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if isinstance(self.engine, FakeEngine) and self.engine.gate:
            self.engine.gate.let_through(1000)  # nothing is held any more
        self.service.stop()

    def next(self, kind):
        """The next message, which must be of this kind."""
        message = self._messages.get(timeout=PATIENCE)
        assert isinstance(message, kind), f"{type(message).__name__} came"
        return message

    def until(self, kind):
        """All messages up to the first of this kind."""
        found = [self._messages.get(timeout=PATIENCE)]
        while not isinstance(found[-1], kind):
            found.append(self._messages.get(timeout=PATIENCE))
        return found

    def rest(self):
        """Messages after the service has stopped."""
        self.__exit__()
        found = []
        while True:
            try:
                found.append(self._messages.get_nowait())
            except Empty:
                return found


def ready(engine):
    """A host whose model is loaded."""
    host = Host(engine)
    host.next(EngineReady)
    return host


def gated():
    """An engine that waits for the test in every call."""
    return FakeEngine(gate=Gate())


def text(number):
    return f"The meeting of group {number} was postponed."


def jobs(*numbers):
    return [(n, Sentence(text(n))) for n in numbers]
