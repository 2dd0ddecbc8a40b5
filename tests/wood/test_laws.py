"""The laws of the wood under random minds and patrons, sensible and absurd, for many turns and over a year's end."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.wood.absurd import Story, acts, begun, money, stories
from tests.wood.laws import Reserve, check_turn, check_world, watched_ledger
from tests.wood.secrets import check_secrets
from tests.wood.woods import MINDS, RULES, SILENT, play, told, wood
from wood.bourse import RESERVE
from wood.chronicle import EventKind, Turn, dump, load
from wood.drift import HIGHEST, LOWEST
from wood.founding import found_world
from wood.ledger import Posting
from wood.moves import (
    CastLegend,
    CastRumor,
    DrawLegend,
    Intervention,
    Join,
    Leave,
    OfferLoan,
    OpenPosition,
    TellLegend,
)
from wood.moves.bourse import POSITIONS_MOST
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import observe
from wood.turn import close_turn, open_turn, step
from wood.world import World

TURNS = 24
EXAMPLES = int(os.environ.get("WOOD_EXAMPLES", "20"))
"""Random runs of so many turns; set WOOD_EXAMPLES=1000 for a long search."""
PHASES = [phase for phase in Phase if phase is not Phase.shrink or "WOOD_SHRINK" in os.environ]
"""Shrinking a run takes minutes, and the note tells which turn broke a law; WOOD_SHRINK=1 shrinks."""
ROOT = Path(__file__).parents[2]


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(stories(TURNS))
def test_every_law_holds_whatever_is_decided_and_put_in(story: Story) -> None:
    world, reserve = begun(story), Reserve()
    check_world(RULES, world)
    with watched_ledger() as postings:
        for number in range(TURNS):
            interventions = story.interventions(number, world)
            postings.clear()
            try:
                world = _checked_turn(story, number, world, interventions, postings, reserve)
            except Exception as error:
                error.add_note(f"in turn {world.turn + 1} of seed {story.seed}, put in {interventions}")
                error.add_note(f"acts {story.acts[number]}")
                raise
    assert world.turn == story.after + TURNS


def _checked_turn(
    story: Story,
    number: int,
    world: World,
    interventions: list[Intervention],
    postings: list[Posting],
    reserve: Reserve,
) -> World:
    before = dump(world)
    morning = open_turn(RULES, world, interventions)
    check_world(RULES, morning.world)
    opened = dump(morning)
    decisions = story.decisions(number, observe(RULES, morning.world))
    after, turn = close_turn(RULES, morning, decisions)
    assert Counter(turn.flows) == _sums(postings)
    assert (dump(world), dump(morning)) == (before, opened), "the past was changed"
    check_turn(RULES, morning, after, turn)
    check_secrets(RULES, world, morning, turn)
    reserve.check(RULES, postings, after)
    assert turn.hash != world.chain
    _same_again(world, interventions, decisions, after, turn)
    return after


def _sums(postings: list[Posting]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for posting in postings:
        sums[f"{posting.reason}/{posting.asset}"] += posting.amount
    return sums


def _same_again(
    world: World, interventions: list[Intervention], decisions: dict[Creature, Any], after: World, turn: Turn
) -> None:
    """From what was stored, with the decisions in another order, the same turn comes out byte for byte."""
    stored = load(World, dump(world))
    assert stored == world
    backwards = {creature: decisions[creature] for creature in reversed(CREATURES)}
    again, record = step(RULES, stored, backwards, interventions)
    assert dump(again) == dump(after)
    assert dump(record) == dump(turn)
    assert load(Turn, dump(turn)) == turn
    assert dump(load(Turn, dump(turn))) == dump(turn)


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(
    stories(12, money),
    st.lists(st.tuples(st.sampled_from(GOODS), st.integers(LOWEST, HIGHEST)), min_size=12, max_size=12),
)
def test_the_bourse_loses_no_more_than_its_reserve_wherever_prices_are_pushed(
    story: Story, pushes: Sequence[tuple[Good, int]]
) -> None:
    """As if everybody knew what comes: what is won is won by whatever a price could do."""
    world, reserve = begun(story), Reserve()
    with watched_ledger() as postings:
        for number, (good, price) in enumerate(pushes):
            postings.clear()
            world = replace(world, references={**world.references, good: price})
            world, _ = step(RULES, world, SILENT, story.interventions(number, world))
            check_world(RULES, world)
            reserve.check(RULES, postings, world)


def test_who_foresees_every_price_empties_the_bourse_and_no_more() -> None:
    """Six patrons who only ever win, and bring ever new friends: the Bourse says when there is no room left."""
    world, reserve = wood(patrons=6), Reserve()
    refused = most = 0
    with watched_ledger() as postings:
        while world.turn < RULES.year:
            postings.clear()
            friend = f"p{world.turn + 10}"
            puts = [OpenPosition(key, good, 1, 60) for key in world.patrons for good in GOODS[:POSITIONS_MOST]]
            world, turn = step(RULES, world, SILENT, [Join(friend), *puts, Leave(f"p{world.turn + 8}")])
            refused += any(
                event.data and event.data["code"] == "bourse-full" for event in told(turn.events, EventKind.REFUSED)
            )
            check_world(RULES, world)
            reserve.check(RULES, postings, world)
            most = max(most, reserve.lost)
            world = replace(world, references=dict.fromkeys(GOODS, HIGHEST if world.positions else LOWEST))
    assert refused
    assert most > RESERVE


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 99), st.tuples(*[acts] * len(CREATURES)), st.integers(1, 12))
def test_the_order_in_which_decisions_come_changes_nothing(seed: int, chosen: tuple[Any, ...], turns: int) -> None:
    world, _ = play(found_world(RULES, seed), turns, MINDS["instinct"])
    morning = open_turn(RULES, world)
    views = observe(RULES, morning.world)
    decisions = {creature: act.of(views[creature], seed) for creature, act in zip(CREATURES, chosen, strict=True)}
    results = {
        dump(close_turn(RULES, morning, {creature: decisions[creature] for creature in order})[1])
        for order in list(permutations(CREATURES))[::17]
    }
    assert len(results) == 1


def test_a_missing_decision_is_no_decision() -> None:
    world = wood()
    assert step(RULES, world, SILENT) == step(RULES, world, dict.fromkeys(CREATURES))


def independent() -> list[Intervention]:
    """Deeds of different kinds by different patrons, none of which touches what another needs."""
    return [
        CastRumor("p1", Good.HONEY, "Honey grows scarce.", 1),
        DrawLegend("p2"),
        OfferLoan("p3", Creature.PIP, 20, 2, 4),
        CastLegend("p4", None, 1),
        Join("p5"),
    ]


def test_the_order_of_independent_interventions_changes_nothing() -> None:
    world = wood(patrons=4)
    world, _ = step(RULES, world, SILENT, [DrawLegend("p1")])
    world, _ = step(RULES, world, SILENT, [CastLegend("p1", world.patrons["p1"].hand[0], 1)])
    worlds, events = set(), set()
    for order in list(permutations(independent()))[::7]:
        after, turn = step(RULES, world, SILENT, order)
        assert after.offered == 1
        assert after.patrons["p2"].hand
        assert after.pool is not None
        assert after.pool.gathered == 2
        worlds.add(dump(replace(after, chain="")))
        events.add(tuple(sorted(dump(event) for event in turn.events)))
    assert len(worlds) == 1
    assert len(events) == 1


def test_no_creature_can_be_made_to_buy_what_it_makes() -> None:
    """The cheapest way to the law: everybody bids for its own good, with every hand the rules know."""
    from wood.names import Side
    from wood.orders import MAX_PRICE, Decision, Order

    world = wood()
    own = {
        creature: Decision(orders=tuple(Order(Side.BUY, RULES.creatures[creature].makes, MAX_PRICE, n) for n in (1, 2)))
        for creature in CREATURES
    }
    _, turn = step(RULES, world, own)
    assert [slip.reason for slip in turn.slips] == ["own-product"] * 10
    for trade in turn.trades:
        assert RULES.creatures[Creature(trade.buyer)].makes is not trade.good


def test_no_reference_falls_under_a_pebble_and_none_is_lost() -> None:
    """Every legend that lowers a price, all at once, several times over."""
    cheaper = [TellLegend(slug) for slug, legend in RULES.legends.items() if legend.direction < 0]
    world, turns = play(wood(), 30, MINDS["contrarian"], dict.fromkeys((2, 6, 10), cheaper * 3))
    assert min(min(turn.references.values()) for turn in turns) == 100
    assert set(world.references) == set(GOODS)


SCRIPT = """
from wood.moves import CastRumor, DailyCall, DrawLegend, OfferLoan, TellLegend
from tests.wood.secrets import check_secrets
from tests.wood.woods import MINDS, play, wood
from wood.names import Creature, Good
inputs = {
    3: [DrawLegend("p1"), CastRumor("p2", Good.HONEY, "Honey grows scarce.", 1, Creature.FENN)],
    4: [TellLegend("silver-sap-corner"), OfferLoan("p3", Creature.PIP, 30, 3, 5)],
    5: [CastRumor("p1", Good.ACORNS, "Acorns get cheap.", -1), DailyCall("p7", Good.HONEY, -1, 4)],
    9: [TellLegend("clipped-pebbles"), CastRumor("p2", Creature.PIP, "Pip cheats.", -1)],
}
print([play(wood(patrons=3), 14, mind, inputs)[0].chain for mind in MINDS.values()])
"""


def test_the_hash_does_not_depend_on_the_hash_seed_of_the_process() -> None:
    said = set()
    for hash_seed in ("0", "1", "4711"):
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        said.add(ran.stdout)
    assert len(said) == 1
    assert len(set(said.pop().split(","))) == 3


@pytest.mark.parametrize("mind", MINDS)
def test_another_seed_is_another_wood(mind: str) -> None:
    chains = {play(wood(seed), 5, MINDS[mind])[0].chain for seed in range(4)}
    assert len(chains) == 4
