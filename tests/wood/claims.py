"""Claims for tests of what time makes of them: a gossip line, a rumor, and a wood in which somebody may make it."""

from tests.wood.woods import RULES, wood
from wood.draft import Draft
from wood.moves import CastRumor, Join, admit
from wood.names import CREATURES, Creature, Good
from wood.world import Hearsay

LINE = Hearsay("pip", "pip", "gossip", "Berries are plenty.", Good.BERRIES, -1, 70, 0, (Creature.OONA, Creature.FENN))
RUMOR = Hearsay("p1", "p1", "rumor", "Honey is scarce.", Good.HONEY, 1, 90, 0, CREATURES)
CAST = CastRumor("p1", Good.HONEY, "Honey is scarce.", 1)


def fresh(patrons: int = 2) -> Draft:
    """The open first turn of a wood in which so many patrons have joined."""
    world = wood()
    for number in range(1, patrons + 1):
        world = admit(RULES, world, Join(f"p{number}"))
    return Draft(RULES, world)
