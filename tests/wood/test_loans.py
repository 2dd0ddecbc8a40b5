"""Loans from the offer to the last pebble: escrow, answers, repayment, default, and lenders who have left."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from inference.prompt import render
from tests.wood.woods import (
    MINDS,
    RULES,
    SILENT,
    TRIAL,
    at_usual_prices,
    deciding,
    holding,
    play,
    told,
    with_legend,
    wood,
)
from wood.bourse import EACH
from wood.chronicle import EventKind, Turn
from wood.debts import DEFAULT_TRUST, LATE_TURNS, LEFT, is_late, is_ruined
from wood.memory import Deed
from wood.moves import Intervention, Leave, OfferLoan, admit, quote
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.loan import LOAN_TURNS_MOST
from wood.names import CREATURES, GOODS, MINT, PEBBLES, Act, Creature, escrow
from wood.observe import observe
from wood.offers import GRUDGE, LOAN_HEAT
from wood.orders import Answer, Decision
from wood.refusal import Refusal, RefusalCode
from wood.rules import Layer, MarketRule, Rules, Shock, ShockKind
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
    assert world.loans == (Loan(PURSE, PIP, 22, turn.number + 3, lent=20),)
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
    second = replace(LOAN, patron="p2", amount=5, interest=0)
    world, _ = step(RULES, wood(patrons=2), deciding(PIP, answers=[yes(2)]), [LOAN, second])
    assert len(world.loans) == 1
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


def halted(*, turns: int = 1) -> Rules:
    """Rules under which nothing is traded for so many turns, once the trial is told."""
    halts = (Shock(ShockKind.RULE, Layer.SETTLEMENT, good, turns=turns, rule=MarketRule.HALT) for good in GOODS)
    return with_legend(*halts)


def due_now(purse: int, lender: str = PURSE, world: World | None = None) -> tuple[World, World, Turn]:
    """Pip owes 30 today, 24 of it lent, and has so many pebbles, and all trade is halted: (before, after, record)."""
    world = holding(world or wood(patrons=1), PIP, pebbles=purse)
    world = replace(world, loans=(Loan(lender, PIP, 30, world.turn + 1, lent=24),))
    return world, *step(halted(), world, SILENT, [TRIAL])


def acts(world: World, key: str = "p1") -> list[tuple[Act, str, int]]:
    return [(entry.act, entry.who, entry.pebbles) for entry in world.patrons[key].file]


def toward(world: World, key: str = "p1") -> int:
    return world.feelings[PIP].get(key, 0)


def test_who_cannot_repay_keeps_a_livelihood_and_loses_trust_and_mood() -> None:
    before, after, turn = due_now(25)
    _, paid, _ = due_now(30)
    assert turn.flows["repaid/pebbles"] == 10, "half of what lies above five"
    assert after.held(PURSE, PEBBLES) == JOIN_PEBBLES + 10
    assert after.loans == (Loan(PURSE, PIP, 20, turn.number, late=turn.number, lent=14),)
    for other in CREATURES:
        if other is not PIP:
            assert after.trust[other]["pip"] == before.trust[other]["pip"] - DEFAULT_TRUST
            assert [memory.deed for memory in after.memories[other]] == [Deed.DEFAULTED]
    assert after.moods[PIP] < paid.moods[PIP]
    (event,) = told(turn.events, EventKind.DEFAULT)
    assert (event.subject, event.to) == ("pip", None)
    assert event.data == {"owed": 30, "paid": 10}
    assert not told(turn.events, EventKind.RUINED)


def test_paying_in_time_makes_friends_and_being_pressed_makes_foes() -> None:
    _, paid, turn = due_now(30)
    assert toward(paid) > 0
    assert acts(paid) == [(Act.REPAID, "pip", 6)]
    assert paid.memories[PIP] == ()
    assert [event.to for event in told(turn.events, EventKind.REPAID)] == ["p1"]
    _, late, _ = due_now(25)
    assert toward(late) < 0
    assert [(memory.deed, memory.who) for memory in late.memories[PIP]] == [(Deed.DUNNED, "p1")]
    view = observe(RULES, open_turn(RULES, late).world)[PIP]
    assert view.debts[0].late
    _, prompt = render(view, RULES)
    name = f"the patron {late.patrons['p1'].alias}"
    assert f"dislike {name}" in prompt["content"]
    assert f"You remember: {name} pressed you for a debt." in prompt["content"]
    assert f"You owe {name} 20 pebbles, overdue" in prompt["content"]


def test_arrears_are_taken_turn_by_turn_until_they_are_paid() -> None:
    rules = halted(turns=9)
    world = holding(wood(patrons=1), PIP, pebbles=25)
    world = replace(world, loans=(Loan(PURSE, PIP, 30, world.turn + 1, lent=24),))
    world, _ = step(rules, world, SILENT, [TRIAL])
    sour = toward(world)
    world = holding(world, PIP, pebbles=25)
    world, turn = step(rules, world, SILENT)
    assert turn.flows["repaid/pebbles"] == 10
    assert toward(world) < sour
    assert not told(turn.events, EventKind.DEFAULT), "told once"
    world, turn = step(rules, holding(world, PIP, pebbles=25), SILENT)
    assert turn.flows["repaid/pebbles"] == 10
    assert world.loans == ()
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES + 30
    assert acts(world) == [(Act.REPAID, "pip", 6)]
    assert len(told(turn.events, EventKind.REPAID)) == 1


def test_one_with_an_empty_purse_is_ruined_and_all_know_it() -> None:
    _, world, turn = due_now(LEFT)
    assert "repaid/pebbles" not in turn.flows
    (event,) = told(turn.events, EventKind.RUINED)
    assert (event.subject, event.to, event.data) == ("pip", None, {"owed": 30})
    world = holding(world, PIP, pebbles=LEFT)
    assert is_late(world, PIP)
    assert is_ruined(world, PIP)
    views = observe(RULES, open_turn(RULES, world).world)
    assert views[PIP].broke
    assert {views[who].ruined for who in CREATURES if who is not PIP} == {("Pip",)}
    assert views[PIP].ruined == ()
    assert not is_ruined(holding(world, PIP, pebbles=LEFT + 1), PIP)


def test_what_stays_owed_too_long_is_written_off() -> None:
    rules = halted(turns=LATE_TURNS + 2)
    world = replace(holding(wood(patrons=1), PIP, pebbles=0), moods=dict.fromkeys(CREATURES, 5_000))
    world = replace(world, loans=(Loan(PURSE, PIP, 30, world.turn + 1, lent=24),))
    due = world.turn + 1
    inputs: list[Intervention] = [TRIAL]
    while world.loans:
        world, turn = step(rules, holding(world, PIP, pebbles=0), SILENT, inputs)
        inputs = []
    assert world.turn == due + LATE_TURNS
    (event,) = told(turn.events, EventKind.WRITTEN_OFF)
    assert (event.subject, event.to, event.data) == ("pip", "p1", {"owed": 30})
    assert acts(world) == [(Act.LOST, "pip", -24)]


def test_no_loan_outlives_the_year() -> None:
    world = replace(wood(patrons=1), turn=RULES.year - 2)
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, LOAN)
    assert (refused.value.code, refused.value.facts) == (RefusalCode.YEAR_ENDS, {"turns": 1})
    world, _ = step(RULES, world, deciding(PIP, answers=[yes(1)]), [replace(LOAN, turns=1)])
    assert [loan.due for loan in world.loans] == [RULES.year]
    world = holding(world, PIP, pebbles=0)
    world = replace(world, loans=(*world.loans, Loan(MINT, PIP, 9, world.turn + 4)))
    world, turn = step(halted(), world, SILENT, [TRIAL])
    assert [loan.lender for loan in world.loans] == [MINT], "the Mint's own go on"
    assert len(told(turn.events, EventKind.DEFAULT)) == 1
    assert [event.data for event in told(turn.events, EventKind.WRITTEN_OFF)] == [{"owed": 22}]


def test_a_loan_of_the_mint_is_done_on_its_day() -> None:
    _, after, turn = due_now(12, MINT)
    assert after.loans == ()
    assert turn.flows["repaid/pebbles"] == 12
    assert [event.data for event in told(turn.events, EventKind.DEFAULT)] == [{"owed": 30, "paid": 12}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 0}, RefusalCode.LEND_PURSE),
        ({"amount": JOIN_PEBBLES + 1}, RefusalCode.LEND_PURSE),
        ({"interest": 11}, RefusalCode.INTEREST),
        ({"interest": -1}, RefusalCode.INTEREST),
        ({"turns": 0}, RefusalCode.LOAN_TURNS),
        ({"turns": LOAN_TURNS_MOST + 1}, RefusalCode.LOAN_TURNS),
    ],
)
def test_terms_out_of_bounds_are_refused(change: dict[str, int], code: RefusalCode) -> None:
    with pytest.raises(Refusal) as refused:
        admit(RULES, wood(patrons=1), replace(LOAN, **change))  # type: ignore[arg-type]
    assert refused.value.code is code


def test_a_second_press_and_a_grudge_are_refused() -> None:
    world = wood(patrons=1)
    with pytest.raises(Refusal) as refused:
        admit(RULES, admit(RULES, world, LOAN), LOAN)
    assert refused.value.code is RefusalCode.OFFER_STANDS
    world = replace(world, feelings={**world.feelings, PIP: {"p1": GRUDGE - 1}})
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, LOAN)
    assert refused.value.code is RefusalCode.GRUDGE


def test_a_preview_tells_what_is_at_stake() -> None:
    world = wood(patrons=1)
    told = quote(RULES, world, LOAN)
    assert (told.cost, told.held, told.heat, told.worst, told.best) == (0, 20, LOAN_HEAT, 20, 2)
    assert told.facts == {"owed": 22, "due": world.turn + 4}
    world, _ = offered(LOAN, answers=deciding(PIP, answers=[yes(1)]))
    assert acts(world) == [(Act.LENT, "pip", -20)]
    assert world.patrons["p1"].peak == LOAN_HEAT


def test_an_honest_lender_finds_takers_and_a_usurer_none() -> None:
    takers = {
        interest: sum(
            bool(play(wood(seed, 1), 1, MINDS["instinct"], {2: [OfferLoan("p1", who, 20, interest, 8)]})[0].loans)
            for seed in range(6)
            for who in CREATURES
        )
        for interest in (4, 10)
    }
    assert 0 < takers[4] < 30
    assert takers[10] == 0


def needy(mind: str, patron: int, purse: int = 20) -> bool:
    """Whether Pip borrows at a fair rate from a patron toward whom it feels so much."""
    world = holding(play(calm_wood(), 1)[0], PIP, pebbles=purse)
    world = replace(world, feelings={**world.feelings, PIP: {"p1": patron} if patron else {}})
    return bool(play(world, 1, MINDS[mind], {world.turn + 1: [replace(LOAN, interest=4, turns=8)]})[0].loans)


def calm_wood() -> World:
    return at_usual_prices(wood(patrons=1))


def test_instinct_borrows_from_whom_it_does_not_dislike() -> None:
    assert needy("instinct", 0)
    assert not needy("instinct", -5)
    assert not needy("instinct", 0, purse=60)


def test_a_loan_of_a_patron_who_left_is_repaid_to_the_mint() -> None:
    world, _ = offered(LOAN, answers=deciding(PIP, answers=[yes(1)]))
    minted = world.held(MINT, PEBBLES)
    world, _ = play(world, 3, None, {world.turn + 1: [Leave("p1")]})
    assert world.held(PURSE, PEBBLES) == 0
    assert world.held(MINT, PEBBLES) == minted + JOIN_PEBBLES - 20 + 22 + EACH


def test_an_offer_of_one_who_leaves_cannot_be_accepted() -> None:
    morning = open_turn(RULES, wood(patrons=1), [LOAN, Leave("p1")])
    assert morning.world.offers == ()
    world, turn = close_turn(RULES, morning, deciding(PIP, answers=[yes(1)]))
    assert world.loans == ()
    assert "lent/pebbles" not in turn.flows
    waiting = admit(RULES, admit(RULES, wood(patrons=1), LOAN), Leave("p1"))
    assert waiting.offers == ()
    assert waiting.held(escrow(PURSE), PEBBLES) == 0


def test_arrears_of_one_who_leaves_are_settled_with_the_mint() -> None:
    _, late, _ = due_now(25)
    world, turn = step(halted(), holding(late, PIP, pebbles=8), SILENT, [TRIAL, Leave("p1")])
    assert world.loans == ()
    assert turn.flows["repaid/pebbles"] == 8
    assert not told(turn.events, EventKind.DEFAULT), "it was told before"
