"""Patrons by script: the design of their mixes, the years that they play, and what they go by."""

import json
from collections import Counter
from itertools import combinations

import pytest

from bot.cli.exits import Exit
from bot.lab.patrons.intervals import differences, mean_of
from bot.lab.patrons.mixes import SEATS, lay_out, orbits
from bot.lab.patrons.play import Lived, Seat, year
from bot.lab.patrons.plays import Strategy
from bot.lab.patrons.questions import ARMS
from bot.lab.patrons.quiet import idle
from bot.lab.patrons.roster import STRATEGIES, seated
from bot.lab.patrons.sight import Sight
from data.content import default_rules
from inference.council import Council
from inference.roster import seat
from tests.bot.console import own_folder, ttw
from wood.draft import Draft
from wood.founding import found_world
from wood.moves import CastRumor, Intervention, Join, admit
from wood.names import Good
from wood.turn import open_draft

__all__ = ["own_folder"]

RULES = default_rules()
COUNCIL = Council(seat("silent"), RULES, render=False, keep_traces=False)
FORESEEN = {"position/bourse-full", "foresight/nothing-comes", "cast/other-pool", "position/exiled", "rumor/exiled"}
"""What a script cannot know before it tries, or is refused once the Magistrate has spoken."""


@pytest.mark.parametrize("count", [4, 8, 10, 13, 14])
def test_orbits_hold_every_mix_once_and_every_place_equally_often(count: int) -> None:
    found = list(orbits(count))
    assert sorted(mix for orbit in found for mix in orbit) == list(combinations(range(count), SEATS))
    for orbit in found:
        assert len(set(Counter(place for mix in orbit for place in mix).values())) == 1
        assert {place for mix in orbit for place in mix} == set(range(count))


@pytest.mark.parametrize(("seeds", "each"), [(200, 2), (50, 1), (30, 7), (7, None)])
def test_every_strategy_plays_equally_often_and_no_seed_a_mix_twice(seeds: int, each: int | None) -> None:
    names = tuple("abcdefghij")
    design = lay_out(names, range(seeds), each)
    played = Counter(name for mixes in design.mixes.values() for mix in mixes for name in mix)
    assert set(played.values()) == {design.each}
    assert design.years * SEATS == design.each * len(names)
    assert all(len({frozenset(mix) for mix in mixes}) == len(mixes) for mixes in design.mixes.values())
    sizes = {len(mixes) for mixes in design.mixes.values()}
    assert max(sizes) - min(sizes) <= 1
    if each is not None:
        assert seeds * each - len(names) < design.years <= seeds * each
    assert design.different == min(210, design.years) if each != 1 else design.different == design.years


def test_who_joins_first_is_drawn() -> None:
    design = lay_out("abcd", range(40), 1)
    assert len({mixes[0][0] for mixes in design.mixes.values()}) == SEATS
    with pytest.raises(ValueError, match="3 strategies"):
        lay_out("abc", range(3), 1)


def test_an_interval_is_of_seeds_and_not_of_years() -> None:
    assert mean_of([(1, 3.0), (1, 3.0), (2, 3.0)]) == (3.0, 3.0, 3.0)
    values = [(seed, float(seed % 2)) for seed in range(40)]
    once = mean_of(values)
    assert once.value == 0.5
    assert 0.3 < once.low < 0.5 < once.high < 0.7
    assert mean_of(values * 5) == once  # the same seeds five times over say nothing more
    assert differences({1: 5.0, 2: 7.0}, {2: 4.0, 3: 1.0}) == [(2, 3.0)]
    with pytest.raises(ValueError, match="no values"):
        mean_of([])


async def test_a_year_is_the_same_whenever_it_is_played() -> None:
    table = seated(("random", "insider", "colluder", "teller"))
    assert await year(RULES, COUNCIL, 5, table, 2) == await year(RULES, COUNCIL, 5, table, 2)


