"""The turn: its morning (dawn, harvest, word), and its day (market to chronicle)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast

from wood.almanac import year_of
from wood.belief import QUARTERS, believe, echo, fade
from wood.bourse import mark
from wood.bowl import share_out
from wood.calendar import date_of
from wood.chance import below, draw
from wood.chronicle import Event, EventKind, Turn, seal
from wood.corners import tend
from wood.debts import collect
from wood.deeds import notice
from wood.draft import Draft
from wood.drift import drift
from wood.exchange import MarketDay, trade
from wood.foresight import outlive
from wood.hearsay import cool, say, word
from wood.heat import cool_down
from wood.household import GOOD_MEAL, TREAT, cheapness, firewood_need, meal
from wood.magistrate import sit
from wood.memory import PALE_EVERY, paled
from wood.mood import lift
from wood.moves import Intervention
from wood.moves.base import Move, Quoted, breathe
from wood.moves.foresight import divulge
from wood.moves.legend import gather
from wood.moves.rumor import reckon
from wood.names import (
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
from wood.odds import CONTINUATIONS, learn, weigh
from wood.offers import answer
from wood.omens import foretell
from wood.orders import MAX_GOSSIP, Decision
from wood.prophecy import claim, judge
from wood.refusal import Refusal
from wood.rules import Rules
from wood.season import end_year, note_course, wear
from wood.settlement import decree
from wood.shocks import dawn, harvest_percent, in_force, retire
from wood.stakes import Wager
from wood.unsaid import Said, unsaid
from wood.wagers import find_chances, settle
from wood.world import Lately, World


@dataclass(frozen=True, slots=True)
class Morning:
    """A wood whose turn is open: harvested and spoken to, waiting for its creatures' decisions."""

    world: World
    events: tuple[Event, ...]
    flows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Day:
    """What a turn's day was like, for its chronicle."""

    market: MarketDay
    kinds: Mapping[Creature, int]
    need: int
    supply: int


def open_turn(rules: Rules, world: World, interventions: Sequence[Intervention] = ()) -> Morning:
    """Admit interventions in their order, then dawn, harvest and word. Refused ones become private events."""
    draft = Draft(rules, world)
    open_draft(draft, world, interventions)
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
    open_draft(draft, world, interventions)
    return _close(draft, decisions)


def open_draft(draft: Draft, world: World, interventions: Sequence[Intervention], count: int = CONTINUATIONS) -> None:
    """Open the turn of a draft of a world as :func:`open_turn` does.

    Args:
        draft: in which the turn is opened.
        world: that it is a draft of.
        interventions: what the turn takes in.
        count: how many continuations give claims their chances; fewer are for measuring many years.
    """
    wake(draft, interventions)
    weigh(draft, go_on, count)
    find_chances(draft, partial(_reopen, draft.rules, world, interventions), go_on)


def _reopen(rules: Rules, before: World, interventions: Sequence[Intervention], wager: Wager) -> Draft:
    """Open a turn without the words that a wager is on."""
    draft = Draft(rules, before)
    wake(draft, unsaid(interventions, Said(wager.good, wager.leaning, wager.to, wager.patron)))
    return draft


def wake(draft: Draft, interventions: Sequence[Move]) -> None:
    """Open a draft's turn as :func:`open_turn` does, but give no claim its chance."""
    for intervention in fair(draft, interventions):
        try:
            intervention.admit(draft)
        except Refusal as refusal:
            patron: str | None = getattr(intervention, "patron", None)
            told = {"action": intervention.kind, "code": refusal.code.value, "facts": dict(refusal.facts)}
            draft.tell(EventKind.REFUSED, patron or "", to=patron or "storyteller", **told)
    gather(draft)
    foretell(draft)
    _begin(draft)


def fair(draft: Draft, moves: Sequence[Move]) -> list[Move]:
    """The order in which a turn takes its inputs in.

    First what nobody competes for, as it came; then what has a price that others raise or a place that others take
    (:class:`wood.moves.base.Quoted`): patrons in a drawn order, each one's moves as they were made. So nobody is
    served first for being the quickest.
    """
    # Asked for by its method alone: isinstance of a protocol costs more than the move.
    contested = [cast("Quoted", move) for move in moves if hasattr(move, "quote")]
    if not contested:
        return list(moves)
    places = {key: draw(draft.seed, draft.now, "order", key) for key in {str(move.patron) for move in contested}}
    free = [move for move in moves if not hasattr(move, "quote")]
    return [*free, *sorted(contested, key=lambda move: places[str(move.patron)])]


def _begin(draft: Draft) -> None:
    """From dawn to word: what a turn brings by itself."""
    dawn(draft)
    _harvest(draft)
    word(draft)
    believe(draft)


def go_on(draft: Draft) -> None:
    """Play an open turn to its end without a mind, and open the next; nothing is chronicled, and no patron acts."""
    _settle(draft, {})
    _end(draft)
    draft.turn = draft.now
    draft.now += 1
    draft.events.clear()
    _begin(draft)


