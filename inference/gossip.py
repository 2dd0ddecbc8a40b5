"""Gossip of minds that are rules: one of the situations that hold, in words that were not used lately.

Minds keep nothing from turn to turn, so it is the turn's number that hands out the wordings. A creature has its own
lines for a situation, and those that are common to all. One after the other they have their turn, each once in a cycle
of turns for whatever it is about, and the common ones for one creature at a time; so no line is heard twice within a
cycle. In rare situations one of them has its turn in every turn.
"""

from functools import lru_cache
from typing import Final

from inference.occasions import MOVED, Occasion, known, occasions
from inference.schema import GOSSIP
from wood.chance import below, draw, shuffled
from wood.hearsay import leaning, subject
from wood.names import CREATURES, GOODS, Good
from wood.observe import View
from wood.situations import FORMS, Situation
from wood.tongue import phrase, places

CYCLE: Final = 61
"""Turns after which a wording may come again."""
COMMON: Final = "common"
OWN_WORDS: Final = 2
"""Turns in five in which a creature uses words of its own for what is rare."""
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
    template = _of_all(view, occasion) if occasion.rare else _in_turn(view, occasion)
    if not template or not places(template) <= _filled(view, occasion):
        return ""
    said = phrase(view.tongue, template, occasion.good, occasion.words)
    return said if len(said) <= GOSSIP and _holds(view, said, occasion.situation) else ""


def _filled(view: View, occasion: Occasion) -> set[str]:
    """The places of a line that something is known for."""
    if occasion.good is None:
        return set(occasion.words)
    noun = view.tongue.goods.get(occasion.good)
    return {"good", *occasion.words, *(view.tongue.agreement.get(noun.agrees, {}) if noun else ())}


def _in_turn(view: View, occasion: Occasion) -> str:
    """The wording that has its turn, if one has: of the creature's own, else of the common ones that fall to it.

    A common one falls to another creature each time, so that nobody repeats it within the cycle.
    """
    situation, creature = occasion.situation, view.creature
    facts: dict[str, object] | None = None
    own = view.tongue.voices.get(creature, {}).get(situation, ())
    for whose, lines in ((creature, own), (COMMON, view.tongue.sayings.get(situation, ()))):
        if not lines:
            continue
        count = len(lines)
        rounds = CYCLE // count + 1
        turns, place = divmod(view.turn + _offset(whose, situation), count)
        template = lines[_order(whose, situation, count)[place]]
        if named := places(template):
            facts = facts or known(view, occasion)
            spoken_of = [str(facts[name]) for name in named if name in facts]
            turns += _round(whose, situation, place, *sorted(spoken_of))
        else:
            turns += _round(whose, situation, place)
        if turns % rounds:
            continue
        if whose != COMMON or (place + turns // rounds) % len(CREATURES) == CREATURES.index(creature):
            return template
    return ""


def _of_all(view: View, occasion: Occasion) -> str:
    """One of all wordings that the creature has, another one each turn, and another one than others have then."""
    situation, seat = occasion.situation, CREATURES.index(view.creature)
    own = view.tongue.voices.get(view.creature, {}).get(situation, ())
    common = view.tongue.sayings.get(situation, ())
    if own and (not common or (view.turn + seat) % len(CREATURES) < OWN_WORDS):
        return own[_order(view.creature, situation, len(own))[view.turn % len(own)]]
    if not common:
        return ""
    count = len(common)
    # One step more in each round, so that what happens every few turns does not meet the same words each time.
    step = view.turn + view.turn // count + seat * max(1, count // len(CREATURES))
    return common[_order(COMMON, situation, count)[step % count]]


@lru_cache(maxsize=1024)
def _offset(whose: str, situation: Situation) -> int:
    return below(CYCLE, 0, 0, "offset", whose, situation)


@lru_cache(maxsize=8192)
def _round(whose: str, situation: Situation, place: int, *spoken_of: str) -> int:
    """Drawn for a wording and what it is spoken of; asked for anew in each turn in which the wording's place comes."""
    return draw(0, 0, "round", whose, situation, str(place), *spoken_of)


@lru_cache(maxsize=2048)
def _order(whose: str, situation: Situation, count: int) -> tuple[int, ...]:
    return shuffled(range(count), 0, 0, "order", whose, situation)


def _holds(view: View, said: str, situation: Situation) -> bool:
    """Whether a line says nothing of a price that its last move belies; a title or a name may say what none meant."""
    about = subject(view.tongue, said)
    if FORMS[situation].deceit or about not in GOODS:
        return True
    return view.moves[Good(about)] * leaning(view.tongue, said) > -MOVED
