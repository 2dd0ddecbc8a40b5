"""A wood that nobody looks at dozes, at no loss, and wakes with the next press."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.keeper import Keeper
from bot.keeping.dozing import DOZE_AFTER, NOTED_EVERY, REPORT_EVERY, SELDOM, SLOWER, SOON, beat
from data.rows import PostKind, WoodRow
from data.store import Store
from tests.bot.kept import CHANNEL, NOON, USER, Hands, found, keeping

HOUR = timedelta(hours=1)


async def row(store: Store) -> WoodRow:
    living = await store.woods.living(CHANNEL)
    assert living is not None
    return living


async def ticking(keeper: Keeper, store: Store, now: Hands, until: datetime) -> int:
    """Let a clock's time pass, turn by turn as they are due; answers how many there were."""
    taken = 0
    while (due := (await row(store)).next_turn) is not None and due <= until:
        now.at = due
        taken += await keeper.turns.take_turn(CHANNEL, due=now.at) is not None
        await keeper.turns.owe_report(CHANNEL)
    now.at = until
    return taken


async def asleep(keeper: Keeper, store: Store, now: Hands) -> WoodRow:
    """Leave a wood alone until it dozes."""
    await ticking(keeper, store, now, NOON + DOZE_AFTER)
    dozing = await row(store)
    assert dozing.dozing
    return dozing


