"""Daily calls on a real file: for everybody, one at a time, under a key that joining takes over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.keeper import Keeper
from bot.keeping.calls import turns_left
from data.store import Store
from tests.bot.kept import CHANNEL, NOON, USER, rows, rumor
from tests.refusing import refusing
from wood.chronicle import EventKind
from wood.moves import DailyCall, Join
from wood.moves.call import CALL_TURNS_MOST
from wood.names import Good

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("pace", "next_turn", "turns"),
    [
        (3600, 1.0, 19),  # 13:00 to 7:00, the report of 8:00 tells of turns before it
        (3600, 0.0, 20),
        (10_800, 0.5, 7),
        (86_400, 1.0, 1),
        (86_400, 23.0, 1),  # the next turn comes after the report, so the call is for the one after that
        (10, 0.0, CALL_TURNS_MOST),
        (10_800, None, 6),
        (3600, -5.0, 20),  # overdue
    ],
)
async def test_a_call_is_judged_before_the_next_report_that_has_a_turn(
    kept: tuple[Keeper, Store], pace: int, next_turn: float | None, turns: int
) -> None:
    wood, *_ = await rows(kept[1])
    due = None if next_turn is None else NOON + next_turn * HOUR
    assert turns_left(replace(wood, pace=pace, next_turn=due), NOON) == turns


async def test_a_stranger_calls_once_and_takes_the_same_key_when_joining(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    card = await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    assert (card.new, card.member, card.call.chance) == (True, False, None)
    again = await keeper.calls.call(CHANNEL, USER, "Ann", Good.ACORNS, -1)
    assert again == replace(card, new=False), "a second press shows what stands"
    for act in (keeper.patrons.purse(CHANNEL, USER), rumor(keeper), keeper.queries.trust(CHANNEL, USER)):
        with refusing("/patron join"):
            await act
    other = await keeper.patrons.join(CHANNEL, USER + 1, "Bo")
    assert other.key == "p2"
    assert (await keeper.patrons.join(CHANNEL, USER, "Anna")).key == "p1"
    assert [(row.key, row.name) for row in (await rows(store))[3]] == [("p1", "Anna"), ("p2", "Bo")]
    assert [type(entry.action) for entry in (await rows(store))[2]] == [DailyCall, Join, Join]
    assert (await keeper.patrons.purse(CHANNEL, USER)).purse == 100


async def test_a_call_gets_its_chance_by_the_next_turn_and_is_judged_when_it_is_due(
    kept: tuple[Keeper, Store],
) -> None:
    keeper, _ = kept
    card = await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    await keeper.calls.call(CHANNEL, USER + 1, "Bo", Good.HONEY, -1)
    await keeper.turns.take_turn(CHANNEL)
    again = await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    assert not again.new
    assert again.turns == card.turns - 1
    assert again.call.chance is not None
    for _ in range(again.turns):
        turn = await keeper.turns.take_turn(CHANNEL)
    assert turn is not None
    judged = [event for event in turn.events if event.kind is EventKind.CALLED]
    assert [event.subject for event in judged] == ["p1", "p2"]
    fresh = await keeper.calls.call(CHANNEL, USER, "Ann", Good.BERRIES, 1)
    assert fresh.new
    assert fresh.record.said == 1
    assert (await keeper.queries.report(CHANNEL)).names == {"p1": "Ann", "p2": "Bo"}


async def test_who_only_called_is_forgotten_too_and_a_call_is_no_way_around_a_farewell(
    kept: tuple[Keeper, Store],
) -> None:
    keeper, store = kept
    await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    assert await keeper.patrons.known(CHANNEL, USER) is False
    assert await keeper.patrons.forget(CHANNEL, USER)
    (row,) = (await rows(store))[3]
    assert (row.user_id, row.name) == (None, None)
    with refusing("/patron join"):
        await keeper.patrons.forget(CHANNEL, USER)
    joined = await keeper.patrons.join(CHANNEL, USER, "Ann")
    assert (joined.key, joined.back) == ("p2", False)
    await rumor(keeper)
    await keeper.patrons.forget(CHANNEL, USER)
    await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    back = await keeper.patrons.join(CHANNEL, USER, "Ann")
    assert (back.key, back.back, back.breath) == ("p3", True, 4)
