"""Reading a reply: the strict path for what fits the creature's schema, else the tolerant one.

The schema says ``orders``, an object of phrases under their goods, and ``loan`` in an answer. Replies that say
``offers`` and ``offer``, and those with a list of objects, as they were once asked for, are read as well; where both
words stand in one reply ``orders`` counts (see :mod:`inference.choose`).

Of two orders for one good the first stands, whatever their sides and prices. Every repair and every drop is named
by a code of :mod:`inference.codes`; how far the tolerant path goes is told in :mod:`inference.repair` (the JSON),
:mod:`inference.choose` (which object) and :mod:`inference.orders` (what it means).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from inference.choose import choose
from inference.codes import Drop, Notes, Repair, Unread
from inference.examples import example_of
from inference.orders import GOODS, MANY, SIDES, read_answers, read_orders
from inference.repair import MAX_INPUT, UnreadableError, decode, find, loads, unwrap
from inference.schema import MAX_ANSWERS, AnsweringForm, model_of
from inference.text import tidy
from wood.names import Good
from wood.observe import View
from wood.orders import MAX_GOSSIP, MAX_ORDERS, MAX_THOUGHT, Answer, Decision, Order

_Form = TypeVar("_Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one reply.

    Attributes:
        decision: what the creature decides; None when the reply cannot be read.
        valid: whether the text fits the creature's schema as it stands.
        repairs: codes of what was mended, each once, sorted; empty when nothing was read.
        drops: codes of what was dropped, one for each thing dropped, in order.
        why: why there is no decision (a code); "" when there is one.
    """

    decision: Decision | None
    valid: bool
    repairs: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    why: str = ""


def read(reply: str | bytes, view: View) -> Reading:
    """Read a reply of the creature whose view this is. Never raises, whatever the text."""
    notes = Notes()
    form = fitting(reply, model_of(view))
    if form is None:
        return _read_tolerantly(reply, view, notes)
    orders = _settle(map(_plain, form.orders.items()), notes)
    given = form.answers if isinstance(form, AnsweringForm) else ()
    answers = _admit([Answer(answer.loan, answer.accept) for answer in given], view, notes)
    decision = Decision(_own(form.thought.strip(), view, notes), orders, form.gossip.strip(), answers)
    return Reading(decision, valid=True, drops=tuple(notes.drops))


def _plain(said: tuple[str, str]) -> Order:
    """An order as it stands in a reply that fits: a good and its phrase."""
    good, phrase = said
    side, qty, _, price = phrase.split(" ")
    return Order(SIDES[side], GOODS[good], int(price), int(qty))


def fitting(reply: str | bytes, model: type[_Form]) -> _Form | None:
    """A reply that fits its model just as it stands; None for any other text."""
    if len(reply) > MAX_INPUT:
        return None
    try:  # a key that stands twice is marked when it is loaded, so that no model knows it
        return model.model_validate(loads(reply if isinstance(reply, str) else reply.decode()))
    except (ValueError, RecursionError):
        return None


def _read_tolerantly(reply: str | bytes, view: View, notes: Notes) -> Reading:
    try:
        decision = _decide(reply, view, notes)
    except UnreadableError as unreadable:
        return Reading(None, valid=False, drops=tuple(notes.drops), why=unreadable.why.value)
    repairs = tuple(sorted(code.value for code in notes.repairs))
    return Reading(decision, valid=False, repairs=repairs, drops=tuple(notes.drops))


def _decide(reply: str | bytes, view: View, notes: Notes) -> Decision:
    text = decode(reply, notes)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise UnreadableError(Unread.EMPTY)
    fields = choose(find(unwrap(text, notes), notes), notes)
    if not fields.keys() >= model_of(view).model_fields.keys():
        notes.repair(Repair.MISSING_KEY)
    thought = _text(fields.get("thought"), MAX_THOUGHT, notes)
    orders = _settle(read_orders(fields.get("orders"), view.makes, notes), notes)
    gossip = _text(fields.get("gossip"), MAX_GOSSIP, notes)
    answers = _admit(read_answers(fields.get("answers"), notes), view, notes)
    return Decision(_own(thought, view, notes), orders, gossip, answers)


def _own(thought: str, view: View, notes: Notes) -> str:
    """The thought, but for that of the prompt's example: weak models repeat it, and it says nothing of this turn."""
    if thought and thought == example_of(view).thought:
        notes.drop(Drop.THOUGHT_EXAMPLE)
        return ""
    return thought


def _settle(orders: Iterable[Order], notes: Notes) -> tuple[Order, ...]:
    """One order a good and no more than the rules allow; the first stands."""
    kept: dict[Good, Order] = {}
    for order in orders:
        if order.good in kept:
            notes.drop(Drop.DUPLICATE if kept[order.good].side is order.side else Drop.BOTH_SIDES)
        elif len(kept) == MAX_ORDERS:
            notes.drop(Drop.TOO_MANY)
        else:
            kept[order.good] = order
    return tuple(kept.values())


def _admit(answers: Iterable[Answer], view: View, notes: Notes) -> tuple[Answer, ...]:
    """Answers to what was offered, one each; the first stands."""
    offered = {offer.number for offer in view.offers}
    kept: dict[int, Answer] = {}
    for answer in answers:
        if answer.offer not in offered:
            notes.drop(Drop.ANSWER_UNKNOWN)
        elif answer.offer in kept:
            notes.drop(Drop.ANSWER_REPEATED)
        elif len(kept) == MAX_ANSWERS:
            notes.drop(Drop.TOO_MANY)
        else:
            kept[answer.offer] = answer
    return tuple(kept.values())


def _text(value: object, limit: int, notes: Notes) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        notes.repair(Repair.TEXT)
        value = " ".join(value[:MANY])
    if not isinstance(value, str):
        notes.drop(Drop.TEXT_UNREADABLE)
        return ""
    clean = tidy(value, limit)
    if clean != value:
        notes.repair(Repair.TEXT)
    return clean
