"""The clock and the days: what is due when, in every zone, after every absence."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import Clock, Work
from bot.keeper import Keeper
from bot.keeping.days import instant, last_report, local_day, next_report
from bot.keeping.desk import utc_now
from bot.logs import set_up_logging
from data.errors import StoreLockedError
from data.rows import PostKind
from data.store import Store
from tests.bot.kept import CHANNEL, Hands, SlowMinds, found, keeping
from wood.chronicle import Turn

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Asia/Beirut",  # midnight is left out in spring
    "Australia/Lord_Howe",  # moves by half an hour
    "Pacific/Apia",  # had no 30 December 2011
    "Africa/Casablanca",
)
times = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(ZONES).map(ZoneInfo)
hours = st.integers(0, 23)


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    async def wait() -> None:
        while not await done():
            await asyncio.sleep(0.005)

    await asyncio.wait_for(wait(), 20)


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[tuple[Keeper, Store]]:
    """A wood on real time, founded just now."""
    async with keeping(tmp_path / "wood.sqlite3", now=utc_now) as pair:
        await found(pair[0])
        yield pair


async def overdue(store: Store, **by: float) -> datetime:
    row = await store.woods.living(CHANNEL)
    assert row is not None
    due = (utc_now() - timedelta(**by)).replace(microsecond=0)
    await store.woods.change(row.id, utc_now(), next_turn=due)
    return due


async def turns(store: Store) -> int:
    row = await store.woods.living(CHANNEL)
    assert row is not None
    return row.turn


# Days


@given(times, zones, hours)
@example(datetime(2026, 3, 28, 22, 30, tzinfo=UTC), ZoneInfo("Asia/Beirut"), 0)
@example(datetime(2011, 12, 30, 9, 59, tzinfo=UTC), ZoneInfo("Pacific/Apia"), 0)
def test_report_times_come_once_a_date_and_leave_no_gap(at: datetime, zone: ZoneInfo, hour: int) -> None:
    due = next_report(at, hour, zone)
    assert at < due <= at + timedelta(hours=50)
    assert last_report(due, hour, zone) == last_report(due + timedelta(minutes=1), hour, zone) == due
    assert last_report(due - timedelta(milliseconds=1), hour, zone) == last_report(at, hour, zone) <= at


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 12, 23])
def test_one_report_time_after_the_other_misses_no_date_and_repeats_none(zone: str, hour: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    for _ in range(370):
        now = next_report(now, hour, ZoneInfo(zone))
        days.append(local_day(now, ZoneInfo(zone)))
        now += timedelta(seconds=1)
    assert [day - days[0] for day in days] == [timedelta(days=place) for place in range(370)]


def test_an_hour_that_comes_twice_counts_once_and_a_missing_one_where_it_would_be() -> None:
    berlin, beirut = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Beirut")
    assert instant(date(2026, 10, 25), 2, berlin) == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert instant(date(2026, 3, 29), 2, berlin) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert instant(date(2026, 3, 29), 0, beirut).astimezone(beirut).time() == time(1)


# The clock


async def test_turns_missed_while_the_bot_was_down_become_one_and_the_beat_goes_on(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    due = await overdue(store, hours=7, minutes=20)
    clock = Clock(keeper)
    await clock.start()

    async def taken() -> bool:
        return await turns(store) > 0

    await until(taken)
    beat = due + timedelta(hours=8)
    assert clock.due(CHANNEL) == beat
    assert (await keeper.queries.wood(CHANNEL)).next_turn == beat
    await clock.close()
    await clock.close()
    assert await turns(store) == 1


async def test_a_year_of_missed_beats_is_not_counted_one_by_one(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.admin.settings(CHANNEL, pace=10)
    due = await overdue(store, days=365, seconds=3)
    clock = Clock(keeper)
    clock.follow(await keeper.queries.wood(CHANNEL))
    await clock.start()
    first = clock.due(CHANNEL)
    assert first is not None
    assert timedelta() <= utc_now() - first < timedelta(seconds=10)
    assert not (first - due) % timedelta(seconds=10)
    await clock.close()


async def test_the_clock_follows_every_change_at_once(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    clock = Clock(keeper)
    await clock.start()
    assert clock.due(CHANNEL) == (await keeper.queries.wood(CHANNEL)).next_turn
    await found(keeper, CHANNEL + 1, pace=60)
    assert clock.due(CHANNEL + 1) == (await keeper.queries.wood(CHANNEL + 1)).next_turn
    await keeper.admin.pause(CHANNEL)
    assert clock.due(CHANNEL) is None
    resumed = await keeper.admin.resume(CHANNEL)
    assert clock.due(CHANNEL) == resumed.next_turn
    changed = await keeper.admin.settings(CHANNEL, pace=1200)
    assert clock.due(CHANNEL) == changed.next_turn != resumed.next_turn
    await keeper.admin.raze(CHANNEL)
    assert clock.due(CHANNEL) is None
    assert {(task.work, task.channel_id) for task in clock._schedule} <= {
        (Work.PURGE, 0),
        (Work.TURN, CHANNEL + 1),
        (Work.REPORT, CHANNEL + 1),
    }
    restored = await keeper.admin.restore(CHANNEL)
    assert clock.due(CHANNEL) == restored.next_turn
    await clock.close()


async def test_a_new_clock_makes_the_same_jobs_from_the_store(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    await found(keeper, CHANNEL + 1, pace=60)
    await keeper.admin.pause(CHANNEL)
    for _ in range(2):
        clock = Clock(keeper)
        await clock.start()
        assert clock.due(CHANNEL) is None
        assert clock.due(CHANNEL + 1) == (await keeper.queries.wood(CHANNEL + 1)).next_turn
        await clock.close()


async def test_a_turn_that_fails_is_logged_with_its_channel_and_tried_again(
    kept: tuple[Keeper, Store], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keeper, store = kept
    real = keeper.turns.take_turn
    tries = 0

    async def failing(channel_id: int, *, due: datetime | None = None) -> Turn | None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError("a stone in the mill")
        return await real(channel_id, due=due)

    monkeypatch.setattr(keeper.turns, "take_turn", failing)
    await overdue(store, minutes=1)
    clock = Clock(keeper)
    await clock.start()

    async def tried() -> bool:
        return tries == 1

    await until(tried)
    assert "a stone in the mill" in caplog.text
    assert str(CHANNEL) in caplog.text
    assert clock.due(CHANNEL) is not None
    await clock._turn(CHANNEL)
    assert await turns(store) == 1
    await clock.close()


async def test_what_fails_is_tried_again_long_before_its_next_beat(
    kept: tuple[Keeper, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, store = kept
    monkeypatch.setattr("bot.clock.AGAIN", timedelta(milliseconds=5))
    await keeper.admin.settings(CHANNEL, pace=86_400)
    due = await overdue(store, minutes=1)
    tries = {"take_turn": 0, "owe_report": 0}

    def fails_once(name: str) -> None:
        real = getattr(keeper.turns, name)

        async def failing(*args: object, **kwargs: object) -> object:
            tries[name] += 1
            if tries[name] == 1:
                raise StoreLockedError("somebody copies the file")
            return await real(*args, **kwargs)

        monkeypatch.setattr(keeper.turns, name, failing)

    for name in tries:
        fails_once(name)
    clock = Clock(keeper)
    await clock.start()

    async def both() -> bool:
        return await turns(store) == 1 and tries["owe_report"] == 2

    await until(both)
    assert clock.due(CHANNEL) == due + timedelta(days=1)
    assert not any(task.again for task in clock._schedule)
    await clock.close()


async def test_a_report_missed_while_the_bot_was_down_is_owed_once(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    hour = utc_now().hour
    async with keeping(path, now=Hands(utc_now() - timedelta(days=1))) as (keeper, _):
        await found(keeper, report_hour=hour)
        await keeper.turns.take_turn(CHANNEL)
        await keeper.admin.pause(CHANNEL)
    async with keeping(path, now=utc_now) as (keeper, store):

        async def owed() -> bool:
            return [post.kind for post in await store.posts.of_wood(1)].count(PostKind.REPORT) == 1

        for _ in range(2):
            clock = Clock(keeper)
            await clock.start()
            await until(owed)
            await clock.close()
        assert await owed()
        assert await turns(store) == 1


async def test_closing_waits_for_a_turn_in_the_making(tmp_path: Path) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", now=utc_now, minds=minds) as (keeper, store):
        await found(keeper)
        await overdue(store, minutes=1)
        clock = Clock(keeper)
        await clock.start()
        await asyncio.wait_for(minds.asked.wait(), 20)
        asyncio.get_running_loop().call_later(0.02, minds.go_on.set)
        await clock.close()
        assert await turns(store) == 1


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the program logs, set up as for a real run."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    for handler in before:
        root.removeHandler(handler)  # not closed, as those that are replaced would be
    stream = io.StringIO()
    set_up_logging("INFO", stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


async def test_a_beat_that_passes_while_a_turn_is_in_the_making_is_no_warning(
    tmp_path: Path, logged: io.StringIO
) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", now=utc_now, minds=minds) as (keeper, store):
        await found(keeper)
        await overdue(store, minutes=1)
        clock = Clock(keeper)
        await clock.start()
        await asyncio.wait_for(minds.asked.wait(), 20)
        clock.follow(replace(await keeper.queries.wood(CHANNEL), next_turn=utc_now()))

        async def passed() -> bool:
            return "a beat passed" in logged.getvalue()

        await until(passed)
        minds.go_on.set()
        await clock.close()
    assert "WARNING" not in logged.getvalue()


async def test_a_turn_that_takes_too_long_is_cut_off_at_the_end_and_taken_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.clock.GRACE", 0.01)
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", now=utc_now, minds=minds) as (keeper, store):
        await found(keeper)
        due = await overdue(store, minutes=1)
        clock = Clock(keeper)
        await clock.start()
        await asyncio.wait_for(minds.asked.wait(), 20)
        with caplog.at_level(logging.INFO):
            await clock.close()
            await asyncio.sleep(0)
        assert await turns(store) == 0
        assert "cut off at the end" in caplog.text
        assert not [record for record in caplog.records if record.levelno > logging.WARNING or record.exc_info]
        assert (await keeper.queries.wood(CHANNEL)).next_turn == due
        minds.go_on.set()
        assert await keeper.turns.take_turn(CHANNEL, due=utc_now())
