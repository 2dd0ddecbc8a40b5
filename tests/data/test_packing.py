"""What is kept of each turn is packed: it comes back as it was, and damage is told in the store's own words."""

import hashlib
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import packing
from data.errors import StoreDamagedError, StoreOutdatedError
from data.log import log_bytes
from data.packing import DICTIONARIES, LARGEST, ForeignPackingError, PackingError, pack, unpack, zstd
from data.store import Store
from data.traces import write_traces
from tests.data.founded import CHANNEL, found, take
from tests.data.living import V3
from tests.data.living import unpack as unpacked
from wood.chronicle import dump

OLDEST = bytes.fromhex(
    "28b52ffd273b8b526f3a3d0100887b612e222c226f7264657273223a5b5d7d06f00dd142bb86459a9204ba9ab510f1d3b1112e08e55ce979"
)
"""A text as the first dictionary packed it."""
SAID = '{"gossip":"They say that honey will be dear.","orders":[]}'


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


def test_what_was_ever_packed_stays_readable_and_plain_text_is_itself() -> None:
    assert unpack(OLDEST) == SAID
    assert unpack(SAID) == SAID
    assert unpack(zstd.compress(SAID.encode())) == SAID  # without any dictionary
    for number in DICTIONARIES:  # none may be changed or lost
        assert packing._dictionary(number).dict_id == number


def test_one_that_is_too_long_is_kept_as_it_is() -> None:
    assert unpack(pack("x" * LARGEST)) == "x" * LARGEST
    assert pack("x" * (LARGEST + 1)) == "x" * (LARGEST + 1)


def test_no_damage_gets_through_or_raises_anything_else() -> None:
    packed = pack(SAID)
    assert isinstance(packed, bytes)
    meaningless = 0
    for place in range(len(packed)):
        for bit in range(8):
            flipped = bytearray(packed)
            flipped[place] ^= 1 << bit
            try:
                read = unpack(bytes(flipped))
            except (PackingError, ForeignPackingError):
                continue
            assert read == SAID  # a bit that means nothing
            meaningless += 1
    assert meaningless <= 1
    for length in range(len(packed)):
        with pytest.raises(PackingError):
            unpack(packed[:length])
    for more in (b"\0", packed):
        with pytest.raises(PackingError, match="behind their end"):
            unpack(packed + more)
    with pytest.raises(PackingError, match="no text"):
        unpack(zstd.compress(b"\xff\xfe"))


@pytest.mark.parametrize("window", [20, 27])
def test_a_bomb_does_not_go_off(window: int) -> None:
    options: dict[int, int] = {zstd.CompressionParameter.window_log: window}
    writer = zstd.ZstdCompressor(options=options)
    bomb = b"".join(writer.compress(bytes(1024 * 1024)) for _ in range(256)) + writer.flush()
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    try:
        with pytest.raises(PackingError, match="too much memory" if window > 24 else "more than was ever packed"):
            unpack(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3 * LARGEST
    finally:
        tracemalloc.stop()


def _changed(path: Path, table: str, column: str, change: Callable[[bytes], bytes]) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        number = "number" if table == "turns" else "turn"
        ((kept,),) = file.execute(f"SELECT {column} FROM {table} WHERE {number} = 2")
        assert isinstance(kept, bytes)
        file.execute(f"UPDATE {table} SET {column} = ? WHERE {number} = 2", (change(kept),))


def _flip(kept: bytes) -> bytes:
    return kept[:-6] + bytes([kept[-6] ^ 4]) + kept[-5:]


async def _traces(store: Store) -> list[object]:
    return [trace async for trace in store.turns.traces()]


@pytest.mark.parametrize("column", ["record", "decisions", "packed"])
async def test_a_flipped_bit_in_the_file_is_told_with_its_place(tmp_path: Path, column: str) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        await take(store, 3)
        _changed(path, "calls" if column == "packed" else "turns", column, _flip)
        readings = {
            "record": (store.turns.numbered(wood.id, 1, 3), store.receipts.played(wood.id, 1, 3)),
            "decisions": (store.journal.log(wood.id), store.receipts.played(wood.id, 1, 3)),
            "packed": (_traces(store),),
        }
        for name, tries in readings.items():
            for reading in tries:
                if name != column:
                    reading.close()
                    continue
                with pytest.raises(StoreDamagedError, match=r" 2 is damaged .*put back a backup"):
                    await reading
        # What does not need it goes on.
        lately = await store.recent.snapshot(CHANNEL, 1)
        assert lately is not None
        assert "dead" not in lately[1].silent
        assert [turn.number for turn in await take(store)] == [4]
        assert [row.turn.number for row in await store.turns.numbered(wood.id, 3, 4)] == [3, 4]


async def test_what_a_newer_program_packed_or_wrote_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        await take(store, 2)
        foreign = zstd.train_dict([dump(turn) for turn in await take(store, 40)], 2048)
        _changed(path, "turns", "record", lambda _: zstd.compress(SAID.encode(), zstd_dict=foreign))
        _changed(path, "calls", "packed", lambda _: zstd.compress(b'[{"creature":"pip"}]'))
        for reading in (store.turns.numbered(wood.id, 1, 3), _traces(store)):
            with pytest.raises(StoreOutdatedError) as caught:
                await reading
            assert not isinstance(caught.value, StoreDamagedError)


async def test_a_file_of_an_older_version_is_read_as_it_is_and_packed_bit_by_bit(tmp_path: Path) -> None:
    path = unpacked(tmp_path, V3)
    async with await Store.open(path) as store:

        async def read() -> tuple[list[str], list[object]]:
            woods = await store.woods.all()
            assert write_traces(tmp_path / "t.jsonl", [trace async for trace in store.turns.traces()]) == 350
            digests = [hashlib.sha256((tmp_path / "t.jsonl").read_bytes()).hexdigest()]
            digests += [hashlib.sha256(log_bytes(await store.journal.log(wood.id))).hexdigest() for wood in woods]
            return digests, [await store.turns.numbered(wood.id, 1, 99) for wood in woods]

        before = await read()
        # As the program that wrote the file exported them.
        assert [digest[:16] for digest in before[0]] == ["38c4308f6bcf5ff2", "6b2ed2ca657f558c", "80eb0de9c62725de"]
        for wood in await store.woods.all():
            assert await store.turns.pack_old(wood.id) in (64, 3)
            assert await store.turns.pack_old(wood.id) == 0
        assert await read() == before
        (living, *_) = await store.woods.all()
        assert [await store.turns.prune_traces(living.id, 60) for _ in range(2)] == [300, 0]
        assert len(await _traces(store)) == 50
    with closing(sqlite3.connect(path)) as file:
        plain = "SELECT count(*), sum(length(record)) FROM turns WHERE typeof(record) = ? GROUP BY wood"
        assert [count for count, _ in file.execute(plain, ("blob",))] == [64, 3]
        assert [count for count, _ in file.execute(plain, ("text",))] == [3]  # of the razed one, which rests
