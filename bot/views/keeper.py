"""For those who keep a wood: its settings, its export, and the questions before something is lost."""

import discord
from discord import app_commands, ui

from bot.answers import Interaction, answering, place, words_of
from bot.keeping.dozing import DOZE_AFTER
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import WoodCard
from bot.telling.catalog import Words
from bot.telling.phrases import pace
from bot.telling.taming import escape
from bot.views.base import ALARM, CALM, WARNING, Form, Layout, StatelessButton, ago, note, row, text
from wood.moves.joining import JOIN_PEBBLES


def _figures(words: Words, card: WoodCard) -> str:
    # The seed is not shown: who knows it knows the order of the deck. The exported log holds it.
    lines = [
        _turns(words, card),
        words("keeper-report", hour=card.report_hour, zone=card.zone),
        words("keeper-extras", on="yes" if card.extras else "no"),
        words("keeper-pinned", on="yes" if card.pinned else "no"),
        words("keeper-dozes", on="yes" if card.dozes else "no", days=DOZE_AFTER.days),
        words("keeper-free-text", on="yes" if card.free_text else "no"),
    ]
    if card.problem:
        lines.append(f"⚠️ {escape(card.problem.say(words))}")
    return "\n".join(lines)


def _turns(words: Words, card: WoodCard) -> str:
    every = pace(words, card.pace)
    if card.paused:
        return words("keeper-turns-paused", pace=every)
    if card.next_turn:  # the board counts down; what is answered once would say "1 hour ago" for ever
        return words("keeper-turns", pace=every)
    return words("keeper-turns-none", pace=every)


def render_settings(words: Words, card: WoodCard, head: str | None = None) -> Layout:
    """How a wood runs, under what has just become of it or, where nothing has, under a plain heading."""
    return Layout(ui.Container(text(head or words("keeper-settings")), text(_figures(words, card)), accent_colour=CALM))


def render_export(words: Words, name: str, size: int) -> Layout:
    """The message that carries a wood's log, of ``size`` bytes."""
    return Layout(
        ui.Container(text(words("keeper-export", name=name, size=max(1, size // 1024))), accent_colour=CALM),
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
    """Asks for a typed word before something is lost, in whatever case it is typed."""

    def __init__(self, *, title: str, label: str, word: str) -> None:
        super().__init__(title=title)
        self.word = word
        self.typed: ui.TextInput[ui.View] = ui.TextInput(custom_id="word", placeholder=word, max_length=20)
        self.add_item(ui.Label(text=label, component=self.typed))

    @property
    def meant(self) -> bool:
        """Whether the word was typed as asked."""
        return self.typed.value.strip().casefold() == self.word.casefold()


class RazeForm(Confirm):
    """The last question before a wood is razed."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            title=words("keeper-raze-title"), label=words("keeper-raze-label"), word=words("keeper-raze-word")
        )

    async def send(self, interaction: Interaction) -> None:
        """Raze, if it was meant."""
        check_keeper(interaction)
        words = words_of(interaction)
        async with answering(interaction) as answer:
            if not self.meant:
                await answer.show(note(words("keeper-raze-unmeant"), colour=WARNING))
                return
            card = await interaction.client.keeper.admin.raze(place(interaction))
            await answer.show(render_razed_for_keeper(words, card))


class RazeButton(StatelessButton, template=r"ttw:raze"):
    """Ask for the word that razes."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:raze", label=words("button-raze"), emoji="🪓", style=discord.ButtonStyle.danger)

    async def press(self, interaction: Interaction) -> None:
        """Open the form."""
        check_keeper(interaction)
        await interaction.response.send_modal(RazeForm(words_of(interaction)))


class RestoreButton(StatelessButton, template=r"ttw:restore"):
    """Bring back a wood that was razed within the last day."""

    def __init__(self, label: str) -> None:
        super().__init__("ttw:restore", label=label, emoji="🌱", style=discord.ButtonStyle.success)

    async def press(self, interaction: Interaction) -> None:
        """Restore the wood of this channel."""
        check_keeper(interaction)
        words = words_of(interaction)
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.admin.restore(place(interaction))
            await answer.show(render_settings(words, card, words("keeper-restored")))


class ForgetForm(Confirm):
    """The last question before a player is forgotten."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            title=words("patron-forget-title"), label=words("patron-forget-label"), word=words("patron-forget-word")
        )

    async def send(self, interaction: Interaction) -> None:
        """Forget, if it was meant."""
        words = words_of(interaction)
        async with answering(interaction) as answer:
            if not self.meant:
                await answer.show(note(words("patron-forget-unmeant"), colour=WARNING))
                return
            patrons, user = interaction.client.keeper.patrons, interaction.user.id
            patron = await patrons.known(place(interaction), user)
            alias = await patrons.forget(place(interaction), user)
            told = words("patron-forgotten", alias=escape(alias)) if patron else words("patron-forgotten-calls")
            await answer.show(note(told))


class ForgetButton(StatelessButton, template=r"ttw:forget"):
    """Ask for the word that forgets."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:forget", label=words("button-forget"), style=discord.ButtonStyle.danger)

    async def press(self, interaction: Interaction) -> None:
        """Open the form."""
        _check_own(interaction)
        await interaction.response.send_modal(ForgetForm(words_of(interaction)))


def render_raze_question(words: Words, card: WoodCard) -> Layout:
    """Asks before razing."""
    asked = f"{words('keeper-raze-question')}\n{_figures(words, card)}"
    return note(asked, RazeButton(words), colour=ALARM)


def render_razed_for_keeper(words: Words, card: WoodCard) -> Layout:
    """Says that a wood is razed, with the way back."""
    when = ago(card.razed_at) if card.razed_at else "now"
    return Layout(
        ui.Container(
            text(words("keeper-razed", when=when)),
            row(RestoreButton(words("button-restore"))),
            accent_colour=WARNING,
        )
    )


def render_forget_question(words: Words, *, patron: bool) -> Layout:
    """Asks before forgetting a patron, or somebody of whom the wood knows daily calls alone."""
    asked = words("patron-forget-question", pebbles=JOIN_PEBBLES) if patron else words("patron-forget-calls")
    return note(asked, ForgetButton(words), colour=ALARM)
