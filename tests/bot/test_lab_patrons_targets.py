"""What is asked of patrons by script: every target can be met, and missed."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from bot.lab.patrons.balance import Played, gather, idle_below, most_won
from bot.lab.patrons.play import Lived
from bot.lab.patrons.questions import ARMS, FED, QUESTIONS
from bot.lab.patrons.score import scores

SEEDS = range(6)
NOTHING: Counter[str] = Counter()
FINED = Counter({"fined": 1})
PROFIT = Counter({"profit": 20})


def one(
    purse: int, *, brought: Counter[str] = NOTHING, verdicts: Counter[str] = NOTHING
) -> Callable[[int], list[Lived]]:
    return lambda seed: [Lived("one", seed=seed, purse=purse, brought=brought, verdicts=verdicts)]


def many(purse: int, count: int) -> Callable[[int], list[Lived]]:
    return lambda seed: [Lived("one", seed=seed, purse=purse) for _ in range(count)]


GOOD: dict[str, Callable[[int], list[Lived]]] = {name: many(110, len(seats)) for name, seats in ARMS.items()} | {
    "true tips": one(140),
    "not cooled off": one(90, brought=PROFIT, verdicts=FINED),
    "rumor-and-short": one(110, verdicts=FINED),
}
"""Six years of every paired table in which all targets are met."""


def missed(**worse: Callable[[int], list[Lived]]) -> list[str]:
    tables = GOOD | {name.replace("_", " "): years for name, years in worse.items()}
    found = {name: [years(seed) for seed in SEEDS] for name, years in tables.items()}
    return [question.measure for question in QUESTIONS if not question.row(found).met]


@pytest.mark.parametrize(
    ("table", "worse", "measure"),
    [
        ("true tips", one(110), "true tips against false"),
        ("not cooled off", one(90, brought=PROFIT), "an insider who does not cool off"),
        ("rumor-and-short", one(100, verdicts=FINED), "rumor and short, worth trying"),
        ("rumor-and-short", one(110), "rumor and short, dangerous"),
        ("two together", many(147, 2), "two who collude"),
        *((fed, many(131, 5), f"one of five, {fed}") for fed in FED),
    ],
)
def test_each_target_can_be_missed(table: str, worse: Callable[[int], list[Lived]], measure: str) -> None:
    assert missed() == []
    assert missed(**{table.replace(" ", "_"): worse}) == [measure]


def year(seed: int, purses: dict[str, int]) -> list[Lived]:
    order = sorted(purses, key=lambda name: -purses[name])
    return [
        Lived(name, seed=seed, purse=purse, standing=purse, rank=order.index(name) + 1, won=float(name == order[0]))
        for name, purse in purses.items()
    ]


def test_nobody_may_win_too_often_and_idle_never_much() -> None:
    even = [
        year(seed, {name: 100 + 10 * ((place + seed) % 4) for place, name in enumerate(("idle", "a", "b", "c"))})
        for seed in range(8)
    ]
    table = scores([one for each in even for one in each])
    assert {score.name: (score.years, score.won.value, score.rank.value) for score in table} == dict.fromkeys(
        ("idle", "a", "b", "c"), (8, 0.25, 2.5)
    )
    assert most_won(table).met
    assert idle_below(table).met
    idle_first = scores([one for seed in range(4) for one in year(seed, {"a": 90, "idle": 100, "b": 80, "c": 70})])
    assert [score.name for score in idle_first] == ["idle", "a", "b", "c"]
    assert (most_won(idle_first).met, idle_below(idle_first).met) == (False, False)
    assert most_won(idle_first).found == "idle 100 % (100 to 100)"


def test_a_score_is_per_year_and_leaves_helpers_out() -> None:
    lived: Sequence[Lived] = [
        Lived("a", seed=1, purse=100, rank=1, fined=10, cases=2, verdicts=FINED, brought=Counter({"gain": 30})),
        Lived("a", seed=2, purse=300, rank=2, refused=Counter({"loan/purse": 3})),
        Lived("helper", seed=1, purse=50),
    ]
    (score,) = scores(lived)
    assert (score.years, score.purse, score.fined, score.cases) == (2, (150, 200, 250), 5, 1)
    assert (score.convicted, score.exiled) == (0.5, 0)
    assert (score.brought, score.refused, score.verdicts) == ({"gain": 15}, {"loan/purse": 1.5}, {"fined": 0.5})


def test_paired_tables_are_asked_only_where_they_were_played() -> None:
    mixes = tuple(year(0, {"idle": 100, "a": 110, "b": 120, "c": 130}))
    found = gather([Played(mixes, {}), Played((), {name: tuple(years(1)) for name, years in GOOD.items()})])
    assert (found.years, found.paired) == (1, 1)
    assert len(found.rows) == 2 + len(QUESTIONS)
    assert len(gather([Played(mixes, {})]).rows) == 2
