"""The buttons of those who play for pebbles: looking at a move, making it, the book, the goods to bet on.

All of them lead to each other, so they stand together; what they show is rendered beside.
"""

from typing import Any, Final

import discord
from discord import ui

from bot.answers import Answer, Interaction, answering, place, words_of
from bot.refusals import KeeperCode, KeeperError
from bot.telling.book import BookCard
from bot.telling.catalog import Words
from bot.telling.history import HistoryCard
from bot.telling.phrases import counted, of_good
from bot.telling.stakes import PreviewCard, TradeCard
from bot.telling.taming import bounded
from bot.views.base import CALM, Layout, StatelessButton, note, quoted_in, row, text
from bot.views.book import book_items
from bot.views.form import WishForm
from bot.views.history import history_items
from bot.views.newcomer import arriving
from bot.views.preview import render_done, render_not_made, render_preview
from bot.views.rumor import speaking
from bot.views.trade import trade_items
from bot.wishes import KINDS, LIMIT, Wish
from wood.names import GOODS, Good
from wood.refusal import Refusal, RefusalCode

_WISH: Final = r"(?P<wish>[a-z]+(?:\.[a-z0-9-]{0,12}){1,8})"
_FORMS: Final = (("lend", "whisper", "foresight"), ("bribe", "broker", "corner", "denounce"))
"""What the trading card offers as forms, a row each."""
_BET: Final = 20
"""Pebbles of a bet from the trading card, of which the preview offers other sizes."""
_FIRST: Final = 10


async def show_preview(
    interaction: Interaction, answer: Answer, wish: Wish, line: str = "", *, joining: bool = False
) -> None:
    """Answer with what a move would cost and bring.

    Args:
        interaction: whose move, and where.
        answer: begun for it.
        wish: what is wished.
        line: the words that belong to it.
        joining: whether one who is no patron yet becomes one with it.

    Raises:
        Refusal: it could not be done.
    """
    words = words_of(interaction)
    arrival = await arriving(interaction) if joining else None
    card = await interaction.client.keeper.stakes.preview(place(interaction), interaction.user.id, wish, line)
    layout = render_preview(words, card, _preview_buttons(words, card))
    await answer.show(arrival.greeted(words, layout) if arrival else layout)


def _preview_buttons(words: Words, card: PreviewCard) -> list[StatelessButton]:
    size = card.wish.kind.size
    sizes = [SeeButton.of(each, counted(words, "pebble", int(each.facts[size] or 0))) for each in card.wish.sized()]
    return [ConfirmButton.of(words, card), *sizes[:3], LeaveButton(words)]


def _wish(text: str) -> Wish:
    """What a button carries.

    Raises:
        KeeperError: it is no wish of this program.
    """
    try:
        return Wish.read(text)
    except ValueError as error:
        raise KeeperError(KeeperCode.OLD_BUTTON) from error


class SeeButton(StatelessButton, template=rf"ttw:see:{_WISH}"):
    """Look at what a move would cost and bring."""

    @classmethod
    def of(
        cls,
        wish: Wish,
        label: str,
        emoji: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> "SeeButton":
        """Make the button that leads to a wish's preview."""
        return cls(f"ttw:see:{wish.text}", label=bounded(label, 80), emoji=emoji, style=style)

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked; who is no patron yet becomes one, since nobody should look in vain."""
        async with answering(interaction, looks=True, turn=True) as answer:
            line = quoted_in(interaction.message)
            await show_preview(interaction, answer, _wish(self.named["wish"]), line, joining=True)


class ConfirmButton(StatelessButton, template=rf"ttw:do:(?P<since>\d{{1,9}}):{_WISH}"):
    """Make the move that was previewed."""

    @classmethod
    def of(cls, words: Words, card: PreviewCard) -> "ConfirmButton":
        """Make the button of a preview."""
        custom_id = f"ttw:do:{card.since}:{card.wish.text}"
        return cls(custom_id, label=words("button-confirm"), emoji="✅", style=discord.ButtonStyle.success)

    async def press(self, interaction: Interaction) -> None:
        """Make it, once. What is refused by now can be looked at anew."""
        async with answering(interaction, turn=True) as answer:
            words, wish = words_of(interaction), _wish(self.named["wish"])
            since, line = int(self.named["since"]), quoted_in(interaction.message)
            try:
                card = await interaction.client.keeper.stakes.make(
                    place(interaction), interaction.user.id, wish, since, line
                )
            except Refusal as refusal:
                if refusal.code is RefusalCode.NO_PATRON:
                    raise
                again = SeeButton.of(wish.having(LIMIT, None), words("button-look-again"), "👀")
                await answer.show(render_not_made(words, refusal, line, [again, BookButton(words)]))
            else:
                await answer.show(render_done(words, card, [BookButton(words), TradeButton(words)]))


class LeaveButton(StatelessButton, template=r"ttw:leave-it"):
    """Leave a move undone."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:leave-it", label=words("button-leave-it"))

    async def press(self, interaction: Interaction) -> None:
        """Say that nothing was done."""
        async with answering(interaction, looks=True, turn=True) as answer:
            words = words_of(interaction)
            await answer.show(note(words("stake-left"), TradeButton(words), BookButton(words)))


