"""What lies in the tables, as frozen types. All times are aware, in UTC."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from data.kept import KeptTurn
from wood.chronicle import Turn
from wood.moves import Intervention
from wood.names import Creature
from wood.world import World

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970, rounded down."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The time that :func:`to_ms` wrote."""
    return _EPOCH + ms * _MILLISECOND


class PostKind(StrEnum):
    """What is owed to a channel; beside each, the key that tells posts of a kind apart."""

    BOARD = "board"  # 0: a wood has one
    REPORT = "report"  # the end of its hours, in milliseconds
    EXTRA = "extra"  # the turn in which a legend struck
    YEAR = "year"  # the last turn of the year
    PIN = "pin"  # a board's message: to be pinned, or not any more, as the wood's keeper wishes
    NOTIFY = "notify"  # a receipt whose patron asked; below zero: a turn's nudges; far above: its tidings
    REMOVAL = "removal"  # a board's message whose place another one has taken


class PostState(StrEnum):
    """Where a post stands. ``sending`` means that it may have arrived without our knowing."""

    OWED = "owed"
    SENDING = "sending"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"


class Notify(StrEnum):
    """Whether, and where, a patron is told what came of a rumor. ``refused``: Discord took no direct message."""

    OFF = "off"
    CHANNEL = "channel"
    DIRECT = "direct"
    REFUSED = "refused"


class Reminder(StrEnum):
    """What a patron may be reminded of, whenever it comes."""

    REPORT = "report"  # the day's report is near
    CALL = "call"  # a day's call is open
    LOAN = "loan"  # a loan of the patron's own is due


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that patrons may have asked to be reminded of.

    Attributes:
        what: what it is.
        number: tells it from others of its kind that came before, which have lower ones; it is told of once.
        key: whom it concerns; "" for everybody who asked.
        facts: figures and fixed names of its sentence.
    """

    what: Reminder
    number: int
    key: str = ""
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WoodRow:
    """A wood: where it lives, how it runs, how far it is.

    Attributes:
        id: its own key, which says nothing of Discord.
        channel_id: the channel it lives in.
        guild_id: that channel's guild.
        seed: the world's seed.
        pace: seconds between turns.
        zone: IANA time zone.
        report_hour: local hour of the report.
        founded_at: when it was founded.
        next_turn: when the next turn is due; None while paused.
        turn: turns completed.
        founding: digest of the content it was founded on.
        content: digest of the content in force.
        board_message_id: the board's message, once posted.
        reported_until: the end of the hours that reports were owed for; before the first, the founding.
        razed_at: when it was razed; None for a living wood.
        extras: whether legends strike with a post of their own.
        pinned: whether the board is to be pinned.
        pressed_at: when anything was pressed last, to the hour.
        dozes: whether turns come seldom while nothing is pressed for days.
        dozing: whether they do so now.
        free_text: whether patrons may speak in their own words, or only in lines that the game offers.
    """

    id: int
    channel_id: int
    guild_id: int
    seed: int
    pace: int
    zone: str
    report_hour: int
    founded_at: datetime
    next_turn: datetime | None
    turn: int
    founding: str
    content: str
    board_message_id: int | None
    reported_until: datetime
    razed_at: datetime | None
    extras: bool
    pinned: bool
    pressed_at: datetime
    dozes: bool
    dozing: bool
    free_text: bool

    @property
    def unreported(self) -> bool:
        """Whether no report of the wood was ever owed."""
        return self.reported_until <= self.founded_at


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new wood begins with; ``document`` is the content it runs on, ``content`` its digest."""

    channel_id: int
    guild_id: int
    seed: int
    pace: int
    zone: str
    report_hour: int
    founded_at: datetime
    next_turn: datetime
    world: World
    content: str
    document: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered intervention of a wood's log."""

    number: int
    at: datetime
    action: Intervention


