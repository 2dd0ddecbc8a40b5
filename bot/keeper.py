"""The keeper: one use case a method, and the only writer. Knows nothing of Discord's objects, only of ids.

Every method that players cause raises :class:`wood.interventions.Refusal` (or its subclass
:class:`KeeperError`) with a message for the one who caused it; then nothing has changed.
"""

from collections.abc import Sequence

from bot.cards import (
    BoardCard,
    CastReceipt,
    ChartCard,
    CreatureCard,
    PatronCard,
    RankRow,
    ReportCard,
    RumorRow,
    TradeRow,
    WoodCard,
)
from wood.chronicle import Turn
from wood.interventions import Refusal
from wood.names import Creature, Good
from wood.rules import Legend


class KeeperError(Refusal):
    """A use case cannot be done: no wood here, a second wood, a pace out of range, an unknown time zone, …"""


class Keeper:
    """The use cases of one process."""

    async def found(
        self, channel_id: int, guild_id: int, *, pace: int, seed: int | None, zone: str, report_hour: int
    ) -> WoodCard:
        """Found a wood in a channel that has none (pace in seconds, 10 to 86,400)."""
        raise NotImplementedError

    async def pause(self, channel_id: int) -> WoodCard: ...
    async def resume(self, channel_id: int) -> WoodCard: ...
    async def settings(
        self,
        channel_id: int,
        *,
        pace: int | None = None,
        zone: str | None = None,
        report_hour: int | None = None,
    ) -> WoodCard:
        """Change what is given, leave the rest; with nothing given just show it."""
        raise NotImplementedError

    async def export(self, channel_id: int) -> tuple[str, bytes]:
        """The wood's whole log as a file name and bytes that ``ttw replay`` reads; names no player."""
        raise NotImplementedError

    async def raze(self, channel_id: int) -> WoodCard:
        """Raze the wood; :meth:`restore` brings it back for a day, then it is gone for good."""
        raise NotImplementedError

    async def restore(self, channel_id: int) -> WoodCard:
        """Bring back the wood razed here within the last day."""
        raise NotImplementedError

    async def wood(self, channel_id: int) -> WoodCard:
        """The wood of this channel."""
        raise NotImplementedError

    async def board(self, channel_id: int) -> BoardCard: ...
    async def creature(self, channel_id: int, creature: Creature) -> CreatureCard: ...

    async def join(self, channel_id: int, user_id: int, name: str) -> PatronCard: ...
    async def purse(self, channel_id: int, user_id: int) -> PatronCard: ...
    async def ranking(self, channel_id: int) -> Sequence[RankRow]: ...
    async def forget(self, channel_id: int, user_id: int) -> str:
        """Erase what is known of the player in this wood; answers the alias under which the deeds remain."""
        raise NotImplementedError

    async def cast_rumor(
        self,
        channel_id: int,
        user_id: int,
        *,
        about: Good | Creature,
        text: str,
        leaning: int | None,
        to: Creature | None,
    ) -> PatronCard:
        """Cast a rumor; ``leaning`` None reads it from the words."""
        raise NotImplementedError

    async def heard(self, channel_id: int, limit: int = 10) -> Sequence[RumorRow]: ...
    async def draw(self, channel_id: int, user_id: int) -> Legend: ...
    async def hand(self, channel_id: int, user_id: int) -> PatronCard: ...
    async def cast_legend(
        self, channel_id: int, user_id: int, *, legend: str | None, breath: int
    ) -> CastReceipt: ...
    async def lore(self, channel_id: int, slug: str | None) -> Legend:
        """A legend already told in this wood, by slug; None for the last one told. Undrawn ones stay secret."""
        raise NotImplementedError

    async def told(self, channel_id: int) -> Sequence[Legend]:
        """The legends told in this wood so far, newest first: what autocomplete of lore may show."""
        raise NotImplementedError

    async def report(self, channel_id: int) -> ReportCard:
        """The report of the current local day so far."""
        raise NotImplementedError

    async def chart(self, channel_id: int, good: Good | None, span: int) -> ChartCard:
        """The price chart of one good (None: all five) over the last ``span`` turns, drawn off the event loop."""
        raise NotImplementedError

    async def trades(self, channel_id: int, limit: int = 20) -> Sequence[TradeRow]: ...

    async def take_turn(self, channel_id: int) -> Turn | None:
        """Advance a wood by one turn; None when it is paused, razed or not due any more."""
        raise NotImplementedError
