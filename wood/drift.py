"""Drift: how reference prices follow what the market left unfilled."""

from typing import Final

from wood.belief import talk
from wood.draft import Draft
from wood.fixed import MICRO, ln_ratio, scale
from wood.names import CENTS, FIREWOOD, GOODS, Good
from wood.orders import MAX_PRICE, Auction
from wood.shocks import holds, in_force

EXCESS_PERCENT: Final = 12
GAP_PERCENT: Final = 25
HOME_PERCENT: Final = 4
FAR: Final = 693_147
"""How far from its start a reference may be before it is pulled home harder, in micro of a logarithm: ln 2."""
FAR_PERCENT: Final = 25
MOST: Final = 223_144
"""The largest move a turn, in micro of a logarithm: ln 1.25."""
OPENING: Final = 8
"""Turns of a new wood in which nobody knows yet what things cost, and the market moves a reference little."""
OPENING_MOST: Final = 24_693
"""The largest move of the market in one of them, in micro of a logarithm: ln 1.025. Talk and decrees are free."""
LOWEST: Final = CENTS
HIGHEST: Final = MAX_PRICE * CENTS


def bounded(reference: int) -> int:
    """Keep a reference price where orders can stand: from one pebble to the highest limit price."""
    return min(HIGHEST, max(LOWEST, reference))


def _share(micro: int, percent: int) -> int:
    """Per cent of a move, rounded toward zero so that up and down are mirror images."""
    return micro * percent // 100 if micro >= 0 else -(-micro * percent // 100)


def move(
    reference: int,
    start: int,
    price: int | None,
    demand: int,
    supply: int,
    volume: int,
    said: int = 0,
    most: int = MOST,
) -> int:
    """Logarithmic move of one reference price, in micro.

    x = (unfilled demand - unfilled supply) / (their sum + volume) moves it by 12 % of x; 25 % of the gap to the
    clearing price, 4 % of the way back to the usual price (25 % of what lies beyond twice or half of it) and what was
    ``said`` come on top; at most 25 % a turn, up and down alike.

    Args:
        reference: before the move, hundredths of a pebble.
        start: where the good began, hundredths.
        price: clearing price in whole pebbles, None if nothing traded.
        demand: backed units left unfilled at or through the reference.
        supply: the same on the other side.
        volume: units traded.
        said: what talk moves it, in micro.
        most: what the market moves it at most, in micro.
    """
    total = demand + supply + volume
    excess = abs(demand - supply) * MICRO // total if total else 0
    excess = _share(excess if demand >= supply else -excess, EXCESS_PERCENT)
    gap = _share(ln_ratio(price * CENTS, reference), GAP_PERCENT) if price else 0
    away = ln_ratio(start, reference)
    home = _share(away, HOME_PERCENT)
    if abs(away) > FAR:
        home += _share(away - FAR if away > 0 else away + FAR, FAR_PERCENT)
    return max(-MOST, min(MOST, max(-most, min(most, excess + gap + home)) + said))


def drift(draft: Draft, auctions: dict[Good, Auction], cold: int) -> None:
    """Move every reference; ``cold`` is the logs that hearths missed and purses could have paid for.

    A decree in force is not undone: held goods do not move against it.
    """
    held = holds(in_force(draft.rules, draft, draft.now))
    most = OPENING_MOST if draft.now <= OPENING else MOST
    usual = draft.usual
    for good in GOODS:
        auction = auctions[good]
        before = draft.references[good]
        demand = auction.unfilled_demand
        if good is FIREWOOD:
            demand = max(demand, cold)
        micro = move(
            before,
            usual[good],
            auction.price,
            demand,
            auction.unfilled_supply,
            auction.volume,
            talk(draft, good),
            most,
        )
        if good in held:
            sign = held[good]
            micro = 0 if sign == 0 else max(0, micro) if sign > 0 else min(0, micro)
        draft.references[good] = bounded(scale(before, micro))
