"""For those who keep a wood: its settings, its export, and the questions before something is lost."""

import discord
from discord import app_commands, ui

from bot.answers import Interaction, answering, place
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import WoodCard
from bot.telling.catalog import SOURCE, words_in
from bot.telling.words import count, escape
from bot.views.base import ALARM, CALM, WARNING, Form, Layout, StatelessButton, ago, note, row, text


def pace_words(seconds: int) -> str:
    """A pace in words: ``"1 hour"``, ``"90 seconds"``."""
    for unit, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds % unit == 0:
            return count(seconds // unit, name)
    return count(seconds, "second")


def _figures(card: WoodCard) -> str:
    turn = "⏸️ paused" if card.paused else f"next turn {ago(card.next_turn)}" if card.next_turn else "no turn is due"
    # The seed is not shown: who knows it knows the order of the deck. The exported log holds it.
    return (
        f"⏳ a turn every **{pace_words(card.pace)}**, {turn}\n"
        f"🗞️ daily report at **{card.report_hour}:00**, {card.zone}"
        + (f"\n⚠️ {escape(card.problem.say(words_in(SOURCE)))}" if card.problem else "")
    )


def render_settings(card: WoodCard, head: str = "🌳 This wood's settings") -> Layout:
    """How a wood runs."""
    return Layout(ui.Container(text(f"### {head}"), text(_figures(card)), accent_colour=CALM))


def render_export(name: str, size: int) -> Layout:
    """The message that carries a wood's log."""
    return Layout(
        ui.Container(
            text(
                f"### 📦 The log of this wood\n{count(max(1, size // 1024), 'KiB', 'KiB')}. It names no player; "
                f"`ttw replay {name}` recomputes every turn from it."
            ),
            accent_colour=CALM,
        ),
        ui.File(f"attachment://{name}"),
    )


def check_keeper(interaction: Interaction) -> None:
    """See that whoever presses may keep a wood here now: a button outlives the right to use its command.

    Raises:
        MissingPermissions: the permission is gone.
    """
    if not interaction.permissions.manage_channels:
        raise app_commands.MissingPermissions(["manage_channels"])


def _check_own(interaction: Interaction) -> None:
    """See that a question is answered by the one whom it was put to.

    Raises:
        Refusal: it was put to somebody else.
    """
    asked = interaction.message and interaction.message.interaction_metadata
    if asked and asked.user.id != interaction.user.id:
        raise KeeperError(KeeperCode.NOT_YOURS)


class Confirm(Form):
    """Asks for a typed word before something is lost."""

    def __init__(self, *, title: str, label: str, word: str) -> None:
        super().__init__(title=title)
        self.word = word
        self.typed: ui.TextInput[ui.View] = ui.TextInput(custom_id="word", placeholder=word, max_length=20)
        self.add_item(ui.Label(text=label, component=self.typed))

    @property
    def meant(self) -> bool:
        """Whether the word was typed as asked."""
        return self.typed.value.strip().casefold() == self.word


class RazeForm(Confirm):
    """The last question before a wood is razed."""

    def __init__(self) -> None:
        super().__init__(title="Raze this wood?", label="Type the word “raze” to do it", word="raze")

    async def send(self, interaction: Interaction) -> None:
        """Raze, if it was meant."""
        check_keeper(interaction)
        async with answering(interaction) as answer:
            if not self.meant:
                await answer.show(note("Nothing was razed: the word was another one.", colour=WARNING))
                return
            card = await interaction.client.keeper.admin.raze(place(interaction))
            await answer.show(render_razed_for_keeper(card))


class RazeButton(StatelessButton, template=r"ttw:raze"):
    """Ask for the word that razes."""

    def __init__(self) -> None:
        super().__init__("ttw:raze", label="Raze it", emoji="🪓", style=discord.ButtonStyle.danger)

    async def press(self, interaction: Interaction) -> None:
        """Open the form."""
        check_keeper(interaction)
        await interaction.response.send_modal(RazeForm())


class RestoreButton(StatelessButton, template=r"ttw:restore"):
    """Bring back a wood that was razed within the last day."""

    def __init__(self, label: str = "Bring it back") -> None:
        super().__init__("ttw:restore", label=label, emoji="🌱", style=discord.ButtonStyle.success)

    async def press(self, interaction: Interaction) -> None:
        """Restore the wood of this channel."""
        check_keeper(interaction)
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.admin.restore(place(interaction))
            await answer.show(render_settings(card, "🌱 The wood is back"))


class ForgetForm(Confirm):
    """The last question before a player is forgotten."""

    def __init__(self) -> None:
        super().__init__(title="Be forgotten?", label="Type the word “forget” to do it", word="forget")

    async def send(self, interaction: Interaction) -> None:
        """Forget, if it was meant."""
        async with answering(interaction) as answer:
            if not self.meant:
                await answer.show(note("Nothing was forgotten: the word was another one.", colour=WARNING))
                return
            alias = await interaction.client.keeper.patrons.forget(place(interaction), interaction.user.id)
            await answer.show(
                note(
                    f"You are forgotten here. What you did stays in the wood's history as the deeds of {escape(alias)}."
                )
            )


class ForgetButton(StatelessButton, template=r"ttw:forget"):
    """Ask for the word that forgets."""

    def __init__(self) -> None:
        super().__init__("ttw:forget", label="Forget me", style=discord.ButtonStyle.danger)

    async def press(self, interaction: Interaction) -> None:
        """Open the form."""
        _check_own(interaction)
        await interaction.response.send_modal(ForgetForm())


def render_raze_question(card: WoodCard) -> Layout:
    """Asks before razing."""
    return note(
        "### 🪓 Raze this wood?\nIts creatures, prices and patrons' purses go. You can bring it back for a day; "
        f"after that nobody can.\n{_figures(card)}",
        RazeButton(),
        colour=ALARM,
    )


def render_razed_for_keeper(card: WoodCard) -> Layout:
    """Says that a wood is razed, with the way back."""
    since = ago(card.razed_at) if card.razed_at else "now"
    return Layout(
        ui.Container(
            text(f"### 🪓 The wood is razed\nIt fell {since}. For a day you can bring it back, with everything in it."),
            row(RestoreButton()),
            accent_colour=WARNING,
        )
    )


def render_forget_question() -> Layout:
    """Asks before forgetting a player."""
    return note(
        "### Be forgotten in this wood?\nYour name and your id are erased, your purse returns to the Mint and your "
        "legends to the deck. What you did stays in the wood's history under a pseudonym. This cannot be undone.",
        ForgetButton(),
        colour=ALARM,
    )
