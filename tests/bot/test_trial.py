"""A legend's dry run: the same figures every time, under every rule-based mind, whatever it is asked of."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

from bot.lab.trial import LEAST, SPAN, Trial, tried
from bot.telling.catalog import words_in
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.trial import draw_trial
from bot.telling.tales import heard, parts, told, trial_series, verdict, whole
from data.content import default_rules
from data.patterns import figures_of, keys_of
from data.tales import Problem, Wrong, read_tale, tale_from
from inference.roster import known
from tests.bot.figures import size
from tests.data.tales import FUTILE, TALE
from wood.names import Good
from wood.rules import Legend, Rules

WORDS = words_in("en")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return default_rules()


@pytest.fixture(scope="module")
def trial(rules: Rules) -> Trial:
    return tried(rules, "test", read_tale(TALE).tale_of("own-thimble", "p1"))


def test_every_rule_based_mind_is_asked_for_every_turn(trial: Trial) -> None:
    assert tuple(each.mind for each in trial.minds) == known()
    for each in trial.minds:
        assert len(each.low) == len(each.middle) == len(each.high) == SPAN
        assert all(low <= middle <= high for low, middle, high in zip(each.low, each.middle, each.high, strict=True))


def test_a_corner_rises_and_ends_below_under_every_mind(trial: Trial) -> None:
    assert trial.moves
    assert trial.end == 4
    assert all(each.middle[0] >= LEAST for each in trial.minds)
    assert all(each.middle[3] <= -LEAST for each in trial.minds)
    assert trial.most <= trial.least < 0


def test_a_dry_run_comes_out_the_same_in_a_worker(rules: Rules, trial: Trial) -> None:
    legend = read_tale(TALE).tale_of("own-thimble", "p1")
    assert tried(rules, "test", legend) == trial
    assert tried(rules, "another", replace(legend, slug="own-other", title="Other", author="p9")) == trial


@pytest.mark.slow
async def test_a_worker_process_tries_and_draws(rules: Rules, trial: Trial) -> None:
    async with ChartPool(1) as pool:
        job = partial(tried, rules, "test", read_tale(TALE).tale_of("own-thimble", "p1"))
        assert await pool.work(job) == trial
        assert (await pool.picture(WORDS, trial_series(trial))).png == draw_trial(WORDS, trial_series(trial)).png


def test_what_strangers_undo_does_not_move_its_good(rules: Rules) -> None:
    trial = tried(rules, "test", read_tale(FUTILE).tale_of("own-fair", "p1"))
    assert not trial.moves
    said = verdict(WORDS, trial)
    assert "must be at least 3 % cheaper than without it, 3 turns in" in said
    assert all(WORDS(f"trial-mind-{mind}") in said for mind in known())


@pytest.mark.parametrize(("pattern", "good"), [("gift", Good.FIREWOOD), ("toll", Good.HONEY), ("glut", Good.ACORNS)])
def test_patterns_move_their_good_under_every_mind(rules: Rules, pattern: str, good: Good) -> None:
    assert tried(rules, "test", _of(pattern, good)).moves


def _of(pattern: str, good: Good) -> Legend:
    says = {key: WORDS(f"pattern-{pattern}-{key}", good=WORDS(f"good-{good}")) for key in keys_of(pattern)}
    texts = {"title": "A Tale", "tale": "Once.", "omen": "Something.", "says": says}
    return tale_from({**figures_of(pattern, good), **texts}).tale_of("own-tale", "p1")


def test_the_verdict_is_one_line_of_figures(trial: Trial) -> None:
    said = verdict(WORDS, trial)
    least, most = abs(whole(trial.least)), abs(whole(trial.most))
    assert f"{least} to {most} % cheaper than without it, 4 turns in" in said
    assert "\n" not in said


@pytest.mark.parametrize(("move", "shown"), [(0, 0), (49, 0), (50, 1), (-50, -1), (-149, -1), (1_250, 13)])
def test_moves_are_rounded_away_from_zero(move: int, shown: int) -> None:
    assert whole(move) == shown


def test_the_chart_says_in_words_what_it_shows(trial: Trial) -> None:
    chart = draw_trial(WORDS, trial_series(trial))
    assert chart.png.startswith(b"\x89PNG")
    assert size(chart)[0] == 1200
    assert all(WORDS(f"trial-mind-{mind}") in chart.alt for mind in known())
    assert len(chart.alt) <= 1_024
    assert len(chart.brief) <= 256


def test_a_legends_parts_and_words_are_listed() -> None:
    legend = read_tale(TALE).tale_of("own-thimble", "p1")
    assert list(parts(WORDS, legend)) == [
        "Words, berries: turn 1",
        "Corner, berries: turns 1 to 2",
        "Forced sales, berries: turns 3 to 4",
        "What it decrees on berries, turn by turn: +20 % +15 % −40 % −25 %",
    ]
    assert len(list(heard(WORDS, legend))) == 2


FACTS: Mapping[Wrong, Mapping[str, int | str]] = {
    Wrong.SIZE: {"most": 16},
    Wrong.TOML: {"said": "@everyone"},
    Wrong.CHOICE: {"given": "'<@1>'", "known": "'honey'"},
    Wrong.LEAST: {"given": "-3", "least": 1},
    Wrong.MOST: {"given": "3", "most": 1},
    Wrong.LONG: {"length": 41, "most": 40},
    Wrong.FEW: {"least": 1},
    Wrong.MANY: {"most": 6},
    Wrong.MARKUP: {"marks": "*<"},
    Wrong.RULE: {"said": "**no**"},
}


@pytest.mark.parametrize("what", Wrong)
def test_every_problem_is_said_and_nothing_of_a_stranger_is_alive_in_it(what: Wrong) -> None:
    (line,) = told(WORDS, [Problem(what, "says.`@here`", 3, FACTS.get(what, {}))], form=False)
    assert line.startswith("- Line 3, `says.'@here'` ")
    rest = line.partition("` ")[2]
    assert "@everyone" not in rest
    assert "<@1" not in rest
    assert "**no**" not in rest
