"""What rule-based minds say: lines of the wood's own language that mean what they should and fit the reply schema."""

import json
from dataclasses import replace

import pytest

from data.content import default_rules, languages
from inference import contrarian, instinct
from inference.parse import read
from inference.schema import GOSSIP
from tests.inference.views import make_view
from wood.hearsay import leaning, subject
from wood.names import CREATURES, GOODS, Creature, Good
from wood.tongue import Noun, Thoughts, Tongue, Voice, fill, phrase

ENGLISH = default_rules().tongue
SEEDS = range(200)


@pytest.mark.parametrize("creature", CREATURES)
@pytest.mark.parametrize("good", GOODS)
def test_a_line_about_a_price_says_which_way_and_which_good(creature: Creature, good: Good) -> None:
    voice = ENGLISH.voices[creature]
    assert voice.dearer
    assert voice.cheaper
    for lines, points in ((voice.dearer, 1), (voice.cheaper, -1)):
        for line in lines:
            said = phrase(ENGLISH, line, good)
            assert "{" not in said
            assert said[0].isupper()
            assert leaning(ENGLISH, said) == points, said
            assert subject(ENGLISH, said) == good, said


@pytest.mark.parametrize("language", languages())
def test_every_line_fits_the_reply(language: str) -> None:
    tongue = default_rules(language).tongue
    for voice in (*tongue.voices.values(), tongue.contrarian):
        for line in (*voice.dearer, *voice.cheaper, *voice.quiet):
            assert all(len(phrase(tongue, line, good)) <= GOSSIP for good in GOODS)


def test_no_two_creatures_share_a_line() -> None:
    every = [line for voice in ENGLISH.voices.values() for line in (*voice.dearer, *voice.cheaper, *voice.quiet)]
    assert len(every) == len(set(every))


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
    view = make_view(tongue=tongue, moves=dict.fromkeys(GOODS, 9), lacks={Good.FIREWOOD: 2})
    calm = replace(view, moves=dict.fromkeys(GOODS, 0), lacks={}, mood=20)
    return [
        json.loads(mind.answer(each, seed))
        for mind in (instinct, contrarian)
        for each in (view, calm)
        for seed in SEEDS
    ]


def test_a_language_without_lines_leaves_the_minds_silent() -> None:
    assert any(reply["gossip"] for reply in replies(ENGLISH))
    assert not any(reply["gossip"] or reply["thought"] for reply in replies(Tongue()))


def test_minds_speak_the_tongue_of_their_wood() -> None:
    tongue = Tongue(
        letters="ぁ-んァ-ヶー一-龯0-9、。",
        goods={good: Noun("薪") for good in GOODS},
        voices={Creature.OONA: Voice(("{good}が高い。",), ("{good}が安い。",), ("静かだ。",))},
        contrarian=Voice(("{good}は高くなる。",), ("{good}は安くなる。",)),
        thoughts=Thoughts("{wanted}がない。", "{good}{units}", "と", "つらい。", "{good}{units}がある。", "逆だ。"),
    )
    said = {reply[field] for reply in replies(tongue) for field in ("gossip", "thought")}
    assert said == {"", "薪が高い。", "静かだ。", "薪は安くなる。", "薪2がない。", "つらい。", "逆だ。"}
    view = make_view(tongue=tongue)
    reading = read(instinct.answer(view, 3), view)
    assert reading.valid, "its letters are in the schema of its wood"
    assert not read(instinct.answer(view, 3), replace(view, tongue=Tongue())).valid, "and in no other one's"
