"""The board's story: what matters most, told with what the record says, and not the same kind turn after turn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.telling.cards import BoardCard, WoodCard
from bot.telling.catalog import SOURCE, words_in
from bot.telling.showing import board_card
from bot.telling.story import Story, hottest, sparkline, tell
from data.content import default_rules
from wood.chronicle import Event, EventKind, Turn
from wood.founding import found_world
from wood.moves import CastRumor, Join, admit
from wood.names import CREATURES, GOODS, Creature, Good, Hand
from wood.orders import Auction, Trade
from wood.turn import step
from wood.world import ShockInForce

RULES = default_rules()
WORDS = words_in(SOURCE)
WOOD = WoodCard(1, 2, 7, 3600, "UTC", 8, False, datetime(2026, 8, 1, tzinfo=UTC), None, None)
LEGEND = next(legend for legend in RULES.legends.values() if legend.history is not None)
WORLD, FIRST = step(RULES, found_world(RULES, 7), dict.fromkeys(CREATURES))
STARTS = {good: RULES.goods[good].start for good in GOODS}


def calm(number: int, events: Sequence[Event] = (), **changes: Any) -> Turn:
    """A turn in which nothing happens but what is asked for."""
    plain = replace(
        FIRST,
        number=number,
        day=1 + number % 9,
        references=STARTS,
        events=tuple(events),
        moods=dict.fromkeys(CREATURES, 6_000),
        trades=(Trade(Good.HONEY, Creature.PIP, Creature.OONA, 1, 8, Hand.HABIT, Hand.HABIT),),
    )
    return replace(plain, **changes)


def card(*turns: Turn, **changes: Any) -> BoardCard:
    """The board after some turns, oldest first."""
    before = turns[-2].references if len(turns) > 1 else STARTS
    world = replace(WORLD, turn=turns[-1].number, yesterday=before, references=turns[-1].references, shocks=())
    return replace(board_card(RULES, WOOD, world, turns[-1], {"p1": "Ann"}, recent=turns), **changes)


def story(*turns: Turn, **changes: Any) -> Story:
    told = tell(WORDS, card(*turns, **changes))
    assert told is not None
    return told


def priced(**percents: int) -> dict[Good, int]:
    return {good: STARTS[good] * percents.get(good.value, 100) // 100 for good in GOODS}


def cold(*who: Creature) -> list[Event]:
    return [Event(EventKind.COLD, each, {"missing": 1}) for each in who]


def test_a_new_board_has_no_story() -> None:
    assert tell(WORDS, board_card(RULES, WOOD, found_world(RULES, 7), None, {})) is None


def test_a_legend_is_told_before_everything_else() -> None:
    told = Event(EventKind.LEGEND, LEGEND.slug, {"good": LEGEND.good, "patrons": ["p1"]})
    found = story(calm(4), calm(5, [told, *cold(*CREATURES)], references=priced(honey=50)))
    assert LEGEND.title in found.title
    assert found.line
    assert LEGEND.tale.startswith(found.line[:20])


def test_a_later_phase_of_a_legend_is_told_in_its_own_words() -> None:
    at, shock = next((at, shock) for at, shock in enumerate(LEGEND.shocks) if shock.text)
    told = card(calm(4), calm(5))
    going_on = replace(told, world=replace(told.world, shocks=(ShockInForce(LEGEND.slug, at, 5),)))
    found = tell(WORDS, going_on)
    assert found is not None
    assert LEGEND.title in found.title
    assert found.line[:30] == shock.text[:30]


@pytest.mark.parametrize(
    ("auction", "line"),
    [
        (Auction(8, 2, 9, 2, 7, 0), "9 wanted, 2 on offer: Pip got what there was."),
        (Auction(8, 0, 9, 0, 9, 0), "9 wanted, none on offer: Pip got what there was."),
    ],
)
def test_a_price_that_rises_says_who_wanted_it(auction: Auction, line: str) -> None:
    dear = calm(5, references=priced(honey=120), auctions={**FIRST.auctions, Good.HONEY: auction})
    found = story(calm(4), dear)
    assert found.title == "📈 Honey climbs 20 %"
    assert found.line == line


def test_a_price_that_falls_says_what_lay_about() -> None:
    auction = Auction(8, 0, 0, 7, 0, 7)
    found = story(calm(4), calm(5, references=priced(honey=80), auctions={**FIRST.auctions, Good.HONEY: auction}))
    assert found.title == "📉 Honey falls 20 %"
    assert found.line == "7 on offer, and nobody wants any."


@pytest.mark.parametrize(("leaning", "named"), [(1, True), (-1, False), (0, False)])
def test_a_rumor_is_named_only_where_the_price_went_its_way(leaning: int, named: bool) -> None:
    rumor = Event(EventKind.RUMOR, "p1", {"about": "honey", "text": "buy", "leaning": leaning})
    found = story(calm(4), calm(5, [rumor], references=priced(honey=140)))
    assert "Honey" in found.title
    assert ("Ann had said" in found.line) is named


def test_a_decree_is_the_work_of_its_legend() -> None:
    decree = Event(EventKind.DECREE, "", {"good": LEGEND.good, "percent": -40, "before": 800, "after": 480})
    fallen = calm(5, [decree], references=priced(**{LEGEND.good: 60}))
    at = next(at for at, shock in enumerate(LEGEND.shocks) if shock.good is LEGEND.good)
    told = card(calm(4), fallen)
    found = tell(WORDS, replace(told, world=replace(told.world, shocks=(ShockInForce(LEGEND.slug, at, 4),))))
    assert found is not None
    assert found.line == f"That is the work of “{LEGEND.title}”."


def test_a_patrons_rumor_is_a_story_and_is_about_what_it_is_about() -> None:
    joined = admit(RULES, found_world(RULES, 7), Join("p1"))
    world, turn = step(RULES, joined, dict.fromkeys(CREATURES), [CastRumor("p1", Creature.PIP, "Pip is ill", 0)])
    still = replace(turn, references=world.yesterday, events=tuple(e for e in turn.events if e.kind == "rumor"))
    found = tell(WORDS, board_card(RULES, WOOD, replace(world, references=world.yesterday), still, {"p1": "Ann"}))
    assert found is not None
    assert found.title == "🗣️ Ann talks about Pip"


def test_hard_words_are_quoted_once() -> None:
    line = "Fenn would sell his own tail."
    words = Event(EventKind.GOSSIP, "oona", {"about": "fenn", "text": line, "leaning": -1})
    found = story(calm(4), calm(5, [words]))
    assert found.title == "💢 Oona has hard words for Fenn"
    assert line in found.line
    assert found.quoted == line


def test_the_same_kind_of_story_gives_way_to_another() -> None:
    frost = [calm(number, cold(*CREATURES[:3])) for number in range(3, 6)]
    deal = Trade(Good.HONEY, Creature.PIP, Creature.OONA, 6, 9, Hand.HABIT, Hand.HABIT)
    assert story(*frost).kind == "cold", "there is nothing else"
    busy = [replace(turn, trades=(deal,)) for turn in frost]
    assert [story(*busy[: at + 1]).kind for at in range(3)] == ["cold", "deal", "cold"]


def test_a_streak_is_told_only_where_its_beginning_is_known() -> None:
    course = [calm(number, references=priced(acorns=100 + 4 * number)) for number in range(1, 7)]
    quiet = [calm(0, references=priced(acorns=110)), *course]
    assert any("turns running" in story(*quiet[: at + 1]).title for at in range(4, 7))
    assert not any("turns running" in story(*course[: at + 1]).title for at in range(1, 6))


def test_a_turn_without_a_trade_and_a_calm_one_have_a_story_too() -> None:
    assert story(calm(5, trades=())).title == "🤝 Nobody traded"
    assert story(calm(4), calm(5)).kind == "quiet"


def test_the_hottest_good_is_the_one_that_moved_most_either_way() -> None:
    assert hottest(card(calm(4), calm(5, references=priced(acorns=110, honey=80)))) == (Good.HONEY, -20)
    assert hottest(card(calm(4), calm(5)))[1] == 0


@pytest.mark.parametrize(
    ("course", "bars"),
    [
        ([], ""),
        ([4], ""),
        ([4, 4, 4], "▃▃▃"),
        ([1, 2, 3, 4, 5], "▁▂▃▅▇"),
        ([5, 1], "▇▁"),
        ([9, 9, *range(1, 9)], "▁▁▂▂▃▃▅▇"),
    ],
)
def test_a_course_is_drawn_from_its_lowest_to_its_highest(course: list[int], bars: str) -> None:
    assert sparkline(course) == bars
