"""Gossip: what a creature finds worth saying, in whose words, and that a month of it is worth reading."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from data.content import default_rules, languages
from inference.gossip import CYCLE, gossip, said_of
from inference.occasions import Occasion, occasions
from inference.parse import read
from inference.schema import GOSSIP
from tests.inference.views import heard, make_view, trade
from tests.wood.woods import MINDS, wood
from wood.hearsay import leaning, subject
from wood.memory import Deed
from wood.names import CREATURES, FIREWOOD, GOODS, Creature, Good, Season
from wood.observe import Debt, Offered, Recalled, View, observe
from wood.rules import Rules
from wood.situations import FORMS, Situation
from wood.tongue import Tongue, fill, phrase, places
from wood.turn import close_turn, open_turn
from wood.world import Lately

RULES = default_rules()
ENGLISH = RULES.tongue
LONGEST = "the patron Meadowsweet"
MAIN = (
    Situation.DEARER,
    Situation.CHEAPER,
    Situation.BOUGHT,
    Situation.BARGAIN,
    Situation.OVERPAID,
    Situation.SOLD,
    Situation.SOLD_WELL,
    Situation.SOLD_LOW,
    Situation.REFUSED,
    Situation.UNSOLD,
    Situation.COLD,
    Situation.POOR_MEAL,
    Situation.ROT,
    Situation.LACKS,
    Situation.BELIEVES_UP,
    Situation.BELIEVES_DOWN,
    Situation.DOUBTS,
    Situation.SLANDERED,
    Situation.RECALLS_LIED,
    Situation.LEGEND_NEW,
    Situation.FRIEND,
    Situation.FOE,
    Situation.RICH,
    Situation.QUIET,
)
"""Situations for which every creature has words of its own."""
MONTH = 240
"""Turns of thirty days at the default pace."""
WITHIN = 60


def plain(creature: Creature = Creature.OONA, **changes: Any) -> View:
    """A day on which nothing happened but the season."""
    steady: dict[str, Any] = {
        "moves": dict.fromkeys(GOODS, 0),
        "references": dict(make_view().starts),
        "lacks": {},
        "offers": (),
        "spare": {},
        "tongue": ENGLISH,
    }
    return make_view(creature, **{**steady, **changes})


def found(view: View, *, contrary: bool = False) -> dict[Situation, Occasion]:
    """What there is to talk about beside the season and the quiet."""
    return {
        each.situation: each
        for each in occasions(view, contrary=contrary)
        if each.situation not in {Situation.AUTUMN, Situation.QUIET}
    }


# Words


def every_line(tongue: Tongue) -> list[tuple[Situation, str]]:
    voices = (tongue.sayings, *tongue.voices.values())
    return [(situation, line) for voice in voices for situation, lines in voice.items() for line in lines]


def fillings(tongue: Tongue, line: str) -> list[tuple[Good, str]]:
    """A line about every good, with every name, and with the longest figures and title."""
    words = {"other": max(tongue.names.values(), key=len), "title": "T" * 40, "price": 99, "units": 99}
    longest = fill(tongue.patron, {"alias": max(tongue.aliases, key=len)})
    names = (*tongue.names.values(), longest, tongue.traveller, tongue.bank) if "who" in places(line) else ("",)
    goods = GOODS if "{good}" in line else (Good.HONEY,)
    return [(good, phrase(tongue, line, good, {**words, "who": who})) for good in goods for who in names]


@pytest.mark.parametrize("language", languages())
def test_every_wording_means_what_its_situation_says(language: str) -> None:
    tongue = default_rules(language).tongue
    for situation, line in every_line(tongue):
        for good, said in fillings(tongue, line):
            assert "{" not in said
            assert said[0] == said[0].upper()
            assert len(said) <= GOSSIP, said
            assert leaning(tongue, said) == FORMS[situation].leaning, said
            if FORMS[situation].leaning:
                assert subject(tongue, said) is good, said


def test_no_line_stands_twice_and_every_creature_has_a_voice_of_its_own() -> None:
    lines = Counter(line for _, line in every_line(ENGLISH))
    assert not [line for line, count in lines.items() if count > 1]
    for situation in Situation:
        assert len(ENGLISH.sayings[situation]) >= 8, situation
    for creature in CREATURES:
        for situation in MAIN:
            assert len(ENGLISH.voices[creature][situation]) >= 3, (creature, situation)


def test_only_the_fox_deceives_of_itself() -> None:
    deceivers = {who for who, voice in ENGLISH.voices.items() for each in voice if FORMS[each].deceit}
    assert deceivers == {Creature.FENN}


@pytest.mark.parametrize("language", languages())
def test_a_legends_title_is_in_the_letters_of_its_language(language: str) -> None:
    rules = default_rules(language)
    letters = re.compile(f"[{rules.tongue.letters}]*")
    assert all(letters.fullmatch(legend.title) for legend in rules.legends.values())


# Situations


def of_view(**changes: Any) -> set[Situation]:
    return set(found(plain(**changes)))


def lately(**changes: Any) -> Lately:
    usual: dict[str, Any] = {"cold": 0, "kinds": 2, "spoiled": {}, "unsold": 0, "unserved": {}}
    return Lately(**{**usual, **changes})


def test_a_day_without_anything_has_its_season_alone() -> None:
    assert found(plain()) == {}
    assert {each.situation for each in occasions(plain())} == {Situation.AUTUMN, Situation.QUIET}
    for season in Season:
        assert Situation(season.value) in {each.situation for each in occasions(plain(season=season))}


@pytest.mark.parametrize(
    ("changes", "situation"),
    [
        ({"moves": dict.fromkeys(GOODS, 3)}, Situation.DEARER),
        ({"moves": dict.fromkeys(GOODS, -3)}, Situation.CHEAPER),
        ({"lately": lately(cold=1)}, Situation.COLD),
        ({"lately": lately(kinds=1)}, Situation.POOR_MEAL),
        ({"lately": lately(kinds=3)}, Situation.GOOD_MEAL),
        ({"lately": lately(spoiled={Good.BERRIES: 2})}, Situation.ROT),
        ({"lately": lately(unsold=2)}, Situation.UNSOLD),
        ({"lately": lately(unserved={Good.BERRIES: 1})}, Situation.REFUSED),
        ({"lacks": {Good.BERRIES: 1}}, Situation.LACKS),
        ({"legend": ("The Great Frost", 0)}, Situation.LEGEND_NEW),
        ({"legend": ("The Great Frost", 5)}, Situation.LEGEND_ON),
        ({"legend": ("The Great Frost", 20)}, Situation.LEGEND_OLD),
        ({"feelings": (("Pip", 7),)}, Situation.FRIEND),
        ({"feelings": (("Pip", -7),)}, Situation.FOE),
        ({"offers": (Offered(1, "the patron Ivy", 9, 9, 3),)}, Situation.LOAN),
        ({"debts": (Debt("the bank", 9, 20),)}, Situation.DEBT),
        ({"broke": True}, Situation.BROKE),
        ({"ruined": ("Pip",)}, Situation.RUIN),
        ({"purse": 120}, Situation.RICH),
        ({"purse": 2}, Situation.POOR),
        ({"mood": 20}, Situation.GLUM),
        ({"mood": 90}, Situation.MERRY),
    ],
)
def test_what_befalls_a_creature_is_worth_a_line(changes: dict[str, Any], situation: Situation) -> None:
    assert of_view(**changes) == {situation}


@pytest.mark.parametrize(
    ("price", "bought", "sold"),
    [
        (8, Situation.BOUGHT, Situation.SOLD),
        (12, Situation.OVERPAID, Situation.SOLD_WELL),
        (5, Situation.BARGAIN, Situation.SOLD_LOW),
    ],
)
def test_a_trade_is_told_with_whom_and_how_it_was_priced(price: int, bought: Situation, sold: Situation) -> None:
    told = found(plain(Creature.PIP, tape=(trade(Good.HONEY, "pip", "oona", 1, price),)))
    assert told[bought].words == {"who": "Oona", "price": price}
    assert told[bought].good is Good.HONEY
    assert set(found(plain(Creature.OONA, tape=(trade(Good.HONEY, "pip", "oona", 1, price),)))) == {sold}
    assert set(found(plain(Creature.FENN, tape=(trade(Good.HONEY, "pip", "oona", 1, price),)))) == set()


def rumor(leaning: int, about: str = "honey", **changes: Any) -> Any:
    return heard("Psst.", **{"speaker": "the patron Ivy", "about": about, "leaning": leaning, **changes})


@pytest.mark.parametrize(
    ("leaning", "belief", "move", "situation"),
    [
        (1, 40, 0, Situation.BELIEVES_UP),
        (-1, -40, 0, Situation.BELIEVES_DOWN),
        (1, 40, 2, Situation.BELIEVES_UP),
        (1, 4, 0, Situation.DOUBTS),
        (1, -40, 0, Situation.DOUBTS),
        (-1, 40, 0, Situation.DOUBTS),
        (1, 40, -3, Situation.DISPROVED),
        (-1, -40, 3, Situation.DISPROVED),
        (1, 0, 3, Situation.CONFIRMED),
        (-1, 0, -9, Situation.CONFIRMED),
    ],
)
def test_a_rumor_is_believed_doubted_or_judged_by_the_price(
    leaning: int, belief: int, move: int, situation: Situation
) -> None:
    view = plain(
        heard=(rumor(leaning),), beliefs={Good.HONEY: belief}, moves={**dict.fromkeys(GOODS, 0), Good.HONEY: move}
    )
    told = found(view)
    assert told[situation].words == {"who": "the patron Ivy"}
    assert set(told) - {Situation.DEARER, Situation.CHEAPER} == {situation}
    contrary = found(view, contrary=True)
    assert (Situation.DISPROVED if situation is Situation.DISPROVED else Situation.DOUBTS) in contrary


def test_a_word_about_oneself_and_about_others_is_heard() -> None:
    assert of_view(heard=(rumor(-1, "oona"),)) == {Situation.SLANDERED}
    assert of_view(heard=(rumor(1, "oona"),)) == {Situation.FLATTERED}
    ill = found(plain(heard=(rumor(-1, "fenn", speaker="Pip"),)))
    assert ill[Situation.ILL_OF].words == {"who": "Pip", "other": "Fenn"}
    assert of_view(heard=(rumor(1, "fenn"),)) == {Situation.WELL_OF}
    assert of_view(heard=(rumor(1, "fenn", speaker="Fenn"),)) == set()


def test_a_whisper_is_kept_to_itself_and_news_has_no_speaker() -> None:
    assert of_view(heard=(rumor(1, kind="whisper"), rumor(1, speaker="", kind="news"), rumor(0))) == set()


def test_every_deed_is_recalled_of_whom_and_about_what() -> None:
    for deed in Deed:
        (told,) = found(plain(memories=(Recalled(deed, "Pip", Good.ACORNS, 3, 50, patron=False),))).values()
        assert told.situation.startswith("recalls-")
        assert (told.words, told.good) == ({"who": "Pip"}, Good.ACORNS)
    weights = [
        next(iter(found(plain(memories=(Recalled(Deed.LIED, "Pip", None, 3, each, patron=False),))).values())).weight
        for each in (1, 50, 100)
    ]
    assert weights == sorted(set(weights)), "what is remembered more strongly is said more often"


def test_the_contrarian_turns_prices_round_and_the_fox_lies_for_its_stall() -> None:
    up = plain(moves={**dict.fromkeys(GOODS, 0), Good.HONEY: 9})
    down = plain(moves={**dict.fromkeys(GOODS, 0), Good.HONEY: -9})
    assert set(found(up, contrary=True)) == {Situation.TALK_DOWN}
    assert set(found(down, contrary=True)) == {Situation.TALK_UP}
    fox = plain(Creature.FENN, spare={Good.MUSHROOMS: 4}, lacks={Good.BERRIES: 1, FIREWOOD: 1})
    told = found(fox)
    assert told[Situation.TALK_UP].good is Good.MUSHROOMS
    assert told[Situation.TALK_DOWN].good is FIREWOOD
    honest = found(replace(fox, creature=Creature.PIP))
    assert not {Situation.TALK_UP, Situation.TALK_DOWN} & set(honest)


# Wordings


def test_a_wording_has_its_turn_once_in_a_cycle_for_whoever_it_is() -> None:
    said: dict[str, list[int]] = {}
    for turn in range(1, 4 * CYCLE):
        for creature in CREATURES:
            view = plain(creature, turn=turn)
            for occasion in (
                Occasion(Situation.FRIEND, 1, None, {"who": LONGEST}),
                Occasion(Situation.DEARER, 1, Good.HONEY),
                Occasion(Situation.SUMMER, 1),
            ):
                if line := said_of(view, occasion):
                    said.setdefault(line, []).append(turn)
    for line, turns in said.items():
        assert all(later - before >= CYCLE for before, later in pairwise(turns)), (line, turns)
    lines = [line for situation, line in every_line(ENGLISH) if situation in {Situation.FRIEND, Situation.SUMMER}]
    told = [phrase(ENGLISH, line, None, {"who": LONGEST}) for line in lines]
    assert set(told) <= set(said), "and none is left out"


@pytest.mark.parametrize("situation", [Situation.SLANDERED, Situation.ILL_OF, Situation.CONFIRMED])
def test_in_rare_situations_there_is_always_a_word_and_nobody_says_the_same(situation: Situation) -> None:
    occasion = Occasion(situation, 1, Good.HONEY, {"who": LONGEST, "other": "Pip"}, rare=True)
    told = {turn: [said_of(plain(creature, turn=turn), occasion) for creature in CREATURES] for turn in range(1, 30)}
    for turn, lines in told.items():
        assert all(lines)
        assert len(set(lines)) == len(CREATURES)
        assert all(line != before for line, before in zip(lines, told.get(turn - 1, [""] * 5), strict=True))


def test_what_is_not_known_is_not_said() -> None:
    nameless = Occasion(Situation.RECALLS_LIED, 1, None, {"who": "Pip"}, rare=True)
    told = {said_of(plain(turn=turn), nameless) for turn in range(60)}
    assert "" in told, "these lines name a good"
    assert not any("{" in line for line in told)


def test_a_title_that_reads_as_a_price_is_not_said_against_it() -> None:
    corner = Occasion(Situation.LEGEND_NEW, 1, None, {"title": "The Mushroom Corner"}, rare=True)
    falling = {**dict.fromkeys(GOODS, 0), Good.MUSHROOMS: -3}
    assert all(said_of(plain(turn=turn), corner) for turn in range(20))
    assert not any(said_of(plain(turn=turn, moves=falling), corner) for turn in range(20))


def test_what_matters_more_is_said_more_often() -> None:
    told = Counter[bool]()
    for seed in range(400):
        view = plain(heard=(rumor(-1, "oona"),), lately=lately(cold=2), turn=seed)
        if line := gossip(view, seed):
            told["Ivy" in line] += 1
    assert told[True] > 3 * told[False]


# A month


@pytest.fixture(scope="module", params=["instinct", "contrarian"])
def month(request: pytest.FixtureRequest) -> tuple[str, list[tuple[View, str]]]:
    """What was said in a month with a rule-based mind for all, each line with what its speaker saw."""
    return request.param, said_in(RULES, request.param)


def said_in(rules: Rules, mind: str) -> list[tuple[View, str]]:
    world, told = wood(rules=rules), []
    for _ in range(MONTH):
        morning = open_turn(rules, world)
        decisions = {}
        for creature, view in observe(rules, morning.world).items():
            reading = read(MINDS[mind](view, world.seed), view)
            assert reading.valid
            decisions[creature] = reading.decision
            if reading.decision and reading.decision.gossip:
                told.append((view, reading.decision.gossip))
        world, _ = close_turn(rules, morning, decisions)
    return told


def test_a_month_of_gossip_hardly_repeats_itself(month: tuple[str, list[tuple[View, str]]]) -> None:
    last: dict[str, int] = {}
    again = 0
    for view, line in month[1]:
        again += line in last and view.turn - last[line] <= WITHIN
        last[line] = view.turn
    assert again < 0.05 * len(month[1])
    assert 1.5 * MONTH < len(month[1]) < 3.5 * MONTH, "about two lines a turn"


def test_a_third_of_a_month_names_somebody(month: tuple[str, list[tuple[View, str]]]) -> None:
    named = 0
    for view, line in month[1]:
        others = [name for who, name in ENGLISH.names.items() if who is not view.creature]
        named += any(name in line for name in (*others, "patron"))
    assert named >= len(month[1]) / 3


def test_no_line_contradicts_the_price_but_a_deceit(month: tuple[str, list[tuple[View, str]]]) -> None:
    mind, told = month
    lies = 0
    for view, line in told:
        about = subject(ENGLISH, line)
        if about in GOODS and view.moves[Good(about)] * leaning(ENGLISH, line) <= -3:
            lies += 1
            deceits = [
                said_of(view, each)
                for each in occasions(view, contrary=mind == "contrarian")
                if FORMS[each.situation].deceit
            ]
            assert line in deceits, line
    assert lies > 0 or mind == "instinct"
