"""The eight shock primitives: how a legend acts on a wood, turn by turn. See :class:`wood.rules.ShockKind`."""

from dataclasses import replace
from typing import Final

from wood.cards import survive
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.names import CREATURES, FIREWOOD, GOODS, HARVEST, MINT, PEBBLES, ROT, STRANGER, TABLE, Creature, Good
from wood.rules import Healing, Layer, Legend, MarketRule, Rules, Shock, ShockKind
from wood.world import Hearsay, Loan, ShockInForce, World

UNLOADING: Final = 2
"""Turns after its end in which a corner's stranger throws what it holds on the market."""


Acting = list[tuple[Shock, int]]
"""Settlement shocks in force, each with its age: the turns since its start."""


def lifetime(shock: Shock) -> int:
    """Turns from a shock's start until nothing of it is left."""
    tail = UNLOADING if shock.kind is ShockKind.CORNER else 0
    return max(shock.turns + tail, len(shock.decree), shock.hold)


def strength(shock: Shock, age: int) -> int:
    """Strength of a shock ``age`` turns (0 or more) after its start, healed as it says; 0 once over."""
    if age >= shock.turns:
        return 0
    if shock.healing is Healing.LINEAR:
        return _toward_zero(shock.strength * (shock.turns - age), shock.turns)
    if shock.healing is Healing.HALF:
        return _toward_zero(shock.strength, 2**age)
    return shock.strength


def _toward_zero(a: int, b: int) -> int:
    return a // b if a >= 0 else -(-a // b)


def begin(draft: Draft, legend: Legend) -> None:
    """Let a legend's shocks run from the open turn on."""
    draft.shocks.extend(ShockInForce(legend.slug, i, draft.now + s.delay) for i, s in enumerate(legend.shocks))


def in_force(rules: Rules, world: World | Draft, now: int) -> Acting:
    """List the settlement shocks that have begun, with their age in turns, in the order their legends were told."""
    return [
        (shock, now - standing.start)
        for standing in world.shocks
        if standing.start <= now
        and (shock := rules.legends[standing.legend].shocks[standing.index]).layer is Layer.SETTLEMENT
    ]


def dawn(draft: Draft) -> None:
    """Start the shocks whose turn has come, tell their words, and let windfalls, tolls and credit land."""
    for standing in draft.shocks:
        if standing.start != draft.now:
            continue
        shock = draft.rules.legends[standing.legend].shocks[standing.index]
        draft.tell(EventKind.SHOCK, standing.legend, kind=shock.kind.value, good=shock.good)
        if shock.text:
            hears = (shock.creature,) if shock.creature and shock.layer is Layer.HEARSAY else CREATURES
            key = f"{standing.legend}/{standing.index}"
            draft.said.append(Hearsay("", "", "news", key, shock.good, shock.leaning, 100, 0, hears))
        if shock.units and shock.good and shock.layer is Layer.SETTLEMENT:
            for creature in _whom(shock):
                room = draft.rules.goods[shock.good].capacity - draft.ledger.held(creature, shock.good)
                units = max(0, min(shock.units, room))
                draft.ledger.move(HARVEST, creature, shock.good, units, "windfall")
                draft.tell(EventKind.WINDFALL, creature, good=shock.good, units=units)
    for shock, age in in_force(draft.rules, draft, draft.now):
        if shock.kind is ShockKind.MONEY:
            _money(draft, shock, strength(shock, age))
        elif shock.kind is ShockKind.CREDIT and age == 0:
            _credit(draft, shock)


def _whom(shock: Shock) -> tuple[Creature, ...]:
    """Whom a shock acts on: its creature, or everyone."""
    return (shock.creature,) if shock.creature else CREATURES


def _money(draft: Draft, shock: Shock, pebbles: int) -> None:
    for creature in _whom(shock):
        if pebbles >= 0:
            draft.ledger.move(MINT, creature, PEBBLES, pebbles, "money")
            moved = pebbles
        else:
            moved = -min(-pebbles, draft.purse(creature))
            draft.ledger.move(creature, "fines", PEBBLES, -moved, "toll")
        if moved:
            draft.tell(EventKind.MONEY, creature, pebbles=moved)


def _credit(draft: Draft, shock: Shock) -> None:
    """Lend from the Mint until the shock's last turn, or call what is owed that many turns early."""
    borrowers = _whom(shock)
    if shock.strength < 0:
        draft.loans = [
            replace(loan, due=max(draft.now, loan.due + shock.strength)) if loan.borrower in borrowers else loan
            for loan in draft.loans
        ]
        return
    due = draft.now + shock.turns - 1
    for creature in borrowers:
        draft.ledger.move(MINT, creature, PEBBLES, shock.strength, "credit")
        draft.loans.append(Loan(MINT, creature, shock.strength, due))
        draft.tell(EventKind.LOAN, creature, amount=shock.strength, owed=shock.strength, due=due, lender=MINT)


