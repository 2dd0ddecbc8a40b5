"""The laws of the wood as checks that raise, and a watch on every posting of its ledger."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from wood.belief import MOST as MOST_BELIEVED
from wood.belief import STALE_FOR
from wood.bourse import EACH, RESERVE, promised
from wood.chronicle import Turn
from wood.drift import LOWEST
from wood.foresight import SOON
from wood.ledger import Posting, audit, journal
from wood.memory import MOST as MOST_REMEMBERED
from wood.mood import FLOOR, MOST
from wood.moves.base import BREATH_MAX, DEMAND_TURNS
from wood.moves.bourse import POSITIONS_MOST, STAKES
from wood.moves.foresight import SHOCK_SIGHT
from wood.moves.legend import HAND_MOST, LEGEND_BREATH
from wood.moves.rumor import WAGERS
from wood.names import (
    BOURSE,
    BOWL,
    CREATURES,
    GOODS,
    MAGISTRATE,
    MARGIN,
    MINT,
    PEBBLES,
    SINKS,
    SOURCES,
    STRANGER,
    Good,
    Hand,
    escrow,
    warehouse,
)
from wood.observe import observe
from wood.offers import OFFERS_MOST
from wood.orders import MAX_PRICE
from wood.prophecy import PER_MILLE
from wood.rules import Rules
from wood.season import COURSE_EVERY, TITLES_KEPT
from wood.stakes import FILE_MOST
from wood.turn import Morning
from wood.wagers import PATIENCE
from wood.world import World

_CREATURE: Final = "|".join(CREATURES)
_PATRON: Final = r"patron:p[1-9]\d*"
_GOOD: Final = "|".join(GOODS)
_WAREHOUSE: Final = f"warehouse:({_GOOD})"
_TRADER: Final = f"{_CREATURE}|stranger|{_WAREHOUSE}"


def _shape(source: str, target: str, asset: str = PEBBLES) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(source), re.compile(target), re.compile(asset)


POSTINGS: Final = {
    # Sources and sinks, by name.
    "founding": _shape("mint|harvest", _CREATURE, f"{PEBBLES}|{_GOOD}"),
    "harvest": _shape("harvest", _CREATURE, _GOOD),
    "windfall": _shape("harvest", _CREATURE, _GOOD),
    "idle": _shape(_PATRON, "fines"),
    "counted": _shape(_PATRON, "mint"),
    "new year": _shape("mint", _PATRON),
    "court closed": _shape("magistrate", "fines"),
    "reserve": _shape("mint", "bourse"),
    "reserve returned": _shape("bourse", "mint"),
    "joining": _shape("mint", _PATRON),
    "leaving": _shape(_PATRON, "mint"),
    "money": _shape("mint", _CREATURE),
    "credit": _shape("mint", _CREATURE),
    "toll": _shape(_CREATURE, "fines"),
    "whisper": _shape(_PATRON, "fines"),
    "position": _shape(_PATRON, "fines"),
    "foresight": _shape(_PATRON, "fines"),
    "denounce": _shape(_PATRON, "magistrate"),
    "fined": _shape(_PATRON, "magistrate"),
    "bounty": _shape("magistrate", _PATRON),
    "eaten": _shape(_CREATURE, "table", _GOOD),
    "burned": _shape(_CREATURE, "hearth", "firewood"),
    "rotted": _shape(f"{_CREATURE}|{_WAREHOUSE}", "rot", _GOOD),
    "stranger comes": _shape("mint", "stranger"),
    "stranger leaves": _shape("stranger", "mint"),
    "carried": _shape("stranger", "table", _GOOD),
    "carried off": _shape("stranger", "rot", _GOOD),
    # What only changes hands.
    "escrow": _shape(_TRADER, f"escrow:({_TRADER})", f"{PEBBLES}|{_GOOD}"),
    "escrow returned": _shape(f"escrow:({_TRADER})", _TRADER, f"{PEBBLES}|{_GOOD}"),
    "paid": _shape(f"escrow:({_TRADER})", _TRADER),
    "delivered": _shape(f"escrow:({_TRADER})", _TRADER, _GOOD),
    "bowl": _shape(_CREATURE, "bowl"),
    "shared": _shape("bowl", _CREATURE),
    "tithe": _shape("bowl", "fines"),
    "alms": _shape("mint", "bowl"),
    "offered": _shape(_PATRON, f"escrow:{_PATRON}"),
    "bribed": _shape(f"escrow:{_PATRON}", _CREATURE),
    "broker": _shape(_PATRON, "fines"),
    "offer returned": _shape(f"escrow:{_PATRON}", _PATRON),
    "lent": _shape(f"escrow:{_PATRON}", _CREATURE),
    # A corner: its budget, what it paid and got, what rotted, and what is left of it.
    "cornering": _shape(_PATRON, _WAREHOUSE),
    "corner": _shape(_PATRON, "fines"),
    "uncornered": _shape(_WAREHOUSE, f"mint|{_PATRON}"),
    "unsold": _shape(_WAREHOUSE, "rot", _GOOD),
    "staked": _shape(_PATRON, "margin"),
    "stake returned": _shape("margin", _PATRON),
    "margin": _shape(_PATRON, "margin"),
    "margin returned": _shape("margin", _PATRON),
    "lost to the bourse": _shape("margin", "bourse"),
    "won from the bourse": _shape("bourse", _PATRON),
    "repaid": _shape(_CREATURE, f"mint|{_PATRON}"),
}
"""Every reason for which anything may move: from what account, to what account, which asset."""


class Reserve:
    """What the Bourse has lost since a year's beginning, which its stated reserve bounds.

    Stated are so many pebbles of the Mint's, and as many more for each patron who was there in the year, also for who
    has left again.
    """

    def __init__(self) -> None:
        self.lost = 0

    def check(self, rules: Rules, postings: Iterable[Posting], world: World) -> None:
        """See what the postings of a turn add to it, and the world that they left."""
        year_began = (world.turn - 1) // rules.year * rules.year
        here = [patron for patron in world.patrons.values() if patron.present or patron.left > year_began]
        stated = RESERVE + EACH * len(here)
        for posting in postings:
            if BOURSE in {posting.source, posting.target} and MINT not in {posting.source, posting.target}:
                self.lost += posting.amount if posting.source == BOURSE else -posting.amount
            assert self.lost <= stated, "the Bourse lost more than its stated reserve"
        held = world.held(BOURSE, PEBBLES)
        if world.turn % rules.year == 0:
            self.lost = 0
            assert held == RESERVE + EACH * sum(patron.present for patron in here), "not refilled"
        assert held <= stated - self.lost


@contextmanager
def watched_ledger() -> Iterator[list[Posting]]:
    """Collect every posting, and fail on one that no rule names."""
    with journal() as postings:
        yield postings
    for source, target, asset, _, reason in postings:
        assert reason in POSTINGS, f"no rule names {reason!r}"
        shapes = zip(POSTINGS[reason], (source, target, asset), strict=True)
        assert all(shape.fullmatch(name) for shape, name in shapes), (source, target, asset, reason)
        if reason in {"escrow", "escrow returned", "offer returned"}:
            assert {source, target} in ({source, escrow(source)}, {target, escrow(target)})


def check_world(rules: Rules, world: World) -> None:
    """What holds in any world, open or closed."""
    audit(world.accounts)
    patrons = {f"patron:{key}" for key in world.patrons}
    holders = {*CREATURES, *patrons, BOWL, STRANGER, BOURSE, MARGIN, MAGISTRATE, *map(warehouse, GOODS)}
    assert set(world.accounts) <= {*SOURCES, *SINKS, *holders, *map(escrow, holders)}
    for account, assets in world.accounts.items():
        assert account in SOURCES or min(assets.values()) > 0
    assert min(world.references.values()) >= LOWEST
    _check_minds(world)
    _check_prophets(world)
    _check_bourse(world)
    _check_stakes(rules, world)
    _check_files(rules, world)
    for creature in CREATURES:
        assert FLOOR <= world.moods[creature] <= MOST
        assert creature not in world.trust[creature]
        assert all(0 <= trust <= 100 for trust in world.trust[creature].values())
        assert all(-20 <= feeling <= 20 and feeling for feeling in world.feelings[creature].values())
    hands = [card for patron in world.patrons.values() for card in patron.hand]
    cards = [*hands, *world.deck]
    assert len(cards) == len(set(cards)), "a card is in two places"
    assert set(cards) <= set(rules.deck)
    for patron in world.patrons.values():
        assert 0 <= patron.breath <= BREATH_MAX
        assert len(patron.hand) <= HAND_MOST
        assert patron.present or not (patron.hand or world.held(f"patron:{patron.key}", PEBBLES))
    if world.pool:
        assert 1 <= world.pool.gathered <= LEGEND_BREATH
        assert world.pool.legend in world.patrons[world.pool.owner].hand
    offered = dict.fromkeys(world.patrons, 0)
    for offer in world.offers:
        offered[offer.patron] += offer.amount
    assert all(world.held(escrow(f"patron:{key}"), PEBBLES) == amount for key, amount in offered.items())


def _check_minds(world: World) -> None:
    """What creatures believe, heard and remember: bounded, in canonical order, and nothing that says nothing."""
    subjects = {*GOODS, *CREATURES}
    for creature in CREATURES:
        beliefs, echoes, memories = world.beliefs[creature], world.echoes[creature], world.memories[creature]
        assert set(beliefs) <= subjects - {creature}
        assert list(beliefs) == sorted(beliefs)
        assert all(-MOST_BELIEVED <= points <= MOST_BELIEVED and points for points in beliefs.values())
        assert all(re.fullmatch(rf"({_GOOD}|{_CREATURE})/-?1", key) for key in echoes)
        for heard in echoes.values():
            assert heard.quarters > 0
            assert world.turn - STALE_FOR < heard.last <= world.turn + 1
        assert len(memories) <= MOST_REMEMBERED
        assert [memory.weight for memory in memories] == sorted((m.weight for m in memories), reverse=True)
        assert len({(memory.deed, memory.who, memory.good) for memory in memories}) == len(memories)
        for memory in memories:
            assert 1 <= memory.weight <= 100
            assert memory.who in {*CREATURES, *world.patrons} - {creature}
            assert memory.turn <= world.turn + 1
    for rows in (world.beliefs, world.echoes, world.memories, world.lately):
        assert tuple(rows) == CREATURES, "not in canonical order"


def _check_bourse(world: World) -> None:
    """The Bourse holds what it could owe, stakes lie where they should, and nobody has more than the rules allow."""
    assert promised(world) <= world.held(BOURSE, PEBBLES)
    margins = sum(position.margin for position in world.positions)
    assert world.held(MARGIN, PEBBLES) == margins + sum(wager.stake for wager in world.wagers)
    stand = [(position.patron, position.good) for position in world.positions]
    assert len(stand) == len(set(stand))
    for key in world.patrons:
        assert sum(patron == key for patron, _ in stand) <= POSITIONS_MOST
    for position in world.positions:
        assert world.patrons[position.patron].present
        assert position.margin >= position.stake >= STAKES[0]
        assert position.due > world.turn


def _check_stakes(rules: Rules, world: World) -> None:
    """Wagers, offers, corners and the prices of moves: bounded, and of patrons who are there."""
    now = world.turn + 1
    staked = [(wager.patron, wager.good) for wager in world.wagers]
    assert len(staked) == len(set(staked)), "two stakes on one good"
    for wager in world.wagers:
        assert world.patrons[wager.patron].present
        assert WAGERS[0] <= wager.stake <= WAGERS[1]
        assert wager.said <= now <= wager.due + PATIENCE + 1
        assert wager.chance is None or 0 < wager.chance < PER_MILLE
        assert (wager.said - 1) // rules.year == (wager.due - 1) // rules.year, "judged in another year"
    for creature in CREATURES:
        assert sum(offer.to is creature for offer in world.offers) <= OFFERS_MOST
    assert all(world.patrons[offer.patron].present for offer in world.offers)
    assert all(pact.patron in world.patrons for pact in world.pacts)
    for which in ([corner.good for corner in world.corners], [corner.patron for corner in world.corners]):
        assert len(which) == len(set(which)), "two corners in one good, or of one patron"
    stored = {account for account in world.accounts if account.startswith("warehouse:")}
    assert stored <= {warehouse(corner.good) for corner in world.corners}
    for turns in world.uses.values():
        assert turns
        assert list(turns) == sorted(turns)
        assert turns[-1] - DEMAND_TURNS < turns[0] <= turns[-1] <= now
    assert list(world.uses) == sorted(world.uses)


def _check_prophets(world: World) -> None:
    """Chances of claims and calls, and the records of those who made them."""
    assert all(claim.due > world.turn for claim in world.claims)
    assert all(call.due > world.turn for call in world.calls)
    assert len({call.caller for call in world.calls}) == len(world.calls)
    chances = [*(made.chance for made in world.claims), *(call.chance for call in world.calls)]
    assert all(0 < chance < PER_MILLE for chance in chances if chance is not None)
    for record in (*world.callers.values(), *(patron.prophecy for patron in world.patrons.values())):
        assert 0 <= record.streak <= record.right <= record.said
        assert 0 <= record.expected <= PER_MILLE * record.said
        assert record.score == PER_MILLE * record.right - record.expected


def _check_files(rules: Rules, world: World) -> None:
    """What the Magistrate has open, and what patrons hold of glimpses, deeds and heat."""
    assert len({case.patron for case in world.cases}) == len(world.cases), "two files on one patron"
    for case in world.cases:
        assert case.opened <= world.turn + 1 <= case.due + 1
        assert (case.opened - 1) // rules.year == (case.due - 1) // rules.year, "heard in another year"
        assert case.accuser != case.patron
    year_began = world.turn // rules.year * rules.year
    for patron in world.patrons.values():
        assert 0 <= patron.heat <= patron.peak
        assert len(patron.file) <= FILE_MOST
        turns = [entry.turn for entry in patron.file]
        assert turns == sorted(turns)
        assert not turns or turns[-1] <= world.turn + 1
        assert not (patron.present and turns) or turns[0] > year_began, "a deed of last year's"
        assert all(entry.heat >= 0 for entry in patron.file)
        assert len({tip.turn for tip in patron.tips}) == len(patron.tips), "two glimpses in one turn"
        assert all(tip.due + SOON > world.turn for tip in patron.tips)
        assert all(tip.turn <= world.turn + 1 for tip in patron.tips)
        assert len(patron.tips) <= SHOCK_SIGHT + SOON + 1
        assert max(patron.blocked, patron.exiled) <= year_began + rules.year
        assert len(patron.course) <= rules.year // COURSE_EVERY
        assert len(patron.career.titles) <= TITLES_KEPT
        assert len({card.legend for card in patron.cards}) == len(patron.cards) <= len(rules.legends)


def check_turn(rules: Rules, morning: Morning, world: World, turn: Turn) -> None:
    """What holds at the end of a turn, and of its record."""
    check_world(rules, world)
    assert not any(account.startswith("escrow:") for account in world.accounts)
    assert not world.offers
    assert all(each.chance is not None for each in world.calls)
    assert all(each.chance is not None for each in world.claims if each.speaker in world.patrons)
    assert all((loan.due > world.turn or loan.late) and loan.owed >= 0 for loan in world.loans)
    assert all(world.patrons[case.patron].present for case in world.cases)
    assert all(wager.chance is not None and wager.due > world.turn - PATIENCE for wager in world.wagers)
    assert world.turn % rules.year or not (world.positions or world.wagers or world.cases or world.pacts)
    assert all(pact.until > world.turn for pact in world.pacts)
    bound = [who for pact in world.pacts for who in (pact.creature, pact.partner) if who]
    assert len(bound) == len(set(bound)), "a creature keeps two promises"
    assert world.chain == turn.hash
    for good in GOODS:
        _check_market(rules, morning, turn, good)
    for creature in CREATURES:
        assert turn.purses[creature] == world.held(creature, PEBBLES)
        assert turn.stores[creature] == {good: world.held(creature, good) for good in GOODS}
    views = observe(rules, world)
    assert [view.creature for view in views.values()] == list(CREATURES)


def _check_market(rules: Rules, morning: Morning, turn: Turn, good: Good) -> None:
    auction = turn.auctions[good]
    trades = [trade for trade in turn.trades if trade.good is good]
    buyers = {trade.buyer for trade in trades}
    sellers = {trade.seller for trade in trades}
    assert not buyers & sellers, "somebody stood on both sides"
    assert {trade.price for trade in trades} == ({auction.price} if trades else set())
    assert sum(trade.qty for trade in trades) == auction.volume <= min(auction.demand, auction.supply)
    for creature in CREATURES:
        bought = sum(trade.qty for trade in trades if trade.buyer == creature)
        sold = sum(trade.qty for trade in trades if trade.seller == creature)
        assert not (bought and rules.creatures[creature].makes is good), f"{creature} bought what it makes"
        assert sold <= morning.world.held(creature, good), f"{creature} sold what it had not"
    for trade in trades:
        assert trade.qty > 0
        assert 1 <= trade.price <= MAX_PRICE or Hand.STRANGER in {trade.buyer_hand, trade.seller_hand}
