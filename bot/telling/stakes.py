"""Moves with a price, in words: what one does, what it costs, what it risks, and how hot it makes its patron."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.phrases import gained, price
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.wishes import Value, Wish
from wood.bourse import WAGER_MOST
from wood.magistrate import HOT
from wood.moves import Quote
from wood.names import CREATURES, GOODS
from wood.world import World

_BLOCKS: Final = 6
"""Blocks of the thermometer."""
_WARMTH: Final = (("hot", 9, "🟥"), ("warm", 5, "🟧"), ("mild", 1, "🟨"), ("cool", 0, "🟩"))
_PRICES: Final = frozenset({"entry", "reference", "price", "now"})
"""Facts that are prices, in hundredths."""


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """What a move would do, for the eyes of the one who may make it.

    Attributes:
        wish: what is wished, its limit filled in.
        since: the number of the last intervention when this was made; by it a second press is known.
        quote: what it would cost and bring.
        names: patron key -> name as shown.
        purse: pebbles in the purse now, what waits for the next turn taken off.
        after: what would be left.
        heat: the patron's heat now.
        hotter: what it would be after the move.
        resting: whether the wood rests.
        line: words of the player's own that go with it; they are hostile.
    """

    wish: Wish
    since: int
    quote: Quote
    names: Mapping[str, str]
    purse: int
    after: int
    heat: int
    hotter: int
    resting: bool = False
    line: str = ""


@dataclass(frozen=True, slots=True)
class DoneCard:
    """A move that waits for the next turn: what it is, and when that turn is due (None while the wood rests)."""

    wish: Wish
    names: Mapping[str, str]
    purse: int
    due: datetime | None
    line: str = ""


@dataclass(frozen=True, slots=True)
class TradeCard:
    """The goods as somebody sees them who might bet on one.

    Attributes:
        world: the wood after its last turn.
        emoji: of each good.
        courses: the last prices of each good, oldest first, hundredths.
        talked: the good that is talked about most.
    """

    world: World
    emoji: Mapping[str, str]
    courses: Mapping[str, tuple[int, ...]]
    talked: str


def told(words: Words, values: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Fact]:
    """Facts of a move as sentences take them: goods, creatures and patrons by name, prices and gains as such.

    A good's ``number`` goes with it, for the verbs.
    """
    facts: dict[str, Fact] = {}
    for name, value in values.items():
        if name == "gain" and isinstance(value, int):
            facts[name] = gained(words, value)
        elif name == "bar" and isinstance(value, int):
            facts[name] = value // 100
        elif name in _PRICES and isinstance(value, int):
            facts[name] = price(words, value)
        elif isinstance(value, str) and value in GOODS:
            facts[name] = words(f"good-{value}")
            facts["number"] = words(f"good-{value}.number")
        elif isinstance(value, str) and value in CREATURES:
            facts[name] = words(f"creature-{value}")
        elif isinstance(value, str) and value in names:
            facts[name] = escape(bounded(names[value], MAX_NAME))
        else:
            facts[name] = _plain(value)
    return facts


def _plain(value: Value) -> Fact:
    if value is None:
        return "none"
    return value if isinstance(value, int) else str(value)


def title(words: Words, wish: Wish, names: Mapping[str, str]) -> str:
    """A wish in one line: ``"📈 Long honey with 20 pebbles"``."""
    return words(f"stake-{wish.name}", **told(words, wish.facts, names))


def does(words: Words, card: PreviewCard) -> str:
    """What a move does and what wins, in a sentence or two."""
    return words(f"stake-{card.wish.name}-does", **_all(words, card))


def small(words: Words, card: PreviewCard) -> str:
    """The small print of a move; empty where it has none."""
    key = f"stake-{card.wish.name}-small"
    return words(key, **_all(words, card)) if words.has(key) else ""


def _all(words: Words, card: PreviewCard) -> dict[str, Fact]:
    quote = card.quote
    figures: dict[str, Value] = {"cost": quote.cost, "held": quote.held, "worst": quote.worst, "best": quote.best}
    figures["times"] = 1 + WAGER_MOST
    return told(words, card.wish.facts | figures | dict(quote.facts or {}), card.names)


def warmth(heat: int) -> str:
    """What a heat is called: ``cool``, ``mild``, ``warm``, ``hot``, or ``over`` where the Magistrate looks."""
    return "over" if heat > HOT else next(name for name, least, _ in _WARMTH if heat >= least)


def thermometer(heat: int) -> str:
    """A heat as coloured blocks, filled the more the nearer it is to what the Magistrate looks into."""
    full = min(_BLOCKS, (heat * _BLOCKS + HOT - 1) // HOT)
    colour = next(block for _, least, block in _WARMTH if heat >= least)
    return colour * full + "▫️" * (_BLOCKS - full)
