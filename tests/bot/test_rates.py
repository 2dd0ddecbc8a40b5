"""How often things may be done, how much of a guild is worked on at a time, and what is let in at all."""

import asyncio
from types import SimpleNamespace
from typing import Any

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.gate import REMEMBERED, Gate, Why
from bot.queues import Queues
from bot.rates import Rate, Rates
from tests.bot.kept import CHANNEL, GUILD, USER


class Ticking:
    """A clock that only goes on."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@given(st.integers(2, 600), st.lists(st.floats(0, 3), max_size=200))
def test_no_key_is_let_in_more_often_than_it_may(a_minute: int, pauses: list[float]) -> None:
    rate, now, let_in = Rate(a_minute), 0.0, list[float]()
    for pause in pauses:
        now += pause
        if not (wait := rate.wait("a", now)):
            rate.spend("a", now)
            let_in.append(now)
        else:
            assert rate.wait("a", now + wait + 1e-6) == 0, "it says when again"
    for place, first in enumerate(let_in):
        within = [at for at in let_in[place:] if at - first < 60]
        assert len(within) <= a_minute + a_minute // 2 + 1


def test_half_of_a_minute_may_come_at_once_and_then_one_after_another() -> None:
    clock = Ticking()
    rates = Rates(clock, player=60)
    assert [rates.take([("player", 1)]) for _ in range(30)] == [("", 0.0)] * 30
    assert rates.take([("player", 1)]) == ("player", 1.0)
    assert rates.take([("player", 2)]) == ("", 0.0), "another player does not wait"
    clock.at += 1
    assert rates.take([("player", 1)]) == ("", 0.0)
    assert rates.take([("player", 1)]) == ("player", 1.0)


def test_who_is_turned_away_takes_nothing_from_the_wood() -> None:
    rates = Rates(Ticking(), player=4, wood=10)
    for _ in range(100):
        rates.take([("player", "loud"), ("wood", 1)])
    assert [rates.take([("player", "calm"), ("wood", 1)])[0] for _ in range(2)] == ["", ""]
    assert rates.take([("player", "third"), ("wood", 1)])[0] == ""
    assert rates.take([("player", "third"), ("wood", 1)])[0] == "wood"


def test_nought_is_no_bound_and_the_keys_are_bounded() -> None:
    free = Rates(Ticking(), player=0)
    assert {free.take([("player", 1)]) for _ in range(10_000)} == {("", 0.0)}
    rate = Rate(60, kept=10)
    for key in range(1_000):
        rate.spend(key, 0.0)
    assert len(rate) == 10


async def test_a_guild_that_asks_for_much_does_not_hold_another_up() -> None:
    queues, order, hold = Queues(quick=2, slow=1), list[str](), asyncio.Event()

    async def work(guild: int, name: str, *, slow: bool = False) -> None:
        async with queues.through(guild, slow=slow):
            order.append(name)
            await hold.wait()

    flood = [asyncio.create_task(work(1, "flood")) for _ in range(50)]
    flood += [asyncio.create_task(work(2, "other")), asyncio.create_task(work(1, "chart", slow=True))]
    while len(order) < 4:
        await asyncio.sleep(0)
    assert order == ["flood", "flood", "other", "chart"]
    flood[10].cancel()  # one that waits and gives up takes no place away
    hold.set()
    await asyncio.gather(*flood, return_exceptions=True)
    assert order.count("flood") == 49
    assert len(queues) == 0, "no queue is left behind"


def asked(number: int, *, channel: int = CHANNEL, guild: int = GUILD, typing: bool = False) -> Any:
    kind = discord.InteractionType.autocomplete if typing else discord.InteractionType.application_command
    user = SimpleNamespace(id=USER)
    return SimpleNamespace(id=number, extras={}, user=user, channel_id=channel, guild_id=guild, type=kind)


def test_an_interaction_is_let_in_once_and_only_where_its_wood_lives() -> None:
    gate = Gate(Rates(Ticking(), player=0, wood=0, guild=0, typing=0))
    gate.follow(SimpleNamespace(channel_id=CHANNEL, guild_id=GUILD, razed_at=None))  # type: ignore[arg-type]
    first = asked(1)
    assert [gate.decide(first).why, gate.decide(first).why] == [Why.NOTHING] * 2, "asked twice, it says the same"
    assert gate.decide(asked(1)).why is Why.TWICE
    assert gate.decide(asked(2, guild=GUILD + 1)).why is Why.ELSEWHERE
    assert gate.decide(asked(3, channel=CHANNEL + 1, guild=GUILD + 1)).why is Why.NOTHING, "no wood lives there"
    gate.follow(SimpleNamespace(channel_id=CHANNEL, guild_id=GUILD, razed_at=1))  # type: ignore[arg-type]
    assert gate.decide(asked(4, guild=GUILD + 1)).why is Why.NOTHING
    for number in range(100, 100 + REMEMBERED):
        gate.decide(asked(number))
    assert len(gate._came) == REMEMBERED


def test_typing_is_counted_by_itself() -> None:
    gate = Gate(Rates(Ticking(), player=2, wood=9, guild=9, typing=4))
    assert [gate.decide(asked(number, typing=True)).whose for number in range(3)] == ["", "", "typing"]
    assert gate.decide(asked(10)).open
    turned = gate.decide(asked(11))
    assert (turned.why, turned.whose, turned.again) == (Why.OFTEN, "player", 30.0)
