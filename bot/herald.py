"""The herald: delivers the posts that woods owe their channels, each once, whatever happens in between.

A post is *owed* from the transaction of its turn on. Before anything is sent it is recorded as *sending*; when the
answer comes, as *delivered*. Whoever finds a post in *sending* (after a crash, or when an answer never came) looks for
it in the channel first, and sends it again only when it is not there.

The board is edited in place while it lies near the end of the channel. Under a report, and when too much was said
since, it is posted anew: that it moves is recorded before it is sent, and that its former message must go together with
where it stands now, so a crash in between leaves neither two boards nor none. How much was said is read from the
channel's history when the board changes: that costs one request now and then, where counting messages as they come
would have Discord send those of all channels, and would know nothing of those that came while the bot was away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Generic, TypeVar

from bot import logs, measures
from bot.courtesy import Courtesy
from bot.delivery import ChannelPort, DeliveryError, MessageGoneError, MessageOldError, Printer, UntellableError
from bot.depths import Depths
from bot.keeper import Keeper
from bot.keeping.days import DAY
from bot.keeping.desk import utc_now
from bot.pacing import Brake, Pace, PacedPort
from bot.refusals import outdated
from bot.telling import tidings
from bot.telling.cards import NoticeCard
from bot.telling.notice import NOTHING, Notice, refused
from bot.telling.nudges import NudgeCard
from bot.telling.showing import wood_card
from bot.telling.tidings import TidingsCard
from data.errors import StoreOutdatedError
from data.lanes import Lane, background
from data.posts import FURTHEST
from data.rows import Notify, PostKind, PostRow, PostState, WoodRow
from data.store import Store
from wood.refusal import Refusal

log = logging.getLogger(__name__)

R = TypeVar("R")
C = TypeVar("C", NoticeCard, NudgeCard, TidingsCard)
"""What is told to one patron who asked for it."""

LEASE: Final = timedelta(minutes=2)
"""How long a post that is being sent is nobody else's."""
STALE: Final[Mapping[PostKind, timedelta]] = {
    PostKind.REPORT: timedelta(days=30),  # each tells of turns that no other one tells of
    PostKind.YEAR: timedelta(days=30),
    PostKind.EXTRA: timedelta(days=1),
    PostKind.NOTIFY: timedelta(days=1),
}
"""After so long these are no news any more, and are given up."""
FIRST_WAIT: Final = 5.0
LONGEST_WAIT: Final = 600.0
"""Seconds between tries: doubled at each failure, between these."""
TOGETHER: Final = 0.05
"""Seconds between two looks for what is owed while something is being posted: one look finds what many call for."""
IDLE: Final = 60.0
"""Seconds after which the herald looks around even if nobody called."""


NEWS: Final = Lane.PLAYERS
BOARD: Final = Lane.BACKGROUND
"""What goes out one after another in a channel: what is new, and what stands there and changes and waits for it."""
AT_ONCE: Final = 16
"""Posts of a lane that are on their way at a time: enough for the pace, however far away Discord is."""
PATIENCE: Final = 0.1
"""Seconds that a board waits for players at most, when it is the first of those that wait."""
_STANDING: Final = frozenset({PostKind.BOARD, PostKind.PIN, PostKind.REMOVAL})


