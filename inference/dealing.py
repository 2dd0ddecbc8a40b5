"""What minds that are rules make of what patrons offer: loans, bribes, and pacts with another."""

from typing import Final

from wood.names import CENTS
from wood.observe import Offered, View
from wood.pacts import Deal

WARM: Final = 4
"""Size of a feeling from which a patron is liked, or disliked, enough to settle a matter."""
RATE: Final = 20
RATE_SPECULATION: Final = 8
RATE_FEELING: Final = 10
"""Per cent of a loan that are fair interest; one more for so many points of speculation, so many at most for love."""
NEEDY: Final = 40
"""Pebbles in a purse that could do with more."""
GLUT: Final = 3
"""Units of its own good left unsold after which a creature does not count on earning."""
POOR: Final = 12
"""Pebbles in a purse whose owner is past scruples."""
BEARABLE: Final = 32
BEARABLE_SPECULATION: Final = 5
"""Pebbles that a creature dares to owe at most; one more for so many points of speculation."""
SALES: Final = 3
"""Units of its own good that a creature sells in a turn."""
KEEPS: Final = 40
"""Per cent of its takings that a creature loses by withholding: most is sold later."""
CHEAPER: Final = 35
"""Per cent that it loses by dumping."""
PRIDE: Final = 125
"""Per cent of its worth that a bribe has for one who is not generous at all, and less for others."""
LOW: Final = 60
CHEAP: Final = 95
DEAR: Final = 102
"""Per cent of its usual price under which a creature's good earns little, or is cheap, and above which it is dear."""


def sensible(view: View, offer: Offered) -> bool:
    """Whether a creature with ordinary sense agrees: money against cost, temper, and feeling for the patron."""
    if offer.feeling <= -WARM:
        return False
    match offer.what:
        case Deal.LOAN:
            return _borrows(view, offer)
        case Deal.BROKER:
            agrees = offer.feeling >= WARM or _level(view) < CHEAP
            return not view.promises and offer.toward > -WARM and agrees
        case Deal.WITHHOLD | Deal.DUMP:
            return not view.promises and (offer.feeling >= WARM or view.purse < POOR or _pays(view, offer))


def perverse(view: View, offer: Offered) -> bool:
    """Whether a contrarian agrees: to those whom it dislikes rather than to friends, and against the fashion.

    It borrows when it earns well, withholds what is cheap already, dumps what is dear, and keeps prices up that are up.
    """
    if offer.feeling >= WARM:
        return False
    match offer.what:
        case Deal.LOAN:
            return not view.debts and _level(view) > DEAR and _is_fair(view, offer)
        case Deal.WITHHOLD:
            return not view.promises and (offer.feeling <= -WARM or _level(view) < CHEAP)
        case Deal.DUMP:
            return not view.promises and (offer.feeling <= -WARM or _level(view) > DEAR)
        case Deal.BROKER:
            return not view.promises and offer.toward < WARM and _level(view) > DEAR


def _borrows(view: View, offer: Offered) -> bool:
    """Borrow at a fair rate, when needs press, nothing is owed yet, and it can be earned back."""
    bearable = BEARABLE + view.temper.speculation // BEARABLE_SPECULATION
    earns = view.lately.unsold < GLUT and _level(view) >= LOW
    return view.purse < NEEDY and earns and not view.debts and offer.owed <= bearable and _is_fair(view, offer)


def _is_fair(view: View, offer: Offered) -> bool:
    rate = RATE + view.temper.speculation // RATE_SPECULATION + max(0, min(RATE_FEELING, offer.feeling))
    return 100 * (offer.owed - offer.amount) <= rate * offer.amount


def _pays(view: View, offer: Offered) -> bool:
    """Whether a bribe is worth more than what is lost by it, less what scruples take off."""
    units = view.store[view.makes] + SALES * offer.turns
    lost = KEEPS if offer.what is Deal.WITHHOLD else CHEAPER
    cost = units * view.references[view.makes] * lost // (100 * CENTS)
    return offer.amount * (PRIDE - view.temper.generosity) // 100 > cost


def _level(view: View) -> int:
    """Its own good's price, per cent of the usual."""
    return 100 * view.references[view.makes] // view.starts[view.makes]
