"""All that is known of vLLM's own API, which moves with every release: building, asking, counting, taking down.

Nothing here is imported before a model in this process is asked for. Written against vLLM 0.32.
"""

import asyncio
import itertools
import json
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from tokenizers import Tokenizer as Vocabulary
from vllm import SamplingParams
from vllm.engine.arg_utils import AsyncEngineArgs
from vllm.lora.request import LoRARequest
from vllm.platforms import current_platform
from vllm.renderers import ChatParams
from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams
from vllm.v1.engine.async_llm import AsyncLLM
from vllm.v1.engine.exceptions import EngineDeadError

from inference.engines import processes
from inference.engines.options import VllmOptions
from inference.protocol import Failure, Message, Reply, Tokenizer

_log = logging.getLogger(__name__)

NAME: Final = "vllm"
SCRAPPING: Final = 5.0
"""Seconds that the engine's process has to end by itself."""
_RANKS: Final = (8, 16, 32, 64, 128, 256, 320, 512)
_FAILURES: Final[Mapping[str | None, tuple[Failure, str]]] = {
    "abort": (Failure.LATE, "aborted by the engine"),
    "error": (Failure.ERROR, "the engine gave up; the reply schema may not have compiled"),
}


class Question(Protocol):
    """What is asked: a request, or as much of one as the engine reads."""

    @property
    def wood(self) -> str:
        """For the log."""
        ...

    @property
    def seed(self) -> int:
        """Keys the choice of tokens."""
        ...

    @property
    def messages(self) -> tuple[Message, ...]:
        """System and user."""
        ...

    @property
    def schema(self) -> Mapping[str, Any]:
        """What the reply must fit."""
        ...


class Core:
    """One vLLM engine with its processes.

    Must be made within a running loop, and used in that loop alone for its whole life.

    Args:
        options: how it is built.

    Attributes:
        llm: vLLM's own engine.

    Raises:
        Exception: whatever vLLM raises when a model, a driver or the memory is not there.
    """

    def __init__(self, options: VllmOptions) -> None:
        self._options = options
        self._numbers = itertools.count()
        self._tasks: set[asyncio.Task[Reply | None]] = set()
        self._grammars: dict[int, tuple[object, StructuredOutputsParams]] = {}
        self._lora = LoRARequest("wood", 1, options.lora) if options.lora else None
        self._scrapped = False
        self.llm = AsyncLLM.from_engine_args(AsyncEngineArgs(**_arguments(options)))
        self._processes = processes.family()

    @property
    def broken(self) -> bool:
        """Whether its process died."""
        return bool(self.llm.errored)

    async def tokenizer(self) -> Tokenizer | None:
        """How it counts; None where its tokenizer has no quick form."""
        backend = getattr(self.llm.renderer.tokenizer, "backend_tokenizer", None)
        if backend is None:
            return None
        # A copy, because the engine changes the settings of its own in this thread while others count in theirs.
        vocabulary = Vocabulary.from_str(backend.to_str())
        vocabulary.no_truncation()
        vocabulary.no_padding()

        def count(text: str) -> int:
            return len(vocabulary.encode(text, add_special_tokens=False).ids)

        words: tuple[Message, ...] = ({"role": "system", "content": "word"}, {"role": "user", "content": "word"})
        prompt = await self._render(words)
        return Tokenizer(count, len(prompt["prompt_token_ids"]) - 2 * count("word"))

    async def answer(self, batch: Sequence[Question], ends: float) -> list[Reply | None]:
        """Answer every request, all of them at once; None for those that the engine's death left without an answer.

        Args:
            batch: the requests.
            ends: the time of the loop by which all must be done.
        """
        started = time.monotonic()
        tasks = [asyncio.create_task(self._one(request, started, ends)) for request in batch]
        self._tasks.update(tasks)
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            self._tasks.difference_update(tasks)

    def scrap(self) -> None:
        """Take it down. What is still asked of it is left without an answer."""
        self._scrapped = True
        for task in self._tasks:
            task.cancel()
        try:
            self.llm.shutdown(timeout=SCRAPPING)
        finally:
            # Workers of an engine that was killed linger for a while, and with them its memory.
            processes.end(self._processes)

    async def _render(self, chat: Sequence[Message]) -> Any:  # noqa: ANN401 - vLLM's
        """Put the chat template around the messages and count them into tokens."""
        _, (prompt,) = await self.llm.renderer.render_chat_async([list(chat)], ChatParams())
        return prompt

    async def _one(self, request: Question, started: float, ends: float) -> Reply | None:
        try:
            async with asyncio.timeout_at(ends):
                return await self._generate(request, await self._render(request.messages), started)
        except TimeoutError:
            return Reply(NAME, None, Failure.LATE, latency=time.monotonic() - started)
        except EngineDeadError:
            return None
        except asyncio.CancelledError:
            if self._scrapped:
                return None
            raise
        except Exception as error:  # one request's trouble, whatever it is, is not its neighbours'
            if self.broken:
                return None
            _log.exception("a request of %s failed", request.wood)
            return Reply(NAME, None, Failure.ERROR, type(error).__name__, latency=time.monotonic() - started)

    async def _generate(self, request: Question, prompt: Any, started: float) -> Reply:  # noqa: ANN401
        name = f"{request.wood}:{next(self._numbers)}"
        last = None
        async for output in self.llm.generate(prompt, self.sampling(request), name, lora_request=self._lora):
            last = output
        latency = time.monotonic() - started
        if last is None or not last.outputs:
            return Reply(NAME, None, Failure.ERROR, "no output", latency=latency)
        done = last.outputs[0]
        failure, detail = None, ""
        text: str | None = done.text
        if done.finish_reason == "length":
            failure = Failure.LENGTH  # what there is of it is read all the same
        elif done.finish_reason != "stop":
            failure, detail = _FAILURES.get(done.finish_reason, (Failure.ERROR, str(done.finish_reason)))
            text = None
        return Reply(
            engine=NAME,
            text=text,
            failure=failure,
            detail=detail,
            tokens_in=len(last.prompt_token_ids or ()),
            tokens_out=len(done.token_ids),
            tokens_cached=last.num_cached_tokens or 0,
            latency=latency,
        )

    def sampling(self, request: Question) -> SamplingParams:
        """How vLLM is told to answer a request."""
        options = self._options
        return SamplingParams(
            max_tokens=options.max_tokens,
            temperature=options.temperature,
            top_p=options.top_p,
            seed=request.seed if options.seeded else None,
            structured_outputs=self._grammar(request.schema),
            output_kind=RequestOutputKind.FINAL_ONLY,
        )

    def _grammar(self, schema: Mapping[str, Any]) -> StructuredOutputsParams:
        """The grammar of a schema, which is written out only once: there are eleven a language, the same objects."""
        known = self._grammars.get(id(schema))
        if known is None or known[0] is not schema:
            known = (schema, StructuredOutputsParams(json=json.dumps(schema)))
            self._grammars[id(schema)] = known
        return known[1]


