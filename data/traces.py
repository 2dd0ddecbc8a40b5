"""The export of calls to minds for analysis and training: JSONL or Parquet."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final

from data.files import replacing
from wood.names import Creature, Good, Side
from wood.orders import Order
from wood.trace import Trace

_BATCH: Final = 2000
"""Rows held in memory at once while a Parquet file is written."""


class TraceFormat(StrEnum):
    """The formats of an export."""

    JSONL = "jsonl"
    PARQUET = "parquet"


COLUMNS: Final = (
    "wood",
    "turn",
    "creature",
    "system",
    "user",
    "response",
    "thought",
    "orders",
    "gossip",
    "engine",
    "tokens_in",
    "tokens_out",
    "tokens_cached",
    "latency",
    "valid",
    "repairs",
    "drops",
    "why",
)
"""The columns of an export, one row a call, in both formats."""


def orders_of(trace: Trace) -> list[dict[str, Any]]:
    """The orders of a call as plain JSON: ``{"side", "good", "price", "qty"}`` each."""
    return [
        {"side": order.side.value, "good": order.good.value, "price": order.price, "qty": order.qty}
        for order in trace.orders
    ]


def orders_from(orders: Iterable[Mapping[str, Any]]) -> tuple[Order, ...]:
    """The orders that :func:`orders_of` wrote."""
    return tuple(Order(Side(each["side"]), Good(each["good"]), each["price"], each["qty"]) for each in orders)


def trace_from(row: Mapping[str, Any]) -> Trace:
    """The call that :func:`record` wrote."""
    lists = {name: tuple(row[name]) for name in ("repairs", "drops")}
    orders = orders_from(row["orders"])
    return Trace(**{**row, **lists, "orders": orders, "creature": Creature(row["creature"])})


def record(trace: Trace) -> dict[str, Any]:
    """One row of an export: plain values under the names of :data:`COLUMNS`."""
    row = {name: getattr(trace, name) for name in COLUMNS}
    lists = {name: list(row[name]) for name in ("repairs", "drops")}
    return {**row, **lists, "orders": orders_of(trace), "creature": str(trace.creature)}


def write_traces(path: Path, traces: Iterable[Trace], form: TraceFormat | None = None) -> int:
    """Write an export and say how many rows it has; the file appears whole or not at all.

    Args:
        path: the file to write; an older one is replaced.
        traces: the rows, read once and never held all at a time.
        form: the format; None reads it from the file's ending.

    Raises:
        ValueError: the ending names neither format.
        OSError: the file cannot be written.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    if form is None:
        try:
            form = TraceFormat(path.suffix.removeprefix("."))
        except ValueError:
            raise ValueError(f"{path.name} should end in .jsonl or .parquet, or the format be named.") from None
    with replacing(path) as part:
        return _write_jsonl(part, traces) if form is TraceFormat.JSONL else _write_parquet(part, traces)


def _write_jsonl(path: Path, traces: Iterable[Trace]) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for trace in traces:
            file.write(json.dumps(record(trace), ensure_ascii=False) + "\n")
            rows += 1
    return rows


def _write_parquet(path: Path, traces: Iterable[Trace]) -> int:
    with writing_rows(path, call_columns()) as write:
        rows = 0
        for batch in _batches(traces):
            write([record(trace) for trace in batch])
            rows += len(batch)
    return rows


def call_columns() -> list[tuple[str, Any]]:
    """The columns of an export with their Arrow types, in order.

    Raises:
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    pa = _arrow()
    text, whole = pa.string(), pa.int64()
    order = pa.struct([("side", text), ("good", text), ("price", whole), ("qty", whole)])
    types = {
        "orders": pa.list_(order),
        "repairs": pa.list_(text),
        "drops": pa.list_(text),
        "latency": pa.float64(),
        "valid": pa.bool_(),
    }
    types |= dict.fromkeys(("turn", "tokens_in", "tokens_out", "tokens_cached"), whole)
    return [(name, types.get(name, text)) for name in COLUMNS]


@contextmanager
def writing_rows(
    path: Path, columns: Sequence[tuple[str, Any]]
) -> Iterator[Callable[[Sequence[Mapping[str, Any]]], int]]:
    """Lend what writes batches of rows to a Parquet file, and says how many bytes of memory each batch takes.

    Args:
        path: the file.
        columns: names and Arrow types.

    Raises:
        OSError: the file cannot be written.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    pa = _arrow()
    import pyarrow.parquet as pq

    schema = pa.schema(columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(rows: Sequence[Mapping[str, Any]]) -> int:
            batch = pa.RecordBatch.from_pylist(rows, schema=schema)
            writer.write_batch(batch)
            return int(batch.nbytes)

        yield write


def _arrow() -> Any:  # noqa: ANN401 - a module without types
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        advice = "Parquet needs pyarrow: install it with pip install 'thousand-token-wood[traces]', or export JSONL."
        raise ModuleNotFoundError(advice, name=error.name) from error
    return pa


def _batches(traces: Iterable[Trace]) -> Iterator[list[Trace]]:
    source = iter(traces)
    while batch := list(islice(source, _BATCH)):
        yield batch
