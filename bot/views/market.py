"""The market: the tape of trades and single charts."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.cards import ChartCard, TradeRow
from bot.views.base import CALM, Layout, gallery, note, text
from bot.words import capital, whole_lines
from wood.names import Good


def render_trades(rows: Sequence[TradeRow]) -> Layout:
    """The last trades, newest first, as a table that stays aligned on a phone."""
    if not rows:
        return note("### 🧾 No trades yet\nThe market opens with the first turn.")
    lines = [
        f"{trade.turn:>4} {trade.qty:>2} {trade.good:<9} {trade.price:>3}  "
        f"{capital(trade.seller)[:9]} → {capital(trade.buyer)[:9]}{'' if trade.by_minds else ' ·'}"
        for trade in rows
    ]
    head = "turn  # good   pebbles  from → to"
    minds = sum(trade.by_minds for trade in rows)
    body = "\n".join([head, *whole_lines(lines, 3_000)])
    return Layout(
        ui.Container(
            text(f"### 🧾 The last trades\n```\n{body}\n```"),
            text(f"-# {minds} of {len(rows)} were meant by minds on both sides; a dot marks the work of habit."),
            accent_colour=CALM,
        )
    )


def render_chart(card: ChartCard, title: str) -> tuple[Layout, list[discord.File]]:
    """One chart with its alt text."""
    pictures, files = gallery([card])
    return Layout(ui.Container(text(f"### 📈 {title}"), pictures, accent_colour=CALM)), files


def chart_title(good: Good | None) -> str:
    """The heading of a price chart."""
    return f"The price of {good}" if good else "All prices"
