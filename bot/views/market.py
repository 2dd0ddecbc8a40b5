"""The market's tape of trades."""

from collections.abc import Sequence
from typing import Final

from discord import ui

from bot.telling.cards import TradeRow
from bot.telling.catalog import Words
from bot.telling.phrases import capital
from bot.telling.taming import whole_lines
from bot.views.base import CALM, Layout, note, text
from bot.views.table import Column, table

_COLUMNS: Final = (Column(4), Column(10, left=True), Column(4), Column(4), Column(0, left=True))


def render_trades(words: Words, rows: Sequence[TradeRow]) -> Layout:
    """The last trades, newest first, as a table that stays aligned on a phone."""
    if not rows:
        return note(words("market-trades-none"))
    head, *lines = table([_head(words), *(_cells(words, trade) for trade in rows)], _COLUMNS)
    body = "\n".join([head, *whole_lines(words, lines, 3_000)])
    return Layout(
        ui.Container(
            text(f"{words('market-trades')}\n```\n{body}\n```"), text(f"-# {words('market-habit')}"), accent_colour=CALM
        ),
    )


def _head(words: Words) -> tuple[str, ...]:
    return (
        words("market-column-turn"),
        f" {words('market-column-good')}",
        words("market-column-units"),
        words("market-column-price"),
        f"  {words('market-column-seller')} → {words('market-column-buyer')}",
    )


def _cells(words: Words, trade: TradeRow) -> tuple[str, ...]:
    dot = "" if trade.by_minds else " ·"
    return (
        str(trade.turn),
        f" {words(f'good-{trade.good}')}",
        str(trade.qty),
        str(trade.price),
        f"  {_name(trade.seller)} → {_name(trade.buyer)}{dot}",
    )


def _name(trader: str) -> str:
    """A trader's name, short and safe within a block of code."""
    return capital(trader).replace("`", "'")[:10]
