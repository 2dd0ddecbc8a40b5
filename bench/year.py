"""Benchmark: how large a year of a wood is at the usual pace, and how long it takes to replay.

Run ``python -m bench.year`` from the repository's root. Prints bytes by table and seconds; ``--turns N`` sets how many
turns are taken, ``--mind`` under which mind (``modelled`` writes as a language model does), ``--kept N`` of how many
turns the calls to the minds are kept.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot.settings import Settings
from data.log import read_log, write_log
from data.replay import Verdict, replay
from data.store import Store
from tests.data.lived import YEAR, live, sizes
from tests.data.modelled import NAME


async def replayed(path: Path, folder: Path) -> tuple[Verdict, float, int]:
    """Export the wood of a file and replay it: the verdict, seconds of CPU, and the bytes of the export."""
    log = folder / "wood.jsonl.gz"
    async with await Store.open(path) as store:
        (wood,) = await store.woods.all()
        write_log(log, await store.journal.log(wood.id))
    start = time.process_time()
    verdict = replay(read_log(log))
    return verdict, time.process_time() - start, log.stat().st_size


async def measure(mind: str, turns: int, kept: int, folder: Path) -> None:
    """Print what becomes of one wood."""
    path = folder / f"{mind}.sqlite3"
    start = time.process_time()
    await live(path, mind, turns, kept)
    took = time.process_time() - start
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("VACUUM")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = sizes(path)
    calls = sum(found.get(table, 0) for table in ("calls", "prompts", "prompted", "traces"))
    whole = path.stat().st_size
    print(f"\n{mind}: {turns:,} turns, calls of the last {kept or turns:,} kept, taken in {took:.0f} s of CPU")
    print(f"  the file {whole / 1e6:.2f} MB, without the calls {(whole - calls) / 1e6:.2f} MB")
    for table, size in list(found.items())[:8]:
        print(f"  {table:<14} {size / 1e6:6.2f} MB {size / turns:8.0f} bytes a turn")
    verdict, seconds, exported = await replayed(path, folder)
    print(f"  replay: {verdict.outcome}, {verdict.recomputed:,} turns in {seconds:.0f} s of CPU")
    print(f"  the export {exported / 1e6:.2f} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure in a folder that vanishes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=YEAR)
    parser.add_argument(
        "--mind", action="append", help="may be given more than once; instinct and modelled if left out"
    )
    parser.add_argument("--kept", type=int, default=Settings.model_fields["traces_kept"].default)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for mind in given.mind or ("instinct", NAME):
            asyncio.run(measure(mind, given.turns, given.kept, Path(folder)))


if __name__ == "__main__":
    main()
