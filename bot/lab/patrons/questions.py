"""Questions that mixes cannot answer: the same seeds, once with something and once without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.lab.liveliness import Row
from bot.lab.patrons.agents import cornered_for, cornerer, cornerer_for
from bot.lab.patrons.dealers import benefactor
from bot.lab.patrons.insiders import bold, insider, misled
from bot.lab.patrons.intervals import Mean, differences, mean_of
from bot.lab.patrons.play import Lived, Seat
from bot.lab.patrons.plays import Strategy
from bot.lab.patrons.quiet import lender
from bot.lab.patrons.together import collector, colluder, spoken_for, spokesman, storyteller, told_for
from bot.lab.patrons.traders import momentum, reckless, rumor_and_short, teller
from wood.moves.joining import JOIN_PEBBLES
from wood.names import Act


def _fed(name: str, main: Strategy, feeder: Strategy) -> tuple[Seat, ...]:
    """One person behind five patrons, four of whom help the first."""
    return (Seat(name, main, name), *(Seat(f"{name}, helper", feeder, name, ranked=False) for _ in range(FEEDERS)))


FEEDERS: Final = 4
ARMS: Final[Mapping[str, tuple[Seat, ...]]] = MappingProxyType(
    {
        "momentum": (Seat("momentum", momentum),),
        "rumor-and-short": (Seat("rumor-and-short", rumor_and_short),),
        "reckless": (Seat("reckless", reckless),),
        "true tips": (Seat("true tips", insider),),
        "false tips": (Seat("false tips", misled),),
        "not cooled off": (Seat("not cooled off", bold),),
        "two apart": (Seat("first", rumor_and_short), Seat("second", rumor_and_short)),
        "two together": (Seat("first", colluder, "two"), Seat("second", colluder, "two")),
        "teller": (Seat("teller", teller),),
        "among strangers": (
            Seat("momentum", momentum),
            *(Seat("stranger", reckless, ranked=False) for _ in range(FEEDERS)),
        ),
        "fed by words": _fed("words", spoken_for, spokesman),
        "fed by legends": _fed("legends", told_for, storyteller),
        "lender": (Seat("lender", lender),),
        "cornerer": (Seat("cornerer", cornerer),),
        "fed by bounties": _fed("bounties", collector, reckless),
        "fed by bribes": _fed("bribes", lender, benefactor),
        "fed by corners": _fed("corners", cornered_for, cornerer_for),
    }
)
"""Tables that are played on the same seeds, by name; what is asked is asked of the first seat, or of all."""

FED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fed by words": "rumor-and-short",
        "fed by legends": "teller",
        "fed by bounties": "among strangers",
        "fed by bribes": "lender",
        "fed by corners": "cornerer",
    }
)
"""Ways to feed one patron, and the table in which that one does the same alone."""

Found = Mapping[str, Sequence[Sequence[Lived]]]
"""What each table showed: a year a seed, a patron a seat."""

TOGETHER_MOST: Final = 33
"""Per cent that two who collude may gain over playing alone."""
FED_MOST: Final = 10
"""Pebbles that one of five may have more than alone and still have gained nothing: a tenth of a purse."""
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
    others = ", ".join(f"{name} {100 * convicted(found[name]):.0f} %" for name in ("reckless", "momentum"))
    made = shown(gain(found["reckless"]))
    return share, share >= DANGER, f"{100 * share:.0f} % ({others}; reckless made {made})"


def _collusion(found: Found) -> tuple[float, bool, str]:
    apart, both = together(found["two apart"]), together(found["two together"])
    more = sum(both.values()) * 100 / sum(apart.values()) - 100
    each = [sum(purses_.values()) / len(purses_) for purses_ in (apart, both)]
    return more, more < TOGETHER_MOST, f"{more:+.0f} % (both purses {each[0]:.0f} apart, {each[1]:.0f} together)"


def _tips(found: Found) -> tuple[float, bool, str]:
    true, false = found["true tips"], found["false tips"]
    more = mean_of(differences(purses(true), purses(false)))
    return more.value, more.low > 0, f"{shown(more)} more; made {shown(gain(true))}, by false ones {shown(gain(false))}"


def _caught(found: Found) -> tuple[float, bool, str]:
    """Of the years in which an insider made a suspicious profit, those that ended with a conviction."""
    hot, cool = found["not cooled off"], found["true tips"]
    share, years = caught(hot)
    words = f"{100 * share:.0f} % of {years}, made {shown(gain(hot))}"
    return share, share > MOST_ENDS, f"{words}; cooled off {100 * convicted(cool):.0f} % of all {len(cool)} years"


def caught(years: Sequence[Sequence[Lived]]) -> tuple[float, int]:
    """Share of the years with a suspicious profit in which the first seat was convicted, and how many those are."""
    profited = [year[0] for year in years if year[0].brought[Act.PROFIT.value] > 0]
    return sum(one.convicted for one in profited) / max(1, len(profited)), len(profited)


def _fed_by(fed: str) -> Callable[[Found], tuple[float, bool, str]]:
    """What the first of five has more than one who does the same alone."""

    def answer(found: Found) -> tuple[float, bool, str]:
        alone = FED[fed]
        more = mean_of(differences(purses(found[fed]), purses(found[alone])))
        lost = [JOIN_PEBBLES - one.purse for year in found[fed] for one in year[1:]]
        words = f"{shown(more)} beside {alone}; it has {sum(purses(found[fed]).values()) / len(found[fed]):.0f}"
        return more.value, more.value <= FED_MOST, f"{words}, each helper lost {sum(lost) / len(lost):.0f}"

    return answer


QUESTIONS: Final = (
    Question("true tips against false", "the interval lies above zero", ("true tips", "false tips"), _tips),
    Question(
        "an insider who does not cool off",
        "convicted in most years with a suspicious profit",
        ("not cooled off", "true tips"),
        _caught,
    ),
    Question("rumor and short, worth trying", "gains in the mean", ("rumor-and-short", "momentum"), _worth_trying),
    Question(
        "rumor and short, dangerous",
        f"a conviction in {100 * DANGER:.0f} % of years",
        ("rumor-and-short", "reckless", "momentum"),
        _dangerous,
    ),
    Question(
        "two who collude", f"under {TOGETHER_MOST} % over playing apart", ("two apart", "two together"), _collusion
    ),
    *(
        Question(f"one of five, {fed}", f"at most {FED_MOST} pebbles more than alone", (fed, alone), _fed_by(fed))
        for fed, alone in FED.items()
    ),
)
