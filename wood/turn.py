"""The turn: its morning (dawn, harvest, word), and its day (market to chronicle)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wood.calendar import date_of
from wood.chance import below
from wood.chronicle import Event, EventKind, Turn, seal
from wood.draft import Draft
from wood.drift import drift
from wood.exchange import trade
from wood.hearsay import cool, judge, say, word
from wood.household import GOOD_MEAL, TREAT, cheapness, firewood_need, meal
from wood.moves import Intervention, TellLegend
from wood.moves.base import breathe
from wood.moves.legend import gather
from wood.moves.loan import answer, collect
from wood.names import (
    BOWL,
    CENTS,
    CREATURES,
    FIREWOOD,
    FOODS,
    GOODS,
    HARVEST,
    HEARTH,
    PEBBLES,
    ROT,
    TABLE,
    Creature,
    Good,
    Season,
)
from wood.orders import MAX_GOSSIP, Auction, Decision, Slip
from wood.ranking import end_year
from wood.refusal import Refusal
from wood.rules import Rules
from wood.settlement import decree
from wood.shocks import dawn, harvest_percent, in_force, retire
from wood.world import World

BOWL_ABOVE: Final = 40
BOWL_SHARE: Final = (2, 7)
MOOD_SHARE: Final = 4
MOOD_FLOOR: Final = 1000
MOOD_MOST: Final = 10_000
MEAL_MOODS: Final = (2500, 5000, 8000, 8500)
COLD_MOOD: Final = 1500
LOG_MOOD: Final = 1000


@dataclass(frozen=True, slots=True)
class Morning:
    """A wood whose turn is open: harvested and spoken to, waiting for its creatures' decisions."""

    world: World
    events: tuple[Event, ...]
    flows: Mapping[str, int]


def open_turn(rules: Rules, world: World, interventions: Sequence[Intervention] = ()) -> Morning:
    """Admit interventions in their order, then dawn, harvest and word. Refused ones become private events."""
    draft = Draft(rules, world)
    _open(draft, interventions)
    return Morning(draft.freeze(), tuple(draft.events), draft.ledger.flows)


def close_turn(rules: Rules, morning: Morning, decisions: Mapping[Creature, Decision | None]) -> tuple[World, Turn]:
    """Market, settlement, hearth and table, rot, bowl, mood, drift, chronicle.

    A creature missing from ``decisions``, or mapped to None, has a turn without decisions.
    """
    return _close(Draft(rules, morning.world, morning.events, morning.flows), decisions)


def step(
    rules: Rules,
    world: World,
    decisions: Mapping[Creature, Decision | None],
    interventions: Sequence[Intervention] = (),
) -> tuple[World, Turn]:
    """One whole turn, as :func:`close_turn` of :func:`open_turn`, for decisions that need no look at the morning."""
    draft = Draft(rules, world)
    _open(draft, interventions)
    return _close(draft, decisions)


def _open(draft: Draft, interventions: Sequence[Intervention]) -> None:
    for intervention in interventions:
        try:
            intervention.admit(draft)
        except Refusal as refusal:
            patron = None if isinstance(intervention, TellLegend) else intervention.patron
            told = {"action": intervention.kind, "code": refusal.code.value, "facts": dict(refusal.facts)}
            draft.tell(EventKind.REFUSED, patron or "", to=patron or "storyteller", **told)
    gather(draft)
    dawn(draft)
    _harvest(draft)
    word(draft)


