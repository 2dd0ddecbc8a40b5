"""Where labels go: nothing overlaps, nothing moves without need."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.charts.labels import Flag, flags, spread

near = pytest.approx
places = st.lists(st.floats(0, 500, allow_nan=False), max_size=8)


@given(places)
def test_spread_keeps_the_gap_the_order_and_the_bounds(wanted: list[float]) -> None:
    centres = spread(wanted, 40, 0, 500)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    stacked = [centres[index] for index in order]
    assert all(later - earlier >= 40 - 1e-6 for earlier, later in itertools.pairwise(stacked))
    assert all(-1e-6 <= centre <= 500 + 1e-6 for centre in centres)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12, unique=True))
def test_labels_with_room_do_not_move(steps: list[int]) -> None:
    wanted = [step * 40.0 for step in steps]
    assert spread(wanted, 40, 0, 500) == near(wanted)


def test_spread_moves_neighbours_evenly_and_only_them() -> None:
    assert spread([100, 100, 400], 40, 0, 500) == near([80, 120, 400])
    assert spread([100, 110], 40, 0, 500) == near([85, 125])
    assert spread([0, 0], 40, 0, 500) == near([0, 40])
    assert spread([500, 500], 40, 0, 500) == near([460, 500])


def test_spread_squeezes_when_there_is_no_room() -> None:
    assert spread([5, 5, 5], 40, 0, 10) == near([0, 5, 10])
    assert spread([], 40, 0, 10) == []


poles = st.lists(st.tuples(st.floats(0, 1000, allow_nan=False), st.floats(10, 600, allow_nan=False)), max_size=9)


@given(poles)
def test_flags_never_cover_each_other_nor_are_cut_by_a_pole(wanted: list[tuple[float, float]]) -> None:
    found = flags(wanted, 0, 1000, 20, 3)
    placed = [flag for flag in found if flag is not None]
    assert len(found) == len(wanted)
    for flag in placed:
        assert flag.left >= -1e-6
        assert flag.right <= 1000 + 1e-6
        for other in placed:
            if other is flag:
                continue
            if other.row == flag.row:
                assert flag.right + 20 <= other.left + 1e-6 or other.right + 20 <= flag.left + 1e-6
            if other.row > flag.row:
                assert other.x <= flag.left or other.x >= flag.right
    for (x, width), place in zip(wanted, found, strict=True):
        if place is not None:
            assert (place.x, place.right - place.left) == near((x, width))


def test_flags_prefer_the_lowest_row_and_the_centre() -> None:
    assert flags([(500, 200)], 0, 1000, 20, 3) == [Flag(500, 400, 600, 0)]
    assert flags([(10, 200)], 0, 1000, 20, 3) == [Flag(10, 0, 200, 0)]
    assert flags([(10, 2000)], 0, 1000, 20, 3) == [None]


def test_flags_of_neighbours_all_find_room() -> None:
    close = flags([(180, 300), (150, 120)], 84, 1170, 22, 3)
    assert None not in close
    stairs = flags([(100, 300), (120, 300), (140, 300)], 0, 1000, 20, 3)
    assert None not in stairs


def test_flags_are_the_same_every_time() -> None:
    wanted = [(float(x), 150.0) for x in (300, 310, 500, 640, 660, 900)]
    assert flags(wanted, 0, 1000, 20, 3) == flags(list(wanted), 0, 1000, 20, 3)
