"""How a connection to Discord may end, in words for the host that say what to do; none of them holds the token."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import aiohttp
import discord


class Cause(StrEnum):
    """What ended the bot, for its exit code."""

    TOKEN = "token"  # noqa: S105 - no secret, but which kind of end it is
    DISCORD = "discord"
    REFUSED = "refused"
    SHARDS = "shards"
    GONE = "gone"
    UNUSABLE = "unusable"
    USAGE = "usage"


class RunError(Exception):
    """The bot cannot run, or not any more; the message says what to do, and never holds the token.

    Attributes:
        cause: which kind of end it is.
    """

    def __init__(self, message: str, cause: Cause = Cause.UNUSABLE) -> None:
        super().__init__(message)
        self.cause = cause


_TOKEN: Final = "Discord does not take the token. Copy it again from the Developer Portal (Bot, Reset Token)."  # noqa: S105
_AWAY: Final = "Discord cannot be reached. Check this machine's network, then start again."
_INTENTS: Final = (
    "Discord does not grant the events that this bot asks for (code {code}). It needs no privileged intent: install "
    "the program anew if it was changed, and see that the application is not restricted in the Developer Portal (Bot)."
)
_SHARDS: Final = (
    "Discord does not take these shards (code {code}): the bot is on too many servers for their number, or a number is "
    "out of range. Leave the choice of shards to Discord, or start every process with a larger number of shards."
)
_ENDED: Final = "Discord closed the connection (code {code}). Start again."
_VERSION: Final = (
    "Discord no longer speaks the version of its gateway that this program speaks. Install a newer version of it."
)
_CLOSED: Final[Mapping[int, tuple[Cause, str]]] = {
    4004: (Cause.TOKEN, _TOKEN),
    4010: (Cause.SHARDS, _SHARDS),
    4011: (Cause.SHARDS, _SHARDS),
    4012: (Cause.UNUSABLE, _VERSION),
    4013: (Cause.REFUSED, _INTENTS),
    4014: (Cause.REFUSED, _INTENTS),
}
"""The codes with which Discord's gateway closes a connection for good."""


def ending(error: BaseException) -> RunError | None:
    """What ended a connection, in words; None for a fault of the program."""
    match error:
        case discord.LoginFailure():
            return RunError(_TOKEN, Cause.TOKEN)
        case discord.PrivilegedIntentsRequired():
            return RunError(_INTENTS.format(code=4014), Cause.REFUSED)
        case discord.ConnectionClosed(code=code):
            cause, words = _CLOSED.get(code, (Cause.DISCORD, _ENDED))
            return RunError(words.format(code=code), cause)
        case discord.DiscordServerError(status=status):
            return RunError(
                f"Discord has trouble of its own (status {status}). Nothing is wrong here: start again later.",
                Cause.DISCORD,
            )
        case discord.RateLimited() | discord.HTTPException(status=429):
            return RunError(
                "Discord asks this machine to wait: too many requests came from its address. Start again in an hour, "
                "and see whether another program on it talks to Discord.",
                Cause.DISCORD,
            )
        case discord.HTTPException(status=status, code=code):
            return RunError(
                f"Discord refused what the bot needs at its start (status {status}, code {code}). See that the "
                "application still exists in the Developer Portal, and start again.",
                Cause.REFUSED,
            )
        case aiohttp.ClientError() | discord.GatewayNotFound() | TimeoutError() | ConnectionError():
            return RunError(_AWAY, Cause.DISCORD)
    return None
