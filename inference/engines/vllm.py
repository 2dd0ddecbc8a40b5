"""The mind in this process: one vLLM engine for all woods, with continuous batching and guided decoding."""

import asyncio
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeVar

from inference.engines.options import VllmOptions
from inference.engines.supervisor import EngineDiedError, NotReadyError, Supervisor
from inference.prompt import SHARED
from inference.protocol import Failure, Message, Reply, Request, State, Tokenizer
from inference.schema import schema_without
from wood.names import GOODS, Good

if TYPE_CHECKING:
    from inference.engines.vllm_core import Core

T = TypeVar("T")

NAME: Final = "vllm"
WARMING: Final = 300.0
"""Seconds that the first five requests may take: kernels may be compiled on the way."""
_SOCKETS: Final = "VLLM_RPC_BASE_PATH"
LONGEST_FOLDER: Final = 50
"""Letters of the folder in which a folder for sockets is made."""
_ENVIRONMENT: Final = {
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_WORKER_MULTIPROC_METHOD": "spawn",  # a process with threads must not be forked
    "VLLM_LOGGING_STREAM": "ext://sys.stderr",  # standard output is for what programs read
    "VLLM_LOGGING_LEVEL": "WARNING",
}
_ONE = threading.Lock()
"""Held by whoever has an engine: two of them would each want the GPU's whole memory."""


def installed() -> bool:
    """Whether vLLM is there to be imported."""
    return find_spec("vllm") is not None


def short_name(options: VllmOptions) -> str:
    """The model's name without its owner, or its folder without the path."""
    return options.model.rstrip("/").rpartition("/")[2]


def _short_folder() -> str:
    """A folder of our own for sockets, whose paths may have a hundred letters at most."""
    usual = tempfile.gettempdir()
    return tempfile.mkdtemp(prefix="ttw-", dir=usual if len(usual) <= LONGEST_FOLDER else "/tmp")  # noqa: S108


@dataclass(frozen=True, slots=True)
class _Warming:
    """A question whose answer nobody reads."""

    schema: Mapping[str, Any]
    messages: tuple[Message, ...]
    seed: int = 0
    wood: str = "warming-up"

    @classmethod
    def of(cls, product: Good, *, answers: bool) -> "_Warming":
        """What a maker of ``product`` is asked, with the rules that all prompts begin with."""
        own = f"You make {product}: sell it, never buy it."
        user = f"Turn 1, autumn, day 1 of 15. You have 40 pebbles. You lack now: 1 berries. {own}"
        schema = schema_without(product, answers=answers)
        return cls(schema, ({"role": "system", "content": SHARED}, {"role": "user", "content": user}))


class _Workshop:
    """Makes and unmakes vLLM engines, one at a time."""

    def __init__(self, options: VllmOptions) -> None:
        self.options = options
        self.tokenizer: Tokenizer | None = None
        self._sockets: str | None = None
        self._abandoned = False

    def build(self) -> "Core":
        if not _ONE.acquire(blocking=False):
            message = "another engine of this process has not been taken down yet"
            raise RuntimeError(message)
        try:
            for name, value in _ENVIRONMENT.items():
                os.environ.setdefault(name, value)
            if self._sockets is None:
                self._sockets = _short_folder()
            os.environ[_SOCKETS] = self._sockets
            from inference.engines.vllm_core import Core

            if self._abandoned:  # while vLLM was imported, which takes its time and cannot be ended
                message = "it is not wanted any more"
                raise RuntimeError(message)
            return Core(self.options)
        except BaseException:
            _ONE.release()
            raise

    async def warm_up(self, engine: "Core") -> None:
        """Compile the ten grammars, and whatever else is compiled when first used."""
        ends = asyncio.get_running_loop().time() + WARMING
        asked = [_Warming.of(good, answers=answers) for good in GOODS for answers in (False, True)]
        replies = await engine.answer(asked, ends)
        wrong = {_trouble(reply) for reply in replies if reply is None or reply.text is None}
        if wrong:
            raise RuntimeError(f"no answer to the first requests: {', '.join(sorted(wrong))}")
        if self.tokenizer is None:
            self.tokenizer = await engine.tokenizer()

    def broken(self, engine: "Core") -> bool:
        return engine.broken

    def scrap(self, engine: "Core") -> None:
        try:
            engine.scrap()
        finally:
            _ONE.release()

    def abandon(self) -> None:
        from inference.engines import processes

        self._abandoned = True
        processes.end(processes.family())

    def clear(self) -> None:
        """Remove the sockets' folder, and leave no mention of it to processes that are started later."""
        if self._sockets is not None:
            if os.environ.get(_SOCKETS) == self._sockets:
                del os.environ[_SOCKETS]
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None


