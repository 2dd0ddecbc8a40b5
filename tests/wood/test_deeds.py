"""Deeds of the market: who is remembered for selling dear, or cheap, to one in need."""

import pytest

from tests.wood.woods import RULES, holding, wood
from wood.almanac import usual_prices
from wood.deeds import DEAR_PERCENT, KIND_PERCENT, WEIGHT, notice
from wood.draft import Draft
from wood.memory import Deed, Memory
from wood.names import CENTS, CREATURES, GOODS, STRANGER, Good, Hand
from wood.orders import Trade

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES
NEED = 2


def price(good: Good, percent: int, *, up: bool) -> int:
    """A whole price just at, or beyond, so many per cent of the usual one."""
    usual = usual_prices(RULES, wood().seed, 1)[good]
    return -(-usual * percent // (100 * CENTS)) if up else usual * percent // (100 * CENTS)


def remembered(good: Good, paid: int, qty: int = 1, sides: tuple[str, str] = (PIP, OONA), **held: int) -> list[Memory]:
    """What Pip remembers of one trade, after which its store holds what it bought and so much more."""
    store = {asset.value: held.get(asset, 0) for asset in GOODS}
    store[good] += qty
    draft = Draft(RULES, holding(wood(), PIP, **store))
    draft.tape = (Trade(good, *sides, qty, paid, Hand.HABIT, Hand.HABIT),)
    notice(draft, NEED)
    assert not any(draft.memories[who] for who in CREATURES if who is not PIP)
    return list(draft.memories[PIP])


@pytest.mark.parametrize("good", [Good.HONEY, Good.FIREWOOD])
def test_dear_and_cheap_sales_to_one_in_need_are_remembered(good: Good) -> None:
    dear = price(good, DEAR_PERCENT, up=True)
    kind = price(good, KIND_PERCENT, up=False)
    assert remembered(good, dear) == [Memory(Deed.DEAR, OONA, good, 1, WEIGHT)]
    assert remembered(good, kind) == [Memory(Deed.KIND, OONA, good, 1, WEIGHT)]
    for usual in range(kind + 1, dear):
        assert remembered(good, usual) == []
    assert kind + 1 < dear


def test_who_has_a_good_meal_or_logs_enough_is_in_no_need() -> None:
    dear = price(Good.HONEY, DEAR_PERCENT, up=True)
    assert remembered(Good.HONEY, dear, acorns=1)
    assert not remembered(Good.HONEY, dear, acorns=1, berries=1)
    assert not remembered(Good.HONEY, dear, honey=1), "it had honey before"
    dear = price(Good.FIREWOOD, DEAR_PERCENT, up=True)
    assert remembered(Good.FIREWOOD, dear, firewood=NEED - 1)
    assert not remembered(Good.FIREWOOD, dear, firewood=NEED)
    assert remembered(Good.FIREWOOD, dear, qty=3, acorns=2, berries=2, mushrooms=2, honey=2)


@pytest.mark.parametrize("sides", [(PIP, STRANGER), (STRANGER, OONA)])
def test_strangers_are_neither_remembered_nor_remember(sides: tuple[str, str]) -> None:
    assert remembered(Good.HONEY, price(Good.HONEY, DEAR_PERCENT, up=True), sides=sides) == []
