"""The Discord client: builds everything at start, registers the commands, and takes everything down again."""

import asyncio
import hashlib
import json
import logging
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, Final, cast

import aiohttp
import discord
from discord.ext import commands

from bot import measures
from bot.answers import Interaction, WoodClient, words_of
from bot.attempts import Attempts
from bot.clock import Clock
from bot.errors import Tree, named
from bot.gate import Gate
from bot.herald import Herald
from bot.keeper import Keeper
from bot.keeping.turnpool import TurnPool
from bot.pacing import RATE, Brake, Pace
from bot.places import DELETED, REMOVED, lost
from bot.ports import DiscordPort, Drawn
from bot.printer import LayoutPrinter
from bot.queues import Queues
from bot.settings import Settings
from bot.starts import Starts, granted
from bot.telling.catalog import SOURCE, words_in
from bot.telling.charts.pool import ChartPool
from bot.telling.notice import Notice
from bot.translator import Translator
from bot.views.base import Form, StatelessButton, StatelessSelect
from bot.views.since import render_since
from data.content import default_rules, languages
from data.errors import StoreError
from data.identity import Identity, Loss, check_rescued, rescue_place
from data.shards import WHOLE
from data.small_talk import small_talk
from data.store import Store
from inference.council import Council
from wood.refusal import Refusal

log = logging.getLogger(__name__)

EXTENSIONS: Final = ("cogs.wood", "cogs.rumor", "cogs.legend", "cogs.market", "cogs.patron", "cogs.keeper")
"""The commands, loaded by name: the bot knows no cog."""
LONGEST_WAIT: Final = 30.0
"""Seconds for which a call waits for Discord's limits by itself; one that would wait longer is put off instead."""


