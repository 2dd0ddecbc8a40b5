"""The market's tape of trades."""

from collections.abc import Sequence
from typing import Final

from discord import ui

from bot.telling.cards import TradeRow
from bot.telling.words import capital, whole_lines
from bot.views.base import CALM, Layout, note, text
from wood.names import Good

_ONE: Final = {Good.ACORNS: "acorn", Good.BERRIES: "berry", Good.MUSHROOMS: "mushroom"}
_HABIT: Final = (
    "-# A dot marks what was left to habit, which sells what a creature has left over and buys what its table and "
    "hearth lack. All other trades were decided by both creatures."
)


def units(qty: int, good: Good) -> str:
    """Units of a good: ``"1 berry"``, ``"3 berries"``, ``"2 honey"``."""
    return f"{qty} {_ONE.get(good, good) if qty == 1 else good}"


def render_trades(rows: Sequence[TradeRow]) -> Layout:
    """The last trades, newest first, as a table that stays aligned on a phone."""
    if not rows:
        return note("### 🧾 No trades yet\nThe market opens with the first turn.")
    lines = [
        f"{trade.turn:>4} {trade.good:<9} {trade.qty:>3} {trade.price:>3}  "
        f"{_name(trade.seller)} → {_name(trade.buyer)}{'' if trade.by_minds else ' ·'}"
        for trade in rows
    ]
    head = f"{'turn':>4} {'good':<9} {'qty':>3} {'at':>3}  from → to"
    body = "\n".join([head, *whole_lines(lines, 3_000)])
    return Layout(
        ui.Container(text(f"### 🧾 The last trades\n```\n{body}\n```"), text(_HABIT), accent_colour=CALM),
    )


def _name(trader: str) -> str:
    """A trader's name, short and safe within a block of code."""
    return capital(trader).replace("`", "'")[:10]
