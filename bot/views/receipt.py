"""Receipts: the line under a rumor, the whole of one, the buttons that lead there, and the notice."""

from collections.abc import Sequence
from typing import Any, Final

from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling import receipts as told
from bot.telling.cards import NoticeCard, ReceiptCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.phrases import price, signed, way
from bot.telling.taming import bounded, escape
from bot.views.base import CALM, Layout, StatelessButton, clip, note, row, rule, text
from data.rows import Notify
from wood.moves.rumor import MAX_RUMOR
from wood.names import Creature
from wood.twin import SPAN, telling

_MOST: Final = 5
"""Receipts shown at once: as many as a patron has breath for."""
_LONGEST: Final = 3_600


class ReceiptButton(StatelessButton, template=r"ttw:receipt:(?P<number>\d{1,18})"):
    """Show one receipt, whole."""

    @classmethod
    def of(cls, words: Words, card: ReceiptCard) -> "ReceiptButton":
        """Make the button that shows a receipt."""
        return cls(f"ttw:receipt:{card.receipt.id}", label=words("button-receipt"), emoji="🧾")

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked, a whisper's to its owner alone."""
        async with answering(interaction, looks=True) as answer:
            receipts = interaction.client.keeper.receipts
            card = await receipts.one(place(interaction), interaction.user.id, int(self.named["number"]))
            await answer.show(render_receipts(words_of(interaction), [card]))


class FateButton(StatelessButton, template=r"ttw:fate:(?P<turn>\d{1,9})"):
    """Show what came of all that the player said in one turn."""

    @classmethod
    def of(cls, words: Words, turn: int) -> "FateButton":
        """Make the button for what is heard in a turn."""
        return cls(f"ttw:fate:{turn}", label=words("button-fate"), emoji="🧾")

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            turn, words = int(self.named["turn"]), words_of(interaction)
            found = await interaction.client.keeper.receipts.own(place(interaction), interaction.user.id, turn)
            if found is None:
                await answer.show(note(words("receipt-unheard"), FateButton.of(words, turn)))
            else:
                await answer.show(render_receipts(words, found))


def receipt_line(words: Words, card: ReceiptCard) -> str:
    """What came of words, as one small line under them."""
    return words("receipt-line", outcome=told.outcome(words, card), deeds=told.deeds(words, card))


def render_receipts(words: Words, cards: Sequence[ReceiptCard]) -> Layout:
    """Receipts, whole."""
    if not cards:
        return note(words("receipt-claimless"))
    items: list[ui.Item[Any]] = [text(words("receipt-head"))]
    shown = cards[:_MOST]
    for card in shown:
        items += [text(clip("\n".join(_whole(words, card)), _LONGEST // len(shown))), rule()]
    return Layout(ui.Container(*items, text(f"-# {words('receipt-how')}"), accent_colour=CALM))


def render_notice(card: NoticeCard) -> Layout:
    """What a patron is told who asked for it: in the channel with a mention, or in a direct message."""
    words, shown = words_of_wood(card.card.rules), card.card
    mention = f"<@{card.user_id}>" if card.how is Notify.CHANNEL else "none"
    head = words("receipt-notice", mention=mention, turn=shown.receipt.turn)
    lines = [head, f"> {escape(bounded(shown.receipt.text, MAX_RUMOR))}", receipt_line(words, shown)]
    # A button asks the wood of the channel it stands in, and a direct message stands in none.
    buttons = [row(ReceiptButton.of(words, shown))] if card.how is Notify.CHANNEL else []
    return Layout(ui.Container(text("\n".join(lines)), *buttons, accent_colour=CALM))


def _whole(words: Words, card: ReceiptCard) -> list[str]:
    receipt, creatures = card.receipt, card.rules.creatures
    said = words(
        "receipt-said",
        text=escape(bounded(receipt.text, MAX_RUMOR)),
        speaker=told.speaker(words, card),
        to=creatures[receipt.to].name if receipt.to else "none",
        turn=receipt.turn,
    )
    lines = [said, *_hearers(words, card)]
    if not receipt.state.measured:
        return [*lines, told.outcome(words, card)]
    turns = [
        words("receipt-turn", turn=receipt.turn + at, move=signed(words, told.percents(effect)))
        for at, effect in enumerate(receipt.effects)
    ]
    best = telling(receipt.about, receipt.effects, receipt.band)
    at = len(receipt.effects) - 1 if best is None else best
    low, high = (signed(words, told.percents(each[at])) for each in (receipt.band.low, receipt.band.high))
    small = [" · ".join(turns), words("receipt-band", low=low, high=high)]
    if receipt.others:
        small.append(words("receipt-others", count=receipt.others))
    if receipt.held:
        small.append(words("receipt-held", names=words.listed([creatures[each].name for each in receipt.held])))
    if left := SPAN - len(receipt.effects):
        small.append(words("receipt-goes-on", turns=left))
    return [*lines, _effect(words, card), *(f"-# {line}" for line in small)]


def _hearers(words: Words, card: ReceiptCard) -> list[str]:
    did = {each.creature: each for each in card.receipt.did}
    lines = []
    for creature, points in card.receipt.believed.items():
        rule, reaction, belief = card.rules.creatures[creature], did.get(creature), told.belief(points)
        if reaction is not None and reaction.units:
            clause = told.did(words, card, reaction)
            lines.append(words("receipt-hearer-did", emoji=rule.emoji, did=clause, belief=belief))
        else:
            lines.append(words("receipt-hearer", emoji=rule.emoji, name=rule.name, belief=belief))
    return lines


def _effect(words: Words, card: ReceiptCard) -> str:
    receipt = card.receipt
    if isinstance(receipt.about, Creature):
        name, pebbles = told.subject(words, card), price(words, abs(receipt.gain))
        return words("receipt-effect-creature", way=way(receipt.effect), name=name, pebbles=pebbles)
    good = words(f"good-{receipt.about}.title") if receipt.effect else told.subject(words, card)
    return words("receipt-effect", way=way(receipt.effect), good=good, size=abs(told.percents(receipt.effect)))
