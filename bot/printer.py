"""Makes messages of what the herald delivers."""

from bot.ports import Drawn
from bot.telling.cards import BoardCard, NoticeCard, ReportCard, WoodCard
from bot.telling.catalog import words_for
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.extra import ExtraCard
from bot.telling.nudges import NudgeCard
from bot.telling.tidings import TidingsCard
from bot.telling.year import YearCard
from bot.views.board import render_board, render_razed
from bot.views.extra import render_extra
from bot.views.nudges import render_nudge
from bot.views.receipt import render_notice
from bot.views.report import make_report
from bot.views.tidings import render_tidings
from bot.views.year import make_year


class LayoutPrinter:
    """Components V2 layouts of boards, reports and other posts, with charts drawn off the event loop."""

    def __init__(self, charts: ChartPool) -> None:
        self._charts = charts

    async def board(self, card: BoardCard) -> Drawn:
        """The board of a living wood."""
        return Drawn(render_board(card))

    async def razed(self, card: WoodCard, language: str) -> Drawn:
        """What stands in place of a razed wood's board, in the wood's language."""
        return Drawn(render_razed(words_for(language), card))

    async def report(self, card: ReportCard) -> Drawn:
        """A day's report, with its charts.

        Raises:
            Refusal: the charts cannot be drawn now.
        """
        return Drawn(*await make_report(card, self._charts, patient=True))

    async def notice(self, card: NoticeCard) -> Drawn:
        """What came of a patron's words, for that patron."""
        return Drawn(render_notice(card))

    async def tidings(self, card: TidingsCard) -> Drawn:
        """What a turn had for a patron, for that patron."""
        return Drawn(render_tidings(card))

    async def nudge(self, card: NudgeCard) -> Drawn:
        """What a turn has of what a patron asked to be told, for that patron."""
        return Drawn(render_nudge(card))

    async def strike(self, card: ExtraCard) -> Drawn:
        """A legend that strikes, with its banner.

        Raises:
            Refusal: the banner cannot be drawn now.
        """
        request = ChartRequest(ChartKind.BANNER, legend=card.strike.legend.slug)
        banner = await self._charts.draw(request, card.rules, [card.turn], patient=True)
        return Drawn(*render_extra(card, [banner]))

    async def year(self, card: YearCard) -> Drawn:
        """The year's end, with its chart.

        Raises:
            Refusal: the chart cannot be drawn now.
        """
        return Drawn(*await make_year(card, self._charts))
