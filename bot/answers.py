"""How a command or a button answers: at once where it only looks, else it defers first, works, and then edits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import Any, Final, TypeAlias

import aiohttp
import discord
from discord import ui

from bot import logs, measures
from bot.attempts import Attempts
from bot.keeper import Keeper
from bot.queues import Queues
from bot.refusals import KeeperCode, KeeperError
from bot.settings import Settings
from bot.telling.catalog import Words, words_for
from bot.telling.charts.pool import ChartPool
from wood.refusal import Refusal


class WoodClient(discord.Client):
    """What answers need of the client that an interaction reached, and all that commands and views know of the bot.

    Attributes:
        settings: how the bot runs.
        keeper: the use cases.
        charts: draws charts off the event loop.
        attempts: how often first answers were sent.
        queues: how much of each guild is worked on at a time.
    """

    settings: Settings
    keeper: Keeper
    charts: ChartPool
    attempts: Attempts
    queues: Queues

    async def admit(self, interaction: "Interaction") -> bool:
        """Whether an interaction is to be worked on; who is turned away has been told."""
        raise NotImplementedError

    async def refuse(self, interaction: "Interaction", refusal: Refusal) -> None:
        """Say what the rules refuse to the one who asked."""
        raise NotImplementedError

    async def recall(self, interaction: "Interaction") -> None:
        """Tell one who comes back after hours what happened meanwhile, beside the answer; never fails."""
        raise NotImplementedError

    async def stumble(self, interaction: "Interaction", error: Exception) -> None:
        """Answer whatever was raised on the way to an answer."""
        raise NotImplementedError


Interaction: TypeAlias = discord.Interaction[WoodClient]
"""An interaction that reached our own client."""

TROUBLE: Final = (discord.DiscordServerError, aiohttp.ClientError, TimeoutError, ConnectionError)
"""What is raised where Discord may have done what it was asked, or may not have."""
ACKNOWLEDGED: Final = 40060
"""Discord's code for an interaction that has its first answer already."""
AT_ONCE: Final = 0.15
"""Seconds that an answer which only looks may take before Discord is told that it is coming."""
_KEY = "answer"
_GOING = "queued"


