"""How references drift: by what was left unfilled, toward the clearing price and home, alike up and down."""

from collections.abc import Mapping
from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SEED, TRIAL, with_legend, wood
from wood.almanac import usual_prices
from wood.belief import MOST as MOST_BELIEVED
from wood.belief import TALK_PERCENT
from wood.draft import Draft
from wood.drift import (
    EXCESS_PERCENT,
    FAR,
    FAR_PERCENT,
    GAP_PERCENT,
    HOME_PERCENT,
    LOWEST,
    MOST,
    OPENING,
    OPENING_MOST,
    drift,
    move,
)
from wood.fixed import MICRO, scale
from wood.names import CENTS, CREATURES, GOODS, Good
from wood.orders import Auction
from wood.rules import Layer, Rules, Shock, ShockKind
from wood.turn import open_turn

ROUNDING = 3
"""Millionths: each of the three parts of a move is rounded to one."""
QUIET = Auction(None, 0, 0, 0, 0, 0)


def test_a_quiet_market_at_its_usual_price_does_not_move() -> None:
    assert move(800, 800, None, 0, 0, 0) == 0
    assert move(800, 800, 8, 0, 0, 5) == 0


@pytest.mark.parametrize(("demand", "supply", "volume"), [(3, 0, 0), (3, 0, 9), (5, 2, 3), (0, 4, 4), (2, 2, 7)])
def test_unfilled_orders_move_it_by_their_share(demand: int, supply: int, volume: int) -> None:
    share = (demand - supply) / (demand + supply + volume)
    expected = share * EXCESS_PERCENT * MICRO / 100
    assert abs(move(800, 800, None, demand, supply, volume) - expected) <= ROUNDING


@pytest.mark.parametrize("price", [7, 8, 9, 10])
def test_the_gap_to_the_clearing_price_draws_it(price: int) -> None:
    expected = log(price * CENTS / 820) * GAP_PERCENT / 100 * MICRO
    expected += log(800 / 820) * HOME_PERCENT / 100 * MICRO
    assert abs(move(820, 800, price, 0, 0, 6) - expected) <= ROUNDING


@pytest.mark.parametrize("reference", [100, 370, 400, 799, 801, 1500, 1700, 2500])
def test_without_trade_it_goes_a_part_of_the_way_home_and_from_afar_a_larger_one(reference: int) -> None:
    away = log(800 / reference) * MICRO
    beyond = max(0, abs(away) - FAR) * (1 if away > 0 else -1)
    expected = max(-MOST, min(MOST, (away * HOME_PERCENT + beyond * FAR_PERCENT) / 100))
    assert abs(move(reference, 800, None, 0, 0, 0) - expected) <= ROUNDING


units = st.integers(0, 40)


@given(st.integers(1, 20), st.integers(1, 20), units, units, units)
def test_up_and_down_are_mirror_images(near: int, far: int, demand: int, supply: int, volume: int) -> None:
    """A market and its mirror: prices inverted around the reference, bids for asks. Plain percentages would ratchet."""
    reference = near * far * CENTS
    up = move(reference, reference, near * near, demand, supply, volume)
    down = move(reference, reference, far * far, supply, demand, volume)
    assert abs(up + down) <= ROUNDING


@given(st.integers(LOWEST, 9900), st.integers(100, 9900), st.one_of(st.none(), st.integers(1, 99)), units, units, units)
def test_no_move_is_larger_than_the_cap(
    reference: int, start: int, price: int | None, demand: int, supply: int, volume: int
) -> None:
    micro = move(reference, start, price, demand, supply, volume)
    assert -MOST <= micro <= MOST
    assert scale(reference, micro) * 4 <= reference * 5 + 4
    assert scale(reference, micro) * 5 >= reference * 4 - 5


def test_the_cap_is_a_quarter_up_and_a_fifth_down() -> None:
    assert scale(800, move(800, 800, 99, 9, 0, 0)) == 1000
    assert scale(1000, move(1000, 1000, 1, 0, 9, 0)) == 800


@given(st.integers(200, 9000), st.lists(st.integers(1, 30), max_size=12))
def test_equal_pushes_up_and_down_leave_no_trace(start: int, pushes: list[int]) -> None:
    """So many turns of excess demand, then as many of the same excess supply: no ratchet beyond the rounding."""
    reference = start
    for push in [*pushes, *(-push for push in reversed(pushes))]:
        reference = scale(reference, move(reference, reference, None, max(0, push), max(0, -push), 10))
    assert abs(reference - start) <= 1 + len(pushes)


def _drifted(
    auctions: Mapping[Good, Auction],
    references: Mapping[Good, int],
    cold: int = 0,
    rules: Rules = RULES,
    told: bool = False,
    turn: int = 0,
    beliefs: int = 0,
) -> dict[Good, int]:
    """References after a turn's drift; ``turn`` is how many went before, ``beliefs`` what everybody thinks of honey."""
    world = open_turn(rules, replace(wood(), turn=turn), [TRIAL] if told else []).world
    draft = Draft(rules, world)
    draft.beliefs = {who: {"honey": beliefs} if beliefs else {} for who in CREATURES}
    draft.references = dict(references)
    drift(draft, {**dict.fromkeys(GOODS, QUIET), **auctions}, cold)
    return draft.references


USUAL = usual_prices(RULES, SEED, 1)
WANTED = {Good.HONEY: Auction(None, 0, 5, 0, 5, 0)}
UNWANTED = {Good.HONEY: Auction(None, 0, 0, 5, 0, 5)}


