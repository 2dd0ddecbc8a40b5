"""A database that is deleted under a running bot: noticed within a heartbeat, and nothing that was answered is lost."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.health import check, pulse_file
from data.backup import restore
from data.looking import standings
from tests.bot.test_measures import free_port, scraped
from tests.loopback import BotProcess, LoopbackDiscord
from tests.process.test_bot_process import UNHURRIED, Stage
from tests.process.test_shards import ALONE

pytestmark = [pytest.mark.process, pytest.mark.slow]


async def test_a_database_that_is_deleted_under_the_bot_is_noticed_and_nothing_is_lost(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    async with LoopbackDiscord(answer_within=UNHURRIED) as loopback:
        stage = Stage(loopback, tmp_path)
        port = free_port()
        settings = {
            "TTW_TOKEN": loopback.token,
            "TTW_DATABASE": str(database),
            "TTW_METRICS_PORT": str(port),
            "TTW_LOG_FORMAT": "json",
            **ALONE,
        }
        async with BotProcess(loopback, tmp_path, settings=settings) as bot:
            await bot.ready()
            await stage.found()
            await stage.reaches(1)

            assert "Alive, connect" in check(database).message
            assert [wood.channel_id for wood in standings(database)] == [stage.channel.id]
            counted = await asyncio.to_thread(scraped, port)
            assert counted["ttw_turns_total[]"] >= 1
            assert counted["ttw_answer_seconds_count['keeper found']"] == 1
            assert counted["ttw_posts_total['board', 'delivered']"] >= 1
            assert counted["ttw_discord_requests_total['200', 'POST']"] >= 1
            assert counted["ttw_healthy[]"] == 1

            for ending in ("", "-wal", "-shm"):
                await asyncio.to_thread(database.with_name(database.name + ending).unlink)
            joined = await loopback.slash(stage.channel, stage.player, "patron", "join")
            assert "100" in joined.text
            assert await bot.ended() == Exit.GONE, bot.log[-3000:]
        *logged, last = bot.log.splitlines()
        assert "was deleted while the bot ran" in last
        assert f"ttw restore {database}.rescued-1" in last
        assert any(json.loads(line)["level"] == "CRITICAL" for line in logged if line.startswith("{"))
        assert "Traceback" not in bot.log
        assert not await asyncio.to_thread(pulse_file(database).exists)

    # Put back it has what was answered after the file was gone.
    await asyncio.to_thread(restore, Path(f"{database}.rescued-1"), database)
    with closing(sqlite3.connect(database)) as file:
        assert file.execute("SELECT name FROM patrons").fetchall() == [("Ana",)]
