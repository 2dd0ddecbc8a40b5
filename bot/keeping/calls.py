"""For everybody, patron or not: the daily call."""

from datetime import datetime, timedelta

from bot.keeping.days import next_report
from bot.keeping.desk import Desk, Seen
from bot.keeping.founding import zone_of
from bot.telling.calls import CallCard
from bot.telling.naming import tame
from data.rows import WoodRow
from wood.moves import DailyCall
from wood.moves.call import CALL_TURNS_MOST
from wood.names import Good
from wood.refusal import Refusal, RefusalCode
from wood.world import Call, Prophecy


class Calls:
    """Calling the good that moves most until the next report."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def call(self, channel_id: int, user_id: int, name: str, good: Good, leaning: int) -> CallCard:
        """Make a call; where one stands already, only that is shown.

        Whoever is no patron is known by a key and a name from now on, and takes that key when joining.

        Args:
            channel_id: the wood.
            user_id: who calls.
            name: what the caller is called.
            good: the good that will have moved most.
            leaning: 1 for up, -1 for down.
        """

        def calling(seen: Seen) -> DailyCall:
            turns = turns_left(seen.stored.wood, self._desk.now())
            return DailyCall(seen.key(user_id) or seen.next_key, good, leaning, turns)

        try:
            seen, _ = await self._desk.submit(channel_id, calling, joining=(user_id, tame(name)))
        except Refusal as refusal:
            if refusal.code is not RefusalCode.CALLED:
                raise
            seen, new = await self._desk.see(channel_id), False
        else:
            new = True
        key = seen.key(user_id)
        standing = next((call for call in seen.world.calls if call.caller == key), None)
        if key is None or standing is None:
            raise Refusal(RefusalCode.CALLED)  # judged, or forgotten, in this very moment
        return _card(seen, key, standing, new=new)


def _card(seen: Seen, key: str, standing: Call, *, new: bool) -> CallCard:
    wood, record = seen.stored.wood, seen.world.callers.get(key, Prophecy())
    turns = standing.due - seen.world.turn
    at = wood.next_turn + (turns - 1) * timedelta(seconds=wood.pace) if wood.next_turn else None
    return CallCard(seen.rules, standing, new, turns, at, record, member=key in seen.world.patrons)


def turns_left(wood: WoodRow, now: datetime) -> int:
    """The turns of a wood before its next report that has any, 1 to :data:`CALL_TURNS_MOST`."""
    zone, pace = zone_of(wood.zone), timedelta(seconds=wood.pace)
    first = max(wood.next_turn or now + pace, now)
    report = next_report(first, wood.report_hour, zone)
    return min(CALL_TURNS_MOST, max(1, -((first - report) // pace)))