def test_a_reference_never_falls_under_a_pebble() -> None:
    glut = Auction(1, 3, 3, 30, 0, 27)
    cheap = replace(RULES, goods={good: replace(rule, start=LOWEST) for good, rule in RULES.goods.items()})
    after = _drifted(dict.fromkeys(GOODS, glut), dict.fromkeys(GOODS, LOWEST + 4), rules=cheap, turn=OPENING)
    assert after == dict.fromkeys(GOODS, LOWEST)


def test_goods_drift_each_by_their_own_market() -> None:
    after = _drifted({Good.HONEY: Auction(None, 0, 5, 0, 5, 0)}, USUAL)
    assert after[Good.HONEY] > USUAL[Good.HONEY]
    assert all(after[good] == USUAL[good] for good in GOODS if good is not Good.HONEY)


def test_cold_that_could_pay_is_demand_for_firewood() -> None:
    after = _drifted({}, USUAL, cold=4)
    assert after[Good.FIREWOOD] > USUAL[Good.FIREWOOD]
    assert all(after[good] == USUAL[good] for good in GOODS if good is not Good.FIREWOOD)


def test_in_a_new_wood_the_market_moves_a_reference_little_and_then_freely() -> None:
    for auctions, up in ((WANTED, True), (UNWANTED, False)):
        start = USUAL[Good.HONEY]
        steps = [abs(_drifted(auctions, USUAL, turn=turn)[Good.HONEY] - start) for turn in range(OPENING + 2)]
        most = abs(scale(start, OPENING_MOST if up else -OPENING_MOST) - start)
        assert max(steps[:OPENING]) <= most < min(steps[OPENING:])


def test_talk_moves_a_reference_by_what_all_believe_in_the_mean() -> None:
    start = USUAL[Good.HONEY]
    for points in (MOST_BELIEVED, MOST_BELIEVED // 2, -MOST_BELIEVED):
        said = scale(start, points * TALK_PERCENT * MICRO // (100 * MOST_BELIEVED))
        assert abs(_drifted({}, USUAL, beliefs=points)[Good.HONEY] - said) <= 1
        assert all(_drifted({}, USUAL, beliefs=points)[good] == USUAL[good] for good in GOODS if good != "honey")


def test_talk_is_free_in_a_new_wood_and_comes_on_top_of_the_market() -> None:
    calm, loud = (_drifted(WANTED, USUAL, beliefs=points)[Good.HONEY] for points in (0, MOST_BELIEVED))
    most = scale(USUAL[Good.HONEY], OPENING_MOST)
    assert calm <= most < loud


@given(st.integers(-5 * MOST, 5 * MOST), st.integers(200, 5000), units, units)
def test_what_is_said_never_breaks_the_cap(said: int, reference: int, demand: int, supply: int) -> None:
    assert -MOST <= move(reference, 800, 8, demand, supply, 3, said) <= MOST
    assert -MOST <= move(reference, 800, 8, demand, supply, 3, said, OPENING_MOST) <= MOST


def test_talk_does_not_undo_a_decree() -> None:
    up = _decree(2, 10)
    assert _drifted({}, USUAL, rules=up, told=True, beliefs=-MOST_BELIEVED)[Good.HONEY] == USUAL[Good.HONEY]
    assert _drifted({}, USUAL, rules=up, told=True, beliefs=MOST_BELIEVED)[Good.HONEY] > USUAL[Good.HONEY]


def test_home_is_what_a_good_usually_costs_in_the_year() -> None:
    """A new wood's prices go home from where they start, and those of one year are home to nobody in the next."""
    starts = {good: RULES.goods[good].start for good in GOODS}
    for turn, before in ((OPENING, starts), (RULES.year, USUAL)):
        usual = usual_prices(RULES, SEED, turn + 1)
        assert usual != before
        assert _drifted({}, usual, turn=turn) == usual
        moved = _drifted({}, before, turn=turn)
        for good in GOODS:
            assert (moved[good] - before[good]) * (usual[good] - before[good]) > 0 or usual[good] == before[good]


def _decree(hold: int, *steps: int) -> Rules:
    return with_legend(Shock(ShockKind.DEMAND, Layer.SETTLEMENT, Good.HONEY, strength=1, decree=steps, hold=hold))


def test_a_held_good_moves_with_its_decree_and_not_against_it() -> None:
    start = USUAL[Good.HONEY]
    up, down = _decree(2, 10), _decree(2, -10)
    assert _drifted(WANTED, USUAL, rules=up, told=True)[Good.HONEY] > start
    assert _drifted(UNWANTED, USUAL, rules=up, told=True)[Good.HONEY] == start
    assert _drifted(WANTED, USUAL, rules=down, told=True)[Good.HONEY] == start
    assert _drifted(UNWANTED, USUAL, rules=down, told=True)[Good.HONEY] < start


def test_two_decrees_that_hold_against_each_other_leave_drift_no_move() -> None:
    both = with_legend(
        Shock(ShockKind.DEMAND, Layer.SETTLEMENT, Good.HONEY, strength=1, decree=(10,), hold=2),
        Shock(ShockKind.RUN, Layer.SETTLEMENT, Good.HONEY, strength=1, decree=(-10,), hold=2),
    )
    for auctions in (WANTED, UNWANTED):
        assert _drifted(auctions, USUAL, rules=both, told=True)[Good.HONEY] == USUAL[Good.HONEY]


def test_a_hold_is_over_after_its_turns() -> None:
    for hold, moves in ((0, True), (1, False)):
        rules = _decree(hold, -10)
        assert (_drifted(WANTED, USUAL, rules=rules, told=True)[Good.HONEY] > USUAL[Good.HONEY]) is moves
