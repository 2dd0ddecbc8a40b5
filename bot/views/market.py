"""The market's tape of trades."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from discord import ui

from bot.telling.cards import TradeRow
from bot.telling.catalog import Words
from bot.telling.phrases import capital, units
from bot.telling.taming import bounded, escape, whole_lines
from bot.views.base import CALM, Layout, note, text

_TAPE: Final = 3_000
_NAME: Final = 20


def render_trades(words: Words, rows: Sequence[TradeRow]) -> Layout:
    """The last trades, newest first, a line each below their turn: a table would be cut off on a phone."""
    if not rows:
        return note(words("market-trades-none"))
    tape = "\n".join([words("market-trades"), *whole_lines(words, list(_lines(words, rows)), _TAPE)])
    return Layout(ui.Container(text(tape), text(f"-# {words('market-habit')}"), accent_colour=CALM))


def _lines(words: Words, rows: Sequence[TradeRow]) -> Iterator[str]:
    for turn, trades in groupby(rows, lambda trade: trade.turn):
        yield words("market-turn", turn=turn)
        for trade in trades:
            yield words(
                "market-trade",
                units=capital(units(words, trade.good, trade.qty)),
                price=trade.price,
                seller=_name(trade.seller),
                buyer=_name(trade.buyer),
                habit="no" if trade.by_minds else "yes",
            )


def _name(trader: str) -> str:
    """A trader's name, short and safe."""
    return escape(bounded(capital(trader), _NAME))
