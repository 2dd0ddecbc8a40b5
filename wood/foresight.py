"""Foresight: the true glimpses that a patron holds, and what they are good for until they come about."""

from dataclasses import replace
from typing import Final

from wood.draft import Draft
from wood.names import Good
from wood.stakes import Tip
from wood.world import Patron

SOON: Final = 5
"""Turns within which a tip must come about to back words: as many as a claim has to come true."""


def backed(patron: Patron, good: Good, leaning: int, now: int) -> bool:
    """Whether a patron who says in the turn ``now`` that a good will go that way knows it from a tip of its own."""
    return any(
        tip.good is good and tip.leaning == leaning and tip.turn <= now <= tip.due <= now + SOON
        for tip in patron.tips
        if tip.leaning
    )


def outlive(draft: Draft) -> None:
    """At the turn's end: drop the tips that came about, once time has judged the last words that they backed."""
    for key, patron in draft.patrons.items():
        if patron.tips:
            draft.patrons[key] = replace(patron, tips=tuple(tip for tip in patron.tips if _lasts(tip, draft.now)))


def _lasts(tip: Tip, now: int) -> bool:
    return tip.due > now - SOON if tip.good is not None else tip.due > now
