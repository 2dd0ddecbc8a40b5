"""The board: the one public message of a wood, edited in place every turn."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.telling.cards import BoardCard, PoolCard, WoodCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.engines import doing
from bot.telling.phrases import Mood, mood_of, percent, price, units, who
from bot.telling.taming import escape, whole_lines
from bot.views.base import MAX_TEXT, Layout, ago, row, rule, said_line, text
from bot.views.help import HelpButton
from bot.views.legend import DrawButton, HelpCastButton
from bot.views.patron import JoinButton, PurseButton
from bot.views.report import ChartButton, ReportButton
from bot.views.rumor import RumorButton
from bot.views.table import Column, table
from wood.chronicle import EventKind, Turn
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good
from wood.rules import Rules
from wood.world import World

_COLOURS = {
    "autumn": discord.Colour(0xC4702B),
    "winter": discord.Colour(0x7FA6C9),
    "spring": discord.Colour(0x7DB36A),
    "summer": discord.Colour(0xD9B23D),
}
_FACES = {
    Mood.MERRY: "😄",
    Mood.CONTENT: "🙂",
    Mood.FAIR: "😐",
    Mood.LOW: "🙁",
    Mood.GLOOMY: "😟",
    Mood.WRETCHED: "😣",
}
_COLUMNS = (Column(9, left=True), Column(7), Column(8), Column(6))
"""Of the table of prices: the good, its price, its move, what was sold of it."""
_AT = 200
"""Characters kept for what sleeping minds are at."""
_SAID = 1_100
"""Characters kept for what was said, so that a talkative turn cannot burst the board."""


def render_board(card: BoardCard) -> Layout:
    """The board as everybody sees it, with its buttons, in the wood's language."""
    words = words_of_wood(card.rules)
    rules, world = card.rules, card.world
    items: list[ui.Item[Any]] = [text(_head(words, card))]
    if card.minds_asleep:
        items.append(text(_asleep(words, doing(words, card.minds_at))))
    items += [rule(), text(prices(words, card)), text("\n".join(_creatures(words, rules, world)))]
    happened = list(_happened(words, card))
    if happened:
        items += [rule(), text("\n".join(happened))]
    said = [said_line(words, rules.creatures[creature].name, line) for creature, line in card.quotes if line]
    if said:
        items += [rule(), text("\n".join(whole_lines(words, said, _SAID)))]
    items += [rule(), text(_next(words, card.wood))]
    board = Layout(ui.Container(*items, accent_colour=_COLOURS[card.date.season.season]), *_buttons(words, card.pool))
    if board.content_length() > MAX_TEXT:
        message = f"a board of {board.content_length()} characters"
        raise ValueError(message)
    return board


def render_razed(words: Words, card: WoodCard) -> Layout:
    """What stands where the board of a razed wood stood."""
    said = words("board-razed-when", when=ago(card.razed_at)) if card.razed_at else words("board-razed")
    return Layout(ui.Container(text(said), accent_colour=discord.Colour.dark_grey()))


def _buttons(words: Words, pool: PoolCard | None) -> list[ui.ActionRow[Any]]:
    helping = [HelpCastButton(words)] if pool and pool.told_in is None else []
    return [
        row(RumorButton(words), DrawButton(words), PurseButton(words), ChartButton(words), ReportButton(words)),
        row(*helping, JoinButton(words), HelpButton(words)),
    ]


def _asleep(words: Words, at: str) -> str:
    return words("board-asleep-at", at=escape(at[:_AT])) if at else words("board-asleep")


def _head(words: Words, card: BoardCard) -> str:
    date, season, turn = card.date, card.date.season, card.world.turn
    if turn == 0:
        return words("board-new", emoji=season.emoji, season=season.name)
    return words(
        "board-head",
        emoji=season.emoji,
        season=season.name,
        day=date.day,
        year=date.year,
        turn=turn,
        logs=date.firewood,
    )


