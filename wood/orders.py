"""What a creature may decide, and what the market makes of it."""

from wood.frozen import frozen
from wood.names import Creature, Good, Hand, Name, Side

MAX_ORDERS = 4
MAX_THOUGHT = 200
MAX_GOSSIP = 120
MAX_PRICE = 99
MAX_QTY = 20


@frozen
class Order:
    """A limit order: at most ``qty`` units of ``good``, at ``price`` whole pebbles a unit or better."""

    side: Side
    good: Good
    price: int
    qty: int


@frozen
class Answer:
    """A creature's yes or no to the offer with the number ``offer``."""

    offer: int
    accept: bool


@frozen
class Decision:
    """One creature's decision of one turn, already read and bounded."""

    thought: str = ""
    orders: tuple[Order, ...] = ()
    gossip: str = ""
    answers: tuple[Answer, ...] = ()


class SlipReason(Name):
    """Why an order, or a part of one, does not stand."""

    NOT_COVERED = "not-covered"
    TOO_MANY = "too-many-orders"
    OUT_OF_RANGE = "out-of-range"
    OWN_PRODUCT = "own-product"
    COLLAR = "outside-the-collar"
    FORCED = "forced-sale"
    BRIBED = "bribed"
    ONE_A_GOOD = "one-order-a-good"
    HALTED = "halted"
    UNDER_FLOOR = "under-the-floor"
    OVER_CEILING = "over-the-ceiling"
    RATIONED = "rationed"


@frozen
class Trade:
    """A matched pair of one buyer and one seller in one good, at the auction's uniform price (pebbles a unit)."""

    good: Good
    buyer: str
    seller: str
    qty: int
    price: int
    buyer_hand: Hand
    seller_hand: Hand

    @property
    def by_minds(self) -> bool:
        """Whether a mind's own order stood on both sides."""
        return self.buyer_hand is Hand.MIND and self.seller_hand is Hand.MIND


@frozen
class Auction:
    """The outcome of one good's call auction.

    ``price`` is None when nothing traded; ``demand`` and ``supply`` are the units that stood;
    ``unfilled_demand`` and ``unfilled_supply`` count only units at or through the reference.
    """

    price: int | None
    volume: int
    demand: int
    supply: int
    unfilled_demand: int
    unfilled_supply: int


@frozen
class Slip:
    """An order, or a part of one, that did not stand, and why."""

    creature: Creature
    order: Order
    reason: SlipReason
