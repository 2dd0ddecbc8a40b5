"""Belief: what a claim that is heard makes of its hearers, whatever their minds are.

A claim gives each hearer a belief about its good or creature. It is the product of the speaker's weight and what the
hearer thinks of the speaker, of the hearer's temper, of how new the claim is to it, and of how well it fits what its
own eyes see; it fades by a quarter a turn. What a belief does is found where it is done: in the household (whole units
that are wanted or withheld, and what they are worth), in drift (talk), and in the market (who is served first).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from wood.chance import below
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.foresight import backed
from wood.hearsay import feel, trust_in
from wood.memory import Deed, Memory, remembered
from wood.names import CREATURES, GOODS, Creature, Good
from wood.world import Echo, Hearsay, World

MOST: Final = 100
WEIGHTS: Final[Mapping[str, int]] = {"rumor": 85, "whisper": 170, "gossip": 14, "news": 40}
"""What a line of each kind weighs, per cent."""
QUARTERS: Final[Mapping[str, int]] = {"rumor": 4, "whisper": 4, "gossip": 1, "news": 2}
"""By how many quarters of a rumor a line of each kind makes its claim staler."""
TIPPED: Final = 125
"""Per cent that a whisper weighs which its patron knows to be true from a tip of its own."""
FRESH: Final = (100, 84, 71, 59)
"""Per cent that a claim still weighs after so many quarters of a rumor; four of them halve it."""
STALE_FOR: Final = 10
"""Turns without a claim after which it is as good as new."""
FADING: Final = 4
"""A belief loses this part of itself every turn."""
UNIT: Final = 50
"""Points of belief for one unit more, or fewer."""
SEEN_PERCENT: Final = 3
"""A move of the price from which eyes contradict a claim that points the other way."""
LUCK: Final = (80, 41)
"""A hearer's humor: per cent from the first on, as many as the second."""
FEELING_EACH: Final = 12
"""Points of belief about a creature for one point of feeling toward it."""
NOTICED: Final = 10
"""Points from which the one who is spoken of minds."""
TALK_PERCENT: Final = 9
"""What talk moves a reference at most in a turn, per cent, when everybody believes it fully."""


def believe(draft: Draft) -> None:
    """Let every claim among the lines of the turn work on those who hear it."""
    for line in draft.hearsay:
        if not line.leaning or line.about is None:
            continue
        believed = {hearer: _hear(draft, hearer, line) for hearer in line.hearers if hearer != line.about}
        if line.about in CREATURES:
            _mind(draft, Creature(line.about), line, believed)
        if line.kind in {"rumor", "whisper"} and not line.hops:
            _raise_voice(draft, line.speaker, sum(believed.values()))
            draft.tell(
                EventKind.BELIEF,
                line.speaker,
                to=None if line.kind == "rumor" else line.speaker or line.hearers[0],
                about=line.about,
                leaning=line.leaning,
                text=line.text,
                believed={hearer.value: points for hearer, points in believed.items()},
            )


def _raise_voice(draft: Draft, speaker: str, points: int) -> None:
    """Count what a patron's words made others believe."""
    patron = draft.patrons.get(speaker)
    if patron is not None and points:
        draft.patrons[speaker] = replace(patron, voice=patron.voice + points)


