"""Twins: the light course is the chronicled one, and a difference is told only where chance does not make it."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from data.content import default_rules
from wood.founding import found_world
from wood.household import GOOD_MEAL
from wood.moves import CastRumor, Intervention, Join
from wood.names import CREATURES, GOODS, Creature, Good, Side
from wood.orders import Decision, Order
from wood.prophecy import JUDGED_AFTER
from wood.turn import close_turn, open_turn, step
from wood.twin import LEAST, SPAN, Band, Did, as_recorded, bands, effects, live_on, reactions, seen, telling
from wood.unsaid import Said, Unsaid, unsaid
from wood.wagers import change
from wood.world import World

RULES = default_rules()


def decided(morning: World) -> Mapping[Creature, Decision | None]:
    """A decision of each creature that depends on all that it sees in its stores, and on nothing else."""
    made: dict[Creature, Decision | None] = {}
    for who in CREATURES:
        held = morning.accounts[who]
        order = Order(Side.BUY, RULES.creatures[Creature.PIP].makes, 1 + held.get("pebbles", 0) % 7, 1)
        rumor = f"{Good.HONEY} gets dear" if held.get(Good.HONEY, 0) < GOOD_MEAL else ""
        made[who] = Decision("", (order,) if who is not Creature.PIP else (), rumor)
    return made


def said(world: World, chance: random.Random, count: int) -> tuple[Intervention, ...]:
    """Any mix of rumors and whispers, some of which the rules refuse."""
    topics: tuple[Good | Creature, ...] = (*GOODS, *CREATURES)
    return tuple(
        CastRumor(
            chance.choice([*world.patrons, "p99", None]),
            chance.choice(topics),
            f"words {number}",
            chance.choice([-1, 0, 1]),
            chance.choice([None, None, *CREATURES]),
        )
        for number in range(count)
    )


def grown(seed: int, turns: int) -> World:
    world = found_world(RULES, seed)
    world, _ = step(RULES, world, {}, [Join(f"p{number}") for number in range(1, 6)])
    for _ in range(turns):
        world, _ = step(RULES, world, {})
    return world


@pytest.mark.parametrize("seed", range(6))
def test_a_light_course_is_the_chronicled_one(seed: int) -> None:
    chance = random.Random(seed)
    slow = fast = grown(seed, 4 + 9 * seed)
    for _ in range(SPAN):
        actions = said(slow, chance, 4)
        morning = open_turn(RULES, slow, actions)
        slow, turn = close_turn(RULES, morning, decided(morning.world))
        fast, stage = live_on(RULES, fast, actions, decided)
        assert stage == as_recorded(turn)
        assert (stage.references, stage.wealth, stage.trades) == (turn.references, turn.wealth, turn.trades)
        assert (fast.beliefs, fast.feelings, fast.trust) == (slow.beliefs, slow.feelings, slow.trust)


def test_no_claim_is_judged_within_a_course() -> None:
    assert SPAN <= JUDGED_AFTER, "a course gives no claim its chance"


def test_a_twin_does_without_all_that_say_the_same_and_nothing_else() -> None:
    mine = CastRumor("p1", Good.HONEY, "a", 1)
    theirs = CastRumor(None, Good.HONEY, "b", 1)
    other = CastRumor("p1", Good.HONEY, "c", -1)
    whisper = CastRumor("p1", Good.HONEY, "d", 1, Creature.PIP)
    another = CastRumor("p2", Good.HONEY, "e", 1, Creature.PIP)
    actions = (Join("p3"), mine, theirs, other, whisper, another)
    public, private = Said(Good.HONEY, 1), Said(Good.HONEY, 1, Creature.PIP, "p1")
    assert unsaid(actions, public) == (Join("p3"), Unsaid(mine), Unsaid(theirs), other, whisper, another)
    assert unsaid(actions, private) == (Join("p3"), mine, theirs, other, Unsaid(whisper), another)


def test_what_is_unsaid_is_paid_for_and_not_heard() -> None:
    world = grown(2, 3)
    whisper = CastRumor("p1", Good.HONEY, "honey gets dear", 1, Creature.PIP)
    told, _ = live_on(RULES, world, (whisper,), lambda _: {})
    twin, _ = live_on(RULES, world, (Unsaid(whisper),), lambda _: {})
    heard = {key: replace(patron, voice=0) for key, patron in told.patrons.items()}
    assert (twin.patrons, twin.accounts["patron:p1"]) == (heard, told.accounts["patron:p1"])
    assert [line.kind for line in told.hearsay] == ["whisper"]
    assert not twin.hearsay
    assert not any(twin.beliefs.values())
    spent: tuple[CastRumor | Unsaid, ...] = (*[CastRumor("p1", Good.HONEY, "x", 1)] * 5, Unsaid(whisper))
    assert live_on(RULES, world, spent, lambda _: {})[0].accounts["patron:p1"] == world.accounts["patron:p1"]


def test_the_band_holds_what_most_dice_do() -> None:
    world = grown(3, 10)
    actions = (CastRumor("p1", Good.HONEY, "honey gets dear", 1),)
    said_of = [Said(Good.HONEY, 1), Said(Good.ACORNS, 1)]
    told, nothing = bands(RULES, world, actions, said_of)
    assert len(told.low) == len(told.high) == SPAN
    assert all(low <= high for low, high in zip(told.low, told.high, strict=True))
    assert min(told.low[:2]) > 0, "dearer, by all dice, at least at first"
    assert nothing == Band((0,) * SPAN, (0,) * SPAN), "what nobody said moves nothing"
    assert bands(RULES, world, actions, said_of) == [told, nothing]


@pytest.mark.parametrize(
    ("told", "twin", "hundredths"),
    [(110, 100, 1_000), (90, 100, -1_000), (100, 100, 0), (20_001, 20_000, 1), (40_001, 40_000, 0), (5, 0, 0)],
)
def test_a_change_is_in_hundredths_of_a_per_cent(told: int, twin: int, hundredths: int) -> None:
    assert change(told, twin) == hundredths


def test_an_effect_counts_outside_of_chance_alone() -> None:
    band = Band((-50, 20, 30, -900, -10), (400, 500, 600, -200, 10))
    assert seen((300, LEAST - 1, 300, 300, 300), band) == (False, False, True, False, False)
    assert seen((300, 300, -300, -300), band) == (False, True, False, True)
    assert telling(Good.HONEY, (300, 300, 400, 500), band) == 2
    assert telling(Good.HONEY, (300,), band) is None
    assert telling(Creature.PIP, (300, 300, 400), band) == 2
    assert telling(Creature.PIP, (300, 300, 400, 500), band) is None, "what it has by now may be chance"


def test_who_believed_it_wants_more_and_who_did_not_laughs() -> None:
    woods = range(8)
    wanted, withheld = 0, 0
    for seed in woods:
        world = grown(seed, 12)
        actions = (CastRumor("p1", Good.HONEY, "honey gets dear", 1),)
        (event,) = (each for each in open_turn(RULES, world, actions).events if each.kind == "belief")
        assert event.data is not None
        believed = {Creature(who): int(points) for who, points in event.data["believed"].items()}
        told = [live_on(RULES, world, actions, lambda _: {}, look=True)[1]]
        twin = [live_on(RULES, world, (), lambda _: {}, look=True)[1]]
        assert effects(Good.HONEY, told, twin)[0] > 0
        found = {each.creature: each for each in reactions(Good.HONEY, believed, told, twin)}
        assert list(found) == list(CREATURES)
        more = [each for each in found.values() if each.did in (Did.WANTED, Did.BOUGHT)]
        assert all(each.units > 0 and each.creature is not Creature.OONA for each in more)
        wanted += bool(more)
        offered = found[Creature.OONA]
        assert offered.did is Did.NODDED or (offered.did is Did.OFFERED and offered.units < 0), "she makes the honey"
        withheld += offered.did is Did.OFFERED
        deaf = reactions(Good.HONEY, dict.fromkeys(CREATURES, 9), told, twin)
        assert {each.did for each in deaf} == {Did.LAUGHED}
    assert wanted > len(woods) // 2, "where eyes see another thing, or it was said before, all may nod"
    assert withheld >= len(woods) // 2
