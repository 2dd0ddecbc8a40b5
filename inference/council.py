"""The council: all five creatures are asked in one go, each by its own mind, and none can spoil another's turn."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Final

from inference.answering import InstantMind
from inference.asking import BUDGET, Question, answer_schema, read_answer, tellable
from inference.asking import render as asked
from inference.codes import Repair
from inference.lines import fit
from inference.parse import Reading, read
from inference.prompt import PromptTooLongError
from inference.prompt import render as written
from inference.protocol import Engine, Failure, Message, Mind, Reply, Request, State
from inference.schema import schema_of
from inference.tokens import PROMPT, TEMPLATE, estimate
from inference.traces import trace_of
from inference.turnstile import Turnstile
from wood.chance import draw
from wood.names import CREATURES, Creature
from wood.observe import View
from wood.orders import Decision
from wood.rules import Rules
from wood.trace import Trace

_log = logging.getLogger(__name__)

DEADLINE: Final = 30.0
ANSWERING: Final = 20.0
"""Seconds that the answer to a player's question may take, all waiting for turns included."""
GRACE: Final = 0.5
"""Seconds after the deadline that a mind has to hand over what it got in time, before all of it counts as late."""


@dataclass(frozen=True, slots=True)
class CouncilResult:
    """What the council decided: a decision or None for every creature that was asked, and a trace of every call.

    A mind that is silent by nature leaves its creature without a decision, and no trace.
    """

    decisions: Mapping[Creature, Decision | None]
    traces: tuple[Trace, ...] = ()


