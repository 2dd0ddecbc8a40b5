"""No log, turned up as far as it goes, tells who plays or what players write."""

from pathlib import Path

import pytest

from tests.loopback import LoopbackDiscord
from tests.loopback.acts import Value
from tests.loopback.process import BotProcess
from tests.process.test_bot_process import UNHURRIED, Stage

pytestmark = [pytest.mark.process, pytest.mark.slow]

NAME = "Zephyrine Quillfeather"
SAID = (
    "the frobnicated frost comes early",
    "a gallimaufry of acorns rots",
    "is your quincunx of firewood dry",
    "somebody wrote widdershins here",
)
ANSWER = "/webhooks/{application_id}/{token}/messages/{message_id}"
CALLBACK = "/interactions/{interaction_id}/{token}/callback"


async def test_debug_logs_hold_no_word_name_id_or_token_of_a_player(tmp_path: Path) -> None:
    async with LoopbackDiscord(answer_within=UNHURRIED) as loopback:
        stage = Stage(loopback, tmp_path)
        player = loopback.add_user(stage.channel.guild, NAME)
        settings = {
            "TTW_TOKEN": loopback.token,
            "TTW_DATABASE": str(tmp_path / "wood.sqlite"),
            "TTW_LOG_LEVEL": "DEBUG",
        }
        async with BotProcess(loopback, tmp_path, settings=settings) as bot:
            await bot.ready()
            await stage.found()

            async def slash(*path: str, **values: Value) -> str:
                return (await loopback.slash(stage.channel, player, *path, wait=True, **values)).text

            await slash("patron", "join")
            # Discord's bad days make discord.py tell of addresses.
            loopback.fault("PATCH", ANSWER, 429, retry_after=0.1)
            loopback.fault("POST", CALLBACK, 500)
            assert "out in the wood" in await slash("rumor", "cast", about="firewood", text=SAID[0], claim="dearer")
            form = await loopback.click(stage.boards[-1], player, "ttw:rumor")
            whisper = await loopback.submit(form, about="acorns", words=SAID[1], leaning="cheaper", to="oona")
            assert "whispered to" in whisper.text
            await slash("wood", "ask", creature="oona", question=SAID[2])
            loopback.fault("PATCH", ANSWER, 0)
            await slash("rumor", "cast", about="honey", text=f"{SAID[3]} @everyone")
            await stage.reaches(stage.turn + 1)
            asked = await loopback.slash(stage.channel, player, "patron", "forget")
            assert asked.original is not None
            confirm = await loopback.click(asked.original, player, "ttw:forget")
            assert "forgotten" in (await loopback.submit(confirm, word="forget")).text
            assert await bot.stop() == 0, bot.log[-3000:]
        tokens = [each.token for each in loopback.state.interactions.values()]
        told = [
            line
            for line in bot.log.splitlines()
            for secret in (*SAID, NAME, str(player.id), loopback.token, *tokens)
            if secret in line
        ]
        assert not told, "\n".join(told[:5])
        assert " DEBUG " in bot.log, "it was turned up"
        assert "/rumor cast" in bot.log, "what was used is told"
