"""The card of a data set of calls: its ``README.md``, with the front matter that the Hugging Face Hub reads.

The front matter is YAML by hand, for all in it is figures and names of ours. What strangers named (models) stands in
the text below alone, as code.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from bot.lab.calls import Calls
from data.program import program_version
from inference.schema import schema_without
from wood.names import Good
from wood.version import RULES

_SIZES: Final = (
    *((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M")),
    *((10**7, "1M<n<10M"), (10**8, "10M<n<100M"), (10**9, "100M<n<1B")),
)
_LARGEST: Final = "1B<n<10B"
_COLUMNS: Final = {
    "session": "one creature's year in one wood; the file of that name in `sessions/` has it in order",
    "wood": "tells woods apart, and says nothing of where they stand",
    "turn": "turn of the wood, from 1",
    "creature": "who was asked",
    "system": "the rules and the creature, the same in every turn",
    "user": "what the creature knew in that turn",
    "response": "the reply as it came; null where there was none",
    "thought": "the private thought read from it",
    "orders": "limit orders read from it: side, good, price in pebbles, quantity",
    "gossip": "the line read from it that the others may hear",
    "engine": "the mind that answered",
    "tokens_in": "prompt tokens, 0 where not counted",
    "tokens_out": "reply tokens, 0 where not counted",
    "tokens_cached": "prompt tokens that came from the engine's prefix cache",
    "latency": "seconds, 0 where not measured",
    "valid": "whether the reply fits the creature's schema as it stands",
    "repairs": "what had to be mended to read it",
    "drops": "what in it meant nothing that can be done",
    "why": "why there was no decision, empty where there was one",
    "masked": "whether a patron's words or name were taken out",
}
_ODD: Final = re.compile(r"[^\w ./:@+-]")


class Table(NamedTuple):
    """One table of a data set: its file, its columns with their Arrow types, rows, and bytes in memory and on disk."""

    file: str
    columns: list[tuple[str, Any]]
    rows: int
    size: int
    stored: int


@dataclass(slots=True)
class Dataset:
    """What was written.

    Attributes:
        calls: the table of all calls.
        conversations: the table of conversations.
        sessions: files of sessions.
        by_engine: what the calls were worth, by the mind that answered.
        woods: the woods.
        turns: turns of woods with calls.
        masked: calls in which something was masked.
    """

    calls: Table
    conversations: Table
    sessions: int = 0
    by_engine: dict[str, Calls] = field(default_factory=dict)
    woods: set[str] = field(default_factory=set)
    turns: int = 0
    masked: int = 0


def card_of(dataset: Dataset, licence: str) -> str:
    """Write the card of a data set, front matter first."""
    parts = [
        _front(dataset, licence),
        _about(dataset),
        _figures(dataset),
        _contents(dataset),
        _making(),
        _limits(dataset),
    ]
    return "\n".join(parts)


def sessions_card(dataset: Dataset, licence: str) -> str:
    """Write the card of the sessions, which are a data set of their own: the Hub shows one format a data set."""
    return f"""\
---
pretty_name: Thousand Token Wood, sessions
license: {licence}
size_categories:
- {size_category(dataset.sessions)}
tags:
- thousand-token-wood
- agent-traces
configs:
- config_name: default
  data_files:
  - split: train
    path: "*.jsonl"
---

# Thousand Token Wood: sessions

{dataset.sessions:,} sessions of creatures that trade in a wood, each one creature's year, in the Session Trace Simple
Format that the trace viewer of the Hugging Face Hub reads. What the wood is, how this was made, what was masked and
what to mind stands on the card of the calls, with which this was written (`../README.md`).
"""


def size_category(rows: int) -> str:
    """The Hub's name for a number of rows."""
    return next((name for least, name in _SIZES if rows < least), _LARGEST)


def _front(dataset: Dataset, licence: str) -> str:
    tables = {"calls": dataset.calls, "conversations": dataset.conversations}
    lines = ["---", "pretty_name: Thousand Token Wood, calls to the minds", f"license: {licence}"]
    lines += ["task_categories:", "- text-generation", "size_categories:", f"- {size_category(dataset.calls.rows)}"]
    lines += [
        "tags:",
        "- thousand-token-wood",
        "- agent-traces",
        "- multi-agent",
        "- economics",
        "- simulation",
        "- trl",
    ]
    lines.append("configs:")
    for name, table in tables.items():
        lines += [f"- config_name: {name}", *(["  default: true"] if name == "calls" else [])]
        lines += ["  data_files:", "  - split: train", f"    path: {table.file}"]
    lines.append("dataset_info:")
    for name, table in tables.items():
        lines += [f"- config_name: {name}", "  features:", *(f"  {line}" for line in _features(table.columns))]
        lines += ["  splits:", "  - name: train", f"    num_bytes: {table.size}", f"    num_examples: {table.rows}"]
        lines += [f"  download_size: {table.stored}", f"  dataset_size: {table.size}"]
    return "\n".join([*lines, "---", ""])


