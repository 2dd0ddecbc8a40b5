"""The one handler of everything that goes wrong between a player and the wood."""

import logging
import math
import secrets
import time
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
import discord
from discord import app_commands, ui

from bot import measures
from bot.answers import ACKNOWLEDGED, TROUBLE, Answer, Interaction, words_of
from bot.bursts import NUMBERED
from bot.gate import Verdict, Why
from bot.refusals import KeeperCode, KeeperError, outdated
from bot.telling.catalog import Words
from bot.telling.notice import refused
from bot.telling.permissions import permissions
from bot.telling.taming import escape
from bot.views.base import ALARM, QUOTE, WARNING, StatelessButton, note, typed
from bot.views.keeper import RestoreButton
from bot.views.patron import JoinButton
from data.errors import StoreOutdatedError
from wood.refusal import Refusal, RefusalCode

log = logging.getLogger(__name__)

_TOO_LATE: Final = frozenset({10062, 10015, ACKNOWLEDGED})
"""Discord's codes for an interaction that is unknown, whose token is spent, or that was answered already."""

NEEDED: Final = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
"""What the bot needs in a channel to keep a wood there."""
_IN_THREADS: Final = {"send_messages": "send_messages_in_threads"}


def missing(allowed: discord.Permissions, *, thread: bool = False) -> list[str]:
    """Name, as Discord's protocol does, what the bot lacks of :data:`NEEDED`, in a thread of what it needs there."""
    needed = [_IN_THREADS.get(name, name) for name in NEEDED] if thread else NEEDED
    return [name for name in needed if not getattr(allowed, name)]


def lacking(names: Sequence[str]) -> KeeperError:
    """What is said where the bot lacks permissions in a channel, named as Discord's protocol does."""
    return KeeperError(KeeperCode.PERMISSIONS, names=", ".join(names), count=len(names))


