"""The daily report and single charts."""
import discord
from bot.answers import Interaction, answering, place
from bot.cards import ReportCard
from bot.views.base import Layout, Press
class ChartButton(Press, template=r"ttw:chart"):
    """Draw the prices."""

    def __init__(self) -> None:
        super().__init__("ttw:chart", label="Chart", emoji="📈")

class ReportButton(Press, template=r"ttw:report"):
    """Read the report."""

    def __init__(self) -> None:
        super().__init__("ttw:report", label="Report", emoji="🗞️")

def render_report(card: ReportCard) -> tuple[Layout, list[discord.File]]:
    raise NotImplementedError
