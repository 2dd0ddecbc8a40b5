"""Draws a requested chart here and now. Importing this imports matplotlib, which takes about half a second."""

from collections.abc import Mapping, Sequence

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words, words_of_wood
from bot.telling.charts.banner import draw_banner
from bot.telling.charts.calibration import draw_calibration
from bot.telling.charts.course import draw_course
from bot.telling.charts.firewood import draw_firewood
from bot.telling.charts.hero import draw_hero
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
    WealthSeries,
    YearSeries,
    series_of,
)
from bot.telling.charts.wealth import draw_wealth
from bot.telling.charts.yearly import draw_year
from wood.chronicle import Turn
from wood.rules import Rules


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
    match series:
        case PriceSeries():
            return draw_prices(words, series)
        case GoodSeries():
            return draw_good(words, series)
        case HeroSeries():
            return draw_hero(words, series)
        case WealthSeries():
            return draw_wealth(words, series)
        case FirewoodSeries():
            return draw_firewood(words, series)
        case Standing():
            return draw_ranking(words, series)
        case BannerSeries():
            return draw_banner(words, series)
        case CalibrationSeries():
            return draw_calibration(words, series)
        case CourseSeries():
            return draw_course(words, series)
        case YearSeries():
            return draw_year(words, series)
