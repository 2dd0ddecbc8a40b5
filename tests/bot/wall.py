"""A channel that fails in every way a channel can, and a wood that owes it posts."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.delivery import DeliveryError, MessageGoneError, UntellableError
from bot.herald import Herald
from bot.keeper import Keeper
from bot.telling.cards import BoardCard, NoticeCard, ReportCard, WoodCard
from bot.telling.extra import ExtraCard
from bot.telling.notice import Notice
from bot.telling.nudges import NudgeCard
from bot.telling.tidings import TidingsCard
from bot.telling.year import YearCard
from data.rows import PostKind, PostState
from data.store import Store
from tests.bot.kept import Hands


class Killed(BaseException):
    """The process dies at this point."""


@dataclass
class Wall:
    """A channel's messages, with the faults to come: each is raised once, before or after the message arrives."""

    messages: dict[int, str] = field(default_factory=dict)
    nonces: dict[int, str] = field(default_factory=dict)
    before: list[BaseException] = field(default_factory=list)
    after: list[BaseException] = field(default_factory=list)
    channels: list[int] = field(default_factory=list)
    looked: int = 0
    sought: list[datetime | None] = field(default_factory=list)
    edits: int = 0
    chatter: int = 0
    pinned: list[int] = field(default_factory=list)
    unpinnable: bool = False
    silent: bool = False
    hold: asyncio.Event | None = None
    hold_edits: asyncio.Event | None = None
    held: asyncio.Event = field(default_factory=asyncio.Event)

    async def _fail(self, faults: list[BaseException]) -> None:
        await asyncio.sleep(0)
        if faults:
            raise faults.pop(0)

    async def send(self, channel_id: int, content: str, nonce: str) -> int:
        if self.hold is not None:
            self.held.set()
            await self.hold.wait()
        await self._fail(self.before)
        message_id = 100 + len(self.nonces)
        self.messages[message_id], self.nonces[message_id] = content, nonce
        self.channels.append(channel_id)
        await self._fail(self.after)
        return message_id

    async def ping(self, channel_id: int, user_id: int, content: str, nonce: str) -> int:
        return await self.send(channel_id, f"{user_id}: {content}", nonce)

    async def tell(self, user_id: int, content: str, nonce: str) -> int:
        if self.silent:
            raise UntellableError(Notice("problem-sending"))
        return await self.send(user_id, content, nonce)

    async def edit(self, channel_id: int, message_id: int, content: str) -> None:
        if self.hold_edits is not None:
            self.held.set()
            await self.hold_edits.wait()
        await self._fail(self.before)
        if message_id not in self.messages:
            raise MessageGoneError(Notice("problem-message"))
        self.edits += 1
        self.messages[message_id] = content
        await self._fail(self.after)

    async def count_after(self, channel_id: int, message_id: int, most: int) -> int:
        later = sum(number > message_id for number in self.messages)
        return min(most, later + self.chatter)

    async def remove(self, channel_id: int, message_id: int) -> None:
        await self._fail(self.before)
        if self.messages.pop(message_id, None) is None:
            raise MessageGoneError(Notice("problem-message"))
        await self._fail(self.after)

    async def pin(self, channel_id: int, message_id: int, *, pinned: bool) -> None:
        if self.unpinnable:
            raise DeliveryError(Notice("problem-pin"))
        if message_id not in self.messages:
            raise MessageGoneError(Notice("problem-message"))
        self.pinned = [number for number in self.pinned if number != message_id] + [message_id] * pinned

    async def find(self, channel_id: int, nonce: str, since: datetime | None) -> int | None:
        self.looked += 1
        self.sought.append(since)
        await self._fail(self.before)
        return next(
            (number for number, known in self.nonces.items() if known == nonce and number in self.messages), None
        )


class Words:
    """Prints cards as plain words."""

    def __init__(self) -> None:
        self.faults: list[Exception] = []

    async def board(self, card: BoardCard) -> str:
        if self.faults:
            raise self.faults.pop()
        return f"board after turn {card.world.turn} with {','.join(card.names.values())}"

    async def razed(self, card: WoodCard, language: str) -> str:
        return "razed"

    async def report(self, card: ReportCard) -> str:
        return f"report of {card.day}"

    async def strike(self, card: ExtraCard) -> str:
        return f"extra on {card.strike.legend.slug} in turn {card.turn.number}"

    async def notice(self, card: NoticeCard) -> str:
        return f"notice of {card.card.receipt.text}"

    async def tidings(self, card: TidingsCard) -> str:
        return f"tidings of {', '.join(event.kind for event in card.events)}"

    async def nudge(self, card: NudgeCard) -> str:
        return f"nudge of {', '.join(item.kind for item in card.items)}"

    async def year(self, card: YearCard) -> str:
        return f"year {card.year}"


@dataclass
class Scene:
    keeper: Keeper
    store: Store
    wall: Wall
    words: Words
    now: Hands

    def herald(self) -> Herald[str]:
        """A herald, as a process that starts has one."""
        return Herald(self.store, self.keeper, self.wall, self.words, now=self.now)

    async def post(self, kind: PostKind = PostKind.BOARD) -> tuple[PostState, str]:
        post = [post for post in await self.store.posts.of_wood(1) if post.kind is kind][-1]
        return post.state, post.problem

    async def crash(self, herald: Herald[str]) -> None:
        """Let a herald die in the middle of its errand."""
        with pytest.raises(Killed):
            await herald.drain()
