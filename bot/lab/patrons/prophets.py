"""A patron who speaks seldom and means it."""

from dataclasses import replace
from typing import Final

from bot.lab.patrons.plays import CASH, say
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.traders import foreseen
from wood.chronicle import EventKind
from wood.moves import Intervention
from wood.prophecy import JUDGED_AFTER

STAKE: Final = 15
"""Pebbles on a claim."""


def prophet(sight: Sight) -> tuple[Intervention, ...]:
    """Claim what signs and histories say, once each, and stake pebbles on it."""
    said = {
        ((told.event.data or {})["about"], (told.event.data or {})["leaning"])
        for told in sight.heard(EventKind.RUMOR, 5)
        if told.event.subject == sight.key
    }
    known = [each for each in dict(foreseen(sight)).items() if each not in said]
    staked = STAKE if sight.purse >= CASH + STAKE * len(known) and sight.left > JUDGED_AFTER + 1 else 0
    return tuple(replace(say(sight, good, leaning), stake=staked) for good, leaning in known[: sight.me.breath])
