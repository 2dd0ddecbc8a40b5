"""Patrons who take positions: by the trend, by what is told in public, by their own words and by their own legends."""

from collections.abc import Iterator
from typing import Final

from bot.lab.patrons.plays import edge, say, settle, take
from bot.lab.patrons.sight import Sight
from wood.almanac import SIGNS_BEFORE
from wood.belief import STALE_FOR
from wood.bourse import BOOK_HEAT, MOST_GAIN, PROFIT_EACH, PROFIT_HEAT
from wood.chronicle import EventKind
from wood.magistrate import HOT
from wood.moves import CastLegend, DrawLegend, Intervention
from wood.moves.base import BREATH_MAX
from wood.moves.bourse import STAKES
from wood.moves.legend import LEGEND_BREATH
from wood.moves.rumor import CLAIM_HEAT
from wood.names import GOODS, Good
from wood.rules import Layer, Legend

TREND: Final = 9
"""Per cent in three turns from which a price has a trend."""
COOL: Final = 2
"""Heat from which a careful patron lies low."""
RISKED: Final = 4
"""Heat up to which one who takes risks goes on."""
SAFE_STAKE: Final = (HOT - COOL - CLAIM_HEAT - BOOK_HEAT - PROFIT_HEAT) * PROFIT_EACH // MOST_GAIN - 1
"""The largest stake whose greatest profit opens no file on one who is cool."""


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
    """Short what falls already, talk it down in the same turn, and do so again as soon as it has cooled a little."""
    return _talked_down(sight, RISKED)


def reckless(sight: Sight) -> tuple[Intervention, ...]:
    """Rumor and short as often as it goes, however hot it gets."""
    return _talked_down(sight, 1000)


def _talked_down(sight: Sight, most: int) -> tuple[Intervention, ...]:
    """Rumor and short up to a heat. The position comes first: to speak before it would be hotter."""
    out = settle(sight, gain=40, loss=50, age=4)
    good = pushable(sight, -1)
    if good is None or sight.positions or sight.me.breath < 2 or sight.me.heat > most:
        return out
    opened = take(sight, good, -1)
    return (*out, *opened, say(sight, good, -1)) if opened else out


def pushable(sight: Sight, leaning: int, but: frozenset[Good] = frozenset()) -> Good | None:
    """The good that words would move best: it goes their way already, nobody has said so lately, its quote is best."""
    said = {
        (told.event.data or {})["about"]
        for told in sight.heard(EventKind.RUMOR, STALE_FOR)
        if (told.event.data or {})["leaning"] == leaning
    }
    goods = [good for good in GOODS if good not in said | but and sight.move(good, 1) * leaning >= 0]
    return max(goods, key=lambda good: edge(sight, good, leaning) + sight.move(good, 3) * leaning, default=None)


def teller(sight: Sight) -> tuple[Intervention, ...]:
    """Draw legends, take positions on them and tell them; so small that no profit is too hot, and with rests."""
    out = settle(sight, gain=120, loss=70, age=5)
    me = sight.me
    if me.heat or sight.positions:
        return out
    if not me.hand:
        return (*out, *((DrawLegend(sight.key),) if me.breath == BREATH_MAX else ()))
    if not ready(sight):
        return out
    legend = sight.rules.legends[me.hand[0]]
    opened = take(sight, legend.good, first_side(legend), STAKES[0])
    return (*out, *opened, CastLegend(sight.key, legend.slug, LEGEND_BREATH)) if opened else out


def ready(sight: Sight) -> bool:
    """Whether a patron holds a legend and could tell it at once."""
    return bool(sight.me.hand) and sight.me.breath >= LEGEND_BREATH and not sight.gathering and sight.rested


def first_side(legend: Legend) -> int:
    """Which way a legend first moves its good."""
    moves = (sum(moves) for good, start, moves in parts(legend) if good is legend.good and not start)
    return next((1 if move > 0 else -1 for move in moves), legend.direction)
