"""Patrons who take positions: by the trend, by what is told in public, by their own words and by their own legends."""

from collections.abc import Iterator
from typing import Final

from bot.lab.patrons.plays import edge, gained, say, settle, take
from bot.lab.patrons.sight import Sight
from wood.almanac import SIGNS_BEFORE
from wood.belief import STALE_FOR
from wood.bourse import heat_of
from wood.chronicle import EventKind
from wood.moves import CastLegend, ClosePosition, DrawLegend, Intervention
from wood.moves.legend import LEGEND_BREATH
from wood.names import GOODS, Good
from wood.rules import Layer, Legend

TREND: Final = 9
"""Per cent in three turns from which a price has a trend."""
COOL: Final = 2
"""Heat from which a careful patron lies low."""
HOT: Final = 12
"""Heat above which a file is opened, as everybody knows."""


def momentum(sight: Sight) -> tuple[Intervention, ...]:
    """Go with what moves, and get out when it turns."""
    out = settle(sight, gain=60, loss=40, age=6)
    trends = sorted(GOODS, key=lambda good: -abs(sight.move(good, 3)))
    for good in trends[:1]:
        trend = sight.move(good, 3)
        if abs(trend) >= TREND:
            return (*out, *take(sight, good, 1 if trend > 0 else -1))
    return out


def homing(sight: Sight) -> tuple[Intervention, ...]:
    """Bet that what is far from its mean comes back."""
    out = settle(sight, gain=50, loss=50, age=10)
    far = {good: (sight.prices[good] - sight.usual(good)) * 100 // sight.usual(good) for good in GOODS}
    good = max(GOODS, key=lambda each: abs(far[each]))
    if abs(far[good]) < 25 or len(sight.course) < 10:
        return out
    return (*out, *take(sight, good, -1 if far[good] > 0 else 1))


def foreseen(sight: Sight) -> Iterator[tuple[Good, int]]:
    """What a careful reader knows of the next turns: from signs, and from legends whose history has a second half."""
    for told in sight.heard(EventKind.OMEN, 2):
        sign = (told.event.data or {})["sign"]
        if told.turn + SIGNS_BEFORE[sign] > sight.turn:
            legend = sight.rules.legends[told.event.subject]
            yield legend.good, legend.direction
    for told in sight.heard(EventKind.LEGEND, 7):
        legend = sight.rules.legends[told.event.subject]
        for good, start, moves in parts(legend):
            if start and sight.turn in (told.turn + start - 1, told.turn + start - 2) and abs(sum(moves)) >= 20:
                yield good, 1 if sum(moves) > 0 else -1


def parts(legend: Legend) -> Iterator[tuple[Good, int, tuple[int, ...]]]:
    """The moves that a legend's history decrees: of which good, how many turns after its telling, and how far."""
    for shock in legend.shocks:
        if shock.layer is Layer.SETTLEMENT and shock.good is not None and shock.decree:
            yield shock.good, shock.delay, shock.decree


def reader(sight: Sight) -> tuple[Intervention, ...]:
    """Read signs and histories, and take positions on what they say."""
    moves = list(settle(sight, gain=120, loss=70, age=5))
    for good, side in dict(foreseen(sight)).items():
        moves += take(sight, good, side)
    return tuple(moves)


def rumor_and_short(sight: Sight) -> tuple[Intervention, ...]:
    """Talk down what falls already and short it in the same turn, as often as it goes."""
    out = settle(sight, gain=40, loss=50, age=4)
    good = pushable(sight, -1)
    if good is None or sight.positions or sight.me.breath < 2:
        return out
    opened = take(sight, good, -1)
    return (*out, say(sight, good, -1), *opened) if opened else out


def pushable(sight: Sight, leaning: int) -> Good | None:
    """The good that words would move best: it goes their way already, nobody has said so lately, its quote is best."""
    said = {
        (told.event.data or {})["about"]
        for told in sight.heard(EventKind.RUMOR, STALE_FOR)
        if (told.event.data or {})["leaning"] == leaning
    }
    goods = [good for good in GOODS if good not in said and sight.move(good, 1) * leaning >= 0]
    return max(goods, key=lambda good: edge(sight, good, leaning) + sight.move(good, 3) * leaning, default=None)


def teller(sight: Sight) -> tuple[Intervention, ...]:
    """Draw legends, take a position on a card, tell it, and take no more profit than the Magistrate lets pass."""
    out = tuple(
        ClosePosition(sight.key, position.good)
        for position in sight.positions
        if gained(sight, position) >= 40 or sight.turn - position.opened >= 4 or _near_heat(sight, position.good)
    )
    me = sight.me
    if me.heat > COOL or sight.positions:
        return out
    if not me.hand:
        return (DrawLegend(sight.key),) if me.breath == 5 else ()
    if me.breath < LEGEND_BREATH or sight.gathering or not sight.rested:
        return ()
    legend = sight.rules.legends[me.hand[0]]
    side = next(
        (1 if sum(moves) > 0 else -1 for good, start, moves in parts(legend) if good is legend.good and not start), 0
    )
    opened = take(sight, legend.good, side or legend.direction)
    return (*opened, CastLegend(sight.key, legend.slug, LEGEND_BREATH)) if opened else ()


def _near_heat(sight: Sight, good: Good) -> bool:
    """Whether the profit of a position would soon make it too hot."""
    return sight.me.heat + heat_of(sight.gains[good]) >= HOT - 2