@pytest.fixture(scope="module")
def slept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a wood that was left alone until it dozed."""
    path, now = tmp_path_factory.mktemp("slept") / "wood.sqlite3", Hands()

    async def leave_alone() -> None:
        async with keeping(path, now=now) as (keeper, store):
            await found(keeper)
            await asleep(keeper, store, now)

    asyncio.run(leave_alone())
    return path


@pytest.fixture
async def sleeping(slept: Path, tmp_path: Path, now: Hands) -> AsyncIterator[tuple[Keeper, Store]]:
    """A wood that dozes."""
    path = tmp_path / "wood.sqlite3"
    await asyncio.to_thread(shutil.copy, slept, path)
    now.at = NOON + DOZE_AFTER
    async with keeping(path, now=now) as pair:
        yield pair


def test_a_dozing_woods_turns_stay_on_its_beat_and_are_seldom() -> None:
    for pace in (10, 70, 300, 3_600, 10_800, 86_400):
        every, slow = beat(pace, dozing=False), beat(pace, dozing=True)
        assert every == timedelta(seconds=pace)
        assert not slow % every
        assert slow >= max(SELDOM, SLOWER * every)
        assert slow < max(SELDOM, SLOWER * every) + every


async def test_a_wood_left_alone_slows_down_and_its_board_says_so(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    before = await ticking(keeper, store, now, NOON + DOZE_AFTER - HOUR)
    assert before == DOZE_AFTER // HOUR - 1
    assert not (await keeper.queries.board(CHANNEL)).wood.dozing
    dozing = await asleep(keeper, store, now)
    assert dozing.next_turn == NOON + DOZE_AFTER + SLOWER * HOUR
    assert (await keeper.queries.board(CHANNEL)).wood.dozing
    assert await ticking(keeper, store, now, NOON + DOZE_AFTER + timedelta(days=4)) == 4 * 24 // SLOWER


async def test_a_press_wakes_it_soon_at_its_pace_and_without_a_burst(
    sleeping: tuple[Keeper, Store], now: Hands
) -> None:
    keeper, store = sleeping
    boards = [post.revision for post in await store.posts.of_wood(1) if post.kind is PostKind.BOARD]
    pressed = now.on(hours=3, minutes=10)
    await keeper.dozing.pressed(CHANNEL)
    awake = await row(store)
    assert (awake.dozing, awake.pressed_at, awake.next_turn) == (False, pressed, pressed + SOON)
    assert [post.revision for post in await store.posts.of_wood(1) if post.kind is PostKind.BOARD] > boards
    assert await ticking(keeper, store, now, pressed + SOON + 3 * HOUR) == 4
    assert (await row(store)).next_turn == pressed + SOON + 4 * HOUR


async def test_a_turn_that_is_due_sooner_is_not_put_off_by_a_press(sleeping: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = sleeping
    dozing = await row(store)
    assert dozing.next_turn is not None
    now.at = dozing.next_turn - timedelta(seconds=5)
    await keeper.dozing.pressed(CHANNEL)
    assert (await row(store)).next_turn == dozing.next_turn


async def test_a_fast_wood_that_wakes_waits_no_longer_than_its_pace(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    await keeper.admin.settings(CHANNEL, pace=10)
    now.at = NOON + DOZE_AFTER
    await keeper.turns.take_turn(CHANNEL)
    await keeper.dozing.pressed(CHANNEL)
    assert (await row(store)).next_turn == now.at + timedelta(seconds=10)


async def test_presses_are_noted_once_an_hour_and_keep_it_awake(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    for minutes in (10, 30, 59):
        now.at = NOON + timedelta(minutes=minutes)
        await keeper.dozing.pressed(CHANNEL)
        assert (await row(store)).pressed_at == NOON
    now.at = NOON + NOTED_EVERY
    await keeper.dozing.pressed(CHANNEL)
    assert (await row(store)).pressed_at == NOON + NOTED_EVERY
    for day in range(1, 9):
        now.at = NOON + timedelta(days=day)
        await keeper.turns.take_turn(CHANNEL)
        await keeper.dozing.pressed(CHANNEL)
        assert not (await row(store)).dozing


async def test_a_press_where_no_wood_lives_is_nothing(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.dozing.pressed(CHANNEL + 1)
    await found(keeper, CHANNEL + 1)
    await keeper.dozing.pressed(CHANNEL + 1)
    assert [each.dozing for each in await store.woods.all()] == [False, False]


async def test_a_keeper_may_have_it_awake_for_ever(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    assert (await keeper.admin.settings(CHANNEL)).dozes
    assert not (await keeper.admin.settings(CHANNEL, dozes=False)).dozes
    await ticking(keeper, store, now, NOON + 2 * DOZE_AFTER)
    assert not (await row(store)).dozing
    assert (await row(store)).turn == 2 * DOZE_AFTER // HOUR


async def test_what_dozes_wakes_in_the_next_process_too(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, store):
        await found(keeper)
        await asleep(keeper, store, now)
    now.on(hours=2)
    async with keeping(path, now=now) as (keeper, store):
        followed: list[datetime | None] = []
        keeper.on_change(lambda card: followed.append(card.next_turn))
        assert (await row(store)).next_turn == NOON + DOZE_AFTER + SLOWER * HOUR
        await keeper.dozing.pressed(CHANNEL)
        assert followed == [now.at + SOON], "the clock is told"
        assert not (await row(store)).dozing


@pytest.mark.parametrize("what", ["pause", "raze"])
async def test_what_rests_or_is_razed_comes_back_awake(sleeping: tuple[Keeper, Store], now: Hands, what: str) -> None:
    keeper, store = sleeping
    if what == "pause":
        await keeper.admin.pause(CHANNEL)
        await keeper.dozing.pressed(CHANNEL)
        assert (await row(store)).next_turn is None
        await keeper.admin.resume(CHANNEL)
    else:
        await keeper.admin.raze(CHANNEL)
        await keeper.admin.restore(CHANNEL)
    now.on(hours=1)
    await keeper.turns.take_turn(CHANNEL)
    awake = await row(store)
    assert not awake.dozing
    assert awake.next_turn is not None
    assert awake.next_turn - now.at <= HOUR


async def test_a_dozing_wood_reports_once_a_week_and_leaves_no_hour_out(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await ticking(keeper, store, now, NOON + timedelta(days=21))
    reports = [post for post in await store.posts.of_wood(1) if post.kind is PostKind.REPORT]
    spans = [(post.since, post.until) for post in reports]
    assert spans[0][0] == NOON
    for (_, end), (start, _) in pairwise(spans):
        assert start == end
    late = [end for _, end in spans if end > NOON + DOZE_AFTER + timedelta(days=1)]
    assert 2 <= len(late) <= 3
    for before, after in pairwise(late):
        assert after - before >= REPORT_EVERY
    await keeper.dozing.pressed(CHANNEL)
    await ticking(keeper, store, now, now.at + timedelta(days=1))
    later = [post for post in await store.posts.of_wood(1) if post.kind is PostKind.REPORT]
    assert later[len(spans)].since == spans[-1][1]
