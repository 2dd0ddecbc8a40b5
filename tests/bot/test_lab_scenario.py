"""What a simulation is given: every option read, every wrong one refused with what could be named instead."""

import pytest

from bot.lab.scenario import MAX_TURNS, REFERENCE, REFERENCE_TURNS, ScenarioError, Without, compose, reference
from data.content import default_rules
from wood.moves import CastRumor, TellLegend
from wood.moves.rumor import MAX_RUMOR
from wood.names import Creature, Good

RULES = default_rules()


def test_the_reference_run_is_a_drought_a_bank_run_and_a_scare() -> None:
    run = compose(RULES, as_reference=True)
    assert run == reference()
    assert run.turns == REFERENCE_TURNS == 15
    assert run.told == ("drought", "run-on-oonas-hoard", "early-winter")
    assert [run.at(turn) for turn in (5, 7, 10)] == [(TellLegend(slug),) for slug in REFERENCE.values()]
    assert not any(run.at(turn) for turn in range(1, 16) if turn not in REFERENCE)
    assert set(REFERENCE.values()) <= RULES.legends.keys()


def test_options_land_in_their_turns_in_the_order_given() -> None:
    run = compose(
        RULES,
        turns=12,
        shocks=["windfall@3", "drought@5"],
        legends=["great-frost@5"],
        rumors=["firewood: the frost comes early@10", "Fenn:  sly as @ ever@5"],
    )
    assert run.turns == 12
    assert run.at(3) == (TellLegend("windfall"),)
    sly = CastRumor(None, Creature.FENN, "sly as @ ever", 0)
    assert run.at(5) == (TellLegend("drought"), TellLegend("great-frost"), sly)
    assert run.at(10) == (CastRumor(None, Good.FIREWOOD, "the frost comes early", 1),)
    assert [run.first(what) for what in (Without.LEGEND, Without.RUMORS, Without.ALL)] == [3, 5, 3]


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        (Without.LEGEND, [CastRumor, CastRumor]),
        (Without.RUMORS, [TellLegend, TellLegend]),
        (Without.ALL, []),
    ],
)
def test_a_twin_does_without_what_is_named_and_keeps_the_rest(what: Without, kept: list[type]) -> None:
    run = compose(
        RULES, legends=["great-frost@5"], shocks=["drought@6"], rumors=["honey: plenty of it@5", "honey: cheap@6"]
    )
    twin = run.without(what)
    assert twin.first(what) is None
    assert twin.turns == run.turns
    assert [type(each) for turn in (5, 6) for each in twin.at(turn)] == kept


def test_more_can_be_put_into_a_reference_run_and_after_it() -> None:
    run = compose(RULES, turns=20, legends=["great-frost@7", "great-frost@18"], as_reference=True)
    assert run.at(7) == (TellLegend("run-on-oonas-hoard"), TellLegend("great-frost"))
    assert run.at(18) == (TellLegend("great-frost"),)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"legends": ["great-forst@3"]}, ["no legend called 'great-forst'", *RULES.deck]),
        ({"shocks": ["flood@3"]}, ["no shock called 'flood'", "drought", "windfall"]),
        ({"shocks": ["great-frost@3"]}, ["'great-frost'", "--legend"]),
        ({"legends": ["drought@3"]}, ["'drought'", "--shock"]),
        ({"legends": ["great-frost"]}, ["names no turn", "great-frost@16"]),
        ({"legends": ["great-frost@"]}, ["names no turn"]),
        ({"legends": ["@3"]}, ["names no turn"]),
        ({"legends": ["great-frost@-3"]}, ["names no turn"]),
        ({"legends": ["great-frost@²"]}, ["names no turn"]),
        ({"legends": ["great-frost@0"]}, ["Turn 0", "1 to 15"]),
        ({"legends": ["great-frost@16"]}, ["Turn 16", "1 to 15"]),
        ({"legends": ["great-frost@123456789012"]}, ["names no turn"]),
        ({"rumors": ["the frost comes early@3"]}, ["what it is about"]),
        ({"rumors": ["gold: dear@3"]}, ["'gold'", *Good, *Creature]),
        ({"rumors": ["honey:@3"]}, ["needs words"]),
        ({"rumors": ["honey: @everyone buy@3"]}, ["mentions"]),
        ({"rumors": [f"honey: {'x' * (MAX_RUMOR + 1)}@3"]}, [str(MAX_RUMOR)]),
        ({"turns": 0}, ["from 1 to"]),
        ({"turns": MAX_TURNS + 1}, ["from 1 to"]),
        ({"turns": 14, "as_reference": True}, ["15 turns"]),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_could(options: dict[str, object], says: list[str]) -> None:
    with pytest.raises(ScenarioError) as refused:
        compose(RULES, **options)  # type: ignore[arg-type]
    for words in says:
        assert words in str(refused.value)
