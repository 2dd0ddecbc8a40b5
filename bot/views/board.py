"""The board: the one public message of a wood, edited in place every turn.

One story on top, in words that a newcomer has; then the prices, the hottest first and each with what is said about it;
the creatures; the best of what they said; and the buttons for the next move.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.telling import story
from bot.telling.cards import BoardCard, PoolCard, WoodCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.engines import doing
from bot.telling.phrases import percent, price, public, way, who
from bot.telling.taming import MAX_NAME, bounded, escape, whole_lines
from bot.views.base import MAX_TEXT, Layout, ago, row, rule, said_line, text
from bot.views.creature import CreaturesButton, creature_state
from bot.views.hand import LegendButton
from bot.views.legend import HelpCastButton
from bot.views.more import MoreButton
from bot.views.receipt import receipt_line
from bot.views.report import ChartButton
from bot.views.rumor import RumorButton
from bot.views.stakes import BookButton, TradeButton
from bot.views.trust import TrustButton
from wood.almanac import hearth
from wood.chronicle import Event, EventKind
from wood.moves.rumor import MAX_RUMOR
from wood.names import CREATURES, GOODS, Creature, Good

_COLOURS = {
    "autumn": discord.Colour(0xC4702B),
    "winter": discord.Colour(0x7FA6C9),
    "spring": discord.Colour(0x7DB36A),
    "summer": discord.Colour(0xD9B23D),
}
_AT = 200
"""Characters kept for what sleeping minds are at."""
_LINES: Final = 3
"""Lines of creatures that are told."""
_SAID: Final = 700
"""Characters for them, so that a talkative turn cannot burst the board."""
_RUMORS: Final = 3
"""Rumors that are told word for word, the latest; of the others it is said how many they are."""
_FORCES: Final = 3
_CASES: Final = 3


def render_board(card: BoardCard) -> Layout:
    """The board as everybody sees it, with its buttons, in the wood's language."""
    words = words_of_wood(card.rules)
    told = story.tell(words, card)
    items: list[ui.Item[Any]] = [text(_head(words, card))]
    if card.minds_asleep:
        items.append(text(_asleep(words, doing(words, card.minds_at))))
    items += [text(words("board-start")) if told is None else text(_told(told)), rule(), text(_goods(words, card))]
    items += [rule(), text("\n".join(_creatures(words, card)))]
    best = story.best_lines(card, _LINES, told.quoted if told else "")
    said = [said_line(words, card.rules.creatures[creature].name, line) for creature, line in best]
    if said:
        items += [rule(), text("\n".join(whole_lines(words, said, _SAID)))]
    items += [
        rule(),
        text(
            "\n".join(
                [*_cases(words, card), *_in_force(words, card), *_gathering(words, card.pool), _next(words, card)]
            )
        ),
    ]
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
        row(RumorButton(words), LegendButton(words), TradeButton(words), BookButton(words)),
        row(TrustButton(words), CreaturesButton(words), ChartButton(words), MoreButton(words)),
        *([row(*helping)] if helping else []),
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
        logs=hearth(card.rules, card.world.seed, max(1, turn)),
    )


def _told(told: story.Story) -> str:
    title = f"### {escape(told.title)}"
    return f"{title}\n{escape(told.line)}" if told.line else title


# The goods and what is said about them


def _goods(words: Words, card: BoardCard) -> str:
    """The prices: the good that moved most stands first and large, the others small below it."""
    hot, move = story.hottest(card)
    first = [hot] if move else []
    spoken = _rumors(card)
    shown = spoken[-_RUMORS:]
    lines = []
    for good in [*first, *(each for each in GOODS if each not in first)]:
        lines += [_price(words, card, good, hot=good in first), *_under(words, card, good, shown)]
    if len(spoken) > len(shown):
        lines.append(words("board-rumors-more", count=len(spoken) - len(shown)))
    return "\n".join(lines)


