"""One simulated wood: the same every time, whole in its record, and apart from its twin only by what was told."""

import json
from dataclasses import replace
from math import prod
from pathlib import Path

import pytest

from bot.lab.keepsake import keep
from bot.lab.sample import take_sample
from bot.lab.scenario import Scenario, ScenarioError, Without, compose, reference
from bot.lab.simulate import Played, circulating, log_of, play, richest, to_json, wealth_gaps
from bot.lab.twin import average, compare, play_twin
from data.content import default_rules
from data.log import read_log
from data.replay import replay
from data.traces import COLUMNS
from inference.council import Council
from inference.roster import known, seat
from wood.bourse import RESERVE
from wood.chronicle import EventKind
from wood.founding import found_world
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good

RULES = default_rules()
SEED = 7


def minds(name: str = "instinct", *, render: bool = False) -> Council:
    return Council(seat(name), RULES, render=render)


async def played(scenario: Scenario | None = None, seed: int = SEED, mind: str = "instinct") -> Played:
    return await play(RULES, scenario or reference(), seed, minds(mind))


async def test_the_same_seed_gives_the_same_wood_and_another_seed_another() -> None:
    first, again, other = await played(), await played(), await played(seed=SEED + 1)
    assert [turn.hash for turn in first.turns] == [turn.hash for turn in again.turns]
    assert first.world == again.world
    assert first.turns[-1].hash != other.turns[-1].hash


@pytest.mark.parametrize("mind", known())
async def test_a_run_can_be_played_again_from_its_log(mind: str, tmp_path: Path) -> None:
    run = await played(mind=mind)
    assert run.balanced
    assert run.calls.calls == run.calls.whole == (0 if mind == "silent" else 75), "rules order only what can be done"
    verdict = replay(log_of(run))
    assert (verdict.turns, verdict.agrees, verdict.first_difference) == (15, True, None)
    keep(tmp_path, run, mind)
    assert replay(read_log(tmp_path / "wood.jsonl")).agrees


async def test_the_json_has_the_shape_that_others_build_on() -> None:
    run = await played(compose(RULES, turns=6, shocks=["drought@3"], rumors=["honey: scarce@2"]))
    shown = json.loads(json.dumps(to_json(run, "instinct")))
    assert list(shown) == [
        "seed",
        "mind",
        "turns",
        "final_hash",
        "prices",
        "gini",
        "trades",
        "trades_by_mind_share",
        "pebbles_total",
        "richest",
        "calls",
        "events",
    ]
    assert (shown["seed"], shown["mind"], shown["turns"]) == (SEED, "instinct", 6)
    assert shown["final_hash"] == run.world.chain
    assert list(shown["prices"]) == [good.value for good in GOODS]
    for good in GOODS:
        course = shown["prices"][good]
        assert course == [RULES.goods[good].start / 100, *(turn.references[good] / 100 for turn in run.turns)]
    assert len(shown["gini"]) == 7
    assert shown["trades"] == [len(turn.trades) for turn in run.turns]
    assert len(shown["pebbles_total"]) == 6
    assert 0 <= shown["trades_by_mind_share"] <= 1
    assert shown["richest"] in set(Creature)
    rumor = next(event for event in shown["events"] if event["kind"] == "rumor")
    assert rumor == {
        "turn": 2,
        "kind": "rumor",
        "subject": "",
        "data": {"about": "honey", "text": "scarce", "leaning": 1},
    }
    assert [event["turn"] for event in shown["events"] if event["kind"] == "legend"] == [3]


async def test_pebbles_are_counted_wherever_they_are_held() -> None:
    run = await played(compose(RULES, turns=3))
    founded = found_world(RULES, SEED)
    assert circulating(founded) == RESERVE + sum(founded.held(creature, PEBBLES) for creature in CREATURES)
    assert run.pebbles == (circulating(founded),) * 3


async def test_the_wealth_gap_begins_with_the_founding() -> None:
    run = await played(compose(RULES, turns=2))
    gaps = wealth_gaps(run)
    assert len(gaps) == 3
    assert 0 < gaps[0] < 0.1
    assert gaps[1] != gaps[0]


def test_of_equals_the_first_is_richest() -> None:
    assert richest(dict.fromkeys(CREATURES, 5)) is Creature.OONA
    assert richest(dict.fromkeys(CREATURES, 5) | {Creature.PIP: 6}) is Creature.PIP


