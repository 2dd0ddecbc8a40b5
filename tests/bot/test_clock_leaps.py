"""A clock that leapt ahead and was put right, or went back, costs at most a beat; nothing is purged by a leap."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.keeping.admin import UNDO
from bot.keeping.desk import utc_now
from data.rows import PostKind
from tests.bot.kept import CHANNEL, Hands, found, keeping
from tests.refusing import refusing

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


async def test_turns_and_reports_go_on_after_a_year_that_never_was(tmp_path: Path) -> None:
    path, now = tmp_path / "wood.sqlite3", Hands()
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper, pace=3600)
        await keeper.admin.settings(CHANNEL, dozes=False)
        for _hour in range(5):
            now.on(hours=1)
            assert await keeper.turns.take_turn(CHANNEL, due=now())
    right = now.at
    now = Hands(right + YEAR)
    async with keeping(path, now=now) as (keeper, _):
        assert await keeper.turns.take_turn(CHANNEL, due=now())
        assert await keeper.turns.owe_report(CHANNEL)
        assert await keeper.turns.take_turn(CHANNEL)
    now = Hands(right + timedelta(minutes=10))
    told: list[int] = []
    async with keeping(path, now=now) as (keeper, store):
        await keeper.turns.owe_report(CHANNEL)
        for _hour in range(72):
            now.on(hours=1)
            assert await keeper.turns.take_turn(CHANNEL, due=now()), "an hour has passed"
            assert (await keeper.queries.wood(CHANNEL)).next_turn == now() + HOUR or _hour == 0
            await keeper.turns.owe_report(CHANNEL)
        reports = [post for post in await store.posts.of_wood(1) if post.kind is PostKind.REPORT]
        for post in sorted(reports, key=lambda each: each.until):
            if post.until < right + YEAR / 2:
                assert post.since is not None
                told += [
                    turn.number for turn in (await keeper.queries.report_of(CHANNEL, post.since, post.until)).turns
                ]
        # The fifth is in the report that was owed while the clock was ahead, with those that it was ahead in after it.
        assert told == [number for number in range(1, told[-1] + 1) if number != 5]
        assert len(told) >= 60
        await keeper.admin.pause(CHANNEL)
        woken = await keeper.admin.resume(CHANNEL)
        assert woken.next_turn is not None
        assert woken.next_turn <= now() + HOUR


async def test_a_leap_takes_no_wood_that_can_still_be_brought_back(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
        await found(keeper)
        await keeper.admin.purge()
        await keeper.admin.raze(CHANNEL)
        right = now.at
        now.at = right + YEAR
        assert await keeper.admin.purge() == 0
        now.at = right + HOUR
        assert await keeper.admin.purge() == 0
        await keeper.admin.restore(CHANNEL)
        await keeper.admin.raze(CHANNEL)
        now.on(hours=1)
        assert await keeper.admin.purge() == 0
        now.at += UNDO
        assert await keeper.admin.purge() == 0, "the bot was away, or the clock leapt: not yet"
        now.on(hours=1)
        assert await keeper.admin.purge() == 1


async def test_a_clock_that_is_put_back_while_the_bot_runs_reschedules_every_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.LOOK_EVERY", 0.02)
    lag = timedelta()

    def now() -> datetime:
        return utc_now() + lag

    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
        await found(keeper, pace=3600)
        lag = timedelta(days=30)
        clock = Clock(keeper, now=now)
        await clock.start()
        async with asyncio.timeout(20):
            while (due := clock.due(CHANNEL)) is None or due < utc_now() + timedelta(days=1):
                await asyncio.sleep(0.02)
        lag = timedelta()
        async with asyncio.timeout(20):
            while (due := clock.due(CHANNEL)) is None or due > utc_now() + HOUR:
                await asyncio.sleep(0.02)
        await clock.close()


async def test_a_machine_that_slept_takes_the_turn_that_came_due_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.LOOK_EVERY", 0.02)
    asleep = timedelta(days=2, minutes=1)

    def now() -> datetime:
        return utc_now() - asleep

    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
        await found(keeper, pace=3600)
        clock = Clock(keeper, now=now)
        await clock.start()
        assert (await keeper.queries.board(CHANNEL)).world.turn == 0
        asleep = timedelta()  # of which the time that the machine counts knows nothing
        async with asyncio.timeout(20):
            while (card := await keeper.queries.wood(CHANNEL)).next_turn is None or card.next_turn < now():
                await asyncio.sleep(0.02)
        assert (await keeper.queries.board(CHANNEL)).world.turn == 1
        assert card.next_turn <= now() + HOUR
        await clock.close()


@pytest.mark.parametrize("offset", ["GMT+2", "gmt-8", "UTC+2", "+02:00", "utc +5:30", "Etc/GMT+2", "UTC\u22123"])
async def test_an_offset_is_no_zone(tmp_path: Path, offset: str) -> None:
    async with keeping(tmp_path / "wood.sqlite3", now=Hands()) as (keeper, _):
        await found(keeper)
        with refusing("Name a place and not an offset"):
            await keeper.admin.settings(CHANNEL, zone=offset)


@pytest.mark.parametrize(
    ("short", "place"),
    [("MSK", "Europe/Moscow"), ("EST", "America/New_York"), ("cest", "Europe/Berlin"), ("JST", "Asia/Tokyo")],
)
async def test_an_abbreviation_is_answered_by_its_place(tmp_path: Path, short: str, place: str) -> None:
    async with keeping(tmp_path / "wood.sqlite3", now=Hands()) as (keeper, _):
        await found(keeper)
        with refusing(f"Did you mean {place}"):
            await keeper.admin.settings(CHANNEL, zone=short)
        with refusing("no such time zone. Name one"):
            await keeper.admin.settings(CHANNEL, zone="XYZ")
