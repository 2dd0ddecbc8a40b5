"""What a creature is told of its turn, line by line, in the order in which it is read, and which lines may be cut."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from inference.fair import fair_orders
from inference.schema import MAX_ANSWERS
from inference.text import quote
from inference.writing import by_good
from wood.frozen import frozen
from wood.memory import Deed
from wood.names import AGENT, CENTS, CREATURES, GOODS, Creature, Good
from wood.observe import FEELINGS_MOST, HEARD_MOST, Heard, View
from wood.orders import MAX_GOSSIP, Order
from wood.pacts import Deal
from wood.rules import Rules

OWN_MOST: Final = 6
HEARD_FIRST: Final = 3
STRONG: Final = 8
"""Size of a feeling from which it has a strong word."""
DEBTS_MOST: Final = 3
NAME_MOST: Final = 40

MARKET: Final = "Market:"
FAIR: Final = "Fair orders:"
_HEARSAY: Final = "Heard (hearsay):"
_OFFERS: Final = "Offered to you, answer each:"

_DEEDS: Final[Mapping[Deed, tuple[str, str]]] = {
    Deed.LIED: ("lied about {}", "lied"),
    Deed.FORETOLD: ("was right about {}", "was right"),
    Deed.SPOKE_ILL: ("spoke ill of you", "spoke ill of you"),
    Deed.SPOKE_WELL: ("spoke well of you", "spoke well of you"),
    Deed.DEAR: ("sold you {} dear when you were in need", "sold dear when you were in need"),
    Deed.KIND: ("sold you {} cheap when you were in need", "was kind when you were in need"),
    Deed.SHORTED: ("bet that your {} would get cheap", "bet against your crop"),
    Deed.DEFAULTED: ("did not pay back a loan", "did not pay back a loan"),
    Deed.DUNNED: ("pressed you for a debt", "pressed you for a debt"),
}
"""What somebody did, with a good in it and without."""

_ASKED: Final[Mapping[Deal, str]] = {
    Deal.LOAN: "lends {amount} pebbles, you pay back {owed} in {turns} turns",
    Deal.WITHHOLD: "secretly pays you {amount} pebbles to sell no {good} for {turns} turns",
    Deal.DUMP: "secretly pays you {amount} pebbles to sell off all your {good} cheap each turn for {turns} turns",
    Deal.BROKER: "asks you and {partner} to sell nothing of your own under a good price for {turns} turns",
}
_PROMISED: Final[Mapping[Deal, str]] = {
    Deal.WITHHOLD: "to sell no {good}",
    Deal.DUMP: "to sell off all your {good} cheap",
    Deal.BROKER: "and {partner} to sell no {good} cheap",
}

# When a line is cut: the higher, the sooner; 0 never.
_NEVER, _OFFER, _DEBT, _STRONG, _MEMORY, _TAPE, _FEELING, _WEAK, _OWN = range(9)


@frozen
class Line:
    """One line of a turn, and the heading it stands under. The higher ``cut`` is, the sooner it goes; 0 never."""

    text: str
    heading: str = ""
    cut: int = 0


def lines(view: View, rules: Rules) -> list[Line]:
    """The turn, line by line, in the order in which it is read."""
    fair = fair_orders(view)
    return [
        Line(
            f"Turn {view.turn}, {view.season}, day {view.day} of {view.days}. "
            f"Your hearth burns {view.firewood_need} firewood now, {view.firewood_next} next turn."
        ),
        Line(f"You have {view.purse} pebbles. Mood {view.mood} of 100."),
        *_debts(view),
        *_promises(view),
        *_tape(view, rules),
        *_heard(view),
        *_feelings(view),
        *_memory(view),
        *_offers(view),
        *(Line(_market(view, good), MARKET) for good in own_first(view.makes)),
        Line(fair_line(fair[good] for good in own_first(view.makes) if good in fair)),
        Line(closing(view)),
    ]


def closing(view: View) -> str:
    """The line that a reply follows on."""
    return f"You are {view.name}. Your reply:"


def own_first(makes: Good) -> tuple[Good, ...]:
    """All goods in the order in which the reply's schema has them."""
    return (makes, *(good for good in GOODS if good is not makes))


def fair_line(orders: Iterable[Order]) -> str:
    """Fair orders as a reply would have them, so that they can be copied."""
    return f"{FAIR} {by_good(orders)}"


