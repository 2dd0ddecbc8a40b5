"""How to play, in one screen."""

from discord import ui

from bot.answers import Interaction, answering, words_of
from bot.telling.catalog import Words
from bot.views.base import CALM, Layout, StatelessButton, row, rule, text
from bot.views.rumor import RumorButton
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import HAND_MOST, LEGEND_BREATH, LEGEND_REST
from wood.moves.rumor import RUMOR_BREATH, WHISPER_PEBBLES


class HelpButton(StatelessButton, template=r"ttw:help"):
    """Show how to play."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:help", label=words("button-help"), emoji="❔")

    async def press(self, interaction: Interaction) -> None:
        """Show the help to the one who asked."""
        async with answering(interaction) as answer:
            await answer.show(render_help(words_of(interaction)))


def render_help(words: Words) -> Layout:
    """What to do first, how the wood works, the moves, and where to look."""
    moves = (
        words("help-moves", breath=BREATH_MAX, pebbles=JOIN_PEBBLES),
        "- " + words("help-move-rumor", breath=RUMOR_BREATH, pebbles=WHISPER_PEBBLES),
        "- " + words("help-move-draw", most=HAND_MOST),
        "- " + words("help-move-cast", breath=LEGEND_BREATH, rest=LEGEND_REST),
    )
    return Layout(
        ui.Container(
            text(words("help-first")),
            row(RumorButton(words)),
            rule(),
            text(words("help-wood")),
            rule(),
            text("\n".join(moves)),
            rule(),
            text(words("help-look")),
            accent_colour=CALM,
        )
    )
