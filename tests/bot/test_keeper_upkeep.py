"""What the keeper sees to by itself, and what it keeps from eyes that it is not for."""

from pathlib import Path

from bot.keeper import Keeper
from bot.telling.charts.pool import ChartPool
from bot.telling.notice import Notice
from data.rows import PostKind
from data.store import Store
from tests.bot.kept import CHANNEL, USER, Hands, council, found, keeping


async def test_the_ranking_waits_for_the_turn(tmp_path: Path, now: Hands) -> None:
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        assert list((await keeper.queries.ranking(CHANNEL)).purses) == []
        await keeper.turns.take_turn(CHANNEL)
        (before,) = (await keeper.queries.ranking(CHANNEL)).purses
        await keeper.patrons.draw(CHANNEL, USER)
        assert list((await keeper.queries.ranking(CHANNEL)).purses) == [before]


async def test_a_paused_wood_with_a_late_post_still_reports_its_day(tmp_path: Path, now: Hands) -> None:
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        await keeper.admin.pause(CHANNEL)
        (row,) = await store.woods.all()
        (post,) = (post for post in await store.posts.of_wood(row.id) if post.kind is PostKind.BOARD)
        await store.posts.put_off(post, "Discord is slow.", now.at, uncertain=False)
        assert await store.posts.problem(row.id)
        now.on(days=1)
        assert await keeper.turns.owe_report(CHANNEL)


async def test_a_wood_whose_channel_is_gone_owes_no_report(tmp_path: Path, now: Hands) -> None:
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        await keeper.admin.pause(CHANNEL, Notice("problem-channel"))
        now.on(days=1)
        assert not await keeper.turns.owe_report(CHANNEL)


async def test_traces_are_kept_of_the_last_turns_only(tmp_path: Path, now: Hands) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        keeper = Keeper(store, council(), ChartPool(0), now=now, traces_kept=3)
        await found(keeper)
        for _ in range(11):
            await keeper.turns.take_turn(CHANNEL)
        (row,) = await store.woods.all()
        assert sorted({trace.turn async for trace in store.turns.traces(row.id)}) == [7, 8, 9, 10, 11]
        assert (await store.journal.log(row.id)).length == 11
