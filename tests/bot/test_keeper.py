"""Keeping a wood and looking at it, on a real file with real minds."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.keeper import Keeper, KeeperError
from bot.telling.cards import WoodCard
from bot.telling.catalog import words_in
from data.content import default_rules
from data.log import read_log
from data.replay import replay
from data.rows import PostKind
from data.store import Store
from tests.bot.kept import CHANNEL, GUILD, NOON, USER, Hands, found, keeping, rows, rumor
from tests.refusing import refusing
from wood.names import Creature, Good

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)
WORDS = words_in("en")


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"pace": 9}, "pace", "10 seconds to a day"),
        ({"pace": 86_401}, "pace", "10 seconds to a day"),
        ({"zone": "Europe/Berlim"}, "zone-near", "Did you mean Europe/Berlin"),
        ({"zone": "Middle/Earth"}, "zone", "no such time zone"),
        ({"zone": "../../etc/passwd"}, "zone", "no such time zone"),
        ({"report_hour": 24}, "report-hour", "0 to 23"),
        ({"report_hour": -1}, "report-hour", "0 to 23"),
        ({"seed": -1}, "seed", "whole number from 0"),
        ({"seed": 2**53}, "seed", "whole number from 0"),
    ],
)
async def test_a_wood_is_not_founded_on_bad_settings(
    tmp_path: Path, changes: dict[str, Any], code: str, words: str
) -> None:
    async with keeping(tmp_path / "wood.sqlite3") as (keeper, store):
        with refusing(words) as refused:
            await found(keeper, **changes)
        assert refused.value.code == code
        assert await store.woods.all() == []


async def test_a_zone_is_found_however_it_is_spelt(kept: tuple[Keeper, Store]) -> None:
    for spelt, zone in (("america/new york", "America/New_York"), (" utc ", "UTC"), ("ASIA/TOKYO", "Asia/Tokyo")):
        assert (await kept[0].admin.settings(CHANNEL, zone=spelt)).zone == zone


async def test_a_second_wood_in_a_channel_is_refused_and_the_first_lives_on(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    before = await rows(store)
    with refusing("lives in this channel already") as refused:
        await found(keeper, seed=8)
    assert refused.value.code == "second-wood"
    assert await rows(store) == before
    await found(keeper, channel=CHANNEL + 1)
    assert len(await keeper.queries.woods()) == 2


async def test_an_unchosen_seed_is_drawn_and_cannot_be_guessed(tmp_path: Path) -> None:
    async with keeping(tmp_path / "wood.sqlite3") as (keeper, _):
        for channel in range(4):
            await found(keeper, channel=channel, seed=None)
        seeds = {card.seed for card in await keeper.queries.woods()}
        assert len(seeds) == 4
        assert max(seeds) > 10**9


async def test_where_no_wood_lives_everything_says_so(tmp_path: Path) -> None:
    async with keeping(tmp_path / "wood.sqlite3") as (keeper, _):
        calls: list[Callable[[], Awaitable[object]]] = [
            lambda: keeper.queries.wood(CHANNEL),
            lambda: keeper.queries.board(CHANNEL),
            lambda: keeper.queries.creature(CHANNEL, Creature.PIP),
            lambda: keeper.patrons.join(CHANNEL, USER, "Ann"),
            lambda: keeper.patrons.purse(CHANNEL, USER),
            lambda: keeper.queries.ranking(CHANNEL),
            lambda: keeper.patrons.forget(CHANNEL, USER),
            lambda: rumor(keeper),
            lambda: keeper.queries.heard(WORDS, CHANNEL),
            lambda: keeper.patrons.draw(CHANNEL, USER),
            lambda: keeper.patrons.hand(CHANNEL, USER),
            lambda: keeper.patrons.cast_legend(CHANNEL, USER, legend=None, breath=1),
            lambda: keeper.queries.lore(CHANNEL, None),
            lambda: keeper.queries.told(CHANNEL),
            lambda: keeper.queries.report(CHANNEL),
            lambda: keeper.queries.chart(CHANNEL, None, 10),
            lambda: keeper.queries.trades(WORDS, CHANNEL),
            lambda: keeper.admin.pause(CHANNEL),
            lambda: keeper.admin.resume(CHANNEL),
            lambda: keeper.admin.settings(CHANNEL),
            lambda: keeper.admin.export(CHANNEL),
            lambda: keeper.admin.raze(CHANNEL),
        ]
        for call in calls:
            with refusing("/keeper found") as refused:
                await call()
            assert refused.value.code == "no-wood"
        with pytest.raises(KeeperError) as refused:
            await keeper.admin.restore(CHANNEL)
        assert refused.value.code == "nothing-razed"
        assert await keeper.turns.take_turn(CHANNEL) is None
        assert not await keeper.turns.owe_report(CHANNEL)


async def test_pause_resume_and_pace_move_the_next_turn(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, _ = kept
    assert (await keeper.queries.wood(CHANNEL)).next_turn == NOON + HOUR
    now.on(minutes=10)
    assert (await keeper.admin.settings(CHANNEL, pace=1800)).next_turn == NOON + HOUR / 2
    paused = await keeper.admin.pause(CHANNEL)
    assert (paused.paused, paused.next_turn) == (True, None)
    assert await keeper.turns.take_turn(CHANNEL) is None
    assert await keeper.admin.pause(CHANNEL) == paused
    assert (await keeper.admin.settings(CHANNEL, pace=600)).next_turn is None
    now.on(hours=5)
    resumed = await keeper.admin.resume(CHANNEL)
    assert (resumed.paused, resumed.next_turn) == (False, now.at)  # its turn came meanwhile: at once
    assert await keeper.turns.take_turn(CHANNEL, due=now.at)
    assert (await keeper.queries.wood(CHANNEL)).next_turn == now.at + timedelta(minutes=10)
    assert (await keeper.admin.settings(CHANNEL, pace=10)).next_turn == now.at + timedelta(seconds=10)
    assert await keeper.admin.settings(CHANNEL) == await keeper.queries.wood(CHANNEL)


async def test_bad_settings_change_nothing(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    before = await rows(store)
    for changes in ({"pace": 5, "report_hour": 3}, {"zone": "Nowhere", "pace": 60}, {"report_hour": 99}):
        with pytest.raises(KeeperError):
            await keeper.admin.settings(CHANNEL, **changes)
    assert await rows(store) == before


async def test_a_razed_wood_comes_back_for_a_day_and_then_never(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await keeper.turns.take_turn(CHANNEL)
    razed = await keeper.admin.raze(CHANNEL)
    assert razed.razed_at == now.at
    with refusing("No wood lives"):
        await keeper.queries.board(CHANNEL)
    now.on(hours=23)
    restored = await keeper.admin.restore(CHANNEL)
    assert (restored.razed_at, restored.next_turn) == (None, now.at)
    assert (await keeper.patrons.purse(CHANNEL, USER)).name == "Ann"
    await keeper.admin.raze(CHANNEL)
    await found(keeper, seed=9)
    with refusing("lives in this channel already"):
        await keeper.admin.restore(CHANNEL)
    await keeper.admin.raze(CHANNEL)
    now.on(hours=25)
    with refusing("within the last day"):
        await keeper.admin.restore(CHANNEL)
    assert await keeper.admin.purge() == 0, "it has been looked for the first time"
    now.on(hours=1)
    assert await keeper.admin.purge() == 2
    assert await store.woods.all() == []


async def test_whoever_listens_hears_of_every_change(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    changed: list[WoodCard] = []
    owed: list[int] = []
    keeper.on_change(changed.append)
    keeper.on_owed(owed.append)
    await keeper.admin.settings(CHANNEL)
    assert (changed, owed) == ([], [])
    await keeper.admin.settings(CHANNEL, pace=60)
    await keeper.admin.pause(CHANNEL)
    await keeper.admin.resume(CHANNEL)
    await keeper.admin.raze(CHANNEL)
    await keeper.admin.restore(CHANNEL)
    assert [(card.pace, card.paused, card.razed_at is None) for card in changed] == [
        (60, False, True),
        (60, True, True),
        (60, False, True),
        (60, False, False),
        (60, False, True),
    ]
    await keeper.turns.take_turn(CHANNEL)
    assert owed == [CHANNEL] * 6


async def test_every_card_is_there_before_the_first_turn_and_after(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    board = await keeper.queries.board(CHANNEL)
    assert (board.turn, board.quotes, board.minds_asleep) == (None, (), False)
    assert await keeper.queries.trades(WORDS, CHANNEL) == ()
    assert (await keeper.queries.chart(CHANNEL, Good.HONEY, 10)).png.startswith(b"\x89PNG")
    with refusing("No legend has been told") as refused:
        await keeper.queries.lore(CHANNEL, None)
    assert refused.value.code == "nothing-told"
    for _ in range(4):
        last = await keeper.turns.take_turn(CHANNEL)
    board = await keeper.queries.board(CHANNEL)
    assert board.turn == last
    trades = await keeper.queries.trades(WORDS, CHANNEL, limit=3)
    assert len(trades) == 3
    assert trades[0].turn == 4
    assert trades[0].seller in {rule.name for rule in board.rules.creatures.values()}
    card = await keeper.queries.creature(CHANNEL, Creature.FENN)
    assert [turn.number for turn in card.turns] == [1, 2, 3, 4]
    assert "turns 3 to 4" in (await keeper.queries.chart(CHANNEL, None, 1)).alt, "two at least"
    assert "turns 1 to 4" in (await keeper.queries.chart(CHANNEL, None)).alt
    assert "turns 1 to 4" in (await keeper.queries.chart(CHANNEL, None, 10**9)).alt


async def told(keeper: Keeper, store: Store) -> list[tuple[datetime | None, datetime, list[int]]]:
    """The hours of every report that was owed, and the turns it holds."""
    posts = [post for post in await store.posts.of_wood(1) if post.kind is PostKind.REPORT]
    cards = [await keeper.queries.report_of(CHANNEL, post.since or NOON, post.until) for post in posts]
    held = [[turn.number for turn in card.turns] for card in cards]
    return [(post.since, post.until, turns) for post, turns in zip(posts, held, strict=True)]


async def test_a_report_holds_the_hours_that_just_ended_and_none_is_told_twice(tmp_path: Path) -> None:
    now = Hands(NOON)  # 21:00 in Tokyo
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await found(keeper, zone="Asia/Tokyo", report_hour=8)
        for _ in range(3):
            now.on(hours=3)
            await keeper.turns.take_turn(CHANNEL)
        now.on(hours=1, minutes=59)
        assert not await keeper.turns.owe_report(CHANNEL)
        now.on(minutes=1)
        assert await keeper.turns.owe_report(CHANNEL)  # 8 in the morning
        assert not await keeper.turns.owe_report(CHANNEL)
        morning = now.at
        for _ in range(8):
            await keeper.turns.take_turn(CHANNEL)
            now.on(hours=3)
        assert await keeper.turns.owe_report(CHANNEL)
        assert await told(keeper, store) == [
            (NOON, morning, [1, 2, 3]),
            (morning, now.at, [4, 5, 6, 7, 8, 9, 10, 11]),
        ]
        card = await keeper.queries.report_of(CHANNEL, morning, now.at)
        assert card.day == "2026-08-03"
        assert [turn.number for turn in card.history] == list(range(1, 12))
        await keeper.turns.take_turn(CHANNEL)
        latest = await keeper.queries.report(CHANNEL)
        assert [turn.number for turn in latest.turns] == [5, 6, 7, 8, 9, 10, 11, 12], "of the last 24 hours"


async def test_a_new_wood_reports_after_its_fourth_turn_and_then_at_its_hour(tmp_path: Path) -> None:
    now = Hands(NOON)
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await found(keeper, pace=10_800)
        for number in range(1, 6):
            now.on(hours=3)
            await keeper.turns.take_turn(CHANNEL)
            assert len(await told(keeper, store)) == (number >= 4)
        ((since, first, held),) = await told(keeper, store)
        assert (since, held) == (NOON, [1, 2, 3, 4])
        now.on(hours=5)  # eight in the morning
        await keeper.turns.take_turn(CHANNEL)
        assert await keeper.turns.owe_report(CHANNEL)
        assert (await told(keeper, store))[1:] == [(first, NOON + timedelta(hours=20), [5])]


async def test_a_report_of_a_few_hours_waits_for_the_next_day(tmp_path: Path) -> None:
    now = Hands(NOON)
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await found(keeper, report_hour=14)
        now.on(hours=1)
        await keeper.turns.take_turn(CHANNEL)
        now.on(hours=1)
        assert not await keeper.turns.owe_report(CHANNEL)
        now.on(days=1)
        assert await keeper.turns.owe_report(CHANNEL)
        await keeper.admin.settings(CHANNEL, report_hour=16)
        await keeper.turns.take_turn(CHANNEL)
        now.on(hours=2)
        assert not await keeper.turns.owe_report(CHANNEL), "two hours after the last"
        now.on(days=1)
        assert await keeper.turns.owe_report(CHANNEL)
        assert [turns for *_, turns in await told(keeper, store)] == [[1], [2]]


async def test_reports_missed_for_days_are_one_and_silent_hours_have_none(tmp_path: Path) -> None:
    now = Hands(NOON)
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await found(keeper)
        for _ in range(3):
            await keeper.turns.take_turn(CHANNEL)
            now.on(days=1)
        assert await keeper.turns.owe_report(CHANNEL)
        assert await told(keeper, store) == [(NOON, datetime(2026, 8, 4, 8, tzinfo=UTC), [1, 2, 3])]
        now.on(days=1)
        assert not await keeper.turns.owe_report(CHANNEL)


async def test_an_export_replays_and_names_neither_player_nor_channel(
    kept: tuple[Keeper, Store], tmp_path: Path
) -> None:
    keeper, _ = kept
    await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    await rumor(keeper)
    for _ in range(3):
        await keeper.turns.take_turn(CHANNEL)
    name, content = await keeper.admin.export(CHANNEL)
    for secret in ("Quillabelle", str(USER), str(CHANNEL), str(GUILD)):
        assert secret not in name
        assert secret.encode() not in content
    path = tmp_path / name
    path.write_bytes(content)
    assert (verdict := replay(read_log(path))).agrees
    assert verdict.turns == 3


async def test_a_wood_goes_on_with_its_own_content_when_the_new_lacks_something(tmp_path: Path) -> None:
    path, old = tmp_path / "wood.sqlite3", default_rules()
    async with keeping(path) as (keeper, store):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        digest = (await rows(store))[0].content
    fewer = replace(old, legends={slug: legend for slug, legend in old.legends.items() if slug != "great-frost"})
    async with keeping(path, rules=fewer) as (keeper, store):
        await keeper.turns.take_turn(CHANNEL)
        assert (await rows(store))[0].content == digest
        assert (await keeper.queries.board(CHANNEL)).rules == old
    winter = replace(old.seasons[1], name="Deep Winter")
    newer = replace(old, seasons=(old.seasons[0], winter, *old.seasons[2:]))
    async with keeping(path, rules=newer) as (keeper, store):
        await keeper.turns.take_turn(CHANNEL)
        assert (await rows(store))[0].content != digest
        assert (await keeper.queries.board(CHANNEL)).rules == newer
        name, content = await keeper.admin.export(CHANNEL)
    (tmp_path / name).write_bytes(content)
    log = read_log(tmp_path / name)
    assert len({turn.content for turn in log.turns}) == len(log.contents) == 2
    assert replay(log).agrees
