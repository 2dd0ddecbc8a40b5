"""The board: the one public message of a wood, edited in place every turn."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.telling.cards import BoardCard, PoolCard, WoodCard
from bot.telling.catalog import words_of_wood
from bot.telling.engines import doing
from bot.telling.words import count, escape, mood, percent, price, who, whole_lines
from bot.views.base import MAX_TEXT, Layout, ago, row, rule, said_line, text
from bot.views.help import HelpButton
from bot.views.legend import DrawButton, HelpCastButton
from bot.views.market import units
from bot.views.patron import JoinButton, PurseButton
from bot.views.report import ChartButton, ReportButton
from bot.views.rumor import RumorButton
from wood.chronicle import EventKind
from wood.names import CREATURES, GOODS, PEBBLES, Creature
from wood.rules import Rules
from wood.world import World

_COLOURS = {
    "autumn": discord.Colour(0xC4702B),
    "winter": discord.Colour(0x7FA6C9),
    "spring": discord.Colour(0x7DB36A),
    "summer": discord.Colour(0xD9B23D),
}
_FACES = {"merry": "😄", "content": "🙂", "fair": "😐", "low": "🙁", "gloomy": "😟", "wretched": "😣"}
_AT = 200
"""Characters kept for what sleeping minds are at."""
_SAID = 1_100
"""Characters kept for what was said, so that a talkative turn cannot burst the board."""


def render_board(card: BoardCard) -> Layout:
    """The board as everybody sees it, with its buttons."""
    rules, world = card.rules, card.world
    items: list[ui.Item[Any]] = [text(_head(card))]
    if card.minds_asleep:
        items.append(text(_asleep(doing(words_of_wood(rules), card.minds_at))))
    items += [rule(), text(prices(card)), text("\n".join(_creatures(rules, world)))]
    happened = list(_happened(card))
    if happened:
        items += [rule(), text("\n".join(happened))]
    said = [said_line(rules.creatures[creature].name, words) for creature, words in card.quotes if words]
    if said:
        items += [rule(), text("\n".join(whole_lines(said, _SAID)))]
    items += [rule(), text(_next(card.wood))]
    buttons = [
        row(RumorButton(), DrawButton(), PurseButton(), ChartButton(), ReportButton()),
        row(
            *([HelpCastButton()] if card.pool and card.pool.told_in is None else []),
            JoinButton(),
            HelpButton(),
        ),
    ]
    board = Layout(ui.Container(*items, accent_colour=_COLOURS[card.date.season.season]), *buttons)
    if board.content_length() > MAX_TEXT:
        message = f"a board of {board.content_length()} characters"
        raise ValueError(message)
    return board


def render_razed(card: WoodCard) -> Layout:
    """What stands where the board of a razed wood stood."""
    since = f" {ago(card.razed_at)}" if card.razed_at else ""
    return Layout(
        ui.Container(
            text(f"### 🪓 This wood was razed{since}\nFor a day its keepers can bring it back: `/keeper resume`."),
            accent_colour=discord.Colour.dark_grey(),
        )
    )


def _asleep(at: str) -> str:
    bracket = f" ({escape(at[:_AT])})" if at else ""
    return f"💤 *The minds are asleep{bracket}. Habit keeps the households until they wake.*"


def _head(card: BoardCard) -> str:
    date, season, turn = card.date, card.date.season, card.world.turn
    hearth = f"every hearth burns {count(date.firewood, 'log')}" if date.firewood else "no hearth needs a fire"
    if turn == 0:
        return (
            f"## {season.emoji} A new wood\n{season.name} begins, and five creatures are about to trade.\n"
            "-# New here? Press **Join the wood**, then **Rumor**. **Help** has the rest."
        )
    return f"## {season.emoji} {season.name}, day {date.day}\n-# Year {date.year} · turn {turn} · {hearth}"


def prices(card: BoardCard) -> str:
    """The price table: reference prices, their moves and what was sold, aligned in any Discord."""
    lines = ["         pebbles    move  sold"]
    for good in GOODS:
        now, before = card.world.references[good], card.world.yesterday[good]
        move = percent(before, now)
        arrow = "▲" if move > 0 else "▼" if move < 0 else "·"
        sold = sum(trade.qty for trade in card.turn.trades if trade.good is good) if card.turn else 0
        lines.append(f"{good:<9} {price(now):>6}  {arrow} {abs(move):>3}%  {sold or '–':>4}")
    return "```\n" + "\n".join(lines) + "\n```"


def _creatures(rules: Rules, world: World) -> Iterator[str]:
    for creature in CREATURES:
        yield creature_line(rules, world, creature)


def creature_line(rules: Rules, world: World, creature: Creature) -> str:
    """One creature in one line: mood, pebbles and stores."""
    rule_ = rules.creatures[creature]
    return f"{rule_.emoji} **{rule_.name}** {creature_state(rules, world, creature)}"


def creature_state(rules: Rules, world: World, creature: Creature) -> str:
    """A creature's mood, pebbles and stores."""
    feeling = mood(world.moods[creature])
    stores = " ".join(f"{rules.goods[good].emoji}{held}" for good in GOODS if (held := world.held(creature, good)))
    return f"{_FACES[feeling]} {feeling} · 🪨 {world.held(creature, PEBBLES)} · {stores or 'bare shelves'}"


