"""A legend of a wood's own joins the deck: in a drawn place, once, and told like any other."""

from dataclasses import replace

import pytest

from tests.wood.woods import RULES, told, wood
from wood.chronicle import EventKind
from wood.moves import AddLegend, CastLegend, DrawLegend, Intervention, admit
from wood.refusal import Refusal, RefusalCode
from wood.rules import Legend, Rules
from wood.turn import step
from wood.world import World

OWN = replace(RULES.legends["great-frost"], slug="own-frost", title="Our Frost", history=None, author="p1")
GROWN = replace(RULES, legends={**RULES.legends, OWN.slug: OWN})


def added(world: World, rules: Rules = GROWN, slug: str = OWN.slug) -> World:
    return admit(rules, world, AddLegend(slug))


def test_it_lies_in_the_deck_among_the_others_in_their_order() -> None:
    before = wood(7)
    after = added(before)
    assert after.deck.count(OWN.slug) == 1
    assert tuple(slug for slug in after.deck if slug != OWN.slug) == before.deck
    assert added(before) == after


def test_its_place_is_drawn_by_the_seed_and_may_be_any() -> None:
    places = {added(wood(seed)).deck.index(OWN.slug) for seed in range(200)}
    assert places == set(range(len(RULES.deck) + 1))


def test_a_card_that_is_in_the_game_stays_where_it_is() -> None:
    world = added(wood(7, patrons=1))
    assert added(world) == world
    top = replace(world, deck=(OWN.slug, *(slug for slug in world.deck if slug != OWN.slug)))
    held = admit(GROWN, top, DrawLegend("p1"))
    assert held.patrons["p1"].hand == (OWN.slug,)
    assert added(held) == held


def test_a_spent_deck_is_shuffled_anew_with_it() -> None:
    spent = added(replace(wood(7, patrons=1), deck=()))
    assert spent.deck == ()
    drawn = admit(GROWN, spent, DrawLegend("p1"))
    assert {*drawn.deck, *drawn.patrons["p1"].hand} == {*RULES.deck, OWN.slug}


@pytest.mark.parametrize("slug", ["own-nothing", "great-frost", "drought"])
def test_what_no_patron_made_up_is_refused(slug: str) -> None:
    with pytest.raises(Refusal) as caught:
        added(wood(7), slug=slug)
    assert caught.value.code is RefusalCode.UNKNOWN_LEGEND


def test_it_is_told_like_any_legend_and_the_wood_rests_after_it() -> None:
    world = wood(7, patrons=1)
    world = replace(world, deck=(OWN.slug, *world.deck))
    acts: list[Intervention] = [DrawLegend("p1"), CastLegend("p1", OWN.slug, 3)]
    world, turn = step(GROWN, world, {}, acts)
    assert [event.subject for event in told(turn.events, EventKind.LEGEND)] == [OWN.slug]
    assert world.told == (OWN.slug, world.turn)
    assert world.ready > world.turn + 1
    assert OWN.slug not in world.deck


def test_a_plain_shock_is_in_no_deck() -> None:
    kinds: dict[bool, Legend] = {legend.in_deck: legend for legend in GROWN.legends.values()}
    assert not RULES.legends["drought"].in_deck
    assert set(kinds) == {True, False}
    assert OWN.slug in GROWN.deck
    assert "drought" not in GROWN.deck
