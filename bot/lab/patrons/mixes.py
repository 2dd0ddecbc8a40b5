"""Who plays whom: every mix of four, laid out so that all play equally often.

Mixes are taken in whole turns of the wheel: strategies stand in a ring, and a mix moved on place by place until it
comes back is an orbit, in which each of them sits equally often. So any number of whole orbits is balanced.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from wood.chance import shuffled

SEATS: Final = 4

Mix = tuple[str, ...]


class Design(NamedTuple):
    """Which mixes each seed plays.

    Attributes:
        names: of the strategies.
        mixes: by seed, in the order in which they sit.
    """

    names: tuple[str, ...]
    mixes: dict[int, tuple[Mix, ...]]

    @property
    def years(self) -> int:
        """How many years that are, under one mind."""
        return sum(map(len, self.mixes.values()))

    @property
    def each(self) -> int:
        """In how many of them each strategy plays, at least."""
        return min(sum(name in mix for mixes in self.mixes.values() for mix in mixes) for name in self.names)

    @property
    def different(self) -> int:
        """How many different mixes are played."""
        return len({frozenset(mix) for mixes in self.mixes.values() for mix in mixes})


def orbits(count: int) -> Iterator[list[tuple[int, ...]]]:
    """All sets of four places of a ring, in orbits; those that come back soonest last."""
    seen: set[tuple[int, ...]] = set()
    found: list[list[tuple[int, ...]]] = []
    for places in combinations(range(count), SEATS):
        if places not in seen:
            orbit = list(dict.fromkeys(tuple(sorted((at + by) % count for at in places)) for by in range(count)))
            seen.update(orbit)
            found.append(orbit)
    yield from sorted(found, key=lambda orbit: -len(orbit))


def lay_out(names: Sequence[str], seeds: Sequence[int], each: int | None = None) -> Design:
    """Deal mixes out to seeds.

    Args:
        names: of the strategies, at least four.
        seeds: that are played.
        each: how many mixes each seed plays; None for all. So many that a whole orbit is not spoiled are left out.

    Raises:
        ValueError: fewer strategies than seats.
    """
    if len(names) < SEATS:
        raise ValueError(f"{len(names)} strategies do not fill {SEATS} seats")
    rings = [[tuple(names[at] for at in places) for places in orbit] for orbit in orbits(len(names))]
    if each is None:
        whole = tuple(mix for ring in rings for mix in ring)
        return Design(tuple(names), {seed: tuple(_seated(mix, seed) for mix in whole) for seed in seeds})
    wanted = each * len(seeds)
    dealt: list[Mix] = []
    for lap in range(wanted):
        ring = rings[lap % len(rings)]
        if len(dealt) + len(ring) > wanted:
            break
        dealt += ring
    dealt = dealt or rings[0][:wanted]
    deck = shuffled(dealt, 0, 0, "mixes")
    return Design(
        tuple(names),
        {seed: tuple(_seated(mix, seed) for mix in deck[at :: len(seeds)]) for at, seed in enumerate(seeds)},
    )


def _seated(mix: Mix, seed: int) -> Mix:
    """A mix in the order in which it joins, drawn: the first to join wins ties nowhere, but its alias differs."""
    return tuple(shuffled(mix, seed, 0, "seats", *sorted(mix)))
