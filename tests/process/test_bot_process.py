"""The whole bot as a process against a loopback Discord: it starts, plays, is ended, and goes on where it was."""

import re
from pathlib import Path

import discord
import pytest

from bot.cli.exits import Exit
from bot.keeping.days import FIRST_REPORT
from tests.loopback import BotProcess, Channel, LoopbackDiscord, Message, User

pytestmark = [pytest.mark.process, pytest.mark.slow]

MESSAGES = "/channels/{channel_id}/messages"
COMMANDS = "/applications/{application_id}/commands"
TURN = re.compile(r"turn (\d+)")
PNG = b"\x89PNG\r\n\x1a\n"

UNHURRIED = 60.0
"""Seconds for a first answer: a busy machine must not decide these tests."""


class Stage:
    """A loopback Discord with one channel, a keeper and a player, and the bot's files in a folder."""

    def __init__(self, loopback: LoopbackDiscord, folder: Path) -> None:
        self.loopback, self.folder = loopback, folder
        guild = loopback.add_guild()
        self.channel: Channel = loopback.add_channel(guild)
        self.keeper: User = loopback.add_user(guild, "Kay", discord.Permissions(manage_channels=True))
        self.player: User = loopback.add_user(guild, "Ana")

    def bot(self) -> BotProcess:
        settings = {"TTW_TOKEN": self.loopback.token, "TTW_DATABASE": str(self.folder / "wood.sqlite")}
        return BotProcess(self.loopback, self.folder, settings=settings)

    async def found(self) -> None:
        """Found a wood at the quickest pace; its one board appears."""
        founded = await self.loopback.slash(
            self.channel, self.keeper, "keeper", "found", pace="10s", seed=7, zone="UTC"
        )
        assert founded.ephemeral
        assert "founded" in founded.text
        await self.loopback.until(lambda: self.boards, "the board")

    @property
    def boards(self) -> list[Message]:
        return [message for message in self.loopback.messages(self.channel) if "ttw:rumor" in message.buttons]

    @property
    def turn(self) -> int:
        """The number on the board."""
        found = TURN.search(self.boards[-1].text) if self.boards else None
        return int(found[1]) if found else 0

    async def reaches(self, turn: int) -> None:
        await self.loopback.until(lambda: self.turn >= turn, f"turn {turn} on the board")

    def turns_shown(self) -> list[int]:
        """The turn numbers that the board ever showed, each repetition dropped."""
        shown = [int(found[1]) for text in self.boards[-1].versions if (found := TURN.search(text))]
        return [number for place, number in enumerate(shown) if place == 0 or number != shown[place - 1]]


async def test_the_bot_starts_plays_ends_and_goes_on(tmp_path: Path) -> None:
    async with LoopbackDiscord(answer_within=UNHURRIED) as loopback:
        stage = Stage(loopback, tmp_path)
        async with stage.bot() as bot:
            await bot.ready()
            names = {command["name"] for command in loopback.state.commands}
            assert names == {"wood", "rumor", "legend", "market", "patron", "keeper"}
            assert len(loopback.calls("PUT", COMMANDS)) == 1

            await stage.found()
            joined = await loopback.slash(stage.channel, stage.player, "patron", "join")
            assert joined.ephemeral
            await stage.reaches(1)

            chart = await loopback.slash(stage.channel, stage.player, "market", "chart", good="firewood")
            assert chart.deferred
            assert [item.data[:8] for item in chart.files] == [PNG]
            assert all(item.description for item in chart.files)

            board, reached = stage.boards[0], stage.turn
            assert await bot.stop() == 0, bot.log[-3000:]
            await loopback.until(lambda: not bot.children_left, "its children to end", within=30)
        await loopback.until(lambda: not loopback.gateway.sessions, "the goodbye at the gateway")

        # Discord asks to be slower, and then to come back elsewhere; neither shows in the channel.
        loopback.fault("PATCH", MESSAGES + "/{message_id}", 429, retry_after=0.1)
        # It was started too often today: one start more would cost it the token.
        loopback.gateway.spent = 1000
        async with stage.bot() as bot:
            await loopback.until(lambda: "starts of a session" in bot.log, "the bot to wait")
            assert loopback.gateway.identified == 1
            loopback.gateway.spent = 0
            await bot.ready()
            # The command tree is the same, so nothing is registered again.
            assert len(loopback.calls("PUT", COMMANDS)) == 1
            await loopback.gateway.ask_to_reconnect()
            await loopback.until(lambda: loopback.gateway.resumed, "the bot to come back")
            await stage.reaches(reached + 1)

            # The same wood, one board with its turns in order: the same message, if it is not under the first report.
            await loopback.until(lambda: len(stage.boards) == 1, "one board")
            board = board if stage.turn < FIRST_REPORT else stage.boards[0]
            assert stage.boards == [board]
            assert stage.turns_shown() == sorted(set(stage.turns_shown()))
            purse = await loopback.slash(stage.channel, stage.player, "patron", "purse")
            assert "100" in purse.text
            # A button of the board that was posted by the process before.
            trusted = await loopback.click(board, stage.player, "ttw:trust")
            assert trusted.ephemeral
            assert "❤️" in trusted.text
            assert len(loopback.messages(stage.channel)) == len(stage.boards) + (stage.turn >= FIRST_REPORT)
            assert await bot.stop() == 0, bot.log[-3000:]

        assert not loopback.unknown
        assert [call.status for call in loopback.calls() if call.status >= 400] == [429]
        assert (loopback.gateway.identified, loopback.gateway.resumed) == (2, 1)
        assert loopback.token not in bot.log
        assert "Traceback" not in bot.log, bot.log[-3000:]


async def test_killed_between_a_post_and_its_receipt_it_posts_once(tmp_path: Path) -> None:
    # Discord has forgotten the nonce by the time the bot is back: only the channel itself can tell.
    async with LoopbackDiscord(answer_within=UNHURRIED, nonce_memory=0.0) as loopback:
        stage = Stage(loopback, tmp_path)
        held = loopback.fault("POST", MESSAGES, 0, after=True, hold=True)
        async with stage.bot() as bot:
            await bot.ready()
            await stage.found()
            await loopback.until(lambda: held.met == 1, "the board's post")
            await bot.kill()
            await loopback.until(lambda: not bot.children_left, "what the dead process started to end", within=30)
        async with stage.bot() as bot:
            await bot.ready()
            await stage.reaches(1)
            assert len(stage.boards) == 1
            assert await bot.stop() == 0, bot.log[-3000:]


async def test_a_token_that_discord_refuses_is_explained_and_not_told(tmp_path: Path) -> None:
    async with LoopbackDiscord() as loopback:
        wrong = "not.the-token.that-opens-it"
        settings = {"TTW_TOKEN": wrong, "TTW_DATABASE": str(tmp_path / "wood.sqlite")}
        async with BotProcess(loopback, tmp_path, settings=settings) as bot:
            assert await bot.ended() == Exit.TOKEN
            assert "Discord does not take the token" in bot.log
            assert wrong not in bot.log
            assert "Traceback" not in bot.log
        assert [(call.path, call.status) for call in loopback.calls()] == [("/users/@me", 401)]
