"""How deep a board lies under what was said since: one that is buried moves down."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from bot.delivery import ChannelPort, DeliveryError

log = logging.getLogger(__name__)

R = TypeVar("R")

BURIED: Final = 50
"""Messages under a board from which on it is a new one."""
LOOK_EVERY: Final = timedelta(minutes=5)
"""How often it is looked, at most, how deep a board is buried: a fast wood has a turn every ten seconds."""


class Depths(Generic[R]):
    """Looks, now and then, how deep boards lie.

    Args:
        port: Discord.
        now: the time, aware.
    """

    def __init__(self, port: ChannelPort[R], now: Callable[[], datetime]) -> None:
        self._port = port
        self._now = now
        self._looked: dict[int, datetime] = {}

    async def buried(self, wood: int, channel_id: int, message_id: int) -> bool:
        """Whether a wood's board lies too deep; False where that cannot be seen, or was looked for just now."""
        now = self._now()
        if (looked := self._looked.get(wood)) is not None and timedelta() <= now - looked < LOOK_EVERY:
            return False
        self._looked[wood] = now
        try:
            return await self._port.count_after(channel_id, message_id, BURIED + 1) > BURIED
        except DeliveryError as error:
            log.info("channel %d: how deep the board lies cannot be seen: %s", channel_id, error.problem)
            return False
