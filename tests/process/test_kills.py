"""The bot is killed at chosen and random moments while patrons move; ``python -m bench.kills`` does it for longer."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.loopback import LoopbackDiscord, Message
from tests.process.campaign import UNHURRIED, Campaign

pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = 4


async def test_killed_again_and_again_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    async with LoopbackDiscord(answer_within=UNHURRIED, nonce_memory=0.0) as loopback:
        campaign = Campaign(loopback, tmp_path, seed=3)
        found = await campaign.run(KILLS)
        assert found.sound, str(found)
        assert found.kills.total() == KILLS
        assert 0 < found.told <= found.stored
        assert found.posts >= 1
        assert not loopback.unknown

        # What it is to find, it finds.
        path = tmp_path / "wood.sqlite"
        shutil.copy(path, tmp_path / "kept")
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("DELETE FROM interventions WHERE number = 1")
        campaign.look()
        assert [line for line in found.lost if "join" in line]
        assert not found.doubled
        shutil.copy(tmp_path / "kept", path)
        found.lost.clear()
        with closing(sqlite3.connect(path)) as file, file:
            file.execute(
                "INSERT INTO interventions (wood, number, at, action) "
                "SELECT wood, 9999, at, action FROM interventions WHERE number = 1"
            )
        (channel,) = campaign.channels
        posted = Message(channel, loopback.state.bot, "once more")
        channel.messages[posted.id] = posted
        campaign.look()
        campaign.look_at_posts()
        assert sorted(line.split()[0] for line in found.doubled) == ["join", "the"]
        assert not found.lost