def _arguments(options: VllmOptions) -> dict[str, Any]:
    """The options as ``AsyncEngineArgs`` takes them."""
    shared = options.model_dump(exclude_none=True, exclude={*_OURS, "extra"})
    given = shared | {
        "enable_prefix_caching": True,
        "disable_log_stats": True,
        "structured_outputs_config": {
            "backend": options.structured_outputs,
            "disable_any_whitespace": options.structured_outputs in {"guidance", "xgrammar"},
        },
    }
    if options.seeded and current_platform.is_cpu():
        # vLLM 0.32 rewinds a request's random numbers where a prompt is cut into chunks, which PyTorch's generator for
        # CPUs cannot do ("CPU Generator does not use offset"), and the whole engine dies of it.
        given |= {"enable_chunked_prefill": False}
    if options.lora:
        given |= {"enable_lora": True, "max_loras": 1, "max_lora_rank": _rank(Path(options.lora))}
    return given | dict(options.extra)


_OURS: Final = {
    *("lora", "structured_outputs", "max_tokens", "temperature", "top_p", "seeded", "retry_seconds"),
}
"""Options that are no arguments of vLLM's engine."""


def _rank(adapter: Path) -> int:
    """The least rank that vLLM can be built for and that holds an adapter.

    Raises:
        OSError: the adapter cannot be read.
        ValueError: it is no adapter, or larger than vLLM takes.
    """
    rank = json.loads((adapter / "adapter_config.json").read_text("utf-8")).get("r")
    fitting = [each for each in _RANKS if isinstance(rank, int) and each >= rank]
    if not fitting:
        message = f"a LoRA adapter of rank {rank!r} cannot be used"
        raise ValueError(message)
    return fitting[0]
