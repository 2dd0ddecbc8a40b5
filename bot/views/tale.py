"""Legends by players, for the patron who makes one up: the form, the card of its dry run, and what became of it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.keeping.tales import TaleForm
from bot.telling.catalog import Words
from bot.telling.phrases import of_good
from bot.telling.tales import TaleCard, TaleRow, heard, parts, told, verdict
from bot.telling.taming import bounded, escape, unescape
from bot.views.base import CALM, WARNING, Form, Layout, StatelessButton, ago, clip, gallery, note, row, rule, text
from data.patterns import patterns
from data.proposals import State
from data.tale_schema import MAX_OMEN, MAX_TALE, MAX_TITLE
from data.tales import MAX_BYTES, Problem, TaleError, Wrong, example
from wood.names import GOODS, Good

_QUOTE: Final = "> "
_LISTED: Final = 10
_EXAMPLE: Final = "legend.toml"


async def propose_file(interaction: Interaction, file: discord.Attachment) -> None:
    """Draft a legend from a file that was sent, and show what it would do, or what is wrong with it."""
    async with answering(interaction, slow=True) as answer:
        words = words_of(interaction)
        try:
            if file.size > MAX_BYTES:  # before it is fetched
                raise TaleError([Problem(Wrong.SIZE, facts={"most": MAX_BYTES // 1024})])
            found = await file.read()
            card = await interaction.client.keeper.tales.read_file(place(interaction), interaction.user.id, found)
        except TaleError as error:
            await answer.show(*render_wrong(words, error.problems))
            return
        await answer.show(*render_tale(words, card, *_hand_in(words, card)))


async def open_form(interaction: Interaction) -> None:
    """Open the form, where the player may propose a legend at all."""
    async with answering(interaction, form=True):
        await interaction.client.keeper.tales.may(place(interaction), interaction.user.id)
        await interaction.response.send_modal(TaleModal(words_of(interaction)))


async def _propose_form(interaction: Interaction, form: TaleForm) -> None:
    """Draft a legend from a form. Should it fail, its texts stay with the player, with a button to mend them."""
    async with answering(interaction, slow=True) as answer:
        words = words_of(interaction)
        again = TaleRetryButton.of(words, form)
        lines = "\n".join(f"{_QUOTE}{escape(each)}" for each in (form.title, form.tale, form.omen))
        answer.kept = (lines, again)
        try:
            card = await interaction.client.keeper.tales.fill_in(place(interaction), interaction.user.id, form)
        except TaleError as error:
            problems = "\n".join([words("tale-wrong"), *told(words, error.problems, form=True)])
            await answer.show(note(f"{problems}\n{lines}", again, colour=WARNING))
            return
        answer.kept = None
        await answer.show(*render_tale(words, card, *_hand_in(words, card)))


def _goods(words: Words, chosen: str) -> list[discord.SelectOption]:
    return [discord.SelectOption(label=of_good(words, good), value=good, default=good == chosen) for good in GOODS]


def _patterns(words: Words, chosen: str) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=words(f"pattern-{name}"),
            value=name,
            description=words(f"pattern-{name}.hint"),
            default=name == chosen,
        )
        for name in patterns()
    ]


class TaleModal(Form):
    """Title, tale, omen, which good, and what happens to it; a form that failed is filled in already."""

    def __init__(self, words: Words, filled: TaleForm | None = None) -> None:
        super().__init__(title=words("tale-form-name"))
        self.named: ui.TextInput[Any] = ui.TextInput(
            custom_id="title",
            max_length=MAX_TITLE,
            placeholder=words("tale-form-title-hint"),
            default=filled.title[:MAX_TITLE] if filled else None,
        )
        self.tale: ui.TextInput[Any] = ui.TextInput(
            custom_id="tale",
            style=discord.TextStyle.paragraph,
            max_length=MAX_TALE,
            placeholder=words("tale-form-tale-hint"),
            default=filled.tale[:MAX_TALE] if filled else None,
        )
        self.omen: ui.TextInput[Any] = ui.TextInput(
            custom_id="omen",
            max_length=MAX_OMEN,
            placeholder=words("tale-form-omen-hint"),
            default=filled.omen[:MAX_OMEN] if filled else None,
        )
        self.good: ui.Select[Any] = ui.Select(custom_id="good", options=_goods(words, filled.good if filled else ""))
        self.pattern: ui.Select[Any] = ui.Select(
            custom_id="pattern", options=_patterns(words, filled.pattern if filled else "")
        )
        self.add_item(ui.Label(text=words("tale-form-title"), component=self.named))
        self.add_item(
            ui.Label(text=words("tale-form-tale"), description=words("tale-form-tale-rule"), component=self.tale)
        )
        self.add_item(
            ui.Label(text=words("tale-form-omen"), description=words("tale-form-omen-rule"), component=self.omen)
        )
        self.add_item(ui.Label(text=words("tale-form-good"), component=self.good))
        self.add_item(ui.Label(text=words("tale-form-pattern"), component=self.pattern))

    async def send(self, interaction: Interaction) -> None:
        """Draft what was filled in."""
        good, pattern = Good(self.good.values[0]), self.pattern.values[0]
        form = TaleForm(self.named.value, self.tale.value, self.omen.value, good, pattern)
        await _propose_form(interaction, form)


class TaleButton(StatelessButton, template=r"ttw:tale:new"):
    """Open the form for a legend of one's own."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:tale:new", label=words("button-tale-new"), emoji="📝")

    async def press(self, interaction: Interaction) -> None:
        """Open the form."""
        await open_form(interaction)


