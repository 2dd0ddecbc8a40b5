"""Patrons who are not alone: two who collude, and one person behind several."""

from bot.lab.patrons.plays import say, settle, take
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.traders import pushable
from wood.moves import Intervention


def colluder(sight: Sight) -> tuple[Intervention, ...]:
    """Short what falls without a word about it, and talk down what a friend has just shorted."""
    moves = list(settle(sight, gain=40, loss=50, age=4))
    good = pushable(sight, -1)
    if good is not None and not sight.positions:
        moves += take(sight, good, -1)
    for friend in sight.friends[:1]:
        for position in friend.positions:
            if sight.turn - position.opened <= 1 and sight.me.breath:
                moves.append(say(sight, position.good, position.side))
    return tuple(moves)
