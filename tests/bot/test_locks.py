"""Locks by key: one for all who meet at a key, none where nobody does."""

import asyncio

import pytest

from bot.keeping.locks import Locks


async def test_all_who_meet_at_a_key_take_turns_and_nothing_is_left_of_it() -> None:
    locks = Locks()
    inside = 0
    most: list[int] = []

    async def work(key: int, cut_off: bool) -> None:
        nonlocal inside
        async with asyncio.timeout(0.0 if cut_off else None), locks.holding(key):
            inside += key == 1
            most.append(inside)
            for _ in range(3):
                await asyncio.sleep(0)
            inside -= key == 1

    # Some go away while they wait; who comes later must still meet those who wait.
    first = [asyncio.create_task(work(1, False)) for _ in range(5)]
    late = [asyncio.create_task(work(1, True)) for _ in range(5)]
    others = [asyncio.create_task(work(key, False)) for key in range(2, 50)]
    await asyncio.sleep(0)
    assert len(locks) == 49
    await asyncio.sleep(0)
    again = [asyncio.create_task(work(1, False)) for _ in range(5)]
    gone = await asyncio.gather(*late, return_exceptions=True)
    await asyncio.gather(*first, *others, *again)
    assert all(isinstance(each, TimeoutError) for each in gone)
    assert max(most) == 1
    assert len(most) == 58
    assert len(locks) == 0


async def test_a_lock_is_given_back_whatever_ends_its_block() -> None:
    locks = Locks()

    async def stumble() -> None:
        async with locks.holding(7):
            raise ValueError(len(locks))

    with pytest.raises(ValueError, match="1"):
        await stumble()
    assert len(locks) == 0
    async with asyncio.timeout(5), locks.holding(7):
        assert len(locks) == 1
