"""How to play, in one screen."""

from discord import ui

from bot.answers import Interaction, answering
from bot.views.base import CALM, Layout, Press, rule, text
from wood.patrons import BREATH_MAX, HAND_MOST, JOIN_PEBBLES, LEGEND_BREATH, LEGEND_REST, RUMOR_BREATH, WHISPER_PEBBLES


class HelpButton(Press, template=r"ttw:help"):
    """Show how to play."""

    def __init__(self) -> None:
        super().__init__("ttw:help", label="Help", emoji="❔")

    async def press(self, interaction: Interaction) -> None:
        """Show the help to the one who asked."""
        async with answering(interaction) as answer:
            await answer.show(render_help())


def render_help() -> Layout:
    """The game, the moves and where to look."""
    game = (
        "### 🌳 How to play\n"
        "Five creatures, each with a mind of its own, trade five goods. They cannot live alone: a meal needs different "
        "foods, hoards rot, and winter burns firewood that only Bramble cuts. You are a **patron**: you never trade, "
        "you stir the wood and watch what becomes of it."
    )
    moves = (
        f"**`/patron join`** mints you a purse of {JOIN_PEBBLES} pebbles and {BREATH_MAX} breath. "
        "One breath comes back every turn.\n"
        f"**`/rumor cast`** says one line about a good or a creature ({RUMOR_BREATH} breath). Whispered to one "
        f"creature, it costs {WHISPER_PEBBLES} pebbles more. Rumors that prove false cost you their trust.\n"
        f"**`/legend draw`** gives you a legend, a famous episode of market history in fur; you can hold {HAND_MOST}.\n"
        f"**`/legend cast`** puts breath into one. It takes {LEGEND_BREATH}, yours or shared with others; "
        f"then the wood rests for {LEGEND_REST} turns."
    )
    look = (
        "**Look around:** `/wood board`, `/wood creature`, `/rumor heard`, `/market report`, `/market chart`, "
        "`/market trades`, `/legend lore`, `/patron purse`, `/patron ranking`.\n"
        "**Leave:** `/patron forget` erases what is known of you.\n"
        "-# Those who manage the channel keep the wood with `/keeper`."
    )
    return Layout(ui.Container(text(game), rule(), text(moves), rule(), text(look), accent_colour=CALM))
