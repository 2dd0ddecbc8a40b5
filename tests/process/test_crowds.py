"""One server in an uproar: the others are answered all the same."""

import asyncio
from pathlib import Path

import discord
import pytest

from tests.loopback import LoopbackDiscord
from tests.loopback.process import BotProcess
from tests.process.test_bot_process import UNHURRIED, Stage

pytestmark = [pytest.mark.process, pytest.mark.slow]

LOUD, EACH = 24, 3
A_MINUTE = 6
"""What a player may do: half of it at once, so that nobody of the flood is turned away, and whoever goes on is."""


async def test_a_flood_of_one_server_is_not_before_another_servers_answer(tmp_path: Path) -> None:
    async with LoopbackDiscord(answer_within=UNHURRIED) as loopback:
        stage = Stage(loopback, tmp_path)
        calm = loopback.add_guild("Calm")
        clearing = loopback.add_channel(calm, "calm")
        keeper = loopback.add_user(calm, "Kim", discord.Permissions(manage_channels=True))
        crowd = [loopback.add_user(stage.channel.guild, f"Loud {number}") for number in range(LOUD)]
        settings = {
            "TTW_TOKEN": loopback.token,
            "TTW_DATABASE": str(tmp_path / "wood.sqlite"),
            "TTW_PLAYER_RATE": str(A_MINUTE),
        }
        async with BotProcess(loopback, tmp_path, settings=settings) as bot:
            await bot.ready()
            await stage.found()
            await loopback.slash(clearing, keeper, "keeper", "found", pace="1d", seed=7, zone="UTC")
            flood = [
                await loopback.slash(stage.channel, user, "wood", "creature", creature="oona", wait=False)
                for _ in range(EACH)
                for user in crowd
            ]
            asked = await loopback.slash(clearing, keeper, "keeper", "settings")
            behind = sum(not each.complete for each in flood)
            assert "a turn every" in asked.text
            assert behind > len(flood) // 4, "asked last, answered long before the flood was"
            # Everybody of the flood has an answer in the end, and who goes on is told to wait.
            await loopback.until(lambda: all(each.complete for each in flood), "answers to the flood")
            again = [loopback.slash(stage.channel, crowd[0], "wood", "help") for _ in range(3 * A_MINUTE)]
            quick = await asyncio.gather(*again)
            waits = [each.text for each in quick if "try again <t:" in each.text]
            assert waits
            assert all("quicker than I can follow" in each for each in waits)
            assert await bot.stop() == 0, bot.log[-3000:]
        assert "ERROR" not in bot.log, bot.log[-3000:]