def _close(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> tuple[World, Turn]:
    return _chronicle(draft, live(draft, decisions))


def live(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> Day:
    """Play an open turn to its end, all but its chronicle."""
    for creature in CREATURES:
        decision = decisions.get(creature)
        if decision and decision.gossip:
            _speak(draft, creature, decision.gossip[:MAX_GOSSIP])
    day = _settle(draft, decisions)
    divulge(draft, decisions)
    reckon(draft)
    judge(draft)
    learn(draft)
    settle(draft)
    mark(draft)
    sit(draft)
    cool_down(draft)
    outlive(draft)
    wear(draft)
    note_course(draft)
    breathe(draft)
    _end(draft)
    return day


def _speak(draft: Draft, creature: Creature, text: str) -> None:
    """Let a creature say its line: others hear it next turn, and to itself its claim is a little staler."""
    line = say(draft, creature, text)
    if line is not None:
        claim(draft, line)
        if line.leaning and line.about is not None:
            echo(draft, creature, f"{line.about}/{line.leaning}", QUARTERS[line.kind])


def _settle(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> Day:
    """From market to drift: what the day makes of the creatures' decisions."""
    draft.yesterday = dict(draft.references)
    need = firewood_need(draft.rules, draft, draft.now)
    day = trade(draft, decisions, need)
    draft.tape = day.trades
    if not draft.imagined:
        notice(draft, need)
    answer(draft, decisions)
    decree(draft)
    collect(draft)
    supply = sum(draft.ledger.held(creature, FIREWOOD) for creature in CREATURES)
    missing, kinds = _hearth_and_table(draft, need)
    spoiled = _rot(draft)
    share_out(draft)
    if not draft.imagined:
        draft.lately = {
            who: Lately(missing[who], kinds[who], spoiled[who], day.unsold[who], day.unserved[who]) for who in CREATURES
        }
        lift(draft)
    drift(draft, day.auctions, _cold_that_could_pay(draft, day.unserved, missing))
    tend(draft)
    return Day(day, kinds, need * len(CREATURES), supply)


def _end(draft: Draft) -> None:
    """The turn's end: feelings cool, beliefs fade, memories pale, shocks retire."""
    cool(draft)
    fade(draft)
    if draft.now % PALE_EVERY == 0 and not draft.imagined:
        draft.memories = {who: paled(kept) for who, kept in draft.memories.items()}
    retire(draft)


def _harvest(draft: Draft) -> None:
    """Every creature makes its good, by the season's weather and any legend, until its own store is full."""
    date = date_of(draft.rules, draft.now)
    season = date.season.season
    weather = _weather(draft.seed, date.year, season)
    if date.day == 1:
        draft.tell(EventKind.WEATHER, season, weather={good.value: weather[good] for good in GOODS})
    acting = in_force(draft.rules, draft, draft.now)
    yields = year_of(draft.rules, draft.seed, date.year).yields
    for creature in CREATURES:
        rule = draft.rules.creatures[creature]
        good = rule.makes
        percent = harvest_percent(acting, good) * yields[good] // 100 if acting else yields[good]
        grown = max(0, rule.harvest + CENTS * weather[good]) * percent // 100
        units, part = divmod(grown, CENTS)
        if part and below(CENTS, draft.dice, draft.now, "harvest", creature) < part:
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
    foods = cheapness(draft.usual, draft.references)
    for creature in CREATURES:
        store = ledger.on(creature)
        burned = min(need, store.get(FIREWOOD, 0))
        ledger.move(creature, HEARTH, FIREWOOD, burned, "burned")
        missing[creature] = need - burned
        if missing[creature]:
            draft.tell(EventKind.COLD, creature, missing=missing[creature])
        plate = meal(foods, store)
        for food in plate:
            ledger.move(creature, TABLE, food, 1, "eaten")
        kinds[creature] = len(plate)
        if len(plate) < GOOD_MEAL:
            draft.tell(EventKind.HUNGER, creature, kinds=len(plate))
    return missing, kinds


def _rot(draft: Draft) -> dict[Creature, dict[Good, int]]:
    """Spoil a share of what lies over the larder; a broken unit rots by a seeded draw. Answers what did."""
    rotted: dict[Creature, dict[Good, int]] = {creature: {} for creature in CREATURES}
    rots = [(good, rule, rule.larder) for good, rule in draft.rules.goods.items() if rule.rot[0]]
    for creature in CREATURES:
        store = draft.ledger.on(creature)
        for good, rule, larder in rots:
            over = store.get(good, 0) - larder
            if over <= 0:
                continue
            whole, part = divmod(over * rule.rot[0], rule.rot[1])
            broken = part and below(rule.rot[1], draft.dice, draft.now, "rot", creature, good) < part
            spoiled = whole + 1 if broken else whole
            if spoiled:
                draft.ledger.move(creature, ROT, good, spoiled, "rotted")
                draft.tell(EventKind.SPOIL, creature, good=good, units=spoiled)
                rotted[creature][good] = spoiled
    return rotted


def _cold_that_could_pay(
    draft: Draft, unserved: Mapping[Creature, Mapping[Good, int]], missing: Mapping[Creature, int]
) -> int:
    """Logs that hearths missed and purses could pay for, or bids that waited for them, whichever is more.

    A purse pays for its table first: only what is left of it after a meal's cost counts.
    """
    price = draft.references[FIREWOOD]
    table = sum(sorted(draft.references[food] for food in FOODS)[:TREAT])
    logs = 0
    for creature, rule in draft.rules.creatures.items():
        if rule.makes is not FIREWOOD:
            could = max(0, draft.purse(creature) * CENTS - table) // price
            logs += max(unserved[creature].get(FIREWOOD, 0), min(missing[creature], could))
    return logs


def _chronicle(draft: Draft, day: Day) -> tuple[World, Turn]:
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
        auctions=day.market.auctions,
        trades=draft.tape,
        slips=day.market.slips,
        purses={creature: store.get(PEBBLES, 0) for creature, store in stores.items()},
        stores={creature: {good: store.get(good, 0) for good in GOODS} for creature, store in stores.items()},
        wealth=wealth,
        moods=dict(draft.moods),
        kinds=day.kinds,
        firewood_need=day.need,
        firewood_supply=day.supply,
        flows=draft.ledger.flows,
        events=tuple(draft.events),
    )
    draft.turn = draft.now
    return seal(draft.freeze(), turn)
