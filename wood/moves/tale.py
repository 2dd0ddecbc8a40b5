"""A legend that a patron made up joins the deck of its wood, once its keeper has accepted it."""

from dataclasses import dataclass
from typing import Literal

from wood.chance import below
from wood.draft import Draft
from wood.refusal import Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class AddLegend:
    """The wood's keeper shuffles a legend of the wood's own, by slug, into the deck.

    What it is stands in the content of the turn that takes it in.
    """

    legend: str
    kind: Literal["add"] = "add"

    def admit(self, draft: Draft) -> None:
        """Put the card into a drawn place of the deck; one that is in the game already stays where it is.

        A spent deck is left alone: the next draw shuffles it anew with this card among all others, and alone in it the
        card would be no secret.

        Raises:
            Refusal: no patron of this wood made up a legend of that name.
        """
        legend = draft.rules.legends.get(self.legend)
        if legend is None or not legend.author:
            raise Refusal(RefusalCode.UNKNOWN_LEGEND, legend=self.legend)
        held = any(self.legend in patron.hand for patron in draft.patrons.values())
        if draft.deck and not held and self.legend not in draft.deck:
            place = below(len(draft.deck) + 1, draft.seed, draft.now, "add", self.legend)
            draft.deck.insert(place, self.legend)
