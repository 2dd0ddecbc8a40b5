"""What patrons may do: joining and leaving, words, and legends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.test_refusals import LOAN, RUMOR, WHISPER, card, full, gathering, holder, refusal, woods_patron
from tests.wood.woods import RULES, SILENT, told, wood
from wood.bourse import EACH
from wood.chronicle import EventKind
from wood.moves import (
    CastLegend,
    DrawLegend,
    Join,
    Leave,
    TellLegend,
    admit,
)
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES, alias_of
from wood.moves.legend import LEGEND_BREATH, LEGEND_REST, POOL_PATIENCE
from wood.moves.rumor import MAX_RUMOR, RUMOR_BREATH, WHISPER_PEBBLES, check_words
from wood.names import CREATURES, FINES, MINT, PEBBLES, Creature, escrow, patron_account
from wood.offers import GRUDGE
from wood.refusal import Refusal
from wood.turn import step


def test_joining_mints_a_purse_and_gives_a_name() -> None:
    world = admit(RULES, wood(), Join("p1"))
    patron = world.patrons["p1"]
    assert (patron.breath, patron.hand, patron.fame, patron.present) == (BREATH_MAX, (), 0, True)
    assert patron.alias == alias_of(RULES.tongue.aliases, world.seed, "p1")
    assert world.held("patron:p1", PEBBLES) == JOIN_PEBBLES


def test_whoever_comes_back_brings_what_was_left_and_a_newcomer_beside_them_everything() -> None:
    world = admit(RULES, wood(patrons=1), Leave("p1"))
    world = admit(RULES, admit(RULES, world, Join("p2", pebbles=7, breath=0)), Join("p3"))
    assert [world.patrons[key].breath for key in ("p2", "p3")] == [0, BREATH_MAX]
    assert [world.held(patron_account(key), PEBBLES) for key in ("p2", "p3")] == [7, JOIN_PEBBLES]
    assert refusal(world, DrawLegend("p2")).code == "draw-breath"
    after, _ = step(RULES, world, SILENT)
    assert after.patrons["p2"].breath == 1


def test_the_cards_of_who_leaves_go_back_under_the_deck() -> None:
    world = admit(RULES, wood(patrons=1), DrawLegend("p1"))
    (card,) = world.patrons["p1"].hand
    after = admit(RULES, world, Leave("p1"))
    assert after.deck == (*world.deck, card)


def test_no_two_patrons_share_a_name() -> None:
    names = [alias_of(RULES.tongue.aliases, 7, f"p{number}") for number in range(1, 200)]
    assert len(set(names)) == len(names)
    assert names != [alias_of(RULES.tongue.aliases, 8, f"p{number}") for number in range(1, 200)]


def test_who_leaves_takes_back_offers_and_gives_the_purse_to_the_mint() -> None:
    world = full(wood(patrons=2))
    minted = world.held(MINT, PEBBLES)
    world = admit(RULES, world, LOAN)
    world = admit(RULES, world, Leave("p1"))
    patron = world.patrons["p1"]
    assert (patron.present, patron.hand, patron.breath) == (False, (), 0)
    assert not world.offers
    assert world.pool is None
    assert "patron:p1" not in world.accounts
    assert escrow("patron:p1") not in world.accounts
    assert world.held(MINT, PEBBLES) == minted + JOIN_PEBBLES + EACH
    assert refusal(world, Leave("p1")).code == "no-patron"
    after, _ = step(RULES, world, SILENT)
    assert after.patrons["p1"].breath == 0, "who is gone draws no breath"


def test_a_pool_survives_a_helper_who_leaves() -> None:
    world = gathering(wood(patrons=2))
    world = admit(RULES, world, CastLegend("p2", None, 1))
    world = admit(RULES, world, Leave("p2"))
    assert world.pool is not None
    assert world.pool.gathered == 2


def test_a_rumor_costs_breath_and_a_whisper_pebbles_too() -> None:
    world = admit(RULES, wood(patrons=1), RUMOR)
    assert world.patrons["p1"].breath == BREATH_MAX - RUMOR_BREATH
    assert world.held("patron:p1", PEBBLES) == JOIN_PEBBLES
    world = admit(RULES, world, WHISPER)
    assert world.patrons["p1"].breath == BREATH_MAX - 2 * RUMOR_BREATH
    assert world.held("patron:p1", PEBBLES) == JOIN_PEBBLES - WHISPER_PEBBLES
    assert world.held(FINES, PEBBLES) == WHISPER_PEBBLES
    assert [line.hearers for line in world.said] == [CREATURES, (Creature.PIP,)]
    assert len(world.claims) == 2


def test_breath_comes_back_one_a_turn_up_to_its_most() -> None:
    world = woods_patron(wood(patrons=1), breath=BREATH_MAX - 2)
    breaths = []
    for _ in range(4):
        world, _ = step(RULES, world, SILENT)
        breaths.append(world.patrons["p1"].breath)
    assert breaths == [BREATH_MAX - 1, BREATH_MAX, BREATH_MAX, BREATH_MAX]


def test_a_grudge_begins_under_its_floor() -> None:
    world = wood(patrons=1)
    world = replace(world, feelings={**world.feelings, Creature.PIP: {"p1": GRUDGE}})
    assert admit(RULES, world, LOAN).offers


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Honey \t grows\n scarce. ", "Honey grows scarce."),
        ("\u5bd2\u3044\u51ac", "\u5bd2\u3044\u51ac"),
        ("5 < 6 and a@b", "5 < 6 and a@b"),
        ("x" * MAX_RUMOR, "x" * MAX_RUMOR),
    ],
)
def test_words_are_folded(text: str, kept: str) -> None:
    assert check_words(text) == kept


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_refused_or_can_be_stored(text: str) -> None:
    try:
        kept = check_words(text)
    except Refusal:
        return
    kept.encode()
    assert 0 < len(kept) <= MAX_RUMOR
    assert "\n" not in kept


# Legends.


def test_cards_are_drawn_without_repeats_until_the_deck_is_spent() -> None:
    world = wood(patrons=1)
    drawn = []
    for _ in RULES.deck:
        world = admit(RULES, world, DrawLegend("p1"))
        drawn.append(card(world))
        world = woods_patron(world, hand=())
    assert sorted(drawn) == list(RULES.deck)
    assert world.deck == ()
    world = admit(RULES, replace(world, turn=9), DrawLegend("p1"))
    assert {*world.deck, card(world)} == set(RULES.deck)


def test_a_fresh_deck_leaves_out_what_is_held() -> None:
    world = replace(holder(wood(patrons=2)), deck=())
    world = admit(RULES, world, DrawLegend("p2"))
    assert card(world) not in {*world.deck, *world.patrons["p2"].hand}


def test_the_deck_of_another_seed_lies_otherwise() -> None:
    assert len({wood(seed).deck for seed in range(5)}) == 5


def test_a_legend_is_told_when_it_has_its_breath() -> None:
    world = gathering(wood(patrons=3))
    slug = card(world)
    world, turn = step(RULES, world, SILENT, [CastLegend("p2", None, LEGEND_BREATH)])
    (event,) = told(turn.events, EventKind.LEGEND)
    assert event.subject == slug
    assert event.data is not None
    assert event.data["good"] == RULES.legends[slug].good
    assert event.data["patrons"] == ["p1", "p2"]
    assert world.pool is None
    assert slug not in (*world.patrons["p1"].hand, *world.deck)
    assert [world.patrons[key].fame for key in ("p1", "p2", "p3")] == [2, 1, 0]
    assert world.patrons["p2"].breath == BREATH_MAX - (LEGEND_BREATH - 1) + 1, "only what was missing is taken"
    assert world.told == (slug, turn.number)


def test_the_wood_rests_between_legends() -> None:
    world, _ = step(RULES, wood(patrons=2), SILENT, [TellLegend("great-frost")])
    first = world.turn
    world = holder(world)
    world = admit(RULES, world, CastLegend("p1", card(world), LEGEND_BREATH))
    while not (tale := told(step(RULES, world, SILENT)[1].events, EventKind.LEGEND)):
        world, _ = step(RULES, world, SILENT)
        assert world.turn < first + 10
    assert tale[0].subject == card(world)
    assert world.turn == first + LEGEND_REST, "so many turns lie between the two"


def test_a_stale_pool_is_given_up() -> None:
    world = gathering(wood(patrons=1))
    slug, since = card(world), world.turn + 1
    while world.pool:
        world, turn = step(RULES, world, SILENT)
    assert world.turn == since + POOL_PATIENCE
    assert [event.data for event in told(turn.events, EventKind.GATHERING)] == [{"breath": 0, "needed": LEGEND_BREATH}]
    assert world.patrons["p1"].hand == (slug,)


def test_a_plain_shock_is_told_without_a_rest_and_is_no_card() -> None:
    world, turn = step(RULES, wood(), SILENT, [TellLegend("drought"), TellLegend("glut")])
    assert [event.subject for event in told(turn.events, EventKind.LEGEND)] == ["drought", "glut"]
    assert world.told is None
    assert world.ready == 1
    assert not {"drought", "glut"} & {*RULES.deck, *world.deck}


def test_the_storytellers_telling_takes_the_card_out_of_the_deck() -> None:
    world, _ = step(RULES, wood(), SILENT, [TellLegend("great-frost")])
    assert "great-frost" not in world.deck
    assert len(world.deck) == len(RULES.deck) - 1
