"""What is put into a simulated wood and when: shocks, legends and rumors at turns, and the reference run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.telling.catalog import SOURCE, words_in
from bot.telling.notice import refused
from wood.hearsay import leaning
from wood.moves import CastLegend, CastRumor, Intervention, TellLegend
from wood.moves.rumor import check_words
from wood.names import CREATURES, GOODS, Creature, Good
from wood.refusal import Refusal
from wood.rules import Rules

REFERENCE_TURNS: Final = 15
"""Turns of the reference run: the first autumn."""
REFERENCE: Final[Mapping[int, str]] = MappingProxyType({5: "drought", 7: "run-on-oonas-hoard", 10: "early-winter"})
"""What is told in the reference run, by turn: a drought, a bank run, a scare."""
RUN_TURN: Final = 7
"""The reference run's turn in which honey is run on."""
MAX_TURNS: Final = 6_000
"""A hundred years: what one run may take, so that its records fit into memory."""


class ScenarioError(ValueError):
    """An option cannot be used; the message says what is wrong and lists what can be named."""


class Without(StrEnum):
    """What a twin does without: legends with plain shocks, rumors, or both."""

    LEGEND = "legend"
    RUMORS = "rumors"
    ALL = "all"

    def names(self, action: Intervention) -> bool:
        """Whether it is something of this kind."""
        return isinstance(action, _KINDS[self])


_KINDS: Final[Mapping[Without, tuple[type, ...]]] = {
    Without.LEGEND: (TellLegend, CastLegend),
    Without.RUMORS: (CastRumor,),
    Without.ALL: (TellLegend, CastLegend, CastRumor),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """How long a wood is played and what is put into it: interventions by the turn that takes them in, in order."""

    turns: int
    interventions: Mapping[int, tuple[Intervention, ...]]
    reference: bool = False

    def at(self, turn: int) -> tuple[Intervention, ...]:
        """What a turn takes in."""
        return self.interventions.get(turn, ())

    @property
    def told(self) -> tuple[str, ...]:
        """The legends and plain shocks told, by name, in order."""
        return tuple(each.legend for _, each in self._tellings())

    def first(self, what: "Without") -> int | None:
        """The first turn that takes in anything of a kind; None where none does."""
        return next((turn for turn in sorted(self.interventions) if any(map(what.names, self.at(turn)))), None)

    def without(self, what: "Without") -> "Scenario":
        """The same without anything of a kind."""
        kept = {
            turn: left
            for turn, actions in self.interventions.items()
            if (left := tuple(each for each in actions if not what.names(each)))
        }
        return Scenario(self.turns, kept)

    def beside(self, other: "Scenario") -> "Scenario":
        """The same with what another scenario of the same length puts in, in each turn before its own."""
        both = sorted({*self.interventions, *other.interventions})
        return replace(self, interventions={turn: (*other.at(turn), *self.at(turn)) for turn in both})

    def _tellings(self) -> list[tuple[int, TellLegend]]:
        return [
            (turn, each)
            for turn, actions in sorted(self.interventions.items())
            for each in actions
            if isinstance(each, TellLegend)
        ]


def reference(turns: int = REFERENCE_TURNS) -> Scenario:
    """The reference run, and more turns after it where more are asked for."""
    told = {turn: (TellLegend(slug),) for turn, slug in REFERENCE.items()}
    return Scenario(turns, told, reference=True)


def compose(
    rules: Rules,
    *,
    turns: int | None = None,
    shocks: Iterable[str] = (),
    legends: Iterable[str] = (),
    rumors: Iterable[str] = (),
    as_reference: bool = False,
) -> Scenario:
    """Read the options of a simulation.

    Args:
        rules: the content, for the names there are.
        turns: how many; None for as many as the reference run has.
        shocks: ``name@turn`` each, plain shocks.
        legends: ``name@turn`` each, legends.
        rumors: ``subject: words@turn`` each, about a good or a creature.
        as_reference: begin with the reference run.

    Raises:
        ScenarioError: one of them cannot be used.
    """
    length = REFERENCE_TURNS if turns is None else turns
    if not 1 <= length <= MAX_TURNS:
        raise ScenarioError(f"A run has from 1 to {MAX_TURNS:,} turns, not {length:,}.")
    if as_reference and length < REFERENCE_TURNS:
        raise ScenarioError(f"The reference run has {REFERENCE_TURNS} turns. Ask for as many or more, or leave it out.")
    timed: list[tuple[int, Intervention]] = [
        *((turn, TellLegend(slug)) for turn, slug in REFERENCE.items() if as_reference),
        *(_telling(text, rules, plain=True) for text in shocks),
        *(_telling(text, rules, plain=False) for text in legends),
        *(_rumor(text, rules) for text in rumors),
    ]
    for turn, _ in timed:
        if not 1 <= turn <= length:
            raise ScenarioError(f"Turn {turn:,} is outside of this run, which has turns 1 to {length:,}.")
    by_turn: dict[int, tuple[Intervention, ...]] = {}
    for turn, action in timed:
        by_turn[turn] = (*by_turn.get(turn, ()), action)
    return Scenario(length, dict(sorted(by_turn.items())), as_reference)


def _telling(text: str, rules: Rules, *, plain: bool) -> tuple[int, TellLegend]:
    kind, other = ("shock", "--legend") if plain else ("legend", "--shock")
    slug, turn = _timed(text, f"drought@5 for a {kind}" if plain else f"great-frost@16 for a {kind}")
    known = [name for name, legend in rules.legends.items() if legend.in_deck is not plain]
    if slug in known:
        return turn, TellLegend(slug)
    if slug in rules.legends:
        raise ScenarioError(f"{slug!r} is no {kind}: give it with {other}.")
    raise ScenarioError(f"There is no {kind} called {slug!r}. There are: {', '.join(known)}.")


def _rumor(text: str, rules: Rules) -> tuple[int, CastRumor]:
    line, turn = _timed(text, '"firewood: the frost comes early@10" for a rumor')
    name, colon, words = line.partition(":")
    if not colon:
        raise ScenarioError(f"{text!r} does not say what it is about. Write it like {_EXAMPLE}.")
    about = _subject(name.strip().lower())
    try:
        words = check_words(words)
    except Refusal as refusal:
        raise ScenarioError(refused(refusal).say(words_in(SOURCE))) from None
    return turn, CastRumor(None, about, words, leaning(rules.tongue, words))


_EXAMPLE: Final = '"firewood: the frost comes early@10"'


def _subject(name: str) -> Good | Creature:
    if name in GOODS:
        return Good(name)
    if name in CREATURES:
        return Creature(name)
    raise ScenarioError(
        f"There is no good or creature called {name!r}. Goods: {_listed(GOODS)}. Creatures: {_listed(CREATURES)}."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(str(name) for name in names)


def _timed(text: str, example: str) -> tuple[str, int]:
    """Split ``what@turn`` at its last ``@``."""
    what, at, turn = text.rpartition("@")
    if not at or not what.strip() or not (turn.isascii() and turn.isdigit() and len(turn) < 9):
        raise ScenarioError(f"{text!r} names no turn. Write it like {example}.")
    return what.strip(), int(turn)
