"""What creatures remember: the strongest few deeds, which grow when they are done again and pale with time."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, wood
from wood.belief import remember
from wood.draft import Draft
from wood.memory import MOST, PALE_EVERY, Deed, Memory, paled, remembered
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import observe
from wood.turn import open_turn, step

PIP = Creature.PIP

memories = st.builds(
    Memory,
    st.sampled_from(Deed),
    st.sampled_from(["p1", "p2", "oona", "fenn"]),
    st.one_of(st.none(), st.sampled_from(GOODS)),
    st.integers(1, 99),
    st.integers(1, 100),
)


def named(memory: Memory) -> tuple[Deed, str, Good | None]:
    return memory.deed, memory.who, memory.good


@given(st.lists(memories, max_size=20))
def test_the_strongest_are_kept_each_deed_once_strongest_first(deeds: list[Memory]) -> None:
    kept: tuple[Memory, ...] = ()
    for deed in deeds:
        before, kept = kept, remembered(kept, deed)
        assert len(kept) <= MOST
        assert len({named(memory) for memory in kept}) == len(kept)
        assert all(one.weight >= other.weight for one, other in pairwise(kept))
        assert all(1 <= memory.weight <= 100 for memory in kept)
        (now,) = [memory for memory in kept if named(memory) == named(deed)] or [deed]
        assert now.weight >= max(memory.weight for memory in (deed, *before) if named(memory) == named(deed))
        lost = [memory for memory in before if memory not in kept and named(memory) != named(deed)]
        assert all(memory.weight <= kept[-1].weight for memory in lost)
        assert len(lost) <= 1


def test_a_deed_done_again_weighs_more_and_is_the_later_one() -> None:
    first = Memory(Deed.LIED, "p1", Good.HONEY, 3, 40)
    again = Memory(Deed.LIED, "p1", Good.HONEY, 9, 40)
    assert remembered([first], again) == (Memory(Deed.LIED, "p1", Good.HONEY, 9, 60),)
    kept = remembered([first], Memory(Deed.LIED, "p1", Good.ACORNS, 9, 40))
    assert [memory.good for memory in kept] == [Good.ACORNS, Good.HONEY], "of equals the later one first"
    assert remembered([Memory(Deed.LIED, "p1", Good.HONEY, 3, 100)], again)[0].weight == 100


def test_a_faint_deed_does_not_drive_out_a_strong_one() -> None:
    full = tuple(Memory(Deed.DEAR, "oona", good, 1, 50) for good in GOODS)
    assert len(full) == MOST
    assert remembered(full, Memory(Deed.KIND, "fenn", Good.HONEY, 2, 49)) == full
    stronger = Memory(Deed.KIND, "fenn", Good.HONEY, 2, 51)
    assert remembered(full, stronger)[0] == stronger


@given(st.lists(memories, max_size=MOST))
def test_memories_pale_by_a_point_until_they_are_forgotten(kept: list[Memory]) -> None:
    after = paled(tuple(kept))
    assert [(named(memory), memory.weight + 1) for memory in after] == [
        (named(memory), memory.weight) for memory in kept if memory.weight > 1
    ]


def test_memories_pale_in_the_course_of_turns() -> None:
    draft = Draft(RULES, wood())
    remember(draft, PIP, Memory(Deed.SPOKE_WELL, "fenn", None, 1, 30))
    remember(draft, PIP, Memory(Deed.DEFAULTED, "fenn", None, 1, 1))
    world, weights = draft.freeze(), []
    for _ in range(2 * PALE_EVERY):
        world, _ = step(RULES, world, SILENT)
        (lent, *others) = [memory for memory in world.memories[PIP] if memory.who == "fenn" and not memory.good]
        weights.append(lent.weight)
        assert bool(others) == (world.turn < PALE_EVERY)
    assert weights == [30] * (PALE_EVERY - 1) + [29] * PALE_EVERY + [28]


def test_a_view_tells_memories_by_name_to_their_owner_alone() -> None:
    world = wood(patrons=1)
    draft = Draft(RULES, replace(world, memories=dict.fromkeys(CREATURES, ())))
    remember(draft, PIP, Memory(Deed.LIED, "p1", Good.HONEY, 1, 40))
    remember(draft, PIP, Memory(Deed.KIND, "fenn", Good.ACORNS, 1, 15))
    views = observe(RULES, open_turn(RULES, draft.freeze()).world)
    lied, kind = views[PIP].memories
    alias = world.patrons["p1"].alias
    assert (lied.deed, lied.who, lied.good, lied.patron) == (Deed.LIED, f"the patron {alias}", Good.HONEY, True)
    assert (kind.deed, kind.who, kind.patron) == (Deed.KIND, "Fenn", False)
    assert not any(views[who].memories for who in CREATURES if who is not PIP)