def _trouble(reply: Reply | None) -> str:
    """Why there is no text."""
    return "it died" if reply is None else reply.detail or reply.failure or "no text"


class VllmMind:
    """Asks the engine in this process.

    Args:
        options: how it is built.

    Raises:
        ModuleNotFoundError: vLLM is not installed.
    """

    name = NAME

    def __init__(self, options: VllmOptions | None = None) -> None:
        if not installed():
            message = "vLLM is not installed"
            raise ModuleNotFoundError(message, name="vllm")
        self.options = options or VllmOptions()
        self._workshop = _Workshop(self.options)
        self._supervisor: Supervisor[Core] = Supervisor(
            self._workshop, short_name(self.options), longest_pause=self.options.retry_seconds
        )

    @property
    def state(self) -> State:
        """How far the engine is."""
        return self._supervisor.state

    @property
    def tokenizer(self) -> Tokenizer | None:
        """How the model counts, from the first time it is ready."""
        return self._workshop.tokenizer

    @property
    def built(self) -> int:
        """How many engines have become ready so far: one, unless engines died."""
        return self._supervisor.built

    def start(self) -> None:
        """Begin to build the engine, in a thread of its own; a second call does nothing."""
        self._supervisor.start()

    async def ready(self, seconds: float) -> bool:
        """Wait until the engine answers, ``seconds`` at most; whether it does."""
        return await self._supervisor.ready(seconds)

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Answer every request, in order, within ``deadline`` seconds.

        While the engine is not ready every request fails at once, so that a turn need not wait for it. What is left
        without an answer by its death is asked once more of the next one, if that is ready before the deadline; not
        more often, for it may be the very request that an engine dies of.
        """
        ends = time.monotonic() + deadline
        state = self.state
        if not state.ready:
            return [Reply(NAME, None, Failure.ASLEEP, str(state))] * len(batch)
        replies = await self._ask(batch, ends)
        left = [at for at, reply in enumerate(replies) if reply is None]
        if left and await self.ready(ends - time.monotonic()):
            for at, reply in zip(left, await self._ask([batch[at] for at in left], ends), strict=True):
                replies[at] = reply
        dead = Reply(NAME, None, Failure.DEAD, str(self.state))
        return [reply or dead for reply in replies]

    async def work(self, task: Callable[["Core"], Awaitable[T]]) -> T:
        """Do something with the engine itself, in its own loop: for those who measure it.

        Raises:
            NotReadyError: there is no engine just now.
        """
        return await self._supervisor.work(task)

    async def close(self) -> None:
        """Take the engine down."""
        await self._supervisor.close()
        self._workshop.clear()

    async def _ask(self, batch: Sequence[Request], ends: float) -> list[Reply | None]:
        replies: list[Reply | None] = [None] * len(batch)

        async def answer(engine: "Core") -> None:
            # Event loops go by the monotonic clock, so the time means the same in the engine's loop.
            replies[:] = await engine.answer(batch, ends)
            if None in replies:
                raise EngineDiedError

        with suppress(NotReadyError, EngineDiedError):
            await self._supervisor.work(answer)
        return replies