def _close(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> tuple[World, Turn]:
    draft.yesterday = dict(draft.references)
    for creature in CREATURES:
        decision = decisions.get(creature)
        if decision and decision.gossip:
            say(draft, creature, decision.gossip[:MAX_GOSSIP])
    need = firewood_need(draft.rules, draft, draft.now)
    day = trade(draft, decisions, need)
    draft.tape = day.trades
    answer(draft, decisions)
    decree(draft)
    collect(draft)
    supply = sum(draft.ledger.held(creature, FIREWOOD) for creature in CREATURES)
    missing, kinds = _hearth_and_table(draft, need)
    _rot(draft)
    _bowl(draft)
    _mood(draft, kinds, missing)
    drift(draft, day.auctions, _cold_that_could_pay(draft, day.waiting, missing))
    judge(draft)
    cool(draft)
    breathe(draft)
    retire(draft)
    return _chronicle(draft, day.auctions, day.slips, kinds, (need * len(CREATURES), supply))


def _harvest(draft: Draft) -> None:
    """Every creature makes its good, by the season's weather and any legend, until its own store is full."""
    date = date_of(draft.rules, draft.now)
    season = date.season.season
    weather = _weather(draft.seed, date.year, season)
    if date.day == 1:
        draft.tell(EventKind.WEATHER, season, weather={good.value: weather[good] for good in GOODS})
    acting = in_force(draft.rules, draft, draft.now)
    for creature in CREATURES:
        rule = draft.rules.creatures[creature]
        good = rule.makes
        percent = harvest_percent(acting, good)
        grown = max(0, rule.harvest + CENTS * weather[good]) * percent // 100
        units, part = divmod(grown, CENTS)
        if part and below(CENTS, draft.seed, draft.now, "harvest", creature) < part:
            units += 1
        room = max(0, draft.rules.goods[good].capacity - draft.ledger.held(creature, good))
        draft.ledger.move(HARVEST, creature, good, min(units, room), "harvest")


@lru_cache(maxsize=256)
def _weather(seed: int, year: int, season: Season) -> Mapping[Good, int]:
    """Draw a season's weather for each good: -1, 0 or 1."""
    return {good: below(3, seed, year, "weather", season, good) - 1 for good in GOODS}


def _hearth_and_table(draft: Draft, need: int) -> tuple[dict[Creature, int], dict[Creature, int]]:
    """Burn and eat; answers the logs each creature missed and the kinds of food it ate."""
    missing: dict[Creature, int] = {}
    kinds: dict[Creature, int] = {}
    ledger = draft.ledger
    foods = cheapness(draft.rules, draft.references)
    for creature in CREATURES:
        burned = min(need, ledger.held(creature, FIREWOOD))
        ledger.move(creature, HEARTH, FIREWOOD, burned, "burned")
        missing[creature] = need - burned
        if missing[creature]:
            draft.tell(EventKind.COLD, creature, missing=missing[creature])
        plate = meal(foods, ledger.on(creature))
        for food in plate:
            ledger.move(creature, TABLE, food, 1, "eaten")
        kinds[creature] = len(plate)
        if len(plate) < GOOD_MEAL:
            draft.tell(EventKind.HUNGER, creature, kinds=len(plate))
    return missing, kinds


def _rot(draft: Draft) -> None:
    """Spoil a share of what lies over the larder; a broken unit rots by a seeded draw."""
    rots = {good: rule for good, rule in draft.rules.goods.items() if rule.rot[0]}
    for creature in CREATURES:
        store = draft.ledger.on(creature)
        for good, rule in rots.items():
            over = store.get(good, 0) - rule.larder
            if over <= 0:
                continue
            whole, part = divmod(over * rule.rot[0], rule.rot[1])
            broken = part and below(rule.rot[1], draft.seed, draft.now, "rot", creature, good) < part
            spoiled = whole + 1 if broken else whole
            if spoiled:
                draft.ledger.move(creature, ROT, good, spoiled, "rotted")
                draft.tell(EventKind.SPOIL, creature, good=good, units=spoiled)


def _bowl(draft: Draft) -> None:
    """Put two sevenths of what each purse holds above 40 into the commons bowl, and share it equally."""
    for creature in CREATURES:
        over = max(0, draft.purse(creature) - BOWL_ABOVE)
        draft.ledger.move(creature, BOWL, PEBBLES, over * BOWL_SHARE[0] // BOWL_SHARE[1], "bowl")
    share = draft.purse(BOWL) // len(CREATURES)
    for creature in CREATURES:
        draft.ledger.move(BOWL, creature, PEBBLES, share, "shared")


def _mood(draft: Draft, kinds: Mapping[Creature, int], missing: Mapping[Creature, int]) -> None:
    """Move moods a quarter of the way toward what the day deserved, never under the floor."""
    for creature in CREATURES:
        deserved = MEAL_MOODS[kinds[creature]]
        if missing[creature]:
            deserved -= COLD_MOOD + LOG_MOOD * missing[creature]
        before = draft.moods[creature]
        draft.moods[creature] = min(MOOD_MOST, max(MOOD_FLOOR, before + (deserved - before) // MOOD_SHARE))


def _cold_that_could_pay(draft: Draft, waiting: Mapping[Creature, int], missing: Mapping[Creature, int]) -> int:
    """Logs that hearths missed and purses could pay for, or bids that waited for them, whichever is more.

    A purse pays for its table first: only what is left of it after a meal's cost counts.
    """
    price = draft.references[FIREWOOD]
    table = sum(sorted(draft.references[food] for food in FOODS)[:TREAT])
    logs = 0
    for creature in CREATURES:
        if draft.rules.creatures[creature].makes is not FIREWOOD:
            could = max(0, draft.purse(creature) * CENTS - table) // price
            logs += max(waiting[creature], min(missing[creature], could))
    return logs


def _chronicle(
    draft: Draft,
    auctions: Mapping[Good, Auction],
    slips: tuple[Slip, ...],
    kinds: Mapping[Creature, int],
    firewood: tuple[int, int],
) -> tuple[World, Turn]:
    """Close the books of the turn and chain it to the last one."""
    date = date_of(draft.rules, draft.now)
    wealth = {creature: draft.wealth_of(creature) for creature in CREATURES}
    for creature in CREATURES:
        draft.wealth[creature] += wealth[creature]
    if draft.now % draft.rules.year == 0:
        end_year(draft, date.year)
    stores = {creature: draft.ledger.on(creature) for creature in CREATURES}
    turn = Turn(
        number=draft.now,
        year=date.year,
        season=date.season.season,
        day=date.day,
        references=dict(draft.references),
        auctions=auctions,
        trades=draft.tape,
        slips=slips,
        purses={creature: store.get(PEBBLES, 0) for creature, store in stores.items()},
        stores={creature: {good: store.get(good, 0) for good in GOODS} for creature, store in stores.items()},
        wealth=wealth,
        moods=dict(draft.moods),
        kinds=kinds,
        firewood_need=firewood[0],
        firewood_supply=firewood[1],
        flows=draft.ledger.flows,
        events=tuple(draft.events),
    )
    draft.turn = draft.now
    return seal(draft.freeze(), turn)
