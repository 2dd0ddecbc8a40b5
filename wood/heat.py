"""Heat: what a patron's file holds, how hot its deeds make it, and how it cools."""

from dataclasses import replace
from typing import Final

from wood.draft import Draft
from wood.names import Act, Good
from wood.stakes import FILE_MOST, Entry
from wood.world import Patron

TALKED_TURNS: Final = 5
"""Turns in which a profit on a good follows close upon own words, or deeds, about it."""
WORDS: Final = frozenset({Act.RUMOR, Act.WHISPER, Act.LEGEND, Act.BRIBE, Act.CORNER, Act.FORESIGHT})
"""Deeds after which it is suspicious to profit on the same good."""


def record(
    draft: Draft,
    key: str,
    act: Act,
    *,
    good: Good | None = None,
    who: str = "",
    pebbles: int = 0,
    heat: int = 0,
) -> None:
    """Write a deed into a patron's file, and make the patron as much hotter.

    Args:
        draft: the open turn.
        key: whose file.
        act: what was done.
        good: about which good.
        who: to which creature, or patron (key).
        pebbles: what it brought, negative what it cost.
        heat: the heat that it gives.
    """
    patron = draft.patrons[key]
    entry = Entry(draft.now, act, good, who, pebbles, heat)
    heat = patron.heat + entry.heat
    file = (*patron.file, entry)[-FILE_MOST:]
    draft.patrons[key] = replace(patron, heat=heat, peak=max(patron.peak, heat), file=file)


def published(entry: Entry) -> dict[str, int | str | None]:
    """A deed as it is read out: in the evidence of a case, and in the saga."""
    return {
        "turn": entry.turn,
        "act": entry.act.value,
        "good": entry.good.value if entry.good else None,
        "who": entry.who,
        "pebbles": entry.pebbles,
        "heat": entry.heat,
    }


def words_on(patron: Patron, good: Good, since: int) -> tuple[Entry, ...]:
    """A patron's own words, and deeds, about a good since a turn, oldest first."""
    return tuple(entry for entry in patron.file if entry.turn >= since and entry.good is good and entry.act in WORDS)


def talked_of(draft: Draft, key: str, good: Good) -> bool:
    """Whether a patron has spoken of a good, or meddled with it, in the last turns."""
    return bool(words_on(draft.patrons[key], good, draft.now - TALKED_TURNS))


def cool_down(draft: Draft) -> None:
    """At the turn's end every patron is one cooler."""
    for key, patron in draft.patrons.items():
        if patron.heat:
            draft.patrons[key] = replace(patron, heat=patron.heat - 1)
