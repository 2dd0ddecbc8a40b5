"""Two processes of one bot with different shards, each with a file of its own, against a loopback Discord."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import discord
import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from tests.loopback import BotProcess, Channel, LoopbackDiscord, User

pytestmark = [pytest.mark.process, pytest.mark.slow]

UNHURRIED = 60.0
"""Seconds for a first answer: a busy machine must not decide these tests."""

ALONE = {"TTW_CHART_WORKERS": "0", "TTW_TURN_WORKERS": "0"}
"""No processes of a bot's own: there is nothing for them to do here."""


def bot(loopback: LoopbackDiscord, folder: Path, shards: str = "", **settings: str) -> BotProcess:
    chosen = ("--shards", shards) if shards else ()
    given = {"TTW_TOKEN": loopback.token, **ALONE, **settings}
    return BotProcess(loopback, folder, settings=given, arguments=("run", *chosen))


def woods_in(path: Path) -> dict[int, int]:
    """Turns taken in each channel that a file has a living wood for."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT channel_id, turn FROM woods WHERE razed_at IS NULL"))


async def turned(loopback: LoopbackDiscord, file: Path, channel: Channel, *, after: int) -> None:
    """Wait until a wood has taken more turns than so many."""
    await loopback.until(lambda: woods_in(file).get(channel.id, 0) > after, f"turn {after + 1}")


async def test_two_processes_share_the_servers_and_may_be_joined_again(tmp_path: Path) -> None:
    async with LoopbackDiscord(shards=2, answer_within=UNHURRIED, identify_every=5.0) as loopback:
        places: list[tuple[Channel, User]] = []
        for shard in range(2):
            guild = loopback.add_guild(f"server {shard}", shard=shard)
            keeper = loopback.add_user(guild, "Kay", discord.Permissions(manage_channels=True))
            places.append((loopback.add_channel(guild), keeper))

        def boards(shard: int) -> int:
            return sum("ttw:rumor" in message.buttons for message in loopback.messages(places[shard][0]))

        files = [tmp_path / "wood-0-of-2.sqlite3", tmp_path / "wood-1-of-2.sqlite3"]
        async with bot(loopback, tmp_path, "0/2") as first, bot(loopback, tmp_path, "1/2") as second:
            await first.ready(0)
            await second.ready(1)
            assert not loopback.gateway.hasty, "a session was asked for too early"
            assert sorted(session.shard for session in loopback.gateway.sessions) == [(0, 2), (1, 2)]
            for channel, keeper in places:
                answer = await loopback.slash(channel, keeper, "keeper", "found", pace="10s", seed=7)
                assert "founded" in answer.text
            await loopback.until(lambda: boards(0) and boards(1), "a board in both")
            for file, (channel, _) in zip(files, places, strict=True):
                await turned(loopback, file, channel, after=0)
                assert set(woods_in(file)) == {channel.id}
            # One process ends, and the other goes on as if nothing were.
            await first.kill()
            await turned(loopback, files[1], places[1][0], after=woods_in(files[1])[places[1][0].id])
            assert await second.stop() == 0, second.log[-3000:]
        assert not loopback.unknown
        assert len(loopback.calls("PUT", "/applications/{application_id}/commands")) == 1

        # A file is told apart from one that holds woods of other shards: they rest, and it is said.
        stood = {channel: turns for file in files for channel, turns in woods_in(file).items()}
        moved = await asyncio.to_thread(CliRunner().invoke, app, ["reshard", *map(str, files), "--to", "0/1"])
        assert moved.exit_code == 0, moved.output
        whole = tmp_path / "wood.sqlite3"
        assert woods_in(whole) == stood
        edits = len(loopback.calls("PATCH"))
        async with bot(loopback, tmp_path, "1/2", TTW_DATABASE=str(whole)) as wrong:
            await wrong.ready(1)
            await turned(loopback, whole, places[1][0], after=stood[places[1][0].id])
            assert woods_in(whole)[places[0][0].id] == stood[places[0][0].id]
            assert "1 woods in" in wrong.log
            said = CliRunner().invoke(app, ["health", "--database", str(whole)])
            assert "1 woods of other shards rest in this database: see `ttw reshard`" in said.stdout
            answer = await loopback.slash(*places[1], "keeper", "settings")
            assert answer.ephemeral
            assert await wrong.stop() == 0, wrong.log[-3000:]
        stranger = f"/channels/{places[0][0].id}/"
        assert not [call for call in loopback.calls("PATCH")[edits:] if call.path.startswith(stranger)]

        # One process for all of it, as at the beginning of every bot.
        loopback.gateway.shards = loopback.shards = 1
        async with bot(loopback, tmp_path) as alone:
            await alone.ready(0)
            for channel, _ in places:
                await turned(loopback, whole, channel, after=woods_in(whole)[channel.id])
            assert await alone.stop() == 0, alone.log[-3000:]
        assert "Traceback" not in alone.log, alone.log[-3000:]
