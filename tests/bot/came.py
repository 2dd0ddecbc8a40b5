"""Receipts made by hand, for tests of what shows them."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.telling.cards import ReceiptCard
from data.receipts import Receipt, State
from tests.wood.woods import RULES
from wood.names import CREATURES, Creature, Good
from wood.twin import Band, Did, Reaction

NOBODY: Mapping[str, str] = MappingProxyType({})


def came(about: Good | Creature, effect: int = 99_999, names: Mapping[str, str] = NOBODY) -> ReceiptCard:
    """What came of a rumor of ``p1`` that everybody believed; the effect is in hundredths of a per cent."""
    did = tuple(Reaction(who, Did.OFFERED, -99) for who in CREATURES)
    believed = dict.fromkeys(CREATURES, 99)
    band = Band((effect - 1,), (effect,))
    receipt = Receipt(1, 0, "p1", None, about, 1, "x", believed, State.OPEN, 1, 0, (effect,), band, 9, did)
    return ReceiptCard(RULES, receipt, names)
