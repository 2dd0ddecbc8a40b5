"""The pool: bounded, warm, closing gracefully, and back after a worker's death."""

import asyncio
import multiprocessing
import os
import signal
from dataclasses import replace

import pytest

from bot.telling.charts.drawing import draw
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from tests.bot.turns import NAMES, RANKING, RUN, make_history, make_rules
from tests.refusing import refusing
from wood.chronicle import Event, EventKind
from wood.names import Good
from wood.refusal import Refusal

RULES = make_rules()
PRICES = ChartRequest(ChartKind.PRICES)
RANKS = ChartRequest(ChartKind.RANKING)


@pytest.mark.slow
async def test_worker_processes_draw_what_is_drawn_here_survive_a_death_and_end_with_the_pool() -> None:
    history = make_history(15)
    expected = draw(PRICES, RULES, history)
    banner = ChartRequest(ChartKind.BANNER, legend=RUN.slug)
    async with ChartPool(workers=1) as pool:
        assert await pool.draw(banner, RULES, history) == draw(banner, RULES, history)
        assert await pool.draw(PRICES, RULES, history) == expected
        (worker,) = multiprocessing.active_children()
        os.kill(worker.pid or 0, signal.SIGKILL)
        assert await pool.draw(PRICES, RULES, history) == expected
    assert multiprocessing.active_children() == []


async def test_a_thread_draws_the_same() -> None:
    async with ChartPool(workers=0) as pool:
        assert await pool.draw(RANKS, RULES, (), RANKING) == draw(RANKS, RULES, (), RANKING)
        assert await pool.draw(PRICES, RULES, make_history(20)) == draw(PRICES, RULES, make_history(20))
        named = await pool.draw(PRICES, RULES, make_history(20), names=NAMES)
        assert named == draw(PRICES, RULES, make_history(20), names=NAMES)
        assert "Ada" not in (await pool.draw(PRICES, RULES, make_history(20))).alt
        spanned = replace(PRICES, span=4)
        assert await pool.draw(spanned, RULES, make_history(20)) == draw(spanned, RULES, make_history(20))


async def test_a_closed_pool_says_so() -> None:
    pool = ChartPool(workers=0)
    await pool.start()
    await pool.close()
    await pool.close()
    with refusing("no more charts") as caught:
        await pool.draw(RANKS, RULES, ())
    assert caught.value.code == "charts-closed"


async def test_a_full_queue_refuses_the_impatient_and_keeps_the_patient() -> None:
    async with ChartPool(workers=0, queue=2) as pool:
        waiting = [asyncio.create_task(pool.draw(RANKS, RULES, (), RANKING)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal) as caught:
            await pool.draw(RANKS, RULES, (), RANKING)
        assert caught.value.code == "charts-busy"
        patient = await pool.draw(RANKS, RULES, (), RANKING, patient=True)
        assert [await task for task in waiting] == [patient] * 3
        assert await pool.draw(RANKS, RULES, (), RANKING) == patient


async def test_closing_finishes_the_chart_in_hand_and_refuses_the_rest() -> None:
    pool = ChartPool(workers=0)
    await pool.start()
    first, second = (asyncio.create_task(pool.draw(PRICES, RULES, make_history(60))) for _ in range(2))
    await asyncio.sleep(0)
    await pool.close()
    assert (await first).filename == "prices.png"
    with pytest.raises(Refusal):
        await second


async def test_a_cancelled_reader_leaves_the_pool_usable() -> None:
    async with ChartPool(workers=0) as pool:
        task = asyncio.create_task(pool.draw(PRICES, RULES, make_history(30)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await pool.draw(RANKS, RULES, (), RANKING)).filename == "ranking.png"


async def test_nothing_private_is_sent_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, object]] = []

    def spy(language: str, series: object) -> object:
        sent.append((language, series))
        return draw(RANKS, RULES, (), RANKING)

    monkeypatch.setattr("bot.telling.charts.pool._work", spy)
    secret = Event(EventKind.RUMOR, "p1", {"text": "SECRET"}, to="p1")
    history = [replace(turn, events=(*turn.events, secret)) for turn in make_history(8)]
    async with ChartPool(workers=0) as pool:
        sent.clear()
        for kind in ChartKind:
            ranked = () if kind is ChartKind.COURSE else RANKING  # in this year nobody was counted
            await pool.draw(ChartRequest(kind, legend=RUN.slug), RULES, history, ranked)
        await pool.draw(ChartRequest(ChartKind.PRICES, Good.HONEY), RULES, history)
    assert len(sent) == len(ChartKind) + 1
    assert {language for language, _ in sent} == {"en"}
    assert "SECRET" not in repr(sent)
    assert "Drought" in repr(sent)
