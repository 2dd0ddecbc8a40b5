"""Prophecy: claims and daily calls, what their chances are, and what time makes of them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.claims import CAST, LINE, RUMOR, fresh
from tests.wood.woods import RULES, SILENT, play, told, wood
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import START_TRUST, trust_in
from wood.memory import Deed
from wood.moves import DailyCall, admit
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import observe
from wood.prophecy import (
    BOLD,
    CLAIM_PERCENT,
    JUDGED_AFTER,
    LIE_PERCENT,
    PER_MILLE,
    TRUST_EACH,
    TRUTH_CREATURE,
    claim,
    comes_right,
    comes_true,
    greatest_move,
    judge,
    judged,
    score_of,
)
from wood.turn import open_turn, step
from wood.world import Call, Claim, Hearsay, Prophecy

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES


# What is a claim, and whose.


def test_only_claims_of_somebody_about_a_price_are_judged() -> None:
    draft = fresh()
    for line in (
        replace(LINE, leaning=0),
        replace(LINE, about=PIP),
        replace(LINE, about=None),
        replace(LINE, hearers=()),
        replace(LINE, origin="", speaker=""),
    ):
        claim(draft, line)
    assert draft.claims == []
    claim(draft, LINE)
    price = draft.references[Good.BERRIES]
    assert draft.claims == [Claim("pip", Good.BERRIES, -1, price, draft.now + JUDGED_AFTER, (OONA, FENN))]


@pytest.mark.parametrize(
    ("first", "then", "echo"),
    [
        (RUMOR, replace(RUMOR, speaker="p2", origin="p2"), True),
        (RUMOR, RUMOR, True),
        (RUMOR, replace(RUMOR, kind="whisper", hearers=(PIP,)), True),
        (RUMOR, replace(RUMOR, origin="p2", leaning=-1), False),
        (RUMOR, replace(RUMOR, origin="p2", about=Good.ACORNS), False),
        (replace(RUMOR, kind="whisper", hearers=(PIP,)), replace(RUMOR, origin="p2"), False),
        (replace(RUMOR, kind="whisper", hearers=(PIP,)), RUMOR, True),
        (replace(RUMOR, kind="gossip", speaker="pip", origin="pip"), RUMOR, False),
    ],
    ids=["another's", "one's own", "whispered again", "turned", "of another good", "unheard", "own whisper", "gossip"],
)
def test_who_repeats_what_stands_as_somebodys_public_claim_echoes(first: Hearsay, then: Hearsay, echo: bool) -> None:
    draft = fresh()
    claim(draft, first)
    claim(draft, then)
    assert [made.echo for made in draft.claims] == [False, echo]


def test_a_claim_may_be_made_anew_once_it_was_judged() -> None:
    draft = fresh()
    claim(draft, RUMOR)
    draft.now += JUDGED_AFTER
    judge(draft)
    claim(draft, replace(RUMOR, origin="p2"))
    assert [made.echo for made in draft.claims] == [False]


# What comes true.


@pytest.mark.parametrize("leaning", [-1, 1])
def test_a_claim_is_true_when_its_price_moved_its_way_far_enough(leaning: int) -> None:
    made = Claim("p1", Good.HONEY, leaning, 1000, 5, CREATURES)
    for percent in (-20, 1 - CLAIM_PERCENT, 0, CLAIM_PERCENT - 1):
        assert not comes_true(made, 1000 + 10 * percent * leaning)
    for percent in (CLAIM_PERCENT, 30):
        assert comes_true(made, 1000 + 10 * percent * leaning)


def test_a_call_is_right_about_the_greatest_move_in_per_cent_and_its_way() -> None:
    before = {Good.ACORNS: 400, Good.BERRIES: 500, Good.MUSHROOMS: 600, Good.HONEY: 700, Good.FIREWOOD: 500}
    after = {**before, Good.ACORNS: 350, Good.HONEY: 770}
    assert greatest_move(before, after) == (Good.ACORNS, -1)
    for good in GOODS:
        for leaning in (-1, 1):
            called = Call("p1", good, leaning, before, 5)
            assert comes_right(called, after) == ((good, leaning) == (Good.ACORNS, -1))
    assert greatest_move(before, {**before, Good.BERRIES: 550, Good.HONEY: 770}) == (Good.BERRIES, 1)


# Scores.


@given(st.integers(0, PER_MILLE))
def test_knowing_no_more_than_the_chance_is_worth_nothing_and_knowing_better_is(chance: int) -> None:
    def gain(likely: int) -> int:
        return likely * score_of(True, chance) + (PER_MILLE - likely) * score_of(False, chance)

    assert gain(chance) == 0
    assert gain(PER_MILLE) >= 0 >= gain(0)
    assert abs(score_of(True, PER_MILLE)) == abs(score_of(False, 0)) == 0, "the certain pays nothing"
    assert score_of(True, chance) - score_of(False, chance) == PER_MILLE


def test_a_record_counts_what_was_said_and_what_came_true() -> None:
    record = Prophecy()
    for true, chance in ((True, 300), (True, 900), (False, 600), (True, 500)):
        record = judged(record, true, chance)
    assert record == Prophecy(said=4, right=3, expected=2300, score=700 + 100 - 600 + 500, streak=1)
    assert judged(record, True, 500).streak == 2
    assert judged(record, False, 500).streak == 0


@pytest.mark.parametrize("chance", [30, 500, 970])
@pytest.mark.parametrize(
    ("points", "percent", "true"),
    [
        (1, CLAIM_PERCENT, True),
        (1, CLAIM_PERCENT - 1, False),
        (1, -20, False),
        (-1, -CLAIM_PERCENT, True),
        (-1, 0, False),
    ],
)
@pytest.mark.parametrize("speaker", ["pip", "p1"])
def test_time_judges_claims(speaker: str, points: int, percent: int, true: bool, chance: int) -> None:
    draft = fresh()
    draft.references[Good.HONEY] = 1000 + 10 * percent
    patron = speaker == "p1"
    made = Claim(speaker, Good.HONEY, points, 1000, draft.now, (OONA, FENN), chance if patron else None)
    draft.claims = [made]
    before = {who: trust_in(draft.trust[who], speaker) for who in CREATURES}
    judge(draft)
    score = score_of(true, chance)
    size = -(-abs(score) * TRUST_EACH // PER_MILLE)
    gain = (size if true else -size) if patron else TRUTH_CREATURE[0 if true else 1]
    for who in (OONA, FENN):
        assert draft.trust[who][speaker] == before[who] + gain
    assert trust_in(draft.trust[BRAMBLE], speaker) == before[BRAMBLE]
    assert draft.claims == []
    assert draft.patrons["p1"].prophecy == (judged(Prophecy(), true, chance) if patron else Prophecy())
    assert draft.patrons["p2"].prophecy == Prophecy()
    verdicts = [event.data for event in told(draft.events, EventKind.JUDGED)]
    verdict = {"true": true, "good": Good.HONEY, "leaning": points, "chance": chance, "score": score, "echo": False}
    assert verdicts == ([verdict] if patron else [])


@pytest.mark.parametrize("unscored", [{"echo": True, "chance": 200}, {"chance": None}], ids=["echo", "chance unknown"])
@pytest.mark.parametrize("price", [1200, 800])
def test_an_echo_and_a_claim_of_unknown_chance_count_for_nothing(unscored: dict[str, int], price: int) -> None:
    draft = fresh()
    draft.references[Good.HONEY] = price
    draft.claims = [replace(Claim("p1", Good.HONEY, 1, 1000, draft.now, CREATURES), **unscored)]  # type: ignore[arg-type]
    judge(draft)
    assert draft.patrons["p1"].prophecy == Prophecy()
    assert {trust_in(draft.trust[who], "p1") for who in CREATURES} == {START_TRUST}
    (event,) = told(draft.events, EventKind.JUDGED)
    assert event.data is not None
    assert event.data["score"] == 0


def concluded(
    speaker: str, percent: int, chance: int, *, echo: bool = False, hearers: tuple[Creature, ...] = CREATURES
) -> Draft:
    """What hearers think when honey, which was claimed to rise, has moved so far."""
    draft = fresh()
    draft.references[Good.HONEY] = 1000 + 10 * percent
    draft.claims = [Claim(speaker, Good.HONEY, 1, 1000, draft.now, hearers, chance, echo)]
    judge(draft)
    return draft


def test_a_lie_is_remembered_and_held_against_a_patron() -> None:
    lied = concluded("p1", -LIE_PERCENT, 500)
    for who in CREATURES:
        assert [(memory.deed, memory.who, memory.good) for memory in lied.memories[who]] == [
            (Deed.LIED, "p1", Good.HONEY)
        ]
        assert lied.feelings[who]["p1"] < 0
    merely_wrong = concluded("p1", 1 - LIE_PERCENT, 500)
    assert not any(merely_wrong.memories.values())
    assert merely_wrong.feelings[OONA] == {}
    of_a_creature = concluded("pip", -LIE_PERCENT, 500, hearers=(OONA, FENN))
    assert of_a_creature.memories[BRAMBLE] == ()
    assert 0 < of_a_creature.memories[OONA][0].weight < lied.memories[OONA][0].weight
    assert of_a_creature.feelings[OONA] == {}


def test_a_bold_truth_is_remembered_and_a_likely_one_or_an_echo_is_not() -> None:
    bold = concluded("p1", CLAIM_PERCENT, BOLD)
    assert [(memory.deed, memory.who) for memory in bold.memories[OONA]] == [(Deed.FORETOLD, "p1")]
    assert bold.feelings[OONA]["p1"] > 0
    for plain in (
        concluded("p1", CLAIM_PERCENT, BOLD + 1),
        concluded("p1", CLAIM_PERCENT, BOLD, echo=True),
        concluded("pip", CLAIM_PERCENT, BOLD, hearers=(OONA, FENN)),
    ):
        assert not any(plain.memories.values())
        assert plain.feelings[OONA] == {}


@pytest.mark.parametrize("percent", [-LIE_PERCENT, CLAIM_PERCENT])
def test_a_whisper_is_in_no_memory_but_its_hearer_trusts_and_likes_by_it(percent: int) -> None:
    loud = concluded("p1", percent, BOLD)
    whispered = concluded("p1", percent, BOLD, hearers=(FENN,))
    assert all(loud.memories.values())
    assert not any(whispered.memories.values()), "everybody may read what is remembered"
    assert whispered.trust[FENN] == loud.trust[FENN]
    assert (whispered.trust[FENN]["p1"] > START_TRUST) is (percent > 0)
    if percent < 0:
        assert whispered.feelings[FENN] == loud.feelings[FENN]
    for who in CREATURES:
        if who is not FENN:
            assert whispered.feelings[who] == {}
            assert trust_in(whispered.trust[who], "p1") == START_TRUST


def test_trust_stays_between_nothing_and_all() -> None:
    draft = fresh()
    for points, end in ((1, 0), (-1, 100)):
        for _ in range(60):
            draft.claims = [Claim("p1", Good.HONEY, points, 10_000, draft.now, (OONA,), 500)]
            judge(draft)
        assert draft.trust[OONA]["p1"] == end


def test_the_liar_is_believed_less() -> None:
    """The same words weigh less in every view once the patron's rumor has proved false."""
    world = wood(patrons=1)
    weights = []
    for _ in range(2):
        views = observe(RULES, open_turn(RULES, world, [CAST]).world)
        weights.append([view.heard[0].weight for view in views.values()])
        draft = Draft(RULES, world)
        draft.claims = [Claim("p1", Good.HONEY, 1, 10_000, draft.now, CREATURES, 500)]
        judge(draft)
        world = draft.freeze()
    assert all(after < before for before, after in zip(*weights, strict=True))


