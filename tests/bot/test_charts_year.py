"""The pictures of a year: the patrons' courses, and the country in its four seasons."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from bot.telling.cards import ChartCard, RankRow
from bot.telling.charts import style
from bot.telling.charts.course import NAMED
from bot.telling.charts.drawing import draw
from bot.telling.charts.request import ChartKind, ChartRequest
from tests.bot.figures import colours, run_of, size, texts
from tests.bot.turns import RUN, make_rules, told
from wood.chronicle import Event, EventKind, Turn
from wood.names import Good

RULES = make_rules()
YEAR = 60
NASTY = ("明日香の森", "🔥🦊🔥", "عبد الرحمن", "W" * 32, r"$\frac{1}{0$ $x^2$")


def year(patrons: int, *, points: int = 15, verdict: str = "fined") -> list[Turn]:
    """A year in which p1 tells a legend, p2 is judged, and each patron stands lower than the one before."""
    events = {
        20: [told(RUN, "p1")],
        33: [Event(EventKind.VERDICT, "p2", {"verdict": verdict, "fine": 9, "until": 0, "turns": 0, "bounty": 0})],
    }
    turns = run_of(Good.HONEY, [100 + turn for turn in range(YEAR)], events)
    counted = [
        Event(
            EventKind.COUNTED,
            f"p{rank}",
            {
                "year": 1,
                "pebbles": 100,
                "standing": 300 - rank,
                "rank": rank,
                "titles": [],
                "course": [100 + (300 - 6 * rank) * at // 15 for at in range(points)],
            },
        )
        for rank in range(1, patrons + 1)
    ]
    turns[-1] = replace(turns[-1], events=(*turns[-1].events, *counted))
    return turns


def course(turns: Sequence[Turn], names: Sequence[str]) -> ChartCard:
    rows = [RankRow(place, name, 300 - place, 0, f"Alder {place}") for place, name in enumerate(names, 1)]
    shown = {f"p{place}": name for place, name in enumerate(names, 1)}
    return draw(ChartRequest(ChartKind.COURSE), RULES, turns, rows, shown)


def test_the_foremost_is_bright_and_named_with_where_it_ended(figures: list[Figure]) -> None:
    card = course(year(3), ["Ann 👑", "Ben", "Cay"])
    drawn = colours(figures[0])
    bright = style.GOOD_COLOURS[Good.HONEY]
    assert drawn["Ann comes out first"] == bright, "no mark of a title is drawn, as no font has it"
    (ann,) = (text for text in drawn if text.startswith("Ann") and text[-1].isdigit())
    assert drawn[ann] == bright
    assert "3 patrons" in card.alt
    assert "👑" not in card.alt


def test_legends_and_verdicts_are_pinned_and_an_acquittal_is_not(figures: list[Figure]) -> None:
    assert "Guilty: Ben in turn 33" in course(year(2), ["Ann", "Ben"]).alt
    drawn = colours(figures[0])
    assert {"Guilty: Ben", "Run on Oona's Hoard"} <= set(drawn)
    course(year(2, verdict="acquitted"), ["Ann", "Ben"])
    assert "Guilty: Ben" not in colours(figures[1])


@pytest.mark.parametrize("patrons", [1, NAMED, 40])
@pytest.mark.parametrize("points", [1, 3, 15])
def test_every_field_of_patrons_is_drawn_and_eight_are_named(figures: list[Figure], patrons: int, points: int) -> None:
    card = course(year(patrons, points=points), [NASTY[place % len(NASTY)] for place in range(patrons)])
    assert size(card)[0] == style.WIDTH
    ended = [text for text, _ in texts(figures[0]) if " " in text.get_text() and text.get_text()[-1].isdigit()]
    assert len({text.get_position() for text in ended if text.get_color() != style.INK}) <= NAMED + 2
    high = style.figure_height(figures[0])
    for text, (left, low, right, top) in texts(figures[0]):
        assert (left, low) >= (0, 0), text.get_text()
        assert right <= style.WIDTH, text.get_text()
        assert top <= high, text.get_text()


def test_who_stands_below_nothing_is_still_within_the_axes(figures: list[Figure]) -> None:
    turns = year(2)
    *kept, last = turns[-1].events
    low = replace(last, data={**(last.data or {}), "course": [100 - 11 * at for at in range(15)]})
    course([*turns[:-1], replace(turns[-1], events=(*kept, low))], ["Ann", "Ben"])
    (plot,) = figures[0].axes
    assert plot.get_ylim()[0] < 100 - 11 * 14


def test_patrons_who_came_too_late_for_a_course_draw_nothing_and_say_so() -> None:
    turns = year(1, points=0)
    turns[-1] = replace(turns[-1], events=tuple(e for e in turns[-1].events if e.kind is not EventKind.COUNTED))
    assert size(course(turns, []))[0] == style.WIDTH


def test_a_year_has_one_picture_and_another_year_another() -> None:
    first, again = (draw(ChartRequest(ChartKind.YEAR), RULES, year(1)) for _ in range(2))
    assert first == again
    assert size(first) == (1_200, 400)
    assert first.alt.startswith("The saga of year 1.")
    assert "a trail of honey climbs" in first.alt
    second = [replace(turn, year=2, number=turn.number + YEAR) for turn in year(1)]
    assert draw(ChartRequest(ChartKind.YEAR), RULES, second).png != first.png
