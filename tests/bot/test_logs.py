"""What is logged: as text or JSON, with its wood, once where a thousand alike would come, without secrets."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from bot import bursts, logs
from bot.bursts import NUMBERED, Steady
from bot.logs import about, set_up_logging

log = logging.getLogger("bot.some.part")


@pytest.fixture
def put_back() -> Iterator[None]:
    """The log as it was before."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    for handler in logging.root.handlers:
        if handler not in handlers:
            handler.close()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def opened(**options: Any) -> tuple[io.StringIO, logging.Handler]:
    stream = io.StringIO()
    return stream, set_up_logging("DEBUG", ["s3cret"], stream, **options)


def objects(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.usefixtures("put_back")
def test_json_is_an_object_a_line_with_wood_and_traceback() -> None:
    stream, _ = opened(form="json")
    with about(channel=5), about(wood=3):
        log.info("a %s line", "s3cret\ntwo-line")
    try:
        raise ValueError("s3cret")
    except ValueError:
        log.exception("it failed")
    first, second = objects(stream)
    assert first["message"] == "a [secret]\ntwo-line line"
    assert (first["level"], first["logger"], first["wood"], first["channel"]) == ("INFO", "bot.some.part", 3, 5)
    assert first["time"].endswith("+00:00")
    assert "wood" not in second
    assert "ValueError: [secret]" in second["error"]


@pytest.mark.usefixtures("put_back")
def test_text_names_the_wood_as_well() -> None:
    stream, _ = opened()
    with about(wood=3):
        log.warning("here")
    log.warning("nowhere")
    here, nowhere = stream.getvalue().splitlines()
    assert here.endswith("WARNING bot.some.part: [wood 3] here")
    assert nowhere.endswith("WARNING bot.some.part: nowhere")


def fail(wood: int) -> None:
    with about(wood=wood):
        try:
            raise OSError(28, "no room")
        except OSError:
            log.exception("channel %d: the store failed", 100 + wood)


@pytest.mark.usefixtures("put_back")
def test_a_thousand_alike_are_one_line_and_a_count() -> None:
    stream, handler = opened(form="json")
    for wood in range(1, 1001):
        fail(wood)
    log.error("something else")
    assert [told["message"] for told in objects(stream)] == ["channel 101: the store failed", "something else"]
    handler.close()
    count = objects(stream)[-1]
    assert count["count"] == 999
    assert "999 more like it in" in count["message"]
    assert "channel %d: the store failed" in count["message"]
    assert "woods 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and others" in count["message"]
    assert (count["level"], count["logger"]) == ("ERROR", "bot.some.part")


@pytest.mark.usefixtures("put_back")
def test_a_burst_that_has_ended_is_told_by_itself_and_the_next_one_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, handler = opened(form="json")
    assert isinstance(handler, Steady)
    now = [1000.0]
    monkeypatch.setattr(bursts, "monotonic", lambda: now[0])
    for wood in range(3):
        fail(wood)
    now[0] += bursts.QUIET + 1
    handler._look()  # what the timer calls
    assert [told.get("count") for told in objects(stream)] == [None, 2]
    fail(9)
    assert [told.get("count") for told in objects(stream)] == [None, 2, None]
    # One that never ends is counted all the same.
    for _ in range(40):
        now[0] += bursts.QUIET / 2
        fail(9)
    assert sum(told.get("count") is not None for told in objects(stream)) == 2


@pytest.mark.usefixtures("put_back")
def test_an_error_whose_number_somebody_was_told_is_always_found() -> None:
    stream, _ = opened(form="json")
    for number in ("aa", "bb"):
        try:
            raise KeyError("x")
        except KeyError:
            log.exception("Error %s", number, extra={NUMBERED: True})
    first, second = objects(stream)
    assert (first["message"], second["message"]) == ("Error aa", "Error bb")
    assert "error" in first
    assert "error" not in second


@pytest.mark.usefixtures("put_back")
def test_what_somebody_wrote_is_not_in_the_traceback_of_what_could_not_be_read() -> None:
    class Form(BaseModel):
        number: int

    stream, _ = opened()
    words = "honey will be dear"
    try:
        Form.model_validate({"number": words})
    except ValueError:
        log.exception("not read")
    assert "int_parsing" in stream.getvalue()
    assert "honey" not in stream.getvalue()


@pytest.mark.usefixtures("put_back")
def test_who_looks_closely_sees_every_line() -> None:
    stream, _ = opened()
    for _ in range(3):
        log.debug("again")
    assert stream.getvalue().count("again") == 3
    assert logs.Lines().format(log.makeRecord("a", logging.DEBUG, "", 0, "m", (), None))
