"""Trains a pupil: a LoRA adapter that learns from a teacher's best calls, and is seated only if it passes the gate.

    python deploy/pupil.py --teacher openai --seeds 40 --out pupil

The teacher (any mind of the settings) plays woods, and each of its decisions is judged beside habit; ``--database``
takes the calls that a bot's database holds instead, but for those with a patron's words. The bare model is that of the
settings (``TTW_VLLM__…``). Then bare model and pupil play the same seeds; where nothing about the pupil is worse
by more than noise, and its judgement no lower, the adapter lies in ``OUT/seated``, to be named by ``TTW_VLLM__LORA``.
Otherwise it stays in ``OUT/candidate``, and the exit code is 1. ``OUT/verdict.json`` has every figure.

Beside vLLM it needs peft; ``make test-model`` makes such an environment for the CPU. See docs/minds.md.
"""

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.lab.across import across
from bot.lab.effort import Effort
from bot.lab.hub import conversation
from bot.lab.masking import mask_of
from bot.lab.paper.runs import Run
from bot.lab.paper.settings import Setting, read_settings
from bot.lab.paper.study import Study, conduct
from bot.lab.replies import keeping
from bot.lab.scenario import ScenarioError
from bot.lab.school import FEWEST, Lesson, StrayLogError, Verdict, attend, best, examine, graded
from bot.settings import load_settings
from data.content import ContentError, default_rules
from data.errors import StoreOutdatedError
from data.store import Store
from data.traces import TraceFormat
from inference.roster import Engines, build
from wood.names import CREATURES
from wood.trace import Trace

VLLM = "vllm"
FIRST_EXAM = 100_000
"""The first seed of the examination: far from those of the lessons, so that no wood is known by heart."""
UNLEARNED = -100
"""The label of tokens that are read and not learned, as PyTorch's loss knows it."""


@dataclass(frozen=True, slots=True)
class Training:
    """How a pupil is trained.

    Attributes:
        rank: of the adapter's matrices.
        epochs: how often it sees each lesson.
        rate: of learning.
        batch: lessons a step.
        seed: of the adapter's first weights and of the lessons' order.
    """

    rank: int = 16
    epochs: int = 3
    rate: float = 2e-4
    batch: int = 8
    seed: int = 0


