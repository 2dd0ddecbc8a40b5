"""Engines in the laboratory. A bot plays on while its minds are asleep; what measures them waits until they answer."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final

from bot.telling.catalog import SOURCE, words_in
from bot.telling.engines import doing
from inference.council import Council, CouncilResult
from inference.protocol import Stage, State
from wood.names import Creature
from wood.observe import View
from wood.rules import Rules

PATIENCE: Final = 60.0
"""Seconds that an engine may stay away without being built."""
DEATHS: Final = 3
"""How often an engine that has answered before may fail to come back."""
GLANCE: Final = 0.1
"""Seconds between two looks at an engine."""
_UNDER_WAY: Final = frozenset({Stage.BUILDING, Stage.WARMING})


class EngineError(Exception):
    """An engine does not come up; the message names it and says what it is at."""


class Awake:
    """A council that is asked only while all of its engines answer.

    Args:
        council: whom to ask; the caller closes it.
        patience: seconds that an engine may stay away without being built; None for :data:`PATIENCE`.
        woken: whether all of its engines have answered before, in another council.
        tell: is given words about an engine that is waited for, whenever they change.
    """

    def __init__(
        self,
        council: Council,
        *,
        patience: float | None = None,
        woken: bool = False,
        tell: Callable[[str], object] = lambda words: None,
    ) -> None:
        self._council = council
        self._patience = PATIENCE if patience is None else patience
        self._tell = tell
        self._woken = woken

    async def decide(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules | None = None
    ) -> CouncilResult:
        """Ask every creature once; see :meth:`inference.council.Council.decide`.

        Raises:
            EngineError: an engine does not come up.
        """
        await self.wake()
        return await self._council.decide(wood, seed, views, rules)

    async def wake(self) -> None:
        """Start the engines and wait until all of them answer, however long one takes to be built.

        Raises:
            EngineError: one does not come up.
        """
        self._council.start()
        away = time.monotonic()
        deaths, before = 0, Stage.ASLEEP
        while (found := self._asleep()) is not None:
            name, state = found
            at = doing(words_in(SOURCE), [state])
            self._tell(f"{name}: {at}")
            deaths += state.stage is Stage.DEAD and before is not Stage.DEAD
            before = state.stage
            if state.stage in _UNDER_WAY:
                away = time.monotonic()
            if deaths > (DEATHS if self._woken else 0) or time.monotonic() - away > self._patience:
                raise EngineError(f"The mind {name!r} does not answer: {at}.")
            await asyncio.sleep(GLANCE)
        self._woken = True

    def _asleep(self) -> tuple[str, State] | None:
        """An engine that does not answer yet."""
        return next(((name, state) for name, state in self._council.states().items() if not state.ready), None)
