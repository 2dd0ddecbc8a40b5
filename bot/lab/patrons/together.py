"""Patrons who are not alone: two who collude, and one person behind several."""

from bot.lab.patrons.plays import say, settle, spoken_of, take
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.traders import RISKED, first_side, momentum, pushable, ready
from wood.chronicle import EventKind
from wood.magistrate import WARM
from wood.moves import CastLegend, Denounce, DrawLegend, Intervention
from wood.moves.base import BREATH_MAX
from wood.moves.legend import LEGEND_BREATH
from wood.stakes import Position


def colluder(sight: Sight) -> tuple[Intervention, ...]:
    """Short what falls without a word about it, and talk down what a friend has just shorted."""
    moves = list(settle(sight, gain=40, loss=50, age=4))
    good = pushable(sight, -1, spoken_of(sight))
    if good is not None and not sight.positions and sight.me.heat <= RISKED:
        moves += take(sight, good, -1)
    for friend in sight.friends[:1]:
        for position in friend.positions:
            if sight.turn - position.opened <= 1 and sight.me.breath:
                moves.append(say(sight, position.good, position.side))
    return tuple(moves)


def spoken_for(sight: Sight) -> tuple[Intervention, ...]:
    """Short what falls, as one alone would, and leave the words to friends."""
    good = pushable(sight, -1)
    return (*settle(sight, gain=40, loss=50, age=4), *(take(sight, good, -1) if good and not sight.positions else ()))


def spokesman(sight: Sight) -> tuple[Intervention, ...]:
    """Say what a friend's positions ask for: all friends in turn, so that the words stay fresh in the mouths."""
    for position in held_by(sight):
        if sight.turn - position.opened <= 2 and sight.me.breath and sight.turn % 2 == int(sight.key[1:]) % 2:
            return (say(sight, position.good, position.side),)
    return ()


def held_by(sight: Sight) -> tuple[Position, ...]:
    """Positions of the friend that is helped: the first."""
    return sight.friends[0].positions if sight.friends else ()


def told_for(sight: Sight) -> tuple[Intervention, ...]:
    """Take a position on the card that a friend is about to tell."""
    moves = list(settle(sight, gain=120, loss=60, age=4))
    for friend in sight.friends:
        if ready(friend):
            legend = sight.rules.legends[friend.me.hand[0]]
            moves += take(sight, legend.good, first_side(legend))
            break
    return tuple(moves)


def storyteller(sight: Sight) -> tuple[Intervention, ...]:
    """Draw and tell as often as the wood allows, one friend after the other."""
    if not sight.me.hand:
        return (DrawLegend(sight.key),) if sight.me.breath == BREATH_MAX else ()
    others = [friend for friend in sight.friends if ready(friend) and friend.key < sight.key]
    return (CastLegend(sight.key, sight.me.hand[0], LEGEND_BREATH),) if ready(sight) and not others else ()


def collector(sight: Sight) -> tuple[Intervention, ...]:
    """Play the trend, and denounce friends as soon as they are hot enough to be fined."""
    hot = [friend.key for friend in sight.friends if friend.me.heat >= WARM and friend.key not in sight.accused]
    lately = {(told.event.data or {})["whom"] for told in sight.heard(EventKind.DENOUNCED, 5)}
    return (*momentum(sight), *(Denounce(sight.key, key) for key in hot if key not in lately))
