"""Discord fails between a deed and its answer: what was done is never called undone, and no deferral is left open."""

from pathlib import Path

import pytest

from tests.loopback import LoopbackDiscord
from tests.process.test_bot_process import UNHURRIED, Stage

pytestmark = [pytest.mark.process, pytest.mark.slow]

CALLBACK = "/interactions/{interaction_id}/{token}/callback"
ANSWER = "/webhooks/{application_id}/{token}/messages/{message_id}"


async def test_a_deed_is_told_as_done_whatever_becomes_of_its_answer(tmp_path: Path) -> None:
    async with LoopbackDiscord(answer_within=UNHURRIED) as loopback:
        stage = Stage(loopback, tmp_path)
        async with stage.bot() as bot:
            await bot.ready()
            await stage.found()
            # Discord has the deferral, but its receipt is a 500, or the connection is cut.
            for status, command in ((500, "join"), (0, "purse")):
                loopback.fault("POST", CALLBACK, status, after=True)
                shown = await loopback.slash(stage.channel, stage.player, "patron", command)
                assert "100 pebbles" in shown.text or "100" in shown.text
            # The whisper is paid, and its answer cannot be shown.
            loopback.fault("PATCH", ANSWER, 0)
            cast = await loopback.slash(
                stage.channel,
                stage.player,
                *("rumor", "cast"),
                about="firewood",
                text="the frost comes early",
                claim="dearer",
                to="oona",
            )
            assert "It is done" in cast.text
            assert "try again" not in cast.text
            purse = await loopback.slash(stage.channel, stage.player, "patron", "purse")
            assert "95" in purse.text
            assert await bot.stop() == 0, bot.log[-3000:]
        assert "ERROR" not in bot.log, bot.log[-3000:]
        assert "Traceback" not in bot.log, bot.log[-3000:]
