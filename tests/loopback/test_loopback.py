"""The loopback Discord against a small real bot: what the other tests lean on is tested here."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from discord.ext import commands

from tests.loopback import CannotDoError, Channel, LoopbackDiscord, User

MESSAGES = "/channels/{channel_id}/messages"


class Form(discord.ui.Modal, title="Say it"):
    line: discord.ui.TextInput["Form"] = discord.ui.TextInput(label="Line", custom_id="line", max_length=50)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"said {self.line.value}", ephemeral=True)


class Press(discord.ui.Button["Counter"]):
    async def callback(self, interaction: discord.Interaction) -> None:
        assert self.view is not None
        await interaction.response.edit_message(view=Counter(self.view.count + 1))


class Counter(discord.ui.LayoutView):
    def __init__(self, count: int = 0) -> None:
        super().__init__(timeout=None)
        self.count = count
        self.add_item(discord.ui.TextDisplay(f"pressed {count} times"))
        self.add_item(discord.ui.ActionRow(Press(label="Press", custom_id="press")))


class Try(app_commands.Group):
    @app_commands.command(description="Say it back")
    @app_commands.describe(text="What to say", times="How often")
    async def echo(self, interaction: discord.Interaction, text: str, times: app_commands.Range[int, 1, 3] = 1) -> None:
        await interaction.response.send_message(" ".join([text] * times), ephemeral=True)

    @echo.autocomplete("text")
    async def offer(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value=typed)]

    @app_commands.command(description="Answer in two parts")
    async def slow(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("late", ephemeral=True)
        await interaction.followup.send("later", ephemeral=True)

    @app_commands.command(description="Send a file")
    async def file(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        picture = discord.File(io.BytesIO(b"\x89PNG"), filename="chart.png", description="a chart")
        await interaction.edit_original_response(content="look", attachments=[picture])

    @app_commands.command(description="Open a form")
    async def form(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @app_commands.command(description="Show a button")
    async def counter(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Counter())

    @app_commands.command(description="Post to the channel")
    async def post(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        assert isinstance(interaction.channel, discord.TextChannel)
        message = await interaction.channel.send("one", file=discord.File(io.BytesIO(b"x"), "x.txt"))
        await message.edit(content="two")
        found = [entry.content async for entry in interaction.channel.history(limit=5)]
        await interaction.followup.send(f"history {found}")

    @app_commands.command(description="Never answer")
    async def deaf(self, interaction: discord.Interaction) -> None:
        return


@app_commands.command(description="For keepers")
@app_commands.default_permissions(manage_channels=True)
async def guarded(interaction: discord.Interaction) -> None:
    files, manage = interaction.app_permissions.attach_files, interaction.permissions.manage_channels
    await interaction.response.send_message(f"attach_files {files} manage_channels {manage}")


class Bot(commands.AutoShardedBot):
    def __init__(self, **shards: Any) -> None:
        intents = discord.Intents(guilds=True)
        super().__init__("!", intents=intents, guild_ready_timeout=0.05, help_command=None, **shards)
        self.heard: list[str] = []

    async def setup_hook(self) -> None:
        self.tree.add_command(Try(name="try", description="Try things"))
        self.tree.add_command(guarded)
        await self.tree.sync()

    async def on_socket_event_type(self, event: str) -> None:
        self.heard.append(event)


@asynccontextmanager
async def running(loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.api)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(loopback.gateway_url))
    bot = Bot()
    task = asyncio.create_task(bot.start(loopback.token))
    try:
        await loopback.until(lambda: task.done() or bot.is_ready(), "the bot to be ready")
        if task.done():
            await task
        yield bot
    finally:
        await bot.close()
        await asyncio.wait([task])


def furnished(loopback: LoopbackDiscord) -> tuple[Channel, User]:
    guild = loopback.add_guild()
    return loopback.add_channel(guild), loopback.add_user(guild, "Ana")


async def test_slash_commands_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            said = await loopback.slash(channel, ana, "try", "echo", text="tree", times=2)
            assert (said.text, said.ephemeral, said.deferred) == ("tree tree", True, False)
            assert not loopback.messages(channel)

            offered = await loopback.autocomplete(channel, ana, "try", "echo", option="text", typed="tr")
            assert offered == [{"name": "tr!", "value": "tr"}]

            late = await loopback.slash(channel, ana, "try", "slow")
            await loopback.until(lambda: late.followups, "the second part")
            assert late.deferred
            assert late.text == "late\nlater"
        assert not loopback.unknown


async def test_the_client_offers_only_what_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        keeper = loopback.add_user(channel.guild, "Kay", discord.Permissions(manage_channels=True))
        async with running(loopback, monkeypatch):
            with pytest.raises(CannotDoError, match="no command"):
                await loopback.slash(channel, ana, "no")
            with pytest.raises(CannotDoError, match="needs 'text'"):
                await loopback.slash(channel, ana, "try", "echo")
            with pytest.raises(CannotDoError, match="not within 1 to 3"):
                await loopback.slash(channel, ana, "try", "echo", text="a", times=4)
            with pytest.raises(CannotDoError, match="hidden"):
                await loopback.slash(channel, ana, "guarded")
            allowed = await loopback.slash(channel, keeper, "guarded")
            assert allowed.text == "attach_files True manage_channels True"


async def test_files_keep_their_bytes_and_alt_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            shown = await loopback.slash(channel, ana, "try", "file")
            assert shown.deferred
            assert [(item.filename, item.data, item.description) for item in shown.files] == [
                ("chart.png", b"\x89PNG", "a chart")
            ]
            assert [message.text for message in loopback.messages(channel)] == ["look"]


async def test_buttons_edit_and_forms_are_submitted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            await loopback.slash(channel, ana, "try", "counter")
            message = loopback.messages(channel)[0]
            await loopback.click(message, ana, "Press")
            await loopback.click(message, ana, "press")
            assert message.versions == [f"pressed {count} times\nPress" for count in range(3)]

            opened = await loopback.slash(channel, ana, "try", "form")
            assert (await loopback.submit(opened, line="hello")).text == "said hello"


async def test_posts_are_edited_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            done = await loopback.slash(channel, ana, "try", "post")
            assert done.text == "history ['two']"
            assert loopback.messages(channel)[0].versions == ["one", "two"]
            assert [item.data for item in loopback.messages(channel)[0].attachments] == [b"x"]


async def test_what_was_pushed_while_away_is_replayed_on_resume(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            for times, leave in enumerate((loopback.gateway.ask_to_reconnect, loopback.gateway.drop), start=1):
                await leave()
                await loopback.until(lambda: not loopback.gateway.ready, "the connection to break")
                said = await loopback.slash(channel, ana, "try", "echo", text="while you were away")
                assert said.text == "while you were away"
                await loopback.until(lambda: "RESUMED" in bot.heard, "RESUMED")
                bot.heard.clear()
                assert (loopback.gateway.identified, loopback.gateway.resumed) == (1, times)


async def test_an_invalid_session_identifies_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            await loopback.gateway.invalidate()
            await loopback.until(lambda: loopback.gateway.identified == 2, "a new session")
            assert (await loopback.slash(channel, ana, "try", "echo", text="again")).text == "again"
            assert "RESUMED" not in bot.heard


@pytest.mark.slow
async def test_sessions_that_come_too_fast_are_refused_and_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands behind processes that know nothing of each other: Discord's op 9, and the library's next try."""
    async with LoopbackDiscord(shards=2, identify_every=2.0) as loopback:
        guilds = [loopback.add_guild(shard=shard) for shard in range(2)]
        monkeypatch.setattr(discord.http.Route, "BASE", loopback.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(loopback.gateway_url))
        bots = [Bot(shard_ids=[shard], shard_count=2) for shard in range(2)]
        tasks = [asyncio.create_task(bot.start(loopback.token)) for bot in bots]
        await loopback.until(lambda: all(bot.is_ready() for bot in bots), "both to be ready")
        assert len(loopback.gateway.hasty) == 1
        assert loopback.gateway.identified == 2
        limits = await bots[0].fetch_session_start_limits()
        assert (limits.max_concurrency, limits.remaining) == (1, 997)
        assert [[guild.id for guild in bot.guilds] for bot in bots] == [[guild.id] for guild in guilds]
        for bot in bots:
            await bot.close()
        await asyncio.wait(tasks)


