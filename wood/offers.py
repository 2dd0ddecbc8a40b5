"""Offers: what patrons propose to creatures, who answer it in the same turn; what is not agreed to is given back."""

from collections.abc import Mapping
from typing import Final

from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.debts import lend
from wood.draft import Draft
from wood.hearsay import feel
from wood.heat import record
from wood.names import PEBBLES, Act, Creature, escrow, patron_account
from wood.orders import Decision
from wood.pacts import BRIBE_TURNS, BROKER_TURNS, Deal, lapse, promises
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Pact
from wood.world import Loan, Offer

OFFERS_MOST: Final = 3
"""Offers that a creature thinks about in a turn."""
GRUDGE: Final = -10
"""The feeling below which a creature refuses a patron outright."""
LOAN_HEAT: Final = 1
BRIBE_HEAT: Final = 8
BROKER_HEAT: Final = 2
"""Heat of each that comes about; half of it where it was only tried."""
BRIBED: Final = 1
"""What a creature feels for whom it took a bribe of."""
INSULTED: Final = -1
"""What it feels for whose bribe it turned down."""
ALLIED: Final = 3
"""What two who do not undercut each other feel for one another."""


def approachable(draft: Draft, key: str, creature: Creature) -> None:
    """Check that a patron may propose something to a creature now. What others agreed on with it is not looked at.

    Raises:
        Refusal: it thinks about an offer of the patron's, or about enough others', or bears a grudge.
    """
    if any(offer.patron == key and offer.to is creature for offer in draft.offers):
        raise Refusal(RefusalCode.OFFER_STANDS, creature=creature)
    if draft.feelings[creature].get(key, 0) < GRUDGE:
        raise Refusal(RefusalCode.GRUDGE, creature=creature)
    if sum(offer.to is creature for offer in draft.offers) >= OFFERS_MOST:
        raise Refusal(RefusalCode.LOAN_OFFERS, creature=creature)


def unbound(draft: Draft, key: str, creature: Creature) -> None:
    """Check that a creature keeps no promise to a patron already.

    Raises:
        Refusal: it does.
    """
    for pact in promises(draft, creature):
        if pact.patron == key:
            raise Refusal(RefusalCode.PACT_STANDS, creature=creature, turns=pact.until - draft.now + 1)


def propose(draft: Draft, offer: Offer) -> None:
    """Put an offer before its creature, and its pebbles in escrow."""
    account = patron_account(offer.patron)
    draft.ledger.move(account, escrow(account), PEBBLES, offer.amount, "offered")
    draft.offered = offer.number
    draft.offers.append(offer)


def withdraw(draft: Draft, offer: Offer) -> None:
    """Take an offer back: its pebbles leave escrow for the purse they came from."""
    account = patron_account(offer.patron)
    draft.ledger.move(escrow(account), account, PEBBLES, offer.amount, "offer returned")
    draft.offers.remove(offer)


def answer(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> None:
    """Settle the turn's offers, in the order in which they were taken in: only a yes agrees to one.

    What comes of it holds from the next turn on. A creature keeps one promise at a time: who has given one says no
    to the next, and nobody learns why.
    """
    lapse(draft)
    said = {
        (creature, reply.offer): reply.accept
        for creature, decision in decisions.items()
        if decision
        for reply in decision.answers
    }
    while draft.offers:
        offer = draft.offers[0]
        reply = said.get((offer.to, offer.number))
        if offer.what == Deal.BROKER:
            other = next(each for each in draft.offers if _is_other_side(offer, each))
            _broker(draft, {offer: reply, other: said.get((other.to, other.number))})
        elif offer.what == Deal.LOAN:
            _loan(draft, offer, accepted=bool(reply))
        else:
            _bribe(draft, offer, reply)


def _is_other_side(offer: Offer, other: Offer) -> bool:
    return (other.what, other.patron, other.to, other.partner) == (offer.what, offer.patron, offer.partner, offer.to)


def _paid(draft: Draft, offer: Offer, reason: str) -> None:
    """Let an offer's pebbles go to its creature."""
    draft.ledger.move(escrow(patron_account(offer.patron)), offer.to, PEBBLES, offer.amount, reason)
    draft.offers.remove(offer)


def _declined(draft: Draft, offer: Offer) -> None:
    draft.tell(EventKind.DECLINED, offer.to, to=offer.patron, offer=offer.number, what=offer.what)


def _loan(draft: Draft, offer: Offer, *, accepted: bool) -> None:
    if not accepted:
        withdraw(draft, offer)
        _declined(draft, offer)
        return
    _paid(draft, offer, "lent")
    owed, due = offer.amount + offer.interest, draft.now + offer.turns
    loan = Loan(patron_account(offer.patron), offer.to, owed, due, lent=offer.amount)
    lend(draft, loan, offer.patron)
    record(draft, offer.patron, Act.LENT, who=offer.to, pebbles=-offer.amount, heat=LOAN_HEAT)


def _bribe(draft: Draft, offer: Offer, reply: bool | None) -> None:
    good = draft.rules.creatures[offer.to].makes
    if not reply or promises(draft, offer.to):
        if reply is False:
            feel(draft, offer.to, offer.patron, INSULTED)
        withdraw(draft, offer)
        _declined(draft, offer)
        record(draft, offer.patron, Act.BRIBE, good=good, who=offer.to, heat=BRIBE_HEAT // 2)
        return
    _paid(draft, offer, "bribed")
    until = draft.now + offer.turns
    draft.pacts.append(Pact(offer.what, offer.patron, offer.to, None, until))
    feel(draft, offer.to, offer.patron, BRIBED)
    record(draft, offer.patron, Act.BRIBE, good=good, who=offer.to, pebbles=-offer.amount, heat=BRIBE_HEAT)
    draft.tell(EventKind.BRIBED, offer.to, to=offer.patron, what=offer.what, good=good, until=until)


def _broker(draft: Draft, replies: Mapping[Offer, bool | None]) -> None:
    """Settle both halves of a pact between two: it is one only if both agree."""
    (one, other), key = replies, next(iter(replies)).patron
    for offer in replies:
        withdraw(draft, offer)
    refused = [offer for offer, reply in replies.items() if not reply or promises(draft, offer.to)]
    if refused:
        for offer in refused:
            _declined(draft, offer)
        return
    until = draft.now + one.turns
    draft.pacts.append(Pact(Deal.BROKER, key, one.to, other.to, until))
    feel(draft, one.to, other.to, ALLIED)
    feel(draft, other.to, one.to, ALLIED)
    good = draft.rules.creatures[other.to].makes
    record(draft, key, Act.BROKER, good=good, who=other.to, heat=BROKER_HEAT // 2)
    draft.tell(EventKind.BROKERED, one.to, to=key, partner=other.to, until=until)


def lasting(draft: Draft, what: Deal) -> int:
    """Turns for which a bribe or a pact that is proposed now would hold: none beyond the year's end.

    Raises:
        Refusal: it would hold for none.
    """
    turns = min(BROKER_TURNS if what is Deal.BROKER else BRIBE_TURNS, turns_left(draft.rules, draft.now))
    if turns < 1:
        raise Refusal(RefusalCode.YEAR_ENDS, turns=0)
    return turns
