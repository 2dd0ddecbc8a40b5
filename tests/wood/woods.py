"""Woods of the tests: founded, played by minds, and changed by hand with the books kept in balance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from data.content import default_rules
from inference import contrarian, instinct, random_
from inference.parse import read
from wood.almanac import usual_prices
from wood.chronicle import Event, EventKind, Turn
from wood.draft import Draft
from wood.founding import found_world
from wood.moves import Intervention, Join, TellLegend
from wood.names import CREATURES, HARVEST, MINT, PEBBLES, Creature, Good
from wood.observe import View, observe
from wood.orders import Answer, Decision, Order
from wood.rules import Layer, Legend, MarketRule, Rules, Shock, ShockKind
from wood.turn import Morning, close_turn, open_draft, open_turn, step
from wood.world import World

RULES: Final = default_rules()
SEED: Final = 7
SILENT: Final[Mapping[Creature, Decision | None]] = {}

Answering = Callable[[View, int], str]
MINDS: Final[Mapping[str, Answering]] = {
    "instinct": instinct.answer,
    "random": random_.answer,
    "contrarian": contrarian.answer,
}


def wood(seed: int = SEED, patrons: int = 0, rules: Rules = RULES) -> World:
    """A new wood in which so many patrons (``p1``, ``p2``, ...) have joined and one silent turn has passed."""
    world = found_world(rules, seed)
    if patrons:
        world, _ = step(rules, world, SILENT, [Join(f"p{number}") for number in range(1, patrons + 1)])
    return world


def open_roughly(rules: Rules, world: World, interventions: Sequence[Intervention] = ()) -> Morning:
    """Open a turn as :func:`wood.turn.open_turn` does, but find its chances from one continuation of 32.

    Chances take nearly all the time of a turn in which patrons speak: for woods that are long, and whose chances no
    test looks at.
    """
    draft = Draft(rules, world)
    open_draft(draft, world, interventions, 1)
    return Morning(draft.freeze(), tuple(draft.events), draft.ledger.flows)


def decide(
    mind: Answering, morning: Morning, seed: int = SEED, rules: Rules = RULES
) -> dict[Creature, Decision | None]:
    """What five creatures with the same rule-based mind decide, read by the one parser."""
    views = observe(rules, morning.world)
    return {creature: read(mind(view, seed), view).decision for creature, view in views.items()}


def play(
    world: World,
    turns: int,
    mind: Answering | None = None,
    inputs: Mapping[int, Sequence[Intervention]] | None = None,
    rules: Rules = RULES,
) -> tuple[World, list[Turn]]:
    """Play turns with one mind for all (None: habit alone); ``inputs`` are interventions by the turn's number."""
    played = []
    for _ in range(turns):
        morning = open_turn(rules, world, (inputs or {}).get(world.turn + 1, ()))
        decisions = decide(mind, morning, world.seed, rules) if mind else SILENT
        world, turn = close_turn(rules, morning, decisions)
        played.append(turn)
    return world, played


def with_legend(*shocks: Shock, good: Good = Good.BERRIES, direction: int = 1) -> Rules:
    """The usual rules and one plain shock more, ``trial``, made of these parts."""
    trial = Legend("trial", "A Trial", "Once there was one.", "It tries.", good, direction, shocks)
    return replace(RULES, legends={**RULES.legends, "trial": trial})


TRIAL: Final = TellLegend("trial")


def calm(rules: Rules = RULES) -> Rules:
    """The same rules without an almanac's boons and banes, so that nothing is told but what a test tells."""
    return replace(rules, legends={slug: replace(legend, lot=None) for slug, legend in rules.legends.items()})


def at_usual_prices(world: World, rules: Rules = RULES) -> World:
    """The same wood with every price where it usually is in its year, so that nothing is dear or cheap."""
    usual = usual_prices(rules, world.seed, world.turn + 1)
    return replace(world, references=usual, yesterday=usual)


def quiet_rules() -> Rules:
    """Rules under which nothing is traded and nothing grows, so that only the household moves things."""
    halts = (Shock(ShockKind.RULE, Layer.SETTLEMENT, good, turns=9, rule=MarketRule.HALT) for good in Good)
    blights = (Shock(ShockKind.SUPPLY, Layer.SETTLEMENT, good, turns=9, strength=-100) for good in Good)
    return calm(with_legend(*halts, *blights))


def quiet(world: World) -> tuple[World, Turn]:
    """A turn in which only the household moves things."""
    return step(quiet_rules(), world, SILENT, [TRIAL])


def holding(world: World, account: str, **units: int) -> World:
    """The same wood with ``account`` holding just so much of each asset named; Mint and harvest bear the change."""
    accounts = {name: dict(assets) for name, assets in world.accounts.items()}
    for asset, wanted in units.items():
        source = MINT if asset == PEBBLES else HARVEST
        change = wanted - accounts.setdefault(account, {}).get(asset, 0)
        accounts[account][asset] = wanted
        books = accounts.setdefault(source, {})
        books[asset] = books.get(asset, 0) - change
    return replace(world, accounts=accounts)


def stocked(world: World, units: int = 0, pebbles: int = 0) -> World:
    """The same wood with every creature holding ``units`` of every good and ``pebbles``."""
    for creature in CREATURES:
        world = holding(world, creature, pebbles=pebbles, **{good.value: units for good in Good})
    return world


def deciding(
    creature: Creature, *orders: Order, gossip: str = "", answers: Iterable[Answer] = ()
) -> dict[Creature, Decision | None]:
    """Decisions of a turn in which one creature decides and the others say nothing."""
    return {creature: Decision("", orders, gossip, tuple(answers))}


def told(events: Iterable[Event], kind: EventKind) -> list[Event]:
    """The events of one kind, in order."""
    return [event for event in events if event.kind is kind]
