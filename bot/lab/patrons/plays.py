"""What scripted patrons share: words to say, positions to open and close, and what a price has done."""

from collections.abc import Callable
from typing import Final

from bot.lab.patrons.sight import Sight
from wood.heat import TALKED_TURNS, WORDS
from wood.moves import CastRumor, ClosePosition, Intervention, OpenPosition
from wood.moves.bourse import POSITIONS_MOST, STAKES
from wood.names import Creature, Good
from wood.stakes import Position

Strategy = Callable[[Sight], tuple[Intervention, ...]]
"""What a patron does with what it sees; nothing else goes into it."""

STAKE: Final = 25
"""Pebbles that are usually staked on a position."""
CASH: Final = 25
"""Pebbles that a careful patron keeps back."""
_WORDS: Final = {1: "There will be too little {}. It gets dear.", -1: "There is far too much {}. It gets cheap."}


def say(sight: Sight, good: Good, leaning: int, to: Creature | None = None) -> CastRumor:
    """A claim about a good, for all or for one."""
    return CastRumor(sight.key, good, _WORDS[leaning].format(good), leaning, to)


def take(sight: Sight, good: Good, side: int, stake: int = STAKE) -> tuple[Intervention, ...]:
    """Open a position, as large as the purse allows; nothing where that is too small or one stands."""
    stake = min(stake, sight.purse - CASH)
    free = sight.position(good) is None and len(sight.positions) < POSITIONS_MOST and sight.left > 1
    return (OpenPosition(sight.key, good, side, stake),) if free and stake >= STAKES[0] else ()


def gained(sight: Sight, position: Position) -> int:
    """What a position has gained so far, per cent of its stake."""
    return sight.gains[position.good] * 100 // position.stake


def settle(
    sight: Sight,
    *,
    gain: int = 10_000,
    loss: int = 10_000,
    age: int = 100,
    but: Callable[[Position], bool] | None = None,
) -> tuple[Intervention, ...]:
    """Close the positions that have gained, or lost, so many per cent of their stake, or are so many turns old.

    ``but`` says of a position whether to hold it all the same.
    """
    return tuple(
        ClosePosition(sight.key, position.good)
        for position in sight.positions
        if not (but and but(position))
        and (gained(sight, position) >= gain or gained(sight, position) <= -loss or sight.turn - position.opened >= age)
    )


def spoken_of(sight: Sight) -> frozenset[Good]:
    """Goods on which a profit would be suspicious: those of its own words and meddling in the last turns."""
    since = sight.turn - TALKED_TURNS
    return frozenset(entry.good for entry in sight.me.file if entry.good and entry.act in WORDS and entry.turn >= since)


def edge(sight: Sight, good: Good, side: int) -> int:
    """By how many per cent the Bourse's quote is better than the price now; negative where it is worse."""
    return (sight.prices[good] - sight.quotes[good, side]) * side * 100 // sight.prices[good]
