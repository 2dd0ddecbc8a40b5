"""The mind behind an address: any server that speaks OpenAI's protocol, asked with bounded haste and patience."""

import asyncio
import logging
import random
import time
from collections.abc import Mapping, Sequence
from typing import Final

import openai

from inference.engines import patience
from inference.engines.answers import answer
from inference.engines.complaint import FORMAT, Complaint, Fault, complaint, decoded, hidden_complaint
from inference.engines.dialect import Dialect, first_dialect
from inference.engines.manners import Attempt, Manners
from inference.engines.options import ServerOptions
from inference.engines.whereabouts import models, moved_to, takes_grammars
from inference.protocol import Doing, Failure, Reply, Request, Stage, State, Tokenizer

_log = logging.getLogger(__name__)

NAME: Final = "openai"
CONNECT: Final = 5.0
"""Seconds in which a server must have taken the connection."""
PROBE: Final = 10.0
"""Seconds that a server has to say which models it knows."""
PROBES_APART: Final = 60.0
"""Seconds between two looks at a server that is away, at most."""
CHATS: Final = "/chat/completions"
"""What follows an address where a server is asked."""
MOST_ANSWER: Final = 4_000_000
"""Characters of a whole answer; more is none."""
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_REJECTED: Final = frozenset({400, 415, 422, 501})
_LATER: Final = frozenset({408, 409, 425, 429})
_AWAY: Final = frozenset({502, 503, 504})
_REFUSED: Final = frozenset({401, 403})
_NO_LIST: Final = frozenset({404, 405, 501})
_NAMELESS: Final = State(Stage.READY, Doing.NAMELESS)
_GONE: Final = State(Stage.ASLEEP, Doing.UNREACHABLE)


