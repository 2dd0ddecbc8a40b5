"""Draws a requested chart here and now. Importing this imports matplotlib, which takes about half a second."""

from collections.abc import Sequence

from bot.telling.cards import ChartCard, RankRow
from bot.telling.charts.firewood import draw_firewood
from bot.telling.charts.prices import draw_prices
from bot.telling.charts.ranking import draw_ranking
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.wealth import draw_wealth
from wood.chronicle import Turn
from wood.rules import Rules


def draw(request: ChartRequest, rules: Rules, turns: Sequence[Turn], ranking: Sequence[RankRow] = ()) -> ChartCard:
    """Draw a chart; the same input gives the same bytes.

    Args:
        request: which.
        rules: the content.
        turns: the history, oldest first; may be empty.
        ranking: the patrons, best first, for the ranking chart.
    """
    shown = list(turns) if request.span is None else list(turns)[-max(1, request.span) :]
    match request.kind:
        case ChartKind.PRICES:
            return draw_prices(rules, shown, request.good)
        case ChartKind.WEALTH:
            return draw_wealth(rules, shown)
        case ChartKind.FIREWOOD:
            return draw_firewood(rules, shown)
        case ChartKind.RANKING:
            return draw_ranking(ranking)
