"""Plays one wood without Discord and without a database, and keeps what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.keeping.library import edition_of
from bot.keeping.minds import Minds
from bot.lab.calls import Calls
from bot.lab.judgement import Judgement, judge
from bot.lab.scenario import Scenario
from bot.lab.tides import Tide, tide
from data.editions import document_of
from data.forms import Decisions
from data.log import Log, LoggedTurn, founding_hash
from wood.chronicle import EventKind, Turn
from wood.draft import Draft
from wood.founding import found_world
from wood.ledger import LedgerError, audit, journal
from wood.measures import gini, mind_share, prices
from wood.names import CENTS, CREATURES, PEBBLES, SINKS, SOURCES, Creature
from wood.observe import observe
from wood.rules import Rules
from wood.trace import Trace
from wood.turn import close_turn, open_turn
from wood.world import World


@dataclass(frozen=True, slots=True)
class Played:
    """A wood that was played.

    Attributes:
        rules: the content it ran on.
        scenario: what was put into it.
        seed: its seed.
        founded: the world it began with.
        world: the world it ended in.
        turns: every turn's record, at least one.
        decisions: what the minds decided, by turn.
        pebbles: pebbles that somebody holds, by turn.
        balanced: whether the books balanced after every turn.
        traces: the calls to the minds, where they were kept.
        calls: what the calls to the minds were worth.
        tides: pebbles minted and burned, by turn.
        judgement: what the decisions were worth beside habit, where they were judged.
    """

    rules: Rules
    scenario: Scenario
    seed: int
    founded: World
    world: World
    turns: tuple[Turn, ...]
    decisions: tuple[Decisions, ...]
    pebbles: tuple[int, ...]
    balanced: bool
    traces: tuple[Trace, ...]
    calls: Calls
    tides: tuple[Tide, ...]
    judgement: Judgement | None = None


async def play(
    rules: Rules,
    scenario: Scenario,
    seed: int,
    minds: Minds,
    *,
    keep_traces: bool = True,
    hand_on: Callable[[list[Trace]], object] | None = None,
    label: str | None = None,
    judged: bool = False,
    after_turn: Callable[[], object] = lambda: None,
) -> Played:
    """Play a wood from its founding.

    Args:
        rules: the content.
        scenario: how long, and what is put in.
        seed: the wood's seed.
        minds: who decides; they must record their calls for ``calls`` to be counted.
        keep_traces: whether the calls are kept.
        hand_on: is given every turn's calls.
        label: names the wood in its calls; the minds know it by its seed.
        judged: whether decisions are judged beside habit, which takes half as long again.
        after_turn: is called after every turn.
    """
    founded = world = found_world(rules, seed)
    turns: list[Turn] = []
    decided: list[Decisions] = []
    pebbles: list[int] = []
    traces: list[Trace] = []
    tides: list[Tide] = []
    calls = Calls()
    judgement = Judgement() if judged else None
    balanced = _balances(founded)
    name = f"seed-{seed}"
    for number in range(1, scenario.turns + 1):
        with journal() as opened:
            morning = open_turn(rules, world, scenario.at(number))
        views = observe(rules, morning.world, turns)
        counsel = await minds.decide(name, seed, views, rules)
        with journal() as closed:
            world, turn = close_turn(rules, morning, counsel.decisions)
        turns.append(turn)
        tides.append(tide((*opened, *closed)))
        decided.append(dict(counsel.decisions))
        pebbles.append(circulating(world))
        balanced = balanced and _balances(world)
        calls.take(rules, views, counsel, turn)
        if judgement is not None:
            judgement += judge(rules, morning.world, views, counsel.decisions)
        told = [replace(call, wood=label or name) for call in counsel.traces] if keep_traces or hand_on else []
        if keep_traces:
            traces += told
        if hand_on:
            hand_on(told)
        after_turn()
    return Played(
        rules,
        scenario,
        seed,
        founded,
        world,
        tuple(turns),
        tuple(decided),
        tuple(pebbles),
        balanced,
        tuple(traces),
        calls,
        tuple(tides),
        judgement,
    )


def circulating(world: World) -> int:
    """Pebbles that somebody holds: all but those still in a source or gone into a sink."""
    away = SOURCES | SINKS
    return sum(assets.get(PEBBLES, 0) for account, assets in world.accounts.items() if account not in away)


def _balances(world: World) -> bool:
    try:
        audit(world.accounts)
    except LedgerError:
        return False
    return True


def founding_wealth(played: Played) -> dict[Creature, int]:
    """What each creature had at the founding, pebbles and goods at the reference, hundredths."""
    draft = Draft(played.rules, played.founded)
    return {creature: draft.wealth_of(creature) for creature in CREATURES}


def wealth_gaps(played: Played) -> list[float]:
    """Gini coefficient of the creatures' wealth: at the founding, then after each turn."""
    holdings = [founding_wealth(played), *(turn.wealth for turn in played.turns)]
    return [gini([each[creature] for creature in CREATURES]) for each in holdings]


def richest(wealth: Mapping[Creature, int]) -> Creature:
    """Who has most; of those who have the same, the first in the canonical order."""
    return max(CREATURES, key=lambda creature: wealth[creature])


def log_of(played: Played) -> Log:
    """The log from which the wood can be played again."""
    edition = edition_of(played.rules)
    turns = tuple(
        LoggedTurn(turn.number, edition.digest, played.scenario.at(turn.number), decided, turn.hash)
        for turn, decided in zip(played.turns, played.decisions, strict=True)
    )
    return Log(
        seed=played.seed,
        founding=founding_hash(played.founded),
        content=edition.digest,
        contents={edition.digest: document_of(played.rules)},
        turns=turns,
        length=len(turns),
    )


def to_json(played: Played, mind: str) -> dict[str, Any]:
    """A run as one plain JSON object.

    ``prices`` (pebbles) and ``gini`` begin with the founding and then have one figure a turn; ``trades`` and
    ``pebbles_total`` have one a turn. ``richest`` is who has most at the end. ``events`` are the public ones, ``calls``
    what the calls to the mind were worth.
    """
    start = {good: rule.start for good, rule in played.rules.goods.items()}
    series = prices(played.turns, start)
    last = played.turns[-1]
    return {
        "seed": played.seed,
        "mind": mind,
        "turns": len(played.turns),
        "final_hash": last.hash,
        "prices": {good.value: [each / CENTS for each in course] for good, course in series.items()},
        "gini": [round(each, 4) for each in wealth_gaps(played)],
        "trades": [len(turn.trades) for turn in played.turns],
        "trades_by_mind_share": round(mind_share(played.turns), 4),
        "pebbles_total": list(played.pebbles),
        "richest": richest(last.wealth).value,
        "calls": played.calls.to_json(),
        "events": [
            {"turn": turn.number, "kind": event.kind.value, "subject": event.subject, "data": dict(event.data or {})}
            for turn in played.turns
            for event in turn.events
            if event.to is None and event.kind is not EventKind.REFUSED
        ],
    }