class _Trouble(Exception):
    """Why an attempt failed, and how many seconds the server asks to wait; None where it does not say.

    One that says that the server is away carries what the server is at then, and one by which the server may object to
    how it is asked, its complaint.
    """

    def __init__(
        self,
        failure: Failure,
        detail: str,
        wait: float | None = None,
        *,
        again: bool = False,
        away: State | None = None,
        objection: Complaint | None = None,
    ) -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail
        self.wait = wait
        self.again = again
        self.away = away
        self.objection = objection


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
        self._client = openai.AsyncOpenAI(
            base_url=options.url,
            api_key=self._key or "none",
            max_retries=0,
            # A question and a key go where the settings say, and nowhere that a server points to.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )
        self._client.organization = self._client.project = None  # likewise
        self._slots = asyncio.Semaphore(options.concurrency)
        self._manners = Manners(first_dialect(options))
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
        return self._manners.dialect

    def start(self) -> None:
        """Begin to look whether the server is there."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe(), name=f"probe of {self.name}")

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Answer every request, in order, within ``deadline`` seconds."""
        now = asyncio.get_running_loop().time()
        trials = [self._manners.round(now) if batch else "", *[""] * len(batch)]
        asked = (self._one(request, trial, now + deadline) for request, trial in zip(batch, trials, strict=False))
        return list(await asyncio.gather(*asked))

    async def close(self) -> None:
        """Close the connections."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait([self._probing])  # which, unlike the probe, raises nothing
        await self._client.close()

    async def _one(self, request: Request, trial: str, ends: float) -> Reply:
        """Ask until there is an answer, the deadline has come, or there is no point in asking again."""
        started = time.monotonic()
        last: list[str] = []
        try:
            async with asyncio.timeout_at(ends):
                return await self._patiently(request, trial, ends, started, last)
        except TimeoutError:
            failure, detail = Failure.LATE, last[-1] if last else ""
        except _Trouble as trouble:
            failure, detail = trouble.failure, trouble.detail
            if trouble.away is not None:
                self._away(trouble.away)
        return Reply(self.name, None, failure, detail, latency=time.monotonic() - started)

    async def _patiently(self, request: Request, trial: str, ends: float, started: float, last: list[str]) -> Reply:
        attempt, tries = self._manners.attempt(trial), 0
        while True:
            await self._hush(ends)
            try:
                async with self._slots:
                    reply = await self._ask(attempt, request, ends, started)
            except _Trouble as trouble:
                said = trouble
            else:
                self._took(attempt)
                return reply
            if said.objection is not None and self._manners.retreats(attempt, said.objection):
                continue
            last.append(said.detail)
            if not said.again or tries >= self.options.retries:
                raise said
            await self._pause(said, tries, ends)
            tries += 1

    async def _ask(self, attempt: Attempt, request: Request, ends: float, started: float) -> Reply:
        """Ask once.

        Raises:
            _Trouble: there is no answer.
        """
        seconds = max(0.001, ends - asyncio.get_running_loop().time())
        try:
            came = await self._client.chat.completions.with_raw_response.create(
                **attempt.dialect.arguments(request, self.options),
                timeout=openai.Timeout(seconds, connect=min(CONNECT, seconds)),
                stream=False,
            )
            body, headers = decoded(came.text, MOST_ANSWER), came.headers
        except openai.APIStatusError as error:
            raise self._status(error) from error
        except openai.APIConnectionError as error:
            raise _Trouble(Failure.ASLEEP, "the server cannot be reached", again=True, away=_GONE) from error
        except Exception as error:  # an odd answer makes the client raise nearly anything
            _log.debug("%s: an answer cannot be read", self.name, exc_info=error)
            raise _Trouble(Failure.ERROR, f"no chat completion ({type(error).__name__})") from error
        hidden = hidden_complaint(body, self._key)
        if hidden is not None:
            raise self._trouble(hidden, headers)
        reply = self._read(body, started)
        if takes_grammars(headers, body):
            self._manners.enforces_grammars()
        return reply

    async def _hush(self, ends: float) -> None:
        """Wait as long as the server asked everybody to wait, and each a little longer or less than the others.

        Raises:
            _Trouble: that is past the deadline.
        """
        loop = asyncio.get_running_loop()
        while (wait := self._quiet_until - loop.time()) > 0:
            if self._quiet_until > ends:
                raise _Trouble(Failure.ERROR, f"the server asks to wait {wait:.0f} s")
            room = ends - self._quiet_until
            await asyncio.sleep(wait + random.uniform(0.0, min(patience.FIRST_PAUSE, room / 2)))

    async def _pause(self, trouble: _Trouble, tries: int, ends: float) -> None:
        """Wait before the next attempt; what the server asks for goes for all requests to it."""
        loop = asyncio.get_running_loop()
        pause = patience.pause(tries)
        if trouble.wait is not None:
            self._quiet_until = max(self._quiet_until, loop.time() + trouble.wait)
            if self._quiet_until > ends:
                detail = f"{trouble.detail}, asks to wait {trouble.wait:.0f} s"
                away = trouble.away and _resting(trouble.away, trouble.wait)
                raise _Trouble(trouble.failure, detail, away=away) from None
        if loop.time() + pause > ends:
            raise trouble
        await asyncio.sleep(pause)

    def _status(self, error: openai.APIStatusError) -> _Trouble:
        """What a status that is no success means."""
        code, headers = error.status_code, error.response.headers
        if code in _MOVED:
            url = moved_to(str(error.response.request.url), headers.get("location", ""), CHATS)
            known = url and not (self._key and self._key in url)
            to = f"to {url}" if known else "elsewhere, and does not say where"
            return _Trouble(Failure.ERROR, f"HTTP {code}: the server redirects {to}")
        return self._trouble(complaint(code, error.response.text, self._key), headers)

    def _trouble(self, said: Complaint, headers: Mapping[str, str]) -> _Trouble:
        """What a complaint means."""
        code = said.status
        if code in _REFUSED:
            return _Trouble(Failure.ERROR, f"HTTP {code}: the server refuses the key")
        if code == 404:
            words = f" ({said.words})" if said.words else ""
            return _Trouble(
                Failure.ERROR, f"HTTP 404: the server does not know the model, or the address is wrong{words}"
            )
        # Some servers answer with 500 to a field that they do not know.
        objection = said if code in _REJECTED or not code or (code >= 500 and said.feature == FORMAT) else None
        wait = patience.asked_wait(headers)
        if code in _AWAY and objection is None:
            away = State(Stage.ASLEEP, Doing.REFUSING, {"status": code})
            return _Trouble(Failure.ASLEEP, str(said), wait, again=True, away=away)
        again = code in _LATER or code >= 500 or said.fault is Fault.PASSING
        return _Trouble(Failure.ERROR, str(said), wait, again=again, objection=objection)

    def _took(self, attempt: Attempt) -> None:
        """Remember what worked."""
        if self._manners.taken(attempt, asyncio.get_running_loop().time()):
            _log.info("%s is asked with %s from now on", self.name, self.dialect)
        if not self._state.ready:
            self._state = State(Stage.READY, Doing.ANSWERING)

    def _read(self, body: object, started: float) -> Reply:
        """The reply in a chat completion.

        Raises:
            _Trouble: it is none.
        """
        found = answer(body)
        if found is None:
            raise _Trouble(Failure.ERROR, "no chat completion")
        text: str | None = found.text
        failure, detail = None, ""
        if found.finish == "length":
            failure = Failure.LENGTH  # what there is of it is read all the same
        elif found.finish == "content_filter":
            failure, detail, text = Failure.ERROR, "the server's filter took the reply away", None
        elif found.refusal:
            failure, detail, text = Failure.ERROR, f"the model refuses to answer: {found.refusal}", None
        return Reply(
            engine=self.name,
            text=text,
            failure=failure,
            detail=detail,
            tokens_in=found.tokens_in,
            tokens_out=found.tokens_out,
            tokens_cached=found.tokens_cached,
            latency=time.monotonic() - started,
            repairs=(found.repair,) if found.repair and text else (),
        )

    def _away(self, state: State) -> None:
        """Note that the server is gone, and look after it until it is back."""
        self._state = state
        self.start()

    async def _probe(self) -> None:
        """Look for the server until it is there."""
        pause = patience.FIRST_PAUSE
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
            came = await self._client.models.with_raw_response.list(timeout=openai.Timeout(PROBE, connect=CONNECT))
            listed = decoded(came.content.decode(), MOST_ANSWER)
        except openai.APIStatusError as error:
            if error.status_code in _REFUSED:
                return State(Stage.DEAD, Doing.KEYLESS)
            if error.status_code in _NO_LIST or error.status_code in _MOVED:  # where to is told when it is asked
                return _NAMELESS
            return State(Stage.ASLEEP, Doing.UNREADY, {"status": error.status_code})
        except openai.APIConnectionError:
            return _GONE
        except Exception as error:  # an odd answer makes the client raise nearly anything
            _log.debug("%s: the list of models cannot be read", self.name, exc_info=error)
            return _NAMELESS
        if takes_grammars(came.headers, listed):
            self._manners.enforces_grammars()
        names = models(listed)
        if names is None:
            return _NAMELESS
        if names and self.options.model not in names:
            return State(Stage.READY, Doing.UNLISTED)
        return State(Stage.READY, Doing.THERE)


def _resting(state: State, wait: float) -> State:
    """The state of a server that is away and asks to be left alone for some seconds."""
    return State(state.stage, Doing.RESTING, {**state.facts, "seconds": round(wait)})
