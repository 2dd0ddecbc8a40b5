"""The Bourse: positions long and short, their quotes, margins and ends, and what it can lose."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.laws import check_world, watched_ledger
from tests.wood.woods import MINDS, RULES, SILENT, play, told, wood
from wood.bourse import (
    EACH,
    LEVER,
    MOST_GAIN,
    RESERVE,
    TALKED_HEAT,
    TERM,
    Why,
    gain_of,
    heat_of,
    promised,
    quote_of,
)
from wood.chronicle import Event, EventKind, dump
from wood.draft import Draft
from wood.heat import record
from wood.moves import AddMargin, ClosePosition, DailyCall, Leave, OpenPosition, TellLegend, admit, quote
from wood.moves.bourse import FEE, POSITIONS_MOST, STAKES
from wood.names import BOURSE, GOODS, MARGIN, PEBBLES, Act, Good
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Position
from wood.turn import fair, step
from wood.world import World

LONG = OpenPosition("p1", Good.HONEY, 1, 20)
SHORT = replace(LONG, side=-1)


def at(world: World, good: Good, price: int) -> World:
    return replace(world, references={**world.references, good: price})


def purse(world: World, key: str = "p1") -> int:
    return world.held(f"patron:{key}", PEBBLES)


def closed(events: Sequence[Event]) -> list[tuple[str, int]]:
    return [(event.data["why"], event.data["pebbles"]) for event in told(events, EventKind.CLOSED) if event.data]


@pytest.mark.parametrize("side", [1, -1])
def test_a_position_gains_and_loses_three_times_what_its_price_moves(side: int) -> None:
    opened = admit(RULES, wood(patrons=1), replace(LONG, side=side))
    (position,) = opened.positions
    assert purse(opened) == 100 - 20 - FEE
    assert opened.held(MARGIN, PEBBLES) == 20
    for percent in (-20, -5, 0, 5, 20):
        moved = at(replace(opened, turn=position.due), Good.HONEY, position.entry * (100 + percent) // 100)
        over = admit(RULES, moved, ClosePosition("p1", Good.HONEY))
        assert abs(purse(over) - (100 - FEE) - side * LEVER * 20 * percent / 100) <= 1
        assert over.positions == ()
        assert over.held(MARGIN, PEBBLES) == 0


@given(
    side=st.sampled_from([1, -1]),
    stake=st.integers(*STAKES),
    entry=st.integers(100, 9_900),
    price=st.integers(100, 9_900),
)
def test_a_gain_is_between_all_of_the_margin_and_as_much_as_the_stake(
    side: int, stake: int, entry: int, price: int
) -> None:
    position = Position("p1", Good.HONEY, side, stake, stake, entry, 1, 9)
    won = gain_of(position, price)
    assert -stake <= won <= MOST_GAIN * stake
    assert won * side * (price - entry) >= 0 or abs(won) <= 1


def test_going_in_and_out_at_once_costs_the_fee_and_the_spread() -> None:
    world = wood(patrons=1)
    for good in GOODS:
        for side in (1, -1):
            opened = admit(RULES, world, OpenPosition("p1", good, side, 60))
            assert purse(admit(RULES, opened, ClosePosition("p1", good))) < 100


def test_the_bourse_quotes_homeward_and_the_dearer_the_more_stand_on_a_side() -> None:
    world = wood(patrons=3)
    draft = Draft(RULES, at(world, Good.HONEY, 2 * world.references[Good.HONEY]))
    assert quote_of(draft, Good.HONEY, -1) < quote_of(draft, Good.HONEY, 1) < draft.references[Good.HONEY]
    alone = quote_of(draft, Good.HONEY, 1)
    replace(LONG, patron="p2").admit(draft)
    assert quote_of(draft, Good.HONEY, 1) > alone


def test_the_bourse_knows_what_is_told_and_still_decreed() -> None:
    world, _ = step(RULES, wood(patrons=1), SILENT, [TellLegend("run-on-oonas-hoard")])
    draft = Draft(RULES, world)
    assert quote_of(draft, Good.HONEY, -1) < draft.references[Good.HONEY] * 80 // 100


def test_a_position_that_loses_is_called_and_closed_by_force_unless_margin_comes() -> None:
    opened = admit(RULES, wood(patrons=2), LONG)
    low = opened.positions[0].entry * 68 // 100
    called, turn = step(RULES, at(opened, Good.HONEY, low), SILENT)
    assert [event.to for event in told(turn.events, EventKind.MARGIN_CALL)] == ["p1"]
    assert not closed(turn.events)
    assert called.positions[0].called == called.turn
    held = at(called, Good.HONEY, low)
    _, forced = step(RULES, held, SILENT)
    assert [why for why, _ in closed(forced.events)] == [Why.CALLED]
    saved, turn = step(RULES, held, SILENT, [AddMargin("p1", Good.HONEY, 20)])
    assert not closed(turn.events)
    assert (saved.positions[0].margin, saved.positions[0].stake, saved.positions[0].called) == (40, 20, 0)


@pytest.mark.parametrize(("side", "factor"), [(1, 20), (-1, 180)])
def test_nobody_loses_more_than_the_margin(side: int, factor: int) -> None:
    opened = admit(RULES, wood(patrons=1), replace(LONG, side=side))
    ruined = at(opened, Good.HONEY, max(100, opened.positions[0].entry * factor // 100))
    over, turn = step(RULES, ruined, SILENT)
    assert closed(turn.events) == [(Why.SPENT, -20)]
    assert purse(over) == 100 - 20 - FEE
    assert over.held(BOURSE, PEBBLES) == RESERVE + EACH + 20


def test_a_position_that_has_gained_all_that_it_can_is_closed() -> None:
    opened = admit(RULES, wood(patrons=1), LONG)
    risen = at(opened, Good.HONEY, 4 * opened.positions[0].entry)
    over, turn = step(RULES, risen, SILENT)
    assert closed(turn.events) == [(Why.GAINED, MOST_GAIN * 20)]
    assert purse(over) == 100 - FEE + MOST_GAIN * 20


def test_a_position_falls_due() -> None:
    world = wood(patrons=1)
    opened = admit(RULES, world, replace(LONG, stake=60))
    over, turns = play(opened, TERM + 1, MINDS["instinct"])
    assert len([why for turn in turns for why, _ in closed(turn.events)]) == 1
    assert over.positions == ()


def test_who_leaves_closes_what_stands() -> None:
    opened = admit(RULES, wood(patrons=2), LONG)
    left = admit(RULES, opened, Leave("p1"))
    assert left.positions == ()
    assert purse(left) == 0
    check_world(RULES, left)


def test_a_full_bourse_says_for_what_there_is_room() -> None:
    world = wood(patrons=16)
    refused = None
    for number in range(1, 17):
        for good in list(GOODS)[:POSITIONS_MOST]:
            try:
                world = admit(RULES, world, OpenPosition(f"p{number}", good, 1, 30, None))
            except Refusal as refusal:
                refused = refusal
    assert refused is not None
    assert promised(world) <= world.held(BOURSE, PEBBLES)


def test_a_fee_rises_with_use_and_a_limit_holds() -> None:
    world = wood(patrons=3)
    first = quote(RULES, world, LONG)
    world = admit(RULES, world, replace(LONG, patron="p2"))
    world = admit(RULES, world, replace(LONG, patron="p3"))
    second = quote(RULES, world, LONG)
    assert second.cost > first.cost
    before = dump(world)
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, replace(LONG, limit=first.cost))
    assert refused.value.code is RefusalCode.DEARER
    assert dump(world) == before


def test_a_quote_says_what_is_then_paid_and_changes_nothing() -> None:
    world = wood(patrons=1)
    before = dump(world)
    said = quote(RULES, world, LONG)
    assert dump(world) == before
    assert purse(admit(RULES, world, LONG)) == 100 - said.cost - said.held
    assert said.worst == said.cost + 20


def test_a_profit_soon_after_own_words_is_hot_and_any_other_is_not() -> None:
    world = wood(patrons=2)
    draft = Draft(RULES, world)
    record(draft, "p1", Act.RUMOR, good=Good.HONEY)
    spoken = draft.freeze()
    heats: list[int] = []
    won: list[int] = []
    for key in ("p1", "p2"):
        opened = admit(RULES, spoken, replace(LONG, patron=key))
        risen = at(opened, Good.HONEY, opened.positions[0].entry * 130 // 100)
        over = admit(RULES, risen, ClosePosition(key, Good.HONEY))
        won.append(purse(over) - 100 + FEE)
        heats.append(over.patrons[key].heat - spoken.patrons[key].heat)
        acts = [entry.act for entry in over.patrons[key].file][-2:]
        assert acts == [Act.LONG, Act.PROFIT if key == "p1" else Act.GAIN]
    assert won[0] > 0
    assert heats == [TALKED_HEAT + heat_of(won[0]), 0]


def test_contested_moves_are_taken_in_a_drawn_order_and_each_patrons_in_their_own() -> None:
    world = wood(patrons=4)
    moves = [OpenPosition(f"p{number}", good, 1, 10) for number in range(1, 5) for good in (Good.HONEY, Good.ACORNS)]
    call = DailyCall("p4", Good.HONEY, 1, 3)
    orders = set()
    for seed in range(20):
        taken = fair(Draft(RULES, replace(world, seed=seed)), [*moves, call])
        assert taken[0] is call
        for number in range(1, 5):
            own = [move.good for move in taken if isinstance(move, OpenPosition) and move.patron == f"p{number}"]
            assert own == [Good.HONEY, Good.ACORNS]
        orders.add(tuple(str(getattr(move, "patron", "")) for move in taken))
    assert len(orders) > 5


sizes = st.one_of(st.integers(*STAKES), st.integers(-5, 200))
moves = st.one_of(
    st.builds(
        OpenPosition,
        st.sampled_from(["p1", "p2", "p3"]),
        st.sampled_from(GOODS),
        st.sampled_from([1, -1, 0]),
        sizes,
        st.one_of(st.none(), st.integers(0, 5)),
    ),
    st.builds(AddMargin, st.sampled_from(["p1", "p2"]), st.sampled_from(GOODS), sizes),
    st.builds(ClosePosition, st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(GOODS)),
    st.just(Leave("p3")),
)


@given(st.lists(st.tuples(moves, st.sampled_from(GOODS), st.integers(100, 9_900)), max_size=12), st.integers(0, 3))
def test_whatever_is_done_and_wherever_prices_go_the_bourse_can_pay(
    done: Sequence[tuple[OpenPosition | AddMargin | ClosePosition | Leave, Good, int]], seed: int
) -> None:
    world = wood(seed, patrons=3)
    with watched_ledger():
        for number, (move, good, price) in enumerate(done):
            world = at(world, good, price)
            if number % 2:
                world, _ = step(RULES, world, SILENT, [move])
            else:
                before = dump(world)
                try:
                    world = admit(RULES, world, move)
                except Refusal:
                    assert dump(world) == before
            check_world(RULES, world)
    assert world.held(BOURSE, PEBBLES) >= promised(world)
