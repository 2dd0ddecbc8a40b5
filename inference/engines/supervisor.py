"""Keeps one engine alive: builds it in the background, notices its death, builds it anew, and never has two.

The engine lives in a thread with an event loop of its own. Building one blocks for a minute, and a big batch keeps
the thread busy for seconds; the loop that serves players must not wait for either.
"""

import asyncio
import gc
import logging
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Final, Generic, Protocol, TypeVar

from inference.protocol import Doing, Stage, State

_log = logging.getLogger(__name__)

E = TypeVar("E")
T = TypeVar("T")

PULSE: Final = 0.5
"""Seconds between two looks at whether the engine lives."""
FIRST_PAUSE: Final = 1.0
"""Seconds before a failed engine is built anew; twice as long after each further failure."""
STEADY: Final = 60.0
"""Seconds that an engine must have been ready for the pauses to begin anew."""
GRACE: Final = 15.0
"""Seconds that closing waits for the engine to be taken down."""
_UNDER_WAY: Final = frozenset({Stage.BUILDING, Stage.WARMING})


class NotReadyError(Exception):
    """There is no engine to work with just now."""


class EngineDiedError(Exception):
    """The engine died at work."""


class Workshop(Protocol[E]):
    """How one kind of engine is made and unmade. All but :meth:`abandon` run in the engine's thread."""

    def build(self) -> E:
        """Make the engine; may take minutes and raise anything."""
        ...

    async def warm_up(self, engine: E) -> None:
        """Have it do once what is slow the first time; may raise anything."""
        ...

    def broken(self, engine: E) -> bool:
        """Whether it died."""
        ...

    def scrap(self, engine: E) -> None:
        """Take it down, with its processes and its memory, dead or alive."""
        ...

    def abandon(self) -> None:
        """Make a :meth:`build` or :meth:`warm_up` that is under way fail soon.

        Called from another thread, again and again until it did; may block for seconds.
        """
        ...


