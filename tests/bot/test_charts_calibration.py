"""A prophet's chart: judged claims by their chances, beside what chance alone would have made true."""

from decimal import Decimal

from bot.telling.charts.calibration import bins
from bot.telling.charts.drawing import draw
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.series import CalibrationSeries
from data.content import default_rules
from tests.bot.turns import make_turn
from wood.chronicle import Event, EventKind, Turn
from wood.names import Good

RULES = default_rules()
REQUEST = ChartRequest(ChartKind.CALIBRATION, patron="p1")


def said(*claims: tuple[int | None, bool], who: str = "p1", echo: bool = False, to: str | None = None) -> Turn:
    events = [
        Event(EventKind.JUDGED, who, {"good": Good.HONEY, "true": true, "chance": chance, "score": 0, "echo": echo}, to)
        for chance, true in claims
    ]
    return make_turn(1, events=events)


def test_claims_fall_into_bins_that_leave_none_out() -> None:
    every = bins(CalibrationSeries(tuple((chance, chance % 2 == 0) for chance in range(1001))))
    assert [row.name for row in every] == ["long", "less", "more", "sure"]
    assert sum(row.said for row in every) == 1001
    (sure,) = bins(CalibrationSeries(((984, True), (751, False))))
    assert (sure.name, sure.said, sure.right, sure.expected) == ("sure", 2, 1, Decimal("1.7"))


def test_the_chart_counts_ones_own_claims_alone_and_no_echo() -> None:
    turns = [
        said((100, True), (200, False), (900, True)),
        said((100, True), to="p1"),
        said((100, True), echo=True),
        said((100, True), who="p2"),
        said((None, True)),
    ]
    card = draw(REQUEST, RULES, turns)
    assert card.alt == (
        "3 of 4 came true. long shots: 2 of 3 came true, chance gives 0.4. "
        "near certain: 1 of 1 came true, chance gives 0.9."
    )
    assert card == draw(REQUEST, RULES, turns)
    assert card.png.startswith(b"\x89PNG")


def test_a_prophet_of_whom_nothing_is_judged_sees_so() -> None:
    card = draw(REQUEST, RULES, [said((100, True), who="p2")])
    assert card.alt == "No claim of this year has been judged yet."
