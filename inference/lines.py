"""Gossip fit for a board: which line of a reply is said aloud, and why another is not.

Small models repeat: the prompt's example, what they were told, what they said a turn ago. A line that says nothing new
is silence, so that what goes round fades as it would among creatures who listen; a loop of creatures who echo each
other dies out. All of it follows from the view and the line alone, whoever the mind is.

Two lines are alike when the sets of their words are (the index of Jaccard, Bulletin de la Société Vaudoise des
Sciences Naturelles 37, 1901: common words over all words), both name the same goods, creatures and figures, and both
point their subject the same way; case, marks and the order of words make no difference. So a price that moved on, or
the same said of another, is news.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from inference.codes import Silenced
from inference.examples import example_of
from inference.parse import Reading
from inference.prompt import taught
from inference.schema import GOSSIP, AnswerForm, AnsweringForm
from wood.hearsay import leaning, subject, words_of
from wood.observe import View
from wood.tongue import Tongue

STORED: Final = ("offers", "offer", "side", "price")
"""Keys that replies had in earlier forms, which models write still."""
ALIKE: Final = 0.75
"""Index of Jaccard from which two lines say the same."""
PHRASE: Final = 6
"""Words in a row that nobody says by chance just as the prompt does."""
WHOLE: Final = 3
"""Words of a line from which it counts as taken from the prompt when all of it stands there in a row."""
LONG: Final = 8
"""Words from which a line is looked at for running in a loop."""
VARIED: Final = 0.58
"""Share of different words below which it does; of the lines that people wrote for the game none is below 0.6."""

_KEYS: Final = "|".join(sorted({*AnsweringForm.model_fields, *AnswerForm.model_fields, *STORED}))
_FRAGMENT: Final = re.compile(
    rf"""[{{}}\[\]"]|\b(?:json|qty)\b|\b(?:{_KEYS})\s*[:=]"""
    r"|\baccept[\s:=']{1,3}(?:true|false)\b|\b(?:buy|sell) \d+ at \d+\b",
    re.IGNORECASE,
)
"""What belongs into a reply's other fields, or around them."""
_TURN: Final = re.compile(
    r"\bhave \d+(?: of \d+)?, worth \d+|\byou (?:have \d+ pebbles|lack now|can spare)\b|\bmood \d+ of \d+|\(hearsay\)"
    r"|\blast turn's trades\b|\byour reply\b",
    re.IGNORECASE,
)
"""How the prompt tells a turn, which may hold what others must not know, such as a purse."""
_FIGURE: Final = re.compile(r"\d+")


def fit(reading: Reading, view: View) -> Reading:
    """Cut the gossip of a reading to whole words, and silence it where it is not fit for a board.

    Args:
        reading: a reply as it was read.
        view: what its creature knows.

    Returns:
        The reading, with a code of :class:`inference.codes.Silenced` among its drops where the line is not said.
    """
    decision = reading.decision
    if decision is None or not decision.gossip:
        return reading
    line = whole(decision.gossip, spaced=view.tongue.spaced)
    shown = example_of(view)
    why = silenced(view, line, shown=taught(view), example=(shown.thought, shown.gossip))
    if why is not None:
        return replace(reading, decision=replace(decision, gossip=""), drops=(*reading.drops, why.value))
    return reading if line == decision.gossip else replace(reading, decision=replace(decision, gossip=line))


def whole(line: str, bound: int = GOSSIP, *, spaced: bool = True) -> str:
    """The line without the word in which the schema's bound cut it off; "" where there is no other word.

    Where blanks do not set words apart, it may be cut after any letter.
    """
    if spaced and len(line) >= bound and unicodedata.category(line[-1])[0] in "LMN":
        line = line.rpartition(" ")[0]
    return line.rstrip(" ,;:-")


def silenced(view: View, line: str, *, shown: str = "", example: Sequence[str] = ()) -> Silenced | None:
    """Why a line is not said; None for one that is.

    Args:
        view: what its speaker knows.
        line: what it would say.
        shown: what the prompt tells every turn: the rules and the creature.
        example: the texts of the prompt's example.
    """
    tongue = view.tongue
    if _FRAGMENT.search(line):
        return Silenced.FRAGMENT
    if not _worded(line, tongue.letters):
        return Silenced.WORDLESS
    if tongue.spaced and _stutters(line):
        return Silenced.STUTTER
    if any(alike(tongue, line, text) for text in example):
        return Silenced.EXAMPLE
    if _TURN.search(line) or (shown and stands_in(shown, line)):
        return Silenced.PROMPT
    if any(alike(tongue, line, said.text) for said in view.aired if said.speaker is view.creature):
        return Silenced.OWN
    if any(alike(tongue, line, heard.text) for heard in view.heard):
        return Silenced.HEARD
    if any(alike(tongue, line, said.text) for said in view.aired):
        return Silenced.ROUND
    return None


def alike(tongue: Tongue, line: str, other: str) -> bool:
    """Whether two lines say the same but for a word here or there."""
    words, others = _words(line, spaced=tongue.spaced), _words(other, spaced=tongue.spaced)
    common = len(words & others)
    if not common or common < ALIKE * (len(words) + len(others) - common):
        return False
    if _FIGURE.findall(line) != _FIGURE.findall(other):
        return False
    about, named = subject(tongue, line), tongue.subjects
    if about is not subject(tongue, other) or leaning(tongue, line, about) != leaning(tongue, other, about):
        return False
    return {named[word] for word in words if word in named} == {named[word] for word in others if word in named}


@lru_cache(maxsize=2048)
def _words(line: str, *, spaced: bool) -> frozenset[str]:
    """The words of a line; where blanks do not set them apart, its letters."""
    words = words_of(line)
    return frozenset(words) if spaced else frozenset("".join(words))


def _worded(line: str, letters: str) -> bool:
    """Whether a line has a word: different letters in a row, all of them of the tongue's."""
    known = _known(letters)
    return any(len(set(word)) > 1 and known.fullmatch(word) for word in words_of(line))


def _stutters(line: str) -> bool:
    words = words_of(line)
    return len(words) >= LONG and len(set(words)) < VARIED * len(words)


@lru_cache(maxsize=16)
def _known(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]+", re.IGNORECASE)


def stands_in(shown: str, line: str) -> bool:
    """Whether a line of some words is a stretch of the text ``shown``, or has a long stretch of it in it."""
    words, text = words_of(line), _running(shown)
    if len(words) < WHOLE:
        return False
    size = min(len(words), PHRASE)
    return any(f" {' '.join(words[at : at + size])} " in text for at in range(len(words) - size + 1))


@lru_cache(maxsize=64)
def _running(text: str) -> str:
    return f" {' '.join(words_of(text))} "
