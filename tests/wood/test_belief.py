"""Belief: what a claim makes of its hearers, and what the wood does because of it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, deciding, play, told, wood
from wood.belief import (
    FADING,
    FEELING_EACH,
    FRESH,
    LUCK,
    MOST,
    NOTICED,
    QUARTERS,
    SEEN_PERCENT,
    STALE_FOR,
    TALK_PERCENT,
    UNIT,
    WEIGHTS,
    believe,
    echo,
    fade,
    hold,
    liking,
    regard,
    talk,
    wants,
    weight,
)
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.fixed import MICRO
from wood.memory import Deed, Memory
from wood.moves import CastRumor, Join, admit
from wood.names import CREATURES, GOODS, Creature, Good
from wood.turn import step
from wood.world import Hearsay, World

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES
RUMOR = Hearsay("p1", "p1", "rumor", "Honey is scarce.", Good.HONEY, 1, 90, 0, CREATURES)
SLANDER = replace(RUMOR, text="Pip cheats.", about=PIP, leaning=-1)


def fresh_wood() -> World:
    """A wood in which two patrons have joined and nothing has happened yet."""
    return admit(RULES, admit(RULES, wood(), Join("p1")), Join("p2"))


def trusted(trust: int, world: World | None = None) -> World:
    """A wood with two patrons in which everybody trusts everybody, and them, so far."""
    world = world or fresh_wood()
    row = dict.fromkeys((*map(str, CREATURES), "p1", "p2"), trust)
    trust_of = {who: {other: points for other, points in row.items() if other != who} for who in CREATURES}
    return replace(world, trust=trust_of)


def heard(*lines: Hearsay, trust: int = 70, world: World | None = None) -> Draft:
    """A draft in which these lines have been heard, one after the other."""
    draft = Draft(RULES, trusted(trust, world))
    for line in lines:
        draft.hearsay = [line]
        believe(draft)
    return draft


def points(draft: Draft, about: str = Good.HONEY) -> dict[Creature, int]:
    return {who: row[about] for who, row in draft.beliefs.items() if about in row}


# What a claim makes of its hearers.


def test_a_claim_is_believed_by_those_who_hear_it_in_its_direction() -> None:
    up, down = heard(RUMOR), heard(replace(RUMOR, leaning=-1))
    assert set(points(up)) == set(points(down)) == set(CREATURES)
    assert min(points(up).values()) > 0 > max(points(down).values())
    some = heard(replace(RUMOR, hearers=(FENN, PIP)))
    assert points(some) == {who: points(up)[who] for who in (FENN, PIP)}


@pytest.mark.parametrize("line", [replace(RUMOR, leaning=0), replace(RUMOR, about=None)], ids=["claim", "subject"])
def test_what_claims_nothing_is_not_believed(line: Hearsay) -> None:
    draft = heard(line)
    assert not any(draft.beliefs.values())
    assert not any(draft.echoes.values())
    assert not told(draft.events, EventKind.BELIEF)


def test_trust_counts_more_than_in_proportion() -> None:
    weights = {trust: weight(Draft(RULES, trusted(trust)), FENN, RUMOR) for trust in range(0, 101, 10)}
    assert list(weights.values()) == sorted(weights.values())
    assert weights[0] == 0
    assert 2 * weights[40] < weights[80]
    assert 3 * weights[30] < weights[90]


def test_the_credulous_believe_more() -> None:
    draft = Draft(RULES, trusted(70))
    by_temper = sorted(CREATURES, key=lambda who: RULES.creatures[who].temper.credulity)
    weights = [weight(draft, who, RUMOR) for who in by_temper]
    assert weights == sorted(weights)
    assert weights[0] < weights[-1]


def test_a_line_weighs_by_its_kind_and_its_strength() -> None:
    draft = Draft(RULES, trusted(70))
    rumor = weight(draft, FENN, RUMOR)
    for kind, percent in WEIGHTS.items():
        weighed = weight(draft, FENN, replace(RUMOR, kind=kind))
        assert abs(weighed * WEIGHTS["rumor"] - rumor * percent) <= WEIGHTS["rumor"] + percent
    assert abs(weight(draft, FENN, replace(RUMOR, strength=45)) * 2 - rumor) <= 2
    assert 2 * WEIGHTS["rumor"] == WEIGHTS["whisper"], "a whisper counts double on its one hearer"
    assert max(WEIGHTS, key=WEIGHTS.__getitem__) == "whisper"


def test_humor_differs_from_creature_to_creature_and_turn_to_turn_within_its_bounds() -> None:
    seen = set()
    for turn in range(20):
        draft = heard(RUMOR, trust=50, world=replace(fresh_wood(), turn=turn))
        for who in CREATURES:
            plain = weight(draft, who, RUMOR)
            low, high = LUCK[0], LUCK[0] + LUCK[1] - 1
            assert plain * low // 100 <= points(draft)[who] <= min(MOST, plain * high // 100)
            seen.add((points(draft)[who] * 100 // plain) // 5)
    assert len(seen) > 4


def test_every_repeat_within_some_turns_counts_half_whoever_says_it() -> None:
    """The same hearers in the same turn and humor: each tells how much more it believes."""
    added: list[Mapping[str, int]] = []
    draft = Draft(RULES, trusted(50))
    for number in range(10):
        draft.hearsay = [replace(RUMOR, speaker=f"p{1 + number % 2}", text=f"Honey! {number}")]
        believe(draft)
    for event in told(draft.events, EventKind.BELIEF):
        assert event.data is not None
        added.append(event.data["believed"])
    for before, after in pairwise(added):
        assert all(abs(2 * after[who] - before[who]) <= 3 for who in CREATURES)
    assert set(added[-1].values()) == {0}, "the tenth is noise"


def test_the_other_way_and_another_good_are_news() -> None:
    fresh = heard(replace(RUMOR, leaning=-1))
    turned = heard(RUMOR, replace(RUMOR, leaning=-1))
    for who in CREATURES:
        assert points(turned).get(who, 0) == points(heard(RUMOR))[who] + points(fresh)[who]
    other = replace(RUMOR, about=Good.ACORNS)
    assert points(heard(RUMOR, other), Good.ACORNS) == points(heard(other), Good.ACORNS)


def test_gossip_makes_a_claim_a_little_staler_than_a_rumor_does() -> None:
    assert QUARTERS["gossip"] < QUARTERS["rumor"] == QUARTERS["whisper"] == 4
    fresh = points(heard(RUMOR, trust=50))
    assert max(fresh.values()) < MOST
    for quarters in range(5):
        draft = Draft(RULES, trusted(50))
        for _ in range(quarters):
            echo(draft, FENN, "honey/1", 1)
        draft.hearsay = [RUMOR]
        believe(draft)
        expected = FRESH[quarters % 4] >> (quarters // 4)
        assert abs(points(draft)[FENN] * 100 - fresh[FENN] * expected) <= 200
        assert points(draft)[PIP] == fresh[PIP], "what one has heard is nothing to the others"


def test_a_claim_that_nobody_repeats_is_new_again_after_some_turns() -> None:
    def once_more(turns: int) -> int:
        draft = heard(RUMOR)
        draft.beliefs = {who: {} for who in CREATURES}
        draft.now += turns
        draft.hearsay = [RUMOR]
        believe(draft)
        return sum(points(draft).values())

    assert once_more(STALE_FOR - 1) < sum(points(heard(RUMOR)).values()) * 2 // 3
    assert once_more(STALE_FOR) > once_more(STALE_FOR - 1) * 3 // 2


@pytest.mark.parametrize("moved", [-SEEN_PERCENT, 1 - SEEN_PERCENT, SEEN_PERCENT - 1, SEEN_PERCENT])
def test_a_claim_against_what_eyes_see_counts_half(moved: int) -> None:
    world = fresh_wood()
    world = replace(
        world,
        yesterday={**world.yesterday, Good.HONEY: 1000},
        references={**world.references, Good.HONEY: 1000 + 10 * moved},
    )
    for leaning in (-1, 1):
        line = replace(RUMOR, leaning=leaning)
        plain, seen = points(heard(line, trust=50)), points(heard(line, trust=50, world=world))
        assert max(map(abs, plain.values())) < MOST
        for who in CREATURES:
            part = 2 if moved * leaning <= -SEEN_PERCENT else 1
            assert abs(part * seen[who] - plain[who]) <= 2


def test_beliefs_are_bounded_and_leave_nothing_behind_at_zero() -> None:
    draft = Draft(RULES, wood())
    for _ in range(3):
        hold(draft, PIP, "honey", 60)
        hold(draft, PIP, "acorns", -60)
    assert draft.beliefs[PIP] == {"acorns": -MOST, "honey": MOST}
    assert list(draft.beliefs[PIP]) == ["acorns", "honey"]
    hold(draft, PIP, "honey", -MOST)
    assert draft.beliefs[PIP] == {"acorns": -MOST}
    assert draft.beliefs[OONA] == {}


@given(st.integers(1, MOST))
def test_belief_fades_by_a_part_a_turn_alike_up_and_down_until_nothing_is_left(held: int) -> None:
    draft = Draft(RULES, wood())
    draft.beliefs = {**draft.beliefs, PIP: {"acorns": held, "honey": -held}}
    fade(draft)
    left = held * (FADING - 1) // FADING
    assert left < held
    assert draft.beliefs[PIP] == ({"acorns": left, "honey": -left} if left else {})


def test_what_one_says_grows_stale_to_oneself_and_is_forgotten_when_nobody_repeats_it() -> None:
    world, _ = step(RULES, wood(), deciding(PIP, gossip="Honey is scarce."))
    assert world.echoes[PIP]["honey/1"].quarters == QUARTERS["gossip"]
    turns = 0
    while "honey/1" in world.echoes[PIP]:
        world, _ = step(RULES, world, SILENT)
        turns += 1
        assert turns <= STALE_FOR
    assert turns == STALE_FOR


# What is told of it.


def test_who_believed_a_rumor_is_public_and_who_believed_a_whisper_its_owners() -> None:
    draft = heard(RUMOR, replace(RUMOR, kind="whisper", text="Psst.", hearers=(PIP,), about=Good.ACORNS))
    rumor, whisper = told(draft.events, EventKind.BELIEF)
    assert (rumor.to, rumor.subject) == (None, "p1")
    assert rumor.data == {
        "about": "honey",
        "leaning": 1,
        "text": RUMOR.text,
        "believed": {who.value: points(draft)[who] for who in CREATURES},
    }
    assert (whisper.to, whisper.subject) == ("p1", "p1")
    assert whisper.data is not None
    assert whisper.data["believed"] == {"pip": points(draft, Good.ACORNS)[PIP]}


def test_of_gossip_news_and_what_is_passed_on_nothing_is_told() -> None:
    lines = (
        replace(RUMOR, kind="gossip", speaker="pip", origin="pip"),
        replace(RUMOR, kind="news", speaker="", origin=""),
        replace(RUMOR, hops=1),
    )
    draft = heard(*lines)
    assert any(draft.beliefs.values())
    assert not told(draft.events, EventKind.BELIEF)


# A rumor about a creature.


def test_a_word_about_a_creature_moves_feelings_toward_it_and_it_does_not_believe_it_of_itself() -> None:
    for leaning in (-1, 1):
        draft = heard(replace(SLANDER, leaning=leaning))
        assert set(points(draft, PIP)) == set(CREATURES) - {PIP}
        for who, held in points(draft, PIP).items():
            assert held * leaning > 0
            assert draft.feelings[who].get(PIP, 0) == leaning * (abs(held) // FEELING_EACH)


def test_the_one_spoken_of_minds_and_remembers_who_spoke() -> None:
    for leaning, deed in ((-1, Deed.SPOKE_ILL), (1, Deed.SPOKE_WELL)):
        draft = heard(replace(SLANDER, leaning=leaning))
        assert max(abs(held) for held in points(draft, PIP).values()) >= NOTICED
        (memory,) = draft.memories[PIP]
        assert memory == Memory(deed, "p1", None, draft.now, memory.weight)
        assert draft.feelings[PIP]["p1"] * leaning > 0
        assert not any(draft.memories[who] for who in CREATURES if who is not PIP)


@pytest.mark.parametrize(
    ("line", "trust"),
    [
        (SLANDER, 0),
        (replace(SLANDER, kind="whisper", hearers=(OONA,)), 70),
        (replace(SLANDER, speaker="", origin=""), 70),
        (replace(SLANDER, speaker="pip", origin="pip", leaning=1), 70),
    ],
    ids=["nobody believes it", "whispered", "nobody's", "its own"],
)
def test_what_it_does_not_hear_of_or_said_itself_it_holds_against_nobody(line: Hearsay, trust: int) -> None:
    draft = heard(line, trust=trust)
    assert draft.memories[PIP] == ()
    assert draft.feelings[PIP] == {}


def test_regard_is_what_the_others_believe_in_the_mean() -> None:
    world = wood()
    beliefs = {OONA: {"pip": 40}, BRAMBLE: {"pip": -8}, FENN: {}, MOSSBACK: {"pip": 9}, PIP: {"pip": 100}}
    assert regard(replace(world, beliefs=beliefs), PIP) == 41 // 4
    turned = {who: {about: -held for about, held in row.items()} for who, row in beliefs.items()}
    assert regard(replace(world, beliefs=turned), PIP) == -(41 // 4)
    assert regard(world, PIP) == 0


def test_liking_is_the_sum_of_what_the_others_feel() -> None:
    draft = Draft(RULES, wood())
    draft.feelings = {OONA: {"pip": 3}, BRAMBLE: {"pip": -5, "oona": 9}, FENN: {}, MOSSBACK: {}, PIP: {"pip": 20}}
    assert (liking(draft, PIP), liking(draft, OONA), liking(draft, FENN)) == (-2, 9, 0)


# What belief does.


def test_belief_is_worth_whole_units_alike_up_and_down() -> None:
    for held in range(MOST + 1):
        units = (2 * held + UNIT) // (2 * UNIT)
        assert wants({"honey": held, "pip": 90}) == ({Good.HONEY: units} if units else {})
        assert wants({"honey": -held}) == ({Good.HONEY: -units} if units else {})


def test_talk_is_what_all_believe_in_the_mean() -> None:
    draft = Draft(RULES, wood())
    draft.beliefs = {who: {"honey": MOST} for who in CREATURES}
    assert talk(draft, Good.HONEY) == TALK_PERCENT * MICRO // 100
    draft.beliefs[PIP] = {"honey": -MOST, "pip": MOST}
    assert abs(talk(draft, Good.HONEY) * 5 - 3 * TALK_PERCENT * MICRO // 100) <= 5
    assert talk(draft, Good.ACORNS) == 0


def rumored(trust: int, leaning: int, about: Good | Creature, turns: int = 3) -> tuple[World, World]:
    """A wood after one rumor, and its twin without; nobody but habit acts in either."""
    world = trusted(trust, play(wood(patrons=2), 10)[0])
    rumor = CastRumor("p1", about, "Have you heard?", leaning)
    told_to, _ = play(world, turns, None, {world.turn + 1: [rumor]})
    return told_to, play(world, turns)[0]


@pytest.mark.parametrize("good", GOODS)
def test_one_rumor_moves_its_good_under_habit_alone_if_its_speaker_is_trusted(good: Good) -> None:
    for leaning in (-1, 1):
        told_to, twin = rumored(85, leaning, good)
        assert (told_to.references[good] - twin.references[good]) * leaning > 0
        doubted, twin = rumored(0, leaning, good)
        assert doubted.references == twin.references
        # Of the purses, whose patron has not spoken lies idle and wears.
        assert [doubted.accounts[who] for who in CREATURES] == [twin.accounts[who] for who in CREATURES]


def test_a_rumor_about_a_creature_changes_what_it_trades() -> None:
    changed = 0
    for about in CREATURES:
        told_to, twin = rumored(85, -1, about, turns=4)
        changed += told_to.accounts[about] != twin.accounts[about]
    assert changed >= 3
