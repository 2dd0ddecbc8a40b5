"""What creatures answer by rules: to the point, in their own voice, and the same to the same."""

from typing import Any

import pytest

from data.small_talk import small_talk as load
from inference.asking import Asker, tellable
from inference.small_talk import small_talk
from tests.inference.test_asking import ALDER, view
from tests.wood.woods import RULES
from wood.asked import MAX_ANSWER, SmallTalk, Topic
from wood.names import CREATURES, Creature, Good
from wood.tongue import phrase

TALK = load("en")


def answer(
    question: str, creature: Creature = Creature.FENN, asker: Asker = ALDER, seed: int = 7, **changes: Any
) -> str:
    return small_talk(tellable(view(creature, **changes), asker), question, asker, TALK, seed)


def lines(topic: Topic, creature: Creature = Creature.FENN, good: Good | None = None, **words: object) -> set[str]:
    """All that a creature may say of a topic."""
    told = (*TALK.shared[topic], *TALK.creatures[creature].get(topic, ()))
    return {phrase(RULES.tongue, each, good, words) for each in told}


@pytest.mark.parametrize(
    ("question", "changes", "topic", "good"),
    [
        ("Will honey get dearer?", {"beliefs": {"honey": 60}}, Topic.RISES, Good.HONEY),
        ("What of honey", {"beliefs": {"honey": -60}}, Topic.FALLS, Good.HONEY),
        ("Is honey a good buy?", {}, Topic.ROSE, Good.HONEY),
        ("And berries?", {}, Topic.STEADY, Good.BERRIES),
        ("Do you need firewood?", {}, Topic.LACKS, Good.FIREWOOD),
        ("Which price moves most?", {}, Topic.ROSE, Good.HONEY),
        ("What do you lack?", {}, Topic.LACKS, Good.FIREWOOD),
        ("What do you need?", {"lacks": {}}, Topic.LACKS_NOTHING, None),
        ("Tell me of your mushrooms", {}, Topic.MAKES, Good.MUSHROOMS),
        ("What is the weather like?", {}, Topic.COLD, None),
        ("What is the weather like?", {"firewood_need": 0}, Topic.MILD, None),
        ("How are you?", {"mood": 90}, Topic.MERRY, None),
        ("How are you?", {"mood": 50}, Topic.FAIR, None),
        ("Are you well, Fenn?", {"mood": 10}, Topic.GLUM, None),
        ("Hello!", {}, Topic.HELLO, None),
        ("Why is there something rather than nothing?", {}, Topic.UNSURE, None),
        ("Any tales?", {}, Topic.UNSURE, None),
        ("Whom do you trust?", {"feelings": ()}, Topic.NOBODY, None),
        ("", {}, Topic.UNSURE, None),
    ],
)
def test_a_creature_answers_to_the_point(
    question: str, changes: dict[str, Any], topic: Topic, good: Good | None
) -> None:
    price = {Good.HONEY: 8, Good.BERRIES: 5}.get(good, 0) if good else 0
    told = {answer(question, seed=seed, **changes) for seed in range(12)}
    assert told <= lines(topic, good=good, price=price)
    assert len(told) > 1, "it has more than one way to say it"


@pytest.mark.parametrize(("feeling", "topic"), [(9, Topic.FRIEND), (-9, Topic.FOE), (1, Topic.EVEN)])
def test_it_tells_what_it_makes_of_a_neighbour(feeling: int, topic: Topic) -> None:
    told = lines(topic, who="Pip")
    assert answer("Do you like Pip?", feelings=(("Pip", feeling),)) in told
    if topic is not Topic.EVEN:
        assert answer("Whom do you trust?", feelings=(("Oona", 1), ("Pip", feeling))) in told


@pytest.mark.parametrize(
    ("feeling", "topic"), [(9, Topic.LIKES_YOU), (-9, Topic.MINDS_YOU), (0, Topic.HARDLY_KNOWS_YOU)]
)
def test_it_tells_who_asks_what_it_makes_of_them(feeling: int, topic: Topic) -> None:
    assert answer("Do you trust me?", asker=Asker("the patron Alder", feeling)) in lines(topic)


def test_it_talks_of_the_legend_that_all_talk_of() -> None:
    assert "The Great Frost" in answer("Any news?", legend=("The Great Frost", 2))


def test_the_same_question_of_the_same_turn_has_one_answer() -> None:
    assert answer("Hello?") == answer("Hello?")
    assert len({answer("Hello?", turn=turn) for turn in range(9)}) > 1


def test_each_speaks_in_a_voice_of_its_own() -> None:
    told = {who: {answer("What is the meaning of it all?", who, seed=seed) for seed in range(20)} for who in CREATURES}
    for who, own in told.items():
        others = set[str]().union(*(each for other, each in told.items() if other is not who))
        assert own - others, who


def test_a_line_whose_places_the_tongue_cannot_fill_is_passed_over() -> None:
    talk = SmallTalk(TALK.hints, {Topic.STEADY: ("{good} {xyz}.",), Topic.UNSURE: ("Hm.",)})
    seen = tellable(view(), ALDER)
    assert small_talk(seen, "And berries?", ALDER, talk, 7) == "Hm."
    assert small_talk(seen, "And berries?", ALDER, SmallTalk(), 7) == ""


def test_no_answer_is_too_long() -> None:
    assert all(len(answer(f"What of {good}?", who)) <= MAX_ANSWER for good in Good for who in CREATURES)
