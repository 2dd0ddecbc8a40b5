"""What the loopback Discord remembers: guilds, channels, members, messages, interactions, and who asked for what."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from discord import Permissions

Json: TypeAlias = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
"""Discord's epoch, from which snowflakes count."""

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

_serials = itertools.count()


def snowflake() -> int:
    """A new id: Discord's layout (milliseconds since its epoch, then a serial), so later ids are larger."""
    return ((int(time.time() * 1000) - EPOCH_MS) << 22) | (next(_serials) & 0x3FFFFF)


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Every component of a tree, parents first: rows, containers, sections with their accessory, labels."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        for key in ("accessory", "component"):
            if key in component:
                yield from walk([component[key]])


@dataclass(slots=True, eq=False)
class User:
    """A Discord account."""

    name: str
    bot: bool = False
    id: int = field(default_factory=snowflake)


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild; ``permissions`` come from a role of its own."""

    user: User
    permissions: Permissions
    role_id: int = field(default_factory=snowflake)


@dataclass(slots=True, eq=False)
class Guild:
    """A guild: @everyone has the guild's own id, as on Discord."""

    name: str
    owner: User
    everyone: Permissions
    id: int = field(default_factory=snowflake)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel. ``overwrites`` maps a user id to (allow, deny)."""

    guild: Guild
    name: str
    id: int = field(default_factory=snowflake)
    overwrites: dict[int, tuple[Permissions, Permissions]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)

    def permissions_of(self, user: User) -> Permissions:
        """What ``user`` may do here: @everyone, the member's role, then the channel's overwrites."""
        member = self.guild.members[user.id]
        base = self.guild.everyone | member.permissions
        if base.administrator or self.guild.owner is user:
            return Permissions.all()
        for holder in (self.guild.id, user.id):
            allow, deny = self.overwrites.get(holder, (Permissions.none(), Permissions.none()))
            base = Permissions((base.value & ~deny.value) | allow.value)
        return base


@dataclass(slots=True, eq=False)
class Attachment:
    """A file that came with a message."""

    filename: str
    data: bytes
    description: str | None
    id: int = field(default_factory=snowflake)


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says, as read from a request. None: the request did not name this part (an edit keeps it)."""

    content: str | None = None
    embeds: Sequence[Json] | None = None
    components: Sequence[Json] | None = None
    attachments: Sequence[Attachment] | None = None
    flags: int | None = None
    nonce: str | None = None
    enforce_nonce: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """A message with every version it ever had."""

    channel: Channel
    author: User
    content: str = ""
    embeds: Sequence[Json] = ()
    components: Sequence[Json] = ()
    attachments: Sequence[Attachment] = ()
    flags: int = 0
    nonce: str | None = None
    id: int = field(default_factory=snowflake)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited: datetime | None = None
    deleted: bool = False
    versions: list[str] = field(default_factory=list)
    """The text of every version, oldest first; the last one is :attr:`text`."""

    @property
    def text(self) -> str:
        """All that a reader sees as words: content, text displays, button labels, embeds."""
        parts = [self.content]
        for component in walk(self.components):
            parts.extend(str(component[key]) for key in ("content", "label") if component.get(key))
        for embed in self.embeds:
            parts.extend(str(embed[key]) for key in ("title", "description") if embed.get(key))
            for entry in embed.get("fields", ()):
                parts.extend((entry["name"], entry["value"]))
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> Mapping[str, Json]:
        """Buttons by custom id."""
        return {part["custom_id"]: part for part in walk(self.components) if part["type"] == 2 and "custom_id" in part}

    @property
    def ephemeral(self) -> bool:
        """Whether only the one who asked sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the application is thinking."""
        return bool(self.flags & LOADING)

    def apply(self, body: Body) -> None:
        """Take over what ``body`` names, keep the rest, and note the new version."""
        if body.content is not None:
            self.content = body.content
        if body.embeds is not None:
            self.embeds = body.embeds
        if body.components is not None:
            self.components = body.components
        if body.attachments is not None:
            self.attachments = body.attachments
        # Neither privacy nor the kind of a message can be edited away.
        self.flags = (self.flags & ~LOADING) | ((body.flags or 0) & COMPONENTS_V2)
        self.versions.append(self.text)


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction and all that the bot answered to it. Times are seconds of the monotonic clock."""

    kind: int
    name: str
    user: User
    channel: Channel
    source: Message | None = None
    id: int = field(default_factory=snowflake)
    token: str = ""
    pushed: float = field(default_factory=time.monotonic)
    answered: float | None = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: Sequence[Json] | None = None
    modal: Json | None = None

    def __post_init__(self) -> None:
        """Give it a token that can be found back."""
        self.token = f"interaction-{self.id}"

    @property
    def deferred(self) -> bool:
        """Whether the first answer was only a promise of one."""
        return self.callback in (5, 6)

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for the asker's eyes only."""
        return self.original is not None and self.original.ephemeral

    @property
    def complete(self) -> bool:
        """Whether the asker has something to read (or needs nothing more)."""
        if self.answered is None:
            return False
        return self.callback != 5 or bool(self.followups) or (self.original is not None and not self.original.loading)

    @property
    def text(self) -> str:
        """All the words of the answer and its follow-ups."""
        shown = [*([self.original] if self.original else []), *self.followups]
        return "\n".join(message.text for message in shown if not message.deleted)

    @property
    def files(self) -> Sequence[Attachment]:
        """The files of the answer and its follow-ups."""
        shown = [*([self.original] if self.original else []), *self.followups]
        return [item for message in shown for item in message.attachments]

    @property
    def first_answer_after(self) -> float:
        """Seconds until the first answer.

        Raises:
            ValueError: nothing was answered yet.
        """
        if self.answered is None:
            raise ValueError(f"/{self.name} has no answer yet")
        return self.answered - self.pushed


@dataclass(frozen=True, slots=True)
class Call:
    """One REST call. ``route`` is the template without ids; ``at`` is the monotonic clock; status 0: cut off."""

    at: float
    method: str
    route: str
    path: str
    status: int
    body: Json | None
    note: str = ""


@dataclass(slots=True)
class State:
    """Everything."""

    bot: User
    owner: User
    application_id: int = field(default_factory=snowflake)
    guilds: dict[int, Guild] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def channel(self, channel_id: int) -> Channel | None:
        """The channel with this id, if it exists."""
        found = (guild.channels.get(channel_id) for guild in self.guilds.values())
        return next((channel for channel in found if channel is not None), None)

    def by_token(self, token: str) -> Interaction | None:
        """The interaction that this token belongs to."""
        return self.interactions.get(int(token.rpartition("-")[2] or 0))
