"""Odds: how likely claims and daily calls are to come true for one who knows no more than habit does.

A chance is the share of continuations of the wood under habit alone in which the claim comes true. They begin with all
that was said in the claim's own turn, so that words which come true because they were said have that in their chance;
and who repeats a claim of its own while it stands has what that does to the price put into its chance as well.

Habit's continuations are right about habit. Other minds keep prices at other levels, so the odds learn: what habit
forecast and what came of it are kept, and the continuations are shifted by the median of the last errors. After
E. S. Gardner, "Exponential Smoothing: The State of the Art", Journal of Forecasting 4 (1985), on tracking a forecast's
own errors to take its bias off; the median, since a legend is no fault of a forecast.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from wood.chance import draw
from wood.draft import Draft
from wood.fixed import ln_ratio, scale
from wood.ledger import off_the_record
from wood.names import GOODS, Good
from wood.prophecy import JUDGED_AFTER, PER_MILLE, Prices, comes_right, comes_true
from wood.world import Claim, Forecast

CONTINUATIONS: Final = 32
ERRORS_KEPT: Final = 12
DOUBT: Final = 2
"""How many errors have to be known for half of their median to be believed."""

Course = list[Prices]


def weigh(draft: Draft, go_on: Callable[[Draft], None], count: int = CONTINUATIONS) -> None:
    """Give this turn's claims of patrons, and its daily calls, their chances.

    Args:
        draft: an open turn in which everything has been said.
        go_on: plays a draft's open turn to its end under habit alone and opens the next.
        count: how many continuations to find them from: the game's own number, or fewer where many years are measured.
    """
    claims = [at for at, made in enumerate(draft.claims) if made.chance is None and made.speaker in draft.patrons]
    calls = [at for at, call in enumerate(draft.calls) if call.chance is None]
    dues = [draft.claims[at].due for at in claims] + [draft.calls[at].due for at in calls]
    if not dues:
        return
    raw = continuations(draft, max(dues) - draft.now + 1, go_on, count)
    futures = [_shifted(draft, course) for course in raw]

    def chance(made: Claim) -> int:
        return _chance(comes_true(made, course[made.due - draft.now][made.good]) for course in futures)

    for at in claims:
        made = draft.claims[at]
        draft.claims[at] = replace(made, chance=chance(made))
        if made.echo:
            _repeated(draft, made, chance)
    for at in calls:
        call = draft.calls[at]
        found = _chance(comes_right(call, course[call.due - draft.now]) for course in futures)
        draft.calls[at] = replace(call, chance=found)
    if len(raw[0]) > JUDGED_AFTER:
        expected = {good: _mean([course[JUDGED_AFTER][good] for course in raw]) for good in GOODS}
        draft.forecasts = [*draft.forecasts, Forecast(draft.now + JUDGED_AFTER, expected)]


def _repeated(draft: Draft, made: Claim, chance: Callable[[Claim], int]) -> None:
    """Put into a standing claim's chance what its own speaker does for it by saying it again."""
    for at, known in enumerate(draft.claims):
        same = (known.speaker, known.good, known.leaning) == (made.speaker, made.good, made.leaning)
        if same and not known.echo and known.chance is not None:
            draft.claims[at] = replace(known, chance=max(known.chance, chance(known)))


def _chance(outcomes: Iterable[bool]) -> int:
    """A share per mille, a little away from 0 and 1, of which so few continuations cannot tell."""
    true = list(outcomes)
    return share(sum(true), len(true))


def share(true: int, of: int) -> int:
    """How many of a few outcomes were true, per mille, a little away from 0 and 1."""
    return (2 * true + 1) * PER_MILLE // (2 * of + 2)


def _mean(prices: Sequence[int]) -> int:
    """The geometric mean of some prices, hundredths."""
    first = prices[0]
    return scale(first, sum(ln_ratio(price, first) for price in prices) // len(prices))


def _shifted(draft: Draft, course: Course) -> Course:
    """A course moved to where other minds than habit would bring it, the further ahead the more."""
    bias = {good: _bias(draft.errors.get(good, ())) for good in GOODS}
    if not any(bias.values()):
        return course
    return [
        {
            good: scale(price, bias[good] * min(ahead + 1, JUDGED_AFTER + 1) // (JUDGED_AFTER + 1))
            for good, price in each.items()
        }
        for ahead, each in enumerate(course)
    ]


def _bias(errors: Sequence[int]) -> int:
    """The median of some errors, in micro of a logarithm, believed the more the more there are."""
    if not errors:
        return 0
    ranked = sorted(errors)
    middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) // 2
    return middle * len(ranked) // (len(ranked) + DOUBT)


def learn(draft: Draft) -> None:
    """At the turn's end: note how far from the prices the forecasts were that fall due."""
    for forecast in draft.forecasts:
        if forecast.due == draft.now:
            draft.errors = {good: _kept(draft, good, forecast) for good in GOODS}
    draft.forecasts = [forecast for forecast in draft.forecasts if forecast.due > draft.now]


def _kept(draft: Draft, good: Good, forecast: Forecast) -> tuple[int, ...]:
    error = ln_ratio(draft.references[good], forecast.prices[good])
    return (*draft.errors.get(good, ()), error)[-ERRORS_KEPT:]


def continuations(
    draft: Draft, turns: int, go_on: Callable[[Draft], None], count: int = CONTINUATIONS
) -> list[list[Prices]]:
    """Play an open turn and those after it so many times under habit alone, each by other dice.

    Returns:
        For each continuation the reference prices at the end of each turn.
    """
    world = draft.freeze()
    futures: list[list[Prices]] = []
    with off_the_record():
        for number in range(count):
            future = Draft(draft.rules, world)
            future.dice = draw(draft.seed, draft.now, "continuation", str(number))
            futures.append([dict(each.references) for each in by_habit(future, turns, go_on)])
    return futures


def by_habit(draft: Draft, turns: int, go_on: Callable[[Draft], None]) -> Iterator[Draft]:
    """Play an open turn and those after it under habit alone; yields the draft itself at the end of each.

    What a legend has still in store does not come: nobody can know it. No event, flow, mood or memory comes of it.
    """
    draft.imagined = True
    draft.ledger.count_no_more()
    draft.shocks = [shock for shock in draft.shocks if shock.start <= draft.now]
    for _ in range(turns):
        go_on(draft)
        yield draft
