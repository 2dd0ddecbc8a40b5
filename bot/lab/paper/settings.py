"""What woods are played in: scenarios by name, so that a table can say which one a line is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.lab.lively import lively
from bot.lab.scenario import MAX_TURNS, Scenario, ScenarioError, compose
from wood.rules import Rules

PLAIN: Final = "plain"
REFERENCE: Final = "reference"
LIVELY: Final = "lively"


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario that every seed plays; picklable, and made anew for each seed since company is drawn by it.

    Attributes:
        name: as it was asked for: parts, joined by ``+``.
        turns: how many.
    """

    name: str
    turns: int

    def scenario(self, rules: Rules, seed: int) -> Scenario:
        """What is put into the wood of a seed.

        Raises:
            ScenarioError: the name means nothing.
        """
        parts = self.name.split("+")
        telling = [part for part in parts if part not in (PLAIN, REFERENCE, LIVELY)]
        rumors = [part for part in telling if ":" in part]
        shocks = [part for part in telling if part not in rumors and _is_shock(part, rules)]
        told = compose(
            rules,
            turns=self.turns,
            shocks=shocks,
            legends=[part for part in telling if part not in (*rumors, *shocks)],
            rumors=rumors,
            as_reference=REFERENCE in parts,
        )
        return told.beside(lively(rules, told.turns, seed)) if LIVELY in parts else told


def _is_shock(part: str, rules: Rules) -> bool:
    legend = rules.legends.get(part.rpartition("@")[0])
    return legend is not None and not legend.in_deck


def read_settings(names: Iterable[str], rules: Rules, turns: int | None = None) -> tuple[Setting, ...]:
    """Read the scenarios that were asked for, each once.

    Args:
        names: ``plain``, ``reference``, ``lively``, ``drought@5``, ``great-frost@16``, ``honey: it gets dear@3``, or
            several of them joined by ``+``; each may hold several, separated by commas.
        rules: the content, for the names there are.
        turns: of each; None for a year.

    Raises:
        ScenarioError: one of them cannot be used, or there are none.
    """
    found = []
    for text in dict.fromkeys(part for name in names for each in name.split(",") if (part := _tidy(each))):
        setting = Setting(text, rules.year if turns is None else turns)
        try:
            setting.scenario(rules, 0)
        except ScenarioError as error:
            if not 1 <= setting.turns <= MAX_TURNS:
                raise
            raise ScenarioError(
                f"The scenario {text!r} cannot be played. {error} Scenarios are {PLAIN}, {REFERENCE}, {LIVELY}, a "
                f"legend or a shock such as drought@5, a rumor such as 'honey: it gets dear@3', or some joined by +."
            ) from None
        found.append(setting)
    if not found:
        raise ScenarioError(f"Name at least one scenario, such as {PLAIN} or {REFERENCE}.")
    return tuple(found)


def _tidy(text: str) -> str:
    """A name with single blanks, none of them around its parts, and no part that is empty."""
    return "+".join(part for each in text.split("+") if (part := " ".join(each.split())))