async def test_a_429_is_waited_out_and_posts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            loopback.fault("POST", MESSAGES, 429, times=2, retry_after=0.01)
            loopback.fault("POST", "/interactions/{interaction_id}/{token}/callback", 429, retry_after=0.01)
            assert (await loopback.slash(channel, ana, "try", "post")).text == "history ['two']"
            assert [call.status for call in loopback.calls("POST", MESSAGES)] == [429, 429, 200]
            assert len(loopback.messages(channel)) == 1

            loopback.faults.limit("POST", MESSAGES, limit=2, per=0.2)
            target = bot.get_channel(channel.id)
            assert isinstance(target, discord.TextChannel)
            await asyncio.gather(*(target.send(f"burst {number}") for number in range(6)))
            assert len(loopback.messages(channel)) == 7
            # The library reads the headers and waits by itself instead of running into the wall each time.
            assert sum(call.status == 429 for call in loopback.calls("POST", MESSAGES)) <= 4


async def test_an_enforced_nonce_makes_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, _ = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            target = bot.get_channel(channel.id)
            assert isinstance(target, discord.TextChannel)
            loopback.fault("POST", MESSAGES, 0, after=True)
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await target.send("board", nonce=7)
            again = await target.send("board", nonce=7)
            assert [message.id for message in loopback.messages(channel)] == [again.id]
            await target.send("board", nonce=8)
            assert len(loopback.messages(channel)) == 2


