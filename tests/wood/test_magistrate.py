"""The Magistrate: who comes before her, what is read out, how cases end, and what a denunciation is worth."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, holding, play, told, wood
from wood.bourse import SHORT_FEELING, Why
from wood.chronicle import Event, EventKind, Turn, dump, load
from wood.draft import Draft
from wood.heat import record
from wood.magistrate import (
    BOUNTY_MOST,
    BURNING,
    FINE,
    FREEZING,
    FROZEN_TURNS,
    HEARING,
    HOT,
    REACH,
    WARM,
    Verdict,
    evidence,
    sit,
    verdict_on,
)
from wood.memory import Deed
from wood.moves import (
    AddMargin,
    CastLegend,
    CastRumor,
    ClosePosition,
    DailyCall,
    Denounce,
    DrawLegend,
    Foresight,
    Intervention,
    Leave,
    OfferLoan,
    OpenPosition,
    admit,
    quote,
)
from wood.moves.bourse import FEE
from wood.moves.denounce import AGAIN
from wood.moves.denounce import FEE as DENOUNCED_FEE
from wood.moves.joining import JOIN_PEBBLES
from wood.names import MAGISTRATE, PEBBLES, Act, Creature, Good, patron_account
from wood.observe import observe
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Case, Entry
from wood.turn import open_turn, step
from wood.world import Patron, World

P1: Final = patron_account("p1")
P2: Final = patron_account("p2")
DENOUNCED: Final = Denounce("p2", "p1")


def changed(world: World, key: str = "p1", **fields: object) -> World:
    """The same wood with one patron otherwise."""
    return replace(world, patrons={**world.patrons, key: replace(world.patrons[key], **fields)})  # type: ignore[arg-type]


def heated(heat: int, *entries: Entry, patrons: int = 2, convicted: int = 0) -> World:
    """A wood whose patron p1 is so hot, with such a file."""
    return changed(wood(patrons=patrons), heat=heat, file=entries, convicted=convicted)


def due(heat: int, *entries: Entry, accuser: str = "", convicted: int = 0, purse: int = JOIN_PEBBLES) -> World:
    """The same with a case on p1 that is heard in the next turn."""
    world = holding(heated(heat, *entries, convicted=convicted), P1, pebbles=purse)
    return replace(world, cases=(Case("p1", world.turn, world.turn + 1, accuser, heat),))


def one(turn: Turn, kind: EventKind) -> Event:
    (event,) = told(turn.events, kind)
    return event


def said(event: Event) -> dict[str, object]:
    return dict(event.data or {})


def refused(world: World, move: Intervention) -> RefusalCode:
    with pytest.raises(Refusal) as info:
        admit(RULES, world, move)
    code = info.value.code
    assert isinstance(code, RefusalCode)
    return code


# How a case opens.


def test_a_file_is_opened_on_who_is_too_hot() -> None:
    world, turn = step(RULES, heated(HOT + 1), SILENT)
    event = one(turn, EventKind.CASE)
    assert (event.subject, event.to, event.data) == ("p1", None, {"due": turn.number + HEARING, "turns": HEARING})
    assert world.cases == (Case("p1", turn.number, turn.number + HEARING, "", HOT + 1),)
    world, turn = step(RULES, heated(HOT), SILENT)
    assert world.cases == ()


def test_one_file_at_a_time_and_none_on_who_has_left_or_is_exiled() -> None:
    world, turns = play(heated(30), HEARING)
    assert [len(told(turn.events, EventKind.CASE)) for turn in turns] == [1, 0, 0]
    assert len(world.cases) == 1
    assert step(RULES, changed(wood(patrons=1), heat=30, exiled=RULES.year), SILENT)[0].cases == ()
    assert step(RULES, heated(30), SILENT, [Leave("p1")])[0].cases == ()


def test_who_leaves_is_not_heard_any_more() -> None:
    world, turn = step(RULES, due(30), SILENT, [Leave("p1")])
    assert world.cases == ()
    assert not told(turn.events, EventKind.VERDICT)


@pytest.mark.parametrize("left", [0, 1, 2])
def test_cases_are_heard_within_the_year(left: int) -> None:
    world = replace(heated(30), turn=RULES.year - left - 1)
    world, turn = step(RULES, world, SILENT)
    assert len(told(turn.events, EventKind.CASE)) == min(1, left)
    assert all(case.due <= RULES.year for case in world.cases)
    _, turns = play(world, left) if left else (world, [])
    assert sum(len(told(each.events, EventKind.VERDICT)) for each in turns) == min(1, left)


# How it ends.


@pytest.mark.parametrize(
    ("heat", "convicted", "verdict"),
    [
        (0, 0, Verdict.ACQUITTED),
        (WARM - 1, 2, Verdict.ACQUITTED),
        (WARM, 0, Verdict.FINED),
        (FREEZING - 1, 1, Verdict.FINED),
        (FREEZING, 0, Verdict.FROZEN),
        (BURNING - 1, 1, Verdict.FROZEN),
        (BURNING, 0, Verdict.EXILED),
        (WARM, 2, Verdict.EXILED),
    ],
)
def test_every_verdict(heat: int, convicted: int, verdict: Verdict) -> None:
    assert verdict_on(heat, convicted) is verdict
    world, turn = step(RULES, due(heat, convicted=convicted), SILENT)
    event, patron = said(one(turn, EventKind.VERDICT)), world.patrons["p1"]
    assert one(turn, EventKind.VERDICT).to is None
    assert event["verdict"] == verdict
    assert world.cases == ()
    if verdict is Verdict.ACQUITTED:
        assert (event["fine"], patron.convicted, patron.heat) == (0, convicted, max(0, heat - 1))
        assert world.held(P1, PEBBLES) == JOIN_PEBBLES
        return
    assert event["fine"] == FINE == turn.flows["fined/pebbles"]
    assert (world.held(P1, PEBBLES), world.held(MAGISTRATE, PEBBLES)) == (JOIN_PEBBLES - FINE, FINE)
    assert (patron.convicted, patron.heat) == (convicted + 1, heat // 2 - 1)
    assert patron.blocked == (turn.number + FROZEN_TURNS if verdict is Verdict.FROZEN else 0)
    assert patron.exiled == (RULES.year if verdict is Verdict.EXILED else 0)
    assert event["until"] == max(patron.blocked, patron.exiled)
    assert event["turns"] == max(0, max(patron.blocked, patron.exiled) - turn.number)


def test_who_keeps_quiet_while_the_case_runs_may_be_let_go() -> None:
    world, first = step(RULES, heated(WARM + 1), SILENT, [DENOUNCED])
    world, turns = play(world, HEARING)
    assert said(one(turns[-1], EventKind.VERDICT))["verdict"] == "acquitted"
    assert said(one(first, EventKind.DENOUNCED)) == {"whom": "p1", "opened": True}
    assert world.held(P2, PEBBLES) == JOIN_PEBBLES - DENOUNCED_FEE
    assert world.patrons["p1"].heat == WARM + 1 - HEARING - 1, "a friend's denunciation cools nobody"


@given(st.integers(0, 400), st.lists(st.integers(-20, 60), max_size=6), st.integers(WARM, 40))
def test_a_fine_takes_profits_and_half_of_them_more_but_never_more_than_the_purse(
    purse: int, won: list[int], heat: int
) -> None:
    entries = [Entry(1, Act.PROFIT if pebbles > 0 else Act.LOSS, Good.HONEY, "", pebbles, 5) for pebbles in won]
    draft = Draft(RULES, due(heat, *entries, purse=purse))
    sit(draft)
    profits = sum(pebbles for pebbles in won if pebbles > 0)
    assert draft.purse(P1) == purse - min(purse, FINE + profits * 3 // 2)
    assert draft.purse(MAGISTRATE) == purse - draft.purse(P1)
    draft.freeze()


def test_only_what_is_suspicious_lately_and_not_yet_paid_for_is_read_out() -> None:
    old, plain = Entry(1, Act.SHORT, Good.HONEY, heat=5), Entry(30, Act.GAIN, Good.HONEY, pebbles=9)
    before, fined, after = (
        Entry(20, Act.PROFIT, Good.HONEY, heat=4),
        Entry(21, Act.FINED),
        Entry(29, Act.WHISPER, heat=2),
    )
    patron = Patron("p1", "Alder", 5)
    assert evidence(replace(patron, file=(old, before, plain)), 30) == (before,)
    assert evidence(replace(patron, file=(old, before, fined, plain, after)), 30) == (after,)
    assert evidence(replace(patron, file=(before,)), 20 + REACH) == ()


def test_the_file_is_read_out_to_everybody_without_its_words() -> None:
    whispered = Entry(1, Act.WHISPER, Good.HONEY, "pip", -5, 2)
    _, turn = step(RULES, due(WARM, whispered, Entry(1, Act.GAIN, Good.HONEY, "", 8)), SILENT)
    event = one(turn, EventKind.EVIDENCE)
    line = {"turn": 1, "act": "whisper", "good": "honey", "who": "pip", "pebbles": -5, "heat": 2}
    assert (event.to, event.data) == (None, {"entries": [line], "count": 1, "pebbles": 0})


def test_those_mind_to_whom_it_was_done() -> None:
    short, lie = Entry(1, Act.SHORT, Good.HONEY, heat=5), Entry(1, Act.LIED, Good.ACORNS, "fenn", heat=1)
    maker = next(creature for creature, rule in RULES.creatures.items() if rule.makes is Good.HONEY)
    world, _ = step(RULES, due(WARM, short, lie, short), SILENT)
    calm, _ = step(RULES, due(WARM), SILENT)
    minded = {who: world.feelings[who].get("p1", 0) - calm.feelings[who].get("p1", 0) for who in Creature}
    assert minded == {who: SHORT_FEELING if who is maker else -2 if who is Creature.FENN else 0 for who in Creature}
    (shorted,) = (memory for memory in world.memories[maker] if memory.who == "p1")
    (lied,) = (memory for memory in world.memories[Creature.FENN] if memory.who == "p1")
    assert (shorted.deed, shorted.good) == (Deed.SHORTED, Good.HONEY)
    assert (lied.deed, lied.good) == (Deed.LIED, Good.ACORNS)


# Sentences.

MOVES: Final[Sequence[Intervention]] = (
    CastRumor("p1", Good.HONEY, "Honey is scarce.", 1),
    CastRumor("p1", Good.HONEY, "Honey is scarce.", 1, Creature.PIP),
    DrawLegend("p1"),
    CastLegend("p1", None, 1),
    OfferLoan("p1", Creature.PIP, 5, 1, 3),
    OpenPosition("p1", Good.HONEY, 1, 10),
    AddMargin("p1", Good.HONEY, 1),
    ClosePosition("p1", Good.HONEY),
    Foresight("p1", "thought", Creature.PIP),
    Denounce("p1", "p2"),
)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.kind}")
def test_who_is_exiled_may_look_but_not_act(move: Intervention) -> None:
    world, _ = step(RULES, due(BURNING), SILENT, [OpenPosition("p1", Good.HONEY, 1, 20)])
    assert refused(world, move) is RefusalCode.EXILED
    assert admit(RULES, world, DailyCall("p1", Good.HONEY, 1, 5)).calls
    last = replace(world, turn=RULES.year)
    assert admit(RULES, last, MOVES[0]).said, "it may act again in the new year"


def test_an_exile_closes_the_positions_and_leaves_what_stood_behind_them() -> None:
    world, turn = step(RULES, due(BURNING, purse=50), SILENT, [OpenPosition("p1", Good.HONEY, 1, 20)])
    assert world.positions == ()
    closed = said(one(turn, EventKind.CLOSED))
    assert closed["why"] == Why.EXILED
    assert world.held(P1, PEBBLES) == 50 - FEE - FINE + int(str(closed["pebbles"]))


def test_a_frozen_purse_pays_for_nothing_but_words_stay_free() -> None:
    world, _ = step(RULES, due(FREEZING), SILENT, [OpenPosition("p1", Good.HONEY, 1, 20)])
    codes = {move.kind: refused(world, move) for move in MOVES[4:7]} | {
        move.kind: refused(world, move) for move in MOVES[8:]
    }
    assert set(codes.values()) == {RefusalCode.FROZEN}
    assert refused(world, MOVES[1]) is RefusalCode.FROZEN
    assert admit(RULES, world, MOVES[0]).said
    assert not admit(RULES, world, ClosePosition("p1", Good.HONEY)).positions
    thawed = replace(world, turn=world.patrons["p1"].blocked)
    assert len(admit(RULES, thawed, OpenPosition("p1", Good.ACORNS, 1, 10)).positions) == 2


# Denunciations.


def test_denouncing_a_hot_patron_brings_the_fee_back_and_a_bounty() -> None:
    profit = Entry(1, Act.PROFIT, Good.HONEY, "", 20, 7)
    world, first = step(RULES, heated(HOT, profit), SILENT, [DENOUNCED])
    assert one(first, EventKind.CASE).to is None
    assert "p2" not in repr(one(first, EventKind.CASE)), "nobody learns who it was"
    world, turns = play(world, HEARING)
    fine = FINE + 30
    bounty_due = min(BOUNTY_MOST, fine // 2)
    assert said(one(turns[-1], EventKind.VERDICT)) | {"fine": fine + bounty_due, "bounty": bounty_due} == said(
        one(turns[-1], EventKind.VERDICT)
    )
    bounty = one(turns[-1], EventKind.BOUNTY)
    assert (bounty.to, bounty.data) == ("p2", {"pebbles": DENOUNCED_FEE + bounty_due, "whom": "p1"})
    assert world.held(P2, PEBBLES) == JOIN_PEBBLES + bounty_due
    assert world.held(MAGISTRATE, PEBBLES) == fine
    assert [entry.act for entry in world.patrons["p2"].file] == [Act.DENOUNCED, Act.BOUNTY]


def test_denouncing_who_is_not_hot_loses_the_fee() -> None:
    world, turn = step(RULES, heated(WARM - 1), SILENT, [DENOUNCED])
    assert world.cases == ()
    event = one(turn, EventKind.DENOUNCED)
    assert (event.to, event.data) == ("p2", {"whom": "p1", "opened": False})
    assert not told(turn.events, EventKind.CASE)
    assert world.held(MAGISTRATE, PEBBLES) == DENOUNCED_FEE
    assert world.held(P2, PEBBLES) == JOIN_PEBBLES - DENOUNCED_FEE


@given(
    st.integers(WARM, 30),
    st.integers(0, 300),
    st.lists(st.integers(1, 80), max_size=5),
    st.integers(DENOUNCED_FEE, 40),
)
def test_two_who_share_gain_nothing_by_denouncing_each_other(heat: int, purse: int, won: list[int], fee: int) -> None:
    """Nor does one person with two accounts: whatever the file says, both purses together hold no more for it."""
    entries = [Entry(1, Act.PROFIT, Good.HONEY, "", pebbles, 5) for pebbles in won]
    alone = Draft(RULES, due(heat, *entries, purse=purse))
    world = holding(due(heat, *entries, purse=purse, accuser="p2"), P2, pebbles=JOIN_PEBBLES - fee)
    world = holding(world, MAGISTRATE, pebbles=fee)
    world = changed(world, "p2", file=(Entry(world.cases[0].opened, Act.DENOUNCED, None, "p1", -fee),))
    shared = Draft(RULES, world)
    sit(alone)
    sit(shared)
    assert shared.purse(P1) + shared.purse(P2) <= alone.purse(P1) + alone.purse(P2)
    verdict = said(next(event for event in shared.events if event.kind is EventKind.VERDICT))
    fine, bounty = int(str(verdict["fine"])), int(str(verdict["bounty"]))
    assert 0 <= bounty <= min(BOUNTY_MOST, fine - bounty)
    assert shared.purse(P2) == JOIN_PEBBLES + bounty
    shared.freeze()


def test_the_same_button_pressed_twice_denounces_once() -> None:
    for heat in (0, WARM):
        _, turn = step(RULES, heated(heat), SILENT, [DENOUNCED, DENOUNCED])
        assert turn.flows["denounce/pebbles"] == DENOUNCED_FEE
        assert len(told(turn.events, EventKind.REFUSED)) == 1


def test_who_cannot_be_denounced() -> None:
    world = heated(0, patrons=3)
    assert refused(world, Denounce("p1", "p1")) is RefusalCode.DENOUNCE_SELF
    assert refused(world, Denounce("p1", "p9")) is RefusalCode.NOBODY
    assert refused(changed(world, "p2", present=False), Denounce("p1", "p2")) is RefusalCode.NOBODY
    assert refused(changed(world, "p2", exiled=RULES.year), Denounce("p1", "p2")) is RefusalCode.EXILED_ALREADY
    assert refused(holding(world, P1, pebbles=DENOUNCED_FEE - 1), Denounce("p1", "p2")) is RefusalCode.PURSE
    assert refused(world, Denounce("p1", "p2", limit=DENOUNCED_FEE - 1)) is RefusalCode.DEARER
    assert refused(replace(world, turn=RULES.year - 1), Denounce("p1", "p2")) is RefusalCode.YEAR_ENDS
    hot = admit(RULES, changed(world, heat=WARM), DENOUNCED)
    assert refused(hot, Denounce("p3", "p1")) is RefusalCode.CASE_OPEN
    cold = admit(RULES, world, DENOUNCED)
    assert refused(replace(cold, turn=cold.turn + AGAIN - 1), DENOUNCED) is RefusalCode.DENOUNCED_LATELY
    assert not refused_at(replace(cold, turn=cold.turn + AGAIN), DENOUNCED)
    assert quote(RULES, cold, Denounce("p3", "p1")).cost > DENOUNCED_FEE, "what others do makes it dearer"


def refused_at(world: World, move: Intervention) -> bool:
    try:
        admit(RULES, world, move)
    except Refusal:
        return True
    return False


def test_a_quote_says_nothing_of_how_hot_the_other_is() -> None:
    assert quote(RULES, heated(0), DENOUNCED) == quote(RULES, heated(30), DENOUNCED)


# Heat of words, secrets, and the same again.


@pytest.mark.parametrize(
    ("rumor", "act", "heat"),
    [
        (CastRumor("p1", Good.HONEY, "Honey is scarce.", 1), Act.RUMOR, 1),
        (CastRumor("p1", Good.HONEY, "Honey is honey.", 0), Act.RUMOR, 0),
        (CastRumor("p1", Creature.PIP, "Pip cheats.", -1), Act.RUMOR, 0),
        (CastRumor("p1", Good.HONEY, "Honey is scarce.", 1, Creature.FENN), Act.WHISPER, 2),
        (CastRumor("p1", Creature.PIP, "Pip cheats.", -1, Creature.FENN), Act.WHISPER, 2),
    ],
)
def test_words_are_written_down_and_heat(rumor: CastRumor, act: Act, heat: int) -> None:
    world = admit(RULES, wood(patrons=1), rumor)
    good = rumor.about if isinstance(rumor.about, Good) else None
    cost = -5 if rumor.to else 0
    assert world.patrons["p1"].file == (Entry(world.turn + 1, act, good, rumor.to or "", cost, heat),)
    assert world.patrons["p1"].heat == heat


def test_everybody_who_gave_breath_to_a_legend_is_the_hotter_for_it() -> None:
    world = changed(wood(patrons=3), hand=("great-frost",))
    world, _ = step(RULES, world, SILENT, [CastLegend("p1", "great-frost", 2), CastLegend("p2", None, 1)])
    acts = [[(entry.act, entry.good, entry.heat) for entry in world.patrons[key].file] for key in ("p1", "p2", "p3")]
    assert acts == [[(Act.LEGEND, Good.ACORNS, 1)], [(Act.LEGEND, Good.ACORNS, 1)], []]


SCHEME: Final[dict[int, Sequence[Intervention]]] = {
    2: [Foresight("p1", "thought", Creature.PIP), CastRumor("p1", Good.HONEY, "Honey rots.", -1, Creature.FENN)],
    3: [OpenPosition("p1", Good.HONEY, -1, 30), CastRumor("p1", Good.HONEY, "Honey is cheap.", -1)],
    4: [
        CastRumor("p1", Good.HONEY, "Honey rots.", -1, Creature.PIP),
        CastRumor("p1", Good.HONEY, "Honey rots.", -1, Creature.OONA),
        OpenPosition("p1", Good.ACORNS, 1, 20),
    ],
    5: [Denounce("p2", "p1"), Denounce("p3", "p1")],
    6: [CastRumor("p1", Good.HONEY, "Honey rots.", -1, Creature.PIP)],
}


def test_creatures_see_nothing_of_files_and_tips_nor_does_anybody_before_they_are_read_out() -> None:
    world = wood(patrons=3)
    for number in range(2, 4 + HEARING):
        morning = open_turn(RULES, world, SCHEME.get(number, ()))
        clean = {key: replace(each, heat=0, peak=0, file=(), tips=()) for key, each in morning.world.patrons.items()}
        hidden = replace(morning.world, patrons=clean, cases=(), positions=(), uses={})
        assert observe(RULES, hidden) == observe(RULES, morning.world)
        world, turn = step(RULES, world, SILENT, SCHEME.get(number, ()))
        public = [event for event in turn.events if event.to is None]
        assert not {event.kind for event in public} & {
            EventKind.FORESIGHT,
            EventKind.DENOUNCED,
            EventKind.BOUNTY,
            EventKind.OPENED,
            EventKind.EVIDENCE,
        }
        assert "thought" not in repr(public)
    assert world.patrons["p1"].file
    assert world.cases, "the case of the fourth turn still runs"


def test_the_same_deeds_end_the_same_also_over_a_world_that_was_stored() -> None:
    def played(*, stored: bool) -> tuple[list[str], World]:
        world, hashes = wood(patrons=3), []
        for number in range(2, 10):
            world, turn = step(RULES, world, SILENT, SCHEME.get(number, ()))
            assert load(Turn, dump(turn)) == turn
            world = load(World, dump(world)) if stored else world
            hashes.append(turn.hash)
        return hashes, world

    assert played(stored=True) == played(stored=False)
    assert any(entry.act is Act.FINED for entry in played(stored=True)[1].patrons["p1"].file)


def test_two_cases_of_one_turn_are_heard_in_the_order_in_which_they_were_opened() -> None:
    draft = Draft(RULES, due(WARM))
    record(draft, "p2", Act.BRIBE, heat=20)
    draft.cases.insert(0, Case("p2", draft.now - 1, draft.now, "p1", 20))
    sit(draft)
    verdicts = [event.subject for event in draft.events if event.kind is EventKind.VERDICT]
    assert verdicts == ["p2", "p1"]
    draft.freeze()