class TaleRetryButton(
    StatelessButton,
    template=rf"ttw:tale:retry:(?P<good>{'|'.join(GOODS)}):(?P<pattern>[a-z]+)",
):
    """Open the form again with what could not be used; its texts stand in the message that holds the button."""

    @classmethod
    def of(cls, words: Words, form: TaleForm) -> "TaleRetryButton":
        """Make the button that offers a form again."""
        custom_id = f"ttw:tale:retry:{form.good}:{form.pattern}"
        return cls(custom_id, label=words("button-retry"), emoji="📝", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Open the form, filled in."""
        title, tale, omen = _quoted(interaction.message)
        form = TaleForm(title, tale, omen, Good(self.named["good"]), self.named["pattern"])
        await interaction.response.send_modal(TaleModal(words_of(interaction), form))


def _quoted(message: discord.Message | None) -> list[str]:
    """The three texts that a message gives back to the player."""
    shown = ui.LayoutView.from_message(message).walk_children() if message else ()
    lines = [line for item in shown if isinstance(item, ui.TextDisplay) for line in item.content.splitlines()]
    quoted = [unescape(line[1:].strip()) for line in lines if line.startswith(">")]
    return [*quoted, "", "", ""][:3]


class TaleHandButton(StatelessButton, template=r"ttw:tale:hand:(?P<number>\d{1,9})"):
    """Hand a draft to the wood's keeper."""

    async def press(self, interaction: Interaction) -> None:
        """Propose it."""
        async with answering(interaction) as answer:
            tales, number = interaction.client.keeper.tales, int(self.named["number"])
            handed = await tales.propose(place(interaction), interaction.user.id, number)
            await answer.show(note(words_of(interaction)("tale-handed", title=escape(handed.legend.title))))


class TaleShowButton(StatelessButton, template=r"ttw:tale:show:(?P<number>\d{1,9})"):
    """Show a draft of one's own anew."""

    async def press(self, interaction: Interaction) -> None:
        """Try it and show it."""
        async with answering(interaction, slow=True) as answer:
            tales, number, words = interaction.client.keeper.tales, int(self.named["number"]), words_of(interaction)
            card = await tales.show(place(interaction), interaction.user.id, number)
            await answer.show(*render_tale(words, card, *_hand_in(words, card)))


class TaleWithdrawButton(StatelessButton, template=r"ttw:tale:withdraw:(?P<number>\d{1,9})"):
    """Take a legend back that waits for the keeper."""

    async def press(self, interaction: Interaction) -> None:
        """Withdraw it."""
        async with answering(interaction) as answer:
            tales, number = interaction.client.keeper.tales, int(self.named["number"])
            back = await tales.withdraw(place(interaction), interaction.user.id, number)
            await answer.show(note(words_of(interaction)("tale-withdrawn", title=escape(back.legend.title))))


def _hand_in(words: Words, card: TaleCard) -> list[StatelessButton]:
    """The way on from a draft that does what it should."""
    if not card.row.number or card.row.state is not State.DRAFT or not card.trial.moves:
        return []
    label = words("button-tale-hand")
    custom_id = f"ttw:tale:hand:{card.row.number}"
    return [TaleHandButton(custom_id, label=label, emoji="🤝", style=discord.ButtonStyle.primary)]


def render_tale(words: Words, card: TaleCard, *buttons: StatelessButton) -> tuple[Layout, list[discord.File]]:
    """A proposed legend with what it would do: all its texts are a stranger's.

    Args:
        words: the reader's.
        card: the legend.
        buttons: what its reader may do with it.
    """
    legend, state = card.row.legend, card.row.state
    aside = (
        words("tale-by", author=escape(card.row.author))
        if state is not State.DRAFT
        else words("tale-draft-note" if card.row.number else "tale-unmoved-note")
    )
    picture, files = gallery([card.chart])
    items: list[ui.Item[Any]] = [
        text(f"{words('tale-draft', title=escape(legend.title))}\n-# {aside}"),
        text(f"{_QUOTE}{escape(legend.tale)}"),
        text(words("tale-omen", omen=escape(legend.omen))),
        picture,
        text(verdict(words, card.trial)),
        text(clip("\n".join([*heard(words, legend), *(f"-# {line}" for line in parts(words, legend))]), 1_600)),
    ]
    if buttons:
        items.append(row(*buttons))
    return Layout(ui.Container(*items, accent_colour=CALM if card.trial.moves else WARNING)), files


def render_wrong(words: Words, problems: Sequence[Problem]) -> tuple[Layout, list[discord.File]]:
    """What is wrong with a file, and what would be possible; with a file that is whole, to begin with."""
    items: list[ui.Item[Any]] = [
        text(clip("\n".join([words("tale-wrong"), *told(words, problems, form=False)]))),
        text(f"-# {words('tale-wrong-help')}"),
        ui.File(f"attachment://{_EXAMPLE}"),
        row(TaleButton(words)),
    ]
    return Layout(ui.Container(*items, accent_colour=WARNING)), [discord.File(BytesIO(example()), _EXAMPLE)]


def render_mine(words: Words, rows: Sequence[TaleRow]) -> Layout:
    """The legends that a patron made up, with what can still be done about them."""
    if not rows:
        return note(words("tale-mine-none"), TaleButton(words))
    items: list[ui.Item[Any]] = [text(words("tale-mine"))]
    for each in rows[:_LISTED]:
        title = escape(bounded(each.legend.title, MAX_TITLE))
        line = words("tale-mine-line", title=title, state=each.state.value, when=ago(each.at))
        button = _of_row(words, each)
        items.append(ui.Section(line, accessory=button) if button else text(line))
    return Layout(ui.Container(*items, rule(), row(TaleButton(words)), accent_colour=CALM))


def _of_row(words: Words, each: TaleRow) -> StatelessButton | None:
    if each.state is State.DRAFT:
        return TaleShowButton(f"ttw:tale:show:{each.number}", label=words("button-tale-show"))
    if each.state is State.PROPOSED:
        return TaleWithdrawButton(f"ttw:tale:withdraw:{each.number}", label=words("button-tale-withdraw"))
    return None
