"""Moods: what a day deserved, and how moods move toward it."""

from typing import Final

from wood.belief import regard
from wood.draft import Draft
from wood.names import CENTS, CREATURES, Creature

FLOOR: Final = 1000
MOST: Final = 10_000
SHARE: Final = 2
"""A mood moves this part of the way toward what the day deserved."""
MEALS: Final = (1500, 4000, 7200, 9900)
"""What a day deserves by the different foods that were eaten, in hundredths of a point."""
COLD: Final = 2400
LOG: Final = 1200
"""What a cold hearth takes, and each log that it missed."""
SPOILED: Final = 150
UNSOLD: Final = 100
MISFORTUNE: Final = 500
"""What a unit that rotted takes, one that found no buyer, and both at most."""
PRIDE: Final = 500
"""What a high price of its own good gives at most, and a low one takes."""
REGARD: Final = 20
"""What each point of the others' belief in it gives or takes."""


def lift(draft: Draft) -> None:
    """Move moods half of the way toward what the day deserved, never under the floor."""
    for creature in CREATURES:
        before = draft.moods[creature]
        draft.moods[creature] = min(MOST, max(FLOOR, before + (deserved(draft, creature) - before) // SHARE))


def deserved(draft: Draft, creature: Creature) -> int:
    """What a day deserved: its meal and its fire, its luck at the market, and what the others say of it."""
    lately = draft.lately[creature]
    mood = MEALS[lately.kinds]
    if lately.cold:
        mood -= COLD + LOG * lately.cold
    mood -= min(MISFORTUNE, SPOILED * sum(lately.spoiled.values()) + UNSOLD * lately.unsold)
    makes = draft.rules.creatures[creature].makes
    fortune = CENTS * draft.references[makes] // draft.usual[makes] - CENTS
    return mood + max(-PRIDE, min(PRIDE, PRIDE * fortune // 50)) + REGARD * regard(draft, creature)
