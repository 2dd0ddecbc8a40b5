"""What is put into a wood from outside: the numbered inputs of its log, one module a move.

A move is a frozen input that checks itself against the rules and enters the draft (:class:`wood.moves.base.Move`); what
settles it later in the turn, and its constants, stand in the same module.
"""

from collections.abc import Sequence
from contextlib import suppress

from wood.draft import Draft
from wood.moves.base import Quote, Quoted
from wood.moves.bourse import AddMargin, ClosePosition, OpenPosition
from wood.moves.bribe import OfferBribe
from wood.moves.broker import OfferPact
from wood.moves.call import DailyCall
from wood.moves.corner import BuyCorner, SellCorner
from wood.moves.denounce import Denounce
from wood.moves.foresight import Foresight
from wood.moves.joining import Join, Leave
from wood.moves.legend import CastLegend, DrawLegend, TellLegend
from wood.moves.loan import OfferLoan
from wood.moves.measured import Measured
from wood.moves.rumor import CastRumor
from wood.moves.tale import AddLegend
from wood.refusal import Refusal
from wood.rules import Rules
from wood.world import World

__all__ = [
    "AddLegend",
    "AddMargin",
    "BuyCorner",
    "CastLegend",
    "CastRumor",
    "ClosePosition",
    "DailyCall",
    "Denounce",
    "DrawLegend",
    "Foresight",
    "Intervention",
    "Join",
    "Leave",
    "Measured",
    "OfferBribe",
    "OfferLoan",
    "OfferPact",
    "OpenPosition",
    "Quote",
    "SellCorner",
    "TellLegend",
    "admit",
    "quote",
]

Intervention = (
    Join
    | Leave
    | CastRumor
    | DrawLegend
    | CastLegend
    | OfferLoan
    | OfferBribe
    | OfferPact
    | TellLegend
    | DailyCall
    | OpenPosition
    | AddMargin
    | ClosePosition
    | BuyCorner
    | SellCorner
    | Measured
    | Foresight
    | Denounce
    | AddLegend
)
"""Every kind of input; the log tells them apart by ``kind``."""


def admit(rules: Rules, world: World, intervention: Intervention) -> World:
    """Admit one intervention into a world between two turns.

    Raises:
        Refusal: the rules do not allow it.
    """
    draft = Draft(rules, world)
    intervention.admit(draft)
    return draft.freeze()


def quote(rules: Rules, world: World, move: Quoted, before: Sequence[Intervention] = ()) -> Quote:
    """What a move would cost and bring, made after those that wait already.

    Raises:
        Refusal: the rules would not allow it.
    """
    draft = Draft(rules, world)
    for waiting in before:
        with suppress(Refusal):
            waiting.admit(draft)
    return move.quote(draft)
