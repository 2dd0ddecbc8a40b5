"""How the bot ends, as a host is told: words that say what to do and an exit code for each, by a real connection."""

from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
import yarl

from bot import run
from bot.cli.exits import Exit
from bot.endings import Cause, RunError
from bot.settings import load_settings
from tests.bot.console import own_folder, ttw
from tests.loopback import LoopbackDiscord

__all__ = ["own_folder"]

ENDS = (
    (Cause.DISCORD, "trouble of its own (status 503)", 503, 0),
    (Cause.REFUSED, "refused what the bot needs at its start (status 403", 403, 0),
    (Cause.TOKEN, "does not take the token", 0, 4004),
    (Cause.SHARDS, "does not take these shards (code 4011)", 0, 4011),
    (Cause.REFUSED, "does not grant the events that this bot asks for (code 4013)", 0, 4013),
    (Cause.REFUSED, "does not grant the events that this bot asks for (code 4014)", 0, 4014),
)


@pytest.fixture
def addresses() -> Iterator[None]:
    """Discord's addresses, as they were before."""
    base, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    yield
    discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize(("cause", "words", "status", "closing"), ENDS)
async def test_every_way_not_to_be_let_in_has_words(
    tmp_path: Path, cause: Cause, words: str, status: int, closing: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with LoopbackDiscord() as loopback:
        discord.http.Route.BASE = loopback.api
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(loopback.gateway_url)
        loopback.add_guild()
        loopback.gateway.closing = closing
        if status:
            loopback.fault("GET", "/users/@me", status)
        settings = load_settings(None, database=tmp_path / "wood.sqlite3", chart_workers=0)
        with pytest.raises(RunError) as ended:
            await run.serve(settings, loopback.token)
    assert ended.value.cause is cause
    assert words in str(ended.value)
    assert loopback.token not in str(ended.value)
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.usefixtures("own_folder")
@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_an_exit_code(cause: Cause, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ends(*_: object) -> None:
        raise RunError("It has ended.", cause)

    monkeypatch.setenv("TTW_TOKEN", "a-token-of-nobody")
    monkeypatch.setattr(run, "serve", ends)
    shown = ttw("run")
    assert shown.exit_code == Exit[cause.name]
    assert shown.stderr == "ttw: It has ended.\n"
