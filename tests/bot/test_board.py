"""The board: the story, the goods with what is said about them, the creatures, and what comes next."""

import re
from dataclasses import replace

import discord
import pytest

from bot.telling.cards import PoolCard
from bot.views.board import render_board
from inference.protocol import Doing, Stage, State
from tests.bot.came import came
from tests.bot.test_views import LEGENDS, NASTY, NOW, RULES, WOOD, WORDS, board, sent, shown
from wood.chronicle import Event, EventKind
from wood.founding import found_world
from wood.moves import CastRumor, Join, admit
from wood.names import CREATURES, Creature, Good
from wood.rules import Legend
from wood.turn import step
from wood.world import Pool, ShockInForce, World


@pytest.fixture
def world() -> World:
    return found_world(RULES, 7)


def test_a_board_of_nasty_words_and_names_stays_harmless_and_short(world: World) -> None:
    joined = admit(RULES, world, Join("p1"))
    cast = CastRumor("p1", Good.HONEY, "honey is *rotten*, [they](say) so", 1)
    after, turn = step(RULES, joined, dict.fromkeys(CREATURES), [cast])
    quotes = [(creature, NASTY) for creature in CREATURES]
    at = (State(Stage.BUILDING, Doing.LOADING, {"model": "Qwen_2.5", "seconds": 12}),)
    card = board(after, turn=turn, quotes=quotes, names={"p1": NASTY}, minds_asleep=True, minds_at=at)
    text = shown(render_board(card))
    assert "asleep (loading Qwen\\_2.5, 12 s so far)" in text
    assert "turn 1" in text
    assert "rotten" in text


def test_a_board_tells_of_a_gathering_legend_but_not_of_which(world: World) -> None:
    legend = LEGENDS[0]
    pooled = replace(world, pool=Pool(legend.slug, "p1", {"p1": 2}, 1))
    text = shown(render_board(board(pooled)))
    assert "**2** of 3" in text
    assert legend.title not in text
    assert "ttw:help-cast" in str(sent(render_board(board(pooled))))


def test_a_legend_with_all_its_breath_asks_for_no_more_and_says_when_it_is_told(world: World) -> None:
    full = replace(world, turn=3, pool=Pool(LEGENDS[0].slug, "p1", {"p1": 3}, 1), ready=7)
    assert "told in 3 turns" in shown(render_board(board(full)))
    assert "told next turn" in shown(render_board(board(replace(full, ready=4))))
    assert "ttw:help-cast" not in str(sent(render_board(board(full))))


def test_a_legend_is_carried_with_its_age_until_its_last_effect(world: World) -> None:
    legend = LEGENDS[0]
    told = replace(world, turn=6, told=(legend.slug, 4), shocks=(ShockInForce(legend.slug, 0, 4),))
    assert f"Third turn of **{legend.title}**" in shown(render_board(board(told)))
    late = replace(told, shocks=(ShockInForce(legend.slug, len(legend.shocks) - 1, 9),), turn=20)
    assert re.search(rf"\*\*{legend.title}\*\*, \d+ turns old", shown(render_board(board(late))))
    assert legend.title not in shown(render_board(board(replace(told, shocks=()))))
    waiting = tuple(ShockInForce(legend.slug, at, 7 + shock.delay) for at, shock in enumerate(legend.shocks))
    assert legend.title not in shown(render_board(board(replace(told, shocks=waiting))))


