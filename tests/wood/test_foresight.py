"""Foresight: glimpses are true, are had once, cost nothing where nothing is seen, and back whispers."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, holding, play, told, wood
from wood.almanac import year_of
from wood.belief import TIPPED, weight
from wood.chronicle import Event, EventKind, Turn, dump, load
from wood.draft import Draft
from wood.foresight import SOON, backed, outlive
from wood.hearsay import PATRON_STRENGTH
from wood.moves import CastLegend, CastRumor, Foresight, Intervention, TellLegend, admit, quote
from wood.moves.foresight import FEE, HEAT, OMEN_SIGHT, SHOCK_SIGHT
from wood.moves.legend import LEGEND_BREATH
from wood.moves.rumor import LIE_HEAT, TRUE_TIP_FEELING, reckon
from wood.names import FINES, GOODS, PEBBLES, Act, Creature, Good, patron_account
from wood.orders import MAX_THOUGHT, Decision
from wood.prophecy import JUDGED_AFTER
from wood.refusal import Refusal, RefusalCode
from wood.rules import Layer
from wood.stakes import Tip
from wood.turn import step
from wood.world import Claim, Hearsay, Patron, Pool, World

P1: Final = patron_account("p1")
SHOCK: Final = Foresight("p1", "shock")
OMEN: Final = Foresight("p1", "omen")
THOUGHT: Final = Foresight("p1", "thought", Creature.PIP)
PATRON: Final = Patron("p1", "Alder", 5)


def refusal(world: World, move: Intervention) -> Refusal:
    with pytest.raises(Refusal) as info:
        admit(RULES, world, move)
    return info.value


def not_refused(world: World, move: Intervention) -> bool:
    try:
        admit(RULES, world, move)
    except Refusal:
        return False
    return True


def thinking(text: str) -> dict[Creature, Decision | None]:
    return {Creature.PIP: Decision(text)}


def tipped(world: World, *tips: Tip) -> World:
    return replace(world, patrons={**world.patrons, "p1": replace(world.patrons["p1"], tips=tips)})


def before_fall(seed: int, turns: int) -> tuple[World, int, str]:
    """A wood so many turns before the first boon or bane of its second year."""
    turn, slug = min(year_of(RULES, seed, 2).falls.items())
    falls = RULES.year + turn
    return replace(wood(seed, patrons=1), turn=falls - turns - 1), falls, slug


def glimpse(turn: Turn) -> Event:
    (event,) = told(turn.events, EventKind.FORESIGHT)
    assert event.to == event.subject == "p1"
    return event


# What comes.


@pytest.mark.parametrize("seed", range(12))
def test_a_foreseen_shock_strikes_in_its_turn_and_moves_its_good_its_way(seed: int) -> None:
    world, _, _ = before_fall(seed, SHOCK_SIGHT - seed)
    world, turn = step(RULES, world, SILENT, [SHOCK])
    seen = dict(glimpse(turn).data or {})
    (tip,) = world.patrons["p1"].tips
    assert (seen["legend"], seen["good"], seen["leaning"], seen["due"]) == (tip.subject, tip.good, tip.leaning, tip.due)
    _, turns = play(world, tip.due - world.turn)
    shocks = told(turns[-1].events, EventKind.SHOCK)
    assert (tip.subject, {"kind": seen["kind"], "good": tip.good}) in [(event.subject, event.data) for event in shocks]
    decrees = [event.data or {} for event in told(turns[-1].events, EventKind.DECREE)]
    assert any(each["good"] is tip.good and each["percent"] * tip.leaning > 0 for each in decrees)


@pytest.mark.parametrize("seed", range(12))
def test_an_omen_means_what_falls(seed: int) -> None:
    world, falls, slug = before_fall(seed, OMEN_SIGHT - seed % 5)
    world, turn = step(RULES, world, SILENT, [OMEN])
    legend = RULES.legends[slug]
    seen = {"what": "omen", "legend": slug, "good": legend.good, "leaning": legend.direction, "due": falls}
    assert glimpse(turn).data == {**seen, "lot": str(legend.lot)}
    _, turns = play(world, falls - world.turn)
    assert [event.subject for event in told(turns[-1].events, EventKind.LEGEND)] == [slug]


def test_what_a_told_legend_has_in_store_is_foreseen_part_by_part() -> None:
    world, _ = step(RULES, wood(patrons=1), SILENT, [TellLegend("mushroom-corner")])
    begun = world.turn
    tips = []
    while not_refused(world, SHOCK):
        world = admit(RULES, world, SHOCK)
        tips.append(world.patrons["p1"].tips[-1])
        world = holding(tipped(world, *(replace(tip, turn=0) for tip in world.patrons["p1"].tips)), P1, pebbles=90)
    later = [
        (shock.good, begun + shock.delay)
        for shock in RULES.legends["mushroom-corner"].shocks
        if shock.delay and shock.layer is Layer.SETTLEMENT
    ]
    assert [(tip.good, tip.due) for tip in tips if tip.subject == "mushroom-corner"] == later
    assert tips == sorted(tips, key=lambda tip: tip.due)
    assert len(set(tips)) == len(tips), "nothing is sold twice"


def test_a_legend_that_waits_to_be_told_is_foreseen_but_by_whose_card_it_is() -> None:
    world = wood(patrons=2)
    pool = Pool("great-frost", "p2", {"p2": LEGEND_BREATH}, world.turn)
    hand = {**world.patrons, "p2": replace(world.patrons["p2"], hand=("great-frost",))}
    world = replace(world, pool=pool, ready=world.turn + 4, patrons=hand)
    told_in = world.turn + 4
    (tip,) = admit(RULES, world, SHOCK).patrons["p1"].tips
    assert (tip.subject, tip.good, tip.leaning, tip.due) == ("great-frost", Good.ACORNS, 1, told_in)
    assert refusal(world, Foresight("p2", "shock")).code is RefusalCode.NOTHING_COMES
    _, turns = play(world, 4)
    assert [event.subject for event in told(turns[-1].events, EventKind.LEGEND)] == ["great-frost"]


@pytest.mark.parametrize(("move", "sight"), [(SHOCK, SHOCK_SIGHT), (OMEN, OMEN_SIGHT)])
def test_where_nothing_comes_nothing_is_paid(move: Foresight, sight: int) -> None:
    early = next(seed for seed in range(99) if max(year_of(RULES, seed, 1).falls) < RULES.year - SHOCK_SIGHT - 2)
    world, _, _ = before_fall(early, sight + 1)
    told_why = refusal(world, move)
    assert (told_why.code, told_why.facts) == (RefusalCode.NOTHING_COMES, {"what": move.what, "turns": sight})
    after, turn = step(RULES, world, SILENT, [move])
    assert after.held(P1, PEBBLES) == world.held(P1, PEBBLES)
    assert (after.patrons["p1"].heat, after.patrons["p1"].tips, after.uses) == (0, (), {})
    assert not told(turn.events, EventKind.FORESIGHT)


# What is thought.


def test_a_thought_is_told_at_the_turns_close_to_who_paid_and_to_nobody_else() -> None:
    text = "zqx I shall hoard every nut."
    world, turn = step(RULES, wood(patrons=2), thinking(text), [THOUGHT])
    seen = dict(glimpse(turn).data or {})
    assert (seen["what"], seen["creature"], seen["text"]) == ("thought", "pip", text)
    others = [event for event in turn.events if event.to != "p1"]
    assert "zqx" not in repr(others)
    assert "zqx" not in repr(world)
    assert world.patrons["p1"].tips == ()


@pytest.mark.parametrize("text", ["nuts " * 90, "half a pair \ud83d of nuts", "", "@everyone <@1> \u202e"])
def test_hostile_thoughts_are_bounded_and_can_be_stored(text: str) -> None:
    _, turn = step(RULES, wood(patrons=1), thinking(text), [THOUGHT])
    assert load(Turn, dump(turn)) == turn
    assert len(str((glimpse(turn).data or {})["text"])) <= MAX_THOUGHT


@pytest.mark.parametrize("seed", range(5))
def test_a_mind_that_says_nothing_is_seen_through_all_the_same(seed: int) -> None:
    world = replace(wood(seed, patrons=1), beliefs={**wood(seed).beliefs, Creature.PIP: {"berries": -20, "honey": 70}})
    _, turn = step(RULES, world, SILENT, [THOUGHT])
    seen = dict(glimpse(turn).data or {})
    assert (seen["text"], seen["about"]) == ("", "honey")
    assert int(str(seen["points"])) > 20
    makes = RULES.creatures[Creature.PIP].makes
    assert seen["good"] in set(GOODS) - {makes}
    assert (seen["units"] != 0, seen["over"] != 0) == (seen["good"] is not None, seen["spare"] is not None)


def test_a_thought_belongs_to_somebody() -> None:
    assert refusal(wood(patrons=1), Foresight("p1", "thought")).code is RefusalCode.WHOSE_THOUGHT


# What it costs.


def test_a_glimpse_a_turn() -> None:
    world, turn = step(RULES, wood(patrons=1), SILENT, [THOUGHT, THOUGHT, Foresight("p1", "thought", Creature.FENN)])
    assert [event.data and event.data["code"] for event in told(turn.events, EventKind.REFUSED)] == ["foreseen"] * 2
    assert turn.flows["foresight/pebbles"] == FEE
    assert admit(RULES, world, THOUGHT).patrons["p1"].tips


def test_it_is_paid_written_down_and_heats() -> None:
    world = wood(patrons=2)
    quoted = quote(RULES, world, THOUGHT)
    assert (quoted.cost, quoted.worst, quoted.heat, quoted.facts) == (FEE, FEE, HEAT, None)
    after = admit(RULES, world, THOUGHT)
    assert after.held(FINES, PEBBLES) - world.held(FINES, PEBBLES) == FEE
    (entry,) = after.patrons["p1"].file
    assert (entry.act, entry.good, entry.who, entry.pebbles, entry.heat) == (Act.FORESIGHT, None, "pip", -FEE, HEAT)
    assert quote(RULES, after, replace(THOUGHT, patron="p2")).cost > FEE
    assert refusal(after, replace(THOUGHT, patron="p2", limit=FEE)).code is RefusalCode.DEARER
    assert refusal(holding(world, P1, pebbles=FEE - 1), THOUGHT).code is RefusalCode.PURSE


def test_what_was_foreseen_is_suspicious_on_its_good() -> None:
    world, _, slug = before_fall(3, 5)
    (entry,) = admit(RULES, world, SHOCK).patrons["p1"].file
    assert (entry.act, entry.good, entry.who) == (Act.FORESIGHT, RULES.legends[slug].good, "")


# What it is good for.


def test_words_are_backed_as_long_as_a_claim_stands() -> None:
    assert SOON == JUDGED_AFTER


tips = st.builds(
    Tip,
    st.just("shock"),
    st.just("drought"),
    st.one_of(st.none(), st.sampled_from(GOODS)),
    st.integers(-1, 1),
    st.integers(1, 20),
    st.integers(1, 40),
)


@given(st.lists(tips, max_size=4), st.sampled_from(GOODS), st.sampled_from([-1, 1]), st.integers(1, 40))
def test_only_an_own_tip_that_comes_about_in_time_backs_words(
    held: list[Tip], good: Good, leaning: int, now: int
) -> None:
    known = {
        turn
        for tip in held
        if (tip.good, tip.leaning) == (good, leaning)
        for turn in range(max(tip.turn, tip.due - SOON), tip.due + 1)
    }
    assert backed(replace(PATRON, tips=tuple(held)), good, leaning, now) == (now in known)
    assert not backed(replace(PATRON, tips=tuple(held)), good, 0, now)


@given(st.lists(tips, max_size=4), st.integers(1, 40))
def test_tips_are_kept_until_the_last_words_that_they_backed_are_judged(held: list[Tip], now: int) -> None:
    draft = Draft(RULES, tipped(wood(patrons=1), *held))
    draft.now = now
    outlive(draft)
    kept = draft.patrons["p1"].tips
    for tip in held:
        last = tip.due if tip.good is None else tip.due + JUDGED_AFTER
        assert (tip in kept) == (last > now)


def test_a_backed_whisper_weighs_a_quarter_more_and_nothing_else_does() -> None:
    world = wood(patrons=2)
    now = world.turn + 1
    draft = Draft(RULES, tipped(world, Tip("shock", "drought", Good.BERRIES, 1, now, now + 3)))
    line = Hearsay("p1", "p1", "whisper", "x", Good.BERRIES, 1, PATRON_STRENGTH, 0, (Creature.PIP,))
    plain = replace(line, speaker="p2", origin="p2")
    assert weight(draft, Creature.PIP, line) == pytest.approx(weight(draft, Creature.PIP, plain) * TIPPED / 100, abs=1)
    for other in (
        replace(line, kind="rumor"),
        replace(line, leaning=-1),
        replace(line, about=Good.HONEY),
        replace(line, about=Creature.FENN),
    ):
        twin = replace(other, speaker="p2", origin="p2")
        assert weight(draft, Creature.PIP, other) == weight(draft, Creature.PIP, twin)


@pytest.mark.parametrize(
    ("percent", "held", "feeling", "lies"),
    [(120, True, TRUE_TIP_FEELING, 0), (120, False, 0, 0), (100, True, 0, 0), (80, True, 0, 1), (80, False, 0, 1)],
)
def test_what_becomes_of_whispers(percent: int, held: bool, feeling: int, lies: int) -> None:
    world = wood(patrons=1)
    said, due = world.turn + 1 - JUDGED_AFTER, world.turn + 1
    tip = Tip("shock", "drought", Good.HONEY, 1, said, said + 2)
    draft = Draft(RULES, tipped(world, tip) if held else world)
    price = draft.references[Good.HONEY]
    draft.claims.append(Claim("p1", Good.HONEY, 1, price * 100 // percent, due, (Creature.PIP,), 500))
    reckon(draft)
    assert draft.feelings[Creature.PIP].get("p1", 0) == feeling
    file = draft.patrons["p1"].file
    assert [(entry.act, entry.good, entry.who, entry.heat) for entry in file] == [
        (Act.LIED, Good.HONEY, "pip", LIE_HEAT)
    ] * lies


def test_a_tip_makes_a_whisper_believed_and_is_dropped_when_that_is_judged() -> None:
    world, _, slug = before_fall(3, 4)
    legend = RULES.legends[slug]
    world, _ = step(RULES, world, SILENT, [SHOCK])
    whisper = {world.turn + 1: [CastRumor("p1", legend.good, "I know it.", legend.direction, Creature.PIP)]}

    def believed(turns: list[Turn]) -> int:
        (event,) = (event for event in told(turns[0].events, EventKind.BELIEF) if event.to == "p1")
        return int((event.data or {})["believed"]["pip"])

    held, turns = play(world, 4 + SOON, inputs=whisper)
    _, without = play(tipped(world), 4 + SOON, inputs=whisper)
    assert believed(turns) > believed(without) > 0
    assert held.patrons["p1"].tips == ()


def test_casting_a_legend_is_no_foresight() -> None:
    world = wood(patrons=1)
    hand = {"p1": replace(world.patrons["p1"], hand=("great-frost",))}
    world, _ = step(RULES, replace(world, patrons=hand, ready=99), SILENT, [CastLegend("p1", "great-frost", 3)])
    assert world.pool is not None
    assert refusal(world, SHOCK).code is RefusalCode.NOTHING_COMES
