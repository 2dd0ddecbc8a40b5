"""Legends that patrons propose, as they are shown before they are accepted: every text is a stranger's. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.lab.trial import LEAST, Trial
from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts.series import TrialSeries
from bot.telling.phrases import of_good, signed, way
from bot.telling.taming import bounded, clean, escape
from data.proposals import State
from data.tales import Problem
from wood.rules import Legend

_FACT: Final = 120
"""Characters of a stranger's text that a problem repeats."""
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class TaleRow:
    """A proposed legend in a list; ``author`` is what its patron is called."""

    number: int
    state: State
    at: datetime
    legend: Legend
    author: str


@dataclass(frozen=True, slots=True)
class TaleCard:
    """A proposed legend with what it would do.

    Attributes:
        row: what is known of it; its number is 0 where it was not kept, because it does not do what it should.
        trial: what it would do.
        chart: that drawn.
    """

    row: TaleRow
    trial: Trial
    chart: ChartCard


def trial_series(trial: Trial) -> TrialSeries:
    """What the chart of a trial shows."""
    low = tuple(min(each) for each in zip(*(tried.low for tried in trial.minds), strict=True))
    high = tuple(max(each) for each in zip(*(tried.high for tried in trial.minds), strict=True))
    return TrialSeries(trial.good, {tried.mind: tried.middle for tried in trial.minds}, low, high)


def verdict(words: Words, trial: Trial) -> str:
    """What a legend would do to its good, in a line; or why that is not enough."""
    good = of_good(words, trial.good)
    if not trial.moves:
        moves = words.listed(
            [
                words(
                    "chart-line-end",
                    name=words(f"trial-mind-{tried.mind}"),
                    figure=signed(words, whole(tried.middle[trial.end - 1])),
                )
                for tried in trial.minds
            ]
        )
        return words(
            "tale-unmoved", good=good, way=way(trial.direction), least=LEAST // _HUNDRED, turn=trial.end, moves=moves
        )
    least, most = abs(whole(trial.least)), abs(whole(trial.most))
    same = "yes" if least == most else "no"
    return words("tale-moves", good=good, way=way(trial.direction), same=same, least=least, most=most, turn=trial.end)


def whole(move: int) -> int:
    """Hundredths of a per cent as whole per cent, halves away from zero."""
    size = (abs(move) + _HUNDRED // 2) // _HUNDRED
    return size if move >= 0 else -size


def parts(words: Words, legend: Legend) -> Iterator[str]:
    """What a legend is made of, a line each: its parts, and the steps that it decrees on its good."""
    for shock in legend.shocks:
        good = words(f"good-{shock.good}") if shock.good else "none"
        first, last = shock.delay + 1, shock.delay + shock.turns
        span = words("span-one", turn=last) if first == last else words("span-many", first=first, last=last)
        yield words("tale-part", kind=words(f"tale-kind-{shock.kind}"), good=good, span=span)
    steps = [step for shock in legend.shocks if shock.good is legend.good for step in shock.decree]
    yield words(
        "tale-decrees", good=words(f"good-{legend.good}"), steps=" ".join(signed(words, step) for step in steps)
    )


def heard(words: Words, legend: Legend) -> Iterator[str]:
    """What creatures would hear, a line each."""
    for text in dict.fromkeys(shock.text for shock in legend.shocks if shock.text):
        yield words("tale-heard", text=escape(text))


def told(words: Words, problems: Sequence[Problem], *, form: bool) -> list[str]:
    """What is wrong with a proposed legend and what would be possible, a line each.

    Args:
        words: the player's.
        problems: of a file, or of a form's fields.
        form: which of the two.
    """
    return [
        f"- {_at(words, each, form=form)}{words(f'tale-wrong-{each.what}', **_facts(each.facts))}" for each in problems
    ]


def _at(words: Words, problem: Problem, *, form: bool) -> str:
    if not problem.where and not problem.line:
        return ""
    if form:
        return words("tale-at-field", field=words(f"tale-form-{problem.where}")) + " "
    where = clean(problem.where, _FACT).replace("`", "'") or "none"
    return words("tale-at", line=problem.line, where=where) + " "


def _facts(facts: Mapping[str, int | str]) -> dict[str, int | str]:
    return {name: fact if isinstance(fact, int) else escape(bounded(fact, _FACT)) for name, fact in facts.items()}
