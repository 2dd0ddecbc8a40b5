"""Magistrate Heron: on whom a file is opened, what is read out of it, and how it ends."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wood.belief import remember
from wood.bourse import SHORT_FEELING, Why, close_all, of_patron
from wood.calendar import turns_left
from wood.chance import below
from wood.chronicle import EventKind
from wood.corners import break_up
from wood.draft import Draft
from wood.hearsay import feel
from wood.heat import published, record
from wood.memory import Deed, Memory
from wood.names import MAGISTRATE, PEBBLES, Act, Creature, Name, patron_account
from wood.stakes import Case, Entry
from wood.world import Patron

HOT: Final = 12
"""Heat above which a file is opened."""
PATROL: Final = 15
"""Per mille by which each degree above :data:`WARM` makes it likelier, every turn, that a file is opened by chance."""
HEARING: Final = 3
"""Turns from the opening of a file to its verdict."""
REACH: Final = 15
"""Turns of a patron's deeds that are read out."""
WARM: Final = 8
"""Heat from which a patron is convicted."""
FREEZING: Final = 16
"""Heat from which its purse is frozen besides."""
BURNING: Final = 24
"""Heat from which it is exiled."""
CONVICTIONS: Final = 3
"""The conviction of a year that ends in exile however hot the patron is."""
FROZEN_TURNS: Final = 8
FINE: Final = 10
FINE_PERCENT: Final = 150
"""Per cent of the suspicious profits that a fine takes besides."""
BOUNTY_MOST: Final = 15
"""The most that a denunciation brings beside its fee."""
BOUNTIES_MOST: Final = 2
"""Denunciations of a year that bring a patron more than the fee back."""
LIE_FEELING: Final = -2
"""What the one to whom a lie was whispered feels once it is read out."""
SHORTED_WEIGHT: Final = 40
LIED_WEIGHT: Final = 40
"""What a memory weighs of a crop that was shorted, and of a whispered lie."""


class Verdict(Name):
    """How a case ends."""

    ACQUITTED = "acquitted"
    FINED = "fined"
    FROZEN = "frozen"  # and fined
    EXILED = "exiled"  # and fined


def open_case(draft: Draft, key: str, accuser: str = "") -> None:
    """Open a file on a patron, for all to see; what is in it is read out when it is heard, within the year."""
    due = draft.now + min(HEARING, turns_left(draft.rules, draft.now))
    draft.cases.append(Case(key, draft.now, due, accuser, draft.patrons[key].heat))
    draft.tell(EventKind.CASE, key, due=due, turns=due - draft.now)


def sit(draft: Draft) -> None:
    """At the turn's end: open files on those who are too hot, and hear those that are due."""
    heard = [case for case in draft.cases if case.due <= draft.now]
    if turns_left(draft.rules, draft.now):
        suspects = {case.patron for case in draft.cases}
        for key, patron in draft.patrons.items():
            if patron.present and key not in suspects and patron.exiled < draft.now and _suspected(draft, patron):
                open_case(draft, key)
    draft.cases = [case for case in draft.cases if case not in heard and draft.patrons[case.patron].present]
    for case in heard:
        if draft.patrons[case.patron].present:
            _hear(draft, case)


def _suspected(draft: Draft, patron: Patron) -> bool:
    """Whether a file is opened on a patron: above :data:`HOT` for certain, and from :data:`WARM` on by chance."""
    if patron.heat <= WARM or patron.heat > HOT:
        return patron.heat > HOT
    return below(1000, draft.dice, draft.now, "patrol", patron.key) < (patron.heat - WARM) * PATROL


def evidence(patron: Patron, now: int) -> tuple[Entry, ...]:
    """The suspicious deeds of a patron's last turns, oldest first; nothing of what it was convicted for before."""
    file = patron.file
    convicted = max((at for at, entry in enumerate(file) if entry.act is Act.FINED), default=-1)
    return tuple(entry for entry in file[convicted + 1 :] if entry.heat > 0 and entry.turn > now - REACH)


def profits(entries: Sequence[Entry]) -> int:
    """Pebbles that suspicious deeds brought: by positions, and by wagers on what own words would do."""
    return sum(max(0, entry.pebbles) for entry in entries if entry.act in {Act.PROFIT, Act.WON})


def verdict_on(heat: int, convicted: int) -> Verdict:
    """What a patron of this heat gets who was convicted so often this year before."""
    if heat < WARM:
        return Verdict.ACQUITTED
    if heat >= BURNING or convicted + 1 >= CONVICTIONS:
        return Verdict.EXILED
    return Verdict.FROZEN if heat >= FREEZING else Verdict.FINED


