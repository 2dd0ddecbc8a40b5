"""What a turn leaves behind: events, the turn's record and its place in the chain of hashes."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Final

from pydantic import TypeAdapter

from wood.frozen import frozen
from wood.names import Creature, Good, Name, Season
from wood.orders import Auction, Slip, Trade
from wood.world import World


@cache
def type_adapter(kind: Any) -> TypeAdapter[Any]:
    """Pydantic's reader and writer of a type, made once."""
    return TypeAdapter(kind)


class EventKind(Name):
    """Kinds of event; the keys of an event's ``data`` are named beside each."""

    WEATHER = "weather"  # weather: good -> -1, 0, 1; subject: season, at its first turn
    WINDFALL = "windfall"  # good, units
    LEGEND = "legend"  # good, patrons; subject: slug
    SHOCK = "shock"  # kind, good: a part of a legend starts; subject: slug
    DECREE = "decree"  # good, percent, before, after (hundredths)
    RUMOR = "rumor"  # about, text, leaning; subject: patron key or ""
    WHISPER = "whisper"  # hearer, about, text, leaning; private to the patron
    GOSSIP = "gossip"  # text, about, leaning; subject: creature
    SPOIL = "spoil"  # good, units: rotted
    COLD = "cold"  # missing logs; subject: creature
    HUNGER = "hunger"  # kinds eaten (0 or 1); subject: creature
    LOAN = "loan"  # amount, owed, due, lender; subject: borrower, private to a patron who lends
    DECLINED = "declined"  # offer, what; subject: creature, private to the patron
    REPAID = "repaid"  # amount; subject: borrower, private to the lender
    DEFAULT = "default"  # owed, paid; subject: borrower
    MONEY = "money"  # pebbles: minted (or paid in toll) by a legend
    JOINED = "joined"  # alias; subject: patron key
    LEFT = "left"  # subject: patron key
    DRAWN = "drawn"  # legend; private to the patron
    GATHERING = "gathering"  # breath, needed: nothing of which legend
    BELIEF = "belief"  # about, leaning, text, believed: hearer -> points; subject: patron key or ""
    JUDGED = "judged"  # true (bool), good, leaning, chance, score (per mille), echo; subject: patron key
    CALLED = "called"  # a daily call is judged: good, leaning, right, chance, score, streak; subject: caller's key
    FASHION = "fashion"  # good: the one that everybody wants this year, spurned: the one that nobody does
    OMEN = "omen"  # sign (place in the list); subject: slug of what it announces
    OPENED = "opened"  # side, good, stake, fee, entry; private to the patron
    MARGIN_CALL = "margin-call"  # good, side, equity, needed; private to the patron
    CLOSED = "closed"  # good, side, pebbles (won or lost), price, why; private to the patron
    BRIBED = "bribed"  # what, good, until; subject: creature, private to the patron
    BROKERED = "brokered"  # partner, until; subject: creature, private to the patron
    RUINED = "ruined"  # owed: cannot pay; subject: creature
    WRITTEN_OFF = "written-off"  # owed; subject: borrower, private to the lender
    CORNERED = "cornered"  # good, budget; private to the patron
    CORNER_BROKEN = "corner-broken"  # good
    CORNER_SOLD = "corner-sold"  # good, pebbles (what is left), budget; private to the patron
    # what; shock, omen: legend, good, leaning, due, and kind, percent, or lot; thought: see wood.moves.foresight
    FORESIGHT = "foresight"  # private to the patron
    WAGERED = "wagered"  # on, good, leaning, stake, chance, pays; private to the patron
    WAGER = "wager"  # on, good, leaning, won, pebbles; private to the patron
    CASE = "case"  # a file is opened: due, turns; subject: patron
    EVIDENCE = "evidence"  # entries: suspicious ones of the file; count, pebbles (profits); subject: patron
    VERDICT = "verdict"  # verdict, fine (bounty in it), until (0: no term), turns, bounty; subject: patron
    DENOUNCED = "denounced"  # whom, opened (bool); private to the patron
    BOUNTY = "bounty"  # pebbles, whom; private to the patron
    COUNTED = "counted"  # year, pebbles, rank, titles: a patron's year is counted; subject: patron
    SAGA = "saga"  # year, entries: a patron's secrets of the year come out; subject: patron
    REFUSED = "refused"  # action (its kind), code, facts (see wood.refusal); private to the patron
    YEAR = "year"  # year, winner, standing: creature -> mean wealth (hundredths), patron: key or ""


