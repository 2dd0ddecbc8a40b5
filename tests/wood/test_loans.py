"""Loans from the offer to the last pebble: escrow, answers, repayment, default, and lenders who have left."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.wood.woods import RULES, SILENT, TRIAL, deciding, holding, play, told, with_legend, wood
from wood.bourse import EACH
from wood.chronicle import EventKind, Turn
from wood.moves import Leave, OfferLoan
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.loan import DEFAULT_TRUST
from wood.names import CREATURES, GOODS, MINT, PEBBLES, Creature, escrow
from wood.orders import Answer, Decision
from wood.rules import Layer, MarketRule, Shock, ShockKind
from wood.turn import close_turn, open_turn, step
from wood.world import Loan, World

PIP = Creature.PIP
PURSE = "patron:p1"
LOAN = OfferLoan("p1", PIP, 20, 2, 3)


def offered(*loans: OfferLoan, answers: Mapping[Creature, Decision | None]) -> tuple[World, Turn]:
    return step(RULES, wood(patrons=1), answers, loans)


def yes(number: int, *, accept: bool = True) -> Answer:
    return Answer(number, accept)


def test_an_offer_stands_in_escrow_until_it_is_answered() -> None:
    world = open_turn(RULES, wood(patrons=1), [LOAN]).world
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES - 20
    assert world.held(escrow(PURSE), PEBBLES) == 20
    assert [(offer.number, offer.to) for offer in world.offers] == [(1, PIP)]


def test_a_yes_pays_the_loan_out() -> None:
    world, turn = offered(LOAN, answers=deciding(PIP, answers=[yes(1)]))
    assert world.loans == (Loan(PURSE, PIP, 22, turn.number + 3),)
    assert turn.flows["lent/pebbles"] == 20
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES - 20
    assert world.feelings[PIP]["p1"] > 0
    (event,) = told(turn.events, EventKind.LOAN)
    assert (event.subject, event.to) == ("pip", "p1")
    assert event.data == {"amount": 20, "owed": 22, "due": turn.number + 3, "lender": "p1"}


@pytest.mark.parametrize(
    "decisions",
    [
        SILENT,
        {PIP: None},
        deciding(PIP),
        deciding(PIP, answers=[yes(1, accept=False)]),
        deciding(PIP, answers=[yes(0), yes(2), yes(-1), yes(10**30)]),
        deciding(Creature.OONA, answers=[yes(1)]),
    ],
    ids=["silent", "unread", "no answer", "no", "unknown offers", "somebody else"],
)
def test_anything_else_returns_the_pebbles(decisions: Mapping[Creature, Decision | None]) -> None:
    world, turn = offered(LOAN, answers=decisions)
    assert world.loans == ()
    assert world.offers == ()
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES
    assert "lent/pebbles" not in turn.flows
    assert [(event.subject, event.to) for event in told(turn.events, EventKind.DECLINED)] == [("pip", "p1")]


def test_offers_are_numbered_on_and_answered_one_by_one() -> None:
    second = replace(LOAN, amount=5, interest=0)
    world, _ = offered(LOAN, second, answers=deciding(PIP, answers=[yes(2)]))
    assert [loan.owed for loan in world.loans] == [5]
    morning = open_turn(RULES, world, [LOAN])
    assert [offer.number for offer in morning.world.offers] == [3]


def test_a_loan_is_repaid_with_its_interest_on_its_day() -> None:
    world, turn = offered(LOAN, answers=deciding(PIP, answers=[yes(1)]))
    lent = turn.number
    world, turns = play(world, 3)
    repaid = [turn.number for turn in turns if turn.flows.get("repaid/pebbles")]
    assert repaid == [lent + 3]
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES + 2
    assert world.loans == ()
    (event,) = told(turns[-1].events, EventKind.REPAID)
    assert (event.subject, event.to) == ("pip", "p1")


def due_now(purse: int, lender: str = PURSE) -> tuple[World, World, Turn]:
    """Pip owes 30 today and has so many pebbles, and all trade is halted: (before, after, record)."""
    halts = (Shock(ShockKind.RULE, Layer.SETTLEMENT, good, rule=MarketRule.HALT) for good in GOODS)
    rules = with_legend(*halts)
    world = holding(wood(patrons=1), PIP, pebbles=purse)
    world = replace(world, loans=(Loan(lender, PIP, 30, world.turn + 1),))
    return world, *step(rules, world, SILENT, [TRIAL])


def test_who_cannot_repay_pays_what_there_is_and_loses_trust_and_mood() -> None:
    before, after, turn = due_now(12)
    _, paid, _ = due_now(30)
    assert turn.flows["repaid/pebbles"] == 12
    assert after.held(PIP, PEBBLES) == turn.flows.get("shared/pebbles", 0) // len(CREATURES)
    assert after.held(PURSE, PEBBLES) == JOIN_PEBBLES + 12
    assert after.loans == ()
    for other in CREATURES:
        if other is not PIP:
            assert after.trust[other]["pip"] == before.trust[other]["pip"] - DEFAULT_TRUST
    assert after.moods[PIP] < paid.moods[PIP]
    (event,) = told(turn.events, EventKind.DEFAULT)
    assert (event.subject, event.to) == ("pip", None)
    assert event.data == {"owed": 30, "paid": 12}


def test_a_loan_of_a_patron_who_left_is_repaid_to_the_mint() -> None:
    world, _ = offered(LOAN, answers=deciding(PIP, answers=[yes(1)]))
    minted = world.held(MINT, PEBBLES)
    world, _ = play(world, 3, None, {world.turn + 1: [Leave("p1")]})
    assert world.held(PURSE, PEBBLES) == 0
    assert world.held(MINT, PEBBLES) == minted + JOIN_PEBBLES + EACH - 20 + 22


def test_an_offer_withdrawn_by_leaving_cannot_be_accepted() -> None:
    morning = open_turn(RULES, wood(patrons=1), [LOAN, Leave("p1")])
    world, turn = close_turn(RULES, morning, deciding(PIP, answers=[yes(1)]))
    assert world.loans == ()
    assert "lent/pebbles" not in turn.flows