class FormButton(StatelessButton, template=r"ttw:form:(?P<name>[a-z]{1,20})"):
    """Open the form for a kind of move."""

    @classmethod
    def of(cls, words: Words, name: str) -> "FormButton":
        """Make the button for a kind of wish."""
        return cls(f"ttw:form:{name}", label=words(f"button-{name}"), emoji=words(f"stake-{name}.emoji"))

    async def press(self, interaction: Interaction) -> None:
        """Open it; who is no patron yet becomes one with it."""
        async with answering(interaction, form=True):
            arrival, words = await arriving(interaction), words_of(interaction)
            others = await interaction.client.keeper.stakes.others(place(interaction), interaction.user.id)
            if self.named["name"] not in KINDS:
                raise KeeperError(KeeperCode.OLD_BUTTON)
            spoken = KINDS[self.named["name"]].line
            form = PreviewForm(words, self.named["name"], others, await speaking(interaction) if spoken else None)
            await interaction.response.send_modal(form.greeting(words, arrival))


class PreviewForm(WishForm):
    """A form that leads to a preview."""

    async def send(self, interaction: Interaction) -> None:
        """Show what it would cost and bring."""
        async with answering(interaction, looks=True) as answer:
            await show_preview(interaction, answer, self.wish(), self.line)


class TradeButton(StatelessButton, template=r"ttw:trade"):
    """Look at what can be bet on."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:trade", label=words("button-trade"), emoji="⚖️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Show the goods to the one who asked."""
        async with answering(interaction, looks=True, turn=True) as answer:
            card = await interaction.client.keeper.stakes.trade(place(interaction))
            await answer.show(render_trade(words_of(interaction), card))


def render_trade(words: Words, card: TradeCard) -> Layout:
    """The goods with two buttons each, and the other moves that a form helps with."""
    rows = [
        row(*(SeeButton.of(Wish.of(name, good=good, stake=_BET), arrow, card.emoji[good], style) for good in GOODS))
        for name, arrow, style in (
            ("long", "▲", discord.ButtonStyle.success),
            ("short", "▼", discord.ButtonStyle.danger),
        )
    ]
    forms = [row(*(FormButton.of(words, name) for name in names)) for names in _FORMS]
    items: list[ui.Item[Any]] = [
        *trade_items(words, card),
        *rows,
        text(f"-# {words('trade-more')}"),
        *forms,
        row(BookButton(words)),
    ]
    return Layout(ui.Container(*items, accent_colour=CALM))


def first_trade_button(words: Words, good: Good) -> SeeButton:
    """A newcomer's first bet: a small one that the good rises that is talked about most."""
    wish = Wish.of("long", good=good, stake=_FIRST)
    label = words("button-first-trade", good=of_good(words, good), pebbles=_FIRST)
    return SeeButton.of(wish, label, "📈", discord.ButtonStyle.primary)


async def first_trade(interaction: Interaction) -> SeeButton:
    """That bet, of this channel's wood by now.

    Raises:
        Refusal: there is no wood.
    """
    card = await interaction.client.keeper.stakes.trade(place(interaction))
    return first_trade_button(words_of(interaction), Good(card.talked))


class BookButton(StatelessButton, template=r"ttw:book"):
    """Open one's own book."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:book", label=words("button-book"), emoji="📒")

    async def press(self, interaction: Interaction) -> None:
        """Show it to its owner only."""
        async with answering(interaction, looks=True, turn=True) as answer:
            arrival, words = await arriving(interaction), words_of(interaction)
            card = await interaction.client.keeper.stakes.book(place(interaction), interaction.user.id)
            await answer.show(arrival.greeted(words, render_book(words, card)))


def render_book(words: Words, card: BookCard) -> Layout:
    """What one owns, owes, waits for and is known for, with the buttons for what stands open."""
    rows = []
    for position in card.positions:
        good = position.position.good
        name = words("button-close", good=words(f"good-{good}"))
        added = Wish.of("margin", good=good, pebbles=position.advised)
        rows.append(
            row(
                SeeButton.of(Wish.of("close", good=good), name, card.emoji[good]),
                SeeButton.of(added, words("button-margin", good=words(f"good-{good}")), "🛟"),
            )
        )
    rows += [
        row(
            SeeButton.of(Wish.of("sell", good=each), words("button-sell", good=words(f"good-{each}")), card.emoji[each])
        )
        for each in (held.corner.good for held in card.corners)
    ]
    rows.append(row(HistoryButton.of(words, 0), TradeButton(words)))
    return Layout(ui.Container(*book_items(words, card), *rows, accent_colour=CALM))


class HistoryButton(StatelessButton, template=r"ttw:past:(?P<page>\d{1,4})"):
    """Look at how one got here, a page at a time, the latest first."""

    @classmethod
    def of(cls, words: Words, page: int, label: str = "") -> "HistoryButton":
        """Make the button for a page."""
        return cls(f"ttw:past:{page}", label=label or words("button-past"), emoji="🕰️" if not label else None)

    async def press(self, interaction: Interaction) -> None:
        """Show the page to its owner only."""
        async with answering(interaction, looks=True, turn=True) as answer:
            await show_history(interaction, answer, int(self.named["page"]))


async def show_history(interaction: Interaction, answer: Answer, page: int) -> None:
    """Answer with a page of what came and went.

    Raises:
        Refusal: the player is no patron here.
    """
    card = await interaction.client.keeper.stakes.history(place(interaction), interaction.user.id, page)
    await answer.show(render_history(words_of(interaction), card))


def render_history(words: Words, card: HistoryCard) -> Layout:
    """A page of what came and went, with the ways to the others."""
    pages = [
        *([HistoryButton.of(words, card.page + 1, words("button-earlier"))] if card.page + 1 < card.pages else []),
        *([HistoryButton.of(words, card.page - 1, words("button-later"))] if card.page else []),
    ]
    return Layout(ui.Container(*history_items(words, card), row(*pages, BookButton(words)), accent_colour=CALM))