class Council:
    """Asks the minds of all woods of a process; holds no state of any wood."""

    def __init__(
        self,
        minds: Mapping[Creature, Mind],
        rules: Rules,
        *,
        deadline: float = DEADLINE,
        grace: float = GRACE,
        count: Callable[[str], int] | None = None,
        render: bool = True,
        keep_traces: bool = True,
    ) -> None:
        """Seat the minds.

        Args:
            minds: one for every creature; the same object for those that share one.
            rules: the content, for the prompts of calls that name none.
            deadline: seconds a turn's requests may take.
            grace: seconds after which a mind that ignores the deadline is left behind.
            count: tokens of a text, for the prompts' budget; None counts as each mind's own engine does, and
                estimates where it has none.
            render: whether prompts are written; rule-based minds do not read them.
            keep_traces: whether calls are recorded.

        Raises:
            ValueError: a creature without a mind.
        """
        missing = [creature for creature in CREATURES if creature not in minds]
        if missing:
            raise ValueError(f"no mind for {', '.join(missing)}")
        self._minds = dict(minds)
        # Asked once for each mind: isinstance of a protocol costs more than many a rule-based mind takes to decide.
        self._instant = {at: mind for at, mind in self._distinct().items() if isinstance(mind, InstantMind)}
        self._engines = {at: mind for at, mind in self._distinct().items() if isinstance(mind, Engine)}
        self._needs_loop = [mind.name for mind in minds.values() if id(mind) not in self._instant]
        self._rules = rules
        self._deadline = deadline
        self._grace = grace
        self._count = count
        self._render = render
        self._keep_traces = keep_traces
        self._stragglers: set[asyncio.Task[Sequence[Reply]]] = set()
        self._turnstiles = {id(mind): Turnstile() for mind in minds.values()}

    async def decide(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules | None = None
    ) -> CouncilResult:
        """Ask every creature that has a view, all minds at the same time, and read what they answer in time.

        Args:
            wood: an opaque id of the wood.
            seed: the wood's seed; with the turn and the creature it keys each request's own.
            views: what each creature sees.
            rules: the content that the wood runs on; None for the council's own.
        """
        session = self._open(wood, seed, views, rules or self._rules, render=self._render)
        batches = session.batches()
        with ExitStack() as turn:
            for mind, _ in batches:
                turn.enter_context(self._turnstiles[id(mind)].turn())
            tasks = [asyncio.ensure_future(_ask(mind, batch, self._deadline)) for mind, batch in batches]
            try:
                if tasks:
                    await asyncio.wait(tasks, timeout=self._deadline + self._grace)
            finally:
                for task in tasks:
                    if not task.done():
                        self._leave_behind(task)
        for task, (mind, batch) in zip(tasks, batches, strict=True):
            late = not task.done() or task.cancelled()
            session.take(batch, _silence(mind, batch, Failure.LATE) if late else task.result())
        return session.close(keep_traces=self._keep_traces)

    def decide_now(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules | None = None
    ) -> CouncilResult:
        """Like :meth:`decide`, without an event loop, for minds that answer at once.

        Raises:
            TypeError: a mind that cannot.
        """
        if self._needs_loop:
            raise TypeError(f"these minds need an event loop: {', '.join(self._needs_loop)}")
        session = self._open(wood, seed, views, rules or self._rules, render=self._render)
        for mind, batch in session.batches():
            session.take(batch, self._instant[id(mind)].answer_now(batch))
        return session.close(keep_traces=self._keep_traces)

    def again(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules | None = None
    ) -> dict[Creature, Decision | None]:
        """Ask those minds anew that answer at once; nothing is written down, and the creatures of others are missing.

        Safe in any thread.
        """
        session = self._open(wood, seed, views, rules or self._rules, render=False)
        for mind, batch in session.batches():
            if instant := self._instant.get(id(mind)):
                session.take(batch, instant.answer_now(batch))
        return dict(session.close(keep_traces=False).decisions)

    def at_once(self) -> "InstantCouncil | None":
        """The same minds, to be asked in another process; None where one of them needs an event loop."""
        if self._needs_loop or self._count is not None:
            return None
        return InstantCouncil(self._minds, self._render, self._keep_traces)

    async def ask(self, wood: str, seed: int, view: View, question: Question) -> str:
        """Ask a creature's model what a player asks; never raises for the question's sake, and never delays a turn.

        Args:
            wood: an opaque id of the wood.
            seed: the wood's seed.
            view: what the creature sees; no more of it is used than it may tell.
            question: what it is asked.

        Returns:
            The answer; "" where no model thinks for the creature, or it has none in time.
        """
        mind = self._minds[view.creature]
        engine = self._engines.get(id(mind))
        if id(mind) in self._instant or (engine is not None and not engine.state.ready):
            return ""
        told = tellable(view, question.asker)
        letters = told.tongue.letters
        try:
            count, budget = self._scale(mind)
            messages = asked(told, question, count=count, budget=budget - PROMPT + BUDGET)
            request = Request(wood, seed_of(seed, told.turn, told.creature), told, messages, answer_schema(letters))
            replies = await self._turnstiles[id(mind)].question(lambda left: mind.decide([request], left), ANSWERING)
            text = replies[0].text if replies else None
            return read_answer(text, letters) if text else ""
        except Exception:  # an engine may fail in any way; the creature then answers in its own voice
            _log.exception("wood %s: %s could not be asked", wood, told.creature)
            return ""

    def start(self) -> None:
        """Let the engines get ready in the background; must be called in the loop that asks."""
        for engine in self._engines.values():
            engine.start()

    def states(self) -> dict[str, State]:
        """How far the engines are, by name; empty when all minds answer by rules."""
        return {engine.name: engine.state for engine in self._engines.values()}

    def asleep(self) -> tuple[State, ...]:
        """What the engines that do not answer yet are at; empty when all of them are ready."""
        return tuple(state for state in self.states().values() if not state.ready)

    async def close(self) -> None:
        """Close every mind, each once and whatever another one raises."""
        minds = list(self._distinct().values())
        ends = await asyncio.gather(*(mind.close() for mind in minds), return_exceptions=True)
        for mind, error in zip(minds, ends, strict=True):
            if error is not None:
                _log.error("mind %s could not be closed in order", mind.name, exc_info=error)

    def _distinct(self) -> dict[int, Mind]:
        """Each mind once, by its id."""
        return {id(mind): mind for mind in self._minds.values()}

    def _scale(self, mind: Mind) -> tuple[Callable[[str], int], int]:
        """How a mind's prompts are counted, and how many tokens they may take."""
        if self._count is not None:
            return self._count, PROMPT
        engine = self._engines.get(id(mind))
        tokenizer = engine.tokenizer if engine is not None else None
        if tokenizer is None:
            return estimate, PROMPT
        return tokenizer.count, PROMPT - max(0, tokenizer.frame - TEMPLATE)

    def _open(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules, *, render: bool) -> "_Session":
        """Write the prompts; a creature whose prompt cannot be written has its reply, a failure, at once."""
        session = _Session(self._minds)
        for creature in CREATURES:
            view = views.get(creature)
            if view is None:
                continue
            messages: tuple[Message, ...] = ()
            mind = self._minds[creature]
            try:
                if render:
                    count, budget = self._scale(mind)
                    messages = written(view, rules, count=count, budget=budget)
            except PromptTooLongError as error:
                _log.warning("wood %s, turn %d, %s: %s", wood, view.turn, creature, error)
                session.replies[creature] = Reply(mind.name, None, Failure.LENGTH, str(error))
            except Exception as error:  # such as a tokenizer's; the other creatures' prompts are written all the same
                _log.exception("wood %s, turn %d: no prompt for %s", wood, view.turn, creature)
                session.replies[creature] = Reply(mind.name, None, Failure.ERROR, type(error).__name__)
            key = seed_of(seed, view.turn, creature)
            session.requests[creature] = Request(wood, key, view, messages, schema_of(view))
        return session

    def _leave_behind(self, task: "asyncio.Task[Sequence[Reply]]") -> None:
        """Cancel without waiting: a mind that will not stop must not hold up the wood."""
        self._stragglers.add(task)
        task.add_done_callback(self._stragglers.discard)
        task.cancel()


