"""Benchmark: tokens of prompts from woods full of patrons, and how much of a prompt an engine's prefix cache can share.

Run ``python bench/prompts.py`` from the repository's root. Prints the most and the mean of a prompt with the reply's
allowance, by the estimate that is used where no tokenizer is at hand, and what of a prompt is the same for all.
``--tokenizer FILE`` (a ``tokenizer.json``, or the folder of a model that holds one) renders and counts with a model's
own tokenizer and sets the estimate beside it. ``--prompts N`` sets how many are written.
"""

import argparse
import statistics
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from data.content import default_rules
from inference.prompt import SHARED, render
from inference.protocol import Message
from inference.tokens import PROMPT, REPLY, TEMPLATE, TOKENS, estimate
from tests.inference.busy import views_of_woods
from wood.observe import View


def tokens(messages: tuple[Message, ...], count: Callable[[str], int]) -> int:
    """Tokens of a prompt with the chat template around it."""
    return sum(count(message["content"]) for message in messages) + TEMPLATE


def load(path: Path) -> Callable[[str], int]:
    """A model's own way to count.

    Raises:
        SystemExit: the library ``tokenizers`` or the file is not there.
    """
    try:
        from tokenizers import Tokenizer
    except ModuleNotFoundError:
        raise SystemExit("--tokenizer needs the library tokenizers, which comes with vLLM and transformers") from None
    file = path / "tokenizer.json" if path.is_dir() else path
    if not file.is_file():
        raise SystemExit(f"there is no {file}")
    vocabulary: Any = Tokenizer.from_file(str(file))
    return lambda text: len(vocabulary.encode(text, add_special_tokens=False).ids)


def show(name: str, sizes: list[int]) -> None:
    """Print the most and the mean of prompts with the reply's allowance."""
    over = sum(size + REPLY > TOKENS for size in sizes)
    print(
        f"{name:<28} most {max(sizes) + REPLY:5,}   mean {statistics.mean(sizes) + REPLY:7.1f}   "
        f"median {statistics.median(sizes) + REPLY:7.1f}   over {TOKENS:,}: {over}"
    )


def measure(seen: list[View], name: str, count: Callable[[str], int]) -> list[tuple[Message, ...]]:
    """Render the views, counting so, and print what there is to say."""
    rules = default_rules()
    prompts: list[tuple[Message, ...]] = [render(view, rules, count=count, budget=PROMPT) for view in seen]
    sizes = [tokens(prompt, count) for prompt in prompts]
    show(name, sizes)
    mean = statistics.mean(sizes)
    shared, own = count(SHARED), statistics.mean(count(prompt[0]["content"]) for prompt in prompts)
    print(f"{'':<28} the same for all creatures of all woods: {shared} tokens, {100 * shared / mean:.1f} % of a prompt")
    print(f"{'':<28} the same for one creature in all woods:  {own:.0f} tokens, {100 * own / mean:.1f} % of a prompt")
    return prompts


def main() -> None:
    """Write the prompts and count them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompts", type=int, default=1000)
    parser.add_argument("--tokenizer", type=Path, default=None)
    given = parser.parse_args()
    print(f"{given.prompts:,} prompts each, with {REPLY} tokens for the reply and {TEMPLATE} for the chat template")
    measure(list(islice(views_of_woods(busy=False), given.prompts)), "quiet woods, estimated", estimate)
    seen = list(islice(views_of_woods(), given.prompts))
    prompts = measure(seen, "busy woods, estimated", estimate)
    if given.tokenizer is not None:
        count = load(given.tokenizer)
        show("the same, truly counted", [tokens(prompt, count) for prompt in prompts])
        measure(seen, "rendered with the tokenizer", count)
        ratios = [tokens(prompt, estimate) / tokens(prompt, count) for prompt in prompts]
        print(f"{'estimate over true count':<28} least {min(ratios):.3f}   mean {statistics.mean(ratios):.3f}")


if __name__ == "__main__":
    main()
