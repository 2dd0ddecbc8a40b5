"""What is put into a wood from outside: the numbered inputs of its log, one module a move.

A move is a frozen input that checks itself against the rules and enters the draft (:class:`wood.moves.base.Move`); what
settles it later in the turn, and its constants, stand in the same module.
"""

from wood.draft import Draft
from wood.moves.call import DailyCall
from wood.moves.joining import Join, Leave
from wood.moves.legend import CastLegend, DrawLegend, TellLegend
from wood.moves.loan import OfferLoan
from wood.moves.rumor import CastRumor
from wood.moves.tale import AddLegend
from wood.rules import Rules
from wood.world import World

__all__ = [
    "AddLegend",
    "CastLegend",
    "CastRumor",
    "DailyCall",
    "DrawLegend",
    "Intervention",
    "Join",
    "Leave",
    "OfferLoan",
    "TellLegend",
    "admit",
]

Intervention = Join | Leave | CastRumor | DrawLegend | CastLegend | OfferLoan | TellLegend | DailyCall | AddLegend
"""Every kind of input; the log tells them apart by ``kind``."""


def admit(rules: Rules, world: World, intervention: Intervention) -> World:
    """Admit one intervention into a world between two turns.

    Raises:
        Refusal: the rules do not allow it.
    """
    draft = Draft(rules, world)
    intervention.admit(draft)
    return draft.freeze()
