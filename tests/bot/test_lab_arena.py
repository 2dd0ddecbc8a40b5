"""The arena: seats go round, ratings find strengths that are known, and bands hold as often as they say."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.cli.exits import Exit
from bot.lab.arena import Table, compete, duplicates, field_of, seatings, tables_of
from bot.lab.effort import Effort
from bot.lab.ratings import ODDS, ratings, strengths
from bot.lab.scenario import Scenario
from bot.lab.standings import ANCHORED_AT, Contest, compared, rate
from inference.engines.options import ServerOptions
from inference.roster import Engines, UnknownMindError, known
from tests.bot.console import own_folder, printed, ttw, words
from tests.bot.models import REPLY, saying, served
from wood.names import CREATURES

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

STRENGTHS = np.array([1.0, 4.0, 2.0, 2.0])
SHORT = Scenario(3, {})


def games(dice: np.random.Generator, seeds: int, each: int = 10, known_: Any = STRENGTHS) -> list[Any]:
    """The games of some seeds between players of these strengths, so many between every two."""
    chances = known_[:, None] / (known_[:, None] + known_[None, :])
    upper = [np.triu(dice.binomial(each, chances), 1).astype(float) for _ in range(seeds)]
    return [won + (np.triu(np.full(won.shape, each), 1) - won).T for won in upper]


# Ratings


def test_strengths_that_are_known_are_found() -> None:
    chances = STRENGTHS[:, None] / (STRENGTHS[:, None] + STRENGTHS[None, :])
    found = strengths(1e6 * chances * (1 - np.eye(4)))
    assert found / found[0] == pytest.approx(STRENGTHS, rel=1e-4)
    assert np.log(found).sum() == pytest.approx(0, abs=1e-9)
    many = strengths(np.stack([np.zeros((4, 4)), 1e6 * chances * (1 - np.eye(4))]))
    assert many[0] == pytest.approx([1.0] * 4)
    assert many[1] == pytest.approx(found)


def test_the_likeliest_strengths_explain_as_many_wins_as_there_were() -> None:
    (won,) = games(np.random.default_rng(3), 1)
    found = strengths(won)
    expected = found[:, None] / (found[:, None] + found[None, :]) * (1 - np.eye(4))
    played = won + won.T + (1 - np.eye(4))  # each pair's drawn game
    assert (expected * played).sum(axis=1) == pytest.approx(won.sum(axis=1) + 1.5)


def test_whoever_wins_all_games_has_a_rating_all_the_same() -> None:
    won = np.zeros((2, 2))
    won[0, 1] = 50
    best, worst = ratings([won, won], 1, ANCHORED_AT)
    assert 1500 < best.value < 2000
    assert worst == (ANCHORED_AT, ANCHORED_AT, ANCHORED_AT)


def test_the_anchor_is_fixed_and_points_are_those_of_chess() -> None:
    rated = ratings(games(np.random.default_rng(1), 200, 50), 0, ANCHORED_AT)
    assert rated[0] == (1000.0, 1000.0, 1000.0)
    assert [each.value for each in rated] == pytest.approx(ANCHORED_AT + ODDS * np.log10(STRENGTHS), abs=25)
    assert all(each.low < each.value < each.high for each in rated[1:])
    assert ratings(games(np.random.default_rng(1), 200, 50), 0, ANCHORED_AT) == rated
    with pytest.raises(ValueError, match="no seeds"):
        ratings([], 0, ANCHORED_AT)


def test_bands_hold_what_is_true_as_often_as_they_say() -> None:
    dice = np.random.default_rng(5)
    truth = ANCHORED_AT + ODDS * np.log10(STRENGTHS)
    held = 0
    for _ in range(100):
        rated = ratings(games(dice, 30), 0, ANCHORED_AT, draws=200)
        held += sum(each.low <= value <= each.high for each, value in zip(rated[1:], truth[1:], strict=True))
    assert 0.9 <= held / 300 <= 0.99


def test_a_copy_of_a_mind_is_rated_alike() -> None:
    dice = np.random.default_rng(8)
    rated = ratings(games(dice, 60), 0, ANCHORED_AT)
    third, fourth = rated[2:]
    assert third.low < fourth.value < third.high
    assert fourth.low < third.value < fourth.high
    assert rated[1].low > max(third.high, fourth.high)


# Seats


@pytest.mark.parametrize("count", range(2, 9))
def test_every_mind_sits_in_every_seat_once_a_seed(count: int) -> None:
    minds = [f"mind {number}" for number in range(count)]
    for seed in range(3):
        tables = seatings(minds, seed)
        assert len(tables) == count
        sat = Counter((mind, place) for table in tables for place, mind in enumerate(table.seats))
        assert sat == Counter({(mind, place): 1 for mind in minds for place in range(len(CREATURES))})
        assert all(max(Counter(table.seats).values()) <= -(-len(CREATURES) // count) for table in tables)


def test_neighbours_are_drawn_by_the_seed() -> None:
    minds = [f"mind {number}" for number in range(7)]
    beside: Counter[frozenset[str]] = Counter()
    for seed in range(300):
        for table in seatings(minds, seed):
            beside.update(frozenset(pair) for pair in zip(table.seats, table.seats[1:], strict=False))
    assert len(beside) == 21
    assert max(beside.values()) < 1.3 * min(beside.values())
    assert seatings(minds, 4) == seatings(minds[::-1], 4)


def test_anchors_sit_in_every_field() -> None:
    assert field_of(["silent", "silent"]) == ["silent", "random", "instinct"]
    assert field_of(["instinct"]) == ["instinct", "random"]
    tables = tables_of(["instinct", "random"], (3, 4))
    assert len(tables) == len(set(tables)) == 6
    assert tables[0] == Table(3, ("silent",) * 5)


def test_minds_are_compared_in_the_same_seat_beside_silence() -> None:
    minds = ["instinct", "random"]
    one, other = seatings(minds, 3)
    found = {Table(3, ("silent",) * 5): (10, 20, 30, 40, 50), one: (14, 20, 30, 40, 50), other: (10, 20, 30, 40, 42)}
    seats = duplicates(minds, 3, found, 2)
    assert seats[0] == {one.seats[0]: 2.0, other.seats[0]: 0.0}
    assert seats[4] == {one.seats[4]: 0.0, other.seats[4]: -4.0}
    wins = compared(minds, seats)
    assert wins.sum() == 5
    assert wins.tolist() == ([[0, 3.5], [1.5, 0]] if one.seats[0] == "instinct" else [[0, 1.5], [3.5, 0]])


def test_standings_say_who_beats_whom() -> None:
    seats = [{"random": 0.0, "instinct": 1.0}, {"random": 0.0, "instinct": 0.0}]
    contest = rate(["random", "instinct"], [seats, seats], 12)
    first, last = contest.standings
    assert (first.mind, first.won, first.games, first.gain) == ("instinct", 0.75, 4, 0.5)
    assert (last.mind, last.won, last.rating) == ("random", 0.25, (1000.0, 1000.0, 1000.0))
    assert contest.beats == {"random": {"instinct": 0.25}, "instinct": {"random": 0.75}}


# Contests


def test_a_contest_is_the_same_on_one_core_and_on_two() -> None:
    done: list[None] = []
    alone = compete(["silent"], (3, 4), SHORT, effort=Effort(workers=1, after_run=lambda: done.append(None)))
    assert len(done) == 8
    assert alone.turns == 24
    assert compete(["silent"], (3, 4), SHORT, effort=Effort(workers=2)) == alone
    assert {each.mind for each in alone.standings} == {"silent", "random", "instinct"}
    assert all(each.games == 20 for each in alone.standings)


def test_a_contest_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    done: list[None] = []

    def cut_off() -> None:
        done.append(None)
        if len(done) == 3:
            raise RuntimeError("cut off")

    with served(saying(json.dumps(REPLY))) as server:
        engines = Engines(openai=ServerOptions(url=server.url, model="m"))

        def contest(after_run: Callable[[], object] = lambda: None) -> Contest:
            return compete(
                ["openai"],
                (3,),
                SHORT,
                effort=Effort(engines=engines, workers=1, woods=1, resume=tmp_path, after_run=after_run),
            )

        with pytest.raises(RuntimeError, match="cut off"):
            contest(cut_off)
        first = len(server.asked)
        whole = contest()
        assert len(server.asked) > first
        again = len(server.asked)
        assert contest(lambda: done.append(None)) == whole
        assert len(server.asked) == again, "nothing is played anew"
        assert len(done) == 3 + 4
    assert compete(["openai"], (3,), SHORT, effort=Effort(engines=engines, workers=1, resume=tmp_path)) == whole


def test_a_model_sits_among_the_rules() -> None:
    with served(saying(json.dumps(REPLY))) as server:
        engines = Engines(openai=ServerOptions(url=server.url, model="m"))
        contest = compete(["openai"], (3, 4), SHORT, effort=Effort(engines=engines, workers=1, woods=2, deadline=20))
        assert len(server.asked) == 2 * SHORT.turns * len(CREATURES), "in every seat of each seed once"
    assert {each.mind for each in contest.standings} == {"openai", "random", "instinct"}
    assert contest.turns == 24


def test_an_arena_names_the_minds_there_are() -> None:
    with pytest.raises(UnknownMindError, match=r"gpt.*instinct"):
        compete(["gpt"], (1, 2), SHORT)


# The command


def test_an_arena_for_programs() -> None:
    asked = ("arena", "--minds", "silent, contrarian,silent", "--seeds", "2", "--turns", "3", "--plain")
    shown = printed(*asked, "--workers", "1")
    assert (shown["seeds"], shown["turns"]) == (2, 30)
    assert shown["anchor"] == {"mind": "random", "rating": 1000.0}
    assert set(shown["minds"]) == {"instinct", "random", "contrarian", "silent"}
    order = [each["rating"] for each in shown["minds"].values()]
    assert order == sorted(order, reverse=True)
    assert shown["minds"]["random"]["band"] == [1000.0, 1000.0]
    for one, row in shown["beats"].items():
        for other, share in row.items():
            assert share + shown["beats"][other][one] == pytest.approx(1)


def test_an_arena_for_people() -> None:
    shown = ttw("arena", "--minds", "silent", "--seeds", "2", "--turns", "3", "--plain", "--workers", "1")
    assert shown.exit_code == Exit.OK
    assert "Arena: 2 seeds, 24 turns" in shown.stdout
    rows = [line.replace("│", "").split() for line in shown.stdout.splitlines()]
    assert next(row[:3] for row in rows if row[:1] == ["random"]) == ["random", "1000", "fixed"]
    assert "Made more of the same seat" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--minds", "instinct,gpt"), ["'gpt'", *known()]),
        (("--minds", "openai"), ["'openai' cannot be used", "TTW_OPENAI__URL"]),
        (("--turns", "14"), ["15 turns", "--plain"]),
        (("--turns", "0", "--plain"), ["1 to 6,000"]),
        (("--minds", " , "), ["at least one mind"]),
        (("--seeds", "1"), ["--seeds"]),
        (("--ray", "auto", "--workers", "2"), ["--workers", "cluster"]),
    ],
)
def test_what_an_arena_cannot_use_is_told(arguments: Sequence[str], says: list[str]) -> None:
    shown = ttw("arena", *arguments)
    assert shown.exit_code == Exit.USAGE
    assert shown.stdout == ""
    assert all(each in words(shown.stderr) for each in says)
