"""Bribes and pacts from the offer to the last turn: escrow, answers, what they do to the market, and who knows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Literal

import pytest

from inference.dealing import perverse, sensible
from tests.inference.views import make_view
from tests.wood.laws import check_turn, watched_ledger
from tests.wood.woods import (
    MINDS,
    RULES,
    SILENT,
    TRIAL,
    at_usual_prices,
    decide,
    deciding,
    holding,
    play,
    with_legend,
    wood,
)
from wood.chronicle import Turn
from wood.exchange import standing_orders
from wood.moves import Intervention, Leave, OfferBribe, OfferLoan, OfferPact, admit, quote
from wood.moves.bribe import BRIBE
from wood.moves.broker import FEE
from wood.moves.joining import JOIN_PEBBLES
from wood.names import CENTS, CREATURES, PEBBLES, Act, Creature, Good, Hand, Side, escrow
from wood.observe import Offered, View, observe
from wood.offers import ALLIED, BRIBE_HEAT, BROKER_HEAT, GRUDGE, OFFERS_MOST
from wood.orders import Answer, Decision, Order, SlipReason
from wood.pacts import BRIBE_TURNS, BROKER_PERCENT, BROKER_TURNS, DUMP_PERCENT, Deal
from wood.refusal import Refusal, RefusalCode
from wood.rules import Layer, Shock, ShockKind
from wood.stakes import Pact
from wood.turn import close_turn, open_turn, step
from wood.world import World

PIP, FENN = Creature.PIP, Creature.FENN
PURSE: Final = "patron:p1"
BERRIES: Final = Good.BERRIES
WITHHOLD: Final = OfferBribe("p1", PIP, "withhold")
PACT: Final = OfferPact("p1", PIP, FENN)
MINDED: Final = pytest.mark.parametrize("mind", [None, "instinct", "random", "contrarian"])


def answered(*moves: Intervention, accept: Mapping[Creature, bool], world: World | None = None) -> tuple[World, Turn]:
    """A turn in which these moves are made, and each creature named answers all that it is offered."""
    morning = open_turn(RULES, world or wood(patrons=2), moves)
    decisions: dict[Creature, Decision | None] = {
        who: Decision(answers=tuple(Answer(offer.number, yes) for offer in morning.world.offers if offer.to is who))
        for who, yes in accept.items()
    }
    return close_turn(RULES, morning, decisions)


def refused(world: World, move: Intervention) -> RefusalCode:
    with pytest.raises(Refusal) as caught:
        admit(RULES, world, move)
    assert isinstance(caught.value.code, RefusalCode)
    return caught.value.code


def acts(world: World, key: str = "p1") -> list[tuple[Act, Good | None, str, int, int]]:
    return [(each.act, each.good, each.who, each.pebbles, each.heat) for each in world.patrons[key].file]


def bound(what: str, world: World | None = None, partner: Creature | None = None, turns: int = 4) -> World:
    """A wood, with stores full enough to trade, in which Pip keeps a promise."""
    world = world or play(wood(patrons=1), 6, MINDS["instinct"])[0]
    return replace(world, pacts=(Pact(what, "p1", PIP, partner, world.turn + turns),))


def stands(world: World, mind: str | None) -> list[tuple[Hand, Order]]:
    """What Pip would have at the market of the next turn."""
    morning = open_turn(RULES, world)
    decisions = decide(MINDS[mind], morning) if mind else SILENT
    return [(hand, order) for hand, order in standing_orders(RULES, morning.world, decisions)[PIP]]


def sales(orders: Iterable[tuple[Hand, Order]], good: Good = BERRIES) -> list[tuple[Hand, Order]]:
    return [(hand, order) for hand, order in orders if order.side is Side.SELL and order.good is good]


# Offers and answers


def test_a_bribe_stands_in_escrow_and_a_yes_pays_it_to_the_creature() -> None:
    morning = open_turn(RULES, wood(patrons=1), [WITHHOLD])
    assert morning.world.held(escrow(PURSE), PEBBLES) == BRIBE
    assert [offer.what for offer in observe(RULES, morning.world)[PIP].offers] == [Deal.WITHHOLD]
    world, turn = answered(WITHHOLD, accept={PIP: True})
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES - BRIBE
    assert turn.flows["bribed/pebbles"] == BRIBE
    assert world.pacts == (Pact("withhold", "p1", PIP, None, turn.number + BRIBE_TURNS),)
    assert acts(world) == [(Act.BRIBE, BERRIES, "pip", -BRIBE, BRIBE_HEAT)]
    assert world.feelings[PIP]["p1"] > 0
    (event,) = [each for each in turn.events if each.to == "p1" and each.subject == "pip"]
    assert event.data == {"what": "withhold", "good": BERRIES, "until": turn.number + BRIBE_TURNS}


@pytest.mark.parametrize("accept", [{PIP: False}, {}, {FENN: True}], ids=["no", "silence", "somebody else"])
def test_a_bribe_that_is_declined_comes_back_and_leaves_half_its_heat(accept: Mapping[Creature, bool]) -> None:
    world, turn = answered(WITHHOLD, accept=accept)
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES
    assert world.pacts == ()
    assert acts(world) == [(Act.BRIBE, BERRIES, "pip", 0, BRIBE_HEAT // 2)]
    (event,) = [each for each in turn.events if each.to == "p1"]
    assert event.data == {"offer": 1, "what": "withhold"}
    assert (world.feelings[PIP].get("p1", 0) < 0) is (accept == {PIP: False}), "only who says no minds"


def test_a_pact_needs_a_yes_of_both_and_its_fee_is_gone() -> None:
    world, turn = answered(PACT, accept={PIP: True, FENN: True})
    assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES - FEE
    assert world.pacts == (Pact("broker", "p1", PIP, FENN, turn.number + BROKER_TURNS),)
    assert world.feelings[PIP]["fenn"] >= ALLIED
    assert world.feelings[FENN]["pip"] >= ALLIED
    assert [(act, who) for act, _, who, _, _ in acts(world)] == [(Act.BROKER, "pip"), (Act.BROKER, "fenn")]
    assert world.patrons["p1"].peak == BROKER_HEAT
    for accept in ({PIP: True, FENN: False}, {FENN: True}, {}):
        world, turn = answered(PACT, accept=accept)
        assert world.held(PURSE, PEBBLES) == JOIN_PEBBLES - FEE
        assert world.pacts == ()
        assert world.patrons["p1"].peak == BROKER_HEAT // 2
        assert {each.subject for each in turn.events if each.to == "p1"} == {PIP, FENN} - {
            who for who, yes in accept.items() if yes
        }


def test_a_pact_holds_from_the_next_turn_until_its_last() -> None:
    world, _ = answered(WITHHOLD, accept={PIP: True}, world=holding(wood(patrons=1), PIP, berries=9))
    kept = 0
    while world.pacts:
        assert sales(stands(world, None)) == []
        kept += 1
        world, _ = step(RULES, world, SILENT)
    assert kept == BRIBE_TURNS
    assert sales(stands(world, None))


def test_one_promise_at_a_time_and_nobody_learns_why() -> None:
    both = (WITHHOLD, replace(WITHHOLD, patron="p2", what="dump"))
    world, turn = answered(*both, accept={PIP: True})
    (pact,) = world.pacts
    loser = "p2" if pact.patron == "p1" else "p1"
    assert world.held(f"patron:{loser}", PEBBLES) == JOIN_PEBBLES
    (event,) = [each for each in turn.events if each.to == loser]
    assert event.data is not None
    assert set(event.data) == {"offer", "what"}
    third = replace(WITHHOLD, patron=loser)
    assert quote(RULES, world, third).held > 0, "that another holds it is not to be seen"
    world, _ = answered(third, replace(PACT, patron=loser), accept={PIP: True, FENN: True}, world=world)
    assert world.pacts == (pact,)


def test_a_second_press_is_refused() -> None:
    world = wood(patrons=2)
    asked = admit(RULES, world, WITHHOLD)
    assert refused(asked, WITHHOLD) is RefusalCode.OFFER_STANDS
    assert refused(asked, PACT) is RefusalCode.OFFER_STANDS
    assert refused(asked, OfferLoan("p1", PIP, 5, 1, 3)) is RefusalCode.OFFER_STANDS
    taken, _ = answered(WITHHOLD, accept={PIP: True})
    assert refused(taken, replace(WITHHOLD, what="dump")) is RefusalCode.PACT_STANDS
    assert refused(taken, PACT) is RefusalCode.PACT_STANDS
    assert admit(RULES, taken, OfferLoan("p1", PIP, 5, 1, 3)).offers


def test_what_the_rules_refuse_changes_nothing() -> None:
    world = wood(patrons=2)
    hated = replace(world, feelings={**world.feelings, FENN: {"p1": GRUDGE - 1}})
    assert refused(hated, PACT) is RefusalCode.GRUDGE
    assert refused(hated, replace(WITHHOLD, to=FENN)) is RefusalCode.GRUDGE
    assert refused(world, replace(PACT, other=PIP)) is RefusalCode.SAME_CREATURE
    assert refused(world, replace(WITHHOLD, limit=BRIBE - 1)) is RefusalCode.DEARER
    assert refused(holding(world, PURSE, pebbles=BRIBE - 1), WITHHOLD) is RefusalCode.PURSE
    assert refused(holding(world, PURSE, pebbles=FEE - 1), PACT) is RefusalCode.PURSE
    assert refused(replace(world, turn=RULES.year - 1), WITHHOLD) is RefusalCode.YEAR_ENDS
    crowd = wood(patrons=OFFERS_MOST + 1)
    for number in range(OFFERS_MOST):
        crowd = admit(RULES, crowd, OfferLoan(f"p{number + 2}", PIP, 5, 1, 3))
    assert refused(crowd, WITHHOLD) is RefusalCode.LOAN_OFFERS


def test_no_promise_outlives_the_year() -> None:
    world = replace(wood(patrons=1), turn=RULES.year - 3)
    world, turn = answered(WITHHOLD, accept={PIP: True}, world=world)
    assert [pact.until for pact in world.pacts] == [turn.number + 2] == [RULES.year]


def test_what_others_use_costs_more() -> None:
    world = admit(RULES, wood(patrons=2), WITHHOLD)
    told = quote(RULES, world, replace(WITHHOLD, patron="p2", to=FENN))
    assert told.held == BRIBE * 125 // 100
    assert told.worst == told.held < told.limit
    assert quote(RULES, world, replace(PACT, patron="p2")).cost == FEE
    world = admit(RULES, world, replace(WITHHOLD, patron="p2", to=FENN))
    assert [offer.amount for offer in world.offers] == [BRIBE, told.held]


def test_a_patron_who_leaves_takes_offers_back_and_what_was_promised_is_kept() -> None:
    waiting = admit(
        RULES, admit(RULES, admit(RULES, wood(patrons=1), WITHHOLD), OfferPact("p1", FENN, Creature.OONA)), Leave("p1")
    )
    assert waiting.offers == ()
    assert waiting.held(escrow(PURSE), PEBBLES) == 0
    world, _ = answered(WITHHOLD, accept={PIP: True})
    gone, _ = step(RULES, world, SILENT, [Leave("p1")])
    assert gone.pacts == world.pacts


# What they do at the market


@MINDED
def test_what_is_withheld_is_sold_by_neither_habit_nor_mind(mind: str | None) -> None:
    free = play(wood(patrons=1), 6, MINDS["instinct"])[0]
    assert sales(stands(holding(free, PIP, berries=9), None))
    world = bound("withhold", holding(free, PIP, berries=9))
    for _ in range(BRIBE_TURNS):
        assert sales(stands(world, mind)) == []
        world, (turn,) = play(world, 1, MINDS[mind] if mind else None)
        assert not [trade for trade in turn.trades if trade.seller == PIP and trade.good is BERRIES]


def test_a_mind_that_forgets_its_promise_is_held_to_it() -> None:
    order = Order(Side.SELL, BERRIES, 5, 2)
    world = holding(bound("withhold"), PIP, berries=9)
    _, turn = step(RULES, world, deciding(PIP, order, Order(Side.BUY, Good.HONEY, 1, 1)))
    assert [(slip.order, slip.reason) for slip in turn.slips if slip.reason is SlipReason.BRIBED] == [
        (order, SlipReason.BRIBED)
    ]


@MINDED
def test_what_is_dumped_is_all_offered_cheap(mind: str | None) -> None:
    world = bound("dump", holding(play(wood(patrons=1), 6, MINDS["instinct"])[0], PIP, berries=9))
    opened = open_turn(RULES, world).world
    price = opened.references[BERRIES] * DUMP_PERCENT // (100 * CENTS)
    expected = Order(Side.SELL, BERRIES, max(1, price), opened.held(PIP, BERRIES))
    assert sales(stands(world, mind)) == [(Hand.BRIBE, expected)]


def test_a_run_goes_before_a_bribe() -> None:
    run = with_legend(Shock(ShockKind.RUN, Layer.SETTLEMENT, BERRIES, PIP, turns=2, strength=50))
    for what in ("dump", "withhold"):
        morning = open_turn(run, holding(bound(what), PIP, berries=9), [TRIAL])
        orders = standing_orders(run, morning.world, SILENT)[PIP]
        assert [hand for hand, _ in sales(orders)] == [Hand.DECREE]


@MINDED
def test_two_who_do_not_undercut_each_other_lift_what_they_ask(mind: str | None) -> None:
    free = at_usual_prices(holding(holding(wood(patrons=1), PIP, berries=9), FENN, mushrooms=9))
    world = bound("broker", free, FENN)
    opened = open_turn(RULES, world).world
    least = (opened.references[BERRIES] * BROKER_PERCENT + 5_000) // 10_000
    asked, plain = sales(stands(world, mind)), sales(stands(free, mind))
    assert [order.price for _, order in asked] == [max(least, order.price) for _, order in plain]
    assert [order.qty for _, order in asked] == [order.qty for _, order in plain], "lifted, not cut"
    dear = replace(world, references={**world.references, BERRIES: 2 * world.references[BERRIES]})
    assert sales(stands(dear, None)) == sales(stands(replace(dear, pacts=()), None)), "it is dear enough"


@pytest.mark.parametrize("mind", [None, "instinct", "random", "contrarian"])
@pytest.mark.parametrize(("what", "way"), [("withhold", 1), ("dump", -1), ("broker", 1)])
def test_each_moves_its_price_its_way_under_every_mind(mind: str | None, what: str, way: int) -> None:
    """The mean over seeds of the farthest that a price is from that of the same wood without the promise."""
    moved = 0
    for seed in range(6):
        answer = MINDS[mind] if mind else None
        free = play(wood(seed, patrons=1), 9, answer)[0]
        kept = bound(what, free, FENN if what == "broker" else None)
        gaps = []
        for _ in range(5):
            (free, _), (kept, _) = play(free, 1, answer), play(kept, 1, answer)
            gaps.append(kept.references[BERRIES] * 100 // free.references[BERRIES] - 100)
        moved += max(gaps, key=abs)
    assert moved * way > 6 * 3


# Who knows


def _hidden(world: World) -> World:
    return replace(world, pacts=())


@pytest.mark.parametrize("what", ["withhold", "dump", "broker"])
def test_a_promise_is_in_no_view_but_its_own(what: str) -> None:
    world = bound(what, partner=FENN if what == "broker" else None)
    with_it, without = (observe(RULES, open_turn(RULES, each).world) for each in (world, _hidden(world)))
    keepers = {PIP, FENN} if what == "broker" else {PIP}
    assert {who for who in CREATURES if with_it[who] != without[who]} == keepers
    (promise,) = with_it[PIP].promises
    assert (promise.what, promise.partner) == (Deal(what), "Fenn" if what == "broker" else "")
    assert promise.patron == f"the patron {world.patrons['p1'].alias}"
    assert (BERRIES in with_it[PIP].spare) is (what != "withhold" and BERRIES in without[PIP].spare)


def test_that_a_seller_was_bribed_is_seen_on_no_tape() -> None:
    world = bound("dump", holding(play(wood(patrons=1), 6, MINDS["instinct"])[0], PIP, berries=9))
    world, turn = step(RULES, world, SILENT)
    assert [trade for trade in turn.trades if trade.seller_hand is Hand.BRIBE]
    views = observe(RULES, open_turn(RULES, world).world)
    for view in views.values():
        assert len(view.tape) == len(turn.trades)
        assert "bribe" not in repr(view.tape)


def test_offers_and_what_becomes_of_them_are_between_two() -> None:
    morning = open_turn(RULES, wood(patrons=2), [WITHHOLD, replace(PACT, patron="p2", one=Creature.OONA)])
    views = observe(RULES, morning.world)
    assert {who: [offer.what for offer in view.offers] for who, view in views.items() if view.offers} == {
        Creature.OONA: [Deal.BROKER],
        FENN: [Deal.BROKER],
        PIP: [Deal.WITHHOLD],
    }
    assert (views[FENN].offers[0].partner, views[Creature.OONA].offers[0].partner) == ("Oona", "Fenn")
    for accept in (True, False):
        _, turn = answered(WITHHOLD, PACT, accept=dict.fromkeys(CREATURES, accept))
        mine = [event for event in turn.events if event.data and ({"what", "partner"} & event.data.keys())]
        assert mine
        assert {event.to for event in mine} == {"p1"}


# Minds


def bribe(what: Literal["withhold", "dump"] = "withhold", **changes: object) -> Offered:
    return replace(Offered(7, "the patron Alder", BRIBE, 0, BRIBE_TURNS, Deal(what)), **changes)  # type: ignore[arg-type]


def full() -> View:
    """Oona with a store and a purse that make a bribe poor pay."""
    return make_view(offers=(), store={**make_view().store, Good.HONEY: 6}, purse=60)


def test_instinct_weighs_money_and_feelings() -> None:
    assert not sensible(full(), bribe())
    assert sensible(full(), bribe(amount=90))
    assert sensible(full(), bribe(feeling=4))
    assert not sensible(full(), bribe(amount=90, feeling=-4))
    assert sensible(replace(full(), purse=3), bribe()), "one who is poor is past scruples"
    generous = replace(full(), temper=replace(full().temper, generosity=95))
    assert sensible(full(), bribe(amount=80))
    assert not sensible(generous, bribe(amount=80))


def test_a_contrarian_goes_against_friend_and_fashion() -> None:
    dear, cheap = (replace(full(), references={**full().references, Good.HONEY: price}) for price in (1_000, 600))
    assert perverse(cheap, bribe("withhold"))
    assert not perverse(dear, bribe("withhold"))
    assert perverse(dear, bribe("dump"))
    assert not perverse(cheap, bribe("dump"))
    assert perverse(dear, bribe("withhold", feeling=-4))
    assert not perverse(dear, bribe("dump", feeling=4))


@pytest.mark.parametrize("mind", MINDS)
def test_every_mind_agrees_at_times_and_at_times_does_not(mind: str) -> None:
    agreed = {"loan": set[bool](), "bribe": set[bool](), "broker": set[bool]()}
    for seed in range(12):
        world, _ = play(wood(seed, patrons=3), 4 + seed, MINDS[mind])
        loan, bribe, pact = OfferLoan("p1", PIP, 20, 4, 8), replace(WITHHOLD, patron="p2"), replace(PACT, patron="p3")
        after, _ = play(world, 1, MINDS[mind], {world.turn + 1: [loan, bribe, pact]})
        agreed["loan"].add(bool(after.loans))
        for what in ("bribe", "broker"):
            agreed[what].add(any((pact.what == "broker") is (what == "broker") for pact in after.pacts))
    assert agreed["loan"] == agreed["bribe"] == {True, False}
    assert True in agreed["broker"] or mind != "random"


def test_a_year_of_deals_keeps_every_law() -> None:
    world = wood(3, patrons=3)
    with watched_ledger() as postings:
        while world.turn < RULES.year + 2:
            now = world.turn + 1
            who, other = CREATURES[now % 5], CREATURES[(now + 2) % 5]
            made: list[Intervention] = [
                OfferLoan("p1", who, 15, 3, 1 + now % 9),
                OfferBribe("p2", other, "dump" if now % 2 else "withhold"),
                OfferPact("p3", who, other),
            ]
            world = holding(world, "patron:p2", pebbles=60)
            world = holding(world, "patron:p3", pebbles=60)
            morning = open_turn(RULES, world, made)
            world, turn = close_turn(RULES, morning, decide(MINDS["random"], morning, now))
            check_turn(RULES, morning, world, turn)
    reasons = {posting.reason for posting in postings}
    assert {"offered", "offer returned", "lent", "repaid", "bribed", "broker"} <= reasons
