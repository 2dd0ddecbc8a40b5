"""What rumors do: paired runs that differ by one rumor alone, and the table that is made of them."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from bot.cli.exits import Exit
from bot.lab.belief import ASKED, believed
from bot.lab.paired import POINTS, Case, Course, Effect, Point, effects, pushed, trusting
from data.content import default_rules
from inference.council import Council
from inference.roster import seat
from tests.bot.console import own_folder, ttw
from tests.bot.turns import make_turn
from wood.founding import found_world
from wood.moves import Join, admit
from wood.names import CREATURES, GOODS, Good

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

RULES = default_rules()
FORTY = [Point(number, POINTS[number % len(POINTS)]) for number in range(40)]


def test_the_points_turn_everything_over() -> None:
    assert Counter(point.good for point in FORTY) == dict.fromkeys(GOODS, 8)
    assert Counter((point.good, point.leaning) for point in FORTY) == {(g, w): 4 for g in GOODS for w in (1, -1)}
    assert Counter((point.turn, point.leaning) for point in FORTY) == {(t, w): 5 for t in POINTS for w in (1, -1)}
    assert {point.creature for point in FORTY} == set(CREATURES)
    assert len({(point.good, point.creature) for point in FORTY}) == 25


def course(price: int) -> Course:
    turn = make_turn(1)
    return Course((replace(turn, references={**turn.references, Good.HONEY: price}),), ())


def test_a_push_counts_in_the_direction_of_the_claim() -> None:
    assert pushed(course(880), course(800), Good.HONEY, 1) == pytest.approx(10)
    assert pushed(course(880), course(800), Good.HONEY, -1) == pytest.approx(-10)
    assert pushed(course(720), course(800), Good.HONEY, -1) == pytest.approx(10)
    assert str(pushed(course(800), course(800), Good.HONEY, -1)) == "0.0"


def test_who_trades_with_whom_is_seen_and_whose_hand_it_was_is_not() -> None:
    turn = make_turn(1)
    first, *others = turn.trades
    assert Course((turn,), ()).traded() != Course((replace(turn, trades=tuple(others)),), ()).traded()
    other = next(hand for hand in type(first.buyer_hand) if hand is not first.buyer_hand)
    handed = replace(turn, trades=(replace(first, buyer_hand=other), *others))
    assert Course((turn,), ()).traded() == Course((handed,), ()).traded()


def test_trust_is_set_for_the_patron_alone() -> None:
    world = admit(RULES, found_world(RULES, 3), Join("p1"))
    found = trusting(world, 85)
    assert all(row["p1"] == 85 for row in found.trust.values())
    assert replace(found, trust=world.trust) == world
    assert all({**row, "p1": 85} == found.trust[hearer] for hearer, row in world.trust.items())


async def test_one_wood_shows_every_case_at_each_of_its_points() -> None:
    council = Council(seat("silent"), RULES, render=False)
    found = await effects(council, 4, first=4)
    assert Counter(effect.case for effect in found) == dict.fromkeys(Case, len(POINTS))
    assert found == await effects(council, 4, first=4)
    assert all(effect.value in (0, 1) for effect in found if effect.case in (Case.WHISPER, Case.CREATURE))


def found(**values: float) -> list[Effect]:
    """Forty points of every case, all alike; good ones where nothing else is said."""
    good = {"usual": 5, "high": 12, "low": 2, "tenth": 0.9, "whisper": 1, "creature": 1}
    return [Effect(Case(case), value) for case, value in (good | values).items() for _ in range(40)]


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("usual", 4.9),
        ("usual", -5),
        ("high", 11.9),
        ("low", 2.1),
        ("low", -2.1),
        ("tenth", 1),
        ("tenth", -1),
        ("whisper", 0),
        ("creature", 0),
    ],
)
def test_each_target_can_be_missed(case: str, value: float) -> None:
    assert all(row.met for row in believed(found()).rows)
    missed = [row.measure for row in believed(found(**{case: value})).rows if not row.met]
    assert missed == [ASKED[Case(case)].measure]


def test_a_row_is_the_median_or_the_share_of_its_points() -> None:
    base = [effect for effect in found() if effect.case not in (Case.USUAL, Case.WHISPER)]
    usual = [Effect(Case.USUAL, value) for value in (0, 0, 6, 8, 100)]
    whispers = [Effect(Case.WHISPER, value) for value in (1, 1, 1, 0, 0)]
    rows = {row.measure: row for row in believed(base + usual + whispers).rows}
    row = rows["one rumor, usual trust"]
    assert (row.value, row.found) == (6, "+6.0 % (half from +0.0 to +8.0; 2 of 5 unmoved)")
    assert (rows["a whisper"].value, rows["a whisper"].found) == (0.6, "60 % (3 of 5)")
    with pytest.raises(ValueError, match="without a point"):
        believed(base)


def test_the_command_measures_rumors() -> None:
    asked = ("evaluate", "--rumors", "--minds", "silent,random", "--seeds", "1", "--workers", "1")
    result = ttw(*asked, "--json")
    shown = json.loads(result.stdout)["minds"]
    assert list(shown) == ["silent", "random"]
    for mind in shown.values():
        assert mind["points"] == 4
        assert [row["measure"] for row in mind["targets"]] == [asked.measure for asked in ASKED.values()]
    met = all(row["met"] for mind in shown.values() for row in mind["targets"])
    assert result.exit_code == (Exit.OK if met else Exit.FAILED)
    refused = ttw(*asked, "--twin")
    assert refused.exit_code == Exit.USAGE
    assert "--twin" in refused.stderr
