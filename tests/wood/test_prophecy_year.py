"""Prophecy over a year: who knows no more than the wood scores nothing, and who knows more does.

Scores are in whole points: 1 for a claim against all odds that comes true. Each figure is the mean score a claim, with
its standard error over woods, since claims of one wood depend on one another.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import sqrt
from statistics import mean, stdev
from typing import Final, NamedTuple

import pytest

from tests.wood.woods import MINDS, RULES, SILENT, decide, told
from wood.calendar import date_of
from wood.chronicle import EventKind
from wood.founding import found_world
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, Join
from wood.names import FOODS, Good, Season
from wood.prophecy import JUDGED_AFTER, PER_MILLE
from wood.turn import close_turn, open_turn
from wood.world import Claim, World

SEEDS: Final = range(1, 6)
AGAIN: Final = JUDGED_AFTER + 1
"""Turns after which the same claim counts anew."""
NOISE: Final = 0.06
"""What a mean may differ from nothing however small its error seems."""
HABIT: Final = "habit"

Acting = Callable[[World, Mapping[int, Sequence[Claim]], random.Random], Sequence[Intervention]]
"""What patrons do in the coming turn of a world, who know what was claimed in each turn before."""


class Score(NamedTuple):
    """Claims that were scored, their mean score, and its standard error."""

    claims: int
    mean: float
    error: float

    @property
    def bound(self) -> float:
        """How far the mean may be from nothing by chance."""
        return max(2.5 * self.error, NOISE)


def claims(patron: str, good: Good, leaning: int) -> CastRumor:
    return CastRumor(patron, good, "There will be too little." if leaning > 0 else "There is far too much.", leaning)


def naive(world: World, made: Mapping[int, Sequence[Claim]], dice: random.Random) -> Sequence[Intervention]:
    """``p1`` flips coins; ``p2`` says that firewood gets dearer while it is cold and cheaper in spring."""
    now = world.turn + 1
    if now % AGAIN:
        return ()
    coins = [claims("p1", good, dice.choice((-1, 1))) for good in FOODS]
    season = date_of(RULES, now).season.season
    if season is Season.SUMMER:
        return coins
    return (*coins, claims("p2", Good.FIREWOOD, -1 if season is Season.SPRING else 1))


def knowing(world: World, made: Mapping[int, Sequence[Claim]], dice: random.Random) -> Sequence[Intervention]:
    """``p1`` says what its legends do before casting them; ``p2`` repeats it at once, ``p3`` when it counts anew."""
    now, hand = world.turn + 1, world.patrons["p1"].hand
    acts: list[Intervention] = [DrawLegend("p1")] if now % AGAIN == 1 else []
    if hand and now % AGAIN == 4:
        legend = RULES.legends[hand[0]]
        acts.append(claims("p1", legend.good, legend.direction))
    if hand and now % AGAIN == 5:
        acts.append(CastLegend("p1", hand[0], 3))
    for copycat, after in (("p2", 1), ("p3", 1 + AGAIN)):
        known = [each for each in made.get(now - after, ()) if each.speaker == "p1"]
        acts += [claims(copycat, each.good, each.leaning) for each in known]
    return acts


def spamming(world: World, made: Mapping[int, Sequence[Claim]], dice: random.Random) -> Sequence[Intervention]:
    """``p1`` says the same whenever breath allows."""
    return (claims("p1", Good.MUSHROOMS, 1),)


@cache
def scored(acting: Acting, mind: str, turns: int, seeds: Sequence[int] = SEEDS) -> Mapping[str, Score]:
    """What the claims of each patron scored, over all seeds."""
    woods = [_play(acting, mind, turns, seed) for seed in seeds]
    return {who: _score([wood.get(who, []) for wood in woods]) for who in sorted(set(chain(*woods)))}


def _play(acting: Acting, mind: str, turns: int, seed: int) -> dict[str, list[float]]:
    world, dice = found_world(RULES, seed), random.Random(seed)
    scores: dict[str, list[float]] = {}
    made: dict[int, list[Claim]] = {}
    for now in range(1, turns + 1):
        acts = [Join(f"p{number}") for number in (1, 2, 3)] if now == 1 else acting(world, made, dice)
        morning = open_turn(RULES, world, acts)
        decisions = SILENT if mind == HABIT else decide(MINDS[mind], morning, seed)
        world, turn = close_turn(RULES, morning, decisions)
        made[now] = [each for each in world.claims if each.due == now + JUDGED_AFTER]
        for event in told(turn.events, EventKind.JUDGED):
            data = event.data or {}
            if not data["echo"]:
                scores.setdefault(event.subject, []).append(data["score"] / PER_MILLE)
    return scores


def _score(woods: Sequence[Sequence[float]]) -> Score:
    """The mean a claim over woods with unlike many claims, and its error by how the woods differ."""
    count = sum(map(len, woods))
    middle = sum(map(sum, woods)) / count
    apart = [sum(wood) - middle * len(wood) for wood in woods]
    error = stdev(apart, mean(apart)) * sqrt(len(woods)) / count if len(woods) > 1 else 0.0
    return Score(count, middle, error)


@pytest.mark.parametrize(("mind", "turns"), [(HABIT, RULES.year), ("instinct", RULES.year // 2)])
def test_flipping_coins_is_worth_nothing(mind: str, turns: int) -> None:
    coins = scored(naive, mind, turns)["p1"]
    assert coins.claims > turns
    assert abs(coins.mean) <= coins.bound


def test_saying_what_every_season_brings_is_worth_nothing() -> None:
    seasonal = scored(naive, HABIT, RULES.year)["p2"]
    assert seasonal.claims > 30
    assert abs(seasonal.mean) <= seasonal.bound


def test_who_knows_what_comes_scores_and_who_repeats_it_does_not() -> None:
    known = scored(knowing, "instinct", RULES.year // 2)
    assert known["p1"].claims > 10
    assert known["p1"].mean >= 0.1
    assert known["p1"].mean > 2.5 * known["p1"].error
    assert "p2" not in known, "an echo counts for nothing"
    assert known["p3"].mean <= known["p3"].bound


def test_saying_the_same_again_and_again_counts_once_while_it_stands() -> None:
    spam = scored(spamming, HABIT, 2 * AGAIN + 2, SEEDS[:1])["p1"]
    assert 1 <= spam.claims <= 2
