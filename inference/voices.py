"""What the creatures say when instinct speaks for them: a few lines each, in a voice of its own.

``{good}`` is the good that is talked about; ``{are}``, ``{they}`` and the like agree with it, see :func:`phrase`. Lines
about a rise or a fall carry a word that says so, since hearsay is read by its words (see
:func:`wood.hearsay.leaning`).
"""

import re
from dataclasses import dataclass
from typing import Final

from wood.names import Creature, Good


@dataclass(frozen=True, slots=True)
class Voice:
    """Lines for a price that rises, for one that falls, and for a quiet day."""

    dearer: tuple[str, ...]
    cheaper: tuple[str, ...]
    quiet: tuple[str, ...]


_ONE: Final = {"are": "is", "have": "has", "s": "s", "they": "it", "them": "it", "these": "this", "many": "much"}
_SEVERAL: Final = {
    "are": "are",
    "have": "have",
    "s": "",
    "they": "they",
    "them": "them",
    "these": "these",
    "many": "many",
}
_COUNTED: Final = {Good.ACORNS, Good.BERRIES, Good.MUSHROOMS}


def phrase(line: str, good: Good) -> str:
    """Say a line about a good, in the number that the good's name has, with a capital at the start of sentences."""
    words = _SEVERAL if good in _COUNTED else _ONE
    said = line.format(good=good, They=words["they"].capitalize(), **words)
    said = re.sub(r"[.!?] [a-z]", lambda match: match[0].upper(), said)
    return said[0].upper() + said[1:]


VOICES: Final = {
    Creature.OONA: Voice(
        dearer=(
            "Count what {good} you have; {they} will be dearer by tomorrow.",
            "{good} grow{s} scarce. I said so in good time, as I always do.",
            "They laugh at a full vault until {good} {are} short.",
        ),
        cheaper=(
            "Nobody thrifty pays today's price for {good}; {they} {are} falling.",
            "All {these} {good} and nobody to take {them}. A glut, I call it.",
            "I have seen {good} drop before, and I kept my pebbles then, too.",
        ),
        quiet=(
            "A quiet day. I counted everything twice.",
            "Pebbles sleep best under an owl.",
            "Thrift is a good coat, and it fits everybody.",
            "Somebody has been looking at my shelves.",
        ),
    ),
    Creature.BRAMBLE: Voice(
        dearer=(
            "No time, no time! {good} {are} up again and will rise yet.",
            "Short of {good}? So is everybody. Hurry!",
            "I ran all the way round for {good}: scarce, scarce, scarce.",
        ),
        cheaper=(
            "{good} {are} cheap today. I would not carry {them} home for less.",
            "They sell {good} at every stump now; {they} can only fall.",
            "Too {many} {good} about. Even I cannot stack that glut.",
        ),
        quiet=(
            "Somebody has to swing the axe, and it is always me.",
            "Three trees before breakfast, and no thanks from anybody.",
            "Listen to that wind. I like it in my trade.",
            "A dull market. I shall sharpen something.",
        ),
    ),
    Creature.FENN: Voice(
        dearer=(
            "Between us: {good} will rise. I have some already, of course.",
            "There is a story going round about {good}, and the story says dearer.",
            "Watch {good} climb. Then watch me leave early.",
        ),
        cheaper=(
            "The story about {good} is told out. {They} {are} falling, friend.",
            "I was out of {good} yesterday. Sell while somebody still listens.",
            "{good}? A pretty bubble. I would stand back a little.",
        ),
        quiet=(
            "No story worth a pebble today. I am asking everybody.",
            "Follow the whisper, leave at the shout. That is all I know.",
            "Fine mushrooms, hardly a bite out of them.",
            "It is too quiet. Somebody knows something.",
        ),
    ),
    Creature.MOSSBACK: Voice(
        dearer=(
            "{good} {are} dearer. {They} {have} been dearer before. I have seen it.",
            "I do not hold with hurry, but {good} {are} short this year.",
            "My knees say frost, and {good} {are} scarce. I go by my knees.",
        ),
        cheaper=(
            "{good} {are} falling. Everything falls that was carried too high.",
            "They were mad for {good} once. Now {they} {are} cheap, and so it goes.",
            "A glut of {good}. Wait. It passes, like weather.",
        ),
        quiet=(
            "Slowly. The acorns are not running away.",
            "I walked to market. It was still there.",
            "A hundred autumns, and no two cost the same.",
            "I believe what I can sit on.",
        ),
    ),
    Creature.PIP: Voice(
        dearer=(
            "Oh dear, oh dear, {good} {are} nearly gone and we shall all be short!",
            "Did you see what they ask for {good}? {They} will rise and rise!",
            "Take some {good} while there {are} any; {they} {are} so scarce.",
        ),
        cheaper=(
            "Falling, {good} {are} falling, I can hardly look!",
            "Please sell your {good} while somebody takes {them}, that is what I do.",
            "So {many} {good}, and cheaper every hour. Is it always like this?",
        ),
        quiet=(
            "Nothing has happened yet. I do not like it.",
            "I kept a berry for you, if you want it.",
            "Is that smoke? No. But it might have been.",
            "A good supper and three friends: I counted.",
        ),
    ),
}
