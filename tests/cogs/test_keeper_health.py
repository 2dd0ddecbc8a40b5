"""/keeper health: how a wood does, for those who keep it, and what to do where it does not do well."""

import re
import sqlite3
from contextlib import closing

import discord
import pytest

from bot.telling.notice import Notice
from inference.protocol import Doing, Stage, State
from tests.cogs.grove import Grove, private, said


async def health(grove: Grove) -> str:
    shown = await grove.alder.slash(grove.channel, "keeper health")
    assert private(shown)
    return said(shown)


def execute(grove: Grove, statement: str) -> None:
    with closing(sqlite3.connect(grove.settings.database)) as file, file:
        file.execute(statement)


async def test_a_wood_that_does_well_says_so(grove: Grove) -> None:
    assert "No turn has been taken yet." in await health(grove)
    await grove.turns(2)
    told = await health(grove)
    assert "All is well." in told
    assert "The next turn comes <t:" in told
    assert "Turn 2 was taken <t:" in told
    assert "think by rules" in told
    assert "Nothing is owed" in told
    assert re.search(r"about [1-9]\d* kB in the bot's database", told)


async def test_what_does_not_do_well_is_named_with_what_to_do(grove: Grove, monkeypatch: pytest.MonkeyPatch) -> None:
    await grove.turns(1)
    execute(grove, "UPDATE woods SET next_turn = 1000")
    assert "A turn was due <t:1:R> and has not been taken yet" in await health(grove)
    monkeypatch.setattr(grove.bot.keeper.queries, "_asleep", lambda: (State(Stage.DEAD, Doing.UNREACHABLE),))
    assert "The minds are asleep: the server cannot be reached." in await health(grove)
    execute(grove, "UPDATE posts SET state = 'owed', next_try = 4000000000000 WHERE kind = 'board'")
    assert "One post is owed" in await health(grove)
    await grove.bot.keeper.admin.pause(grove.channel.id, Notice("problem-locked"))
    told = await health(grove)
    assert "The wood rests" in told
    assert "This thread is locked. Unlock it" in told
    assert "All is well" not in told


async def test_permissions_that_the_bot_lacks_are_named(grove: Grove) -> None:
    me = grove.guild.me
    assert me is not None
    silent = grove.guild.create_text_channel("silent", overwrites={me: discord.PermissionOverwrite(attach_files=False)})
    await grove.bot.keeper.admin.found(silent.id, grove.guild.id, pace=3600, seed=7, zone="UTC", report_hour=8)
    shown = await grove.alder.slash(silent, "keeper health")
    assert "**Attach Files**" in said(shown)


async def test_where_no_wood_lives_it_says_so(bare: Grove) -> None:
    assert "No wood" in await health(bare)