@frozen
class Event:
    """Something that happened in a turn.

    ``to`` None is public; else only the creature or patron key named there may ever see it.
    """

    kind: EventKind
    subject: str = ""
    data: Mapping[str, Any] | None = None
    to: str | None = None


@frozen
class Turn:
    """The record of one turn: all that boards, reports, charts and measures are made from.

    Attributes:
        number: 1 for the first turn.
        year: 1 for the first year.
        season: the season of the turn.
        day: 1-based turn of the season.
        references: reference prices at the turn's end, hundredths of a pebble.
        auctions: the outcome of each good's auction.
        trades: all trades.
        slips: orders or parts of orders that did not stand.
        purses: pebbles of each creature at the end.
        stores: goods of each creature at the end.
        wealth: pebbles and goods at the reference of each creature, hundredths.
        moods: hundredths of a mood point.
        kinds: how many different foods each creature ate.
        firewood_need: logs all hearths asked for.
        firewood_supply: logs in all stores when hearths were lit.
        flows: units moved by reason and asset, e.g. ``"eaten/honey"``.
        events: in order.
        hash: SHA-256 (hex) over the turn before, this record and the world it left.
    """

    number: int
    year: int
    season: Season
    day: int
    references: Mapping[Good, int]
    auctions: Mapping[Good, Auction]
    trades: tuple[Trade, ...]
    slips: tuple[Slip, ...]
    purses: Mapping[Creature, int]
    stores: Mapping[Creature, Mapping[Good, int]]
    wealth: Mapping[Creature, int]
    moods: Mapping[Creature, int]
    kinds: Mapping[Creature, int]
    firewood_need: int
    firewood_supply: int
    flows: Mapping[str, int]
    events: tuple[Event, ...]
    hash: str = ""


def dump(value: Any) -> bytes:
    """Write one of the wood's frozen types as canonical JSON bytes (field order, no spaces)."""
    return bytes(type_adapter(value.__class__).dump_json(value))


def load(kind: Any, text: bytes | str) -> Any:
    """Read what :func:`dump` wrote.

    Raises:
        pydantic.ValidationError: the text is not such a value.
    """
    return type_adapter(kind).validate_json(text)


_TAPE: Final = {"tape"}
_values_of_world: Final[Callable[[World], tuple[Any, ...]]] = attrgetter(*(field.name for field in fields(World)))
_values_of_turn: Final[Callable[[Turn], tuple[Any, ...]]] = attrgetter(*(field.name for field in fields(Turn)))


def seal(world: World, turn: Turn) -> tuple[World, Turn]:
    """Chain a turn's record and the world it left to the turn before; both come back with the new hash.

    It is SHA-256 over the record and the world as canonical JSON (:func:`dump`), the world still with the hash before
    and without its tape, which stands in the record as its trades.

    Raises:
        ValueError: the tape is not the record's trades.
    """
    if world.tape != turn.trades:
        raise ValueError("the tape of a world and the trades of its record differ")
    digest = hashlib.sha256(dump(turn))
    digest.update(type_adapter(World).dump_json(world, exclude=_TAPE))
    chained = digest.hexdigest()
    # The hash is the last field of both; copying by place takes a third of the time of dataclasses.replace.
    world_values, turn_values = _values_of_world(world)[:-1], _values_of_turn(turn)[:-1]
    return World(*world_values, chained), Turn(*turn_values, chained)  # type: ignore[call-arg]


def digest_of(value: object) -> str:
    """SHA-256 (hex) of a plain JSON value, keys sorted: names a version of the content files."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