class Tree(app_commands.CommandTree[discord.Client]):
    """The command tree, with the words for every error of commands, buttons and forms."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Say no where the bot came along with a user and is no member of the server."""
        if interaction.is_user_integration() and not interaction.is_guild_integration():
            await self.refuse(interaction, KeeperError(KeeperCode.NO_MEMBER))
            return False
        return await interaction.client.admit(interaction)

    async def turn_away(self, interaction: Interaction, verdict: Verdict) -> None:
        """Say why an interaction is not worked on, and give back what was typed into a form; never fails.

        Nothing is said of one that was delivered before: it is being answered already.
        """
        if verdict.why is Why.TWICE:
            log.info("%s was delivered twice; it is worked on once", named(interaction))
            return
        words = words_of(interaction)
        measures.refusal(verdict.why.name.lower())
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await interaction.response.autocomplete([])
            elif verdict.why is Why.ELSEWHERE:
                await self.refuse(interaction, KeeperError(KeeperCode.NO_WOOD))
            else:
                again = math.ceil(time.time() + verdict.again)
                said = words("error-often", whose=verdict.whose, when=f"<t:{again}:R>")
                lines = [f"{QUOTE}{escape(line)}" for line in typed(interaction)]
                await _sorry(interaction, "\n".join([said, *lines]), colour=WARNING)
        except (discord.HTTPException, *TROUBLE) as late:
            log.warning("Could not tell a player to wait: %s", late)

    async def refuse(self, interaction: Interaction, refusal: Refusal) -> None:
        """Say what the rules refuse, with a way on where there is one."""
        measures.refusal(refusal.code)
        said = refused(refusal).say(words_of(interaction))
        await _sorry(interaction, said, *_ways_on(interaction, refusal), colour=WARNING)

    async def lost(self, interaction: Interaction) -> None:
        """Answer a form that nobody waits for any more: nothing was done, and what was typed goes back."""
        lines = [f"{QUOTE}{escape(line)}" for line in typed(interaction)]
        said = words_of(interaction)("error-form-lost", typed="yes" if lines else "no")
        try:
            await _sorry(interaction, "\n".join([said, *lines]), colour=WARNING)
        except (discord.HTTPException, *TROUBLE) as late:
            log.warning("Could not tell a player that a form was lost: %s", late)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Answer whatever was raised. What is not known is logged under an id that the player is shown."""
        cause = error
        while isinstance(cause, app_commands.CommandInvokeError | app_commands.TransformerError) and cause.__cause__:
            cause = cause.__cause__ if isinstance(cause.__cause__, Exception) else Exception(cause.__cause__)
        try:
            await self._answer(interaction, cause)
        except (discord.HTTPException, *TROUBLE) as late:
            log.warning("Could not tell a player what went wrong: %s", late)

    async def _answer(self, interaction: Interaction, cause: Exception) -> None:
        if isinstance(cause, discord.HTTPException) and cause.code in _TOO_LATE:
            log.warning("An answer came too late for Discord, or twice: %s", named(interaction))
            return
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("No suggestions for %s", named(interaction), exc_info=cause)
            return
        if isinstance(cause, Refusal):
            await self.refuse(interaction, cause)
            return
        words = words_of(interaction)
        late = isinstance(cause, TROUBLE) and Answer.to(interaction).late
        said = words("error-late") if late else said_of(words, cause)
        colour = WARNING
        if said is None:
            number = secrets.token_hex(4)
            log.error("Error %s in %s", number, named(interaction), exc_info=cause, extra={NUMBERED: True})
            said = words("error-unknown", number=number)
            colour = ALARM
        await _sorry(interaction, said, colour=colour)


async def _sorry(
    interaction: Interaction, said: str, *ways_on: ui.DynamicItem[ui.Button[Any]], colour: discord.Colour
) -> None:
    """Say what went wrong, with the ways on and with what the player had typed."""
    answer = Answer.to(interaction)
    if answer.kept is not None:
        line, again = answer.kept
        said, ways_on = f"{said}\n{line}", (*ways_on, again)
    await answer.whisper(note(said, *ways_on, colour=colour))


def _ways_on(interaction: Interaction, refusal: Refusal) -> list[StatelessButton]:
    """Buttons that lead on from a refusal."""
    command = interaction.command
    keeping = isinstance(command, app_commands.Command) and command.root_parent and command.root_parent.name == "keeper"
    if refusal.code is RefusalCode.NO_PATRON:
        return [JoinButton(words_of(interaction))]
    if refusal.code is KeeperCode.NO_WOOD and keeping:
        return [RestoreButton(words_of(interaction)("button-restore-razed"))]
    return []


def said_of(words: Words, cause: Exception) -> str | None:
    """What is said of an error that the player, the server or Discord can do something about; None of another one."""
    match cause:
        case app_commands.CommandOnCooldown():
            again = math.ceil(time.time() + cause.retry_after)
            return words("error-cooldown", when=f"<t:{again}:R>")
        case app_commands.MissingPermissions():
            return words("error-permission", names=permissions(words, cause.missing_permissions))
        case app_commands.BotMissingPermissions():
            return refused(lacking(cause.missing_permissions)).say(words)
        case app_commands.NoPrivateMessage():
            return refused(KeeperError(KeeperCode.NO_CHANNEL)).say(words)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return words("error-changed")
        case StoreOutdatedError():
            return refused(outdated(cause)).say(words)
        case app_commands.CheckFailure():
            return words("error-check")
        case discord.Forbidden():
            return words("error-forbidden", names=permissions(words, NEEDED))
        case discord.DiscordServerError() | aiohttp.ClientError() | TimeoutError() | ConnectionError():
            return words("error-slow")
    return None


def named(interaction: Interaction) -> str:
    """What was used, for the log: never what a player typed."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    custom_id = interaction.data.get("custom_id", "") if interaction.data else ""
    return f"{interaction.type.name} {custom_id}".strip()