def train(base: str, chats: Sequence[Sequence[dict[str, str]]], folder: Path, how: Training) -> list[float]:
    """Train an adapter on the last message of each chat and write it; answers the mean loss of each epoch.

    Args:
        base: the bare model, by name or folder.
        chats: system, user and reply.
        folder: where the adapter goes.
        how: how it is trained.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.manual_seed(how.seed)
    order = random.Random(how.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(base)
    bare = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16 if device == "cuda" else torch.float32)
    told = LoraConfig(task_type="CAUSAL_LM", r=how.rank, lora_alpha=2 * how.rank, target_modules="all-linear")
    model = get_peft_model(bare, told).to(device)
    model.train()
    taught = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(taught, lr=how.rate)
    lessons = [_encoded(tokenizer, chat) for chat in chats]
    losses: list[float] = []
    for _ in range(how.epochs):
        order.shuffle(lessons)
        total = 0.0
        for at in range(0, len(lessons), how.batch):
            some = lessons[at : at + how.batch]
            loss = model(**_padded(some, device)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(taught, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            total += float(loss.detach()) * len(some)
        losses.append(total / len(lessons))
    model.save_pretrained(folder)
    return losses


def _encoded(tokenizer: Any, chat: Sequence[dict[str, str]]) -> tuple[list[int], list[int]]:  # noqa: ANN401
    """Tokens of a chat, and the labels: those of the reply and of its end."""
    *asked, reply = chat
    prompt = tokenizer.apply_chat_template(asked, add_generation_prompt=True, tokenize=False)
    read = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    learned = [*tokenizer(reply["content"], add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]
    return [*read, *learned], [*[UNLEARNED] * len(read), *learned]


def _padded(lessons: Sequence[tuple[list[int], list[int]]], device: str) -> dict[str, Any]:
    import torch

    longest = max(len(tokens) for tokens, _ in lessons)

    def rows(values: Iterator[list[int]], filler: int) -> Any:  # noqa: ANN401 - a tensor
        return torch.tensor([[*each, *[filler] * (longest - len(each))] for each in values], device=device)

    return {
        "input_ids": rows((tokens for tokens, _ in lessons), 0),
        "attention_mask": rows(([1] * len(tokens) for tokens, _ in lessons), 0),
        "labels": rows((labels for _, labels in lessons), UNLEARNED),
    }


def from_teacher(
    teacher: str, engines: Engines, seeds: range, setting: Setting, out: Path, deadline: float
) -> list[Lesson]:
    """Let a teacher play, and judge all that it did; its calls are kept beside."""
    with keeping(out, [teacher], seeds, TraceFormat.JSONL) as (replies, _):
        job = partial(attend, setting=setting)
        found = across(build([teacher], engines), seeds, job, effort=Effort(deadline=deadline), replies=replies)
    return [lesson for lessons in found[teacher] for lesson in lessons]


async def from_database(path: Path) -> list[Lesson]:
    """The calls that a bot's database holds, judged; without those with a patron's words, and woods of other rules."""
    lessons: list[Lesson] = []
    async with await Store.open(path) as store:
        for wood in await store.woods.all():
            try:
                lessons += await _of_wood(store, wood.id)
            except (StrayLogError, ContentError, StoreOutdatedError) as error:
                print(f"left out: a wood of other rules ({error})", flush=True)
    return lessons


async def _of_wood(store: Store, wood: int) -> list[Lesson]:
    log = await store.journal.log(wood)
    mask = mask_of(log)
    traces: list[Trace] = []
    async for trace in store.turns.traces(wood):
        clean, masked = mask(trace)
        if not masked:
            traces.append(clean)
    return list(graded(log, traces))


def play_exam(engines: Engines, seeds: range, setting: Setting, deadline: float) -> tuple[Run, ...]:
    """Let the model in this process play the seeds of the examination."""
    return conduct(Study((VLLM,), seeds, (setting,), VLLM), effort=Effort(engines=engines, deadline=deadline))


def seat(out: Path, verdict: Verdict) -> Path:
    """Write the verdict, and put the adapter where it belongs; its folder."""
    (out / "verdict.json").write_text(json.dumps(verdict.to_json(), indent=1) + "\n", "utf-8")
    if not verdict.seated:
        return out / "candidate"
    return (out / "candidate").replace(out / "seated")


def at_least(least: int) -> Callable[[str], int]:
    """What reads a whole number of an option, and refuses a smaller one before anything is played."""

    def number(text: str) -> int:
        if (value := int(text)) < least:
            raise argparse.ArgumentTypeError(f"{value} is too few: {least} or more")
        return value

    return number


def main() -> None:
    """Choose lessons, train, examine, seat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", default="instinct", help="the mind that teaches, named as in the settings")
    parser.add_argument("--database", type=Path, help="a bot's database with the calls to learn from, instead")
    parser.add_argument("--seeds", type=at_least(1), default=40, help="woods that the teacher plays")
    parser.add_argument(
        "--lessons", type=at_least(len(CREATURES)), default=1000, help="calls that are learned from, at most"
    )
    parser.add_argument(
        "--exam", type=at_least(FEWEST), default=20, help=f"woods that bare model and pupil play, {FEWEST} or more"
    )
    parser.add_argument("--turns", type=int, default=15, help="turns of every wood")
    parser.add_argument("--scenario", default="reference", help="what the woods are played in, as of `ttw paper`")
    parser.add_argument("--out", type=Path, required=True, help="folder for all that is made; new or empty")
    for name, value, least in (("rank", 16, 1), ("epochs", 3, 1), ("batch", 8, 1), ("seed", 0, 0)):
        parser.add_argument(f"--{name}", type=at_least(least), default=value)
    parser.add_argument("--rate", type=float, default=2e-4)
    given = parser.parse_args()
    try:
        setting, *more = read_settings([given.scenario], default_rules(), given.turns)
    except ScenarioError as error:
        parser.error(str(error))
    if more:
        parser.error(f"--scenario: name one, or join several by + ({given.scenario})")
    if missing := [name for name in ("vllm", "peft") if find_spec(name) is None]:
        raise SystemExit(f"{' and '.join(missing)} cannot be imported here; see docs/minds.md on how to train a pupil")
    if given.out.exists() and any(given.out.iterdir()):
        raise SystemExit(f"{given.out} is not empty; name another folder with --out")
    given.out.mkdir(parents=True, exist_ok=True)

    settings = load_settings()
    bare = settings.vllm.model_copy(update={"lora": None})
    engines = Engines(bare, settings.openai, settings.servers)
    if given.database:
        found = asyncio.run(from_database(given.database))
    else:
        found = from_teacher(
            given.teacher, engines, range(given.seeds), setting, given.out / "calls", settings.deadline
        )
    lessons = best(found, given.lessons)
    if not lessons:
        raise SystemExit("no decision won anything beside habit: take another teacher, or more seeds")
    won = sum(lesson.won for lesson in lessons) / len(lessons)
    print(
        f"lessons: {len(lessons):,} of {len(found):,} calls, each won {won:.1f} pebbles' worth in the mean", flush=True
    )

    how = Training(given.rank, given.epochs, given.rate, given.batch, given.seed)
    chats = [conversation(lesson.trace) for lesson in lessons]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as school:  # its memory goes with it
        losses = school.submit(train, bare.model, chats, given.out / "candidate", how).result()
    print(f"loss by epoch: {', '.join(f'{loss:.3f}' for loss in losses)}", flush=True)

    exam = range(FIRST_EXAM, FIRST_EXAM + given.exam)
    before = play_exam(engines, exam, setting, settings.deadline)
    taught = bare.model_copy(update={"lora": str(given.out / "candidate")})
    after = play_exam(Engines(taught, settings.openai, settings.servers), exam, setting, settings.deadline)
    verdict = examine(before, after)
    folder = seat(given.out, verdict)
    print(
        f"judgement: {verdict.before} before, {verdict.after} after; worse in: {', '.join(verdict.worse) or 'nothing'}"
    )
    if not verdict.seated:
        print(f"not seated; the adapter is in {folder}")
        sys.exit(1)
    print(f"seated: TTW_VLLM__LORA={folder}")


if __name__ == "__main__":
    main()
