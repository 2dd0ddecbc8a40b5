"""Which woods are a process's own: as it is written, in Python, in SQL, and in what the store lists."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import WoodTakenError
from data.shards import MOST, WHOLE, Shards
from data.store import Store
from tests.data.founded import CHANNEL, NOON, found, founding, take


@st.composite
def ranges(draw: st.DrawFn) -> Shards:
    count = draw(st.integers(1, MOST))
    first = draw(st.integers(0, count - 1))
    return Shards(first, draw(st.integers(first, count - 1)), count)


@given(ranges(), st.integers(0, 2**63 - 1))
def test_python_and_sql_say_the_same_of_every_server(shards: Shards, guild: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        (ours,) = connection.execute(f"SELECT {shards.condition} FROM (SELECT ? AS guild_id)", (guild,)).fetchone()
    assert bool(ours) is shards.owns(guild) is ((guild >> 22) % shards.count in shards.ids)
    assert Shards.parse(str(shards)) == shards
    assert len(shards.ids) == round(shards.share * shards.count)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no range of shards; write it like 0-3/16"),
        ("3", "no range of shards"),
        ("0,1/4", "no range of shards"),
        ("-1/4", "no range of shards"),
        ("0-3/16/2", "no range of shards"),
        ("٣/4", None),
        ("2-1/4", "the wrong way round; write 1-2/4"),
        ("4/4", "out of bounds: 4 shards are counted from 0 to 3"),
        ("0-16/16", "out of bounds: 16 shards are counted from 0 to 15"),
        ("0/0", "out of bounds: a bot has 1 to"),
        ("0/20000", "out of bounds: a bot has 1 to"),
    ],
)
def test_what_is_no_range_is_said(text: str, why: str | None) -> None:
    if why is None:
        assert Shards.parse(text).first == 3  # digits of any script are digits
        return
    with pytest.raises(ValueError, match=f"^is {why}"):
        Shards.parse(text)


def test_each_range_has_a_file_of_its_own() -> None:
    base = Path("/srv/wood.sqlite3")
    assert WHOLE.file(base) == Shards.parse("0-3/4").file(base) == base
    assert Shards.parse(" 0 - 3 / 16 ").file(base).name == "wood-0-3-of-16.sqlite3"
    assert Shards.parse("5/16").file(base).name == "wood-5-of-16.sqlite3"


async def test_woods_of_other_shards_rest_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        for number in range(4):
            await found(store, CHANNEL + number)
        await take(store)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE woods SET guild_id = (channel_id - ?) << 22", (CHANNEL,))
        connection.commit()
    shards = Shards.parse("1-2/4")
    async with await Store.open(path, shards=shards) as store:
        ours = [CHANNEL + 1, CHANNEL + 2]
        assert [wood.channel_id for wood in await store.woods.all()] == ours
        assert {post.channel_id for post in await store.posts.due(NOON)} == set(ours)
        assert await store.woods.strangers() == 2
        assert await store.woods.living(CHANNEL) is None
        assert await store.woods.snapshot(CHANNEL) is None, "nothing can turn it"
        assert await store.woods.snapshot(CHANNEL + 1) is not None
        with pytest.raises(WoodTakenError):
            await store.woods.found(founding(channel=CHANNEL))
        async with store.database.writing() as connection:
            await connection.execute("UPDATE posts SET next_try = 0 WHERE wood = 1")
        assert await store.posts.next_try() == NOON, "a post that is not ours wakes nobody"
    async with await Store.open(path) as store:
        assert len(await store.woods.all()) == 4
        assert await store.woods.strangers() == 0
