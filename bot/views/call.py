"""The daily call: ten buttons under a report, for everybody, and what one press answers."""

from typing import Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.calls import CallCard, called, odds, outcome, record_line
from bot.telling.cards import ReportCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.taming import escape
from bot.views.base import CALM, MAX_TEXT, Layout, StatelessButton, ago, clip, row, text
from bot.views.patron import JoinButton
from bot.views.rumor import RumorButton
from wood.moves.call import CALL_TURNS_MOST
from wood.names import GOODS, Good
from wood.rules import Rules

_DAY: Final = 86_400
_ANY: Final = "|".join(GOODS)
_WAYS: Final = {"up": 1, "down": -1}


class CallButton(StatelessButton, template=rf"ttw:call:(?P<good>{_ANY}):(?P<way>up|down)"):
    """Call the good that moves most until the next report, and which way."""

    def __init__(self, rules: Rules, good: Good, way: str) -> None:
        up = way == "up"
        style = discord.ButtonStyle.success if up else discord.ButtonStyle.danger
        super().__init__(f"ttw:call:{good}:{way}", label="▲" if up else "▼", emoji=rules.goods[good].emoji, style=style)

    async def press(self, interaction: Interaction) -> None:
        """Make the call, or show the one that stands already."""
        async with answering(interaction) as answer:
            user, good, leaning = interaction.user, Good(self.named["good"]), _WAYS[self.named["way"]]
            card = await interaction.client.keeper.calls.call(
                place(interaction), user.id, user.display_name, good, leaning
            )
            await answer.show(render_call(words_of(interaction), card))


def with_calls(card: ReportCard, report: Layout) -> Layout:
    """A report with the call for tomorrow below it: how the last one came out, and a button for every answer."""
    words, rules = words_of_wood(card.rules), card.rules
    lines = [words("call-ask-turns", turns=CALL_TURNS_MOST) if _fast(card) else words("call-ask")]
    lines += map(escape, outcome(words, rules, card.names, card.turns, card.history))
    lines.append(f"-# {words('call-how')}")
    room = MAX_TEXT - report.content_length()
    while len("\n".join(lines)) > room and len(lines) > 1:
        lines.pop()
    rows = [row(*(CallButton(rules, good, way) for good in GOODS)) for way in _WAYS]
    items: list[ui.Item[Any]] = [text(clip("\n".join(lines), max(1, room))), *rows]
    return Layout(*report.children, ui.Container(*items, accent_colour=CALM))


def render_call(words: Words, card: CallCard) -> Layout:
    """What stands, when it is judged, how likely it was once that is known, and what else one could do."""
    call = called(words, card.rules, card.call.good, card.call.leaning)
    lines = [words("call-made", call=call) if card.new else words("call-stands", call=call)]
    if card.judged_at is None:
        lines.append(words("call-judged-resting", turns=card.turns))
    else:
        lines.append(words("call-judged", turns=card.turns, when=ago(card.judged_at)))
    if card.call.chance is not None:
        lines.append(words("call-odds", odds=odds(words, card.call.chance)))
    if card.record.said:
        lines.append(record_line(words, card.record))
    lines.append(words("call-then-rumor") if card.member else words("call-then-join"))
    button = RumorButton(words) if card.member else JoinButton(words)
    return Layout(ui.Container(text("\n".join(lines)), row(button), accent_colour=CALM))


def _fast(card: ReportCard) -> bool:
    """Whether so many turns pass within a day that a call is judged before the next report."""
    return card.wood.pace * CALL_TURNS_MOST < _DAY
