"""A patron who deals with creatures for a friend."""

from bot.lab.patrons.sight import Sight
from wood.moves import Intervention, OfferBribe
from wood.moves.bribe import BRIBE


def benefactor(sight: Sight) -> tuple[Intervention, ...]:
    """Bribe a creature that owes a friend pebbles just before they fall due, so that it can pay."""
    owed = sight.friends[0].loans if sight.friends else ()
    due = [loan.borrower for loan in owed if loan.due - sight.turn <= 2 and sight.purses[loan.borrower] < loan.owed]
    first = int(sight.key[1:]) % max(1, len(due))
    return (OfferBribe(sight.key, due[first], "withhold"),) if due and sight.purse >= BRIBE else ()
