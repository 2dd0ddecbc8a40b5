"""Alerts and reminders: what a patron asked for, with a button to take each back, and what is told."""

from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.catalog import Words, words_of_wood
from bot.telling.nudges import AskedCard, NudgeCard, alert_line, nudge_lines
from bot.views.base import CALM, Layout, StatelessButton, row, text
from data.nudges import ALERTS_MOST
from data.rows import Notify, Reminder


class DropAlertButton(StatelessButton, template=r"ttw:alert:(?P<alert>\d{1,18}):drop"):
    """Take an alert back."""

    async def press(self, interaction: Interaction) -> None:
        """Take it back, and show what is left."""
        async with answering(interaction) as answer:
            nudges = interaction.client.keeper.nudges
            card = await nudges.drop_alert(place(interaction), interaction.user.id, int(self.named["alert"]))
            await answer.show(render_alerts(words_of(interaction), card))


class RemindButton(StatelessButton, template=r"ttw:remind:(?P<what>report|call|loan):(?P<wished>yes|no)"):
    """Ask to be reminded of something, or take that back."""

    @classmethod
    def of(cls, words: Words, what: Reminder, *, on: bool) -> "RemindButton":
        """Make the button that turns a reminder on, or off where it is on."""
        return cls(
            f"ttw:remind:{what}:{'no' if on else 'yes'}",
            label=words("button-remind", what=what.value),
            emoji="🔔" if on else "🔕",
            style=discord.ButtonStyle.success if on else discord.ButtonStyle.secondary,
        )

    async def press(self, interaction: Interaction) -> None:
        """Note it, and show all reminders."""
        async with answering(interaction) as answer:
            what, wished = Reminder(self.named["what"]), self.named["wished"] == "yes"
            nudges = interaction.client.keeper.nudges
            card = await nudges.remind(place(interaction), interaction.user.id, what, wished=wished)
            await answer.show(render_reminders(words_of(interaction), card))


class ReachButton(StatelessButton, template=r"ttw:reach:(?P<how>channel|direct):(?P<page>alerts|reminders)"):
    """Choose where alerts and reminders go."""

    @classmethod
    def of(cls, words: Words, card: AskedCard, page: str) -> "ReachButton":
        """Make the button that chooses the place that is not chosen."""
        how = Notify.CHANNEL if card.asked.reach is Notify.DIRECT else Notify.DIRECT
        return cls(f"ttw:reach:{how}:{page}", label=words("button-reach", how=how.value), emoji="📍")

    async def press(self, interaction: Interaction) -> None:
        """Note it, and show the page that the button stood on."""
        render = render_alerts if self.named["page"] == "alerts" else render_reminders
        async with answering(interaction) as answer:
            nudges = interaction.client.keeper.nudges
            card = await nudges.reach(place(interaction), interaction.user.id, Notify(self.named["how"]))
            await answer.show(render(words_of(interaction), card))


def render_alerts(words: Words, card: AskedCard) -> Layout:
    """The prices that a patron is told of, each with a button that takes it back."""
    alerts = card.asked.alerts
    lines = [words("alert-head"), *(alert_line(words, card, each) for each in alerts)]
    lines += [] if alerts else [words("alert-none")]
    lines.append(f"-# {words('alert-how', most=ALERTS_MOST)}")
    if alerts:
        lines.append(f"-# {words('nudge-reach', how=card.asked.reach.value)}")
    drops = [
        DropAlertButton(
            f"ttw:alert:{each.id}:drop",
            label=words("button-alert-drop", good=words(f"good-{each.good}")),
            emoji="✖️",
        )
        for each in alerts
    ]
    items: list[ui.Item[Any]] = [text("\n".join(lines)), *([row(*drops)] if drops else [])]
    return Layout(ui.Container(*items, row(ReachButton.of(words, card, "alerts")), accent_colour=CALM))


def render_reminders(words: Words, card: AskedCard) -> Layout:
    """What a patron is reminded of, each with a button that turns it on or off."""
    on = card.asked.reminders
    lines = [words("remind-head"), *(words("remind-line", what=each.value, on=_yes(each in on)) for each in Reminder)]
    if on:
        lines.append(f"-# {words('nudge-reach', how=card.asked.reach.value)}")
    buttons = [RemindButton.of(words, each, on=each in on) for each in Reminder]
    reach = row(ReachButton.of(words, card, "reminders"))
    return Layout(ui.Container(text("\n".join(lines)), row(*buttons), reach, accent_colour=CALM))


def render_nudge(card: NudgeCard) -> Layout:
    """What a turn has for a patron: in the channel with a mention of that patron, or in a direct message."""
    words = words_of_wood(card.rules)
    if card.how is Notify.CHANNEL:
        head = words("nudge-ping", mention=f"<@{card.user_id}>")
    else:
        head = words("nudge-direct", channel=f"<#{card.channel_id}>")
    return Layout(ui.Container(text("\n".join([head, *nudge_lines(words, card)])), accent_colour=CALM))


def _yes(true: bool) -> str:
    return "yes" if true else "no"
