"""Draws a requested chart here and now. Importing this imports matplotlib, which takes about half a second."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words, words_of_wood
from bot.telling.charts.album import draw_album
from bot.telling.charts.banner import draw_banner
from bot.telling.charts.calibration import draw_calibration
from bot.telling.charts.course import draw_course
from bot.telling.charts.faces import AlbumSeries, CardSeries
from bot.telling.charts.firewood import draw_firewood
from bot.telling.charts.hero import draw_hero
from bot.telling.charts.portrait import draw_portrait
from bot.telling.charts.prices import draw_good, draw_prices
from bot.telling.charts.ranking import draw_ranking
from bot.telling.charts.request import ChartRequest
from bot.telling.charts.series import (
    BannerSeries,
    CalibrationSeries,
    CourseSeries,
    FirewoodSeries,
    GoodSeries,
    HeroSeries,
    PriceSeries,
    Series,
    Standing,
    TrialSeries,
    WealthSeries,
    YearSeries,
    series_of,
)
from bot.telling.charts.trial import draw_trial
from bot.telling.charts.wealth import draw_wealth
from bot.telling.charts.yearly import draw_year
from wood.chronicle import Turn
from wood.rules import Rules

_DRAWN_BY: Final[Mapping[type[Any], Callable[[Words, Any], ChartCard]]] = {
    PriceSeries: draw_prices,
    GoodSeries: draw_good,
    HeroSeries: draw_hero,
    WealthSeries: draw_wealth,
    FirewoodSeries: draw_firewood,
    Standing: draw_ranking,
    BannerSeries: draw_banner,
    AlbumSeries: draw_album,
    CardSeries: draw_portrait,
    CalibrationSeries: draw_calibration,
    TrialSeries: draw_trial,
    CourseSeries: draw_course,
    YearSeries: draw_year,
}
"""What draws each kind of chart."""


def draw(
    request: ChartRequest,
    rules: Rules,
    turns: Sequence[Turn],
    ranking: Sequence[RankRow] = (),
    names: Mapping[str, str] | None = None,
) -> ChartCard:
    """Draw a chart in the wood's own language, from what :func:`bot.telling.charts.series.series_of` reads."""
    words = words_of_wood(rules)
    return draw_series(words, series_of(words, request, rules, turns, ranking, names))


def draw_series(words: Words, series: Series) -> ChartCard:
    """Draw a chart from what it shows; the same input gives the same bytes."""
    return _DRAWN_BY[type(series)](words, series)
