"""What sleeping engines are at, in words."""

import pytest

from bot.telling.catalog import words_in
from bot.telling.engines import doing
from inference.protocol import Doing, Stage, State

WORDS = words_in("en")
FACTS: dict[str, int | str] = {"model": "tiny", "seconds": 1234, "status": 503, "error": "OSError"}


@pytest.mark.parametrize("at", Doing)
def test_whatever_an_engine_is_at_has_words(at: Doing, caplog: pytest.LogCaptureFixture) -> None:
    assert doing(WORDS, [State(Stage.ASLEEP, at, FACTS)])
    assert not caplog.records


def test_the_facts_are_told_and_no_figure_is_grouped() -> None:
    assert doing(WORDS, [State(Stage.BUILDING, Doing.LOADING, FACTS)]) == "loading tiny, 1234 s so far"
    assert doing(WORDS, [State(Stage.ASLEEP, Doing.RESTING, FACTS)]) == "HTTP 503, asks to wait 1234 s"


def test_several_engines_are_told_each_once() -> None:
    away, died = State(Stage.ASLEEP, Doing.UNREACHABLE), State(Stage.DEAD, Doing.DIED)
    told = "the server cannot be reached; died, and is about to be built anew"
    assert doing(WORDS, [away, died, away]) == told
    assert doing(WORDS, []) == ""
