"""What patrons have at stake, and what stays of it: deeds, tips, positions, pacts, corners, wagers, careers."""

from typing import Final

from wood.frozen import frozen
from wood.names import Act, Creature, Good, Name

FILE_MOST: Final = 60
"""Deeds of a year that a patron's file holds."""


@frozen
class Entry:
    """A line of a patron's file: one deed of the year, known to its owner alone until the rules reveal it.

    Attributes:
        turn: when.
        act: what was done.
        good: the good that it was about, if any.
        who: the creature, or the patron's key, that it was done to, if any.
        pebbles: what it brought, negative what it cost.
        heat: the heat that it gave.
    """

    turn: int
    act: Act
    good: Good | None = None
    who: str = ""
    pebbles: int = 0
    heat: int = 0


@frozen
class Tip:
    """A true glimpse that a patron bought.

    Attributes:
        what: ``shock``, ``thought`` or ``omen``.
        subject: the slug of what comes, or the creature whose thought it was.
        good: the good that it is about, if any.
        leaning: which way that will go, 0 where it is not known.
        turn: when it was bought.
        due: the turn in which it comes about.
    """

    what: str
    subject: str
    good: Good | None
    leaning: int
    turn: int
    due: int


@frozen
class Card:
    """What a patron has to do with one legend: how often it told it, and how often it came through it."""

    legend: str
    told: int = 0
    survived: int = 0


class Title(Name):
    """What a year's end calls a patron; shown beside the name for the year that follows."""

    RICHEST = "richest"
    PROPHET = "prophet"
    VOICE = "voice"
    FEARED = "feared"
    FRIEND = "friend"
    FOX = "fox"  # the hottest who was never convicted
    OUTLAW = "outlaw"  # exiled


@frozen
class Career:
    """What stays of a patron's years.

    Attributes:
        years: how many were counted.
        pebbles: the sum of what the purse held at each year's end.
        best: the most that it held at one.
        wins: years in which it was the richest patron.
        titles: of which year, and which, the latest last.
    """

    years: int = 0
    pebbles: int = 0
    best: int = 0
    wins: int = 0
    titles: tuple[tuple[int, Title], ...] = ()


@frozen
class Telling:
    """How a legend was told in this wood: how often, in which turn first and last, and by whom last."""

    times: int
    first: int
    last: int
    teller: str


@frozen
class Position:
    """A cash-settled position at the Bourse on the reference price of a good.

    Attributes:
        patron: whose.
        good: on what.
        side: 1 long, -1 short.
        stake: pebbles that it was opened with: what its gains and losses are reckoned from.
        margin: pebbles that stand behind it.
        entry: the price it was opened at, hundredths.
        opened: the turn.
        due: the turn in which it is closed whatever happens.
        called: the turn in which more margin was called for, 0 if it was not.
    """

    patron: str
    good: Good
    side: int
    stake: int
    margin: int
    entry: int
    opened: int
    due: int
    called: int = 0


@frozen
class Pact:
    """What creatures agreed to for a patron.

    Attributes:
        what: ``withhold`` or ``dump`` (bribed), or ``broker`` (two who do not undercut each other).
        patron: who pays for it, a secret.
        creature: who keeps it.
        partner: the other of two, if it is between two.
        until: the last turn of it.
    """

    what: str
    patron: str
    creature: Creature
    partner: Creature | None
    until: int


@frozen
class Corner:
    """A patron's agent who buys up a good; pebbles and goods lie in the good's warehouse.

    Attributes:
        patron: whose agent, a secret.
        good: of which there is no other corner.
        budget: pebbles it began with.
        begun: the turn.
        buys: the last turn in which it buys.
        until: the last turn in which it holds; then it sells.
        price: the reference when it began, hundredths.
        under: turns running, while it buys, that the reference has stood under that.
        broken: the turn in which it was broken up, 0 if it was not.
    """

    patron: str
    good: Good
    budget: int
    begun: int
    buys: int
    until: int
    price: int
    under: int = 0
    broken: int = 0


@frozen
class Wager:
    """Pebbles staked on words.

    Attributes:
        patron: whose.
        on: ``truth`` (the claim comes true) or ``effect`` (the words move their good).
        good: what the words are about.
        leaning: which way.
        stake: pebbles in escrow.
        chance: per mille, once it is known; None before.
        price: the reference when they were said, hundredths.
        said: the turn that took them in.
        due: the turn of judgement.
        bar: how far the words must move the price, in hundredths of a per cent; of a wager on an effect.
        to: who alone heard them, None for all.
    """

    patron: str
    on: str
    good: Good
    leaning: int
    stake: int
    chance: int | None
    price: int
    said: int
    due: int
    bar: int = 0
    to: Creature | None = None


@frozen
class Case:
    """A file that Magistrate Heron has open on a patron: since when, until when, who denounced, and how hot it was."""

    patron: str
    opened: int
    due: int
    accuser: str
    heat: int