async def test_permissions_are_told_and_enforced(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, _ = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            target = bot.get_channel(channel.id)
            assert isinstance(target, discord.TextChannel)
            assert target.permissions_for(target.guild.me).attach_files
            await loopback.overwrite(channel, deny=discord.Permissions(attach_files=True, send_messages=True))
            await loopback.until(lambda: not target.permissions_for(target.guild.me).attach_files, "the news")
            with pytest.raises(discord.Forbidden) as refused:
                await target.send("no")
            assert refused.value.code == 50013
            await loopback.delete_channel(channel)
            await loopback.until(lambda: bot.get_channel(channel.id) is None, "the news")
            with pytest.raises(discord.NotFound):
                await target.send("no")


async def test_limits_of_a_message_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, _ = furnished(loopback)
        async with running(loopback, monkeypatch) as bot:
            target = bot.get_channel(channel.id)
            assert isinstance(target, discord.TextChannel)
            missing = discord.ui.LayoutView()
            missing.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://nowhere.png")))
            for refused in ({"content": "x" * 2001}, {"content": ""}, {"view": missing}):
                with pytest.raises(discord.HTTPException) as error:
                    await target.send(**refused)
                assert error.value.status == 400
            assert not loopback.messages(channel)


async def test_a_late_or_second_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord(answer_within=-1.0) as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            asked = await loopback.slash(channel, ana, "try", "echo", text="late", wait=False)
            route = "/interactions/{interaction_id}/{token}/callback"
            await loopback.until(lambda: loopback.calls("POST", route), "the refused answer")
            assert loopback.calls("POST", route)[0].status == 404
            assert asked.answered is None


async def test_silence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, ana = furnished(loopback)
        async with running(loopback, monkeypatch):
            asked = await loopback.slash(channel, ana, "try", "deaf", wait=False)
            with pytest.raises(TimeoutError, match="an answer to deaf"):
                await loopback.until(lambda: asked.complete, "an answer to deaf", within=0.2)


async def test_a_wrong_token_is_a_login_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        monkeypatch.setattr(discord.http.Route, "BASE", loopback.api)
        async with Bot() as bot:
            with pytest.raises(discord.LoginFailure):
                await bot.login("wrong")


async def test_guilds_are_spread_over_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord(shards=2) as loopback:
        rooms = [loopback.add_channel(loopback.add_guild(f"G{shard}", shard=shard)) for shard in range(2)]
        people = [loopback.add_user(room.guild, "Ana") for room in rooms]
        async with running(loopback, monkeypatch) as bot:
            assert sorted(guild.shard_id for guild in bot.guilds) == [0, 1]
            for room, person in zip(rooms, people, strict=True):
                assert (await loopback.slash(room, person, "try", "echo", text=room.guild.name)).text == room.guild.name


async def test_an_answer_can_be_held_until_the_client_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackDiscord() as loopback:
        channel, _ = furnished(loopback)
        held = loopback.fault("POST", MESSAGES, 0, after=True, hold=True)
        async with running(loopback, monkeypatch) as bot:
            target = bot.get_channel(channel.id)
            assert isinstance(target, discord.TextChannel)
            sending = asyncio.create_task(target.send("never confirmed"))
            await loopback.until(lambda: held.met == 1, "the call")
            assert [message.text for message in loopback.messages(channel)] == ["never confirmed"]
            assert not sending.done()
            sending.cancel()
        await loopback.until(lambda: loopback.calls("POST", MESSAGES), "the end of the held call")
        assert loopback.calls("POST", MESSAGES)[0].status == 0
