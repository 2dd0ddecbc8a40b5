"""Questions that mixes cannot answer: the same seeds, once with something and once without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.lab.liveliness import Row
from bot.lab.patrons.intervals import Mean, differences, mean_of
from bot.lab.patrons.play import Lived, Seat
from bot.lab.patrons.quiet import idle
from bot.lab.patrons.together import colluder
from bot.lab.patrons.traders import momentum, rumor_and_short
from wood.moves.joining import JOIN_PEBBLES

ARMS: Final[Mapping[str, tuple[Seat, ...]]] = MappingProxyType(
    {
        "momentum": (Seat("momentum", momentum),),
        "rumor-and-short": (Seat("rumor-and-short", rumor_and_short),),
        "two apart": (Seat("first", rumor_and_short), Seat("second", rumor_and_short)),
        "two together": (Seat("first", colluder, "two"), Seat("second", colluder, "two")),
        "idle": (Seat("idle", idle),),
    }
)
"""Tables that are played on the same seeds, by name; what is asked is asked of the first seat, or of all."""

Found = Mapping[str, Sequence[Sequence[Lived]]]
"""What each table showed: a year a seed, a patron a seat."""

TOGETHER_MOST: Final = 33
"""Per cent that two who collude may gain over playing alone."""
MOST_ENDS: Final = 0.5
"""Share of years that is most of them."""
DANGER: Final = 0.2
"""Share of years with a conviction from which a way to play is dangerous."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked of some tables.

    Attributes:
        measure: what is measured.
        target: what is asked.
        arms: the tables that it takes.
        answer: makes a figure, whether it is enough, and words of them.
    """

    measure: str
    target: str
    arms: tuple[str, ...]
    answer: Callable[[Found], tuple[float, bool, str]]

    def row(self, found: Found) -> Row:
        """The line of the table."""
        value, met, words = self.answer(found)
        return Row(self.measure, self.target, value, met, words)


def purses(years: Sequence[Sequence[Lived]]) -> dict[int, float]:
    """Pebbles of the first seat at the year's end, by seed."""
    return {year[0].seed: float(year[0].purse) for year in years}


def together(years: Sequence[Sequence[Lived]]) -> dict[int, float]:
    """Pebbles of all seats, by seed."""
    return {year[0].seed: float(sum(one.purse for one in year)) for year in years}


def convicted(years: Sequence[Sequence[Lived]]) -> float:
    """Share of years in which the first seat was convicted."""
    return sum(year[0].convicted for year in years) / len(years)


def gain(years: Sequence[Sequence[Lived]]) -> Mean:
    """What the first seat made of its first purse in a year."""
    return mean_of((seed, purse - JOIN_PEBBLES) for seed, purse in purses(years).items())


def shown(mean: Mean) -> str:
    """A mean with its interval, in pebbles."""
    return f"{mean.value:+.0f} ({mean.low:+.0f} to {mean.high:+.0f})"


def _worth_trying(found: Found) -> tuple[float, bool, str]:
    made = gain(found["rumor-and-short"])
    beside = mean_of(differences(purses(found["rumor-and-short"]), purses(found["momentum"])))
    return made.value, made.value > 0, f"{shown(made)}; beside momentum {shown(beside)}"


def _dangerous(found: Found) -> tuple[float, bool, str]:
    share = convicted(found["rumor-and-short"])
    quiet = convicted(found["momentum"])
    return share, share >= DANGER, f"{100 * share:.0f} % (momentum {100 * quiet:.0f} %)"


def _collusion(found: Found) -> tuple[float, bool, str]:
    apart, both = together(found["two apart"]), together(found["two together"])
    more = sum(both.values()) * 100 / sum(apart.values()) - 100
    each = [sum(purses_.values()) / len(purses_) for purses_ in (apart, both)]
    return more, more < TOGETHER_MOST, f"{more:+.0f} % (both purses {each[0]:.0f} apart, {each[1]:.0f} together)"


QUESTIONS: Final = (
    Question("rumor and short, worth trying", "gains in the mean", ("rumor-and-short", "momentum"), _worth_trying),
    Question(
        "rumor and short, dangerous",
        f"a conviction in {100 * DANGER:.0f} % of years",
        ("rumor-and-short", "momentum"),
        _dangerous,
    ),
    Question(
        "two who collude", f"under {TOGETHER_MOST} % over playing apart", ("two apart", "two together"), _collusion
    ),
)
