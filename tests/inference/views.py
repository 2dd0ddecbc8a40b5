"""Views made by hand, without a world: what one creature might see."""

from dataclasses import replace
from typing import Any

from wood.names import GOODS, Creature, Good, Hand, Season
from wood.observe import Heard, Offered, View
from wood.orders import Trade
from wood.rules import Temper

MAKES = {
    Creature.OONA: Good.HONEY,
    Creature.BRAMBLE: Good.FIREWOOD,
    Creature.FENN: Good.MUSHROOMS,
    Creature.MOSSBACK: Good.ACORNS,
    Creature.PIP: Good.BERRIES,
}
ANIMALS = {
    Creature.OONA: "owl",
    Creature.BRAMBLE: "squirrel",
    Creature.FENN: "fox",
    Creature.MOSSBACK: "tortoise",
    Creature.PIP: "mouse",
}


def make_view(creature: Creature = Creature.OONA, **changes: Any) -> View:
    """A quiet autumn day in the life of ``creature``, with loans 7 and 9 on offer, and ``changes``."""
    view = View(
        creature=creature,
        name=creature.value.title(),
        animal=ANIMALS[creature],
        makes=MAKES[creature],
        temper=Temper("You are calm.", 50, 50, 50, 50, 50),
        turn=12,
        season=Season.AUTUMN,
        day=12,
        days=15,
        firewood_need=2,
        firewood_next=2,
        purse=38,
        store=dict.fromkeys(GOODS, 1) | {MAKES[creature]: 5},
        capacity=10,
        mood=71,
        references=dict(zip(GOODS, (415, 500, 634, 800, 550), strict=True)),
        moves=dict(zip(GOODS, (3, 0, -4, 11, 0), strict=True)),
        starts=dict(zip(GOODS, (400, 500, 600, 800, 500), strict=True)),
        lacks={Good.FIREWOOD: 1},
        lacks_next={Good.FIREWOOD: 3, Good.BERRIES: 1},
        spare={MAKES[creature]: 4},
        worth=dict(zip(GOODS, (5, 6, 7, 9, 8), strict=True)),
        tape=(),
        heard=(),
        feelings=(),
        offers=(Offered(7, "the patron Alder", 20, 24, 5), Offered(9, "the patron Sorrel", 10, 20, 3)),
        debts=(),
    )
    return replace(view, **changes)


def heard(text: str, **changes: Any) -> Heard:
    """A rumor of a traveller."""
    line = Heard("a traveller", "rumor", text, None, 0, 50, 40, 0)
    return replace(line, **changes)


def trade(good: Good, buyer: str, seller: str, qty: int = 1, price: int = 5) -> Trade:
    """A trade of last turn between two minds."""
    return Trade(good, buyer, seller, qty, price, Hand.MIND, Hand.MIND)
