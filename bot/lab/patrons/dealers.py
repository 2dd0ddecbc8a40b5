"""Patrons who deal with creatures, for themselves and for a friend."""

from dataclasses import replace

from bot.lab.patrons.quiet import lender
from bot.lab.patrons.sight import Sight
from wood.moves import Intervention, OfferBribe, OfferLoan
from wood.moves.bribe import BRIBE


def usurer(sight: Sight) -> tuple[Intervention, ...]:
    """Lend to those who have least at the highest rate there is."""
    return tuple(replace(offer, interest=offer.amount // 2) for offer in lender(sight) if isinstance(offer, OfferLoan))


def benefactor(sight: Sight) -> tuple[Intervention, ...]:
    """Bribe a creature that owes a friend pebbles just before they fall due, so that it can pay."""
    owed = sight.friends[0].loans if sight.friends else ()
    due = [loan.borrower for loan in owed if loan.due - sight.turn <= 2 and sight.purses[loan.borrower] < loan.owed]
    first = int(sight.key[1:]) % max(1, len(due))
    return (OfferBribe(sight.key, due[first], "withhold"),) if due and sight.purse >= BRIBE else ()
