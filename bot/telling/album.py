"""The album: which legends a wood has seen, and what a patron has to do with each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wood.rules import Legend, Rarity, Rules
from wood.stakes import Card
from wood.world import World

ORDER: Final = tuple(reversed(Rarity))
"""The rarest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One legend of the deck, as the album shows it.

    Attributes:
        legend: which.
        times: how often it was told in this wood; 0 hides it, unless it is held.
        first: the turn in which it was told first; 0 while untold.
        last: the turn in which it was told last; 0 while untold.
        teller: the key of the patron who told it last; "" where that was nobody, or is not known.
        own: what the patron of the album has to do with it.
        held: whether that patron holds it, which is for no other eyes.
    """

    legend: Legend
    times: int
    first: int
    last: int
    teller: str
    own: Card
    held: bool

    @property
    def known(self) -> bool:
        """Whether its face may be seen."""
        return self.times > 0 or self.held

    @property
    def rarity(self) -> Rarity:
        """How rare its card is."""
        return self.legend.rarity or Rarity.COMMON


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """The album of a wood, with what one patron did.

    Attributes:
        rules: the content.
        entries: the whole deck, the rarest first; of each rarity what was told, by its first time, then what is held,
            then the rest.
        owner: whose record stands in it, by key; "" where that is nobody's.
        names: patron key -> name as shown.
    """

    rules: Rules
    entries: Sequence[Entry]
    owner: str
    names: Mapping[str, str]

    @property
    def told(self) -> int:
        """How many legends of the deck were told here."""
        return sum(entry.times > 0 for entry in self.entries)

    def entry(self, slug: str) -> Entry | None:
        """The entry of a legend whose face may be seen; None for any other."""
        return next((entry for entry in self.entries if entry.legend.slug == slug and entry.known), None)


def album_card(
    rules: Rules,
    world: World,
    tellings: Sequence[tuple[int, str]],
    names: Mapping[str, str],
    owner: str = "",
    *,
    hand: bool = False,
) -> AlbumCard:
    """Make the album of a wood.

    Args:
        rules: the content.
        world: the wood; its own album knows who told what, but of no turn before there were albums.
        tellings: every telling of a legend in it: turn and slug, newest first.
        names: patron key -> name as shown.
        owner: whose record stands in it, by key; "" for nobody's.
        hand: whether the owner alone sees it, so that what the owner holds is shown.
    """
    patron = world.patrons.get(owner)
    cards = {card.legend: card for card in patron.cards} if patron else {}
    held = set(patron.hand) if patron and hand else set()
    turns: dict[str, list[int]] = {}
    for turn, slug in tellings:
        turns.setdefault(slug, []).append(turn)

    def entry(slug: str) -> Entry:
        at = turns.get(slug, [])
        teller = world.album[slug].teller if slug in world.album else ""
        last, first = (at[0], at[-1]) if at else (0, 0)
        own = cards.get(slug, Card(slug))
        return Entry(rules.legends[slug], len(at), first, last, teller, own, slug in held)

    entries = sorted(map(entry, rules.deck), key=_place)
    return AlbumCard(rules, entries, owner if patron else "", names)


def _place(entry: Entry) -> tuple[int, int, int, str]:
    shown = 0 if entry.times else 1 if entry.held else 2
    return ORDER.index(entry.rarity), shown, entry.first, entry.legend.slug
