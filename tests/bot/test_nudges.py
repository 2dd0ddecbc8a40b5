"""Who asked to be told of a price or a moment is told once, in one message a turn, and nobody else."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import DeliveryError
from bot.herald import LEASE
from bot.keeping.nudges import PRICE_MOST, near_report
from bot.keeping.playing import loans_due
from bot.telling.catalog import words_in
from bot.telling.notice import Notice
from bot.telling.nudges import NudgeCard, nudge_lines
from data.content import default_rules
from data.nudges import ALERTS_MOST, NudgeItem, NudgeKind
from data.rows import Notify, PostKind, PostState, Reminder
from tests.bot.kept import CHANNEL, NOON, USER
from tests.bot.wall import Scene
from tests.refusing import refusing
from wood.names import Creature, Good, patron_account
from wood.world import Loan

BOB = USER + 1


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    for user, name in ((USER, "Ann"), (BOB, "Bob")):
        await scene.keeper.patrons.join(CHANNEL, user, name)
    await scene.keeper.turns.take_turn(CHANNEL)
    return scene


async def prices(scene: Scene) -> dict[Good, int]:
    return dict((await scene.keeper.queries.board(CHANNEL)).world.references)


async def near(scene: Scene, user: int = USER) -> list[tuple[Good, int, int]]:
    """Ask for prices a hair above and below where goods stand: the next turn reaches one of each pair that moves."""
    asked = []
    for good, price in list((await prices(scene)).items())[:2]:
        for way in (1, -1):
            await scene.keeper.nudges.alert(CHANNEL, user, good, price + way, None)
            asked.append((good, way, price + way))
    return asked


def nudges(scene: Scene) -> list[str]:
    return [message for message in scene.wall.messages.values() if "nudge" in message]


async def test_prices_that_are_reached_are_told_once_together_and_the_others_wait(scene: Scene) -> None:
    asked = await near(scene)
    await scene.keeper.turns.take_turn(CHANNEL)
    after = await prices(scene)
    reached = [each for each in asked if each[1] * (after[each[0]] - each[2]) >= 0]
    assert 1 <= len(reached) < len(asked), "of each pair one at most is reached"
    left = (await scene.keeper.nudges.asked(CHANNEL, USER)).asked.alerts
    assert {(each.good, each.way, each.price) for each in left} == set(asked) - set(reached)
    herald = scene.herald()
    await herald.drain()
    await herald.drain()
    assert nudges(scene) == [f"nudge of {', '.join(['alert'] * len(reached))}"]
    assert scene.wall.channels.count(USER) == 1
    assert BOB not in scene.wall.channels


async def test_in_the_channel_it_is_a_ping_of_that_patron(scene: Scene) -> None:
    await near(scene, BOB)
    await scene.keeper.nudges.reach(CHANNEL, BOB, Notify.CHANNEL)
    await scene.keeper.turns.take_turn(CHANNEL)
    await scene.herald().drain()
    assert [message.partition(":")[0] for message in nudges(scene)] == [str(BOB)]
    assert BOB not in scene.wall.channels


async def test_what_discord_does_not_take_ends_with_words_until_asked_anew(scene: Scene) -> None:
    await near(scene)
    scene.wall.silent = True
    await scene.keeper.turns.take_turn(CHANNEL)
    await scene.herald().drain()
    assert await scene.post(PostKind.NOTIFY) == (PostState.ABANDONED, "")
    assert (await scene.keeper.patrons.purse(CHANNEL, USER)).reach is Notify.REFUSED
    assert (await scene.keeper.patrons.purse(CHANNEL, USER)).notify is Notify.OFF, "that is another wish"
    await scene.keeper.nudges.remind(CHANNEL, USER, Reminder.CALL, wished=True)
    assert (await scene.keeper.patrons.purse(CHANNEL, USER)).reach is Notify.DIRECT


async def test_what_may_have_arrived_is_not_sent_again(scene: Scene) -> None:
    await near(scene)
    await scene.keeper.turns.take_turn(CHANNEL)
    herald = scene.herald()
    scene.wall.after.append(DeliveryError(Notice("problem-trouble"), uncertain=True))
    await herald.drain()
    scene.now.at += LEASE + timedelta(minutes=30)
    await herald.drain()
    assert len(nudges(scene)) <= 1


async def test_the_forgotten_are_told_nothing_and_nothing_of_them_stays(scene: Scene) -> None:
    await near(scene)
    await scene.keeper.nudges.remind(CHANNEL, USER, Reminder.REPORT, wished=True)
    await near(scene, BOB)
    await scene.keeper.turns.take_turn(CHANNEL)
    await scene.keeper.patrons.forget(CHANNEL, USER)
    await scene.herald().drain()
    assert scene.wall.channels.count(USER) == 0
    assert scene.wall.channels.count(BOB) == 1
    with closing(sqlite3.connect(scene.store.database.path)) as file:
        for table in ("alerts", "reminders", "nudges"):
            assert ("p1",) not in file.execute(f"SELECT key FROM {table}").fetchall()


async def test_an_alert_can_be_taken_back_by_its_owner_alone(scene: Scene) -> None:
    await near(scene)
    alerts = (await scene.keeper.nudges.asked(CHANNEL, USER)).asked.alerts
    await scene.keeper.nudges.drop_alert(CHANNEL, BOB, alerts[0].id)
    card = await scene.keeper.nudges.drop_alert(CHANNEL, USER, alerts[1].id)
    assert [each.id for each in card.asked.alerts] == [alerts[0].id, *(each.id for each in alerts[2:])]


async def test_no_more_than_so_many_none_twice_and_none_that_is_reached(scene: Scene) -> None:
    now = await prices(scene)
    ask = scene.keeper.nudges.alert
    for step in range(ALERTS_MOST):
        await ask(CHANNEL, USER, Good.HONEY, now[Good.HONEY] + 100 + step, None)
    card = await ask(CHANNEL, USER, Good.HONEY, now[Good.HONEY] + 100, 1)
    assert len(card.asked.alerts) == ALERTS_MOST
    with refusing("Take one back first"):
        await ask(CHANNEL, USER, Good.ACORNS, 1, None)
    with refusing("reached that already"):
        await ask(CHANNEL, BOB, Good.HONEY, now[Good.HONEY] + 100, -1)
    with refusing("reached that already"):
        await ask(CHANNEL, BOB, Good.HONEY, now[Good.HONEY], None)
    for price in (0, PRICE_MOST * 100 + 1):
        with refusing("Ask for one in between"):
            await ask(CHANNEL, BOB, Good.HONEY, price, None)
    with refusing("/patron join"):
        await ask(CHANNEL, BOB + 1, Good.HONEY, 1, None)


# Reminders


async def test_the_report_is_told_of_once_before_the_last_turn_that_is_in_it(scene: Scene) -> None:
    await scene.keeper.nudges.remind(CHANNEL, USER, Reminder.REPORT, wished=True)
    herald, told_at = scene.herald(), []
    for hour in range(1, 45):
        scene.now.at = NOON + timedelta(hours=hour)
        await scene.keeper.turns.take_turn(CHANNEL)
        before = len(nudges(scene))
        await herald.drain()
        told_at += [scene.now.at.hour] * (len(nudges(scene)) - before)
    assert told_at == [6, 6], "at six the next turn is at seven, or at eight with the report"


async def test_a_call_is_told_of_with_the_report_that_it_stands_under(scene: Scene) -> None:
    await scene.keeper.nudges.remind(CHANNEL, USER, Reminder.CALL, wished=True)
    herald = scene.herald()
    for _ in range(3):  # the first report comes with the fourth turn
        await scene.keeper.turns.take_turn(CHANNEL)
    await herald.drain()
    scene.now.at = NOON + timedelta(hours=1)
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.now.at = NOON + timedelta(hours=20)
    assert await scene.keeper.turns.owe_report(CHANNEL)
    await herald.drain()
    assert nudges(scene) == ["nudge of call", "nudge of call"]
    order = [text for text in scene.wall.messages.values() if "nudge" in text or "report" in text]
    assert order == ["report of 2026-08-01", "nudge of call", "report of 2026-08-02", "nudge of call"]
    await scene.keeper.nudges.remind(CHANNEL, USER, Reminder.CALL, wished=False)
    scene.now.at += timedelta(days=1)
    await scene.keeper.turns.take_turn(CHANNEL)
    await herald.drain()
    assert len(nudges(scene)) == 2


async def test_loans_are_told_of_in_the_turn_before_they_are_due_to_who_lent(scene: Scene) -> None:
    row = await scene.store.woods.living(CHANNEL)
    assert row is not None
    world = (await scene.keeper.queries.board(CHANNEL)).world
    lent = tuple(Loan(patron_account(key), Creature.PIP, owed, due) for key, owed, due in (("p1", 22, 2), ("p2", 9, 3)))
    due = list(loans_due(replace(world, loans=lent)))
    assert [(each.key, each.number, dict(each.facts)) for each in due] == [
        ("p1", 2, {"creature": "pip", "pebbles": 22})
    ]
    both = replace(world, loans=(*lent, replace(lent[0], borrower=Creature.FENN, owed=5)))
    (loan,) = loans_due(both)
    assert loan.facts == {"creature": "", "pebbles": 27}


async def test_a_dozing_wood_tells_of_no_daily_report(scene: Scene) -> None:
    row = await scene.store.woods.living(CHANNEL)
    assert row is not None
    seven = NOON + timedelta(hours=19)
    rows = [replace(row, pace=pace) for pace in (10, 3_600, 86_400)]
    assert [len(list(near_report(row, seven, dozing=True))) for row in rows] == [0, 0, 0]
    assert [len(list(near_report(row, seven, dozing=False))) for row in rows] == [0, 1, 1]
    late = seven + timedelta(minutes=31)
    assert [len(list(near_report(row, late, dozing=False))) for row in rows] == [1, 1, 1]


def test_every_nudge_has_its_sentence() -> None:
    items = [
        NudgeItem(NudgeKind.ALERT, {"good": "honey", "way": 1, "price": 900, "now": 934}),
        NudgeItem(NudgeKind.ALERT, {"good": "acorns", "way": -1, "price": 300, "now": 280}),
        NudgeItem(NudgeKind.REPORT, {"at": 1_800_000_000, "turn": 1_799_990_000}),
        NudgeItem(NudgeKind.CALL, {}),
        NudgeItem(NudgeKind.LOAN, {"creature": "pip", "pebbles": 22}),
        NudgeItem(NudgeKind.LOAN, {"creature": "", "pebbles": 27}),
    ]
    lines = nudge_lines(words_in("en"), NudgeCard(default_rules(), CHANNEL, "p1", USER, Notify.DIRECT, items))
    assert "Honey at **9.34**: you asked to hear of 9.00 or above." in lines[0]
    assert "Acorns at **2.80**: you asked to hear of 3.00 or below." in lines[1]
    assert "<t:1800000000:R>" in lines[2]
    assert "Pip owes you 22 pebbles" in lines[4]
    assert "27 pebbles together" in lines[5]