class Herald(Generic[R]):
    """Delivers what is owed, one post of a lane at a time in a channel, and many channels at once.

    Args:
        store: where the owed posts are.
        keeper: makes the cards; calls the herald when something is owed.
        port: Discord.
        printer: makes messages of cards.
        now: the time, aware.
        pace: how fast requests may go out; of several processes that are one bot, each has its part.
        brake: whether anything may go out.

    Attributes:
        rounded: when it last went round, in seconds that the machine has run; 0 before it ever did.
    """

    def __init__(
        self,
        store: Store,
        keeper: Keeper,
        port: ChannelPort[R],
        printer: Printer[R],
        *,
        now: Callable[[], datetime] = utc_now,
        pace: Pace | None = None,
        brake: Brake | None = None,
    ) -> None:
        self._store = store
        self._keeper = keeper
        pace = pace or Pace()
        self._ports = {lane: PacedPort(port, pace, lane) for lane in Lane}
        self._brake = brake or Brake()
        self._courtesy = Courtesy(PATIENCE)
        self._printer = printer
        self._now = now
        self._called = asyncio.Event()
        self._resting: dict[int, float] = {}
        self._depths = Depths(self._ports[BOARD], now)
        self._errands: dict[tuple[int, Lane], asyncio.Task[None]] = {}
        self.rounded = 0.0  # when it last looked at what is owed, in the loop's seconds; 0 before it ever did
        self._round: asyncio.Task[None] | None = None
        keeper.on_owed(self.call)

    async def start(self) -> None:
        """Begin to deliver, first of all what a dead process left half done."""
        await self._store.posts.reclaim(self._now())
        with background():
            self._round = asyncio.create_task(self._go_round(), name="herald")

    async def close(self, grace: float = 5.0) -> None:
        """Stop, giving posts on their way ``grace`` seconds. May be called more than once."""
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)
            self._round = None
        errands = list(self._errands.values())
        if errands:
            _, late = await asyncio.wait(errands, timeout=grace)
            for errand in late:
                errand.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def call(self, channel_id: int | None = None) -> None:
        """Say that something is owed; returns at once."""
        self._called.set()

    async def drain(self) -> None:
        """Deliver until nothing is left that may be tried now: for tests, and before the last goodbye."""
        out = True
        while out:
            # An errand that ends while the owed posts are read may leave one owed that was not seen: look once more.
            out = bool(self._errands)
            out = await self._set_out() or out
            await asyncio.gather(*self._errands.values())

    async def _go_round(self) -> None:
        while True:
            self._called.clear()
            wait = IDLE
            try:
                await self._set_out()
                self.rounded = asyncio.get_running_loop().time()
                due = await self._store.posts.next_try()
                if self._brake.on:
                    wait = FIRST_WAIT
                elif due is not None:
                    # What rests is due already; there is no use in looking for it before it has rested. And who comes
                    # back calls: so it is no use either to look for what there is no room for.
                    least = FIRST_WAIT if self._resting else 1.0 if self._errands else 0.05
                    wait = min(IDLE, max(least, (due - self._now()).total_seconds()))
            except Exception:
                # A round that ended would leave all channels without news until the next start.
                log.exception("the owed posts cannot be read; trying again")
                wait = FIRST_WAIT
            try:
                async with asyncio.timeout(wait):
                    await self._called.wait()
            except TimeoutError:
                continue
            if self._errands:  # many are called for together
                await asyncio.sleep(TOGETHER)

    async def _set_out(self) -> bool:
        """Send errands to channels that something is owed to and that have none; says whether any is out."""
        if self._brake.on:
            return bool(self._errands)
        now = asyncio.get_running_loop().time()
        self._resting = {wood: until for wood, until in self._resting.items() if until > now}
        # Those that rest or are out already must not hide others.
        most = len(PostKind) * (AT_ONCE + len(self._errands) + len(self._resting))
        posts = await self._store.posts.due(self._now(), most)
        news = {(post.wood, NEWS) for post in posts if post.kind not in _STANDING}
        for post in posts:
            errand = post.wood, _lane(post)
            # The board goes below the news. News waits for no board: Discord may put off an edit for long.
            after = {errand, (post.wood, NEWS)}
            blocked = after & self._errands.keys() or (errand not in news and after & news)
            if not blocked and post.wood not in self._resting and self._room(errand[1]):
                with logs.about(wood=post.wood):
                    task = asyncio.create_task(self._run(post), name=f"post-{post.id}")
                self._errands[errand] = task
                task.add_done_callback(partial(self._back, errand))
        return bool(self._errands)

    def _room(self, lane: Lane) -> bool:
        """Whether another post of a lane may go; news never waits for boards that Discord puts off."""
        return sum(each is lane for _, each in self._errands) < AT_ONCE

    def _back(self, errand: tuple[int, Lane], task: "asyncio.Task[None]") -> None:
        del self._errands[errand]
        # Many are owed at once: it is looked for more of them when there is room for some.
        if sum(each is errand[1] for _, each in self._errands) <= AT_ONCE // 2:
            self._called.set()

    async def _run(self, post: PostRow) -> None:
        """Deliver one post, or note why not; never fails."""
        try:
            if _lane(post) is BOARD and len(self._errands) >= AT_ONCE // 2:
                await self._courtesy.wait()
            now = self._now()
            if await self._store.posts.claim(post, now, now + LEASE):
                await self._try(post)
        except Exception:
            log.exception("channel %d: what became of post %d cannot be noted", post.channel_id, post.id)
            # It is due still: without a rest it would be tried again at once, for ever. The other woods go on.
            self._resting[post.wood] = asyncio.get_running_loop().time() + FIRST_WAIT

    async def _try(self, post: PostRow) -> None:
        try:
            message_id = await self._deliver(post)
        except DeliveryError as error:
            log.warning("channel %d: the %s did not arrive: %s", post.channel_id, post.kind, error.problem)
            measures.post(post.kind, error.problem.key)
            await (self._give_up(post, error) if error.gone else self._put_off(post, error))
        except Refusal as refusal:
            # Razed since it was owed; the board is owed anew then, and drawn as one.
            await self._put_off(post, DeliveryError(refused(refusal)))
        except StoreOutdatedError as error:
            log.warning("channel %d: the %s could not be made: %s", post.channel_id, post.kind, error)
            await self._put_off(post, DeliveryError(refused(outdated(error))))
        except Exception:
            log.exception("channel %d: the %s could not be made", post.channel_id, post.kind)
            measures.post(post.kind, "problem-unmade")
            await self._put_off(post, DeliveryError(Notice("problem-unmade")))
        else:
            measures.post(post.kind, "delivered" if message_id is not None else "nothing-left")
            if message_id is None:
                await self._store.posts.abandon(post, "")
            else:
                await self._store.posts.delivered(post, message_id, self._now())

    async def _deliver(self, post: PostRow) -> int | None:
        """Do what is owed; answers the message that it concerns, None where there is nothing left to do."""
        match post.kind:
            case PostKind.BOARD:
                return await self._board(post)
            case PostKind.PIN:
                return await self._pin(post)
            case PostKind.NOTIFY:
                return await self._notice(post)
            case PostKind.REMOVAL:
                with suppress(MessageGoneError):
                    await self._ports[_lane(post)].remove(post.channel_id, post.key)
                return post.key
            case _:
                return await self._news(post)

    async def _board(self, post: PostRow) -> int | None:
        """Edit the board in place, or post it; None where there is nothing to edit and no wood to show."""
        wood = await self._store.woods.by_id(post.wood)
        if wood is None:
            return None
        message_id, nonce = None if await self._moves(post, wood) else wood.board_message_id, post.nonce
        if message_id is None and post.state is PostState.SENDING:
            message_id = await self._ports[_lane(post)].find(post.channel_id, nonce, post.sent_at)
        if wood.razed_at is not None and message_id is None:
            return None
        if wood.razed_at is not None:
            language = await self._keeper.queries.language_of(wood.content)
            content = await self._printer.razed(wood_card(wood), language)
        else:
            content = await self._printer.board(await self._keeper.queries.board(post.channel_id))
        if message_id is not None:
            try:
                await self._ports[_lane(post)].edit(post.channel_id, message_id, content)
            except MessageGoneError:
                if wood.razed_at is not None:
                    return None
                nonce = await self._store.posts.board_lost(post, message_id)
            except MessageOldError:
                if wood.razed_at is not None:
                    raise
                await self._store.posts.move_board(post)
                raise
            else:
                return message_id
        return await self._ports[_lane(post)].send(post.channel_id, content, nonce)

    async def _moves(self, post: PostRow, wood: WoodRow) -> bool:
        """Whether the board is to be a new message in place of the one that stands."""
        if wood.razed_at is not None or wood.board_message_id is None:
            return False
        if post.anew:
            return True
        buried = await self._depths.buried(wood.id, post.channel_id, wood.board_message_id)
        if buried:
            await self._store.posts.move_board(post)
        return buried

    async def _pin(self, post: PostRow) -> int | None:
        """Pin the board's message, or unpin it, as the wood's keeper wishes by now."""
        wood = await self._store.woods.by_id(post.wood)
        if wood is None or wood.board_message_id != post.key:
            return None
        try:
            await self._ports[_lane(post)].pin(post.channel_id, post.key, pinned=wood.pinned)
        except MessageGoneError:
            return None
        except DeliveryError as error:
            if wood.pinned or error.uncertain or error.gone:
                raise
            return None  # what may not be pinned is not pinned: all is as wished
        return post.key

    async def _notice(self, post: PostRow) -> int | None:
        """Tell a patron what came of words; None where it is not wished any more, or cannot be.

        One that may have arrived is not sent again: a ping too few is better than one too many.
        """
        if post.state is PostState.SENDING:
            return None
        keeper, printer, channel = self._keeper, self._printer, post.channel_id
        if post.key < 0:
            asked = await keeper.nudges.notice(channel, -post.key)
            return await self._write(post, asked, printer.nudge, keeper.nudges.undeliverable)
        if (found := tidings.read(post.key)) is not None:
            own = await keeper.tidings.notice(channel, *found)
            return await self._write(post, own, printer.tidings, keeper.tidings.undeliverable)
        came = await keeper.receipts.notice(channel, post.key)
        return await self._write(post, came, printer.notice, keeper.receipts.undeliverable)

    async def _write(
        self,
        post: PostRow,
        card: C | None,
        draw: Callable[[C], Awaitable[R]],
        undeliverable: Callable[[int, C], Awaitable[None]],
    ) -> int | None:
        """Write to one user: in the channel, with a mention, or directly; None where there is nothing to be told."""
        if card is None:
            return None
        content = await draw(card)
        try:
            if card.how is Notify.CHANNEL:
                return await self._ports[_lane(post)].ping(post.channel_id, card.user_id, content, post.nonce)
            return await self._ports[_lane(post)].tell(card.user_id, content, post.nonce)
        except UntellableError:
            await undeliverable(post.channel_id, card)
            return None

    async def _news(self, post: PostRow) -> int | None:
        """Post what is posted once and never edited; None where it cannot be told any more."""
        if post.state is PostState.SENDING:
            found = await self._ports[_lane(post)].find(post.channel_id, post.nonce, post.sent_at)
            if found is not None:
                return found
        queries, channel = self._keeper.queries, post.channel_id
        if post.kind is PostKind.EXTRA:
            extra = await queries.extra_of(channel, post.key)
            if extra is None:
                return None
            content = await self._printer.strike(extra)
        elif post.kind is PostKind.YEAR:
            content = await self._printer.year(await self._keeper.annals.year_of(channel, post.key))
        else:
            since = post.since or post.until - DAY
            content = await self._printer.report(await queries.report_of(channel, since, post.until))
        return await self._ports[_lane(post)].send(channel, content, post.nonce)

    async def _give_up(self, post: PostRow, error: DeliveryError) -> None:
        """Let the wood rest whose channel is gone: nobody could see its turns."""
        with suppress(Refusal):  # razed meanwhile
            await self._keeper.admin.pause(post.channel_id, error.problem)
        await self._store.posts.abandon(post, (error.problem if post.kind is PostKind.BOARD else NOTHING).kept())

    async def _put_off(self, post: PostRow, error: DeliveryError) -> None:
        now = self._now()
        stale = post.kind in STALE and now - post.news_at >= STALE[post.kind]
        # A board is as good unpinned: its keeper is told once, and nothing is tried until the next one.
        refused_pin = post.kind is PostKind.PIN and not error.uncertain and error.retry_after is None
        if stale or refused_pin:
            await self._store.posts.abandon(post, error.problem.kept())
            return
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(post.attempts, 10))
        until = now + min(FURTHEST, timedelta(seconds=max(wait, error.retry_after or 0.0)))
        await self._store.posts.put_off(post, error.problem.kept(), until, uncertain=error.uncertain)


def _lane(post: PostRow) -> Lane:
    return BOARD if post.kind in _STANDING else NEWS
