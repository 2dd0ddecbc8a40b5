"""The herald's way to Discord: sends, edits and finds messages over HTTP, and says what Discord refused."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import aiohttp
import discord
from discord import ui

from bot.delivery import DeliveryError, MessageGoneError, MessageOldError, UntellableError
from bot.telling.notice import Notice

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
TOO_OLD: Final = 30046
"""Discord's code for a message that was edited too often for its age."""
ARCHIVED: Final = 50083
LOCKED: Final = 160005
"""Discord's codes for a thread that is archived, and for one that is locked."""
LOOK_BACK: Final = 1_000
"""Messages of a channel's history that are searched for a post that may have arrived, the last ones first. That costs
ten calls where there are so many, but is asked for after a crash or a lost answer only, and trusts no clock."""
LOOK_ON: Final = 200
"""Where it is not among them: the messages since it was sent that are searched, the first ones first."""
_SLACK: Final = timedelta(minutes=10)
"""By how much this machine's clock may be ahead of Discord's then."""
FIRST_REST: Final = 60.0
"""Seconds without a call after Discord has refused one for there being too many: more of them get a bot banned."""
_MARKERS: Final = 2**31 - 1
_SENDING: Final = Notice("problem-sending")
_SENDING_THREAD: Final = Notice("problem-sending-thread")
_ARCHIVED: Final = Notice("problem-archived")
_LOCKED: Final = Notice("problem-locked")
_HISTORY: Final = Notice("problem-history")
_PIN: Final = Notice("problem-pin")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready to send once: a layout and the files it shows."""

    view: ui.LayoutView
    files: Sequence[discord.File] = ()


async def _send(
    channel: discord.abc.Messageable,
    content: Drawn,
    nonce: str,
    allowed: discord.AllowedMentions,
    lacking: Notice = _SENDING,
) -> int:
    content.view.children[0].id = marker(nonce)
    with _explaining(sending=True, lacking=lacking):
        message = await channel.send(
            view=content.view, files=list(content.files), nonce=nonce, allowed_mentions=allowed
        )
    return message.id


def marker(nonce: str) -> int:
    """The component id that a message carries in place of its nonce, which Discord does not keep: 31 bits of it."""
    return int(nonce[:12], 16) % _MARKERS + 1


class DiscordPort:
    """Messages of channels through a discord.py client. Needs no cache: everything goes by id."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def send(self, channel_id: int, content: Drawn, nonce: str) -> int:
        """Send a message that can be found again by its nonce."""
        channel = self._client.get_partial_messageable(channel_id)
        return await _send(channel, content, nonce, discord.AllowedMentions.none(), self._lacking(channel_id))

    async def ping(self, channel_id: int, user_id: int, content: Drawn, nonce: str) -> int:
        """Send a message that may mention one user."""
        allowed = discord.AllowedMentions(
            everyone=False, roles=False, replied_user=False, users=[discord.Object(user_id)]
        )
        channel = self._client.get_partial_messageable(channel_id)
        return await _send(channel, content, nonce, allowed, self._lacking(channel_id))

    async def tell(self, user_id: int, content: Drawn, nonce: str) -> int:
        """Send a direct message."""
        try:
            with _explaining(sending=False):
                channel = await self._client.create_dm(discord.Object(user_id))
            return await _send(channel, content, nonce, discord.AllowedMentions.none())
        except DeliveryError as error:
            # Whoever takes no messages, has left every server in common or is no user any more is not told again.
            if isinstance(error.__cause__, discord.Forbidden | discord.NotFound):
                raise UntellableError(error.problem) from error
            raise

    async def edit(self, channel_id: int, message_id: int, content: Drawn) -> None:
        """Change a message in place; wakes the thread that it is in, should that be archived."""
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)

        async def change() -> None:
            await message.edit(
                view=content.view,
                attachments=list(content.files),
                allowed_mentions=discord.AllowedMentions.none(),
            )

        with _explaining(sending=False, lacking=self._lacking(channel_id)):
            try:
                await change()
            except discord.HTTPException as error:
                if error.code != ARCHIVED:
                    raise
                await self._wake(channel_id)
                for file in content.files:
                    file.reset()
                await change()

    async def _wake(self, channel_id: int) -> None:
        """Take a thread out of the archive, as anybody who writes in it does; editing a message there does not.

        Raises:
            DeliveryError: it is locked, or must not be woken.
        """
        thread = await self._client.fetch_channel(channel_id)
        if isinstance(thread, discord.Thread):
            if thread.locked:
                raise DeliveryError(_LOCKED)
            try:
                await thread.edit(archived=False)
            except discord.Forbidden as error:
                raise DeliveryError(_ARCHIVED) from error

    def _lacking(self, channel_id: int) -> Notice:
        """What is said where a permission to write is missing: in a thread it is another one."""
        return _SENDING_THREAD if isinstance(self._client.get_channel(channel_id), discord.Thread) else _SENDING

    async def remove(self, channel_id: int, message_id: int) -> None:
        """Take an own message away."""
        with _explaining(sending=False):
            await self._client.get_partial_messageable(channel_id).get_partial_message(message_id).delete()

    async def pin(self, channel_id: int, message_id: int, *, pinned: bool) -> None:
        """Pin an own message, or unpin it."""
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        with _explaining(sending=False, lacking=_PIN):
            await (message.pin() if pinned else message.unpin())

    async def count_after(self, channel_id: int, message_id: int, most: int) -> int:
        """Count the messages that came after one, up to ``most``, which is at most 100."""
        with _explaining(sending=False, lacking=_HISTORY):
            history = self._client.get_partial_messageable(channel_id).history(
                limit=most, after=discord.Object(message_id)
            )
            return sum([1 async for _ in history])

    async def find(self, channel_id: int, nonce: str, since: datetime | None = None) -> int | None:
        """Look for the own message that was sent with a nonce, not before ``since``."""
        channel = self._client.get_partial_messageable(channel_id)
        seen, oldest = 0, None
        with _explaining(sending=False, looking=True, lacking=_HISTORY):
            async for message in channel.history(limit=LOOK_BACK):
                if self._is_own(message, nonce):
                    return message.id
                seen, oldest = seen + 1, message.created_at
            if not seen and await self._blind(channel_id):
                raise DeliveryError(_HISTORY, uncertain=True)
            first = None if since is None else since - _SLACK
            if first is not None and oldest is not None and seen == LOOK_BACK and oldest > first:
                async for message in channel.history(limit=LOOK_ON, after=first, oldest_first=True):
                    if self._is_own(message, nonce):
                        return message.id
        return None

    def _is_own(self, message: discord.Message, nonce: str) -> bool:
        me = self._client.user
        mine = me is None or message.author.id == me.id
        return mine and (str(message.nonce) == nonce or any(_ids(message.components, marker(nonce))))

    async def _blind(self, channel_id: int) -> bool:
        """Whether an empty history may only look so: without the permission, Discord answers with no messages."""
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return False
        me: discord.Member | None = channel.guild.me  # typed as always there, but a guild may not have come yet
        if me is not None:
            return not channel.permissions_for(me).read_message_history
        return getattr(channel, "last_message_id", None) is not None


