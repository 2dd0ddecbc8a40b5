"""Deeds of the market that are remembered: who sold dear in the cold or to the hungry, and who was kind to them."""

from typing import Final

from wood.belief import remember
from wood.draft import Draft
from wood.household import GOOD_MEAL
from wood.memory import Deed, Memory
from wood.names import CENTS, CREATURES, FIREWOOD, FOODS, Creature
from wood.orders import Trade

DEAR_PERCENT: Final = 150
"""Per cent of a good's usual price from which selling it to one in need is dear."""
KIND_PERCENT: Final = 80
"""Per cent of a good's usual price up to which selling it to one in need is kind."""
WEIGHT: Final = 15


def notice(draft: Draft, need: int) -> None:
    """Let those who bought in need remember from whom, when it was dear or cheap.

    In need is who had too few logs for tonight's hearth (``need``), or too few foods for a good meal.
    """
    for trade in draft.tape:
        if trade.buyer not in CREATURES or trade.seller not in CREATURES:
            continue
        percent = trade.price * CENTS * 100 // draft.usual[trade.good]
        if KIND_PERCENT < percent < DEAR_PERCENT or not _was_in_need(draft, trade, need):
            continue
        deed = Deed.DEAR if percent >= DEAR_PERCENT else Deed.KIND
        remember(draft, Creature(trade.buyer), Memory(deed, trade.seller, trade.good, draft.now, WEIGHT))


def _was_in_need(draft: Draft, trade: Trade, need: int) -> bool:
    held = draft.ledger.on(trade.buyer)
    before = held.get(trade.good, 0) - trade.qty
    if trade.good is FIREWOOD:
        return before < need
    foods = sum(held.get(food, 0) > 0 for food in FOODS if food is not trade.good)
    return before <= 0 and foods < GOOD_MEAL
