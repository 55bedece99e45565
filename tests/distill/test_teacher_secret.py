"""The key is in the requests and nowhere else."""

import logging
import traceback

import pytest
from teacher_server import Fault, TeacherServer

from distill.config import from_table
from distill.records import Source, write_jsonl
from distill.stage import STAGES, execute
from distill.teacher import Config
from distill.teacher.secret import HIDDEN, NO_KEY, Secret, keep_out_of_logs
from paraphraser_tui.errors import InputError, ModelError, OptionError

KEY = "sk-test-0123456789abcdefSECRET"
GENERATE = next(stage for stage in STAGES if stage.name == "generate")


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "sources.jsonl.xz"
    write_jsonl(path, [Source(f"A good way to help number {i}.", "x") for i in range(4)])
    return path


@pytest.fixture(params=["environment", "file"])
def where(request, tmp_path, monkeypatch):
    """The two places of a key, as settings of the server."""
    if request.param == "environment":
        monkeypatch.setenv("TEACHER_KEY", KEY)
        return {"api_key_env": "TEACHER_KEY"}
    path = tmp_path / "keys" / "teacher"
    path.parent.mkdir()
    path.write_text(KEY + "\n")
    return {"api_key_file": str(path)}


def settings(server, where, **more):
    table = {"model": "m", "server": {"base_url": server.base_url, "retries": 1, **where}}
    return from_table(Config, {**table, **more})


@pytest.mark.parametrize("via", ["server", "batch"])
def test_no_file_and_no_log_has_the_key(via, where, inputs, tmp_path, caplog):
    out_dir = tmp_path / "out"
    with TeacherServer() as server, caplog.at_level(logging.DEBUG):
        text = "A good way to help number 2."
        server.misbehave(text, Fault.BAD_REQUEST, always=True)
        config = settings(server, where, via=via, batch={"poll_s": 0.01})
        execute(GENERATE, config, inputs, out_dir)
        if via == "server":
            assert server.keys == {KEY}
    written = {path: path.read_bytes() for path in out_dir.rglob("*") if path.is_file()}
    assert (out_dir / "run.json") in written
    assert [path for path, content in written.items() if KEY.encode() in content] == []
    assert caplog.records, "the library logs at this level"
    assert KEY not in caplog.text
    assert KEY not in "".join(map(str, (vars(record) for record in caplog.records)))
    assert KEY not in repr(config)


def test_no_exception_has_the_key(where, inputs, tmp_path):
    with TeacherServer() as server:
        for i in range(4):
            server.misbehave(f"A good way to help number {i}.", Fault.ECHO_KEY, always=True)
        with pytest.raises(ModelError) as caught:
            execute(GENERATE, settings(server, where), inputs, tmp_path / "out")
    error = caught.value
    assert HIDDEN in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert KEY not in "".join(traceback.format_exception(error))


def test_messages_with_keys_in_parts_are_redacted():
    secret = Secret("abcdef123456")
    assert secret.redact("key abcdef123456!") == f"key {HIDDEN}!"
    assert secret.redact("got sk-ab***********xyz.") == f"got {HIDDEN}."
    assert secret.redact("Authorization: Bearer zzz") == f"Authorization: Bearer {HIDDEN}"
    assert Secret(NO_KEY).redact("there is no-key here") == "there is no-key here"
    assert secret.value not in repr(secret)


def test_log_records_are_redacted_and_the_factory_restored(caplog):
    before = logging.getLogRecordFactory()
    with keep_out_of_logs(Secret(KEY)):
        try:
            raise ValueError(KEY)
        except ValueError:
            logging.getLogger("any").exception("it said %s", KEY)
    assert logging.getLogRecordFactory() is before
    assert KEY not in caplog.text
    assert "ValueError" in caplog.text


def test_keys_that_are_not_there(tmp_path, monkeypatch):
    monkeypatch.delenv("TEACHER_KEY", raising=False)
    with pytest.raises(OptionError, match="TEACHER_KEY"):
        Secret.read("TEACHER_KEY", "")
    with pytest.raises(OptionError) as caught:  # a key in place of a name
        Secret.read(KEY, "")
    assert KEY not in str(caught.value)
    with pytest.raises(InputError):
        Secret.read("", str(tmp_path / "none"))
    (tmp_path / "two").write_text(f"{KEY}\n{KEY}\n")
    with pytest.raises(InputError) as caught:
        Secret.read("", str(tmp_path / "two"))
    assert KEY not in str(caught.value)
