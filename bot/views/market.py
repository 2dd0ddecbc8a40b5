"""The market's tape of trades."""

from collections.abc import Sequence

from discord import ui

from bot.cards import TradeRow
from bot.views.base import CALM, Layout, note, text
from bot.words import capital, whole_lines
from wood.names import Good

_ONE = {Good.ACORNS: "acorn", Good.BERRIES: "berry", Good.MUSHROOMS: "mushroom"}


def units(qty: int, good: Good) -> str:
    """Units of a good: ``"1 berry"``, ``"3 berries"``, ``"2 honey"``."""
    return f"{qty} {_ONE.get(good, good) if qty == 1 else good}"


def render_trades(rows: Sequence[TradeRow]) -> Layout:
    """The last trades, newest first, as a table that stays aligned on a phone."""
    if not rows:
        return note("### 🧾 No trades yet\nThe market opens with the first turn.")
    lines = [
        f"{trade.turn:>4} {trade.qty:>2} {trade.good:<9} {trade.price:>3}  "
        f"{_name(trade.seller)} → {_name(trade.buyer)}{'' if trade.by_minds else ' ·'}"
        for trade in rows
    ]
    head = f"{'turn':>4} {'':>2} {'':<9} {'at':>3}  from → to"
    minds = sum(trade.by_minds for trade in rows)
    body = "\n".join([head, *whole_lines(lines, 3_000)])
    return Layout(
        ui.Container(
            text(f"### 🧾 The last trades\n```\n{body}\n```"),
            text(f"-# {minds} of {len(rows)} were meant by minds on both sides; a dot marks the work of habit."),
            accent_colour=CALM,
        )
    )


def _name(trader: str) -> str:
    """A trader's name, short and safe within a block of code."""
    return capital(trader).replace("`", "'")[:10]