class Supervisor(Generic[E]):
    """Keeps one engine alive.

    Args:
        workshop: makes and unmakes it.
        what: what is being built, for people.
        longest_pause: seconds between two attempts at most.
        first_pause: seconds before the second attempt.
    """

    def __init__(
        self, workshop: Workshop[E], what: str, *, longest_pause: float = 120.0, first_pause: float = FIRST_PAUSE
    ) -> None:
        self._workshop = workshop
        self._what = what
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._lock = threading.Lock()
        self._state = State(Stage.ASLEEP, Doing.UNSTARTED)
        self._since = time.monotonic()
        self._engine: E | None = None
        self._built = 0
        self._waiting: set[Future[bool]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stirred = asyncio.Event()
        self._thread: threading.Thread | None = None
        self._closing = False

    @property
    def state(self) -> State:
        """How far the engine is, with the time that it has taken so far."""
        with self._lock:
            state, since = self._state, self._since
        if state.stage in _UNDER_WAY:
            return replace(state, facts={**state.facts, "seconds": round(time.monotonic() - since)})
        return state

    @property
    def built(self) -> int:
        """How many engines have become ready so far."""
        with self._lock:
            return self._built

    def start(self) -> None:
        """Begin to build; a second call does nothing."""
        with self._lock:
            if self._thread is not None or self._closing:
                return
            self._state = self._at(Stage.BUILDING, Doing.LOADING)
            # A daemon, so that a program which forgets to close the engine can end.
            self._thread = threading.Thread(target=self._live, name=f"engine {self._what}", daemon=True)
            self._thread.start()

    async def work(self, task: Callable[[E], Awaitable[T]]) -> T:
        """Do something with the engine, in the engine's loop; may be called from any loop. Cancelling cancels it.

        Raises:
            NotReadyError: there is no engine just now.
            EngineDiedError: the engine died; a new one is being built.
        """
        with self._lock:
            engine, loop, number = self._engine, self._loop, self._built
        if engine is None or loop is None:
            raise NotReadyError
        doing = asyncio.run_coroutine_threadsafe(_awaited(task, engine), loop)
        del engine  # it is gone only when nobody holds it any more
        try:
            return await asyncio.wrap_future(doing)
        except EngineDiedError:
            self._report(number)
            raise
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            raise NotReadyError from None  # not we were cancelled, but the engine's loop ended

    async def ready(self, seconds: float) -> bool:
        """Wait until there is an engine, ``seconds`` at most; whether there is one."""
        waiting: Future[bool] = Future()
        with self._lock:
            if self._engine is not None:
                return True
            if self._closing or self._thread is None or seconds <= 0:
                return False
            self._waiting.add(waiting)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(waiting), seconds)
        except TimeoutError:
            return False
        finally:
            with self._lock:
                self._waiting.discard(waiting)

    async def close(self) -> None:
        """Take the engine down, also one that is still being built."""
        with self._lock:
            self._closing = True
            thread, loop = self._thread, self._loop
        if thread is None:
            return
        self._stir(loop)
        await asyncio.to_thread(self._see_off, thread)
        if thread.is_alive():
            _log.error("The engine %s could not be taken down within %.0f seconds", self._what, GRACE)

    def _see_off(self, thread: threading.Thread) -> None:
        """Wait for the engine's thread to end; what is not ready yet is not waited for."""
        ends = time.monotonic() + GRACE
        while thread.is_alive() and time.monotonic() < ends:
            if self._state.stage in _UNDER_WAY:
                self._workshop.abandon()
            thread.join(PULSE)

    def _report(self, number: int) -> None:
        """Note at once that the engine with this number died, so that nobody is sent to it any more."""
        with self._lock:
            if self._built != number or self._engine is None:
                return
            self._engine = None
            self._state = State(Stage.DEAD, Doing.DIED)
            loop = self._loop
        self._stir(loop)

    def _stir(self, loop: asyncio.AbstractEventLoop | None) -> None:
        if loop is not None:
            with suppress(RuntimeError):  # the loop ended meanwhile
                loop.call_soon_threadsafe(self._stirred.set)

    def _at(self, stage: Stage, doing: Doing, **facts: str) -> State:
        return State(stage, doing, {"model": self._what, **facts})

    def _turn(self, state: State) -> None:
        with self._lock:
            self._state, self._since = state, time.monotonic()
        _log.info("The engine is %s: %s", state.stage, state)

    def _live(self) -> None:
        """The thread: build, watch, take down, and again until closed."""
        if hasattr(signal, "pthread_sigmask"):
            # Ctrl+C goes to the whole process group. What is started here inherits the mask, so that the engine
            # lives until the turns under way are done and it is taken down in order.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            asyncio.run(self._lives())
        except Exception:
            _log.exception("The engine's thread failed")
            self._turn(State(Stage.DEAD, Doing.BROKEN))
        finally:
            with self._lock:
                self._engine = self._loop = None
                waiting, self._waiting = self._waiting, set()
            for future in waiting:
                _resolve(future, ready=False)

    async def _lives(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
        failures = 0
        while not self._closing:
            # A fresh start for an engine that had worked for a while; patience with one that does not.
            failures = 1 if await self._one_life() > STEADY else failures + 1
            if not self._closing:
                await self._pause(min(self._longest_pause, self._first_pause * 2 ** min(failures - 1, 20)))
        self._turn(State(Stage.ASLEEP, Doing.CLOSED))

    async def _one_life(self) -> float:
        """Build one engine, hand it out while it lives, and take it down; how many seconds it was ready."""
        engine: E | None = None
        lived = 0.0
        self._turn(self._at(Stage.BUILDING, Doing.LOADING))
        try:
            engine = self._workshop.build()
            if not self._closing:
                self._turn(self._at(Stage.WARMING, Doing.WARMING))
                await self._workshop.warm_up(engine)
                began = time.monotonic()
                self._hand_out(engine)
                await self._watch(engine)
                lived = time.monotonic() - began
        except (Exception, SystemExit) as error:  # whatever a model, a driver or a full GPU can raise
            if not self._closing:
                _log.exception("The engine %s cannot be built", self._what)
                self._turn(self._at(Stage.DEAD, Doing.UNLOADABLE, error=type(error).__name__))
        finally:
            with self._lock:
                self._engine = None
            if engine is not None:
                self._scrap(engine)
            del engine
        await asyncio.sleep(0)  # whoever was using it lets go of it now
        gc.collect()
        return lived

    def _hand_out(self, engine: E) -> None:
        with self._lock:
            self._engine = engine
            self._built += 1
            waiting, self._waiting = self._waiting, set()
            self._state = self._at(Stage.READY, Doing.READY)
        _log.info("The engine %s is ready", self._what)
        for future in waiting:
            _resolve(future, ready=True)

    async def _watch(self, engine: E) -> None:
        """Wait until the engine died or is no longer wanted."""
        while not self._closing and self._engine is engine and not self._workshop.broken(engine):
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), PULSE)
        if not self._closing:
            _log.error("The engine %s died", self._what)
            self._report(self._built)

    async def _pause(self, seconds: float) -> None:
        _log.info("The engine %s is built anew in %.1f seconds", self._what, seconds)
        ends = time.monotonic() + seconds
        while not self._closing and (left := ends - time.monotonic()) > 0:
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), left)

    def _scrap(self, engine: E) -> None:
        try:
            self._workshop.scrap(engine)
        except Exception:
            _log.exception("The engine %s could not be taken down in order", self._what)


async def _awaited(task: Callable[[E], Awaitable[T]], engine: E) -> T:
    return await task(engine)


def _resolve(future: "Future[bool]", *, ready: bool) -> None:
    if future.set_running_or_notify_cancel():
        future.set_result(ready)
