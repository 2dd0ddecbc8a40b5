"""The frozen state of one wood between two halves of a turn."""

from collections.abc import Mapping
from typing import Final

from wood.frozen import frozen
from wood.memory import Memory
from wood.names import Creature, Good
from wood.orders import Trade
from wood.stakes import Card, Career, Case, Corner, Entry, Pact, Position, Telling, Tip, Wager


@frozen
class Prophecy:
    """What a year's claims, or calls, of somebody were worth.

    Attributes:
        said: how many time has judged.
        right: how many of them came true.
        expected: how many would have by their chances alone, per mille of one.
        score: the sum of (1000 - chance) for each that came true and of -chance for each that did not, per mille.
        streak: how many came true in a row until now.
    """

    said: int = 0
    right: int = 0
    expected: int = 0
    score: int = 0
    streak: int = 0


@frozen
class Patron:
    """A player as the wood knows one: a key and a woodland alias, never a name or a Discord id.

    Attributes:
        key: ``p1``, ``p2``, … in order of joining.
        alias: the name that creatures hear ("Alder").
        breath: what rumors and legends cost, regained one a turn.
        hand: the legends held, by slug.
        fame: points of the year for legends told.
        present: False once forgotten.
        left: the turn in which it was forgotten, 0 while present.
        prophecy: what the year's claims were worth.
        heat: how hot it is for the Magistrate; one less each turn.
        peak: the most that it was this year.
        file: the year's deeds, oldest first; the newest :data:`FILE_MOST` are kept.
        tips: true glimpses that were bought, until they come about.
        blocked: the last turn in which the purse is frozen, 0 for none.
        exiled: the last turn of an exile, 0 for none.
        convicted: how often, this year.
        voice: points of belief that its words made this year.
        course: its standing at the end of every fourth turn of the year.
        career: what stays of the years before.
        cards: legends told and survived, in the order of the first time.
    """

    key: str
    alias: str
    breath: int
    hand: tuple[str, ...] = ()
    fame: int = 0
    present: bool = True
    left: int = 0
    prophecy: Prophecy = Prophecy()
    heat: int = 0
    peak: int = 0
    file: tuple[Entry, ...] = ()
    tips: tuple[Tip, ...] = ()
    blocked: int = 0
    exiled: int = 0
    convicted: int = 0
    voice: int = 0
    course: tuple[int, ...] = ()
    career: Career = Career()
    cards: tuple[Card, ...] = ()


@frozen
class Hearsay:
    """A line in the air.

    Attributes:
        speaker: who says it: a creature, a patron's key, or "" for news without an author.
        origin: who said it first.
        kind: gossip, rumor, whisper or news.
        text: the words, bounded and without mentions; of news its key in the content, ``legend/index of its shock``.
        about: the good or creature it is about, if known.
        leaning: 1 dearer (of a creature: a good word), -1 cheaper (an ill word), 0 neither.
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

    ``due`` is the turn of judgement; ``hearers`` are those whose trust is at stake. ``chance`` is, per mille, how
    likely it was to come true without knowing more than habit does; None where it is not known (yet). An ``echo``
    repeats what stood as somebody's public claim already, and counts for nothing.
    """

    speaker: str
    good: Good
    leaning: int
    price: int
    due: int
    hearers: tuple[Creature, ...]
    chance: int | None = None
    echo: bool = False


@frozen
class Call:
    """A daily call: which good moves most from the prices ``before`` until the end of the turn ``due``, and which way.

    ``caller`` is a key as patrons have one, also of those who have not joined; ``chance`` as that of a claim.
    """

    caller: str
    good: Good
    leaning: int
    before: Mapping[Good, int]
    due: int
    chance: int | None = None


@frozen
class Forecast:
    """The prices that habit's continuations expected at the end of the turn ``due``, hundredths of a pebble."""

    due: int
    prices: Mapping[Good, int]


@frozen
class Echo:
    """How much of one claim a creature said or heard lately: ``quarters`` of a rumor, the last in turn ``last``."""

    quarters: int
    last: int


@frozen
class Lately:
    """What a creature's last turn was like, as far as it is worth talking about.

    Attributes:
        cold: logs that its hearth missed.
        kinds: how many different foods it ate.
        spoiled: units that rotted, by good.
        unsold: units of its own good that stood at the market and found no buyer.
        unserved: units it bid for at or through the reference and did not get, by good.
    """

    cold: int
    kinds: int
    spoiled: Mapping[Good, int]
    unsold: int
    unserved: Mapping[Good, int]


UNEVENTFUL: Final = Lately(0, 2, {}, 0, {})
"""A turn of which there is nothing to tell."""


@frozen
class ShockInForce:
    """One shock of a told legend, from turn ``start`` on; ``index`` is its place in the legend's list of shocks."""

    legend: str
    index: int
    start: int


@frozen
class Offer:
    """What is offered to a creature, its pebbles in escrow until the creature answers.

    ``what`` is ``loan``, ``withhold`` or ``dump`` (a bribe), or ``broker``. Of a loan there is ``interest``, and it is
    due after ``turns``; a bribe and a pact last so long. ``partner`` is with whom a pact would be.
    """

    number: int
    patron: str
    to: Creature
    amount: int
    interest: int
    turns: int
    what: str = "loan"
    partner: Creature | None = None


@frozen
class Loan:
    """Pebbles a creature owes: ``owed`` (with interest) to the account ``lender`` at turn ``due``.

    ``late`` is the turn since when it is in arrears, 0 while it is not. ``lent`` is what of it was lent and has not
    come back (negative where more has), so ``owed - lent`` is its interest; of a loan of older rules it is 0.
    """

    lender: str
    borrower: Creature
    owed: int
    due: int
    late: int = 0
    lent: int = 0


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
        beliefs: whose -> about which good or creature -> -100 to 100, 0 is left out. Of a good: dearer or cheaper; of
            a creature: well or ill of it.
        echoes: who -> ``subject/leaning`` of a claim -> how much was said or heard of it lately.
        memories: whose -> the strongest memories, strongest first.
        lately: what each creature's last turn was like.
        calls: daily calls that time will judge.
        forecasts: what habit expected, for the odds to learn from.
        errors: how far from it prices came out lately, by good, oldest first, in micro of a logarithm.
        callers: what the daily calls of everybody who made one were worth this year, by key.
        album: the legends that were told in this wood, by slug.
        positions: what stands open at the Bourse, oldest first.
        pacts: what creatures agreed to for patrons.
        corners: agents of patrons who buy up goods.
        wagers: what is staked on words.
        cases: files that the Magistrate has open.
        uses: the turns in which moves were lately made, by kind: what is in demand costs more.
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
    beliefs: Mapping[Creature, Mapping[str, int]]
    echoes: Mapping[Creature, Mapping[str, Echo]]
    memories: Mapping[Creature, tuple[Memory, ...]]
    lately: Mapping[Creature, Lately]
    calls: tuple[Call, ...]
    forecasts: tuple[Forecast, ...]
    errors: Mapping[Good, tuple[int, ...]]
    callers: Mapping[str, Prophecy]
    album: Mapping[str, Telling]
    positions: tuple[Position, ...]
    pacts: tuple[Pact, ...]
    corners: tuple[Corner, ...]
    wagers: tuple[Wager, ...]
    cases: tuple[Case, ...]
    uses: Mapping[str, tuple[int, ...]]
    chain: str

    def held(self, account: str, asset: str) -> int:
        """Units of ``asset`` on ``account``; 0 for an account that does not exist."""
        return self.accounts.get(account, {}).get(asset, 0)
