"""Benchmark: turns a second through the council, against the same prompts handed straight to the same engine.

``make bench-vllm`` runs it on the CPU. With a GPU and vLLM for it: ``python -m bench.council --shape qwen2.5-3b
--load-format dummy --woods 1,10,100,1000`` from the repository's root, where the model has the size of the real one
and weights that mean nothing; without options it is a tiny one. For each number of woods that are due at once both ways
take turns in one run, each with an empty prefix cache, in changing order; printed are the medians, and the median of
the ratios. ``--rounds N`` sets how often.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.content import default_rules
from inference.council import Council
from inference.engines.options import VllmOptions
from inference.engines.vllm import VllmMind
from inference.protocol import Failure, Reply, Request
from tests.inference.busy import views
from wood.names import CREATURES, Creature
from wood.observe import View

if TYPE_CHECKING:
    from inference.engines.vllm_core import Core

RULES = default_rules()
DEADLINE = 3600.0
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "tiny": {},
    "qwen2.5-3b": {
        "vocab_size": 151_936,
        "hidden_size": 2048,
        "intermediate_size": 11_008,
        "num_hidden_layers": 36,
        "num_attention_heads": 16,
        "num_key_value_heads": 2,
        "head_dim": 128,
        "max_position_embeddings": 32_768,
    },
}
Turn = Mapping[Creature, View]
"""What the creatures of one wood see in one turn."""


class Writer:
    """Takes down the requests that a council makes, and answers none."""

    name = "writer"

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Note the requests."""
        self.requests += batch
        return [Reply(self.name, None, Failure.MISSING)] * len(batch)

    async def close(self) -> None:
        """Nothing is held."""


def turns(number: int, first_seed: int) -> list[Turn]:
    """A turn in autumn of as many woods, each a wood of its own."""
    found: list[Turn] = []
    for seed in islice(count(first_seed), number):
        seen = list(islice(views(seed, busy=False), 7 * len(CREATURES), 8 * len(CREATURES)))
        found.append({view.creature: view for view in seen})
    return found


async def through_the_council(council: Council, due: Sequence[Turn]) -> int:
    """Let all woods decide at once; the tokens that were written."""
    results = await asyncio.gather(*(council.decide(f"w{at}", at, seen) for at, seen in enumerate(due)))
    calls = [call for result in results for call in result.traces]
    wrong = {call.why for call in calls if call.response is None}
    if wrong:
        raise SystemExit(f"the engine did not answer everything: {wrong}")
    return sum(call.tokens_out for call in calls)


async def straight(mind: VllmMind, requests: Sequence[Request]) -> int:
    """Hand the same prompts to the engine, in its own loop; the tokens that were written."""
    from vllm.renderers import ChatParams

    async def one(core: "Core", at: int, request: Request) -> int:
        llm = core.llm
        _, (prompt,) = await llm.renderer.render_chat_async([list(request.messages)], ChatParams())
        written = 0
        async for output in llm.generate(prompt, core.sampling(request), f"straight-{at}-{time.monotonic_ns()}"):
            written = len(output.outputs[0].token_ids)
        return written

    async def all_of_them(core: "Core") -> int:
        return sum(await asyncio.gather(*(one(core, at, request) for at, request in enumerate(requests))))

    return await mind.work(all_of_them)


async def forget(mind: VllmMind) -> None:
    """Empty the prefix cache, so that both ways find the same."""

    async def reset(core: "Core") -> None:
        await core.llm.reset_prefix_cache()

    await mind.work(reset)


async def compare(mind: VllmMind, woods: int, rounds: int) -> None:
    """Measure both ways by turns, and print what came of it."""
    council = Council(dict.fromkeys(CREATURES, mind), RULES, deadline=DEADLINE)
    seconds: dict[str, list[float]] = {"council": [], "straight": []}
    written: dict[str, int] = {"council": 0, "straight": 0}
    for each in range(rounds + 1):
        due = turns(woods, first_seed=each * woods)
        writer = Writer()
        assert mind.tokenizer is not None
        noting = Council(dict.fromkeys(CREATURES, writer), RULES, count=mind.tokenizer.count)
        for at, seen in enumerate(due):
            await noting.decide(f"w{at}", at, seen)
        for way in ("council", "straight") if each % 2 else ("straight", "council"):
            await forget(mind)
            start = time.perf_counter()
            tokens = await (through_the_council(council, due) if way == "council" else straight(mind, writer.requests))
            if each:  # the first round is slow, and only the first
                seconds[way].append(time.perf_counter() - start)
                written[way] += tokens
    ratio = statistics.median(b / a for a, b in zip(seconds["council"], seconds["straight"], strict=True))
    for way, taken in seconds.items():
        middle = statistics.median(taken)
        print(
            f"{woods:>5,} woods   {way:<9} {woods / middle:9.2f} turns/s   {5 * woods / middle:9.1f} creatures/s   "
            f"{written[way] / sum(taken):10,.0f} tokens/s   median {middle:7.3f} s",
            flush=True,
        )
    print(f"{woods:>5,} woods   council / straight {ratio:.3f} (median of {rounds} ratios)", flush=True)


async def measure(options: VllmOptions, woods: Sequence[int], rounds: int) -> None:
    """Build the engine and measure."""
    mind = VllmMind(options)
    start = time.perf_counter()
    mind.start()
    try:
        if not await mind.ready(DEADLINE):
            raise SystemExit(f"the engine is {mind.state.stage}: {mind.state}")
        print(f"ready after {time.perf_counter() - start:.0f} s", flush=True)
        for number in woods:
            await compare(mind, number, rounds)
    finally:
        await mind.close()


def main() -> None:
    """Make the model in a folder that vanishes, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--woods", default="1,10", help="woods that are due at once, separated by commas")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--shape", choices=SHAPES, default="tiny")
    parser.add_argument("--load-format", default="auto")
    parser.add_argument("--model", default=None, help="a model of your own, instead of one that is made")
    parser.add_argument("--max-tokens", type=int, default=VllmOptions().max_tokens)
    given = parser.parse_args()
    if find_spec("vllm") is None:
        raise SystemExit("vLLM is not installed here: try `make bench-vllm`")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch

    told: dict[str, Any] = {"load_format": given.load_format, "max_tokens": given.max_tokens}
    if not torch.cuda.is_available():
        told |= {"dtype": "float32", "enforce_eager": True, "max_num_seqs": 64, "max_num_batched_tokens": 4096}
        told |= {"kv_cache_memory_bytes": 64 << 20, "extra": {"block_size": 32}}
    with tempfile.TemporaryDirectory() as folder:
        model = given.model
        if model is None:
            from tests.vllm.tiny import make_tiny_model

            shape = SHAPES[given.shape]
            model = str(make_tiny_model(Path(folder), shape=shape, weights=given.load_format != "dummy"))
        woods = [int(part) for part in given.woods.split(",")]
        asyncio.run(measure(VllmOptions(model=model, **told), woods, given.rounds))


if __name__ == "__main__":
    main()
