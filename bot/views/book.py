"""A patron's book, in a card's words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from discord import ui

from bot.telling import stakes
from bot.telling.book import BookCard, PositionRow
from bot.telling.catalog import Words
from bot.telling.own import own_line
from bot.telling.phrases import gained, price
from bot.telling.stakes import told
from bot.telling.taming import whole_lines
from bot.views.base import rule, text
from wood.magistrate import HOT
from wood.names import Act
from wood.stakes import Entry

_SECTION: Final = 900
"""Characters for each part of a book."""


def book_items(words: Words, card: BookCard) -> list[ui.Item[Any]]:
    """What one owns, what stands, what waits, and how hot one is; parts in which there is nothing are left out."""
    head = words("book-head", purse=card.purse, worth=card.worth)
    items: list[ui.Item[Any]] = [text("\n".join([head, *_heat(words, card)]))]
    parts = (
        ("positions", [line for each in card.positions for line in _position(words, card, each)]),
        ("loans", list(_loans(words, card))),
        ("schemes", list(_schemes(words, card))),
        ("wagers", list(_wagers(words, card))),
        ("tips", list(_tips(words, card))),
        (
            "news",
            [words("book-lately", turn=turn, what=own_line(words, event, card.names)) for turn, event in card.news],
        ),
        ("waiting", [f"⏳ {stakes.title(words, each, card.names)}" for each in card.waiting]),
        ("file", [deed(words, entry, card.names) for entry in card.file]),
    )
    for name, lines in parts:
        if lines:
            items += [rule(), text("\n".join([words(f"book-{name}"), *whole_lines(words, lines, _SECTION)]))]
    if not any(lines for _, lines in parts):
        items += [rule(), text(words("book-empty"))]
    return items


def _heat(words: Words, card: BookCard) -> Iterator[str]:
    patron, now = card.patron, card.turn + 1
    warmth = stakes.warmth(patron.heat)
    bar, name = stakes.thermometer(patron.heat), words(f"heat-{warmth}")
    yield words("book-heat", bar=bar, heat=patron.heat, most=HOT, name=name)
    yield f"-# {words(f'heat-{warmth}.means')}"
    if card.case is not None:
        yield words("book-case", turns=max(1, card.case.due - card.turn))
    if patron.exiled >= now:
        yield words("book-exiled", turns=patron.exiled - card.turn)
    elif patron.blocked >= now:
        yield words("book-frozen", turns=patron.blocked - card.turn)


def _position(words: Words, card: BookCard, row: PositionRow) -> Iterator[str]:
    position = row.position
    yield words(
        "book-position",
        emoji=card.emoji[position.good],
        good=words(f"good-{position.good}.title"),
        side="long" if position.side > 0 else "short",
        stake=position.stake,
        entry=price(words, position.entry),
        price=price(words, row.price),
        gain=gained(words, row.gain),
    )
    turns = max(1, position.due - card.turn)
    yield words("book-margin", left=position.margin + row.gain, floor=row.floor, turns=turns)
    if row.needed:
        yield words("book-called", needed=row.needed)


def _loans(words: Words, card: BookCard) -> Iterator[str]:
    for loan in card.loans:
        late = card.turn - loan.late if loan.late else 0
        yield words(
            "book-loan",
            creature=words(f"creature-{loan.borrower}"),
            owed=loan.owed,
            turns=max(1, loan.due - card.turn),
            late=late if loan.late else "none",
        )


def _schemes(words: Words, card: BookCard) -> Iterator[str]:
    for pact in card.pacts:
        partner = words(f"creature-{pact.partner}") if pact.partner else "none"
        who = words(f"creature-{pact.creature}")
        yield words("book-pact", what=pact.what, creature=who, partner=partner, turns=max(1, pact.until - card.turn))
    for row in card.corners:
        corner = row.corner
        state = "broken" if corner.broken else "buys" if corner.buys > card.turn else "holds"
        if not corner.broken and corner.until <= card.turn:
            state = "sells"
        yield words(
            "book-corner",
            emoji=card.emoji[corner.good],
            good=words(f"good-{corner.good}"),
            units=row.units,
            pebbles=row.pebbles,
            state=state,
        )


def _wagers(words: Words, card: BookCard) -> Iterator[str]:
    for wager in card.wagers:
        yield words(
            "book-wager",
            emoji=card.emoji[wager.good],
            good=words(f"good-{wager.good}"),
            on=wager.on,
            way="up" if wager.leaning > 0 else "down",
            stake=wager.stake,
            turns=max(1, wager.due - card.turn),
        )


def _tips(words: Words, card: BookCard) -> Iterator[str]:
    for tip in card.tips:
        way = "up" if tip.leaning > 0 else "down" if tip.leaning < 0 else "none"
        good = words(f"good-{tip.good}") if tip.good else "none"
        yield words("book-tip", what=tip.what, good=good, way=way, turns=max(0, tip.due - card.turn))


def deed(words: Words, entry: Entry, names: Mapping[str, str], *, dated: bool = True) -> str:
    """A line of a patron's file, with its turn where it is dated."""
    facts = {"number": "other"} | told(words, {"good": entry.good, "who": entry.who or None}, names)
    in_vain = entry.act is Act.BRIBE and not entry.pebbles
    act = words("act-bribe-declined" if in_vain else f"act-{entry.act}", **facts)
    gain = gained(words, entry.pebbles) if entry.pebbles else "none"
    return words("file-line", turn=entry.turn if dated else "none", act=act, gain=gain, heat=entry.heat)