async def test_a_run_is_its_own_twin_and_a_bank_run_is_not() -> None:
    run = await played(compose(RULES, legends=["run-on-oonas-hoard@7"]))
    for apart in compare(run, run):
        assert (apart.rd, apart.rad, apart.gd, apart.gad) == (0, 0, 0, 0)
        assert apart.amplitude == apart.twin_amplitude
    twin = await play_twin(run, minds())
    assert [turn.hash for turn in twin.turns[:6]] == [turn.hash for turn in run.turns[:6]]
    assert not any(event.kind is EventKind.LEGEND for turn in twin.turns for event in turn.events)
    honey = next(apart for apart in compare(run, twin) if apart.good is Good.HONEY)
    assert honey.rd < -0.1
    assert honey.rad >= -honey.rd
    assert honey.gd < -0.1
    assert honey.gad > 0.1
    assert set(honey.to_json()) == {"rd", "rad", "gd", "gad", "decreed", "own", "amplitude", "twin_amplitude"}


async def test_what_a_legend_did_is_what_was_decreed_and_the_rest() -> None:
    run = await played(compose(RULES, legends=["run-on-oonas-hoard@7"]))
    twin = await play_twin(run, minds(), until=12)
    assert len(twin.turns) == 12
    apart = {each.good: each for each in compare(run, twin, until=12)}
    decrees = [
        (turn.number, event.data["after"] / event.data["before"])
        for turn in run.turns
        for event in turn.events
        if event.kind is EventKind.DECREE and event.data
    ]
    assert [number for number, _ in decrees] == [7, 8, 9]
    course = [prod(factor for number, factor in decrees if number <= turn) for turn in range(7, 13)]
    honey = apart[Good.HONEY]
    assert honey.decreed == pytest.approx(prod(course) ** (1 / 6) - 1)
    assert -0.6 < honey.decreed < -0.45
    assert apart[Good.ACORNS].decreed == 0
    for each in apart.values():
        assert (1 + each.decreed) * (1 + each.own) == pytest.approx(1 + each.gd)
    same = average([[honey], [honey]])
    assert same[0].to_json() == honey.to_json()
    half = average([[honey], [replace(honey, rd=0.0, gd=0.0, decreed=0.0, own=0.0)]])[0]
    assert half.rd == pytest.approx(honey.rd / 2)
    assert half.gd == pytest.approx((1 + honey.gd) ** 0.5 - 1)
    assert (1 + half.decreed) * (1 + half.own) == pytest.approx(1 + half.gd)


async def test_a_twin_without_rumors_shows_what_a_rumor_did_beside_a_legend() -> None:
    legends, rumors = ["run-on-oonas-hoard@7"], ["berries: scarce and dear soon@3"]
    run = await played(compose(RULES, legends=legends, rumors=rumors))
    twin = await play_twin(run, minds(), without=Without.RUMORS)
    assert [turn.hash for turn in twin.turns] == [
        turn.hash for turn in (await played(compose(RULES, legends=legends))).turns
    ]
    apart = {each.good: each for each in compare(run, twin, without=Without.RUMORS)}
    assert apart[Good.BERRIES].gad > 0
    assert abs(apart[Good.HONEY].decreed) < 0.05, "the run on honey is in both"
    for each in apart.values():
        assert (1 + each.decreed) * (1 + each.own) == pytest.approx(1 + each.gd)
    bare = await play_twin(run, minds(), without=Without.ALL)
    assert [turn.hash for turn in bare.turns] == [turn.hash for turn in (await played(compose(RULES))).turns]


async def test_a_comparison_ends_where_it_is_told_to() -> None:
    run = await played(compose(RULES, legends=["run-on-oonas-hoard@7"]))
    with pytest.raises(ScenarioError, match="something to leave out"):
        compare(run, run, until=6)
    with pytest.raises(ValueError, match="no runs"):
        average([])


async def test_what_nothing_was_told_in_has_no_twin() -> None:
    run = await played(compose(RULES, turns=2))
    with pytest.raises(ScenarioError, match="something to leave out"):
        compare(run, run)


async def test_a_kept_run_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    folders = tmp_path / "one" / "deep", tmp_path / "two"
    for folder in folders:
        run = await play(RULES, reference(), SEED, minds(render=True))
        files = keep(folder, run, "instinct", take_sample(run, replayed=True))
        assert sorted(files) == sorted(folder.iterdir())
    names = sorted(path.name for path in folders[0].iterdir())
    assert names == ["firewood.png", "prices.png", "report.md", "traces.jsonl", "wealth.png", "wood.jsonl"]
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    calls = [json.loads(line) for line in (folders[0] / "traces.jsonl").read_text("utf-8").splitlines()]
    assert len(calls) == 75
    assert all(list(call) == list(COLUMNS) for call in calls)
    assert all(call["system"] and call["user"] and call["response"] for call in calls)
    report = (folders[0] / "report.md").read_text("utf-8")
    assert "Seed 7, instinct" in report
    assert all(f"]({name})" in report for name in names if name.endswith(".png"))
    assert "| honey after the run |" in report
