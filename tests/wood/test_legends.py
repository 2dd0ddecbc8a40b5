"""Every legend and plain shock moves its good the way history went, whatever the minds choose."""

from functools import cache
from math import prod

import pytest

from tests.wood.woods import MINDS, RULES, play, wood
from wood.chronicle import EventKind
from wood.measures import geometric_deviation
from wood.moves import TellLegend
from wood.names import Good
from wood.rules import Layer
from wood.world import World

TOLD = 6
"""Early autumn: the wood has found its prices, and winter is not near."""
SEEDS = (1, 2, 3)
AFTER = 8
"""Turns after the telling in which its decrees have landed."""


@cache
def eve(mind: str, seed: int) -> World:
    """The wood on the evening before a legend is told."""
    return play(wood(seed), TOLD - 1, MINDS[mind])[0]


@cache
def twin(mind: str, seed: int) -> tuple[dict[Good, int], ...]:
    """References of the run without any legend, turn by turn."""
    return tuple(dict(turn.references) for turn in play(eve(mind, seed), AFTER, MINDS[mind])[1])


def life(slug: str) -> int:
    """Turns from the telling to the last decree on the legend's good, that turn included."""
    legend = RULES.legends[slug]
    return max(shock.delay + len(shock.decree) for shock in legend.shocks if shock.good is legend.good and shock.decree)


@pytest.mark.parametrize("slug", RULES.legends)
@pytest.mark.parametrize("mind", MINDS)
def test_a_legend_moves_its_good_as_history_did(slug: str, mind: str) -> None:
    legend = RULES.legends[slug]
    for seed in SEEDS:
        turns = play(eve(mind, seed), life(slug), MINDS[mind], {TOLD: [TellLegend(slug)]})[1]
        price = turns[-1].references[legend.good]
        without = twin(mind, seed)[life(slug) - 1][legend.good]
        assert (price - without) * legend.direction > 0, f"seed {seed}: {price} beside {without} without it"


@pytest.mark.parametrize("slug", RULES.legends)
def test_its_decrees_land_as_facts_one_a_turn(slug: str) -> None:
    """What is decreed is recorded, figure for figure, however the minds traded."""
    legend = RULES.legends[slug]
    for mind in MINDS.values():
        _, turns = play(eve("instinct", 1), AFTER, mind, {TOLD: [TellLegend(slug)]})
        for shock in legend.shocks:
            for age, percent in enumerate(shock.decree):
                record = turns[shock.delay + age]
                landed = [event.data for event in record.events if event.kind is EventKind.DECREE if event.data]
                assert (shock.good, percent) in [(data["good"], data["percent"]) for data in landed]


def test_every_legend_has_done_its_work_within_reach() -> None:
    assert all(life(slug) <= AFTER for slug in RULES.legends)
    for legend in RULES.legends.values():
        assert all(shock.layer is Layer.SETTLEMENT for shock in legend.shocks if shock.decree)


def test_the_run_on_honey_cannot_be_undone_while_it_holds() -> None:
    """Four turns on, honey stands at most where its decrees alone would have put it, and far below its twin."""
    run = RULES.legends["run-on-oonas-hoard"].shocks[0]
    for mind, answer in MINDS.items():
        for seed in SEEDS:
            _, turns = play(eve(mind, seed), run.hold, answer, {TOLD: [TellLegend("run-on-oonas-hoard")]})
            honey = [turn.references[Good.HONEY] for turn in turns]
            usual = [prices[Good.HONEY] for prices in twin(mind, seed)[: run.hold]]
            assert geometric_deviation(honey, usual) < -0.25
            decreed = eve(mind, seed).references[Good.HONEY] * prod(100 + percent for percent in run.decree)
            assert honey[-1] <= decreed / 100 ** len(run.decree) + len(run.decree)
