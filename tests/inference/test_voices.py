"""What rule-based minds think and say: in the wood's own language, in letters that fit the reply schema."""

import json
from dataclasses import replace

import pytest

from data.content import default_rules
from inference import contrarian, instinct
from inference.parse import read
from tests.inference.views import heard, make_view
from wood.names import GOODS, Creature, Good
from wood.situations import Situation
from wood.tongue import Noun, Thoughts, Tongue, fill, phrase

ENGLISH = default_rules().tongue


def test_lines_agree_with_the_name_of_the_good_and_sentences_begin_with_a_capital() -> None:
    assert phrase(ENGLISH, "{good} {are} dear. {they} will be.", Good.ACORNS) == "Acorns are dear. They will be."
    assert phrase(ENGLISH, "{good} {are} dear. {they} will be.", Good.HONEY) == "Honey is dear. It will be."
    german = Tongue(goods={Good.HONEY: Noun("der Honig", "m")}, agreement={"m": {"falls": "fällt", "er": "er"}})
    assert phrase(german, "{good} {falls}! {er} ist billig.", Good.HONEY) == "Der Honig fällt! Er ist billig."
    assert phrase(german, "{good} {falls}.", Good.ACORNS) == "Acorns {falls}."


@pytest.mark.parametrize("template", ["{good:>99999999}", "{good.__class__}", "{0}", "{", "{}", "{{good}}"])
def test_nothing_but_names_is_read_in_braces(template: str) -> None:
    assert fill(template, {"good": "honey"}).replace("honey", "{good}") == template


def replies(tongue: Tongue) -> list[dict[str, str]]:
    """What rule-based minds say and think on a wild day and on a calm one, over many turns."""
    view = make_view(tongue=tongue, moves=dict.fromkeys(GOODS, 9), lacks={Good.FIREWOOD: 2}, offers=())
    calm = replace(view, moves=dict.fromkeys(GOODS, 0), lacks={}, mood=20)
    return [
        json.loads(mind.answer(replace(each, turn=turn), turn))
        for mind in (instinct, contrarian)
        for each in (view, calm)
        for turn in range(1, 400)
    ]


def test_a_language_without_lines_leaves_the_minds_silent() -> None:
    assert any(reply["gossip"] for reply in replies(ENGLISH))
    assert not any(reply["gossip"] or reply["thought"] for reply in replies(Tongue()))


def test_minds_speak_the_tongue_of_their_wood() -> None:
    tongue = Tongue(
        letters="ぁ-んァ-ヶー一-龯0-9、。",
        goods={good: Noun("薪") for good in GOODS},
        sayings={Situation.TALK_DOWN: ("{good}は安くなる。",)},
        voices={Creature.OONA: {Situation.DEARER: ("{good}が高い。",), Situation.QUIET: ("静かだ。",)}},
        thoughts=Thoughts("{wanted}がない。", "{good}{units}", "と", "つらい。", "{good}{units}がある。", "逆だ。"),
    )
    said = {reply[field] for reply in replies(tongue) for field in ("gossip", "thought")}
    assert said == {
        "",
        "薪が高い。",
        "静かだ。",
        "薪は安くなる。",
        "薪2がない。",
        "つらい。",
        "逆だ。",
    }
    turns = [make_view(tongue=tongue, turn=turn) for turn in range(1, 400)]
    view = next(view for view in turns if json.loads(instinct.answer(view, view.turn))["gossip"])
    reading = read(instinct.answer(view, view.turn), view)
    assert reading.valid, "its letters are in the schema of its wood"
    assert not read(instinct.answer(view, view.turn), replace(view, tongue=Tongue())).valid, "and in no other one's"


@pytest.mark.parametrize(
    ("beliefs", "thought"),
    [
        ({}, "My store is in order: 5 honey to live from."),
        ({Good.ACORNS: 10}, "My store is in order: 5 honey to live from."),
        ({Good.ACORNS: 30, Good.BERRIES: -20}, "All I hear of acorns says dearer, and I believe it."),
        ({Good.ACORNS: 30, Good.BERRIES: -60}, "All I hear of berries says cheaper, and I believe it."),
    ],
)
def test_instinct_thinks_of_what_it_believes(beliefs: dict[str, int], thought: str) -> None:
    view = make_view(tongue=ENGLISH, lacks={}, beliefs=beliefs)
    assert json.loads(instinct.answer(view, 1))["thought"] == thought


def test_instinct_prices_by_belief_and_not_by_talk_alone() -> None:
    told = heard("Honey will be dear.", about="honey", leaning=1, trust=90, weight=90)
    deaf, hears = make_view(tongue=ENGLISH), make_view(tongue=ENGLISH, heard=(told,))
    believes = make_view(tongue=ENGLISH, beliefs={Good.HONEY: 100})
    asked = []
    for view in (deaf, hears, believes):
        decision = read(instinct.answer(view, 1), view).decision
        assert decision is not None
        asked.append(next(order for order in decision.orders if order.good is Good.HONEY))
    assert asked[0] == asked[1]
    assert asked[2].price > asked[0].price or asked[2].qty < asked[0].qty


def test_the_contrarian_reads_prices_and_doubts_words() -> None:
    told = heard("Honey will be dear.", about="honey", leaning=1, trust=90, weight=90)
    deaf, hears = (make_view(tongue=ENGLISH, heard=lines) for lines in ((), (told,)))
    orders = [json.loads(contrarian.answer(view, 1))["orders"] for view in (deaf, hears)]
    assert orders[0] == orders[1]
