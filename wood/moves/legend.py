"""Legends: drawing a card, gathering breath for it, and telling it."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from wood.bourse import book_heat
from wood.cards import added
from wood.chance import shuffled
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.moves.base import actor, spend_breath
from wood.names import Act
from wood.refusal import Refusal, RefusalCode
from wood.shocks import begin
from wood.stakes import Telling
from wood.world import Pool

LEGEND_BREATH: Final = 3
LEGEND_REST: Final = 4
POOL_PATIENCE: Final = 12
HAND_MOST: Final = 2
TOLD_HEAT: Final = 1
"""Heat of a legend for everybody who gave breath to it."""


@dataclass(frozen=True, slots=True)
class DrawLegend:
    """A patron draws the next card of the seeded deck into the hand."""

    patron: str
    kind: Literal["draw"] = "draw"

    def admit(self, draft: Draft) -> None:
        """Put the next card into the hand; only its owner learns which.

        Raises:
            Refusal: the patron is out of breath, the hand is full, or no card is left.
        """
        patron = actor(draft, self.patron)
        if patron.breath < 1:
            raise Refusal(RefusalCode.DRAW_BREATH)
        if len(patron.hand) >= HAND_MOST:
            raise Refusal(RefusalCode.HAND, most=HAND_MOST)
        card = next_card(draft)
        draft.patrons[patron.key] = replace(patron, hand=(*patron.hand, card))
        draft.tell(EventKind.DRAWN, patron.key, to=patron.key, legend=card)


@dataclass(frozen=True, slots=True)
class CastLegend:
    """A patron puts ``breath`` into casting a legend.

    ``legend`` is a card of the patron's own hand, or None to help the one that is gathering breath.
    """

    patron: str
    legend: str | None
    breath: int
    kind: Literal["cast"] = "cast"

    def admit(self, draft: Draft) -> None:
        """Give breath to the legend that gathers it, or begin to gather for one.

        Raises:
            Refusal: there is no such legend to help, another one gathers, or breath is lacking.
        """
        patron = actor(draft, self.patron)
        pool = draft.pool
        if self.legend is None and pool is None:
            raise Refusal(RefusalCode.NO_POOL)
        if self.legend is not None and self.legend not in patron.hand:
            raise Refusal(RefusalCode.NOT_IN_HAND)
        if self.legend is not None and pool is not None and pool.legend != self.legend:
            raise Refusal(RefusalCode.OTHER_POOL)
        if pool is None:
            pool = Pool(str(self.legend), patron.key, {}, draft.now)
        missing = LEGEND_BREATH - pool.gathered
        if missing <= 0:
            raise Refusal(RefusalCode.POOL_FULL)
        if self.breath < 1:
            raise Refusal(RefusalCode.NO_BREATH, missing=missing)
        breath = min(self.breath, missing)
        spend_breath(draft, patron, breath)
        given = {**pool.breath, patron.key: pool.breath.get(patron.key, 0) + breath}
        draft.pool = replace(pool, breath=given)
        draft.tell(EventKind.GATHERING, breath=draft.pool.gathered, needed=LEGEND_BREATH)


@dataclass(frozen=True, slots=True)
class TellLegend:
    """The storyteller tells a legend or a plain shock at once, without breath or rest (simulations, keepers)."""

    legend: str
    kind: Literal["tell"] = "tell"

    def admit(self, draft: Draft) -> None:
        """Tell it.

        Raises:
            Refusal: there is none of that name.
        """
        if self.legend not in draft.rules.legends:
            raise Refusal(RefusalCode.UNKNOWN_LEGEND, legend=self.legend)
        tell(draft, self.legend)


def next_card(draft: Draft) -> str:
    """Take the next card of the deck, shuffling a spent deck anew without the cards that are held.

    Raises:
        Refusal: every legend is in somebody's hand.
    """
    if not draft.deck:
        held = {card for patron in draft.patrons.values() for card in patron.hand}
        fresh = [slug for slug in draft.rules.deck if slug not in held]
        draft.deck = list(shuffled(fresh, draft.seed, draft.now, "deck"))
    if not draft.deck:
        raise Refusal(RefusalCode.DECK)
    return draft.deck.pop(0)


def tell(draft: Draft, slug: str) -> None:
    """Tell a legend: its shocks begin with the open turn, and everybody learns its title."""
    legend = draft.rules.legends[slug]
    begin(draft, legend)
    if legend.in_deck:
        draft.told = (slug, draft.now)
        draft.ready = draft.now + LEGEND_REST + 1
        draft.deck = [card for card in draft.deck if card != slug]
        before = draft.album.get(slug)
        teller = draft.pool.owner if draft.pool is not None and draft.pool.legend == slug else ""
        first, times = (before.first, before.times) if before else (draft.now, 0)
        draft.album = dict(sorted({**draft.album, slug: Telling(times + 1, first, draft.now, teller)}.items()))
    givers: list[str] = []
    if draft.pool is not None and draft.pool.legend == slug:
        givers = list(draft.pool.breath)
        for key in givers:
            patron = draft.patrons[key]
            owner = key == draft.pool.owner
            hand = tuple(card for card in patron.hand if card != slug) if owner else patron.hand
            draft.patrons[key] = replace(
                patron, fame=patron.fame + (2 if owner else 1), hand=hand, cards=added(patron.cards, slug, told=1)
            )
            record(draft, key, Act.LEGEND, good=legend.good, heat=TOLD_HEAT + book_heat(draft, key, legend.good))
        draft.pool = None
    draft.tell(EventKind.LEGEND, slug, patrons=givers, good=legend.good)


def gather(draft: Draft) -> None:
    """At dawn: tell the pooled legend if it has its breath and the wood has rested, or give up a stale pool."""
    pool = draft.pool
    if pool is None:
        return
    if pool.gathered >= LEGEND_BREATH:
        if draft.now >= draft.ready:
            tell(draft, pool.legend)
    elif draft.now - pool.since >= POOL_PATIENCE:
        draft.pool = None
        draft.tell(EventKind.GATHERING, breath=0, needed=LEGEND_BREATH)