@dataclass(frozen=True, slots=True)
class InstantCouncil:
    """Minds that all answer at once, as a value that can be sent to another process; see :class:`Council`."""

    minds: Mapping[Creature, Mind]
    render: bool
    keep_traces: bool

    def decide_now(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        """What the council decides."""
        council = Council(self.minds, rules, render=self.render, keep_traces=self.keep_traces)
        return council.decide_now(wood, seed, views)

    def again(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules
    ) -> dict[Creature, Decision | None]:
        """The same anew, of which nothing is written down."""
        return Council(self.minds, rules).again(wood, seed, views)


class _Session:
    """One turn's requests on their way to replies."""

    def __init__(self, minds: Mapping[Creature, Mind]) -> None:
        self._minds = minds
        self.requests: dict[Creature, Request] = {}
        self.replies: dict[Creature, Reply] = {}

    def batches(self) -> list[tuple[Mind, list[Request]]]:
        """The requests without a reply, grouped by mind."""
        groups: dict[int, tuple[Mind, list[Request]]] = {}
        for creature, request in self.requests.items():
            if creature not in self.replies:
                mind = self._minds[creature]
                groups.setdefault(id(mind), (mind, []))[1].append(request)
        return list(groups.values())

    def take(self, batch: Sequence[Request], replies: Sequence[Reply]) -> None:
        """Keep the replies to a batch, which are in its order."""
        for request, reply in zip(batch, replies, strict=True):
            self.replies[request.view.creature] = reply

    def close(self, *, keep_traces: bool) -> CouncilResult:
        """Read the replies."""
        decisions: dict[Creature, Decision | None] = {}
        traces = []
        for creature, request in self.requests.items():
            if creature not in self.replies:  # nobody asked for it
                continue
            reply = _storable(self.replies[creature])
            if reply.failure is Failure.SILENT:
                decisions[creature] = None
                continue
            reading = _read(reply, request.view)
            decisions[creature] = reading.decision
            if keep_traces:
                traces.append(trace_of(request, reply, reading))
        return CouncilResult(decisions, tuple(traces))


def seed_of(seed: int, turn: int, creature: Creature) -> int:
    """The seed of one request: the same for the same wood, turn and creature, below 2**63."""
    return draw(seed, turn, "council", creature) >> 1


def _storable(reply: Reply) -> Reply:
    """Put question marks for halves of letters, which JSON can hold and no file takes, before anything is read."""
    text = reply.text and reply.text.encode("utf-8", "replace").decode("utf-8")
    detail = reply.detail.encode("utf-8", "replace").decode("utf-8")
    return reply if (text, detail) == (reply.text, reply.detail) else replace(reply, text=text, detail=detail)


def _read(reply: Reply, view: View) -> Reading:
    code = (reply.failure or Failure.ERROR).value
    if reply.text is None:
        return Reading(None, valid=False, why=f"{code}: {reply.detail}" if reply.detail else code)
    reading = fit(read(reply.text, view), view)
    if reading.why and reply.failure is not None:  # it was cut short before it said anything
        return replace(reading, why=f"{code}: {reading.why}")
    if reading.decision is None:
        return reading
    found = {repair.value for repair in reply.repairs}
    cut = {Repair.CUT_REPLY.value} if reply.failure is Failure.LENGTH else set()
    repairs = tuple(sorted({*reading.repairs, *found, *cut}))
    return replace(reading, valid=reading.valid and not found, repairs=repairs)


def _silence(mind: Mind, batch: Sequence[Request], failure: Failure, detail: str = "") -> list[Reply]:
    return [Reply(mind.name, None, failure, detail) for _ in batch]


async def _ask(mind: Mind, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
    """Ask one mind; whatever it does wrong becomes a failure of its own requests and of no others."""
    try:
        replies = list(await mind.decide(batch, deadline))
    except Exception as error:  # an engine may fail in any way; the other creatures' turns go on
        _log.exception("mind %s failed", mind.name)
        return _silence(mind, batch, Failure.ERROR, type(error).__name__)
    if len(replies) != len(batch) or not all(isinstance(reply, Reply) for reply in replies):
        _log.error("mind %s gave %d replies to %d requests, or something else", mind.name, len(replies), len(batch))
        return _silence(mind, batch, Failure.ERROR, "not one reply for each request")
    return replies
