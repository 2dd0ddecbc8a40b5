"""What a creature answers to a question where no model does: a line of its language, by what is asked and how it is.

Pure: the same question of the same creature in the same turn gets the same line. It goes by what the creature may tell
(:func:`inference.asking.tellable`) and by nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from inference.asking import FELT, FIRM, Asker
from wood.asked import MAX_ANSWER, Hint, SmallTalk, Topic
from wood.chance import below
from wood.hearsay import fold, subject, words_of
from wood.names import CENTS, CREATURES, GOODS, Creature, Good
from wood.observe import View
from wood.tongue import phrase, places

MOVED: Final = 3
"""Per cent from which a price has moved."""
MERRY: Final = 65
GLUM: Final = 35
"""Moods, of 100."""

Found = tuple[Topic, Good | None, Mapping[str, object]]
"""What is talked about: the topic, its good if it has one, and the words of its other places."""


def small_talk(view: View, question: str, asker: Asker, talk: SmallTalk, seed: int) -> str:
    """Answer a question in a line of the language.

    Args:
        view: what the creature may tell.
        question: the player's words.
        asker: who asks.
        talk: the lines.
        seed: the wood's; with turn, creature and question it keys which of several lines is said.

    Returns:
        At most :data:`wood.asked.MAX_ANSWER` characters; "" where the language has no line at all.
    """
    found = _found(view, question, asker, talk)
    for topic, good, words in (found, (Topic.UNSURE, None, {})):
        if lines := _lines(view, topic, good, words, talk):
            return lines[below(len(lines), seed, view.turn, "asked", view.creature, topic, fold(question))]
    return ""


def _lines(view: View, topic: Topic, good: Good | None, words: Mapping[str, object], talk: SmallTalk) -> Sequence[str]:
    """What can be said of a topic: the creature's own lines and those of all."""
    noun = view.tongue.goods.get(good) if good else None
    known = {*words, *(("good",) if good else ()), *(view.tongue.agreement.get(noun.agrees, {}) if noun else ())}
    own = talk.creatures.get(view.creature, {}).get(topic, ())
    templates = (*own, *own, *talk.shared.get(topic, ()))  # a voice of its own is heard twice as often
    said = [phrase(view.tongue, each, good, words) for each in templates if places(each) <= known]
    return [line for line in said if len(line) <= MAX_ANSWER]


def _found(view: View, question: str, asker: Asker, talk: SmallTalk) -> Found:
    """What is asked, as far as words tell."""
    hints = _hints(view, question, talk)
    about = subject(view.tongue, question)
    if isinstance(about, Good):
        return _of_good(view, about, hints)
    if isinstance(about, Creature) and about is not view.creature:
        return _of_other(view, about)
    if Hint.WEATHER in hints:
        return (Topic.COLD if view.firewood_need else Topic.MILD), None, {}
    if Hint.TRUST in hints:
        return _of_asker(asker) if Hint.ME in hints else _of_friends(view)
    if Hint.NEED in hints:
        return _of_need(view)
    if Hint.PRICE in hints:
        return _of_price(view, _liveliest(view))
    if Hint.LEGEND in hints and view.legend:
        return Topic.LEGEND, None, {"title": view.legend[0]}
    if Hint.HELLO in hints and Hint.MOOD not in hints:
        return Topic.HELLO, None, {}
    if Hint.MOOD in hints or about is view.creature:
        return (Topic.MERRY if view.mood >= MERRY else Topic.GLUM if view.mood < GLUM else Topic.FAIR), None, {}
    return Topic.UNSURE, None, {}


def _hints(view: View, question: str, talk: SmallTalk) -> frozenset[Hint]:
    if view.tongue.spaced:
        words = frozenset(words_of(question))
        return frozenset(hint for hint, known in talk.hints.items() if words & known)
    folded = fold(question)
    return frozenset(hint for hint, known in talk.hints.items() if any(word in folded for word in known))


def _of_good(view: View, good: Good, hints: frozenset[Hint]) -> Found:
    if Hint.NEED in hints and good is not view.makes and view.lacks.get(good):
        return Topic.LACKS, good, {}
    if good is view.makes and Hint.PRICE not in hints:
        return Topic.MAKES, good, {}
    return _of_price(view, good)


def _of_price(view: View, good: Good) -> Found:
    belief, move = view.beliefs.get(good, 0), view.moves.get(good, 0)
    if abs(belief) >= FIRM:
        topic = Topic.RISES if belief > 0 else Topic.FALLS
    elif abs(move) >= MOVED:
        topic = Topic.ROSE if move > 0 else Topic.FELL
    else:
        topic = Topic.STEADY
    return topic, good, {"price": max(1, (view.references[good] + CENTS // 2) // CENTS)}


def _liveliest(view: View) -> Good:
    """The good whose price there is most to say of."""
    return max(GOODS, key=lambda good: (abs(view.beliefs.get(good, 0)) >= FIRM, abs(view.moves.get(good, 0))))


def _of_need(view: View) -> Found:
    lacked = [good for good in GOODS if view.lacks.get(good)]
    if not lacked:
        return Topic.LACKS_NOTHING, None, {}
    return Topic.LACKS, max(lacked, key=lambda good: (good is Good.FIREWOOD, view.lacks[good])), {}


def _of_other(view: View, other: Creature) -> Found:
    name = view.tongue.names.get(other, other.value.title())
    return _feeling(dict(view.feelings).get(name, 0)), None, {"who": name}


def _of_friends(view: View) -> Found:
    """Of the other creature toward whom it feels most."""
    kin = {view.tongue.names.get(other, "") for other in CREATURES if other is not view.creature}
    felt = [(whom, feeling) for whom, feeling in view.feelings if whom in kin and abs(feeling) >= FELT]
    if not felt:
        return Topic.NOBODY, None, {}
    whom, feeling = max(felt, key=lambda each: abs(each[1]))
    return _feeling(feeling), None, {"who": whom}


def _of_asker(asker: Asker) -> Found:
    if abs(asker.feeling) < FELT:
        return Topic.HARDLY_KNOWS_YOU, None, {}
    return (Topic.LIKES_YOU if asker.feeling > 0 else Topic.MINDS_YOU), None, {}


def _feeling(feeling: int) -> Topic:
    if abs(feeling) < FELT:
        return Topic.EVEN
    return Topic.FRIEND if feeling > 0 else Topic.FOE
