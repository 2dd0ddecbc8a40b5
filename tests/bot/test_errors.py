"""The words for what goes wrong, and how a connection's end is told to the host."""

import asyncio
import os
import signal
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.endings import RunError
from bot.errors import lacking, missing, said_of
from bot.run import explain, stopping
from bot.telling.catalog import words_in
from bot.telling.notice import refused
from bot.telling.permissions import KNOWN, permission

WORDS = words_in("en")


def http(kind: type[discord.HTTPException], status: int, code: int = 0) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="no")
    return kind(response, {"code": code, "message": "a text of Discord's"})


def test_missing_permissions_are_named_as_discords_settings_name_them() -> None:
    allowed = discord.Permissions(view_channel=True, embed_links=True, read_message_history=True)
    assert missing(allowed) == ["send_messages", "attach_files"]
    assert missing(allowed, thread=True) == ["send_messages_in_threads", "attach_files"]
    assert missing(discord.Permissions.all()) == []
    assert "permissions **Send Messages** and **Attach Files**" in refused(lacking(missing(allowed))).say(WORDS)
    assert "permission **Attach Files**" in refused(lacking(["attach_files"])).say(WORDS)
    assert permission(WORDS, "use_soundboard") == "Use Soundboard"


@pytest.mark.parametrize("name", KNOWN)
def test_the_catalogs_name_permissions_that_discord_has(name: str) -> None:
    assert name in discord.Permissions.VALID_FLAGS
    assert permission(WORDS, name)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (app_commands.MissingPermissions(["manage_channels"]), "**Manage Channels**"),
        (app_commands.BotMissingPermissions(["attach_files"]), "**Attach Files**"),
        (app_commands.CommandOnCooldown(app_commands.Cooldown(1, 10), 4.2), "<t:"),
        (app_commands.NoPrivateMessage(), "server"),
        (app_commands.CommandNotFound("gone", []), "Reload"),
        (app_commands.CheckFailure(), "cannot use"),
        (http(discord.Forbidden, 403, 50013), "**Send Messages**"),
        (http(discord.DiscordServerError, 503), "try again"),
        (TimeoutError(), "try again"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_somebody_can_mend_is_said_in_words(error: Exception, words: str) -> None:
    said = said_of(WORDS, error)
    assert said is not None
    assert words in said
    assert "a text of Discord's" not in said


def test_what_nobody_expected_has_no_words_of_its_own() -> None:
    assert said_of(WORDS, RuntimeError("secret")) is None


async def _ended(error: Exception) -> "asyncio.Task[None]":
    async def ending() -> None:
        raise error

    task = asyncio.create_task(ending())
    await asyncio.wait({task})
    return task


async def test_the_end_of_a_connection_is_told_to_the_host_without_the_token() -> None:
    with pytest.raises(RunError, match="does not take the token"):
        explain(await _ended(discord.LoginFailure("Improper token: abc.def.ghi has been passed.")))
    with pytest.raises(RunError, match="cannot be reached"):
        explain(await _ended(aiohttp.ClientConnectionError("no route")))
    with pytest.raises(ValueError, match="something else"):
        explain(await _ended(ValueError("something else")))


async def test_a_signal_asks_once_and_a_second_one_acts_as_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stopping() as asked:
        assert signal.getsignal(signal.SIGTERM) is not before
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(asked.wait(), 10)
        assert signal.getsignal(signal.SIGTERM) is before
    assert signal.getsignal(signal.SIGTERM) is before