def _happened(card: BoardCard) -> Iterator[str]:
    """What the turn brought, in a few lines: trades, legends, patrons' rumors."""
    rules, world, turn = card.rules, card.world, card.turn
    if turn is not None:
        yield _traded(card)
    yield from _in_force(rules, world)
    if card.pool is not None:
        yield _gathering(card.pool)
    rumors = [event for event in turn.events if event.kind is EventKind.RUMOR and event.to is None] if turn else []
    for event in rumors[:3]:
        speaker = escape(who(rules, card.names, event.subject))
        yield f"🗣️ {speaker}: {escape(str((event.data or {}).get('text', '')))}"


def _in_force(rules: Rules, world: World) -> Iterator[str]:
    """The legends and shocks at work, and where their stories can be read."""
    for slug in sorted({shock.legend for shock in world.shocks if shock.start <= world.turn}):
        legend = rules.legends[slug]
        since = f", told in turn {world.told[1]}" if world.told and world.told[0] == slug else ""
        lore = " `/legend lore` has the true story behind it." if legend.history else ""
        yield f"📜 **{legend.title}** is in force{since}.{lore}"


def _gathering(pool: PoolCard) -> str:
    """How far the next legend is."""
    if pool.told_in is None:
        return f"🌬️ A legend gathers breath: **{pool.gathered}** of {pool.needed}. Everybody can give it some."
    rest = pool.told_in
    when = f"in {count(rest, 'turn')}, when the wood has rested from the last one" if rest else "next turn"
    return f"🌬️ A legend has all the breath it needs. It is told {when}."


def _traded(card: BoardCard) -> str:
    trades = card.turn.trades if card.turn else ()
    if not trades:
        return "🤝 Nobody traded."
    best = max(trades, key=lambda trade: trade.qty * trade.price)
    buyer, seller = (escape(who(card.rules, card.names, key)) for key in (best.buyer, best.seller))
    paid = f"{count(best.price, 'pebble')}{' each' if best.qty > 1 else ''}"
    return (
        f"🤝 **{count(len(trades), 'trade')}**. The greatest: {buyer} bought {units(best.qty, best.good)} "
        f"from {seller} for {paid}.\n-# {_decided(len(trades), sum(trade.by_minds for trade in trades))}"
    )


def _decided(trades: int, by_minds: int) -> str:
    """Who meant the trades, in words that need no theory."""
    if by_minds == trades:
        return "Every one was decided by both creatures."
    habit = "left to habit, which sells what is left over and buys what table and hearth lack"
    if not by_minds:
        return f"All {habit}." if trades == 1 else f"All of them {habit}."
    return f"{by_minds} decided by both creatures, {trades - by_minds} {habit}."


def _next(wood: WoodCard) -> str:
    if wood.paused or wood.next_turn is None:
        return "⏸️ The wood rests. A keeper wakes it with `/keeper resume`."
    return f"⏳ Next turn {ago(wood.next_turn)}"
