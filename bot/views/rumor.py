"""Rumors: the form to cast one, what it cost, and what has been heard."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import PatronCard, RumorRow
from bot.telling.catalog import Words
from bot.telling.phrases import of_good
from bot.telling.taming import MAX_NAME, bounded, escape, whole_lines
from bot.views.base import CALM, Form, Layout, StatelessButton, breath_bar, note, rule, text
from bot.views.newcomer import arriving, welcome_line
from wood.moves.rumor import MAX_RUMOR
from wood.names import CREATURES, GOODS, Creature, Good

EVERYBODY = "everybody"
LEANINGS = {"dearer": 1, "cheaper": -1, "neither": 0}
_AUTO = "auto"
_GOODS, _CREATURES = frozenset(GOODS), frozenset(CREATURES)
_RUMORS, _GOSSIP = 2_100, 1_600
"""Characters for what patrons spread, and for what creatures said."""


def topic_of(value: str) -> Good | Creature:
    """Read a good or a creature from its value.

    Raises:
        ValueError: it is neither.
    """
    return Good(value) if value in _GOODS else Creature(value)


def _topics(words: Words) -> list[discord.SelectOption]:
    good, creature = words("rumor-form-good"), words("rumor-form-creature")
    return [
        *(discord.SelectOption(label=of_good(words, each), value=each.value, description=good) for each in GOODS),
        *(
            discord.SelectOption(label=words(f"creature-{each}"), value=each.value, description=creature)
            for each in CREATURES
        ),
    ]


def _ears(words: Words) -> list[discord.SelectOption]:
    only = {who: words("rumor-form-only", creature=words(f"creature-{who}")) for who in CREATURES}
    return [
        discord.SelectOption(label=words("rumor-form-everybody"), value=EVERYBODY, default=True),
        *(discord.SelectOption(label=label, value=who.value, emoji="🤫") for who, label in only.items()),
    ]


class RumorForm(Form):
    """What the rumor is about, which way it points, the words, and who shall hear it."""

    def __init__(self, words: Words) -> None:
        super().__init__(title=words("rumor-form-title"))
        self.about: ui.Select[Any] = ui.Select(
            custom_id="about", placeholder=words("rumor-form-about-hint"), options=_topics(words)
        )
        self.line: ui.TextInput[Any] = ui.TextInput(
            custom_id="words", max_length=MAX_RUMOR, placeholder=words("rumor-form-words-hint")
        )
        self.leaning: ui.Select[Any] = ui.Select(
            custom_id="leaning",
            options=[
                discord.SelectOption(label=words("rumor-form-auto"), value=_AUTO, default=True),
                discord.SelectOption(label=words("claim-dearer"), value="dearer", emoji="📈"),
                discord.SelectOption(label=words("claim-cheaper"), value="cheaper", emoji="📉"),
                discord.SelectOption(label=words("claim-neither"), value="neither"),
            ],
        )
        self.to: ui.Select[Any] = ui.Select(custom_id="to", options=_ears(words))
        self.add_item(ui.Label(text=words("rumor-form-about"), component=self.about))
        self.add_item(
            ui.Label(text=words("rumor-form-words"), description=words("rumor-form-words-rule"), component=self.line)
        )
        self.add_item(ui.Label(text=words("rumor-form-claim"), component=self.leaning))
        self.add_item(ui.Label(text=words("rumor-form-to"), component=self.to))

    async def send(self, interaction: Interaction) -> None:
        """Cast what was filled in."""
        async with answering(interaction) as answer:
            claim, to = self.leaning.values[0], self.to.values[0]
            whispered = None if to == EVERYBODY else Creature(to)
            card = await interaction.client.keeper.patrons.cast_rumor(
                place(interaction),
                interaction.user.id,
                about=topic_of(self.about.values[0]),
                text=self.line.value,
                leaning=LEANINGS.get(claim),
                to=whispered,
            )
            await answer.show(render_cast(words_of(interaction), card, self.line.value, whispered))


class RumorButton(StatelessButton, template=r"ttw:rumor"):
    """Open the form for a rumor."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:rumor", label=words("button-rumor"), emoji="🗣️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Open the form; who is no patron yet becomes one with it, since nobody should write in vain."""
        async with answering(interaction, defer=False):
            arrival, words = await arriving(interaction), words_of(interaction)
            form = RumorForm(words)
            if arrival.new:
                form.add_item(text(welcome_line(words, arrival.card)))
            await interaction.response.send_modal(form)


def render_cast(words: Words, card: PatronCard, line: str, to: Creature | None) -> Layout:
    """What a patron is told after casting a rumor; private, since it shows the purse."""
    return note(
        words(
            "rumor-cast",
            to=words(f"creature-{to}") if to else "none",
            text=escape(bounded(line, MAX_RUMOR)),
            bar=breath_bar(card),
            breath=card.breath,
            most=card.breath_max,
            purse=card.purse,
        )
    )


def render_heard(words: Words, rows: Sequence[RumorRow]) -> Layout:
    """The rumors of patrons, and below them the gossip of the creatures turn by turn."""
    if not rows:
        return note(words("rumor-quiet"), RumorButton(words))
    rumors = [f"🗣️ {_said(words, line)}\n-# {_when(words, line)}" for line in rows if line.kind == "rumor"]
    gossip: dict[int, list[str]] = {}
    for line in rows:
        if line.kind != "rumor":
            gossip.setdefault(line.turn, []).append(f"💬 {_said(words, line)}")
    chatter = ["\n".join([f"-# {words('rumor-turn', turn=turn)}", *lines]) for turn, lines in gossip.items()]
    spread = whole_lines(words, rumors or [words("rumor-none")], _RUMORS)
    items: list[ui.Item[Any]] = [text("\n".join([words("rumor-rumors"), *spread]))]
    if chatter:
        items += [rule(), text("\n".join([words("rumor-gossip"), *whole_lines(words, chatter, _GOSSIP)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _said(words: Words, line: RumorRow) -> str:
    speaker, said = bounded(line.speaker, MAX_NAME), bounded(line.text, MAX_RUMOR)
    return words("rumor-line", speaker=escape(speaker), text=escape(said))


def _when(words: Words, line: RumorRow) -> str:
    if line.about in _GOODS:
        return words("rumor-turn-about", turn=line.turn, about=words(f"good-{line.about}"))
    if line.about in _CREATURES:
        return words("rumor-turn-about", turn=line.turn, about=words(f"creature-{line.about}"))
    return words("rumor-turn", turn=line.turn)