def _hear(draft: Draft, case: Case) -> None:
    key, patron = case.patron, draft.patrons[case.patron]
    entries = evidence(patron, draft.now)
    draft.tell(
        EventKind.EVIDENCE,
        key,
        entries=[published(entry) for entry in entries],
        count=len(entries),
        pebbles=profits(entries),
    )
    verdict = verdict_on(patron.heat, patron.convicted)
    fine = bounty = turns = 0
    if verdict is not Verdict.ACQUITTED:
        fine, bounty = _fine(draft, case, profits(entries))
        turns = _sentence(draft, key, verdict)
    draft.tell(
        EventKind.VERDICT,
        key,
        verdict=verdict.value,
        fine=fine,
        until=draft.now + turns if turns else 0,
        turns=turns,
        bounty=bounty,
    )
    _resent(draft, key, entries)


def _fine(draft: Draft, case: Case, won: int) -> tuple[int, int]:
    """Take a fine as far as the purse reaches, and pay whoever denounced.

    The bounty is taken on top of the fine and out of the same purse: so for two who share what they have, a
    denunciation never brings back a part of a fine that one of them would have paid anyway.

    Returns:
        What was taken, and the bounty in it.
    """
    account = patron_account(case.patron)
    purse = draft.purse(account)
    fine = min(purse, FINE + won * FINE_PERCENT // 100)
    accuser = draft.patrons.get(case.accuser)
    bounty = 0
    if accuser is not None and accuser.present and _bounties(accuser) < BOUNTIES_MOST:
        bounty = min(BOUNTY_MOST, fine // 2, purse - fine)
    draft.ledger.move(account, MAGISTRATE, PEBBLES, fine + bounty, "fined")
    record(draft, case.patron, Act.FINED, pebbles=-fine - bounty)
    if accuser is not None and accuser.present:
        back = min(draft.purse(MAGISTRATE), _fee_of(accuser, case) + bounty)
        draft.ledger.move(MAGISTRATE, patron_account(accuser.key), PEBBLES, back, "bounty")
        record(draft, accuser.key, Act.BOUNTY, who=case.patron, pebbles=back)
        draft.tell(EventKind.BOUNTY, accuser.key, to=accuser.key, pebbles=back, whom=case.patron)
    return fine + bounty, bounty


def _bounties(patron: Patron) -> int:
    """How often a patron had a bounty this year."""
    return sum(entry.act is Act.BOUNTY for entry in patron.file)


def _fee_of(accuser: Patron, case: Case) -> int:
    """What a denunciation cost the one who made it."""
    return sum(
        -entry.pebbles
        for entry in accuser.file
        if entry.act is Act.DENOUNCED and entry.who == case.patron and entry.turn == case.opened
    )


def _sentence(draft: Draft, key: str, verdict: Verdict) -> int:
    """Carry out what a conviction brings besides the fine; answers for how many turns it lasts.

    Offers need not be withdrawn: they were answered before. Heat is halved after a conviction alone, lest a friend's
    denunciation cool down somebody who is only warm.
    """
    left = turns_left(draft.rules, draft.now)
    turns = 0
    if verdict is Verdict.EXILED:
        turns = left
        close_all(draft, of_patron(draft, key), Why.EXILED)
        break_up(draft, key)
    elif verdict is Verdict.FROZEN:
        turns = min(FROZEN_TURNS, left)
    patron = draft.patrons[key]
    draft.patrons[key] = replace(
        patron,
        heat=patron.heat // 2,
        convicted=patron.convicted + 1,
        blocked=draft.now + turns if verdict is Verdict.FROZEN else patron.blocked,
        exiled=draft.now + turns if verdict is Verdict.EXILED else patron.exiled,
    )
    return turns


def _resent(draft: Draft, key: str, entries: Sequence[Entry]) -> None:
    """Let those mind who hear what was done to them: whose crop was shorted, and who was whispered a lie."""
    makers = {rule.makes: creature for creature, rule in draft.rules.creatures.items()}
    shorted = dict.fromkeys(entry.good for entry in entries if entry.act is Act.SHORT and entry.good)
    for good in shorted:
        feel(draft, makers[good], key, SHORT_FEELING)
        remember(draft, makers[good], Memory(Deed.SHORTED, key, good, draft.now, SHORTED_WEIGHT))
    lies = dict.fromkeys((Creature(entry.who), entry.good) for entry in entries if entry.act is Act.LIED)
    for creature, about in lies:
        feel(draft, creature, key, LIE_FEELING)
        remember(draft, creature, Memory(Deed.LIED, key, about, draft.now, LIED_WEIGHT))