def _price(words: Words, card: BoardCard, good: Good, *, hot: bool) -> str:
    now, before = card.world.references[good], card.world.yesterday[good]
    move = percent(before, now)
    said = words(
        "board-hot" if hot else "board-good",
        emoji=card.rules.goods[good].emoji,
        good=words(f"good-{good}.title"),
        price=price(words, now),
        way=way(move),
        size=abs(move),
    )
    course = story.sparkline([turn.references[good] for turn in card.recent]) if hot else ""
    return f"{said} {course}".rstrip()


def _rumors(card: BoardCard) -> list[Event]:
    """What patrons spread in the last turn, for all ears."""
    return [event for _, event in public([card.turn] if card.turn else [], EventKind.RUMOR)]


def _under(words: Words, card: BoardCard, about: Good | Creature, rumors: Sequence[Event]) -> Iterator[str]:
    """What stands under a good or a creature: the rumors about it, and what came of the one that did most."""
    for event in rumors:
        data = event.data or {}
        if data.get("about") == about:
            speaker = bounded(who(words, card.rules, card.names, event.subject), MAX_NAME)
            line = bounded(str(data.get("text", "")), MAX_RUMOR)
            yield words("board-rumor", speaker=escape(speaker), text=escape(line))
    for receipt in card.receipts:
        if receipt.receipt.about == about:
            yield receipt_line(words, receipt)


# The creatures


def _creatures(words: Words, card: BoardCard) -> Iterator[str]:
    cold = {event.subject for _, event in public([card.turn] if card.turn else [], EventKind.COLD)}
    rumors = _rumors(card)[-_RUMORS:]
    for creature in CREATURES:
        kind = card.rules.creatures[creature]
        state = creature_state(card.rules, card.world, creature)
        shivers = " 🥶" if creature in cold else ""
        yield f"{kind.emoji} **{kind.name}** {state}{shivers}"
        yield from _under(words, card, creature, rumors)


# What is going on, and what comes


def _in_force(words: Words, card: BoardCard) -> Iterator[str]:
    """The legends and shocks at work, from the turn they are told until their last effect, oldest first."""
    rules, world = card.rules, card.world
    told: dict[str, int] = {}
    for standing in world.shocks:
        began = standing.start - rules.legends[standing.legend].shocks[standing.index].delay
        told[standing.legend] = max(began, told.get(standing.legend, 0))
    at_work = sorted((began, slug) for slug, began in told.items() if began <= world.turn)
    for began, slug in at_work[-_FORCES:]:
        legend = rules.legends[slug]
        course = [turn.references[legend.good] for turn in card.recent if turn.number >= began - 1]
        known = began > 1 and bool(card.recent) and card.recent[0].number < began
        change = percent(course[0], course[-1]) if known else 0
        yield words(
            "board-in-force",
            title=legend.title,
            age=world.turn - began + 1,
            good=words(f"good-{legend.good}"),
            way=way(change),
            size=abs(change),
        )


def _cases(words: Words, card: BoardCard) -> Iterator[str]:
    """The files that are open, those that are heard soonest first; never who denounced whom."""
    for case in sorted(card.world.cases, key=lambda case: case.due)[:_CASES]:
        suspect = escape(bounded(who(words, card.rules, card.names, case.patron), MAX_NAME))
        yield words("board-case", who=suspect, turns=case.due - card.world.turn)


def _gathering(words: Words, pool: PoolCard | None) -> Iterator[str]:
    """How far the next legend is."""
    if pool is not None and pool.told_in is None:
        yield words("board-gathering", gathered=pool.gathered, needed=pool.needed)
    elif pool is not None:
        yield words("board-gathered", turns=pool.told_in or 0)


def _next(words: Words, card: BoardCard) -> str:
    wood = card.wood
    if wood.paused or wood.next_turn is None:
        return words("board-resting")
    if wood.dozing:
        return words("board-dozing", when=ago(wood.next_turn))
    return words("board-next", when=ago(wood.next_turn), new="yes" if card.turn is None else "no")