class Answer:
    """The one place that knows what has been said to an interaction so far.

    A deferral is always private, because Discord gives what follows a deferral the deferral's visibility: so a refusal
    stays between the player and the wood, and only an answer that was really found is shown to everybody.

    Args:
        interaction: what is being answered.
        private: whether only the one who asked may see the answer.

    Attributes:
        kept: what goes with whatever is said when it fails, so that nothing was typed in vain: a line of text, and a
            button that leads back to it.
        late: whether the work was done and it is the answer that Discord did not show.
    """

    def __init__(self, interaction: Interaction, *, private: bool = True) -> None:
        self.interaction = interaction
        self.private = private
        self.kept: tuple[str, ui.DynamicItem[ui.Button[Any]]] | None = None
        self.late = False
        self._begun = False
        self._pending = False
        self._turns = False
        self._shown = False
        self._one_by_one = asyncio.Lock()
        interaction.extras[_KEY] = self

    @property
    def told(self) -> bool:
        """Whether the one who asked, and nobody else, has been shown something."""
        return self.private and self._shown

    @classmethod
    def to(cls, interaction: Interaction) -> "Answer":
        """Find the answer begun for this interaction, or start a private one."""
        begun = interaction.extras.get(_KEY)
        return begun if isinstance(begun, cls) else cls(interaction)

    def turn(self) -> None:
        """Let the answer take the place of the player's own message, whose button was pressed.

        What is refused follows that message instead, and leaves it as it is.
        """
        self._turns = True

    async def defer(self) -> None:
        """Tell Discord within its three seconds that an answer is coming.

        Raises:
            discord.NotFound: the interaction is gone; nothing must be done for it any more.
        """
        async with self._one_by_one:
            await self._defer()

    async def _defer(self) -> None:
        response = self.interaction.response
        if self._turns:
            await self._begin(response.defer)
        else:
            await self._begin(lambda: response.defer(ephemeral=True, thinking=True))
        self._pending = True

    @asynccontextmanager
    async def overdue(self) -> AsyncIterator[None]:
        """Defer what is not answered :data:`AT_ONCE`, while the block goes on looking for the answer."""
        tasks: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        timer = loop.call_later(AT_ONCE, lambda: tasks.append(loop.create_task(self._promise())))
        try:
            yield
        finally:
            timer.cancel()
            if tasks:
                await asyncio.wait(tasks)

    async def _promise(self) -> None:
        async with self._one_by_one:
            if self._begun or self.interaction.response.is_done():
                return
            # Where this fails, the answer is still the first one, and whatever is the matter is the matter with it too.
            with suppress(discord.HTTPException, *TROUBLE):
                await self._defer()

    async def _begin(self, send: Callable[[], Awaitable[object]]) -> None:
        """Send the first answer, once more where it may have been lost; one that Discord says to have is ours."""
        try:
            await send()
        except TROUBLE:
            try:
                await send()
            except discord.HTTPException as error:
                if error.code != ACKNOWLEDGED:
                    raise
        except discord.HTTPException as error:
            # The gate lets an interaction in once: where there was a repeat, it was of this very answer.
            if error.code != ACKNOWLEDGED or self.interaction.client.attempts.of(self.interaction.id) < 2:
                raise
        self._begun = True

    async def show(self, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
        """Give the answer; a second one follows the first."""
        await self._say(view, files)

    async def whisper(self, view: ui.LayoutView) -> None:
        """Say something to the one who asked only, even where the answer would have been public."""
        self.private = True
        await self._say(view, beside=True)

    async def _say(self, view: ui.LayoutView, files: Sequence[discord.File] = (), *, beside: bool = False) -> None:
        """Say something; ``beside`` the player's own message if that was to be another one."""
        self._shown = True
        try:
            async with self._one_by_one:
                if beside and self._turns:
                    self._turns = self._pending = False
                await self._show(view, files)
        except TROUBLE:
            self.late = True
            raise

    async def _show(self, view: ui.LayoutView, files: Sequence[discord.File]) -> None:
        interaction = self.interaction
        first = not self._begun and not interaction.response.is_done()
        if first and files:  # files are read once, so what carries them cannot be sent once more where it is lost
            await self._defer()
        if self._pending and self._turns:
            self._turns = self._pending = False
            await interaction.edit_original_response(view=view, attachments=list(files))
        elif self._pending and not self.private:
            await self._publish(view, files)
        elif self._pending:
            self._pending = False
            await interaction.edit_original_response(view=view, attachments=list(files))
        elif not first:
            await interaction.followup.send(view=view, files=list(files), ephemeral=self.private)
        elif self._turns:
            self._turns = False
            await self._begin(lambda: interaction.response.edit_message(view=view, attachments=[]))
        else:
            await self._begin(lambda: interaction.response.send_message(view=view, ephemeral=self.private))

    async def _publish(self, view: ui.LayoutView, files: Sequence[discord.File]) -> None:
        """Close the private deferral with a word, show the answer to everybody, take the word back."""
        self._pending = False
        await self.interaction.edit_original_response(view=_shared(words_of(self.interaction)))
        await self.interaction.followup.send(view=view, files=list(files))
        with suppress(discord.HTTPException):  # the answer stands; the word beside it is no matter
            await self.interaction.delete_original_response()


def _shared(words: Words) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    return view.add_item(ui.TextDisplay(f"-# {words('answer-shared')}"))


@asynccontextmanager
async def answering(
    interaction: Interaction,
    *,
    private: bool = True,
    looks: bool = False,
    form: bool = False,
    turn: bool = False,
    slow: bool = False,
) -> AsyncIterator[Answer]:
    """Answer an interaction; what the rules refuse is said to the one who asked and ends the block.

    A deed is deferred first: where that fails the interaction is gone, and nothing is done that nobody can be told of.
    What only looks has nothing to lose by that, and is answered in one request if it is quick.

    Who comes back after hours reads below the first private answer what happened meanwhile: below it, so that the
    answer neither waits for it nor has less room.

    The work waits in its guild's queue, so that no guild keeps the others waiting.

    Args:
        interaction: what is being answered.
        private: whether only the one who asked may see the answer.
        looks: whether nothing is changed that could not as well be changed twice, or without anybody's being told.
        form: whether the first answer must be a form, which cannot follow a deferral.
        turn: whether the answer takes the place of the player's own message whose button was pressed.
        slow: whether the work waits for a chart or a model.
    """
    answer = Answer(interaction, private=private)
    with measures.answer(_used(interaction)), logs.about(channel=interaction.channel_id):
        if turn and _own(interaction):
            answer.turn()
        if not looks and not form:
            await answer.defer()
        async with answer.overdue() if looks else nullcontext(), _queued(interaction, slow=slow):
            try:
                yield answer
            except Refusal as refusal:
                await interaction.client.refuse(interaction, refusal)
            else:
                if answer.told:
                    await interaction.client.recall(interaction)


@asynccontextmanager
async def _queued(interaction: Interaction, *, slow: bool) -> AsyncIterator[None]:
    """Go through the guild's queue, once for an interaction: who went on in it would wait for itself."""
    if interaction.extras.get(_GOING):
        yield
        return
    async with interaction.client.queues.through(interaction.guild_id or 0, slow=slow):
        interaction.extras[_GOING] = True
        try:
            yield
        finally:
            interaction.extras[_GOING] = False


def _used(interaction: Interaction) -> str:
    """What was used, for the measures: a command's name, or which kind of part of a message."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    return "form" if interaction.type is discord.InteractionType.modal_submit else "button"


def _own(interaction: Interaction) -> bool:
    """Whether what was pressed stands on a message that only the one who pressed it sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def words_of(interaction: Interaction) -> Words:
    """The words for what is said to a player alone: those of the player's own Discord."""
    return words_for(interaction.locale)


def place(interaction: Interaction) -> int:
    """The id of the channel in which something was asked.

    Raises:
        Refusal: it was asked outside of any channel.
    """
    if interaction.channel_id is None or interaction.guild_id is None:
        raise KeeperError(KeeperCode.NO_CHANNEL)
    return interaction.channel_id