class WoodBot(commands.AutoShardedBot, WoodClient):
    """The bot. It needs no privileged intent and mentions nobody, whatever it is made to say.

    Args:
        settings: how it runs.
        sync_always: register the commands at every start, whether they changed or not; for a Discord that forgets.

    Attributes:
        settings: how it runs.
        gate: turns interactions away that are not to be worked on.
        queues: how much of each guild is worked on at a time.
        lost: what became of a database that was taken from under the bot; None where none was.
        rescued: where what it held was copied to; None where that failed.
        store: the database; this and what follows is there from :meth:`setup_hook` on.
        identity: whether that is still the file that was opened.
        council: the minds of all woods.
        charts: draws charts off the event loop.
        brake: counts the requests that Discord refused.
        keeper: the use cases.
        herald: delivers what woods owe their channels.
        clock: takes their turns.
        strangers: woods in the database that rest because they belong to shards of another process.
    """

    store: Store
    identity: Identity
    council: Council
    herald: Herald[Drawn]
    clock: Clock

    def __init__(self, settings: Settings, *, sync_always: bool = False) -> None:
        self.attempts = Attempts()
        self.brake = Brake()
        tracing = self.brake.watch(self.attempts.trace())
        tracing.on_request_end.append(_count)
        # Without a range discord.py runs all shards that Discord recommends: one, for most bots.
        shards = settings.shards
        chosen: dict[str, Any] = {} if shards is None else {"shard_ids": shards.ids, "shard_count": shards.count}
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            tree_cls=Tree,
            # A wood belongs to a server: nobody can use the bot where it is not a member.
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=discord.app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            http_trace=tracing,
            max_ratelimit_timeout=LONGEST_WAIT,
            **chosen,
        )
        self.settings = settings
        self.gate = Gate.of(settings)
        self.queues = Queues()
        self.strangers = 0
        self.lost: Loss | None = None
        self.rescued: Path | None = None
        self._starts: Starts | None = None
        self._sync_always = sync_always
        self._working = AsyncExitStack()
        self._held = AsyncExitStack()

    @property
    def tree(self) -> Tree:  # type: ignore[override]
        """The command tree, which is also the one that speaks when something goes wrong."""
        return cast("Tree", super().tree)

    async def refuse(self, interaction: Interaction, refusal: Refusal) -> None:
        """Say what the rules refuse, with a way on where there is one."""
        await self.tree.refuse(interaction, refusal)

    async def admit(self, interaction: Interaction) -> bool:
        """Whether an interaction is to be worked on; who is turned away has been told, but for a second delivery."""
        verdict = self.gate.decide(interaction)
        if not verdict.open:
            await self.tree.turn_away(interaction, verdict)
        return verdict.open

    async def recall(self, interaction: Interaction) -> None:
        """Tell one who comes back after hours what happened meanwhile, beside the answer; never fails."""
        if interaction.channel_id is None:
            return
        try:
            card = await self.keeper.visits.arrive(interaction.channel_id, interaction.user.id)
            if card is not None:
                await interaction.followup.send(view=render_since(words_of(interaction), card), ephemeral=True)
        except (StoreError, Refusal, discord.HTTPException) as error:
            # The answer stands. Neither who it was nor what was to be told belongs in a log.
            log.warning("what happened while a player was away could not be told: %s", type(error).__name__)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Note who has used a command, a button or a form: a dozing wood wakes, and learns the name."""
        verdict = self.gate.decide(interaction)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("channel %s: %s, %s", interaction.channel_id, named(interaction), verdict.why.name.lower())
        if (
            verdict.open
            and interaction.type is not discord.InteractionType.autocomplete
            and interaction.channel_id is not None
        ):
            user = interaction.user
            with suppress(Refusal):  # the store's trouble is logged already
                await self.keeper.dozing.pressed(interaction.channel_id)
                await self.keeper.patrons.called(interaction.channel_id, user.id, user.display_name)
        if interaction.type is discord.InteractionType.modal_submit and interaction.custom_id not in Form.waiting:
            # Nobody else answers it.
            await (self.tree.lost(interaction) if verdict.open else self.tree.turn_away(interaction, verdict))

    async def stumble(self, interaction: Interaction, error: Exception) -> None:
        """Answer what a button or a form raised as what a command raises is answered."""
        await self.tree.on_error(interaction, error)

    async def setup_hook(self) -> None:
        """Open the store, seat the minds, register the commands, and let herald and clock begin.

        Raises:
            StoreError: the database cannot be used.
            ContentError: a content file cannot be used.
            SettingsError: a mind of the settings lacks something.
            UnknownMindError: a mind of the settings does not exist.
        """
        settings = self.settings
        await self.open_store()
        for language in languages():  # one that lacks something must not wait for the first wood that speaks it
            default_rules(language)
            words_in(language)
            small_talk(language)
        self.council = council = Council(settings.seat_minds(), default_rules(), deadline=settings.deadline)
        self._held.push_async_callback(council.close)
        council.start()
        self.charts = ChartPool(settings.chart_workers)
        self._held.push_async_callback(self.charts.close)
        pool = TurnPool(settings.turn_workers)
        self._held.push_async_callback(pool.close)
        self.keeper = Keeper(
            self.store, council, self.charts, asleep=council.asleep, traces_kept=settings.traces_kept, pool=pool
        )
        self.keeper.on_change(self.gate.follow)
        for card in await self.keeper.queries.woods():
            self.gate.follow(card)
        self.herald = Herald(
            self.store,
            self.keeper,
            DiscordPort(self),
            LayoutPrinter(self.charts),
            pace=Pace(RATE * (settings.shards or WHOLE).share),
            brake=self.brake,
        )
        self.clock = Clock(self.keeper)
        await self.load_commands()
        # Of several processes one speaks for the application.
        if self._sync_always or (settings.sync and (settings.shards or WHOLE).first == 0):
            await self.register_commands(always=self._sync_always)
        catching_up = asyncio.create_task(self.keeper.receipts.catch_up(), name="receipts")
        self._working.push_async_callback(_cancel, catching_up)
        warming = asyncio.create_task(self._warm_up(), name="warm-up")
        self._working.push_async_callback(_cancel, warming)
        await self.herald.start()
        self._working.push_async_callback(self.herald.close)
        await self.clock.start()
        self._working.push_async_callback(self.clock.close)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect the shards that this process runs: those of the settings, or all that Discord recommends.

        Raises:
            GatewayNotFound: Discord cannot be asked how.
        """
        limits = await granted(self.fetch_session_start_limits)
        if self.settings.shards is not None:
            self._starts = Starts(self.settings.database.parent, limits.max_concurrency)
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may start: among the shards of all processes here, where there may be several."""
        if not initial:  # else it was asked before the first shard connected
            await granted(self.fetch_session_start_limits)
        if self._starts is None or shard_id is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self._starts.wait(shard_id)

    async def on_ready(self) -> None:
        """Let the woods rest whose place went while the bot was away. Comes again after a lost connection."""
        for card in await self.keeper.queries.woods():
            if why := await lost(self, card):
                await self._let_rest(card.channel_id, why)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Let the wood of a deleted channel rest."""
        await self._let_rest(channel.id, DELETED)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Let the wood of a deleted thread rest."""
        await self._let_rest(thread.thread_id, DELETED)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Let the woods of a server rest that the bot was taken off."""
        for card in await self.keeper.queries.woods():
            if card.guild_id == guild.id:
                await self._let_rest(card.channel_id, REMOVED)

    async def _let_rest(self, channel_id: int, why: Notice) -> None:
        with suppress(Refusal):  # no wood lives there, or the store's trouble is logged already
            await self.keeper.admin.pause(channel_id, why)
            log.info("channel %d: %s", channel_id, why)

    async def open_store(self) -> None:
        """Open the database, making its folder where there is none; nothing when it is open already.

        Raises:
            StoreError: it cannot be used; the message says what to do.
        """
        if hasattr(self, "store"):
            return
        self.settings.database.parent.mkdir(parents=True, exist_ok=True)
        shards, file = self.settings.shards or WHOLE, self.settings.database
        check_rescued(file)
        self.store = await self._held.enter_async_context(await Store.open(file, shards=shards))
        self.identity = Identity(file)
        self._held.push_async_callback(self._rescue)
        self.strangers = await self.store.woods.strangers()
        if self.strangers:
            log.error(
                "%d woods in %s belong to servers of other shards than %s and rest here. Stop every bot on their "
                "files, and let `ttw reshard` bring each wood into the file of its shard.",
                self.strangers,
                file,
                shards,
            )

    async def _rescue(self) -> None:
        """Copy what the database holds to where it can be found, if its file was taken away while the bot ran."""
        self.lost = self.identity.loss()
        if self.lost is None:
            return
        path = self.settings.database
        try:
            place = rescue_place(path)
            await self.store.database.copy(place)
        except (OSError, StoreError) as error:
            log.critical("The database %s was %s, and what it held is lost: %s", path, self.lost, error)
        else:
            self.rescued = place
            log.critical("The database %s was %s; what it held is kept as %s", path, self.lost, place)

    async def load_commands(self) -> None:
        """Load the commands, and the buttons and menus that outlive a restart."""
        await self.tree.set_translator(Translator())
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.add_dynamic_items(*StatelessButton.kinds, *StatelessSelect.kinds)

    async def register_commands(self, *, always: bool = False) -> bool:
        """Register the commands with Discord if they changed since this application did so last.

        Args:
            always: register them even if they did not.

        Returns:
            Whether they were registered.
        """
        name, shown = f"commands of {self.application_id}", await tree_hash(self.tree)
        if not always and await self.store.notes.read(name) == shown:
            return False
        registered = await self.tree.sync()
        await self.store.notes.write(name, shown)
        log.info("Registered %d commands with Discord", len(registered))
        return True

    async def close(self) -> None:
        """Stop the clock and the herald, leave Discord, then let go of the rest. May be called more than once."""
        await self._working.aclose()
        Form.waiting.clear()  # nobody takes them any more
        await super().close()
        await self._held.aclose()

    async def _warm_up(self) -> None:
        """Start the chart workers while the bot already answers; the first chart waits for them if it must."""
        try:
            await self.charts.start()
        except Exception:
            log.exception("The chart workers could not be started ahead; they are tried again for the first chart")


async def _count(session: aiohttp.ClientSession, context: object, ended: aiohttp.TraceRequestEndParams) -> None:
    measures.request(ended.method, ended.response.status)


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def tree_hash(tree: Tree) -> str:
    """SHA-256 (hex) of the commands as Discord would be sent them, in every language."""
    # With no other language there is nothing to ask for, text by text in each of Discord's locales.
    if languages() == (SOURCE,):
        shown = [command.to_dict(tree) for command in tree.get_commands()]
    else:
        translator = Translator()
        shown = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    document = json.dumps(shown, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(document.encode()).hexdigest()
