"""What the keeper hands to whoever shows it: plain frozen cards, ready for a view, a report or a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.telling.notice import NOTHING, Notice
from data.receipts import Receipt
from data.rows import Notify
from inference.protocol import State
from wood.calendar import Date
from wood.chronicle import Event, Turn
from wood.names import Creature, Good
from wood.rules import Legend, Rules
from wood.stakes import Title
from wood.world import Prophecy, World

NOTHING_SAID: Final = Prophecy()


@dataclass(frozen=True, slots=True)
class WoodCard:
    """A wood's row: where it lives and how it runs.

    Attributes:
        channel_id: the Discord channel it lives in, its key.
        guild_id: the guild of that channel.
        seed: the world's seed.
        pace: seconds between turns, 10 to 86,400.
        zone: IANA time zone of the day's boundary.
        report_hour: local hour, 0-23, of the daily report.
        paused: whether turns stand still.
        next_turn: when the next turn is due (UTC); None while paused.
        board_message_id: the board message, once posted.
        razed_at: when it was razed (UTC); None for a living wood. It can be restored for a day.
        problem: why the last board or report did not arrive, or the wood rests; empty when all is well.
        extras: whether legends strike with a post of their own.
        pinned: whether the board is to be pinned.
        dozes: whether turns come seldom while nothing is pressed for days.
        dozing: whether they do so now.
        free_text: whether patrons may speak in their own words.
    """

    channel_id: int
    guild_id: int
    seed: int
    pace: int
    zone: str
    report_hour: int
    paused: bool
    next_turn: datetime | None
    board_message_id: int | None
    razed_at: datetime | None
    problem: Notice = NOTHING
    extras: bool = True
    pinned: bool = False
    dozes: bool = True
    dozing: bool = False
    free_text: bool = True


@dataclass(frozen=True, slots=True)
class MutedCard:
    """Who is muted in a wood.

    Attributes:
        names: what those are called whom the wood knows.
        count: how many there are in all.
    """

    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PoolCard:
    """What everybody may know of the legend that gathers breath, so nothing of which one it is.

    Attributes:
        gathered: breath in the pool now.
        needed: breath a legend costs.
        told_in: turns until it is told once it is full (0: in the coming turn); None while it gathers.
    """

    gathered: int
    needed: int
    told_in: int | None


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """What came of one rumor or whisper; ``names`` are patron key -> name as shown."""

    rules: Rules
    receipt: Receipt
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """What came of a patron's words, for one who asked to be told: the player's user id, and where."""

    card: ReceiptCard
    user_id: int
    how: Notify


@dataclass(frozen=True, slots=True)
class BoardCard:
    """All that the public board shows.

    Attributes:
        rules: the content.
        wood: the wood's row.
        world: its state now.
        date: the day of the last turn; the first day before any.
        turn: the last turn; None before the first.
        quotes: what creatures said aloud in it.
        pool: the legend that gathers breath, if one does.
        names: patron key -> what the patron is called (never a mention).
        minds_asleep: whether a mind gave no answer in the last turn, or would give none now.
        minds_at: what the sleeping minds are at, as far as is known.
        recent: the last turns, oldest first, ``turn`` the last of them; what the small courses of prices show.
        receipts: what came of public rumors that is worth a line, one a good or creature at most.
    """

    rules: Rules
    wood: WoodCard
    world: World
    date: Date
    turn: Turn | None
    quotes: Sequence[tuple[Creature, str]]
    pool: PoolCard | None
    names: Mapping[str, str]
    minds_asleep: bool
    minds_at: Sequence[State] = ()
    recent: Sequence[Turn] = ()
    receipts: Sequence[ReceiptCard] = ()


@dataclass(frozen=True, slots=True)
class TrustRow:
    """What one creature makes of a patron: its trust, 0 to 100, and its feeling, -20 to 20."""

    creature: Creature
    trust: int
    feeling: int


@dataclass(frozen=True, slots=True)
class TrustCard:
    """What all creatures make of one patron, for that patron's eyes; ``alias`` is what they call the patron."""

    rules: Rules
    alias: str
    rows: Sequence[TrustRow]


@dataclass(frozen=True, slots=True)
class CreatureCard:
    """One creature as everyone may see it: stores, mood, what it said and remembers, never its private thought."""

    rules: Rules
    world: World
    creature: Creature
    turns: Sequence[Turn]
    sayings: Sequence[tuple[int, str]]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """What a player asked a creature, and what it said.

    Attributes:
        rules: the content.
        world: the wood after its last turn.
        creature: who was asked.
        name: what the player is called.
        question: the player's words.
        answer: the creature's, one harmless line.
        again: when the player can ask next (UTC).
        new: whether it was asked just now; else it is what the player has asked today already.
    """

    rules: Rules
    world: World
    creature: Creature
    name: str
    question: str
    answer: str
    again: datetime
    new: bool = True


