"""The year's end: what stands open is settled, patrons are counted and titled, secrets come out, all begin anew."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wood.bourse import Why, close_all, refill
from wood.chance import draw
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import START_TRUST
from wood.heat import published, record
from wood.memory import softened
from wood.moves.joining import JOIN_PEBBLES
from wood.names import CREATURES, FINES, MAGISTRATE, MINT, PEBBLES, Act, patron_account
from wood.ranking import ranking, standing
from wood.stakes import Career, Title
from wood.wagers import give_all_back
from wood.world import Patron, Prophecy

COURSE_EVERY: Final = 4
"""Turns between two points of a patron's course."""
TITLES_KEPT: Final = 12
IDLE_TURNS: Final = 8
"""Turns without a deed after which a purse lies idle."""
IDLE_PEBBLES: Final = 80
"""What a purse keeps however long it lies."""
NAMED: Final = 5
"""The sum of the creatures' feelings from which a patron is their friend, or (negative) feared."""
HUNTED: Final = 8
"""The heat that a patron must have stood, and not been convicted for, to be called a fox."""
SECRETS: Final = frozenset(Act) - {Act.RUMOR, Act.LEGEND, Act.IDLED}
"""Deeds that nobody but their patron knew of when they were done."""


def note_course(draft: Draft) -> None:
    """Every few turns: note where each patron stands."""
    if draft.now % COURSE_EVERY == 0:
        for key, patron in draft.patrons.items():
            if patron.present:
                draft.patrons[key] = replace(patron, course=(*patron.course, standing(draft, key)))


def wear(draft: Draft) -> None:
    """Every few turns: a purse that lay idle for a day loses a pebble, as whatever is hoarded here."""
    if draft.now % COURSE_EVERY or draft.now % draft.rules.year == 0:
        return
    for key, patron in draft.patrons.items():
        account = patron_account(key)
        active = any(entry.turn > draft.now - IDLE_TURNS and entry.act is not Act.IDLED for entry in patron.file)
        settled = len(patron.course) * COURSE_EVERY >= IDLE_TURNS
        if patron.present and settled and not active and draft.purse(account) > IDLE_PEBBLES:
            draft.ledger.move(account, FINES, PEBBLES, 1, "idle")
            record(draft, key, Act.IDLED, pebbles=-1)


def end_year(draft: Draft, year: int) -> None:
    """Settle, count, name, reveal, and begin the counts anew."""
    give_all_back(draft, draft.wagers)
    close_all(draft, draft.positions, Why.YEAR, settled=True)
    _creatures(draft, year)
    _patrons(draft, year)
    draft.cases = []
    draft.callers = {}
    draft.ledger.move(MAGISTRATE, FINES, PEBBLES, draft.purse(MAGISTRATE), "court closed")
    refill(draft)
    _soften(draft)


def _creatures(draft: Draft, year: int) -> None:
    """Tell who was richest over the year, and which patron leads."""
    mean = {creature: draft.wealth[creature] // draft.rules.year for creature in CREATURES}
    winner = min(CREATURES, key=lambda who: (-draft.wealth[who], draw(draft.seed, draft.now, "winner", who)))
    patrons = ranking(draft)
    draft.tell(
        EventKind.YEAR,
        winner,
        year=year,
        winner=winner,
        standing={creature.value: mean[creature] for creature in CREATURES},
        patron=patrons[0] if patrons else "",
    )
    draft.wealth = dict.fromkeys(CREATURES, 0)


def _patrons(draft: Draft, year: int) -> None:
    order = ranking(draft)
    titles = titles_of(draft, [draft.patrons[key] for key in order])
    for place, key in enumerate(order):
        patron = draft.patrons[key]
        account = patron_account(key)
        pebbles = draft.purse(account)
        named = titles.get(key, ())
        draft.tell(
            EventKind.COUNTED,
            key,
            year=year,
            pebbles=pebbles,
            standing=standing(draft, key),
            rank=place + 1,
            titles=[title.value for title in named],
            course=list(patron.course),
        )
        told = [published(entry) for entry in patron.file if entry.act in SECRETS]
        if told:
            draft.tell(EventKind.SAGA, key, year=year, entries=told)
        draft.ledger.move(account, MINT, PEBBLES, pebbles, "counted")
        draft.ledger.move(MINT, account, PEBBLES, JOIN_PEBBLES, "new year")
        draft.patrons[key] = Patron(
            key=key,
            alias=patron.alias,
            breath=patron.breath,
            hand=patron.hand,
            tips=patron.tips,
            prophecy=Prophecy(),
            career=_counted(patron.career, year, pebbles, named, first=place == 0),
            cards=patron.cards,
        )


def _counted(career: Career, year: int, pebbles: int, named: Iterable[Title], *, first: bool) -> Career:
    titles = (*career.titles, *((year, title) for title in named))
    return Career(
        years=career.years + 1,
        pebbles=career.pebbles + pebbles,
        best=max(career.best, pebbles),
        wins=career.wins + first,
        titles=titles[-TITLES_KEPT:],
    )


def titles_of(draft: Draft, patrons: list[Patron]) -> Mapping[str, tuple[Title, ...]]:
    """What each patron is called for the year: at most one bearer of a title, but outlaws.

    Args:
        draft: at the year's end, when everything is settled.
        patrons: those who are counted, best first; of equal ones the better placed is called so.

    Returns:
        Titles by key, in the order of :class:`Title`; nobody without one is in it.
    """
    liked = {patron.key: sum(row.get(patron.key, 0) for row in draft.feelings.values()) for patron in patrons}
    contests: list[tuple[Title, dict[str, int]]] = [
        (Title.RICHEST, {patron.key: draft.purse(patron_account(patron.key)) for patron in patrons}),
        (Title.PROPHET, {patron.key: patron.prophecy.score for patron in patrons}),
        (Title.VOICE, {patron.key: patron.voice for patron in patrons}),
        (Title.FEARED, {key: -sum_ - NAMED + 1 for key, sum_ in liked.items()}),
        (Title.FRIEND, {key: sum_ - NAMED + 1 for key, sum_ in liked.items()}),
        (
            Title.FOX,
            {
                patron.key: patron.peak - HUNTED + 1 if not patron.convicted and not patron.exiled else 0
                for patron in patrons
            },
        ),
    ]
    named: dict[str, tuple[Title, ...]] = {}
    for title, points in contests:
        best = max(points, key=lambda key: points[key], default=None)
        if best is not None and points[best] > 0:
            named[best] = (*named.get(best, ()), title)
    for patron in patrons:
        if patron.exiled:
            named[patron.key] = (*named.get(patron.key, ()), Title.OUTLAW)
    return named


def _soften(draft: Draft) -> None:
    """Creatures remember patrons into the new year, but softer: half of what they feel, trust and remember of them."""
    for who in CREATURES:
        feelings = {
            toward: feeling if toward not in draft.patrons else int(feeling / 2)
            for toward, feeling in draft.feelings[who].items()
        }
        draft.feelings[who] = {toward: feeling for toward, feeling in feelings.items() if feeling}
        draft.trust[who] = {
            speaker: trust if speaker not in draft.patrons else START_TRUST + int((trust - START_TRUST) / 2)
            for speaker, trust in draft.trust[who].items()
        }
        draft.memories[who] = softened(draft.memories[who], frozenset(draft.patrons))