def prices(words: Words, card: BoardCard) -> str:
    """The price table: reference prices, their moves and what was sold, aligned in any Discord."""
    head = ("", words("board-column-pebbles"), words("board-column-move"), words("board-column-sold"))
    rows = [head, *(_price_cells(words, card, good) for good in GOODS)]
    return "\n".join(["```", *table(rows, _COLUMNS), "```"])


def _price_cells(words: Words, card: BoardCard, good: Good) -> tuple[str, ...]:
    now, before = card.world.references[good], card.world.yesterday[good]
    move = percent(before, now)
    arrow = "▲" if move > 0 else "▼" if move < 0 else "·"
    sold = sum(trade.qty for trade in card.turn.trades if trade.good is good) if card.turn else 0
    size = words("board-move", size=abs(move))
    return words(f"good-{good}"), price(words, now), f"{arrow} {size:>4}", str(sold or "–")


def _creatures(words: Words, rules: Rules, world: World) -> Iterator[str]:
    for creature in CREATURES:
        kind = rules.creatures[creature]
        yield f"{kind.emoji} **{kind.name}** {creature_state(words, rules, world, creature)}"


def creature_state(words: Words, rules: Rules, world: World, creature: Creature) -> str:
    """A creature's mood, pebbles and stores."""
    feeling = mood_of(world.moods[creature])
    stores = " ".join(f"{rules.goods[good].emoji}{held}" for good in GOODS if (held := world.held(creature, good)))
    parts = (
        f"{_FACES[feeling]} {words(f'mood-{feeling}')}",
        f"🪨 {world.held(creature, PEBBLES)}",
        stores or words("board-bare"),
    )
    return " · ".join(parts)


def _happened(words: Words, card: BoardCard) -> Iterator[str]:
    """What the turn brought, in a few lines: trades, legends, patrons' rumors."""
    rules, world, turn = card.rules, card.world, card.turn
    if turn is not None:
        yield _traded(words, card, turn)
    yield from _in_force(words, rules, world)
    if card.pool is not None:
        yield _gathering(words, card.pool)
    rumors = [event for event in turn.events if event.kind is EventKind.RUMOR and event.to is None] if turn else []
    for event in rumors[:3]:
        speaker = who(words, rules, card.names, event.subject)
        line = str((event.data or {}).get("text", ""))
        yield words("board-rumor", speaker=escape(speaker), text=escape(line))


def _in_force(words: Words, rules: Rules, world: World) -> Iterator[str]:
    """The legends and shocks at work, and where their stories can be read."""
    for slug in sorted({shock.legend for shock in world.shocks if shock.start <= world.turn}):
        legend = rules.legends[slug]
        told = world.told[1] if world.told and world.told[0] == slug else 0
        yield words("board-in-force", title=legend.title, turn=told, lore="yes" if legend.history else "no")


def _gathering(words: Words, pool: PoolCard) -> str:
    """How far the next legend is."""
    if pool.told_in is None:
        return words("board-gathering", gathered=pool.gathered, needed=pool.needed)
    return words("board-gathered", turns=pool.told_in)


def _traded(words: Words, card: BoardCard, turn: Turn) -> str:
    trades = turn.trades
    if not trades:
        return words("board-untraded")
    best = max(trades, key=lambda trade: trade.qty * trade.price)
    buyer, seller = (escape(who(words, card.rules, card.names, key)) for key in (best.buyer, best.seller))
    greatest = words(
        "board-traded",
        trades=len(trades),
        buyer=buyer,
        units=units(words, best.good, best.qty),
        seller=seller,
        price=best.price,
        each="yes" if best.qty > 1 else "no",
    )
    return f"{greatest}\n-# {_decided(words, len(trades), sum(trade.by_minds for trade in trades))}"


def _decided(words: Words, trades: int, by_minds: int) -> str:
    """Who meant the trades, in words that need no theory."""
    if by_minds == trades:
        return words("board-decided-all")
    if not by_minds:
        return words("board-decided-none", trades=trades)
    return words("board-decided-some", minds=by_minds, habit=trades - by_minds)


def _next(words: Words, wood: WoodCard) -> str:
    if wood.paused or wood.next_turn is None:
        return words("board-resting")
    return words("board-next", when=ago(wood.next_turn))
