"""Who comes back after hours is told once what happened, in true and few lines, and nobody else is known by it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.keeper import Keeper
from bot.keeping.visits import AWAY, NOTED_EVERY
from bot.telling.catalog import words_in
from bot.telling.since import SinceCard, since_lines
from bot.views.since import render_since
from data.store import Store
from tests.bot.kept import CHANNEL, NOON, USER, Hands, rumor
from tests.bot.turns import MANIA, make_history, make_rules, make_turn, told
from wood.chronicle import Event, EventKind
from wood.names import Creature, Good

WORDS = words_in("en")
RULES = make_rules()


@pytest.fixture
async def ann(kept: tuple[Keeper, Store]) -> tuple[Keeper, Store]:
    """A wood whose patron Ann was seen just now, with the turn that took her in behind her."""
    keeper, _ = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await keeper.turns.take_turn(CHANNEL)
    assert await keeper.visits.arrive(CHANNEL, USER) is None
    return kept


async def test_who_comes_back_after_hours_is_told_once(ann: tuple[Keeper, Store], now: Hands) -> None:
    keeper, _ = ann
    await rumor(keeper, to=Creature.FENN)
    now.at += AWAY
    for _ in range(3):
        await keeper.turns.take_turn(CHANNEL)
    card = await keeper.visits.arrive(CHANNEL, USER)
    assert card is not None
    assert (card.missed, card.since, len(card.turns)) == (3, now.at - AWAY, 3)
    assert card.before is not None
    assert card.before.number == 1
    assert card.purse == (100, 95)
    assert [each.receipt.to for each in card.receipts] == [Creature.FENN]
    assert "95 pebbles" in "\n".join(since_lines(WORDS, card))
    assert await keeper.visits.arrive(CHANNEL, USER) is None


@pytest.mark.parametrize(("away", "turns"), [(AWAY - timedelta(minutes=1), 5), (AWAY, 1)])
async def test_a_short_absence_or_a_turn_alone_is_not_worth_telling(
    ann: tuple[Keeper, Store], now: Hands, away: timedelta, turns: int
) -> None:
    keeper, _ = ann
    now.at += away
    for _ in range(turns):
        await keeper.turns.take_turn(CHANNEL)
    assert await keeper.visits.arrive(CHANNEL, USER) is None


async def test_of_two_answers_at_once_one_tells(ann: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = ann
    now.at += AWAY
    for _ in range(2):
        await keeper.turns.take_turn(CHANNEL)
    visitor = await store.visits.visitor(CHANNEL, USER)
    assert visitor is not None
    assert visitor.last is not None
    here = replace(visitor.last, at=now.at)
    assert [await store.visits.note(visitor, here) for _ in range(2)] == [True, False]


async def test_visits_are_noted_at_a_bounded_rate(ann: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = ann
    seen = now.at
    for _ in range(2):
        now.at += NOTED_EVERY / 2
        await keeper.visits.arrive(CHANNEL, USER)
        visitor = await store.visits.visitor(CHANNEL, USER)
        assert visitor is not None
        assert visitor.last is not None
        assert visitor.last.at == (seen if now.at - seen < NOTED_EVERY else now.at)


async def test_who_was_forgotten_and_comes_back_at_once_is_noted_anew(ann: tuple[Keeper, Store]) -> None:
    keeper, store = ann
    assert await keeper.visits.arrive(CHANNEL, USER) is None
    await keeper.patrons.forget(CHANNEL, USER)
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await keeper.visits.arrive(CHANNEL, USER)
    with closing(sqlite3.connect(store.database.path)) as file:
        assert file.execute("SELECT key FROM visits").fetchall() == [("p2",)]


async def test_of_strangers_nothing_is_kept_and_of_the_forgotten_nothing_stays(ann: tuple[Keeper, Store]) -> None:
    keeper, store = ann
    assert await keeper.visits.arrive(CHANNEL, USER + 1) is None
    assert await keeper.visits.arrive(CHANNEL + 1, USER) is None
    with closing(sqlite3.connect(store.database.path)) as file:
        assert file.execute("SELECT key FROM visits").fetchall() == [("p1",)]
    await keeper.patrons.forget(CHANNEL, USER)
    assert await keeper.visits.arrive(CHANNEL, USER) is None
    with closing(sqlite3.connect(store.database.path)) as file:
        assert file.execute("SELECT key FROM visits").fetchall() == []


async def test_who_has_only_called_is_told_too_and_has_no_purse(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, _ = kept
    await keeper.calls.call(CHANNEL, USER, "Ann", Good.HONEY, 1)
    await keeper.visits.arrive(CHANNEL, USER)
    now.at += AWAY
    for _ in range(2):
        await keeper.turns.take_turn(CHANNEL)
    card = await keeper.visits.arrive(CHANNEL, USER)
    assert card is not None
    assert (card.purse, card.alias) == ((None, None), "")
    assert "👛" not in "\n".join(since_lines(WORDS, card))


# The lines


def absence(**changes: object) -> SinceCard:
    turns = make_history(3, first=2)
    card = SinceCard(RULES, "p1", "Alder", NOON, 3, make_turn(1), turns, (), (100, 80))
    return replace(card, **changes)  # type: ignore[arg-type]


def test_what_moved_most_stands_first_with_both_prices() -> None:
    prices = {**make_turn(1).references, Good.HONEY: 1200, Good.ACORNS: 200, Good.BERRIES: 520}
    lines = since_lines(WORDS, absence(turns=[make_turn(2, prices)]))
    assert [line.split()[1] for line in lines[:2]] == ["Acorns", "Honey"]
    assert "4.00 → **2.00** ▼" in lines[0]
    assert "Berries" not in "\n".join(lines)


def test_a_wood_in_which_nothing_moved_says_so() -> None:
    lines = since_lines(WORDS, absence(turns=[make_turn(2)], purse=(100, 100)))
    assert lines == ["🪨 Hardly a price has moved.", "👛 100 pebbles in your purse, as before"]


def test_all_together_are_six_lines_and_harmless() -> None:
    speech = [
        Event(EventKind.GOSSIP, "pip", {"text": "Alder says @everyone **sell**", "about": None, "leaning": 0}),
        Event(EventKind.GOSSIP, "fenn", {"text": "Alderman is no name.", "about": None, "leaning": 0}),
        Event(EventKind.GOSSIP, "oona", {"text": "Alder whispered it.", "about": None, "leaning": 0}, to="pip"),
        Event(EventKind.JUDGED, "p1", {"good": "honey", "true": True}),
    ]
    prices = {**make_turn(1).references, Good.HONEY: 1200, Good.ACORNS: 200}
    card = absence(turns=[make_turn(2, prices, [told(MANIA, "p1"), *speech])])
    lines = since_lines(WORDS, card)
    assert len(lines) == 6
    assert "Great Acorn Mania” was told" in lines[2]
    assert "has come true" in lines[3]
    assert "Pip on you" in lines[5]
    assert "@everyone" not in lines[5]
    assert "whispered" not in "\n".join(lines)
    shown = "\n".join(render_since(WORDS, card).texts())
    assert "3 turns have passed" in shown
