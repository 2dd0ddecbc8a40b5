"""Receipts as they are told: which of them stand where, and in which words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.telling.cards import ReceiptCard
from bot.telling.catalog import Words
from bot.telling.phrases import price, topic, way, who
from bot.telling.taming import MAX_NAME, bounded, escape
from data.receipts import Receipt, State
from wood.names import Creature
from wood.rules import Rules
from wood.twin import LAUGHED, Did, Reaction

BOARD_MOST: Final = 3
VOICES_MOST: Final = 3
_CLAUSES: Final = 3
_HALF: Final = 25
_FIRM: Final = 50
"""Points of belief from which words are believed by half, and firmly."""


def public(rules: Rules, names: Mapping[str, str], receipts: Iterable[Receipt]) -> list[ReceiptCard]:
    """The receipts that everybody may see: those of rumors, and of no whisper."""
    return [ReceiptCard(rules, each, names) for each in receipts if each.to is None]


def of_board(cards: Iterable[ReceiptCard], turn: int) -> list[ReceiptCard]:
    """What stands on a board after a turn: of each good or creature the strongest effect, or the latest rumor's none.

    Args:
        cards: public ones of the last turns, oldest first.
        turn: the last turn.
    """
    best: dict[str, ReceiptCard] = {}
    for card in cards:
        receipt = card.receipt
        known = best.get(receipt.about)
        stronger = known is None or abs(receipt.effect) >= abs(known.receipt.effect)
        if stronger and (receipt.effect or receipt.turn == turn):
            best[receipt.about] = card
    ranked = sorted(best.values(), key=lambda card: (-abs(card.receipt.effect), -card.receipt.turn))
    return ranked[:BOARD_MOST]


def of_report(cards: Iterable[ReceiptCard]) -> list[ReceiptCard]:
    """Whose words moved the wood in a day: the strongest of each patron, greatest first."""
    best: dict[str, ReceiptCard] = {}
    for card in cards:
        receipt = card.receipt
        known = best.get(receipt.speaker)
        if receipt.voice and (known is None or receipt.voice > known.receipt.voice):
            best[receipt.speaker] = card
    return sorted(best.values(), key=lambda card: -card.receipt.voice)[:VOICES_MOST]


def percents(effect: int) -> int:
    """An effect (hundredths of a per cent) in whole per cent, rounded half away from zero."""
    return (abs(effect) + 50) // 100 * (1 if effect > 0 else -1)


def speaker(words: Words, card: ReceiptCard) -> str:
    """Who said it, escaped for Discord."""
    return escape(bounded(who(words, card.rules, card.names, card.receipt.speaker), MAX_NAME))


def subject(words: Words, card: ReceiptCard) -> str:
    """What it is about."""
    return topic(words, card.rules, card.receipt.about)


def outcome(words: Words, card: ReceiptCard) -> str:
    """What words came to, in a line of Markdown: what they moved, or why that is not known."""
    receipt, said_by = card.receipt, speaker(words, card)
    if not receipt.state.measured:
        return words("receipt-unmeasured", speaker=said_by, why="lost" if receipt.state is State.LOST else "crowded")
    if isinstance(receipt.about, Creature):
        name, pebbles = subject(words, card), price(words, abs(receipt.gain))
        return words("receipt-outcome-creature", speaker=said_by, way=way(receipt.effect), name=name, pebbles=pebbles)
    return words("receipt-outcome", speaker=said_by, way=way(receipt.effect), size=abs(percents(receipt.effect)))


def deeds(words: Words, card: ReceiptCard) -> str:
    """What the hearers did, the strongest few, as a list of clauses: ``"Pip bought 2 more and Fenn laughed"``."""
    receipt = card.receipt
    if not receipt.did:
        return _believers(words, card)
    counted = sorted((each for each in receipt.did if each.units), key=lambda each: -abs(each.units))
    clauses = [did(words, card, each) for each in counted[:_CLAUSES]]
    for kind, key in ((Did.NODDED, "receipt-nodded"), (Did.LAUGHED, "receipt-laughed")):
        names = _names(words, card.rules, (each.creature for each in receipt.did if each.did is kind))
        if names and (kind is Did.LAUGHED or not clauses):
            clauses.append(words(key, names=names))
    return words.listed(clauses)


def _believers(words: Words, card: ReceiptCard) -> str:
    believed = (who for who, points in card.receipt.believed.items() if points >= LAUGHED)
    names = _names(words, card.rules, believed)
    return words("receipt-believed", names=names) if names else words("receipt-nobody")


def did(words: Words, card: ReceiptCard, reaction: Reaction) -> str:
    """What one hearer did otherwise, as a clause: ``"Pip bought 2 more"``."""
    name = card.rules.creatures[reaction.creature].name
    more, units = "yes" if reaction.units > 0 else "no", abs(reaction.units)
    if isinstance(card.receipt.about, Creature):
        target = subject(words, card)
        return words("receipt-did-creature", name=name, did=reaction.did.value, more=more, units=units, target=target)
    return words("receipt-did", name=name, did=reaction.did.value, more=more, units=units)


def belief(points: int) -> str:
    """How far somebody believed words, as catalogs select by it."""
    return "none" if points < LAUGHED else "little" if points < _HALF else "half" if points < _FIRM else "firm"


def _names(words: Words, rules: Rules, creatures: Iterable[Creature]) -> str:
    return words.listed([rules.creatures[each].name for each in creatures])


def voices(words: Words, cards: Sequence[ReceiptCard]) -> list[str]:
    """Whose words moved the wood, a plain sentence each."""
    return [
        words(
            "receipt-voice",
            speaker=who(words, each.rules, each.names, each.receipt.speaker),
            about=subject(words, each),
            way=way(each.receipt.effect),
            size=abs(percents(each.receipt.effect)),
        )
        for each in cards
    ]
