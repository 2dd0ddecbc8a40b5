"""Woods so full of patrons that their prompts have far more to tell than fits."""

from collections.abc import Iterator
from itertools import count

from data.content import default_rules
from inference.council import Council
from inference.roster import seat
from tests.wood.woods import open_roughly
from wood.founding import found_world
from wood.moves import CastRumor, Intervention, Join, OfferLoan, TellLegend
from wood.names import CREATURES, GOODS
from wood.observe import View, observe
from wood.turn import close_turn

TURNS = 50
"""Turns that one wood is played before the next is founded."""
PATRONS = 4
LINES = (
    "They say the frost comes three weeks early this year, and no firewood will be left for anybody by the solstice.",
    "Sell all your honey now: I have seen the jars, and the back row of them is painted wood and nothing else at all.",
    "A glut of acorns is coming over the hill; whoever still holds any on the ninth day will hold worthless acorns.",
    "寒い冬が来る。薪を買い占めなさい。",
    "Pip hoards 17 berries & 23 mushrooms; Fenn (a thief!) owes 40 pebbles at 25% - buy berries at 9, sell at 12.",
)


def views(seed: int, *, busy: bool = True) -> Iterator[View]:
    """What the creatures of one wood see; if busy, with rumors, whispers and loans every turn and many legends."""
    rules = default_rules()
    council = Council(seat("instinct"), rules, render=False)
    world = found_world(rules, seed)
    told = sorted(rules.legends)
    for now in range(1, TURNS + 1):
        patrons = range(1, PATRONS + 1) if busy else ()
        inputs: list[Intervention] = [Join(f"p{number}") for number in patrons] if now == 1 else []
        for number in patrons:
            key, line, other = (
                f"p{number}",
                LINES[(now + number) % len(LINES)],
                CREATURES[(now + number) % len(CREATURES)],
            )
            inputs.append(CastRumor(key, GOODS[(now + number) % len(GOODS)], line, 1, other if number % 2 else None))
            inputs.append(OfferLoan(key, other, 11 + number, 3, 9))
        if busy and now % 3 == 2:
            inputs.append(TellLegend(told[(seed + now) % len(told)]))
        morning = open_roughly(rules, world, inputs)
        seen = observe(rules, morning.world)
        yield from seen.values()
        world, _ = close_turn(rules, morning, council.decide_now("busy", seed, seen).decisions)


def views_of_woods(*, busy: bool = True) -> Iterator[View]:
    """The views of one wood after another, without end."""
    for seed in count():
        yield from views(seed, busy=busy)