def _ids(components: Sequence[Any], wanted: int) -> Iterator[bool]:
    for component in components:
        yield getattr(component, "id", None) == wanted


@contextmanager
def _explaining(*, sending: bool, looking: bool = False, lacking: Notice = _SENDING) -> Iterator[None]:
    """Say for the wood's keeper what Discord answered.

    Only a message that was being sent and that Discord may have taken leaves it uncertain; a search that failed leaves
    it as uncertain as it was. ``lacking`` is said where a permission is missing.
    """
    try:
        yield
    except discord.Forbidden as error:
        raise DeliveryError(_LOCKED if error.code == LOCKED else lacking, uncertain=looking) from error
    except discord.NotFound as error:
        if error.code == UNKNOWN_MESSAGE:
            raise MessageGoneError(Notice("problem-message")) from error
        raise DeliveryError(Notice("problem-channel"), uncertain=looking, gone=error.code == UNKNOWN_CHANNEL) from error
    except discord.RateLimited as error:
        raise DeliveryError(Notice("problem-slower"), uncertain=looking, retry_after=error.retry_after) from error
    except discord.DiscordServerError as error:
        raise DeliveryError(Notice("problem-trouble"), uncertain=sending or looking) from error
    except discord.HTTPException as error:
        if error.code == TOO_OLD:
            raise MessageOldError(Notice("problem-slower")) from error
        if error.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise DeliveryError(Notice("problem-slower"), uncertain=looking, retry_after=_asked(error)) from error
        if error.code in {ARCHIVED, LOCKED}:
            raise DeliveryError(_ARCHIVED if error.code == ARCHIVED else _LOCKED, uncertain=looking) from error
        raise DeliveryError(Notice("problem-code", {"code": error.code}), uncertain=looking) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise DeliveryError(Notice("problem-unreachable"), uncertain=True) from error


def _asked(error: discord.HTTPException) -> float:
    """Seconds that a refusal asks to wait; those before a door that lets nobody through are many."""
    headers: Any = getattr(error.response, "headers", {})
    try:
        return max(FIRST_REST, float(headers.get("Retry-After", FIRST_REST)))
    except ValueError:
        return FIRST_REST
