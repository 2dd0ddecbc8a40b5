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


def read_traces(path: Path) -> Iterator[Trace]:
    """Read an export, call by call.

    Raises:
        ValueError: the file is no export; the message says where.
        OSError: the file cannot be read.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    rows = _read_parquet(path) if path.suffix.removeprefix(".") == TraceFormat.PARQUET else _read_jsonl(path)
    number = 0
    while True:
        number += 1
        try:
            trace = trace_from(next(rows))
        except StopIteration:
            return
        except (ValueError, TypeError, KeyError) as error:
            advice = "give a file that ttw traces export, ttw simulate --out or ttw evaluate --out wrote"
            raise ValueError(f"{path}: row {number} is no call to a mind; {advice}.") from error
        yield trace


def _read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    pq = _parquet()
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH):
            yield from batch.to_pylist()


def _parquet() -> Any:  # noqa: ANN401 - a module that may not be there
    try:
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        advice = "Parquet needs pyarrow: install it with pip install 'thousand-token-wood[traces]', or export JSONL."
        raise ModuleNotFoundError(advice, name=error.name) from error
    return pq


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
    _parquet()
    import pyarrow as pa

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


RowWriter = Callable[[Sequence[Mapping[str, Any]]], int]
"""Writes a batch of rows, and says how many bytes of memory it takes."""


@contextmanager
def writing_rows(path: Path, columns: Sequence[tuple[str, Any]]) -> Iterator[RowWriter]:
    """Lend what writes batches of rows to a Parquet file.

    Args:
        path: the file.
        columns: names and Arrow types.

    Raises:
        OSError: the file cannot be written.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    pq = _parquet()
    import pyarrow as pa

    schema = pa.schema(columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(rows: Sequence[Mapping[str, Any]]) -> int:
            batch = pa.RecordBatch.from_pylist(rows, schema=schema)
            writer.write_batch(batch)
            return int(batch.nbytes)

        yield write


def _batches(traces: Iterable[Trace]) -> Iterator[list[Trace]]:
    source = iter(traces)
    while batch := list(islice(source, _BATCH)):
        yield batch
