"""Every turn stands in exactly one report, whatever becomes of the zone, the hour, the bot and Discord."""

import random
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery import DeliveryError
from bot.telling.notice import Notice
from data.rows import PostKind, PostRow
from data.store import Store
from tests.bot.kept import CHANNEL, Hands, found, keeping
from tests.bot.wall import Scene

ZONES = ("UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Kiritimati", "Asia/Kathmandu")
DAYS = 9


async def reports(store: Store) -> list[PostRow]:
    found = [post for post in await store.posts.of_wood(1) if post.kind is PostKind.REPORT]
    return sorted(found, key=lambda post: post.until)


@pytest.mark.parametrize("seed", range(2))
async def test_a_changed_zone_or_hour_and_an_outage_leave_every_turn_in_one_report(tmp_path: Path, seed: int) -> None:
    dice, now, path = random.Random(seed), Hands(), tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper, zone=dice.choice(ZONES), report_hour=dice.randrange(24))
        await keeper.admin.settings(CHANNEL, dozes=False)
    end = now.at + timedelta(days=DAYS)
    while now.at < end:
        async with keeping(path, now=now) as (keeper, _):
            await keeper.turns.owe_report(CHANNEL)  # as the clock does when the bot starts
            for _ in range(dice.randrange(1, 12)):
                now.on(hours=3)
                await keeper.turns.take_turn(CHANNEL, due=now())
                await keeper.turns.owe_report(CHANNEL)
                if dice.random() < 0.1:
                    await keeper.admin.settings(CHANNEL, zone=dice.choice(ZONES), report_hour=dice.randrange(24))
        now.on(hours=dice.choice((0, 1, 30, 75)))  # the bot is down, up to several days
    now.on(days=2)
    async with keeping(path, now=now) as (keeper, store):
        await keeper.turns.owe_report(CHANNEL)
        told: Counter[int] = Counter()
        for post in await reports(store):
            assert post.since is not None
            told.update(turn.number for turn in (await keeper.queries.report_of(CHANNEL, post.since, post.until)).turns)
        assert told == Counter(range(1, (await keeper.queries.board(CHANNEL)).world.turn + 1))
        ends = [post.until for post in await reports(store)]
        assert all(later - earlier >= timedelta(hours=6) for earlier, later in pairwise(ends))


async def test_every_day_with_turns_has_its_report_after_days_without_discord(scene: Scene) -> None:
    herald = scene.herald()
    await scene.keeper.admin.settings(CHANNEL, dozes=False)
    for _ in range(7):
        for _ in range(4):
            scene.now.on(hours=6)
            await scene.keeper.turns.take_turn(CHANNEL, due=scene.now())
            await scene.keeper.turns.owe_report(CHANNEL)
            scene.wall.before += [DeliveryError(Notice("problem-unreachable"), uncertain=True)] * 20
            await herald.drain()
            scene.wall.before.clear()
    assert scene.wall.messages == {}
    owed = [f"report of {(post.until):%Y-%m-%d}" for post in await reports(scene.store)]
    assert len(owed) >= 6
    scene.now.on(hours=1)
    await herald.drain()
    assert [message for message in scene.wall.messages.values() if message.startswith("report")] == owed