def harvest_percent(acting: Acting, good: Good) -> int:
    """Per cent of its usual harvest that a good yields on a turn, never below 0."""
    percent = 100
    for shock, age in acting:
        if shock.kind is ShockKind.SUPPLY and shock.good is good:
            percent = percent * (100 + strength(shock, age)) // 100
    return max(0, percent)


def firewood_percent(acting: Acting) -> int:
    """Per cent of its usual firewood that a hearth asks for on a turn."""
    percent = 100
    for shock, age in acting:
        if shock.kind is ShockKind.DEMAND and shock.good is FIREWOOD:
            percent = percent * (100 + strength(shock, age)) // 100
    return max(0, percent)


def forced_sales(acting: Acting, creature: Creature) -> dict[Good, int]:
    """Per cent of its stock of each good that runs make a creature offer at any price; the worst run counts."""
    shares: dict[Good, int] = {}
    for shock, age in acting:
        if shock.kind is ShockKind.RUN and shock.good is not None and shock.creature in {None, creature}:
            shares[shock.good] = min(100, max(strength(shock, age), shares.get(shock.good, 0)))
    return shares


def strangers(acting: Acting, good: Good) -> tuple[int, int, bool]:
    """What outsiders want of a good on a turn: (units for their own table, units to corner, whether they unload)."""
    wanted = cornered = 0
    unloads = False
    for shock, age in acting:
        if shock.good is not good:
            continue
        if shock.kind is ShockKind.DEMAND:
            wanted += max(0, strength(shock, age)) if good is not FIREWOOD else 0
        elif shock.kind is ShockKind.CORNER:
            cornered += max(0, strength(shock, age))
            unloads = unloads or shock.turns <= age < shock.turns + UNLOADING
    return wanted, cornered, unloads


def market_rules(acting: Acting, good: Good) -> dict[MarketRule, int]:
    """Rules of the market that legends have changed for a good on a turn, with their figures; the strictest wins."""
    changed: dict[MarketRule, int] = {}
    for shock, age in acting:
        if shock.good is not good or shock.rule is None or age >= shock.turns:
            continue
        known = changed.get(shock.rule)
        strictest = max if shock.rule is MarketRule.FLOOR else min
        changed[shock.rule] = shock.strength if known is None else strictest(known, shock.strength)
    return changed


def decrees(acting: Acting) -> list[tuple[Good, int]]:
    """List the moves decreed for a turn, in per cent of the reference price, in the order the legends were told."""
    return [
        (shock.good, shock.decree[age]) for shock, age in acting if shock.good is not None and age < len(shock.decree)
    ]


def holds(acting: Acting) -> dict[Good, int]:
    """Goods whose decree drift may not undo on a turn: 1 it may not fall, -1 it may not rise, 0 it may not move."""
    held: dict[Good, int] = {}
    for shock, age in acting:
        if shock.good is None or age >= shock.hold:
            continue
        sign = 1 if sum(shock.decree) > 0 else -1
        held[shock.good] = sign if held.get(shock.good, sign) == sign else 0
    return held


def retire(draft: Draft) -> None:
    """Drop the shocks that have nothing left to do, and send home the strangers whom none of them keeps here."""
    if draft.shocks:
        _drop(draft)
    brought = draft.ledger.on(STRANGER)
    if not any(brought.values()):
        return
    acting = in_force(draft.rules, draft, draft.now)
    kept = {shock.good for shock, _ in acting if shock.kind is ShockKind.CORNER}
    for good in GOODS:
        if good not in kept:
            draft.ledger.move(STRANGER, ROT, good, draft.ledger.held(STRANGER, good), "carried off")
    draft.ledger.move(STRANGER, MINT, PEBBLES, draft.purse(STRANGER), "stranger leaves")


def _drop(draft: Draft) -> None:
    """Drop the shocks that have nothing left to do; who lived through a legend has its card."""
    shocks = [draft.rules.legends[standing.legend].shocks[standing.index] for standing in draft.shocks]
    before = {standing.legend for standing in draft.shocks}
    draft.shocks = [
        standing
        for standing, shock in zip(draft.shocks, shocks, strict=True)
        if standing.start + lifetime(shock) > draft.now + 1
    ]
    passed = before - {standing.legend for standing in draft.shocks}
    survive(draft, sorted(slug for slug in passed if slug in draft.album))


def consume(draft: Draft, good: Good, wanted: int) -> None:
    """Let strangers eat what they came for."""
    draft.ledger.move(STRANGER, TABLE, good, min(wanted, draft.ledger.held(STRANGER, good)), "carried")
