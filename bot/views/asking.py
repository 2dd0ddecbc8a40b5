"""Asking a creature: the form, and the question with its answer."""

from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import AnswerCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.phrases import face, of_creature
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.views.base import CALM, QUOTE, Form, Layout, StatelessButton, ago, quoted_in, text
from bot.views.newcomer import arriving, welcome_line
from wood.asked import MAX_QUESTION
from wood.names import CREATURES, Creature


async def ask_creature(interaction: Interaction, creature: Creature, question: str, *, share: bool) -> None:
    """Ask a creature and show what it says; what cannot be asked stays with the player, with a button to try again."""
    async with answering(interaction, private=not share, slow=True) as answer:
        words = words_of(interaction)
        answer.kept = (f"{QUOTE}{escape(bounded(question, MAX_QUESTION))}", AskButton.of(words, creature, again=True))
        card = await interaction.client.keeper.questions.ask(
            place(interaction), interaction.user.id, creature, question
        )
        answer.kept = None
        if not card.new:
            await answer.whisper(render_answer(words, card))
        else:
            await answer.show(render_answer(words_of_wood(card.rules) if share else words, card))


class AskForm(Form):
    """The question to one creature."""

    def __init__(self, words: Words, creature: Creature, line: str = "") -> None:
        super().__init__(title=words("ask-form-title", creature=words(f"creature-{creature}")))
        self.creature = creature
        self.line: ui.TextInput[Any] = ui.TextInput(
            custom_id="words",
            max_length=MAX_QUESTION,
            placeholder=words("ask-form-hint"),
            default=line[:MAX_QUESTION] or None,
        )
        self.add_item(ui.Label(text=words("ask-form-words"), description=words("ask-form-rule"), component=self.line))

    async def send(self, interaction: Interaction) -> None:
        """Ask what was filled in."""
        await ask_creature(interaction, self.creature, self.line.value, share=True)


class AskButton(StatelessButton, template=rf"ttw:ask:(?P<creature>{'|'.join(CREATURES)})(?P<again>:again)?"):
    """Open the form for a question to one creature; one that could not be put is in it already."""

    @classmethod
    def of(cls, words: Words, creature: Creature, *, again: bool = False) -> "AskButton":
        """Make the button that asks ``creature``, ``again`` what its message gives back."""
        label = words("button-retry") if again else words("button-ask", creature=words(f"creature-{creature}"))
        return cls(
            f"ttw:ask:{creature}{':again' if again else ''}", label=label, emoji="❓", style=discord.ButtonStyle.primary
        )

    async def press(self, interaction: Interaction) -> None:
        """Open the form; who is no patron yet becomes one with it, since nobody should write in vain."""
        async with answering(interaction, form=True):
            arrival, words = await arriving(interaction), words_of(interaction)
            await interaction.client.keeper.questions.may(place(interaction), interaction.user.id)
            line = quoted_in(interaction.message) if self.named["again"] else ""
            form = AskForm(words, Creature(self.named["creature"]), line)
            if arrival.new:
                form.add_item(text(welcome_line(words, arrival.card)))
            await interaction.response.send_modal(form)


def render_answer(words: Words, card: AnswerCard) -> Layout:
    """The question as its player put it, the answer in the creature's voice, and when the next one can be put."""
    creature = card.rules.creatures[card.creature]
    question = escape(bounded(card.question, MAX_QUESTION))
    asked = words("ask-question", name=escape(bounded(card.name, MAX_NAME)), question=question)
    said = words(
        "ask-answer",
        emoji=creature.emoji,
        creature=of_creature(words, card.rules, card.creature),
        face=face(card.world.moods[card.creature]),
        answer=escape(card.answer),
    )
    again = words("ask-again", when=ago(card.again)) if card.new else words("ask-asked", when=ago(card.again))
    return Layout(ui.Container(text(asked), text(said), text(f"-# {again}"), accent_colour=CALM))
