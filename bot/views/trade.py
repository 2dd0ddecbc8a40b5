"""The goods that can be bet on, in a card's words."""

from typing import Any

from discord import ui

from bot.telling.catalog import Words
from bot.telling.phrases import percent, price, way
from bot.telling.stakes import TradeCard
from bot.telling.story import sparkline
from bot.views.base import rule, text
from wood.names import GOODS, Good


def trade_items(words: Words, card: TradeCard) -> list[ui.Item[Any]]:
    """A line a good, with its price, its last move and its course."""
    return [
        text(words("trade-head")),
        text("\n".join(_line(words, card, good) for good in GOODS)),
        rule(),
        text(words("trade-how", good=words(f"good-{card.talked}"))),
    ]


def _line(words: Words, card: TradeCard, good: Good) -> str:
    now, before = card.world.references[good], card.world.yesterday[good]
    move = percent(before, now)
    said = words(
        "trade-good",
        emoji=card.emoji[good],
        good=words(f"good-{good}.title"),
        price=price(words, now),
        way=way(move),
        size=abs(move),
    )
    return f"{said} {sparkline(card.courses[good])}".rstrip()