def _hear(draft: Draft, hearer: Creature, line: Hearsay) -> int:
    """Move one hearer's belief by one line; answers by how much, in the direction of the claim, 0 or more."""
    about, leaning = str(line.about), line.leaning
    key = f"{about}/{leaning}"
    quarters = _staleness(draft, hearer, key)
    points = weight(draft, hearer, line) * _freshness(quarters) // 100
    if about in GOODS and _unseen(draft, Good(about), leaning):
        points //= 2
    points = min(MOST, points * (LUCK[0] + below(LUCK[1], draft.dice, draft.now, "belief", hearer, key)) // 100)
    hold(draft, hearer, about, points * leaning)
    echo(draft, hearer, key, QUARTERS[line.kind])
    if about in CREATURES and points:
        feel(draft, hearer, about, leaning * (points // FEELING_EACH))
    return points


def weight(draft: Draft, hearer: Creature, line: Hearsay) -> int:
    """What a line weighs with a hearer before its freshness: by kind, strength, trust and temper.

    Trust counts more than in proportion (15 an eighth, 50 six tenths, 85 almost one and a half), so that a name that is
    known to be right carries the wood and one that is known to be wrong carries nobody.
    """
    trust = trust_in(draft.trust[hearer], line.speaker, line.kind)
    temper = draft.rules.creatures[hearer].temper
    points = WEIGHTS[line.kind] * line.strength * trust * (trust + 60)
    if line.kind == "whisper" and line.about in GOODS and (patron := draft.patrons.get(line.speaker)):
        points = points * (TIPPED if backed(patron, Good(line.about), line.leaning, draft.now) else 100) // 100
    return points * (50 + temper.credulity) // (90 * 1_000_000)


def _unseen(draft: Draft, good: Good, leaning: int) -> bool:
    """Whether a hearer's own eyes see the price go the other way."""
    before = draft.yesterday[good]
    return (draft.references[good] - before) * leaning * 100 <= -SEEN_PERCENT * before


def _staleness(draft: Draft, who: Creature, key: str) -> int:
    heard = draft.echoes[who].get(key)
    return heard.quarters if heard is not None and draft.now - heard.last < STALE_FOR else 0


def _freshness(quarters: int) -> int:
    return FRESH[quarters % 4] >> (quarters // 4)


def echo(draft: Draft, who: Creature, key: str, quarters: int) -> None:
    """Note that a creature heard, or said, a claim: ``subject/leaning``."""
    draft.echoes[who] = {**draft.echoes[who], key: Echo(_staleness(draft, who, key) + quarters, draft.now)}


def hold(draft: Draft, who: Creature, about: str, points: int) -> None:
    """Add to a creature's belief, within -100 and 100; 0 leaves nothing."""
    row = dict(draft.beliefs[who])
    held = max(-MOST, min(MOST, row.pop(about, 0) + points))
    if held:
        row[about] = held
    draft.beliefs[who] = dict(sorted(row.items()))


def _mind(draft: Draft, target: Creature, line: Hearsay, believed: Mapping[Creature, int]) -> None:
    """Let the creature that was spoken of hear of it, if anybody believed it, and remember who spoke."""
    if (
        not line.speaker
        or line.speaker == target
        or line.kind == "whisper"
        or max(believed.values(), default=0) < NOTICED
    ):
        return
    feel(draft, target, line.speaker, 2 * line.leaning)
    deed = Deed.SPOKE_WELL if line.leaning > 0 else Deed.SPOKE_ILL
    remember(draft, target, Memory(deed, line.speaker, None, draft.now, 30))


def remember(draft: Draft, who: Creature, memory: Memory) -> None:
    """Add to what a creature remembers."""
    if draft.imagined:
        return
    draft.memories[who] = remembered(draft.memories[who], memory)


def fade(draft: Draft) -> None:
    """At the turn's end beliefs lose a quarter, and claims that nobody repeats are forgotten."""
    stale = draft.now - STALE_FOR
    for who in CREATURES:
        if beliefs := draft.beliefs[who]:
            faded = {about: _faded(points) for about, points in beliefs.items()}
            draft.beliefs[who] = {about: points for about, points in faded.items() if points}
        for heard in draft.echoes[who].values():
            if heard.last <= stale:
                draft.echoes[who] = {key: heard for key, heard in draft.echoes[who].items() if heard.last > stale}
                break


def _faded(points: int) -> int:
    kept = abs(points) * (FADING - 1) // FADING
    return kept if points > 0 else -kept


def wants(beliefs: Mapping[str, int]) -> dict[Good, int]:
    """Units that beliefs make a creature want, or withhold, by good; negative, units it would be rid of."""
    if not beliefs:
        return {}
    return {
        good: (held + UNIT // 2) // UNIT if held > 0 else -((UNIT // 2 - held) // UNIT)
        for good in GOODS
        if abs(held := beliefs.get(good, 0)) >= UNIT // 2
    }


def talk(draft: Draft, good: Good) -> int:
    """What talk alone moves a good's reference in a turn, in micro of a logarithm."""
    mean = 0
    for row in draft.beliefs.values():
        mean += row.get(good, 0)
    return mean * TALK_PERCENT * 10_000 // (MOST * len(CREATURES))


def regard(world: World | Draft, creature: Creature) -> int:
    """What the others believe of a creature in the mean, -100 to 100."""
    held = 0
    for who, row in world.beliefs.items():
        if who is not creature:
            held += row.get(creature, 0)
    others = len(CREATURES) - 1
    return held // others if held >= 0 else -(-held // others)


def liking(draft: Draft, creature: Creature) -> int:
    """The sum of what the others feel toward a creature."""
    liked = 0
    for who, row in draft.feelings.items():
        if who is not creature:
            liked += row.get(creature, 0)
    return liked