async def test_those_who_tie_share_their_rank() -> None:
    lived = await year(RULES, COUNCIL, 1, [Seat("idle", idle)] * 4, 2)
    assert [(one.rank, one.won, one.purse, one.standing) for one in lived] == [(2.5, 0.25, 88, 88)] * 4, (
        "what wears off idle purses"
    )


async def test_a_patron_sees_what_is_its_own_or_everybodys() -> None:
    seen: list[Sight] = []

    def watched(play: Strategy) -> Strategy:
        def look(sight: Sight) -> tuple[Intervention, ...]:
            seen.append(sight)
            moves = play(sight)
            assert moves == play(sight)  # nothing but what it sees goes into what it does
            return moves

        return look

    names = ("random", "momentum", "insider", "snitch")
    await year(RULES, COUNCIL, 2, [Seat(name, watched(STRATEGIES[name])) for name in names], 2)
    assert {sight.key for sight in seen} == {"p1", "p2", "p3", "p4"}
    for sight in seen:
        assert {told.event.to for told in sight.told} <= {None, sight.key}
        assert all(position.patron == sight.key for position in sight.positions)
        assert all(told.turn < sight.turn == len(sight.course) for told in sight.told)
        assert sight.key not in sight.rivals
        assert not sight.friends


@pytest.mark.parametrize("name", STRATEGIES)
async def test_what_a_script_does_is_allowed(name: str) -> None:
    lived, *_ = await year(RULES, COUNCIL, 3, [*seated([name]), Seat("talker", STRATEGIES["random"])], 2)
    assert lived.refused.keys() - FORESEEN <= ({"cast/pool-full", "position/purse"} if name == "random" else set())
    assert lived.made.total() - lived.made["join"] > 0 or name in {"idle", "snitch"}


@pytest.mark.parametrize("arm", ["two together", "fed by words", "fed by legends", "fed by bounties"])
async def test_friends_help(arm: str) -> None:
    lived = await year(RULES, COUNCIL, 3, ARMS[arm], 2)
    assert all(one.made.total() > 1 for one in lived[:2])
    assert [one.rank > 0 for one in lived] == [table.ranked for table in ARMS[arm]]


def test_an_evaluation_may_look_at_fewer_continuations() -> None:
    world = admit(RULES, found_world(RULES, 4), Join("p1"))
    draft = Draft(RULES, world)
    open_draft(draft, world, [CastRumor("p1", Good.HONEY, "Honey gets dear.", 1)], 2)
    assert [made.chance in {166, 500, 833} for made in draft.claims] == [True]


@pytest.mark.usefixtures("own_folder")
def test_the_command_lets_patrons_play() -> None:
    asked = (
        "evaluate",
        "--patrons",
        "--minds",
        "silent",
        "--seeds",
        "1",
        "--mixes",
        "1",
        "--paired",
        "0",
        "--workers",
        "1",
    )
    result = ttw(*asked, "--json")
    shown = json.loads(result.stdout)
    assert shown["design"]["strategies"] == list(STRATEGIES)
    assert (shown["design"]["years"], shown["minds"]["silent"]["years"]) == (1, 1)
    rows = shown["minds"]["silent"]["targets"]
    assert [row["measure"] for row in rows] == ["who wins", "idle"]
    assert result.exit_code == (Exit.OK if all(row["met"] for row in rows) else Exit.FAILED)
    read = ttw(*asked)
    assert read.exit_code == result.exit_code
    assert "what is asked of patrons" in read.stdout
    for refused in (ttw(*asked, "--twin"), ttw(*asked, "--rumors"), ttw("evaluate", "--mixes", "2")):
        assert refused.exit_code == Exit.USAGE
        assert "--patrons" in refused.stderr


def test_a_conviction_is_no_acquittal() -> None:
    assert not Lived("a", verdicts=Counter({"acquitted": 2})).convicted
    assert Lived("a", verdicts=Counter({"acquitted": 1, "fined": 1})).convicted
    assert Lived("a", verdicts=Counter({"exiled": 1})).exiled
