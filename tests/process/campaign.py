"""A bot that is killed again and again while patrons move: nothing acknowledged is lost, nothing is doubled."""

import asyncio
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import discord

from data.replay import replay
from data.store import Store
from tests.loopback import BotProcess, Channel, LoopbackDiscord, Message
from tests.process.crowd import Crowd, ended

MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{token}/callback"
ANSWER = "/webhooks/{application_id}/{token}/messages/{message_id}"
UNHURRIED = 120.0
"""Seconds for a first answer: a busy machine must not decide what is found."""
_WAIT = 4.0
"""Seconds until a chosen moment that does not come is given up for any other."""
_STORED = """
    SELECT woods.channel_id, patrons.user_id,
           iif(json_extract(action, '$.to') IS NOT NULL AND json_extract(action, '$.kind') = 'rumor', 'whisper',
               json_extract(action, '$.kind')), count(*)
    FROM interventions JOIN woods ON woods.id = interventions.wood
    JOIN patrons ON patrons.wood = woods.id AND patrons.key = json_extract(action, '$.patron') GROUP BY 1, 2, 3
"""


@dataclass
class Findings:
    """What a campaign found; sound when both lists are empty."""

    kills: Counter[str] = field(default_factory=Counter)
    pressed: int = 0
    told: int = 0
    stored: int = 0
    turns: int = 0
    posts: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, nothing doubled, and every replay agrees."""
        return not (self.lost or self.doubled or self.differing)

    def __str__(self) -> str:
        """A few lines for people."""
        moments = ", ".join(f"{count} {moment}" for moment, count in sorted(self.kills.items()))
        return "\n".join(
            (
                f"{self.kills.total()} kills: {moments}",
                f"{self.pressed} presses, {self.told} moves acknowledged, {self.stored} stored",
                f"{self.turns} turns, {self.posts} posts",
                f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.differing)} replays that differ",
                *self.lost,
                *self.doubled,
                *self.differing,
            )
        )


class Campaign:
    """Woods of the quickest pace on one loopback Discord, and a bot that is killed."""

    def __init__(self, loopback: LoopbackDiscord, folder: Path, *, seed: int, woods: int = 1) -> None:
        self.loopback, self._folder = loopback, folder
        self._database = folder / "wood.sqlite"
        self._chance = random.Random(seed)
        guild = loopback.add_guild()
        self._keeper = loopback.add_user(guild, "Kay", discord.Permissions(manage_channels=True))
        self._channels = [loopback.add_channel(guild, f"clearing-{number}") for number in range(woods)]
        self._crowd = Crowd(loopback, seed)
        self.findings = Findings()
        self._moments: dict[str, Callable[[], Awaitable[object]]] = {
            "at any moment": lambda: asyncio.sleep(self._chance.uniform(0, 2)),
            "in a commit": self._commit,
            "with an answer out": lambda: self._held("POST", CALLBACK, after=True),
            "before an answer": lambda: self._held("POST", CALLBACK),
            "with a deed's answer out": lambda: self._held("PATCH", ANSWER, after=True),
            "before a deed's answer": lambda: self._held("PATCH", ANSWER),
            "in a post": lambda: self._held("POST", MESSAGES, after=True),
            "in a board's edit": lambda: self._held("PATCH", MESSAGES + "/{message_id}", after=True),
        }

    async def run(self, kills: int, said: Callable[[str], object] = lambda line: None) -> Findings:
        """Found the woods, kill the bot so often, then let it come to rest and look at everything.

        Args:
            kills: how often.
            said: is told of every kill.
        """
        async with self._bot() as bot:
            await bot.ready()
            for channel in self._channels:
                await self.loopback.slash(
                    channel, self._keeper, "keeper", "found", pace="10s", seed=self._chance.randrange(99), zone="UTC"
                )
            assert await bot.stop() == 0, bot.log[-3000:]
        moments = ["while it starts", *self._moments]
        for number in range(kills):
            moment = moments[number % len(moments)] if number < len(moments) else self._chance.choice(moments)
            await self._round(moment)
            self._look()
            self.findings.kills[moment] += 1
            said(f"{number + 1}: killed {moment}; {len(self._crowd.deeds)} deeds")
        await self._rest()
        self._look()
        self._look_at_posts()
        await self._replay()
        return self.findings

    def _bot(self) -> BotProcess:
        settings = {"TTW_TOKEN": self.loopback.token, "TTW_DATABASE": str(self._database)}
        return BotProcess(self.loopback, self._folder, settings=settings)

    async def _round(self, moment: str) -> None:
        """One life of the bot, with patrons who move until it is killed."""
        async with self._bot() as bot:
            patrons: list[asyncio.Task[None]] = []
            if moment in self._moments:
                await bot.ready()
                patrons = [asyncio.create_task(self._crowd.newcomer(where)) for where in self._channels]
                again = self._crowd.unanswered(2)
                patrons += [asyncio.create_task(self._crowd.impatient(deed)) for deed in again]
                await asyncio.sleep(self._chance.uniform(0, 3))
                await self._moments[moment]()
            else:
                await asyncio.sleep(self._chance.uniform(0.2, 3))
            await bot.kill()
            await ended(patrons)
            await self.loopback.until(lambda: not bot.children_left, "what the dead process started to end")
        await self.loopback.until(lambda: not self.loopback.gateway.ready, "the gateway to notice")
        self.loopback.faults.clear()

    async def _held(self, method: str, route: str, *, after: bool = False) -> None:
        """Until a call of a route is under way, carried out or not, and its answer kept back."""
        fault = self.loopback.fault(method, route, 0, after=after, hold=True)
        try:
            await self.loopback.until(lambda: fault.met, "a call", within=_WAIT)
        except TimeoutError:
            fault.times = 0

    async def _commit(self) -> None:
        """Until something is being written."""
        log = self._database.with_name(self._database.name + "-wal")
        ends = asyncio.get_running_loop().time() + _WAIT
        was = log.stat().st_mtime_ns if log.exists() else 0
        while asyncio.get_running_loop().time() < ends:
            if log.exists() and log.stat().st_mtime_ns != was:
                return
            await asyncio.sleep(0.001)

    async def _rest(self) -> None:
        """Let it run undisturbed until it owes nothing, and stop it in good order."""
        async with self._bot() as bot:
            await bot.ready()
            for deed in self._crowd.unanswered(5):
                await self._crowd.impatient(deed)
            taken = self._turns()
            await self.loopback.until(lambda: self._turns() >= taken + len(self._channels), "turns to go on")
            for channel in self._channels:
                await self.loopback.slash(channel, self._keeper, "keeper", "pause")
            await self.loopback.until(lambda: not self._owed(), "all posts to be delivered")
            assert await bot.stop() == 0, bot.log[-3000:]
            assert "Traceback" not in bot.log, bot.log[-3000:]
        await self.loopback.until(lambda: not self.loopback.gateway.ready, "the goodbye at the gateway")

    def _look(self) -> None:
        """Compare what patrons were told with what is stored."""
        with self._copy() as file:
            stored = {(channel, user, kind): count for channel, user, kind, count in file.execute(_STORED)}
            (gaps,) = file.execute(
                "SELECT count(*) FROM woods WHERE turn <> (SELECT count(*) FROM turns WHERE wood = woods.id)"
            ).fetchone()
        found = self.findings
        found.lost += ["a wood's turns have gaps"] * gaps
        for deed in self._crowd.deeds:
            count = stored.pop((deed.where.id, deed.who.id, deed.kind), 0)
            name = f"{deed.kind} of {deed.who.name} in {deed.where.name}: told {deed.told}, stored {count}"
            if count < deed.told and name not in found.lost:
                found.lost.append(name)
            if count > deed.most and name not in found.doubled:
                found.doubled.append(name)
        found.doubled += [f"nobody pressed {key}" for key in stored if f"nobody pressed {key}" not in found.doubled]
        found.pressed = sum(len(deed.asked) for deed in self._crowd.deeds)
        found.told = sum(deed.told for deed in self._crowd.deeds)
        found.turns = self._turns()
        with self._copy() as file:
            (found.stored,) = file.execute("SELECT count(*) FROM interventions").fetchone()

    def _look_at_posts(self) -> None:
        """Compare what lies in the channels with what the store says of it."""
        with self._copy() as file:
            for channel in self._channels:
                wood, board, turn = file.execute(
                    "SELECT id, board_message_id, turn FROM woods WHERE channel_id = ?", (channel.id,)
                ).fetchone()
                posts = "SELECT message_id FROM posts WHERE wood = ? AND kind IN ('report', 'extra', 'year')"
                known = {row[0] for row in file.execute(posts + " AND state = 'delivered'", (wood,))} | {board}
                there = {message.id for message in self.loopback.messages(channel)}
                self.findings.posts += len(there)
                self.findings.lost += [f"the post {each} of {channel.name}" for each in known - there]
                self.findings.doubled += [f"the post {each} of {channel.name}" for each in there - known]
                shown = self._boards(channel)[-1].text if self._boards(channel) else ""
                if len(self._boards(channel)) != 1 or f"turn {turn}" not in shown:
                    self.findings.lost.append(f"the board of {channel.name} at turn {turn}: {shown[:200]!r}")

    def _boards(self, channel: Channel) -> list[Message]:
        return [message for message in self.loopback.messages(channel) if "ttw:rumor" in message.buttons]

    async def _replay(self) -> None:
        async with await Store.open(self._database) as store:
            for wood in await store.woods.all():
                verdict = await asyncio.to_thread(replay, await store.journal.log(wood.id))
                if not verdict.agrees or verdict.turns != wood.turn:
                    self.findings.differing.append(f"wood {wood.id}: {verdict}")

    def _turns(self) -> int:
        with self._copy() as file:
            return int(file.execute("SELECT coalesce(sum(turn), 0) FROM woods").fetchone()[0])

    def _owed(self) -> int:
        with self._copy() as file:
            return int(file.execute("SELECT count(*) FROM posts WHERE state IN ('owed', 'sending')").fetchone()[0])

    @contextmanager
    def _copy(self) -> Iterator[sqlite3.Connection]:
        """The database as it lies there: of a copy, since whoever closes the file itself tidies up after the kill."""
        with tempfile.TemporaryDirectory() as folder:
            for end in ("", "-wal"):
                source = self._database.with_name(self._database.name + end)
                if source.exists():
                    shutil.copy(source, Path(folder) / source.name)
            with closing(sqlite3.connect(Path(folder) / self._database.name)) as file:
                yield file
