"""Patrons who send out an agent, for themselves and for a friend."""

from typing import Final

from bot.lab.patrons.plays import STAKE, settle, take
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.together import held_by
from bot.lab.patrons.traders import COOL
from wood.moves import BuyCorner, Intervention, SellCorner
from wood.moves.corner import BUDGET
from wood.names import GOODS, Good

CORNER_PURSE: Final = 70
"""Pebbles that a corner takes, its fee included."""


def cornered_for(sight: Sight) -> tuple[Intervention, ...]:
    """Go long in what friends are about to corner."""
    moves = list(settle(sight, gain=100, loss=60, age=7))
    good = scarce(sight)
    if not sight.positions and any(_could(friend) for friend in sight.friends):
        moves += take(sight, good, 1)
    return tuple(moves)


def cornerer_for(sight: Sight) -> tuple[Intervention, ...]:
    """Corner what a friend has gone long in, and sell up when it is out again."""
    held = held_by(sight)
    goods = {position.good for position in held}
    out = tuple(
        SellCorner(sight.key, corner.good)
        for corner in sight.corners
        if corner.good not in goods and corner.buys < sight.turn <= corner.until
    )
    first = not any(_could(friend) and friend.key < sight.key for friend in sight.friends[1:])
    if not held or not first or not _could(sight):
        return out
    helped = {corner.good for friend in sight.friends for corner in friend.corners}
    fresh = [position.good for position in held if sight.turn - position.opened <= 1 and position.good not in helped]
    return (BuyCorner(sight.key, fresh[0], BUDGET),) if fresh else out


def _could(sight: Sight) -> bool:
    return not sight.corners and sight.purse >= CORNER_PURSE


def cornerer(sight: Sight) -> tuple[Intervention, ...]:
    """Go long in what is scarce, corner it, and sell up when it is dear."""
    out = [
        *settle(sight, gain=60, loss=60, age=6),
        *(
            SellCorner(sight.key, corner.good)
            for corner in sight.corners
            if sight.move(corner.good, sight.turn - corner.begun) >= 25 and corner.buys < sight.turn <= corner.until
        ),
    ]
    if sight.corners or sight.me.heat > COOL or sight.purse < CORNER_PURSE + STAKE or sight.turn < 6:
        return tuple(out)
    good = scarce(sight)
    return (*out, *take(sight, good, 1), BuyCorner(sight.key, good, BUDGET))


def scarce(sight: Sight) -> Good:
    """The good whose price has risen most in the last turns."""
    return max(GOODS, key=lambda good: sight.move(good, 2))
