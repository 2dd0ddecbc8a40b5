"""For everybody: what is told of the years that are over, and what stays of them."""

from bot.keeping.desk import Desk
from bot.refusals import KeeperCode, KeeperError
from bot.telling.career import CareerCard, career_card
from bot.telling.naming import shown_names
from bot.telling.year import YearCard
from data.rows import Snapshot
from wood.rules import Rules


class Annals:
    """Looking at the years of a wood.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def year_of(self, channel_id: int, number: int) -> YearCard:
        """The year that ended with a turn."""
        stored = await self._desk.snapshot(channel_id)
        return await self._year(stored, (await self._desk.library.of(stored)).rules, number)

    async def saga(self, channel_id: int, year: int | None = None) -> YearCard:
        """A year that is over.

        Args:
            channel_id: the wood.
            year: which, 1 for the first; None for the last.

        Raises:
            KeeperError: no year is over yet, or that one is not.
        """
        stored = await self._desk.snapshot(channel_id)
        rules = (await self._desk.library.of(stored)).rules
        over = stored.wood.turn // rules.year
        if not over:
            raise KeeperError(KeeperCode.NO_YEAR, turns=rules.year - stored.wood.turn)
        if year is not None and not 1 <= year <= over:
            raise KeeperError(KeeperCode.NOT_THAT_YEAR, year=year, years=over)
        return await self._year(stored, rules, (year or over) * rules.year)

    async def career(self, channel_id: int, user_id: int) -> CareerCard:
        """What stays of the player's years.

        Raises:
            Refusal: the player is no patron here.
        """
        seen = await self._desk.see(channel_id)
        return career_card(seen.world, seen.names, seen.patron(user_id))

    async def _year(self, stored: Snapshot, rules: Rules, number: int) -> YearCard:
        first = max(1, number - rules.year + 1)
        turns = [row.turn for row in await self._desk.store.turns.numbered(stored.wood.id, first, number)]
        aliases = {key: patron.alias for key, patron in stored.world.patrons.items()}
        return YearCard(rules, turns, shown_names(stored.patrons, stored.world, rules), aliases)
