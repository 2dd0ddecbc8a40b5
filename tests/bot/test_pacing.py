"""The global pace of posts, and the brake before Discord bans: on a clock that the tests move."""

import asyncio
import logging
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web

from bot.pacing import BURST, MOST_INVALID, RATE, SPAN, Brake, Pace
from data.lanes import Lane
from data.rows import PostKind, PostState
from tests.bot.kept import CHANNEL, found
from tests.bot.wall import Scene


class Watch:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.at += seconds


async def test_no_second_sees_more_requests_than_discord_takes_and_news_goes_first() -> None:
    watch = Watch()
    pace = Pace(now=watch, sleep=watch.sleep)
    gone: list[tuple[Lane, float]] = []

    async def request(lane: Lane) -> None:
        await pace.wait(lane)
        gone.append((lane, watch.at))

    boards = [asyncio.create_task(request(Lane.BACKGROUND)) for _ in range(200)]
    while len(gone) < BURST + 3:
        await asyncio.sleep(0)
    before = len(gone)
    news = [asyncio.create_task(request(Lane.PLAYERS)) for _ in range(15)]
    await asyncio.gather(*boards, *news)
    behind = [lane for lane, _ in gone[before : before + 17]]
    assert behind.count(Lane.PLAYERS) == 15, "one or two boards were on their way already"
    for at, (_, when) in enumerate(gone):
        assert sum(when <= other < when + 1.0 for _, other in gone[at:]) <= RATE + BURST < 50
    assert all(earlier <= later for (_, earlier), (_, later) in pairwise(gone))
    assert watch.at >= (215 - BURST) / RATE * 0.99


def test_the_brake_counts_what_was_the_bots_fault_within_ten_minutes_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watch = Watch()
    brake = Brake(now=watch)
    for status in (200, 204, 400, 404, 500):
        brake.count(status)
    brake.count(429, shared=True)
    assert brake.invalid == 0
    with caplog.at_level(logging.WARNING):
        for number in range(MOST_INVALID):
            assert not brake.on
            brake.count((401, 403, 429)[number % 3])
            watch.at += SPAN / MOST_INVALID / 2
        assert brake.on
        brake.count(403)
        assert brake.on
        assert len(caplog.records) == 1
        watch.at += SPAN / 2
        assert brake.on, "too many still"
        watch.at += SPAN / 4 + 20
        goes_on = not brake.on
        assert goes_on
        assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    watch.at += SPAN
    assert brake.invalid == 0


async def test_the_brake_sees_every_request_of_a_session() -> None:
    async def answer(request: web.Request) -> web.Response:
        shared = {"X-RateLimit-Scope": "shared"} if "shared" in request.query else {}
        return web.Response(status=int(request.query["status"]), headers=shared)

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    brake = Brake()
    async with aiohttp.ClientSession(trace_configs=[brake.watch(aiohttp.TraceConfig())]) as session:
        for query in ("status=200", "status=403", "status=429", "status=429&shared=1"):
            async with session.get(f"http://127.0.0.1:{runner.addresses[0][1]}/?{query}"):
                pass
    await runner.cleanup()
    assert brake.invalid == 2


async def test_nothing_is_posted_while_the_brake_is_on_and_all_of_it_after(scene: Scene) -> None:
    watch = Watch()
    herald = scene.herald()
    herald._brake = Brake(now=watch)
    for _ in range(MOST_INVALID):
        herald._brake.count(403)
    await herald.drain()
    assert (await scene.post(), scene.wall.messages) == ((PostState.OWED, ""), {})
    watch.at += SPAN + 1
    await herald.drain()
    assert (await scene.post())[0] is PostState.DELIVERED


async def test_boards_that_are_held_up_hold_no_news_up(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.AT_ONCE", 2)
    for place in range(1, 5):
        await found(scene.keeper, CHANNEL + place)
    herald = scene.herald()
    await herald.drain()
    for place in range(5):
        await scene.keeper.turns.take_turn(CHANNEL + place)
    scene.wall.hold_edits = asyncio.Event()
    assert await herald._set_out()
    await scene.wall.held.wait()
    assert await herald._set_out()
    assert len(herald._errands) == 2, "two boards at a time"
    scene.now.on(days=1)
    for place in range(5):
        assert await scene.keeper.turns.owe_report(CHANNEL + place)
    sent = len(scene.wall.messages)
    while len(scene.wall.messages) < sent + 5:
        assert await herald._set_out()
        await asyncio.sleep(0.001)
    scene.wall.hold_edits.set()
    await herald.drain()
    kinds = [post.kind for post in await scene.store.posts.of_wood(5) if post.state is PostState.DELIVERED]
    assert PostKind.BOARD in kinds
