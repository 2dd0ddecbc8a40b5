"""How words travel: what a line says, who hears it, and how it fades."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wood.chance import below, draw
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.names import CREATURES, Creature, Good
from wood.rules import Rules
from wood.tongue import Tongue
from wood.world import Hearsay

FADE_PERCENT: Final = 60
FAINTEST: Final = 25
LINES_MOST: Final = 16
PATRON_STRENGTH: Final = 90
"""Strength of a patron's own words; only news is stronger."""
START_TRUST: Final = 50
TRAVELLER_TRUST: Final = 45
NEWS_TRUST: Final = 75
SIGN: Final = "sign-"
"""What stands before the place of a sign in the key of news."""

_ASCII_WORDS: Final = re.compile(r"[a-z]+")


def fold(text: str) -> str:
    """The same text without the differences that say nothing: capitals, and forms kept for compatibility alone."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a line in any script that sets them apart: runs of letters and their marks, folded.

    Remembered, since every line is read for its subject and for its leaning, and many are said again.
    """
    folded = fold(text)
    if folded.isascii():
        return tuple(_ASCII_WORDS.findall(folded))
    # Python's \w has no combining marks, without which words of Indic and other scripts would fall into pieces.
    return tuple("".join(c if unicodedata.category(c)[0] in "LM" else " " for c in folded).split())