def test_a_legend_in_force_says_what_its_good_has_done_since(world: World) -> None:
    legend = LEGENDS[0]
    _, turn = step(RULES, world, dict.fromkeys(CREATURES))
    price = world.references[legend.good]
    course = [
        replace(turn, number=number, references={**turn.references, legend.good: price * percent // 100})
        for number, percent in ((3, 100), (4, 80), (5, 50))
    ]
    told = replace(world, turn=5, shocks=(ShockInForce(legend.slug, 0, 4),))
    text = shown(render_board(board(told, turn=course[-1], recent=course)))
    assert f"{WORDS(f'good-{legend.good}')} −50 % so far" in text
    assert "so far" not in shown(render_board(board(told, turn=course[-1], recent=course[1:])))


def test_the_hottest_good_stands_first_and_large_with_its_course(world: World) -> None:
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    prices = {**after.yesterday, Good.HONEY: after.yesterday[Good.HONEY] * 3 // 2}
    now = replace(after, references=prices)
    recent = [replace(turn, number=0, references=after.yesterday), replace(turn, references=prices)]
    lines = shown(render_board(board(now, turn=recent[-1], recent=recent))).splitlines()
    goods = [line for line in lines if re.search("Acorns|Berries|Mushrooms|Honey|Firewood", line) and "**" in line]
    assert re.fullmatch(r".+\*\*Honey 10\.50\*\* 🔺 \*\*\+50\xa0%\*\* ▁▇", goods[0])
    assert len(goods) == 5
    assert all(line.startswith("-# ") for line in goods[1:])


def test_a_rumor_stands_under_what_it_is_about(world: World) -> None:
    joined = admit(RULES, world, Join("p1"))
    casts = [CastRumor("p1", about, f"a word about {about}", 1) for about in (Good.ACORNS, Creature.PIP)]
    after, turn = step(RULES, joined, dict.fromkeys(CREATURES), casts)
    lines = shown(render_board(board(after, turn=turn, names={"p1": "Ann"}))).splitlines()
    for about, name in ((Good.ACORNS, "Acorns"), (Creature.PIP, "**Pip**")):
        at = lines.index(f"🗣️ **Ann**: “a word about {about}”")
        assert name in lines[at - 1]


def test_of_many_rumors_the_last_are_told_and_the_others_counted(world: World) -> None:
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    spoken = [Event(EventKind.RUMOR, "p1", {"about": "honey", "text": f"word {at}", "leaning": 1}) for at in range(200)]
    text = shown(render_board(board(after, turn=replace(turn, events=(*turn.events, *spoken)), names={"p1": NASTY})))
    assert "word 199" in text
    assert "word 196" not in text
    assert "and 197 more rumors" in text


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_a_board_with_the_longest_of_everything_fits(legend: Legend, world: World) -> None:
    names = {f"p{number}": "_" * 32 for number in range(1, 9)}
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    told = Event(EventKind.LEGEND, legend.slug, {"good": legend.good, "patrons": list(names)})
    cold = [Event(EventKind.COLD, who, {"missing": 2}) for who in CREATURES]
    spoken = [Event(EventKind.RUMOR, key, {"about": "honey", "text": "_" * 120, "leaning": 1}) for key in names]
    events = (*turn.events, told, *cold, *spoken)
    shocks = tuple(ShockInForce(each.slug, 0, 1) for each in LEGENDS)
    card = board(
        replace(after, shocks=shocks),
        receipts=[came(about, names=names) for about in (Good.HONEY, Good.ACORNS, Creature.PIP)],
        turn=replace(turn, events=events),
        quotes=[(who, f"{at}" + "_" * 119) for at, who in enumerate(CREATURES)],
        pool=PoolCard(2, 3, None),
        names=names,
        minds_asleep=True,
        minds_at=(State(Stage.BUILDING, Doing.LOADING, {"model": "_" * 300, "seconds": 12}),),
    )
    assert legend.title in shown(render_board(card))


def test_a_board_keeps_no_books(world: World) -> None:
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    text = shown(render_board(board(after, turn=turn)))
    assert not re.search("habit|decided|```", text)


def test_a_new_board_tells_a_newcomer_what_to_do_and_what_for(world: World) -> None:
    text = shown(render_board(board(world)))
    assert "First move" in text
    assert "To win" in text
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    later = shown(render_board(board(after, turn=turn)))
    assert "First move" not in later
    assert "New here?" in later


def test_the_best_lines_name_somebody_or_the_hottest_good(world: World) -> None:
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    quotes = [
        (Creature.OONA, "It rains."),
        (Creature.BRAMBLE, "It rains."),
        (Creature.FENN, "Pip sold me a bad berry."),
        (Creature.MOSSBACK, "Ann lied to me once."),
        (Creature.PIP, "I saw a cloud."),
    ]
    told = board(after, turn=turn, quotes=quotes, names={"p1": "Ann"})
    text = shown(render_board(told))
    assert "Pip sold me" in text
    assert "Ann lied" in text
    assert text.count("> “") == 3
    assert text.count("It rains") <= 1


def test_a_resting_board_says_how_it_is_woken(world: World) -> None:
    resting = replace(WOOD, paused=True, next_turn=None)
    assert "/keeper resume" in shown(render_board(board(world, wood=resting)))
    assert f"<t:{int(NOW.timestamp())}:R>" in shown(render_board(board(world)))


async def test_a_layout_survives_the_way_through_discords_own_types(world: World) -> None:
    """Every component that we send is one that the library reads back."""
    for component in sent(render_board(board(world))):
        assert discord.components._component_factory(component) is not None  # type: ignore[arg-type]
