"""The frozen state of one wood between two halves of a turn."""

from collections.abc import Mapping

from wood.frozen import frozen
from wood.names import Creature, Good
from wood.orders import Trade


@frozen
class Patron:
    """A player as the wood knows one: a key and a woodland alias, never a name or a Discord id.

    Attributes:
        key: ``p1``, ``p2``, … in order of joining.
        alias: the name that creatures hear ("Alder").
        breath: what rumors and legends cost, regained one a turn.
        hand: the legends held, by slug.
        fame: points of the year (legends told, true rumors).
        present: False once forgotten.
        left: the turn in which it was forgotten, 0 while present.
    """

    key: str
    alias: str
    breath: int
    hand: tuple[str, ...] = ()
    fame: int = 0
    present: bool = True
    left: int = 0


@frozen
class Hearsay:
    """A line in the air.

    Attributes:
        speaker: who says it: a creature, a patron's key, or "" for news without an author.
        origin: who said it first.
        kind: gossip, rumor, whisper or news.
        text: the words, bounded and without mentions; of news its key in the content, ``legend/index of its shock``.
        about: the good or creature it is about, if known.
        leaning: 1 dearer, -1 cheaper, 0 neither.
        strength: 0-100, fading with each hop.
        hops: how often it was passed on.
        hearers: who hears it in the coming turn.
    """

    speaker: str
    origin: str
    kind: str
    text: str
    about: str | None
    leaning: int
    strength: int
    hops: int
    hearers: tuple[Creature, ...]


@frozen
class Claim:
    """A claim about a price that time will judge: ``price`` is the reference (hundredths) when it was made.

    ``due`` is the turn of judgement; ``hearers`` are those whose trust is at stake.
    """

    speaker: str
    good: Good
    leaning: int
    price: int
    due: int
    hearers: tuple[Creature, ...]


@frozen
class ShockInForce:
    """One shock of a told legend, from turn ``start`` on; ``index`` is its place in the legend's list of shocks."""

    legend: str
    index: int
    start: int


@frozen
class Offer:
    """A loan offered to a creature, its pebbles in escrow until the creature answers."""

    number: int
    patron: str
    to: Creature
    amount: int
    interest: int
    turns: int


@frozen
class Loan:
    """Pebbles a creature owes: ``owed`` (with interest) to the account ``lender`` at turn ``due``."""

    lender: str
    borrower: Creature
    owed: int
    due: int


@frozen
class Pool:
    """A legend that gathers breath: whose card it is, who gave how much, and the turn in which it began."""

    legend: str
    owner: str
    breath: Mapping[str, int]
    since: int

    @property
    def gathered(self) -> int:
        """Breath given so far."""
        return sum(self.breath.values())


@frozen
class World:
    """One wood, whole. Every mapping is in canonical order; nothing in it is ever mutated.

    Attributes:
        seed: what all randomness is keyed by.
        turn: turns completed; a turn opened by ``open_turn`` is ``turn + 1``.
        accounts: account -> asset -> units. Each asset sums to zero over all accounts.
        references: reference prices, hundredths of a pebble.
        yesterday: reference prices one turn before.
        moods: hundredths of a mood point, 0-10000.
        trust: hearer -> speaker (creature or patron key) -> 0-100.
        feelings: whose -> toward whom (creature or patron key) -> whole number, 0 is left out.
        patrons: by key.
        shocks: parts of legends that are still to act or in force.
        hearsay: lines heard in the last (or open) turn.
        said: lines in the air, to be heard next turn.
        claims: what time will judge.
        offers: loans not yet answered.
        loans: loans outstanding.
        deck: slugs still to be drawn, next first.
        pool: the legend that gathers breath, if any.
        ready: the first turn in which the next legend may be told.
        told: the legend told last and its turn, if any.
        wealth: sum over this year's turns of each creature's wealth, in hundredths.
        tape: the trades of the last turn.
        offered: loans offered so far; numbers the next offer.
        chain: the hash of the last turn.
    """

    seed: int
    turn: int
    accounts: Mapping[str, Mapping[str, int]]
    references: Mapping[Good, int]
    yesterday: Mapping[Good, int]
    moods: Mapping[Creature, int]
    trust: Mapping[Creature, Mapping[str, int]]
    feelings: Mapping[Creature, Mapping[str, int]]
    patrons: Mapping[str, Patron]
    shocks: tuple[ShockInForce, ...]
    hearsay: tuple[Hearsay, ...]
    said: tuple[Hearsay, ...]
    claims: tuple[Claim, ...]
    offers: tuple[Offer, ...]
    loans: tuple[Loan, ...]
    deck: tuple[str, ...]
    pool: Pool | None
    ready: int
    told: tuple[str, int] | None
    wealth: Mapping[Creature, int]
    tape: tuple[Trade, ...]
    offered: int
    chain: str

    def held(self, account: str, asset: str) -> int:
        """Units of ``asset`` on ``account``; 0 for an account that does not exist."""
        return self.accounts.get(account, {}).get(asset, 0)
