"""Gossip of minds that are rules: one of the situations that hold, in words that were not used lately.

Minds keep nothing from turn to turn, so it is the turn's number that hands out the wordings. Of each situation a
creature has its own lines and a share of what is common to all, which goes round with each cycle of turns; one after
the other they have their turn. In situations that hold for long each has it once in a cycle, for each fact
that it may be about; in rare ones, one has it in every turn.
"""

from functools import lru_cache
from typing import Final

from inference.occasions import MOVED, Occasion, known, occasions
from wood.chance import below, draw, shuffled
from wood.hearsay import leaning, subject
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import View
from wood.orders import MAX_GOSSIP
from wood.situations import FORMS, Situation
from wood.tongue import phrase, places

CYCLE: Final = 61
"""Turns after which a wording may come again."""
TALKATIVE: Final = 40
"""Per cent of turns in which a creature that is neither anxious nor generous looks for something to say."""


def gossip(view: View, seed: int, *, contrary: bool = False) -> str:
    """Say something now and then; anxious and generous creatures talk more.

    Args:
        view: all that the creature knows.
        seed: keys whether it speaks and of what; the same view and seed give the same line.
        contrary: whether it doubts what it hears and says the opposite of what prices do.

    Returns:
        A line of the wood's language; "" for none. Of a price that moved it never says the contrary, but where the
        situation is a deceit.
    """
    odds = TALKATIVE + (view.temper.nerves + view.temper.generosity) // 4
    if below(100, seed, view.turn, "gossip") >= odds:
        return ""
    lines = [(found.weight, said) for found in occasions(view, contrary=contrary) if (said := said_of(view, found))]
    at = below(sum(weight for weight, _ in lines) or 1, seed, view.turn, "topic")
    for weight, said in lines:
        if at < weight:
            return said
        at -= weight
    return ""


def said_of(view: View, occasion: Occasion) -> str:
    """What the creature says in this turn of an occasion; "" if none of its wordings has its turn."""
    template = _template(view, occasion)
    facts = known(view, occasion)
    agreeing = view.tongue.agreement.get(view.tongue.goods[occasion.good].agrees, {}) if occasion.good else {}
    if not template or not places(template) <= {*facts, *agreeing}:
        return ""
    said = phrase(view.tongue, template, occasion.good, occasion.words)
    return said if len(said) <= MAX_GOSSIP and _holds(view, said, occasion.situation) else ""


def _template(view: View, occasion: Occasion) -> str:
    """The wording whose turn it is."""
    situation, creature = occasion.situation, view.creature
    pool = wordings(view, situation)
    if not pool:
        return ""
    count = len(pool)
    step = view.turn + _offset(creature, situation)
    place = step % count
    if not occasion.rare:
        rounds = CYCLE // count + 1
        facts = [str(fact) for name, fact in known(view, occasion).items() if name in {"who", "good"}]
        if (step // count + draw(0, 0, "round", creature, situation, str(place), *facts)) % rounds:
            return ""
    return pool[_order(creature, situation, count)[place]]


def wordings(view: View, situation: Situation) -> tuple[str, ...]:
    """The lines that a creature has for a situation now: its own, and its share of those of all."""
    own = view.tongue.voices.get(view.creature, {}).get(situation, ())
    common = view.tongue.sayings.get(situation, ())
    shift = CREATURES.index(view.creature) + view.turn // CYCLE
    return (*own, *common[shift % len(CREATURES) :: len(CREATURES)])


@lru_cache(maxsize=1024)
def _offset(creature: Creature, situation: Situation) -> int:
    return below(CYCLE, 0, 0, "offset", creature, situation)


@lru_cache(maxsize=2048)
def _order(creature: Creature, situation: Situation, count: int) -> tuple[int, ...]:
    return shuffled(range(count), 0, 0, "order", creature, situation)


def _holds(view: View, said: str, situation: Situation) -> bool:
    """Whether a line says nothing of a price that its last move belies; a title or a name may say what none meant."""
    about = subject(view.tongue, said)
    if FORMS[situation].deceit or about not in GOODS:
        return True
    return view.moves[Good(about)] * leaning(view.tongue, said) > -MOVED
