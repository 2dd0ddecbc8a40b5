"""Whose day it was: the patron whose standing grew most since the last report, so that a newcomer can lead a day."""

from collections.abc import Mapping, Sequence

from wood.moves.joining import JOIN_PEBBLES
from wood.ranking import ranking, standing
from wood.season import COURSE_EVERY
from wood.world import World


def gain_of(now: int, course: Sequence[int], turn: int, first: int, year: int) -> int:
    """By how much a patron's standing has grown, in pebbles, since about the turn before ``first``.

    It is counted from the last entry of the course before that, which is at most three turns older. Of somebody
    who came later, and of everybody since a year's end, it is counted from what all begin with.

    Args:
        now: the standing after ``turn``.
        course: the standings at the end of every fourth turn of the year that the patron was there for, oldest first.
        turn: turns completed.
        first: the first turn of the day.
        year: turns of a year.
    """
    year_began, wanted = (turn - 1) // year * year, (first - 1) // COURSE_EVERY
    back = turn // COURSE_EVERY - wanted + 1
    known = wanted * COURSE_EVERY > year_began and back <= len(course)
    return now - (course[-back] if known else JOIN_PEBBLES)


def best_of(
    standings: Mapping[str, int], courses: Mapping[str, Sequence[int]], turn: int, first: int, year: int
) -> tuple[str, int] | None:
    """The patron (key) whose standing has grown most, and by how much; None where nobody's has.

    Ties go to the one who joined first.

    Args:
        standings: of the patrons who are present, by key, after ``turn``.
        courses: of each of them, see :func:`gain_of`.
        turn: turns completed.
        first: the first turn of the day.
        year: turns of a year.
    """
    gains = {key: gain_of(now, courses[key], turn, first, year) for key, now in standings.items()}
    best = min(gains, key=lambda key: (-gains[key], int(key.removeprefix("p"))), default=None)
    return (best, gains[best]) if best is not None and gains[best] > 0 else None


def best_patron(world: World, year: int, first: int) -> tuple[str, int] | None:
    """Whose day it was, of the patrons who are present: see :func:`best_of`.

    Args:
        world: the wood by now.
        year: turns of a year.
        first: the first turn of the day.
    """
    standings = {key: standing(world, key) for key in ranking(world)}
    courses = {key: world.patrons[key].course for key in standings}
    return best_of(standings, courses, world.turn, first, year)
