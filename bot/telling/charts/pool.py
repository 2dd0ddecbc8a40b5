"""Draws charts away from the event loop, a bounded number at a time.

Worker processes, not threads: matplotlib is mostly Python, so a drawing thread fights the loop for the interpreter. On
a busy machine of two cores, while 24 charts of 60 turns were drawn one after another, the loop woke up late by 0.25 ms
in the median with a process, as with nothing drawn at all, and by 3.7 ms with a thread; at worst by 62 ms and by 291
ms. Memory is the same in the end: matplotlib costs about 110 MB wherever it is imported, and the bot itself stays at
30 MB without it. A worker takes two seconds or more to start, longer where matplotlib has to look for fonts first,
which is why :meth:`ChartPool.start` draws one chart ahead. ``bench/charts.py`` measures all of this anew.

Processes are spawned, never forked: the bot has threads and open sockets.
"""

import asyncio
import logging
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Final, Self, TypeVar

from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import SOURCE, Words, words_in, words_of_wood
from bot.telling.charts.faces import AlbumSeries, CardSeries
from bot.telling.charts.request import ChartRequest
from bot.telling.charts.series import Series, Standing, series_of
from bot.worker import settle_in
from wood.chronicle import Turn
from wood.rules import Legend, Rules

log = logging.getLogger(__name__)

_KEPT: Final = 32
"""Cards and pages of the album that are kept once drawn, about 300 kB each."""
T = TypeVar("T")


class ChartPool:
    """A bounded pool of drawing workers.

    Use it as ``async with ChartPool() as pool`` or call :meth:`start` and :meth:`close`.
    """

    def __init__(self, workers: int = 1, queue: int = 32) -> None:
        """Make a pool; nothing is started yet.

        Args:
            workers: worker processes, about 110 MB each; 0 draws in one thread of this process, which starts at
                once and suits tests and one-off commands.
            queue: how many charts may wait for a worker before an impatient one is refused.
        """
        self._workers = workers
        self._queue = queue
        self._slots = asyncio.Semaphore(max(1, workers))
        self._waiting = 0
        self._executor: Executor | None = None
        self._closed = False
        self._kept: dict[tuple[str, CardSeries | AlbumSeries], ChartCard] = {}

    async def start(self) -> None:
        """Start the workers and have each draw a chart, so that the first reader does not wait for imports."""
        warm = Standing((RankRow(1, "warm 暖", 1, 0),))
        await asyncio.gather(
            *(self.picture(words_in(SOURCE), warm, patient=True) for _ in range(max(1, self._workers)))
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def draw(
        self,
        request: ChartRequest,
        rules: Rules,
        turns: Sequence[Turn],
        ranking: Sequence[RankRow] = (),
        names: Mapping[str, str] | None = None,
        *,
        patient: bool = False,
    ) -> ChartCard:
        """Have a chart drawn in the wood's own language; only what it shows is sent to a worker.

        Args:
            request: which.
            rules: the content.
            turns: the history, oldest first; may be empty.
            ranking: the patrons, best first, for the ranking chart.
            names: patron key -> name as shown, for whose rumors are pinned.
            patient: wait however long the queue is (reports), instead of being refused when it is full (commands).

        Raises:
            Refusal: the pool is closed, its queue is full, or its workers died twice over one chart.
        """
        words = words_of_wood(rules)
        return await self.picture(words, series_of(words, request, rules, turns, ranking, names), patient=patient)

    async def portrait(self, language: str, legend: Legend) -> ChartCard:
        """Have a legend's card drawn; one that was drawn lately is kept.

        Args:
            language: of the words that tell of the picture.
            legend: whose.

        Raises:
            Refusal: see :meth:`draw`.
        """
        return await self._remembered(language, CardSeries.of(legend))

    async def album(self, language: str, faces: Sequence[Legend | None]) -> ChartCard:
        """Have a page of the album drawn; one that was drawn lately is kept.

        Args:
            language: of the words that tell of the picture.
            faces: the legends in their order, one at least; None for a card that lies face down.

        Raises:
            Refusal: see :meth:`draw`.
        """
        return await self._remembered(
            language, AlbumSeries(tuple(CardSeries.of(face) if face else None for face in faces))
        )

    async def _remembered(self, language: str, series: CardSeries | AlbumSeries) -> ChartCard:
        """Draw what depends on nothing that changes, or find it among the last few that were drawn."""
        found = self._kept.pop((language, series), None)
        if found is None:
            found = await self.work(partial(_work, language, series))
        self._kept[language, series] = found
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return found

    async def picture(self, words: Words, series: Series, *, patient: bool = False) -> ChartCard:
        """Have a chart drawn from what it shows; see :meth:`draw`."""
        return await self.work(partial(_work, words.language, series), patient=patient)

    async def work(self, job: Callable[[], T], *, patient: bool = False) -> T:
        """Have any work of a second or two done away from the event loop, in its turn among the charts.

        Args:
            job: what is done; it and its result travel to a worker.
            patient: as for :meth:`draw`.

        Raises:
            Refusal: as of :meth:`draw`.
        """
        if not patient and self._waiting >= self._queue:
            raise KeeperError(KeeperCode.CHARTS_BUSY)
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            return await self._done(job)
        finally:
            self._slots.release()

    async def _done(self, job: Callable[[], T]) -> T:
        for _ in range(2):
            executor = self._running()
            try:
                return await asyncio.get_running_loop().run_in_executor(executor, job)
            except BrokenProcessPool:
                log.warning("a chart worker died; starting a new one")
                if self._executor is executor:
                    self._executor = None
                    executor.shutdown(wait=False)
        raise KeeperError(KeeperCode.CHARTS_BROKEN)

    def _running(self) -> Executor:
        if self._closed:
            raise KeeperError(KeeperCode.CHARTS_CLOSED)
        if self._executor is None:
            self._executor = (
                ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"), settle_in)
                if self._workers
                else ThreadPoolExecutor(1, "charts")
            )
        return self._executor

    async def close(self) -> None:
        """Finish the charts in hand, refuse those that wait, and stop the workers. May be called more than once."""
        self._closed = True
        executor, self._executor = self._executor, None
        if executor is not None:
            await asyncio.to_thread(executor.shutdown, wait=True)


def _work(language: str, series: Series) -> ChartCard:
    from bot.telling.charts.drawing import draw_series  # here, so that only workers import matplotlib

    # A catalog does not travel; each worker reads its own once.
    return draw_series(words_in(language), series)
