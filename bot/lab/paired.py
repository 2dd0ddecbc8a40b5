"""Paired runs: the same world goes on for some turns with a rumor and without, and what differs is the rumor's doing.

A wood is played once. At each point of the year it goes on in several ways from the very world before that turn; the
minds decide anew in every one of them. A patron has joined at the founding, and is trusted alike by all for the
measurement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from bot.keeping.minds import Minds
from bot.lab.replies import Writer
from data.content import default_rules
from wood.chronicle import Turn
from wood.exchange import standing_orders
from wood.founding import found_world
from wood.moves import CastRumor, Join, admit
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import observe
from wood.orders import Order
from wood.rules import Rules
from wood.turn import close_turn, open_turn
from wood.world import World

POINTS: Final = (8, 23, 38, 53)
"""The turns of a year in which a rumor is put in, each in the midst of a season."""
SPAN: Final = 3
"""Turns that a rumor is followed for, that in which it is heard included."""
REPEATS: Final = 10
"""How often the same rumor is cast, turn by turn, until the last of them is measured."""
EVEN: Final = 500
"""Even odds, per mille."""
LOW: Final = 15
USUAL: Final = 50
HIGH: Final = 85
"""Trust of every creature in the patron."""
_PATRON: Final = "p1"
_OF_GOODS: Final = {1: "There will be too little {}. It gets dear.", -1: "There is far too much {}. It gets cheap."}
_OF_CREATURES: Final = {1: "{} is honest and shared with the poor.", -1: "{} cheats at the scales."}


class Case(StrEnum):
    """What is put in beside a twin without it."""

    USUAL = "usual"
    HIGH = "high"
    LOW = "low"
    TENTH = "tenth"
    WHISPER = "whisper"
    CREATURE = "creature"


class Effect(NamedTuple):
    """What one case at one point showed.

    Attributes:
        case: what was put in.
        value: of a rumor about a good, by how many per cent its price is further in the direction of the claim than its
            twin's; of the others 1 where they changed what they should, else 0.
    """

    case: Case
    value: float


@dataclass(frozen=True, slots=True)
class Point:
    """One point in time of one wood; its number turns goods, hearers and directions over.

    Attributes:
        number: from 0, through all points of all woods.
        turn: the turn that takes the rumor in.
    """

    number: int
    turn: int

    @property
    def good(self) -> Good:
        """What the rumor is about."""
        return GOODS[self.number % len(GOODS)]

    @property
    def creature(self) -> Creature:
        """Who hears the whisper, and whom the rumor about a creature is about."""
        return CREATURES[self.number // len(GOODS) % len(CREATURES)]

    @property
    def leaning(self) -> int:
        """Dearer or cheaper, kind or ill: each in half of the points, and of those of each good and turn."""
        return 1 if (self.number + self.number // (len(GOODS) * len(POINTS))) % 2 == 0 else -1


class Course(NamedTuple):
    """How a world went on: its turns, and what each creature had standing at the market in each of them."""

    turns: tuple[Turn, ...]
    standing: tuple[Mapping[Creature, frozenset[Order]], ...]

    def traded(self) -> list[frozenset[tuple[str, ...]]]:
        """Who traded what with whom at which price, turn by turn, whoever's hand it was."""
        return [
            frozenset((each.good, each.buyer, each.seller, str(each.qty), str(each.price)) for each in turn.trades)
            for turn in self.turns
        ]


async def effects(minds: Minds, seed: int, write: Writer | None = None, *, first: int = 0) -> list[Effect]:
    """Play one wood through its points and measure every case at each.

    Args:
        minds: who decides.
        seed: the wood's.
        write: is given every turn's calls.
        first: the first of the seeds that are played, with which the points begin to count.
    """
    table = _Table(default_rules(), minds, seed, write)
    world = admit(table.rules, found_world(table.rules, seed), Join(_PATRON))
    found: list[Effect] = []
    for number in range(1, max(POINTS) + 1):
        if number in POINTS:
            point = Point(len(POINTS) * (seed - first) + POINTS.index(number), number)
            found += await _measured(table, world, point)
        world, _, _ = await table.turn(world)
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """What all courses of one wood share."""

    rules: Rules
    minds: Minds
    seed: int
    write: Writer | None

    def told(self, world: World, rumor: CastRumor) -> World:
        """The same world with a rumor in the air, to be heard in its next turn.

        What it claims is given even odds: a course ends before they count, and to find them takes longer than all else.
        """
        told = admit(self.rules, world, rumor)
        return replace(told, claims=tuple(replace(each, chance=each.chance or EVEN) for each in told.claims))

    async def turn(self, world: World) -> tuple[World, Turn, Mapping[Creature, frozenset[Order]]]:
        """Play one turn; answers what stood at its market too."""
        morning = open_turn(self.rules, world)
        counsel = await self.minds.decide(
            f"seed-{self.seed}", self.seed, observe(self.rules, morning.world), self.rules
        )
        if self.write:
            self.write(list(counsel.traces))
        placed = standing_orders(self.rules, morning.world, counsel.decisions)
        standing = {creature: frozenset(order for _, order in orders) for creature, orders in placed.items()}
        return *close_turn(self.rules, morning, counsel.decisions), standing

    async def course(self, world: World) -> Course:
        """Go on from a world for :data:`SPAN` turns."""
        turns, standing = [], []
        for _ in range(SPAN):
            world, turn, placed = await self.turn(world)
            turns.append(turn)
            standing.append(placed)
        return Course(tuple(turns), tuple(standing))


async def _measured(table: _Table, world: World, point: Point) -> list[Effect]:
    """All cases at one point; ``world`` is that before its turn."""
    about, leaning, creature = point.good, point.leaning, point.creature
    rumor = CastRumor(_PATRON, about, _OF_GOODS[leaning].format(about), leaning)
    whisper = replace(rumor, to=creature)
    name = table.rules.creatures[creature].name
    word = CastRumor(_PATRON, creature, _OF_CREATURES[leaning].format(name), leaning)

    async def push(begun: World, twin: Course | None = None) -> float:
        course = await table.course(table.told(begun, rumor))
        return pushed(course, twin or await table.course(begun), about, leaning)

    usual = trusting(world, USUAL)
    twin = await table.course(usual)
    hushed = await table.course(table.told(usual, whisper))
    orders = [[each[creature] for each in course.standing] for course in (hushed, twin)]
    spoken = await table.course(table.told(usual, word))
    stale = usual
    for _ in range(REPEATS - 1):
        stale = trusting((await table.turn(table.told(stale, rumor)))[0], USUAL)
    return [
        Effect(Case.USUAL, await push(usual, twin)),
        Effect(Case.HIGH, await push(trusting(world, HIGH))),
        Effect(Case.LOW, await push(trusting(world, LOW))),
        Effect(Case.TENTH, await push(stale)),
        Effect(Case.WHISPER, float(orders[0] != orders[1])),
        Effect(Case.CREATURE, float(spoken.traded() != twin.traded())),
    ]


def trusting(world: World, trust: int) -> World:
    """The same world in which every creature trusts the patron so far."""
    return replace(world, trust={hearer: {**row, _PATRON: trust} for hearer, row in world.trust.items()})


def pushed(course: Course, twin: Course, good: Good, leaning: int) -> float:
    """By how many per cent a good's last price is further in a direction than in the twin."""
    after, without = course.turns[-1].references[good], twin.turns[-1].references[good]
    return 100 * leaning * (after - without) / without if after != without else 0.0
