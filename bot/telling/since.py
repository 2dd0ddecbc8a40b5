"""What happened while a player was away, in a few lines, for that player's eyes. Pure, from the records of turns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.telling.cards import ReceiptCard
from bot.telling.catalog import Words
from bot.telling.phrases import legend_of, percent, price, public, topic, way
from bot.telling.receipts import percents
from bot.telling.taming import bounded, escape
from wood.chronicle import EventKind, Turn
from wood.names import GOODS, Creature, Good
from wood.orders import MAX_GOSSIP
from wood.rules import Rules

_PRICES: Final = 2
"""Prices that are told, those that moved most."""
_MOVED: Final = 3
"""Per cent from which a price has moved."""
_TITLES: Final = 2
"""Legends that are told by their titles, the latest."""


@dataclass(frozen=True, slots=True)
class SinceCard:
    """What happened while somebody was away. What is in it is that player's alone.

    Attributes:
        rules: the content.
        key: the player's key.
        alias: what creatures call the player; "" for one who is no patron.
        since: when the player was seen last.
        missed: turns since then.
        before: the turn that had been completed then; None before the first.
        turns: the turns since, oldest first; of a long absence the last ones.
        receipts: what came of the player's own words, heard in the last turn seen or since, oldest first.
        purse: pebbles then and now; None for one who was, or is, no patron.
    """

    rules: Rules
    key: str
    alias: str
    since: datetime
    missed: int
    before: Turn | None
    turns: Sequence[Turn]
    receipts: Sequence[ReceiptCard]
    purse: tuple[int | None, int | None]


def since_lines(words: Words, card: SinceCard) -> list[str]:
    """What is worth telling, six lines at most, escaped for Discord.

    Args:
        words: the language of the answer.
        card: the absence, with at least one turn.
    """
    return [*_prices(words, card), *_told(words, card), *_words(words, card), *_purse(words, card), *_talk(words, card)]


def _prices(words: Words, card: SinceCard) -> Iterator[str]:
    """The prices that moved most."""
    start = card.before.references if card.before else {good: card.rules.goods[good].start for good in GOODS}
    end = card.turns[-1].references

    def ratio(good: Good) -> float:
        return max(start[good], end[good]) / max(1, min(start[good], end[good]))

    moved = [good for good in GOODS if abs(percent(start[good], end[good])) >= _MOVED]
    for good in sorted(moved, key=ratio, reverse=True)[:_PRICES]:
        change = percent(start[good], end[good])
        yield words(
            "report-price",
            emoji=card.rules.goods[good].emoji,
            good=words(f"good-{good}.title"),
            before=price(words, start[good]),
            after=price(words, end[good]),
            way=way(change),
            size=abs(change),
        )
    if not moved:
        yield words("since-prices-stand")


def _told(words: Words, card: SinceCard) -> Iterator[str]:
    """The legends that were told; without any, what else came over the wood."""
    found = [legend_of(card.rules, event) for _, event in public(card.turns, EventKind.LEGEND)]
    legends = [legend for legend in found if legend is not None]
    told = [legend for legend in legends if legend.history is not None] or legends
    if told:
        titles = [words("since-title", title=escape(legend.title)) for legend in told[-_TITLES:]]
        key = "since-told" if told[-1].history is not None else "since-shock"
        yield words(key, titles=words.listed(titles), count=len(titles))


def _words(words: Words, card: SinceCard) -> Iterator[str]:
    """What came of the player's own words: what they moved most, or else what time made of them."""
    measured = [each for each in card.receipts if each.receipt.state.measured and each.receipt.through]
    if measured:
        best = max(measured, key=lambda each: (abs(each.receipt.effect), each.receipt.turn))
        receipt, about = best.receipt, topic(words, card.rules, best.receipt.about)
        if isinstance(receipt.about, Creature):
            pebbles = price(words, abs(receipt.gain))
            yield words("since-words-creature", about=about, way=way(receipt.effect), pebbles=pebbles)
        else:
            yield words("since-words", about=about, way=way(receipt.effect), size=abs(percents(receipt.effect)))
        return
    judged = [event for _, event in public(card.turns, EventKind.JUDGED) if event.subject == card.key]
    if judged:
        data = judged[-1].data or {}
        about = topic(words, card.rules, data.get("good"))
        yield words("since-judged", about=about, right="yes" if data.get("true") else "no")


def _purse(words: Words, card: SinceCard) -> Iterator[str]:
    before, after = card.purse
    if after is not None and before in (None, after):
        yield words("since-purse-same", pebbles=after)
    elif after is not None and before is not None:
        yield words("since-purse", before=before, after=after)


def _talk(words: Words, card: SinceCard) -> Iterator[str]:
    """Who spoke of the player last."""
    if not card.alias:
        return
    name = re.compile(rf"\b{re.escape(card.alias)}\b")
    for _, event in reversed(public(card.turns, EventKind.GOSSIP)):
        line = str((event.data or {}).get("text", ""))
        if event.subject in card.rules.creatures and name.search(line):
            speaker = card.rules.creatures[Creature(event.subject)].name
            yield words("since-talk", speaker=escape(speaker), text=escape(bounded(line, MAX_GOSSIP)))
            return