def _features(columns: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Columns as the Hub's library for data sets writes its features, a struct's fields further in."""
    for name, arrow in columns:
        yield f"- name: {name}"
        inner = getattr(arrow, "value_type", None)
        if inner is None:
            yield f"  dtype: {_dtype(arrow)}"
        elif getattr(inner, "num_fields", 0):
            yield "  list:"
            for field in inner:
                yield from (f"  - name: {field.name}", f"    dtype: {_dtype(field.type)}")
        else:
            yield f"  list: {_dtype(inner)}"


def _dtype(arrow: object) -> str:
    return {"double": "float64"}.get(str(arrow), str(arrow))


def _about(dataset: Dataset) -> str:
    return f"""\
# Thousand Token Wood: calls to the minds

Five woodland creatures, each with a mind of its own, trade five goods for pebbles. Every turn each creature is told
what it knows, in a thousand tokens at most with the reply, and answers with a private thought, limit orders and a line
of gossip. Calls: {dataset.calls.rows:,}, one a row. Turns: {dataset.turns:,}. Woods: {len(dataset.woods):,}.

```python
from datasets import load_dataset

calls = load_dataset("<this data set>", "calls", split="train")
conversations = load_dataset("<this data set>", "conversations", split="train")  # "messages": what trainers take
```
"""


def _figures(dataset: Dataset) -> str:
    head = [
        "mind",
        "calls",
        "valid",
        "of which whole",
        "repaired",
        "not read",
        "tokens in",
        "tokens out",
        "median latency",
    ]
    lines = ["## Figures", "", f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    for mind, calls in sorted(dataset.by_engine.items()):
        lines.append(f"| {' | '.join([_named(mind), *_row(calls)])} |")
    lines += [
        "",
        "Valid: fits the creature's schema as it stands. Whole: of those, with nothing in it that meant nothing.",
    ]
    return "\n".join([*lines, "Tokens are means of the calls, as the engine counts them.", ""])


def _row(calls: Calls) -> list[str]:
    unread = calls.unread.total()
    middle = calls.latency(0.5)
    return [
        f"{calls.calls:,}",
        *(f"{100 * calls.share(number):.1f} %" for number in (calls.valid, calls.whole, calls.repaired, unread)),
        *(f"{calls.share(tokens):.0f}" if tokens else "–" for tokens in (calls.tokens_in, calls.tokens_out)),
        "–" if middle is None else f"{middle:.2f} s",
    ]


def _named(mind: str) -> str:
    """A mind's name, which holds a model's, as code in a table's cell: no mark and no address in it means anything."""
    name = _ODD.sub("", mind)[:80].strip()
    return f"`{name}`" if name else "–"


def _contents(dataset: Dataset) -> str:
    rows = "\n".join(f"| `{name}` | {_COLUMNS[name]} |" for name, _ in dataset.calls.columns)
    return f"""\
## What is in it

`calls` has a row a call ({dataset.calls.rows:,}):

| Column | What it holds |
| --- | --- |
{rows}

`conversations` has a row a valid reply ({dataset.conversations.rows:,}), with its `messages` as a list of `role` and
`content`. The folder `sessions` is a data set of its own: {dataset.sessions:,} files, each one creature's year, for the
Hub's trace viewer (Session Trace Simple Format).
"""


def _making() -> str:
    schema = json.dumps(schema_without(Good.HONEY), indent=1, ensure_ascii=True)
    return f"""\
## How it was made

By Thousand Token Wood {program_version()}, rules {RULES}, with `ttw traces export --hub`. The program writes prompts;
replies are the minds' own, held to a schema by a grammar where the engine can do so. A wood's log recomputes it byte
for byte from its seed, its inputs and these replies. The schema of the creature that makes honey, which alone it cannot
buy, in this version (older calls may have had another):

```json
{schema}
```
"""


def _limits(dataset: Dataset) -> str:
    return f"""\
## Privacy

Woods have names made for this data set. No Discord id, no player's name and no address is in it. What patrons (players)
wrote and the aliases by which creatures know them are masked wherever they stood word for word (`masked`, calls:
{dataset.masked:,}); of their lines of one or two words, which anybody may say, only where they were quoted alone. What
a creature made of their words in its own words is left. Of a wood on a server only years that
have ended are in it, unless its host chose otherwise, for a running year has secrets.

## Limits

- The calls of one wood depend on each other: a line said is heard by others. Split by `wood`, not by row.
- Minds that are rules (`instinct`, `random`, `contrarian`) say lines from lists, and have no tokens.
- Replies of small models are often wrong. `valid` says that a reply can be read, not that it is wise.
- Gossip is play: hearsay of invented animals, true of nothing.
- Replies may be bound by the terms of the model that gave them.
"""
