"""Minds by name."""

import json

import pytest

from data.content import default_rules
from inference import contrarian, instinct, random_
from inference.council import Council
from inference.roster import UnknownMindError, build, known, seat
from wood.founding import found_world
from wood.names import CREATURES, Creature
from wood.observe import observe
from wood.turn import close_turn, open_turn


def test_known_names_can_be_built() -> None:
    minds = build(known())
    assert set(known()) >= {"instinct", "random", "contrarian", "silent"}
    assert {name: mind.name for name, mind in minds.items()} == {name: name for name in known()}


@pytest.mark.parametrize("name", ["", "Instinct", "gpt", "instinct ", "../x"])
def test_an_unknown_name_lists_what_there_is(name: str) -> None:
    with pytest.raises(UnknownMindError, match=r"Known minds: instinct, random, contrarian, silent") as caught:
        build(["instinct", name])
    assert repr(name) in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_seats_share_minds_of_the_same_name() -> None:
    seats = seat("instinct", {Creature.FENN: "random"})
    assert list(seats) == list(CREATURES)
    assert seats[Creature.FENN].name == "random"
    assert len({id(seats[creature]) for creature in CREATURES if creature is not Creature.FENN}) == 1
    with pytest.raises(UnknownMindError):
        seat("instinct", {Creature.PIP: "nobody"})


@pytest.mark.parametrize("module", [instinct, random_, contrarian], ids=lambda module: str(module.NAME))
def test_minds_without_a_model_answer_in_a_models_shape(module: object) -> None:
    """Through the same parser, with nothing to repair or drop, over a wood's whole year."""
    name: str = module.NAME  # type: ignore[attr-defined]
    rules = default_rules()
    council = Council(seat(name), rules, render=False)
    world = found_world(rules, 11)
    for _ in range(rules.year):
        morning = open_turn(rules, world)
        result = council.decide_now("w", world.seed, observe(rules, morning.world))
        for trace in result.traces:
            assert trace.valid, trace
            assert trace.repairs == trace.drops == ()
            assert trace.engine == name
            json.loads(trace.response or "")
        world, _ = close_turn(rules, morning, result.decisions)
