"""Patrons: their purse, their ranking, and the button that makes one."""

from functools import reduce
from typing import Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.calls import expected, record_line, signed_points, verdict
from bot.telling.cards import PatronCard
from bot.telling.catalog import Words
from bot.telling.own import own_line
from bot.telling.stakes import thermometer, warmth
from bot.telling.taming import MAX_NAME, bounded, escape, whole_lines
from bot.views.base import CALM, Layout, StatelessButton, breath_bar, gallery, note, row, rule, text
from bot.views.legend import DrawButton
from bot.views.rumor import RumorButton
from bot.views.stakes import BookButton, first_trade
from data.rows import Notify
from wood.magistrate import HOT

_REFUSED = 1_200
"""Characters for what could not be done."""


NOTIFY: Final = (Notify.OFF, Notify.CHANNEL, Notify.DIRECT)
"""What a patron can choose."""


async def choose_notify(interaction: Interaction, how: str) -> None:
    """Note whether, and where, the player wishes to be told what came of words, and say so."""
    async with answering(interaction) as answer:
        wished = Notify(how)
        await interaction.client.keeper.patrons.notify(place(interaction), interaction.user.id, wished)
        await answer.show(render_notify(words_of(interaction), wished))


class JoinButton(StatelessButton, template=r"ttw:join"):
    """Join the wood of this channel as a patron."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:join", label=words("button-join"), emoji="🌳", style=discord.ButtonStyle.success)

    async def press(self, interaction: Interaction) -> None:
        """Join, and show the new purse."""
        async with answering(interaction) as answer:
            user = interaction.user
            card = await interaction.client.keeper.patrons.join(place(interaction), user.id, user.display_name)
            await answer.show(render_welcome(words_of(interaction), card, await first_trade(interaction)))


class PurseButton(StatelessButton, template=r"ttw:purse"):
    """Look into one's own purse."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:purse", label=words("button-purse"), emoji="👛")

    async def press(self, interaction: Interaction) -> None:
        """Show the purse to its owner only."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
            await answer.show(render_purse(words_of(interaction), card))


class CalibrationButton(StatelessButton, template=r"ttw:calibration"):
    """See how good a prophet one is."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:calibration", label=words("button-calibration"), emoji="🔮")

    async def press(self, interaction: Interaction) -> None:
        """Draw it for the one who asked."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.queries.calibration(place(interaction), interaction.user.id)
            pictures, files = gallery([card])
            await answer.show(Layout(ui.Container(pictures, accent_colour=CALM)), files)


def _figures(words: Words, card: PatronCard) -> str:
    titles = [legend.title for legend in card.hand] or [words("patron-no-legend")]
    lines = [
        words("patron-pebbles", pebbles=card.purse),
        f"{breath_bar(card)} {words('patron-breath', breath=card.breath, most=card.breath_max)}",
        f"📜 {reduce(lambda head, title: words('list-middle', head=head, next=title), titles)}",
        words("patron-rank", rank=card.rank, patrons=card.patrons, fame=card.fame),
    ]
    if card.heat:
        name = words(f"heat-{warmth(card.heat)}")
        lines.append(words("book-heat", bar=thermometer(card.heat), heat=card.heat, most=HOT, name=name))
    return "\n".join(lines)


def _records(words: Words, card: PatronCard) -> list[str]:
    """What claims and daily calls of the year were worth."""
    lines = []
    if (claims := card.prophecy).said:
        told = words("ranking-claims", said=claims.said, right=claims.right, chance=expected(claims))
        points = signed_points(words, claims.score)
        lines.append(words("patron-prophecy", points=points, claims=f"{told} {verdict(words, claims)}".rstrip()))
    if card.calls.said:
        lines.append(f"🎯 {record_line(words, card.calls)}")
    return lines


def _refused(words: Words, card: PatronCard) -> list[str]:
    """What turns that came first made impossible."""

    def named(kind: str) -> str:
        return words(f"move-{kind}") if words.has(f"move-{kind}") else words("move-other")

    return [
        words("patron-refused", move=named(kind), turn=turn, why=escape(why.say(words)))
        for turn, kind, why in card.refused
    ]


def render_purse(words: Words, card: PatronCard) -> Layout:
    """What a patron owns and is known for, for that patron's eyes."""
    head = words("patron-head", name=escape(bounded(card.name, MAX_NAME)), alias=escape(card.alias))
    items: list[ui.Item[ui.LayoutView]] = [text(head), text(_figures(words, card))]
    if records := _records(words, card):
        items.append(text("\n".join(records)))
    if card.notify is not Notify.OFF:
        items.append(text(f"-# {words('patron-notify', how=card.notify.value)}"))
    if card.reach is Notify.REFUSED:
        items.append(text(f"-# {words('nudge-reach', how=card.reach.value)}"))
    items.append(row(BookButton(words), *([CalibrationButton(words)] if card.prophecy.said else [])))
    if card.news:
        lines = [words("patron-news", turn=turn, what=own_line(words, event, card.names)) for turn, event in card.news]
        items += [rule(), text("\n".join(whole_lines(words, lines, _REFUSED)))]
    if card.refused:
        items += [rule(), text("\n".join(whole_lines(words, _refused(words, card), _REFUSED)))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def render_notify(words: Words, how: Notify) -> Layout:
    """What is said to a patron who has chosen whether to be told what came of words."""
    return note(words("patron-notify", how=how.value))


def render_welcome(words: Words, card: PatronCard, first: StatelessButton | None = None) -> Layout:
    """What a new patron is told: the goal in three lines, what there is to begin with, and what to do now.

    Args:
        words: the player's language.
        card: the patron.
        first: a first move, made by one press; it stands before the others.
    """
    head = words("patron-welcome", name=escape(bounded(card.name, MAX_NAME)), alias=escape(card.alias))
    return Layout(
        ui.Container(
            text(head),
            rule(),
            text(words("patron-goal")),
            rule(),
            text(_figures(words, card)),
            *([text(words("patron-back"))] if card.back else []),
            text(words("patron-now", resting="yes" if card.resting else "no")),
            row(*([first] if first else []), RumorButton(words), DrawButton(words)),
            accent_colour=CALM,
        )
    )