# In the course of turns.


def test_a_claim_waits_until_it_is_due() -> None:
    world, turns = play(wood(patrons=1), 1 + JUDGED_AFTER, None, {2: [CAST]})
    assert [turn.number for turn in turns if told(turn.events, EventKind.JUDGED)] == [2 + JUDGED_AFTER]
    assert world.patrons["p1"].prophecy.said == 1


def test_the_copycat_is_judged_and_scores_nothing() -> None:
    world, turns = play(wood(patrons=2), 2 + JUDGED_AFTER, None, {2: [CAST], 3: [replace(CAST, patron="p2")]})
    said = [event for turn in turns for event in told(turn.events, EventKind.JUDGED)]
    assert [(event.subject, (event.data or {})["echo"]) for event in said] == [("p1", False), ("p2", True)]
    assert world.patrons["p1"].prophecy.said == 1
    assert world.patrons["p2"].prophecy == Prophecy()


# Daily calls.


def test_anybody_may_call_and_it_costs_and_tells_nothing() -> None:
    world = wood(patrons=1)
    call = DailyCall("p7", Good.ACORNS, -1, 4)
    morning = open_turn(RULES, world, [call, replace(call, patron="p1")])
    assert [made.caller for made in morning.world.calls] == ["p7", "p1"]
    assert {made.due for made in morning.world.calls} == {world.turn + 4}
    assert {tuple(made.before.items()) for made in morning.world.calls} == {tuple(world.references.items())}
    quiet = open_turn(RULES, world)
    assert morning.events == quiet.events
    assert replace(morning.world, calls=()) == quiet.world


