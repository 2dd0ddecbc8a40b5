"""What a patron has to do with legends: those it told, and those that it came through."""

from collections.abc import Iterable
from dataclasses import replace

from wood.draft import Draft
from wood.names import patron_account
from wood.stakes import Card


def added(cards: tuple[Card, ...], legend: str, *, told: int = 0, survived: int = 0) -> tuple[Card, ...]:
    """The same cards with one more told, or come through; a new one stands last."""
    if all(card.legend != legend for card in cards):
        cards = (*cards, Card(legend))
    return tuple(
        Card(legend, card.told + told, card.survived + survived) if card.legend == legend else card for card in cards
    )


def survive(draft: Draft, legends: Iterable[str]) -> None:
    """Note on the cards of all who are present, not exiled and not without a pebble that legends have passed."""
    for slug in legends:
        for key, patron in draft.patrons.items():
            if patron.present and patron.exiled < draft.now and draft.purse(patron_account(key)):
                draft.patrons[key] = replace(patron, cards=added(patron.cards, slug, survived=1))
