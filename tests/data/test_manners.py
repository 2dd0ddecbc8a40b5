"""Whose words a keeper does not want, and what a database of the version before becomes."""

import gzip
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from data.replay import replay
from data.rows import PostKind, PostState
from data.store import Store
from tests.bot.kept import CHANNEL, USER, Hands, keeping
from tests.data.living import FIXTURES
from tests.refusing import refusing
from wood.names import Good

BEFORE = FIXTURES / "before-manners" / "wood.sqlite3.gz"
VERSION = 14


async def test_a_wood_from_before_keepers_could_mute_lives_on(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    path.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (VERSION,)
        (last,) = file.execute("SELECT max(taken_at) FROM turns").fetchone()
    now = Hands()
    now.on(seconds=last / 1000 - now.at.timestamp())
    async with keeping(path, now=now) as (keeper, store):
        card = await keeper.admin.settings(CHANNEL)
        assert card.free_text, "patrons speak on as they did"
        assert (await keeper.manners.muted(CHANNEL)).count == 0
        board = next(post for post in await store.posts.of_wood(1) if post.kind is PostKind.BOARD)
        assert (board.state, board.sent_at) == (PostState.SENDING, None), "when it was sent was not noted"
        now.on(hours=1)
        assert await keeper.turns.take_turn(CHANNEL)
        assert replay(await store.journal.log(1)).agrees
        assert (await keeper.patrons.purse(CHANNEL, USER + 1)).name == "Bo"
        # What is new works on it.
        await keeper.manners.mute(CHANNEL, USER)
        with refusing("does not want your words"):
            await keeper.patrons.cast_rumor(CHANNEL, USER, about=Good.HONEY, text="no bees", leaning=1, to=None)
    async with keeping(path, now=now) as (keeper, _):
        assert (await keeper.manners.muted(CHANNEL)).names == ("Ann",)


async def test_a_fingerprint_says_nothing_of_whose_it_is_and_goes_with_its_wood(tmp_path: Path) -> None:
    path, now = tmp_path / "wood.sqlite3", Hands()
    path.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    async with keeping(path, now=now) as (keeper, store):
        await keeper.manners.mute(CHANNEL, USER + 5)
        await store.manners.mute(1, USER + 5)
        one, other = await store.manners.muted(1)
        assert one.digest != other.digest, "two of one player do not look alike"
        assert (one.fits(USER + 5), one.fits(USER)) == (True, False)
        await keeper.manners.unmute(CHANNEL, USER + 5)
        assert await store.manners.muted(1) == ()
        await keeper.manners.mute(CHANNEL, USER + 5)
        await keeper.admin.raze(CHANNEL)
        await store.woods.purge(now() + timedelta(days=3))
    async with await Store.open(path) as store:
        assert await store.manners.muted(1) == ()
