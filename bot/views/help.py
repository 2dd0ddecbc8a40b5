"""How to play, in one screen."""

from discord import ui

from bot.answers import Interaction, answering
from bot.views.base import CALM, Layout, StatelessButton, rule, text
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import HAND_MOST, LEGEND_BREATH, LEGEND_REST
from wood.moves.rumor import RUMOR_BREATH, WHISPER_PEBBLES


class HelpButton(StatelessButton, template=r"ttw:help"):
    """Show how to play."""

    def __init__(self) -> None:
        super().__init__("ttw:help", label="Help", emoji="❔")

    async def press(self, interaction: Interaction) -> None:
        """Show the help to the one who asked."""
        async with answering(interaction) as answer:
            await answer.show(render_help())


def render_help() -> Layout:
    """What to do first, how the wood works, the moves, and where to look."""
    first = (
        "### 🌳 How to play\n"
        "Five creatures trade five goods here, each with a mind of its own. You are a **patron**: you never trade, you "
        "stir the wood and watch what becomes of it.\n"
        "**1.** Press **Join the wood** below the board, or use `/patron join`.\n"
        "**2.** Cast a rumor with `/rumor cast`, say *The frost comes early* about firewood.\n"
        "**3.** At the next turn look at the board: who believed it, and what became of the price?"
    )
    wood = (
        "**How the wood works.** A meal needs two kinds of food, hoards rot, and winter burns firewood that only "
        "Bramble cuts, so everybody must trade. Once a turn each creature decides what to offer; where it decides "
        "nothing, habit sells what it has left over and buys what it lacks. Prices rise with what was wanted in vain "
        "and fall with what was left lying."
    )
    moves = (
        "**Your moves** cost breath: you have up to "
        f"{BREATH_MAX}, and one comes back every turn. You also get a purse of {JOIN_PEBBLES} pebbles.\n"
        f"- `/rumor cast` ({RUMOR_BREATH} breath): one line about a good or a creature, for all ears. Whispered to one "
        f"creature it costs {WHISPER_PEBBLES} pebbles more. Rumors that prove false cost you their trust.\n"
        f"- `/legend draw` (free): a famous episode of market history in fur; you can hold {HAND_MOST}, and nobody "
        "knows which.\n"
        f"- `/legend cast` ({LEGEND_BREATH} breath, yours or shared): it strikes at the next turn and brings you fame; "
        f"then the wood rests from legends for {LEGEND_REST} turns."
    )
    look = (
        "**Look around:** `/wood creature`, `/rumor heard`, `/market report`, `/market chart`, "
        "`/market trades`, `/legend lore`, `/patron purse`, `/patron ranking`.\n"
        "-# `/patron forget` erases what is known of you. Those who manage the channel keep the wood with `/keeper`."
    )
    return Layout(
        ui.Container(text(first), rule(), text(wood), rule(), text(moves), rule(), text(look), accent_colour=CALM)
    )