@lru_cache(maxsize=64)
def _finder(vocabulary: frozenset[str]) -> re.Pattern[str]:
    """What finds the words of a vocabulary wherever they stand, of two at one place the longer."""
    longest_first = sorted(vocabulary, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _found(vocabulary: frozenset[str], text: str) -> tuple[str, ...]:
    return tuple(_finder(vocabulary).findall(fold(text)))


DENIED_MOST: Final = 3
"""How near behind a denial a word stands that it turns around: "not at all honest"."""


def leaning(tongue: Tongue, text: str, about: Good | Creature | None = None) -> int:
    """Which way a line points: 1 dearer, or well of a creature; -1 cheaper, or ill of it; 0 neither or both alike.

    A bag-of-words reading in one language; a patron's own choice, where given, goes before it.

    Args:
        tongue: the language.
        text: the line.
        about: its subject. Only of a creature is it asked whether the words speak well or ill; else they are about a
            price.
    """
    if isinstance(about, Creature):
        return _regard(tongue, text)
    score = 0
    dearer, cheaper = tongue.dearer, tongue.cheaper
    words = words_of(text) if tongue.spaced else _found(dearer | cheaper, text)
    for word in words:
        score += (word in dearer) - (word in cheaper)
    return (score > 0) - (score < 0)


def _regard(tongue: Tongue, text: str) -> int:
    """Whether a line speaks well (1) or ill (-1) of somebody."""
    praise, blame = tongue.praise, tongue.blame
    words = words_of(text) if tongue.spaced else _found(praise | blame, text)
    score = denied = 0
    for word in words:
        if word in tongue.denials:
            denied = DENIED_MOST
            continue
        sense = (word in praise) - (word in blame)
        score += -sense if denied else sense
        denied = 0 if sense else max(0, denied - 1)
    return (score > 0) - (score < 0)


def subject(tongue: Tongue, text: str) -> Good | Creature | None:
    """The first good or creature that a line names, if any."""
    subjects = tongue.subjects
    words = words_of(text) if tongue.spaced else _found(frozenset(subjects), text)
    for word in words:
        if word in subjects:
            return subjects[word]
    return None


def say(draft: Draft, creature: Creature, text: str) -> Hearsay | None:
    """Put a creature's gossip in the air; each other creature hears it with the odds of its trust.

    Halves of surrogate pairs, which JSON can carry and UTF-8 cannot, are left out.
    """
    text = text.encode("utf-8", "ignore").decode()
    if not text:
        return None
    about = subject(draft.rules.tongue, text)
    points = leaning(draft.rules.tongue, text, about)
    hearers = tuple(
        other
        for other in CREATURES
        if other is not creature
        and below(100, draft.dice, draft.now, "gossip", creature, other) < draft.trust[other][creature]
    )
    draft.tell(EventKind.GOSSIP, creature, text=text, about=about, leaning=points)
    line = Hearsay(creature, creature, "gossip", text, about, points, 70, 0, hearers)
    draft.said.append(line)
    return line


def travel(draft: Draft, carried: list[Hearsay]) -> list[Hearsay]:
    """Pass on what was heard a turn ago: one hearer retells each line, fainter, to those who trust the teller.

    News is not retold, and nobody tells a line back to those who told or heard it. A whisper that is passed on has
    lost its origin, and is gossip like any other.
    """
    retold = []
    for line in carried:
        faded = line.strength * FADE_PERCENT // 100
        if line.kind == "news" or faded < FAINTEST or not line.hearers:
            continue
        knows = {*line.hearers, line.speaker, line.origin}
        others = [who for who in CREATURES if who not in knows]
        if not others:
            continue
        key = (line.text, line.speaker)
        teller = line.hearers[0]
        if len(line.hearers) > 1:
            teller = min(line.hearers, key=lambda who: (draw(draft.dice, draft.now, "teller", who, *key), who))
        hearers = tuple(
            who for who in others if below(100, draft.dice, draft.now, "retold", who, *key) < draft.trust[who][teller]
        )
        if hearers:
            kind, origin = ("gossip", "") if line.kind == "whisper" else (line.kind, line.origin)
            text, about, points = line.text, line.about, line.leaning
            retold.append(Hearsay(teller, origin, kind, text, about, points, faded, line.hops + 1, hearers))
    return retold


def word(draft: Draft) -> None:
    """Bring the turn's lines to their hearers: what was said since, and what is retold of what was heard.

    The strongest come first; which of equally strong ones does is drawn, so that it is not who spoke first. What fades
    may be crowded out; news, and what a patron put in this turn, never is.
    """
    lines = [line for line in (*draft.said, *travel(draft, draft.hearsay)) if line.hearers]
    rules = draft.rules
    lines.sort(
        key=lambda line: (-line.strength, draw(draft.dice, draft.now, "line", line.speaker, spoken(rules, line)))
    )
    kept = sum(line.strength >= PATRON_STRENGTH for line in lines)
    draft.hearsay = lines[: max(LINES_MOST, kept)]
    draft.said = []


def spoken(rules: Rules, line: Hearsay) -> str:
    """The words of a line: a speaker's own, or of news what the wood's content says under its key.

    News of a world that was stored before there were keys holds its words itself.
    """
    if line.kind != "news":
        return line.text
    slug, _, index = line.text.rpartition("/")
    legend = rules.legends.get(slug)
    if legend is None:
        return line.text
    said = legend.signs if index.startswith(SIGN) else [shock.text for shock in legend.shocks]
    at = index.removeprefix(SIGN)
    return said[int(at)] if at.isdecimal() and int(at) < len(said) else line.text


def trust_in(trust: Mapping[str, int], speaker: str, kind: str = "") -> int:
    """How far a hearer with this ``trust`` row trusts a speaker, 0-100.

    News without an author is taken as fact by most; any other line without one is a passing traveller's.
    """
    if speaker:
        return trust.get(speaker, START_TRUST)
    return NEWS_TRUST if kind == "news" else TRAVELLER_TRUST


def feel(draft: Draft, whose: Creature, toward: str, change: int) -> None:
    """Move a creature's feeling toward somebody, within -20 and 20."""
    draft.feeling(whose, toward, min(20, max(-20, draft.feelings[whose].get(toward, 0) + change)))


def cool(draft: Draft, every: int = 5) -> None:
    """Let every feeling cool by one toward zero, every few turns."""
    if draft.now % every:
        return
    for whose, row in draft.feelings.items():
        cooled = {toward: feeling - (feeling > 0) + (feeling < 0) for toward, feeling in row.items()}
        draft.feelings[whose] = {toward: feeling for toward, feeling in cooled.items() if feeling}