@dataclass(frozen=True, slots=True)
class PatronRow:
    """Who plays, or has made a call, under ``key``; id and name are None once forgotten, and nobody is told then.

    ``reach`` is where alerts and reminders go, which is never :attr:`Notify.OFF`: who wants none has none.
    """

    key: str
    user_id: int | None
    name: str | None
    notify: Notify = Notify.OFF
    reach: Notify = Notify.DIRECT


@dataclass(frozen=True, slots=True)
class Farewell:
    """What a player had who was forgotten: ``pebbles`` and ``breath``, with ``turn`` turns completed.

    And what the Magistrate had of them: ``heat``, the last turns of a frozen purse and of an exile, convictions.

    It is kept until the turn ``until`` has been taken.
    """

    pebbles: int
    breath: int
    turn: int
    until: int
    heat: int = 0
    blocked: int = 0
    exiled: int = 0
    convicted: int = 0


@dataclass(frozen=True, slots=True)
class FarewellRow:
    """A farewell, and by what its player is known again; see :mod:`data.farewells`."""

    secret: bytes
    digest: bytes
    farewell: Farewell


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn as stored; ``hashes`` is the form of its hash."""

    taken_at: datetime
    turn: Turn
    content: str
    hashes: int


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that is owed or was.

    Attributes:
        id: its key.
        wood: whose it is.
        channel_id: where it goes.
        kind: what it is.
        key: what tells it from others of its kind, see :class:`PostKind`.
        since: the start of a report's hours; None for all else.
        news_at: when it was owed first.
        revision: counts up each time it is owed anew.
        anew: up to this revision the board is owed as a new message in place of the one that stands.
        state: where it stands.
        nonce: the same for every try to send it, so that Discord drops a second copy.
        attempts: failures in a row.
        next_try: not before.
        problem: why the last try failed, in words for the wood's keeper; empty when it did not.
        message_id: the message it became.
        sent_at: when it was first sent, of one that may have arrived; None where that is not known.
    """

    id: int
    wood: int
    channel_id: int
    kind: PostKind
    key: int
    since: datetime | None
    news_at: datetime
    revision: int
    anew: int
    state: PostState
    nonce: str
    attempts: int
    next_try: datetime
    problem: str
    message_id: int | None
    sent_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The end of a report's hours."""
        return from_ms(self.key)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A wood at one moment: its row, its world, what waits for the next turn, who plays, and who left this year."""

    wood: WoodRow
    world: World
    pending: tuple[Entry, ...]
    patrons: tuple[PatronRow, ...]
    farewells: tuple[FarewellRow, ...] = ()

    def key(self, user_id: int) -> str | None:
        """The key of a player, or of somebody who has made a call and not joined; None for anybody else."""
        return next((row.key for row in self.patrons if row.user_id == user_id), None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What follows from a turn, by the settings of its wood in the moment in which the turn is kept.

    Attributes:
        next_turn: when the next is due, unless the wood is paused.
        dozing: whether nobody has pressed anything for so long that it lies farther off than the pace.
        owes: what the channel is owed beside the board: a report, an extra, the year's end.
        moments: what patrons may have asked to be reminded of.
    """

    next_turn: datetime
    dozing: bool = False
    owes: Sequence[PostKind] = ()
    moments: Sequence[Moment] = ()


@dataclass(frozen=True, slots=True)
class TurnCommit:
    """All that one turn changes.

    Attributes:
        wood: the wood's id; it must stand exactly one turn before ``turn.number``.
        turn: the turn's record.
        kept: its documents.
        applied: numbers of the interventions it took in.
        content: digest of the content it ran on.
        document: that content.
        taken_at: when.
        outlook: says what follows, given the wood's row as it is now; pure, and called in any thread.
        tidings: keys of the notices that are owed to patrons.
        thoughts: what minds thought, as far as their creatures may tell it.
    """

    wood: int
    turn: Turn
    kept: KeptTurn
    applied: tuple[int, ...]
    content: str
    document: str
    taken_at: datetime
    outlook: Callable[[WoodRow], Outlook]
    tidings: Sequence[int] = ()
    thoughts: Mapping[Creature, str] = field(default_factory=dict)
