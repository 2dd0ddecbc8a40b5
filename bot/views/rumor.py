"""Rumors: the form to cast one, what it cost, and what has been heard."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place
from bot.telling.cards import PatronCard, RumorRow
from bot.telling.words import MAX_NAME, bounded, capital, count, escape, of_good, whole_lines
from bot.views.base import CALM, Form, Layout, StatelessButton, breath_bar, note, rule, text
from wood.moves.rumor import MAX_RUMOR
from wood.names import CREATURES, GOODS, Creature, Good

EVERYBODY = "everybody"
LEANINGS = {"dearer": 1, "cheaper": -1, "neither": 0}
_AUTO = "auto"
_RUMORS, _GOSSIP = 2_100, 1_600
"""Characters for what patrons spread, and for what creatures said."""
_NO_RUMORS = "No patron has spread a rumor lately. Start one with `/rumor cast`."


def topic_of(value: str) -> Good | Creature:
    """Read a good or a creature from its value.

    Raises:
        ValueError: it is neither.
    """
    return Good(value) if value in set(GOODS) else Creature(value)


class RumorForm(Form):
    """What the rumor is about, which way it points, the words, and who shall hear it."""

    def __init__(self) -> None:
        super().__init__(title="Cast a rumor")
        self.about: ui.Select[Any] = ui.Select(
            custom_id="about",
            placeholder="A good or a creature",
            options=[
                *(discord.SelectOption(label=of_good(good), value=good.value, description="a good") for good in GOODS),
                *(
                    discord.SelectOption(label=capital(who), value=who.value, description="a creature")
                    for who in CREATURES
                ),
            ],
        )
        self.words: ui.TextInput[Any] = ui.TextInput(
            custom_id="words", max_length=MAX_RUMOR, placeholder="The frost comes early this year"
        )
        self.leaning: ui.Select[Any] = ui.Select(
            custom_id="leaning",
            options=[
                discord.SelectOption(label="Let the words speak", value=_AUTO, default=True),
                discord.SelectOption(label="It gets dearer", value="dearer", emoji="📈"),
                discord.SelectOption(label="It gets cheaper", value="cheaper", emoji="📉"),
                discord.SelectOption(label="Neither", value="neither"),
            ],
        )
        self.to: ui.Select[Any] = ui.Select(
            custom_id="to",
            options=[
                discord.SelectOption(label="Everybody", value=EVERYBODY, default=True),
                *(discord.SelectOption(label=f"Only {capital(who)}", value=who.value, emoji="🤫") for who in CREATURES),
            ],
        )
        self.add_item(ui.Label(text="About", component=self.about))
        self.add_item(ui.Label(text="Words", description="One line, no mentions or links.", component=self.words))
        self.add_item(ui.Label(text="Claim", component=self.leaning))
        self.add_item(ui.Label(text="For whose ears?", component=self.to))

    async def send(self, interaction: Interaction) -> None:
        """Cast what was filled in."""
        async with answering(interaction) as answer:
            claim, to = self.leaning.values[0], self.to.values[0]
            whispered = None if to == EVERYBODY else Creature(to)
            card = await interaction.client.keeper.patrons.cast_rumor(
                place(interaction),
                interaction.user.id,
                about=topic_of(self.about.values[0]),
                text=self.words.value,
                leaning=LEANINGS.get(claim),
                to=whispered,
            )
            await answer.show(render_cast(card, self.words.value, whispered))


class RumorButton(StatelessButton, template=r"ttw:rumor"):
    """Open the form for a rumor."""

    def __init__(self) -> None:
        super().__init__("ttw:rumor", label="Rumor", emoji="🗣️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Open the form, unless it could not be used: nobody should write in vain."""
        async with answering(interaction, defer=False):
            await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
            await interaction.response.send_modal(RumorForm())


def render_cast(card: PatronCard, words: str, to: Creature | None) -> Layout:
    """What a patron is told after casting a rumor; private, since it shows the purse."""
    where = f"whispered to {capital(to)}" if to else "out in the wood"
    return note(
        f"### 🗣️ Your rumor is {where}\n“{escape(bounded(words, MAX_RUMOR))}”\nIt is heard next turn.\n"
        f"-# {breath_bar(card)} {card.breath} of {card.breath_max} breath left, {count(card.purse, 'pebble')}"
    )


def render_heard(rows: Sequence[RumorRow]) -> Layout:
    """The rumors of patrons, and below them the gossip of the creatures turn by turn."""
    if not rows:
        return note("### 👂 The wood is quiet\nNobody has said anything yet. A rumor would change that.", RumorButton())
    rumors = [f"🗣️ {_said(line)}\n-# {_when(line)}" for line in rows if line.kind == "rumor"]
    gossip: dict[int, list[str]] = {}
    for line in rows:
        if line.kind != "rumor":
            gossip.setdefault(line.turn, []).append(f"💬 {_said(line)}")
    chatter = ["\n".join([f"-# turn {turn}", *lines]) for turn, lines in gossip.items()]
    items: list[ui.Item[Any]] = [text("\n".join(["### 👂 Rumors", *whole_lines(rumors or [_NO_RUMORS], _RUMORS)]))]
    if chatter:
        items += [rule(), text("\n".join(["### 💬 Gossip", *whole_lines(chatter, _GOSSIP)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _said(line: RumorRow) -> str:
    return f"**{escape(bounded(line.speaker, MAX_NAME))}**: {escape(bounded(line.text, MAX_RUMOR))}"


def _when(line: RumorRow) -> str:
    about = line.about and (capital(line.about) if line.about in set(CREATURES) else line.about)
    return f"turn {line.turn}{f', about {about}' if about else ''}"