def test_calls_are_judged_by_the_prices_at_their_end_and_make_streaks() -> None:
    world = wood()
    records: Mapping[str, Prophecy] = {}
    streak = 0
    for _ in range(8):
        for good in GOODS:  # whichever it will be, somebody calls it
            for way, leaning in (("up", 1), ("down", -1)):
                key = f"p{1 + 2 * GOODS.index(good) + (way == 'up')}"
                world = admit(RULES, world, DailyCall(key, good, leaning, 1))
        before = world.references
        world, turn = step(RULES, world, SILENT)
        assert world.calls == ()
        events = told(turn.events, EventKind.CALLED)
        assert len(events) == 2 * len(GOODS)
        right = [event for event in events if event.data and event.data["right"]]
        assert [((event.data or {})["good"], (event.data or {})["leaning"]) for event in right] == [
            greatest_move(before, world.references)
        ]
        for event in events:
            data = event.data or {}
            assert data["score"] == score_of(data["right"], data["chance"])
            was = records.get(event.subject, Prophecy())
            assert world.callers[event.subject] == judged(was, data["right"], data["chance"])
            assert data["streak"] == world.callers[event.subject].streak
            streak = max(streak, data["streak"])
        records = world.callers
    assert streak > 1
    assert {record.said for record in records.values()} == {8}


def test_a_call_of_several_turns_waits_for_the_last_of_them() -> None:
    _, turns = play(wood(), 5, None, {2: [DailyCall("p1", Good.HONEY, 1, 3)]})
    assert [turn.number for turn in turns if told(turn.events, EventKind.CALLED)] == [4]


def test_records_begin_anew_with_the_year() -> None:
    world = wood(patrons=1)
    record = Prophecy(3, 2, 900, 1100, 1)
    patrons = {"p1": replace(world.patrons["p1"], prophecy=record)}
    world = replace(world, turn=RULES.year - 2, patrons=patrons, callers={"p7": record})
    world, _ = step(RULES, world, SILENT)
    assert (world.patrons["p1"].prophecy, world.callers) == (record, {"p7": record})
    world, _ = step(RULES, world, SILENT)
    assert (world.patrons["p1"].prophecy, world.callers) == (Prophecy(), {})
