"""What the herald needs of others: a port that carries messages to Discord, a printer that makes them, and faults."""

from datetime import datetime
from typing import Protocol, TypeVar

from bot.telling.cards import BoardCard, NoticeCard, ReportCard, WoodCard
from bot.telling.extra import ExtraCard
from bot.telling.notice import Notice
from bot.telling.nudges import NudgeCard
from bot.telling.tidings import TidingsCard
from bot.telling.year import YearCard

R_contra = TypeVar("R_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class DeliveryError(Exception):
    """A post did not arrive.

    Attributes:
        problem: why, and what to do about it, for the wood's keeper.
        uncertain: whether it may have arrived all the same.
        retry_after: seconds that were asked for before the next try, if any.
        gone: whether there is no such channel any more, so that nothing can arrive there again.
    """

    def __init__(
        self, problem: Notice, *, uncertain: bool = False, retry_after: float | None = None, gone: bool = False
    ) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.uncertain = uncertain
        self.retry_after = retry_after
        self.gone = gone


class MessageGoneError(DeliveryError):
    """The message to edit is not there any more; its channel is."""


class MessageOldError(DeliveryError):
    """The message is so old, and was edited so often, that Discord takes no more edits of it for now."""


class UntellableError(DeliveryError):
    """The user takes no direct message from the bot."""


class ChannelPort(Protocol[R_contra]):
    """What the herald needs of Discord. Every method may raise :class:`DeliveryError`."""

    async def send(self, channel_id: int, content: R_contra, nonce: str) -> int:
        """Send a message and answer its id; the nonce tells two tries of one message apart from two messages."""
        ...

    async def ping(self, channel_id: int, user_id: int, content: R_contra, nonce: str) -> int:
        """Send a message that may mention one user, and nobody else."""
        ...

    async def tell(self, user_id: int, content: R_contra, nonce: str) -> int:
        """Send a direct message; raises :class:`UntellableError` where the user takes none."""
        ...

    async def edit(self, channel_id: int, message_id: int, content: R_contra) -> None:
        """Change a message in place.

        Raises :class:`MessageGoneError` if it was deleted, :class:`MessageOldError` if it cannot be edited any more.
        """
        ...

    async def find(self, channel_id: int, nonce: str, since: datetime | None) -> int | None:
        """Look for the own message that was sent with a nonce: in the recent history, and from ``since`` on."""
        ...

    async def count_after(self, channel_id: int, message_id: int, most: int) -> int:
        """Count the messages that came after one, up to ``most``."""
        ...

    async def remove(self, channel_id: int, message_id: int) -> None:
        """Take an own message away; raises :class:`MessageGoneError` if somebody did."""
        ...

    async def pin(self, channel_id: int, message_id: int, *, pinned: bool) -> None:
        """Pin an own message, or unpin it; raises :class:`MessageGoneError` if it was deleted."""
        ...


class Printer(Protocol[R_co]):
    """Turns cards into what the port can send."""

    async def board(self, card: BoardCard) -> R_co:
        """The board of a living wood."""
        ...

    async def razed(self, card: WoodCard, language: str) -> R_co:
        """What stands in place of a razed wood's board, in the wood's language."""
        ...

    async def report(self, card: ReportCard) -> R_co:
        """A day's report, with its charts."""
        ...

    async def strike(self, card: ExtraCard) -> R_co:
        """A legend that strikes."""
        ...

    async def year(self, card: YearCard) -> R_co:
        """The year's end."""
        ...

    async def tidings(self, card: TidingsCard) -> R_co:
        """What a turn had for a patron."""
        ...

    async def notice(self, card: NoticeCard) -> R_co:
        """What came of a patron's words, for that patron."""
        ...

    async def nudge(self, card: NudgeCard) -> R_co:
        """What a turn has of what a patron asked to be told, for that patron."""
        ...
