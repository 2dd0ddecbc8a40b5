"""The content that comes with the project: all of it loads, and every legend can do what history did."""

import re
from collections import Counter

import pytest

from data.content import default_rules
from wood.names import CREATURES, GOODS, SEASONS, Creature, Good
from wood.rules import Layer, Rarity, ShockKind

DECK = {
    "badger-rail-fever",
    "badger-squeeze",
    "black-moonday",
    "clipped-pebbles",
    "dust-summer",
    "fall-of-overends-burrow",
    "great-acorn-mania",
    "great-frost",
    "hollow-log-trading-company",
    "knickerbocker-nest",
    "mushroom-corner",
    "paper-leaf-bank",
    "run-on-oonas-hoard",
    "scramble-for-leaves",
    "silver-sap-corner",
    "whispering-nest",
}


def test_everything_that_comes_with_the_project_loads_in_canonical_order() -> None:
    rules = default_rules()
    assert tuple(rules.goods) == GOODS
    assert tuple(rules.creatures) == CREATURES
    assert tuple(season.season for season in rules.seasons) == SEASONS
    assert {rule.makes for rule in rules.creatures.values()} == set(GOODS)
    assert rules.year == 60
    assert list(rules.legends) == sorted(rules.legends)
    assert set(rules.deck) == DECK
    assert {"drought", "windfall", "early-winter"} <= set(rules.legends) - set(rules.deck)


def test_the_default_rules_are_read_once() -> None:
    assert default_rules() is default_rules()


def test_the_deck_uses_every_primitive_and_moves_every_good() -> None:
    legends = [default_rules().legends[slug] for slug in default_rules().deck]
    assert {shock.kind for legend in legends for shock in legend.shocks} == set(ShockKind)
    assert {legend.good for legend in legends} == set(GOODS)
    assert {legend.direction for legend in legends} == {-1, 1}


def test_the_rarer_a_card_the_fewer_there_are_of_it() -> None:
    legends = default_rules().legends
    many = Counter(legends[slug].rarity for slug in default_rules().deck)
    assert 0 < many[Rarity.LEGENDARY] < many[Rarity.RARE] < many[Rarity.UNCOMMON] <= many[Rarity.COMMON]


@pytest.mark.parametrize("slug", sorted(DECK))
def test_a_legend_reads_well_and_lands_hard(slug: str) -> None:
    legend = default_rules().legends[slug]
    assert 2 <= len(re.findall(r"[.!?](?=\s|$)", legend.tale)) <= 5
    assert legend.history
    assert legend.history.account.endswith(".")
    assert any(shock.layer is Layer.HEARSAY for shock in legend.shocks)
    change = 1.0
    for shock in legend.shocks:
        if shock.good is legend.good:
            for step in shock.decree:
                change *= 1 + step / 100
    assert change > 1.4 if legend.direction > 0 else change < 0.6


@pytest.mark.parametrize("slug", sorted(DECK))
def test_no_two_decrees_of_a_legend_pull_a_good_both_ways_at_once(slug: str) -> None:
    """A hold against a decree of the other sign would freeze the price instead of moving it as history did."""
    legend = default_rules().legends[slug]
    last = max(shock.delay + max(shock.turns, shock.hold, len(shock.decree)) for shock in legend.shocks)
    for turn in range(last):
        signs = {
            step > 0
            for shock in legend.shocks
            for step in shock.decree[turn - shock.delay : turn - shock.delay + 1]
            if shock.good is legend.good and turn >= shock.delay
        }
        assert len(signs) < 2


def test_the_reference_run_finds_its_run_its_drought_and_its_scare() -> None:
    legends = default_rules().legends
    hoard = legends["run-on-oonas-hoard"]
    assert (hoard.good, hoard.direction) == (Good.HONEY, -1)
    run = next(shock for shock in hoard.shocks if shock.kind is ShockKind.RUN)
    assert (run.creature, run.decree, run.hold) == (Creature.OONA, (-40, -25, -10), 4)
    drought = legends["drought"].shocks
    assert [(shock.good, shock.strength, shock.turns, shock.decree, shock.hold) for shock in drought] == [
        (Good.BERRIES, -67, 3, (15, 10, 5), 3),
        (Good.MUSHROOMS, -67, 3, (15, 10, 5), 3),
    ]
    words, scare = legends["early-winter"].shocks
    assert words.layer is Layer.HEARSAY
    assert (scare.good, scare.layer) == (Good.FIREWOOD, Layer.SETTLEMENT)
    assert scare.hold >= len(scare.decree) == 3
    assert 40 <= sum(scare.decree) <= 60
    assert legends["windfall"].shocks[0].units > 0
