"""The album: what a wood has seen, what a patron did, and what stays face down."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from discord import ui

from bot.telling.album import ORDER, AlbumCard, album_card
from bot.telling.catalog import words_in
from bot.views.album import faces, render_album, render_card
from bot.views.base import MAX_TEXT, Layout
from data.content import default_rules
from wood.founding import found_world
from wood.moves import Join, admit
from wood.rules import Rarity
from wood.stakes import Card, Telling
from wood.world import World

RULES = default_rules()
WORDS = words_in("en")
NAMES = {"p1": "Ada", "p2": "B*n @everyone"}
FROST, MANIA, SQUEEZE = (RULES.legends[slug] for slug in ("great-frost", "great-acorn-mania", "badger-squeeze"))
TOLD = ((9, "great-frost"), (5, "drought"), (4, "great-acorn-mania"), (2, "great-frost"))


@pytest.fixture
def world() -> World:
    world = admit(RULES, admit(RULES, found_world(RULES, 7), Join("p1")), Join("p2"))
    cards = (Card(FROST.slug, told=1, survived=2), Card(MANIA.slug, survived=1))
    patron = replace(world.patrons["p1"], hand=(SQUEEZE.slug,), cards=cards)
    album = {FROST.slug: Telling(2, 2, 9, "p1"), MANIA.slug: Telling(1, 4, 4, "p2")}
    return replace(world, turn=9, album=album, patrons={**world.patrons, "p1": patron})


def shown(layout: Layout) -> str:
    assert layout.content_length() <= MAX_TEXT
    assert len(list(layout.walk_children())) <= 40
    for item in layout.walk_children():
        if isinstance(item, ui.DynamicItem) and isinstance(item.item, ui.Select):
            assert 0 < len(item.item.options) <= 25
            assert all(len(option.label) <= 100 for option in item.item.options)
    return str(layout.to_components())  # type: ignore[no-untyped-call]


def known(card: AlbumCard) -> set[str]:
    return {entry.legend.slug for entry in card.entries if entry.known}


def test_an_album_has_the_whole_deck_and_counts_what_was_told(world: World) -> None:
    card = album_card(RULES, world, TOLD, NAMES, "p1", hand=True)
    assert {entry.legend.slug for entry in card.entries} == set(RULES.deck)
    assert card.told == 2
    assert known(card) == {FROST.slug, MANIA.slug, SQUEEZE.slug}
    frost = card.entry(FROST.slug)
    assert frost is not None
    assert (frost.times, frost.first, frost.last, frost.teller) == (2, 2, 9, "p1")
    assert frost.own == Card(FROST.slug, told=1, survived=2)
    assert card.entry("dust-summer") is None
    assert card.entry("drought") is None


def test_the_rarest_come_first_and_what_is_hidden_comes_last(world: World) -> None:
    card = album_card(RULES, world, TOLD, NAMES, "p1", hand=True)
    rarities = [ORDER.index(entry.rarity) for entry in card.entries]
    assert rarities == sorted(rarities)
    for rarity in Rarity:
        faces_up = [entry.known for entry in card.entries if entry.rarity is rarity]
        assert faces_up == sorted(faces_up, reverse=True)


def test_what_is_held_is_for_its_owner_alone(world: World) -> None:
    for card in (
        album_card(RULES, world, TOLD, NAMES, "p1"),
        album_card(RULES, world, TOLD, NAMES, "p2", hand=True),
        album_card(RULES, world, TOLD, NAMES),
        album_card(RULES, world, TOLD, NAMES, "p9", hand=True),
    ):
        assert known(card) == {FROST.slug, MANIA.slug}
        assert SQUEEZE not in faces(card)
        assert SQUEEZE.title not in shown(render_album(WORDS, card)[0])


def test_tellings_of_a_time_before_albums_count_without_a_teller(world: World) -> None:
    card = album_card(RULES, replace(world, album={}), TOLD, NAMES)
    entry = card.entry(FROST.slug)
    assert entry is not None
    assert (entry.times, entry.teller) == (2, "")
    assert "first in turn 2, last in turn 9\\n" not in (text := shown(render_card(WORDS, card, entry)[0]))
    assert " by " not in text.split("last in turn 9")[1].split("content")[0]


def test_a_glance_says_what_one_did_and_no_title_that_lies_face_down(world: World) -> None:
    card = album_card(RULES, world, TOLD, NAMES, "p1", hand=True)
    text = shown(render_album(WORDS, card)[0])
    for said in (
        "2 of 16 told",
        "You have told 1 of them and come through 2.",
        "**The Great Frost** · told twice",
        "You told it once and came through it twice.",
        "You came through it once.",
        "**The Badger Squeeze** · never told here",
        "In your hand; nobody else knows.",
        "🟡 **Legendary** · 1 of 2 told",
        "🟤 **Common** · 0 of 5 told",
        "13 cards lie face down",
    ):
        assert said in text, said
    hidden = [RULES.legends[slug] for slug in set(RULES.deck) - known(card)]
    assert len(hidden) == 13
    for legend in hidden:
        assert legend.title not in text
        assert legend.slug not in text
    assert [face for face in faces(card) if face] == [MANIA, SQUEEZE, FROST]
    assert len(faces(card)) == 16


def test_shown_to_everybody_it_calls_its_owner_by_a_name_that_reaches_nobody(world: World) -> None:
    cards = (Card(FROST.slug, told=2),)
    world = replace(world, patrons={**world.patrons, "p2": replace(world.patrons["p2"], cards=cards)})
    card = album_card(RULES, world, TOLD, NAMES, "p2")
    text = shown(render_album(WORDS, card, shared=True)[0])
    assert "has told 1 of them and come through 0." in text
    assert "told it twice." in text
    assert "You " not in text
    assert "@everyone" not in text
    assert "B*n" not in text


@pytest.mark.parametrize("slug", RULES.deck)
def test_every_card_fits_large_and_tells_the_true_story_once_it_was_told(slug: str, world: World) -> None:
    legend = RULES.legends[slug]
    assert legend.history
    card = album_card(RULES, world, ((9, slug),), NAMES, "p1", hand=True)
    entry = card.entry(slug)
    assert entry is not None
    text = "\n".join(render_card(WORDS, card, entry)[0].texts())
    shown(render_card(WORDS, card, entry)[0])
    assert legend.tale in text
    assert legend.history.account in text
    assert "told once, in turn 9" in text


def test_a_held_card_that_nobody_told_keeps_its_story_and_can_be_cast(world: World) -> None:
    card = album_card(RULES, world, TOLD, NAMES, "p1", hand=True)
    entry = card.entry(SQUEEZE.slug)
    assert entry is not None
    assert SQUEEZE.history
    text = shown(render_card(WORDS, card, entry)[0])
    assert f"ttw:cast:{SQUEEZE.slug}" in text
    assert SQUEEZE.history.account not in text


def test_a_deck_that_has_grown_fits_too(world: World) -> None:
    chance = Random(3)
    grown = {
        f"own-{at}": replace(
            FROST, slug=f"own-{at}", title=f"A Legend of {at} " + "x" * 20, rarity=chance.choice(ORDER)
        )
        for at in range(40)
    }
    rules = replace(RULES, legends={**RULES.legends, **grown})
    told: Sequence[tuple[int, str]] = [(9, slug) for slug in grown]
    card = album_card(rules, world, told, NAMES, "p1", hand=True)
    assert card.told == 40
    text = shown(render_album(WORDS, card)[0])
    assert "40 of 56 told" in text
    assert len(faces(card)) == 24
    fewer = album_card(rules, world, told[:20], NAMES, "p1", hand=True)
    assert sum(face is not None for face in faces(fewer)) == 21
    assert len(faces(fewer)) == 24
