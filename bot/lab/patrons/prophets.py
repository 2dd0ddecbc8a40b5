"""A patron who speaks seldom and means it."""

from bot.lab.patrons.plays import say
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.traders import foreseen
from wood.chronicle import EventKind
from wood.moves import Intervention


def prophet(sight: Sight) -> tuple[Intervention, ...]:
    """Claim what signs and histories say, once each."""
    said = {
        ((told.event.data or {})["about"], (told.event.data or {})["leaning"])
        for told in sight.heard(EventKind.RUMOR, 5)
        if told.event.subject == sight.key
    }
    known = [each for each in dict(foreseen(sight)).items() if each not in said]
    return tuple(say(sight, good, leaning) for good, leaning in known[: sight.me.breath])
