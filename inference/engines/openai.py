"""The mind behind an address: any server that speaks OpenAI's protocol, asked with bounded haste and patience."""

import asyncio
import logging
import math
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import openai

from inference.engines.dialect import Dialect, first_dialect
from inference.engines.options import ServerOptions
from inference.protocol import Doing, Failure, Reply, Request, Stage, State, Tokenizer
from inference.text import tidy

_log = logging.getLogger(__name__)

NAME: Final = "openai"
CONNECT: Final = 5.0
"""Seconds in which a server must have taken the connection."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 8.0
"""Seconds before a request is tried again, where the server does not say how long."""
PROBE: Final = 10.0
"""Seconds that a server has to say which models it knows."""
PROBES_APART: Final = 60.0
"""Seconds between two looks at a server that is away, at most."""
LONGEST_WAIT: Final = 300.0
"""Seconds for which a server can ask not to be asked; one that means more is asked again, and may say so again."""
MOST: Final = 20_000
"""Characters of a reply that are kept; the fullest one that fits the schema has a few hundred."""
MOST_TOKENS: Final = 1_000_000
"""Tokens of one request; a server that counts more is not believed."""
_REJECTED: Final = frozenset({400, 415, 422, 501})
_LATER: Final = frozenset({408, 409, 425, 429})
_AWAY: Final = frozenset({502, 503, 504})
_REFUSED: Final = frozenset({401, 403})
_NO_LIST: Final = frozenset({404, 405, 501})
_NAMELESS: Final = State(Stage.READY, Doing.NAMELESS)
_GONE: Final = State(Stage.ASLEEP, Doing.UNREACHABLE)


class _Trouble(Exception):
    """Why an attempt failed, and how many seconds the server asks to wait; None where it does not say.

    One that says that the server is away carries what the server is at then.
    """

    def __init__(
        self,
        failure: Failure,
        detail: str,
        wait: float | None = None,
        *,
        again: bool = False,
        away: State | None = None,
    ) -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail
        self.wait = wait
        self.again = again
        self.away = away


class OpenAIMind:
    """Asks a server.

    Must be used in one event loop only.

    Args:
        options: address, key, model and manners.
        name: the mind's name.

    Raises:
        ValueError: there is no address or no model.
    """

    def __init__(self, options: ServerOptions, name: str = NAME) -> None:
        if options.url is None or options.model is None:
            missing = "address" if options.url is None else "model"
            message = f"the mind {name} has no {missing}"
            raise ValueError(message)
        self.name = name
        self.options = options
        self._key = options.key.get_secret_value() if options.key else ""
        # Something must be sent: left out, the client takes OPENAI_API_KEY, which is not meant for this address.
        self._client = openai.AsyncOpenAI(base_url=options.url, api_key=self._key or "none", max_retries=0)
        self._client.organization = self._client.project = None  # likewise
        self._slots = asyncio.Semaphore(options.concurrency)
        self._dialect = first_dialect(options)
        self._doubted = False
        self._quiet_until = 0.0
        self._state = State(Stage.ASLEEP, Doing.UNASKED)
        self._probing: asyncio.Task[None] | None = None

    @property
    def state(self) -> State:
        """Whether the server answers, as far as is known."""
        return self._state

    @property
    def tokenizer(self) -> Tokenizer | None:
        """Not known of a server."""
        return None

    @property
    def dialect(self) -> Dialect:
        """How the server is asked, by what it took so far."""
        return self._dialect

    def start(self) -> None:
        """Begin to look whether the server is there."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe(), name=f"probe of {self.name}")

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Answer every request, in order, within ``deadline`` seconds."""
        ends = asyncio.get_running_loop().time() + deadline
        return list(await asyncio.gather(*(self._one(request, ends) for request in batch)))

    async def close(self) -> None:
        """Close the connections."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait([self._probing])  # which, unlike the probe, raises nothing
        await self._client.close()

    async def _one(self, request: Request, ends: float) -> Reply:
        """Ask until there is an answer, the deadline has come, or there is no point in asking again."""
        started = time.monotonic()
        last: list[str] = []
        try:
            async with asyncio.timeout_at(ends):
                return await self._patiently(request, ends, started, last)
        except TimeoutError:
            failure, detail = Failure.LATE, last[-1] if last else ""
        except _Trouble as trouble:
            failure, detail = trouble.failure, trouble.detail
            if trouble.away is not None:
                self._away(trouble.away)
        return Reply(self.name, None, failure, detail, latency=time.monotonic() - started)

    async def _patiently(self, request: Request, ends: float, started: float, last: list[str]) -> Reply:
        loop = asyncio.get_running_loop()
        dialect, tries = self._dialect, 0
        while True:
            await self._hush(ends)
            try:
                async with self._slots:
                    completion = await self._call(dialect, request, ends - loop.time())
            except openai.APIStatusError as error:
                simpler = self._simpler(dialect, error) if error.status_code in _REJECTED else None
                if simpler is not None:
                    dialect = simpler
                    continue
                trouble = self._status(error)
            except openai.APIConnectionError:
                trouble = _Trouble(Failure.ASLEEP, "the server cannot be reached", again=True, away=_GONE)
            except Exception as error:  # an odd answer makes the client raise nearly anything
                _log.debug("%s: an answer cannot be read", self.name, exc_info=error)
                trouble = _Trouble(Failure.ERROR, f"no chat completion ({type(error).__name__})")
            else:
                self._took(dialect)
                return self._read(completion, started)
            last.append(trouble.detail)
            if not trouble.again or tries >= self.options.retries:
                raise trouble
            await self._pause(trouble, tries, ends)
            tries += 1

    async def _call(self, dialect: Dialect, request: Request, seconds: float) -> Any:  # noqa: ANN401 - what it answers
        seconds = max(0.001, seconds)
        patience = openai.Timeout(seconds, connect=min(CONNECT, seconds))
        return await self._client.chat.completions.create(
            **dialect.arguments(request, self.options), timeout=patience, stream=False
        )

    async def _hush(self, ends: float) -> None:
        """Wait as long as the server asked everybody to wait.

        Raises:
            _Trouble: that is past the deadline.
        """
        loop = asyncio.get_running_loop()
        while (wait := self._quiet_until - loop.time()) > 0:
            if self._quiet_until > ends:
                raise _Trouble(Failure.ERROR, f"the server asks to wait {wait:.0f} s")
            await asyncio.sleep(wait)

    async def _pause(self, trouble: _Trouble, tries: int, ends: float) -> None:
        """Wait before the next attempt; what the server asks for goes for all requests to it."""
        loop = asyncio.get_running_loop()
        if trouble.wait is not None:
            self._quiet_until = max(self._quiet_until, loop.time() + trouble.wait)
            if self._quiet_until > ends:
                detail = f"{trouble.detail}, asks to wait {trouble.wait:.0f} s"
                away = trouble.away and _resting(trouble.away, trouble.wait)
                raise _Trouble(trouble.failure, detail, away=away) from None
            return
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**tries) * random.uniform(0.75, 1.0)
        if loop.time() + pause > ends:
            raise trouble
        await asyncio.sleep(pause)

    def _status(self, error: openai.APIStatusError) -> _Trouble:
        """What a status that is no success means."""
        code = error.status_code
        if code in _REFUSED:
            return _Trouble(Failure.ERROR, f"HTTP {code}: the server refuses the key")
        if code == 404:
            return _Trouble(Failure.ERROR, "HTTP 404: the server does not know the model, or the address is wrong")
        if code in _LATER or code >= 500:
            wait = _seconds(error.response.headers.get("retry-after"))
            if code not in _AWAY:
                return _Trouble(Failure.ERROR, f"HTTP {code}", wait, again=True)
            away = State(Stage.ASLEEP, Doing.REFUSING, {"status": code})
            return _Trouble(Failure.ASLEEP, f"HTTP {code}", wait, again=True, away=away)
        words = error.message.removeprefix(f"Error code: {code} - ")
        return _Trouble(Failure.ERROR, f"HTTP {code}: {self._clean(words)}")

    def _clean(self, words: str) -> str:
        """A server's words, short and without the key."""
        return tidy(words.replace(self._key, "[key]") if self._key else words, 160)

    def _simpler(self, dialect: Dialect, error: openai.APIStatusError) -> Dialect | None:
        """What to try instead of a dialect that was rejected; None where the request itself may be at fault.

        That is what words which name nothing mean at first, and the format only when the next request is rejected too.
        """
        simpler = dialect.without(error.message, guess=self._doubted or dialect != self._dialect)
        self._doubted = True
        return simpler

    def _took(self, dialect: Dialect) -> None:
        """Remember what worked."""
        self._doubted = False
        if dialect != self._dialect:
            _log.info("%s is asked with %s from now on", self.name, dialect)
            self._dialect = dialect
        if not self._state.ready:
            self._state = State(Stage.READY, Doing.ANSWERING)

    def _read(self, completion: Any, started: float) -> Reply:  # noqa: ANN401 - whatever the server sent
        latency = time.monotonic() - started
        choices = getattr(completion, "choices", None)
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = getattr(choice, "message", None)
        content = getattr(message, "content", None)
        if message is None or not isinstance(content, str | None):
            return Reply(self.name, None, Failure.ERROR, "no chat completion", latency=latency)
        finished = getattr(choice, "finish_reason", None)
        text: str | None = (content or "")[:MOST]
        failure, detail = None, ""
        if finished == "length":
            failure = Failure.LENGTH  # what there is of it is read all the same
        elif finished == "content_filter":
            failure, detail, text = Failure.ERROR, "the server's filter took the reply away", None
        usage = getattr(completion, "usage", None)
        details = getattr(usage, "prompt_tokens_details", None)
        return Reply(
            engine=self.name,
            text=text,
            failure=failure,
            detail=detail,
            tokens_in=_number(getattr(usage, "prompt_tokens", 0)),
            tokens_out=_number(getattr(usage, "completion_tokens", 0)),
            tokens_cached=_number(getattr(details, "cached_tokens", 0)),
            latency=latency,
        )

    def _away(self, state: State) -> None:
        """Note that the server is gone, and look after it until it is back."""
        self._state = state
        self.start()

    async def _probe(self) -> None:
        """Look for the server until it is there."""
        pause = FIRST_PAUSE
        while True:
            self._state = await self._look()
            if self._state.ready:
                self._quiet_until = 0.0
                _log.info("%s: the server is %s", self.name, self._state)
                return
            _log.warning("%s: the server is %s", self.name, self._state)
            await asyncio.sleep(pause)
            pause = min(PROBES_APART, 2 * pause)

    async def _look(self) -> State:
        try:
            patience = openai.Timeout(PROBE, connect=CONNECT)
            known = (await self._client.models.list(timeout=patience)).data
            names = {str(getattr(each, "id", "")) for each in known or ()}
        except openai.APIStatusError as error:
            if error.status_code in _REFUSED:
                return State(Stage.DEAD, Doing.KEYLESS)
            if error.status_code in _NO_LIST:
                return _NAMELESS
            return State(Stage.ASLEEP, Doing.UNREADY, {"status": error.status_code})
        except openai.APIConnectionError:
            return _GONE
        except Exception as error:  # an odd answer makes the client raise nearly anything
            _log.debug("%s: the list of models cannot be read", self.name, exc_info=error)
            return _NAMELESS
        if names and self.options.model not in names:
            return State(Stage.READY, Doing.UNLISTED)
        return State(Stage.READY, Doing.THERE)


def _resting(state: State, wait: float) -> State:
    """The state of a server that is away and asks to be left alone for some seconds."""
    return State(state.stage, Doing.RESTING, {**state.facts, "seconds": round(wait)})


def _seconds(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After header, a number or a date, within reason; None where it is neither."""
    if retry_after is None:
        return None
    seconds = math.nan
    with suppress(ValueError):
        seconds = float(retry_after)
    with suppress(ValueError, TypeError):
        seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    return min(LONGEST_WAIT, max(0.0, seconds)) if math.isfinite(seconds) else None


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 < value <= MOST_TOKENS else 0