def _price(cents: int) -> str:
    """Pebbles with one decimal, rounded half up; whole prices without it."""
    tenths = (cents * 10 + CENTS // 2) // CENTS
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _market(view: View, good: Good) -> str:
    move, have, lacks = view.moves[good], view.store[good], view.lacks_next.get(good, 0)
    price = _price(view.references[good]) + (f" ({move:+d}%)" if move else "")
    return f"- {good} {price}, have {have}{f' of {have + lacks}' if lacks else ''}, worth {view.worth[good]}"


def _debts(view: View) -> Iterator[Line]:
    for debt in view.debts[:DEBTS_MOST]:
        due = "overdue: part of all you earn is taken" if debt.late else f"due in turn {debt.due}"
        yield Line(f"You owe {_name(debt.lender)} {debt.owed} pebbles, {due}.", cut=_DEBT)
    if view.broke:
        yield Line("You are ruined: all know that you cannot pay.", cut=_DEBT)


def _promises(view: View) -> Iterator[Line]:
    for promise in view.promises:
        what = _PROMISED[promise.what].format(good=view.makes, partner=promise.partner)
        yield Line(f"You promised {_name(promise.patron)} {what} until turn {promise.until}.", cut=_DEBT)


def _tape(view: View, rules: Rules) -> Iterator[Line]:
    """Last turn's trades summed by good and price, and the creature's own with whom."""
    sums: dict[tuple[Good, int], int] = {}
    own: list[str] = []
    for trade in view.tape:
        sums[trade.good, trade.price] = sums.get((trade.good, trade.price), 0) + trade.qty
        if trade.buyer == view.creature:
            own.append(f"bought {trade.qty} {trade.good} from {_trader(trade.seller, rules)}")
        elif trade.seller == view.creature:
            own.append(f"sold {trade.qty} {trade.good} to {_trader(trade.buyer, rules)}")
    if sums:
        words = ", ".join(f"{qty} {good} at {price}" for (good, price), qty in sums.items())
        yield Line(f"Last turn's trades: {words}.", cut=_TAPE)
    if own:
        yield Line(f"You {', '.join(own[:OWN_MOST])}.", cut=_OWN)


def _trader(trader: str, rules: Rules) -> str:
    if trader in CREATURES:
        return rules.creatures[Creature(trader)].name
    return "an agent" if trader == AGENT else "a stranger"


def _heard(view: View) -> Iterator[Line]:
    """Each line once, with all from whom it was heard, at the place of the weightiest."""
    said: dict[str, list[str]] = {}
    for heard in view.heard[:HEARD_MOST]:
        sources = said.setdefault(quote(heard.text, MAX_GOSSIP), [])
        if (source := _source(heard)) not in sources:
            sources.append(source)
    for place, (words, sources) in enumerate(said.items()):
        yield Line(f"- {', '.join(sources)}: {words}", _HEARSAY, _STRONG if place < HEARD_FIRST else _WEAK)


def _source(heard: Heard) -> str:
    trust = (
        "trusted"
        if heard.trust >= 70
        else "half trusted"
        if heard.trust >= 45
        else "doubted"
        if heard.trust >= 20
        else "not trusted"
    )
    if not heard.speaker:
        return "news" if heard.trust >= 45 else "old news"
    return f"{_name(heard.speaker)} ({trust}{', second hand' if heard.hops else ''})"


def _feelings(view: View) -> Iterator[Line]:
    words = [f"{_feeling(feeling)} {_name(whom)}" for whom, feeling in view.feelings[:FEELINGS_MOST] if feeling]
    if words:
        yield Line(f"You {', '.join(words)}.", cut=_FEELING)


def _feeling(feeling: int) -> str:
    if feeling > 0:
        return "love" if feeling >= STRONG else "like"
    return "hate" if feeling <= -STRONG else "dislike"


def _memory(view: View) -> Iterator[Line]:
    """The strongest memory alone."""
    for memory in view.memories[:1]:
        about, plain = _DEEDS[memory.deed]
        deed = about.format(memory.good) if memory.good else plain
        yield Line(f"You remember: {_name(memory.who)} {deed}.", cut=_MEMORY)


def _offers(view: View) -> Iterator[Line]:
    for offer in view.offers[:MAX_ANSWERS]:
        asked = _ASKED[offer.what].format(
            amount=offer.amount, owed=offer.owed, turns=offer.turns, good=view.makes, partner=offer.partner
        )
        yield Line(f"- {offer.number}: {_name(offer.patron)} {asked}", _OFFERS, _OFFER)


def _name(name: str) -> str:
    return quote(name, NAME_MOST)[1:-1]
