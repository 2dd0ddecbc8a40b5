"""The table of a living economy: every measure meets a good run and catches a bad one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.lab import evaluate
from bot.lab.calls import Calls
from bot.lab.effort import Effort
from bot.lab.evaluate import Plan
from bot.lab.liveliness import MEASURES, rows, verdict
from bot.lab.merit import gain_over_silence, richest_of_years, winners
from bot.lab.sample import Sample, longest, take_sample
from bot.lab.scenario import Scenario, reference
from bot.lab.simulate import Played
from bot.lab.workers import cores
from inference.roster import UnknownMindError
from tests.bot.turns import MAKES, make_rules, make_turn
from wood.chronicle import Event, EventKind, Turn
from wood.founding import found_world
from wood.names import CREATURES, Creature, Good, Hand, Season
from wood.orders import Trade

GOOD = Sample(
    year=True,
    length=60,
    calls=300,
    valid=300,
    violations=0,
    trades=(3, 9) * 7 + (4,),
    honey=(800, 400),
    firewood=(500, 750),
    gaps=(0.03, 0.14),
    richest_early=Creature.BRAMBLE,
    richest=Creature.OONA,
    silence=1,
    summer_purse=0.6,
    mind_share=0.5,
    lowest_mood=1000,
    mood_after_plenty=6000,
    opening=(0.25, -0.25, 0.0, 0.1, 0.2),
    floored=(3, 0, 0, 0, 0),
    low=(6,) * 5,
    merry=(6,) * 5,
    balanced=True,
    replayed=True,
)
NAMES = [measure.name for measure in MEASURES]


def runs(count: int = 100, bad: int = 0, **fault: Any) -> list[Sample]:
    """Good runs, won by all creatures in turn, the first ``bad`` of them with a fault."""
    good = [replace(GOOD, richest=CREATURES[number % 5]) for number in range(count)]
    return [replace(sample, **fault) if number < bad else sample for number, sample in enumerate(good)]


def missed(samples: Sequence[Sample], mind: str = "instinct") -> list[str]:
    return [row.measure for row in rows(samples, mind) if not row.met]


def test_the_table_has_every_measure_in_its_order() -> None:
    heads = (
        "valid role trades honey firewood wealth who a a minds mood mood opening prices mood mood conservation replay"
    )
    assert [name.split()[0].rstrip(":,") for name in NAMES] == heads.split()
    for row in rows(runs(), "instinct"):
        assert set(row.to_json()) == {"measure", "target", "value", "met"}
        assert isinstance(row.to_json()["met"], bool)
        assert row.target
        assert row.found


def test_a_living_economy_meets_them_all() -> None:
    assert missed(runs()) == []
    assert all(measure.kept(GOOD) in (True, None) for measure in MEASURES)


@pytest.mark.parametrize(
    ("fault", "measure", "borne"),
    [
        ({"valid": 299}, "valid actions", 0),
        ({"violations": 1}, "role violations (buying its own product)", 0),
        ({"trades": (2,) + (9,) * 14}, "trades a turn", 5),
        ({"honey": (800, 401)}, "honey after the run", 5),
        ({"firewood": (500, 749)}, "firewood, turn 15 against the start", 5),
        ({"gaps": (0.03, 0.12)}, "wealth gap (Gini)", 10),
        ({"silence": 2}, "a whole year: trade", 5),
        ({"summer_purse": 0.61}, "a whole year: purses", 0),
        ({"lowest_mood": 999}, "mood: floor", 0),
        ({"mood_after_plenty": 5999}, "mood: recovery", 0),
        ({"opening": (0.26, 0.0, 0.0, 0.0, 0.0)}, "opening without a shock", 5),
        ({"opening": (0.0, 0.0, 0.0, 0.0, -0.26)}, "opening without a shock", 5),
        ({"floored": (4, 0, 0, 0, 0)}, "prices at their floor", 0),
        ({"low": (6, 6, 6, 6, 5)}, "mood: range", 0),
        ({"merry": (6, 6, 6, 6, 5)}, "mood: range", 0),
        ({"low": (0, 6, 6, 6, 12)}, "mood: everybody's", 5),
        ({"merry": (0, 6, 6, 6, 12)}, "mood: everybody's", 5),
        ({"balanced": False}, "conservation", 0),
        ({"replayed": False}, "replay", 0),
    ],
)
def test_each_measure_bears_as_many_bad_runs_as_it_says_and_no_more(
    fault: dict[str, Any], measure: str, borne: int
) -> None:
    assert missed(runs(bad=borne, **fault)) == []
    assert missed(runs(bad=borne + 1, **fault)) == [measure]
    bad = replace(GOOD, **fault)
    assert [each.name for each in MEASURES if each.kept(bad) is False] == [measure]


def test_no_creature_may_win_more_than_half() -> None:
    half = runs(bad=50, richest=Creature.PIP)
    wins = sum(sample.richest is Creature.PIP for sample in half)
    even = half[:50] + [replace(GOOD, richest=Creature.OONA) for _ in range(50)]
    assert wins == 60
    assert missed(half) == ["who ends richest"]
    assert missed(even) == []
    (row,) = (row for row in rows(half, "random") if row.measure == "who ends richest")
    assert row.value == 0.6
    assert "pip 60" in row.found


def test_runs_shorter_than_a_year_are_not_held_to_what_a_year_shows() -> None:
    never = (0,) * 5
    short = runs(
        bad=100,
        year=False,
        richest=Creature.PIP,
        silence=2,
        summer_purse=0.61,
        floored=(60,) * 5,
        low=never,
        merry=never,
    )
    assert missed(short) == []
    shown = {row.measure for row in rows(short, "instinct") if row.target == "shown only"}
    assert shown == {
        *("who ends richest", "a whole year: trade", "a whole year: purses"),
        *("prices at their floor", "mood: range", "mood: everybody's"),
    }


def test_habits_are_held_against_the_rule_based_mind_only() -> None:
    idle = runs(bad=100, mind_share=0.2)
    assert missed(idle, "instinct") == ["minds or habits"]
    assert missed(idle, "random") == []
    (row,) = (row for row in rows(idle, "random") if row.measure == "minds or habits")
    assert row.value == pytest.approx(0.2)


def test_a_silent_mind_is_not_held_to_replies() -> None:
    mute = [replace(sample, calls=0, valid=0, mind_share=0.0) for sample in runs()]
    assert missed(mute, "silent") == []
    assert "valid actions" in missed(mute, "random")
    (row,) = (row for row in rows(mute, "silent") if row.measure == "valid actions")
    assert (row.target, row.found) == ("shown only", "0 % (no calls)")


def test_nothing_is_said_of_no_runs() -> None:
    with pytest.raises(ValueError, match="no runs"):
        rows([], "instinct")


def test_a_run_too_short_for_summer_is_neither_good_nor_bad() -> None:
    short = replace(GOOD, summer_purse=None, mood_after_plenty=None, opening=())
    verdicts = {measure.name: verdict(measure.kept(short)) for measure in MEASURES}
    assert verdicts["a whole year: purses"] == "–"
    assert verdicts["mood: recovery"] == "yes"
    assert verdicts["opening without a shock"] == "–"
    assert all(measure.told(short) for measure in MEASURES)


def sampled(turns: Sequence[Turn], plain: Sequence[Turn] = ()) -> Sample:
    """The sample of a hand-made history."""
    rules = make_rules()
    world = found_world(rules, 1)
    scenario = Scenario(len(turns), {})
    played = Played(
        rules, scenario, 1, world, world, tuple(turns), (), (), True, (), Calls(calls=10, valid=9, whole=8), ()
    )
    return take_sample(played, replayed=False, plain=plain)


def history(count: int = 15) -> list[Turn]:
    """Calm turns whose books agree with their prices."""
    return [honest(make_turn(number)) for number in range(1, count + 1)]


def honest(turn: Turn) -> Turn:
    wealth = {
        who: 100 * turn.purses[who] + sum(units * turn.references[good] for good, units in turn.stores[who].items())
        for who in CREATURES
    }
    return replace(turn, wealth=wealth)


def test_figures_are_taken_from_the_turns_they_name() -> None:
    turns = history()
    for number, price in ((6, 900), (7, 540), (10, 300), (11, 100)):
        prices = dict(turns[number - 1].references) | {Good.HONEY: price}
        turns[number - 1] = honest(replace(turns[number - 1], references=prices))
    prices = dict(turns[14].references) | {Good.FIREWOOD: 800}
    turns[14] = honest(replace(turns[14], references=prices, purses=dict.fromkeys(CREATURES, 0) | {Creature.FENN: 200}))
    turns[3] = replace(turns[3], trades=turns[3].trades[:2])
    found = sampled(turns)
    assert found.honey == (900, 300)  # the fifth turn of the run is not looked at
    assert found.firewood == (500, 800)
    assert found.trades[3] == 2
    assert found.richest_early is Creature.FENN
    assert found.gaps[1] > found.gaps[0] + 0.1
    assert (found.calls, found.valid, found.replayed) == (10, 9, False)
    assert found.mind_share == 0


def test_who_buys_its_own_product_is_seen() -> None:
    turns = history()
    clean = [replace(turn, trades=()) for turn in turns]
    assert sampled(clean).violations == 0
    own = Trade(MAKES[Creature.PIP], Creature.PIP, Creature.OONA, 1, 5, Hand.MIND, Hand.MIND)
    clean[9] = replace(clean[9], trades=(own,))
    assert sampled(clean).violations == 1
    assert sampled(clean).mind_share == 1
    assert sampled(clean).silence == 9


def test_records_that_do_not_add_up_are_not_in_balance() -> None:
    turns = history()
    assert sampled(turns).balanced
    turns[8] = replace(turns[8], purses=dict(turns[8].purses) | {Creature.PIP: 41})
    assert not sampled(turns).balanced


def test_only_summer_purses_count() -> None:
    turns = history(60)
    rich = dict.fromkeys(CREATURES, 10) | {Creature.OONA: 160}
    winter = [replace(turn, purses=rich) if turn.season is Season.WINTER else turn for turn in turns]
    assert sampled(winter).summer_purse == pytest.approx(0.2)
    summer = [replace(turn, purses=rich) if turn.number == 50 else turn for turn in turns]
    assert sampled(summer).summer_purse == pytest.approx(0.8)
    assert sampled(turns[:15]).summer_purse is None


def test_a_mood_is_judged_after_five_turns_of_plenty_and_not_before() -> None:
    low = dict.fromkeys(CREATURES, 7200) | {Creature.PIP: 2000}
    cold = Event(EventKind.COLD, Creature.PIP, {"missing": 1})
    turns = history()
    assert sampled(turns).mood_after_plenty == 7200
    turns[3] = replace(turns[3], moods=low)
    assert sampled(turns).mood_after_plenty == 7200  # the fourth turn of plenty
    assert sampled(turns).lowest_mood == 2000
    turns[4] = replace(turns[4], moods=low)
    assert sampled(turns).mood_after_plenty == 2000
    turns[2] = replace(turns[2], events=(cold,))
    assert sampled(turns).mood_after_plenty == 7200
    hungry = [replace(turn, kinds=dict.fromkeys(CREATURES, 1)) for turn in turns]
    assert sampled(hungry).mood_after_plenty is None


def test_the_opening_is_that_of_the_plain_run_after_its_eighth_turn() -> None:
    start = make_rules().goods[Good.HONEY].start
    plain = history(9)
    for number, price in ((7, start * 3), (8, start // 2), (9, start * 3)):
        plain[number - 1] = replace(plain[number - 1], references={**plain[number - 1].references, Good.HONEY: price})
    opening = sampled(history(), plain).opening
    assert opening[list(Good).index(Good.HONEY)] == -0.5
    assert len(opening) == len(Good)
    assert sampled(history()).opening == ()


def test_turns_at_the_floor_and_moods_are_counted() -> None:
    turns = history()
    turns[2] = honest(replace(turns[2], references={**turns[2].references, Good.ACORNS: 100, Good.HONEY: 101}))
    moods = dict(zip(CREATURES, (8000, 7999, 5000, 4999, 1000), strict=True))
    turns = [replace(turn, moods=moods if turn.number <= 4 else dict.fromkeys(CREATURES, 6000)) for turn in turns]
    found = sampled(turns)
    assert found.length == 15
    assert dict(zip(Good, found.floored, strict=True)) == {**dict.fromkeys(Good, 0), Good.ACORNS: 1}
    assert found.low == (0, 0, 0, 4, 4)
    assert found.merry == (4, 0, 0, 0, 0)


def test_who_wins_later_years_is_counted_over_all_runs() -> None:
    years = [make_turn(60 * year, events=(Event(EventKind.YEAR, data={"winner": "pip"}),)) for year in (1, 2)]
    assert winners([make_turn(1), *years]) == (Creature.PIP, Creature.PIP)
    even = richest_of_years([Creature.PIP, Creature.PIP, Creature.OONA, Creature.FENN, Creature.BRAMBLE])
    assert (even.value, even.met) == (0.4, True)
    assert "pip 2" in even.found
    assert not richest_of_years([Creature.PIP, Creature.PIP, Creature.OONA]).met


def test_a_mind_gains_over_silence_when_its_interval_lies_above_zero() -> None:
    silence = [0.5, 0.6, 0.55, 0.52]
    clear = gain_over_silence([each + 0.05 for each in silence], silence, "instinct")
    assert clear.met
    assert clear.value == pytest.approx(0.05)
    noisy = gain_over_silence([0.9, 0.3, 0.9, 0.3], silence, "instinct")
    assert noisy.value > 0
    assert not noisy.met
    assert not gain_over_silence([0.9], [0.5], "instinct").met, "one seed says nothing of chance"
    foil = gain_over_silence([0.1, 0.2], [0.5, 0.5], "random")
    assert (foil.met, foil.target) == (True, "shown only")


def test_a_sweep_with_the_silent_mind_and_years_has_their_rows() -> None:
    found = evaluate.sweep(("random", "silent"), (3,), plan=Plan(reference(), years=2), effort=Effort(workers=1))
    names = {mind: [row.measure for row in each.rows] for mind, each in found.items()}
    money = [name for name in names["silent"] if name.startswith("money")]
    assert len(money) == 4
    assert names["random"] == [*NAMES, "judgement", "who ends richest, later years", "gain over a silent mind", *money]
    assert names["silent"] == [*NAMES, "judgement", "who ends richest, later years", *money]
    assert [row.measure for row in evaluate.sweep(("random",), (3,), plan=Plan(reference()))["random"].rows] == [
        *NAMES,
        "judgement",
    ]


def test_the_longest_stretch() -> None:
    assert longest([]) == 0
    assert longest([True, True, False, True]) == 2
    assert longest([False, True]) == 1


def test_a_run_shorter_than_the_reference_run_cannot_be_sampled() -> None:
    with pytest.raises(ValueError, match="15 turns"):
        sampled(history(14))


@pytest.mark.slow
def test_a_sweep_is_the_same_on_one_core_and_on_two() -> None:
    done: list[None] = []
    minds, seeds = ("instinct", "random", "instinct"), (3, 4)
    plan = Plan(reference(), twin=True)
    alone = evaluate.sweep(minds, seeds, plan=plan, effort=Effort(workers=1, after_run=lambda: done.append(None)))
    assert len(done) == 4
    assert list(alone) == ["instinct", "random"]
    assert evaluate.sweep(minds, seeds, plan=plan, effort=Effort(workers=2)) == alone
    for found in alone.values():
        assert found.calls.calls == found.calls.valid == 2 * 75
        assert [each.good for each in found.twin] == list(Good)
        by_name = {row.measure: row for row in found.rows}
        assert by_name["valid actions"].value == 1
        assert by_name["conservation"].value == by_name["replay"].value == 1
        assert by_name["role violations (buying its own product)"].value == 0


def test_a_sweep_names_the_minds_there_are() -> None:
    with pytest.raises(UnknownMindError, match=r"gpt.*instinct"):
        evaluate.sweep(("instinct", "gpt"), (1,))


def test_a_sweep_plays_whole_years() -> None:
    assert evaluate.year().turns == 60
    assert evaluate.year().told == reference().told
    assert cores() >= 1