@dataclass(frozen=True, slots=True)
class PatronCard:
    """One patron, for that patron's eyes: purse in pebbles, breath, hand, fame, and where it ranks (1 is first).

    ``refused`` holds what the last few turns could not do for the patron, newest first: turn, kind of move, why not.
    ``news`` is what befell it in them, newest first, with its turn, ``names`` what the patrons in it are called;
    ``heat``, how hot it is for the Magistrate.
    ``back`` says that the patron has just come back to what an earlier stay of this year had left; ``resting``, that
    the wood rests, so that no turn comes until a keeper wakes it. ``prophecy`` and ``calls`` are what the patron's
    claims and daily calls of the year were worth; ``notify`` says whether, and where, the patron is told what came of a
    rumor; ``reach``, where alerts and reminders go, or that Discord took none.
    """

    key: str
    alias: str
    name: str
    purse: int
    breath: int
    breath_max: int
    hand: Sequence[Legend]
    fame: int
    rank: int
    patrons: int
    refused: Sequence[tuple[int, str, Notice]] = ()
    news: Sequence[tuple[int, Event]] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    heat: int = 0
    back: bool = False
    resting: bool = False
    prophecy: Prophecy = NOTHING_SAID
    calls: Prophecy = NOTHING_SAID
    notify: Notify = Notify.OFF
    reach: Notify = Notify.DIRECT


@dataclass(frozen=True, slots=True)
class RankRow:
    """One line of the ranking; ``alias`` is drawn where no font has the letters of ``name``.

    ``titles`` are last year's, the best first; ``wins`` is how many years the patron was first in.
    """

    rank: int
    name: str
    purse: int
    fame: int
    alias: str = ""
    titles: Sequence[Title] = ()
    wins: int = 0


@dataclass(frozen=True, slots=True)
class RumorRow:
    """A rumor or gossip line of the last turns, or the player's own whisper. ``speaker`` is a name as shown.

    ``receipt`` is what came of it, where it claimed something and was heard already.
    """

    turn: int
    speaker: str
    kind: str
    about: str | None
    text: str
    receipt: ReceiptCard | None = None


@dataclass(frozen=True, slots=True)
class RumorCard:
    """What became of a rumor that was cast: the patron's card, and the line as it was understood.

    ``leaning`` is 1 (dearer, or a good word), -1 (cheaper, or an ill word) or 0 (no claim). ``to`` is who alone
    hears it, if not all; ``turn``, the turn in which it is heard.
    """

    patron: PatronCard
    about: Good | Creature
    text: str
    leaning: int
    to: Creature | None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class CastReceipt:
    """What came of putting breath into a legend.

    Attributes:
        legend: the legend if it is the patron's own; None for a helper of somebody else's.
        pool: how far it is.
        resting: whether the wood rests, so that no turn comes until a keeper wakes it.
    """

    legend: Legend | None
    pool: PoolCard
    resting: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """How many turns a chart usefully shows: a season's, half a year's, a year's. None may show more than a year."""

    season: int
    half: int
    year: int


@dataclass(frozen=True, slots=True)
class ChartCard:
    """A drawn chart: PNG bytes, file name, alt text (at most 1,024 characters) and its short form (at most 256)."""

    png: bytes
    filename: str
    alt: str
    brief: str = ""


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What a report is made from: the turns of its hours (oldest first) and enough history for its charts.

    Attributes:
        rules: the content.
        wood: the wood's row.
        world: its state now.
        day: the local date of their end, ISO.
        turns: the turns of those hours, mostly a day's; may be empty for a wood at rest.
        history: the turns that charts show, oldest first, at most one year.
        quote: the day's best line and who said it, if anyone spoke.
        legend: the legend told last within the day, if any.
        ranking: the patrons.
        names: patron key -> name as shown.
        voices: whose public words moved most in those turns, and what; of each patron the strongest.
        best: the name of the patron whose standing grew most since the last report, and by how many pebbles.
    """

    rules: Rules
    wood: WoodCard
    world: World
    day: str
    turns: Sequence[Turn]
    history: Sequence[Turn]
    quote: tuple[Creature, str] | None
    legend: Legend | None
    ranking: Sequence[RankRow]
    names: Mapping[str, str]
    voices: Sequence[ReceiptCard] = ()
    best: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class TradeRow:
    """One trade of the tape with its turn."""

    turn: int
    good: Good
    buyer: str
    seller: str
    qty: int
    price: int
    by_minds: bool
