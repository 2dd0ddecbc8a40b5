"""What one patron can see of a wood: all that a scripted one may go by, and nothing of the hidden world."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wood.bourse import gain_of, of_patron, price_for, quote_of
from wood.calendar import turns_left
from wood.chance import below
from wood.chronicle import Event, EventKind
from wood.draft import Draft
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good, patron_account
from wood.rules import Rules
from wood.stakes import Corner, Position
from wood.world import Loan, Patron, World

RECALL: Final = 15
"""Turns that a patron looks back over."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event and the turn in which it was told."""

    turn: int
    event: Event


@dataclass(frozen=True, slots=True)
class Sight:
    """What a patron knows between two turns.

    Attributes:
        rules: the content, legends and their true histories among it.
        seed: what its own draws are keyed by.
        turn: the turn that will take its moves in.
        left: turns of the year after that.
        me: itself: breath, hand, heat, file and tips.
        purse: its pebbles.
        course: prices at the end of each turn played, oldest first, hundredths; the founding's before them.
        quotes: what the Bourse would open a position at, by good and side.
        purses: what each creature has in its purse.
        told: public events and its own, of the last turns, oldest first.
        rivals: keys of the other patrons.
        accused: keys of those on whom a file is open.
        gathering: whether a legend gathers breath.
        rested: whether a legend may be told.
        positions: its own.
        gains: what each of them has gained so far, pebbles, by good.
        loans: what it is owed.
        corners: its own.
        friends: what those see who play with it.
    """

    rules: Rules
    seed: int
    turn: int
    left: int
    me: Patron
    purse: int
    course: tuple[Mapping[Good, int], ...]
    quotes: Mapping[tuple[Good, int], int]
    purses: Mapping[Creature, int]
    told: tuple[Told, ...]
    rivals: tuple[str, ...]
    accused: frozenset[str]
    gathering: bool
    rested: bool
    positions: tuple[Position, ...]
    gains: Mapping[Good, int]
    loans: tuple[Loan, ...]
    corners: tuple[Corner, ...]
    friends: "tuple[Sight, ...]" = ()

    @property
    def key(self) -> str:
        """Its own key."""
        return self.me.key

    @property
    def prices(self) -> Mapping[Good, int]:
        """What goods cost now."""
        return self.course[-1]

    def draw(self, limit: int, what: str) -> int:
        """A number from 0 below ``limit``, the same whenever this patron asks this in this turn."""
        return below(limit, self.seed, self.turn, "patron", self.key, what)

    def move(self, good: Good, turns: int) -> int:
        """By how many per cent a good's price has moved over some turns."""
        before = self.course[max(0, len(self.course) - 1 - turns)][good]
        return (self.prices[good] - before) * 100 // before

    def usual(self, good: Good) -> int:
        """The mean price of a good so far, hundredths."""
        return sum(prices[good] for prices in self.course) // len(self.course)

    def position(self, good: Good) -> Position | None:
        """Its position in a good."""
        return next((each for each in self.positions if each.good is good), None)

    def heard(self, kind: EventKind, within: int = RECALL) -> Iterator[Told]:
        """Events of a kind in the last turns, the latest first."""
        return (each for each in reversed(self.told) if each.event.kind is kind and self.turn - each.turn <= within)


def look(rules: Rules, world: World, key: str, course: Sequence[Mapping[Good, int]], told: Sequence[Told]) -> Sight:
    """What a patron sees of a world between two turns.

    Args:
        rules: the content.
        world: between two turns.
        key: whose sight it is.
        course: prices so far, the founding's first.
        told: everything that was told of late, to whomever; what is not for this patron is left out.
    """
    draft = Draft(rules, world)
    account = patron_account(key)
    held = of_patron(world, key)
    return Sight(
        rules=rules,
        seed=world.seed,
        turn=draft.now,
        left=turns_left(rules, draft.now),
        me=world.patrons[key],
        purse=draft.purse(account),
        course=tuple(course),
        quotes={(good, side): quote_of(draft, good, side) for good in GOODS for side in (1, -1)},
        purses={creature: world.held(creature, PEBBLES) for creature in CREATURES},
        told=tuple(each for each in told if each.event.to in {None, key}),
        rivals=tuple(each for each, patron in world.patrons.items() if patron.present and each != key),
        accused=frozenset(case.patron for case in world.cases),
        gathering=world.pool is not None,
        rested=draft.now >= world.ready,
        positions=held,
        gains={position.good: gain_of(position, price_for(draft, position)) for position in held},
        loans=tuple(loan for loan in world.loans if loan.lender == account),
        corners=tuple(corner for corner in world.corners if corner.patron == key),
    )
