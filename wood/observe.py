"""What one creature may know: the only place that decides who sees what."""

from collections.abc import Mapping
from dataclasses import dataclass

from wood.names import Creature, Good, Season
from wood.orders import Trade
from wood.rules import Rules, Temper
from wood.world import World


@dataclass(frozen=True, slots=True)
class Heard:
    """A line that reached a creature.

    ``speaker`` is a name as shown ("Pip", "the patron Alder", "a traveller", "" for news); ``trust`` is how far
    the hearer trusts that speaker, 0-100; ``weight`` is trust times the line's strength, 0-100.
    """

    speaker: str
    kind: str
    text: str
    about: str | None
    leaning: int
    trust: int
    weight: int
    hops: int


@dataclass(frozen=True, slots=True)
class LoanOffer:
    """A loan on offer to this creature: who lends (as shown), pebbles now, pebbles due back, in how many turns."""

    number: int
    lender: str
    amount: int
    owed: int
    turns: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a creature is told in one turn. No other purse, no truth of a tip, no undrawn legend is in it.

    Attributes:
        creature: whose view.
        name: its name as shown.
        animal: what it is.
        makes: its product, which it can never buy.
        temper: its character.
        turn: the turn's number, from 1.
        season: the season.
        day: 1-based turn of the season.
        days: turns in the season.
        firewood_need: logs its hearth burns this turn.
        firewood_next: logs it will burn next turn.
        purse: its pebbles.
        store: its goods.
        capacity: what its store of its own good can hold.
        mood: 0-100.
        references: reference prices, hundredths.
        moves: per cent each reference moved last turn.
        starts: start prices, hundredths: what is normal.
        lacks: units it is short of for this turn, by good (0 left out).
        lacks_next: the same with next turn's needs added.
        spare: units it can sell and still meet this turn's and the next turn's needs.
        worth: what one more (or one fewer) unit is worth to it, whole pebbles, for every good.
        tape: last turn's trades, all public.
        heard: what it heard, weightiest first.
        feelings: toward whom (as shown) it feels how, strongest first.
        offers: loans it must answer.
        debts: what it owes: (to whom as shown, pebbles, due turn).
    """

    creature: Creature
    name: str
    animal: str
    makes: Good
    temper: Temper
    turn: int
    season: Season
    day: int
    days: int
    firewood_need: int
    firewood_next: int
    purse: int
    store: Mapping[Good, int]
    capacity: int
    mood: int
    references: Mapping[Good, int]
    moves: Mapping[Good, int]
    starts: Mapping[Good, int]
    lacks: Mapping[Good, int]
    lacks_next: Mapping[Good, int]
    spare: Mapping[Good, int]
    worth: Mapping[Good, int]
    tape: tuple[Trade, ...]
    heard: tuple[Heard, ...]
    feelings: tuple[tuple[str, int], ...]
    offers: tuple[LoanOffer, ...]
    debts: tuple[tuple[str, int, int], ...]


def observe(rules: Rules, world: World) -> Mapping[Creature, View]:
    """Make the five views of a wood whose turn is open (see :func:`wood.turn.open_turn`)."""
    raise NotImplementedError
