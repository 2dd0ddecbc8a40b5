"""Runs in a copy of the program that has grown: lets a kept wood go on, and prints what became of it as JSON.

python grown.py <database> <channel> <turns> <a log to replay> [knock]
"""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.errors import said_of
from bot.keeper import Keeper
from bot.telling.catalog import words_in
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.errors import StoreOutdatedError
from data.log import read_log
from data.replay import replay
from data.store import Store
from inference.council import Council
from inference.roster import seat
from wood import moves


async def live(path: Path, channel: int, turns: int, *, knock: bool) -> dict[str, Any]:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    shown: dict[str, Any] = {}
    async with await Store.open(path) as store:
        charts = ChartPool(0)
        keeper = Keeper(store, Council(seat("instinct"), default_rules()), charts, now=lambda: at)
        clock = Clock(keeper, now=lambda: at)
        if knock and (snapshot := await store.woods.snapshot(channel)) is not None:
            await store.journal.append(snapshot, moves.Knock("p1"), at)  # type: ignore[attr-defined]
        clock.follow(await keeper.queries.wood(channel))
        scheduled = clock.due(channel) is not None
        taken = []
        for _ in range(turns):
            at += timedelta(days=1)
            turn = await keeper.turns.take_turn(channel, due=at)
            taken.append(turn and turn.number)
        card = await keeper.queries.wood(channel)
        shown |= {"taken": taken, "paused": card.paused, "problem": card.problem.say(words_in("en"))}
        shown["scheduled"] = (scheduled, clock.due(channel) is not None)
        try:
            await keeper.queries.board(channel)
            shown["board"] = ""
        except StoreOutdatedError as error:
            shown["board"] = said_of(words_in("en"), error)
        await keeper.admin.found(channel + 1000, 1, pace=3600, seed=3, zone="UTC", report_hour=8)
        fresh = await keeper.turns.take_turn(channel + 1000)
        shown["fresh"] = fresh and fresh.number
        row = await store.woods.living(channel)
        assert row is not None
        shown["replay"] = replay(await store.journal.log(row.id)).to_json()
        await charts.close()
    return shown


database, channel, turns, log, *more = sys.argv[1:]
found = asyncio.run(live(Path(database), int(channel), int(turns), knock="knock" in more))
print(json.dumps({**found, "log": replay(read_log(Path(log))).to_json()}))  # noqa: T201 - its answer
