"""Benchmark: how large a year of a wood is at the usual pace, and how long it takes to replay.

Run ``python -m bench.year`` from the repository's root. Prints bytes by table and seconds; ``--turns N`` sets how many
turns are taken, ``--mind`` under which mind (``modelled`` writes as a language model does), ``--kept N`` of how many
turns the calls to the minds are kept.
"""

import argparse
import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.modelled import NAME, ModelledMind, words
from bot.keeper import Keeper
from bot.settings import Settings
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.log import read_log, write_log
from data.replay import Verdict, replay
from data.store import Store
from inference.council import Council
from inference.protocol import Mind
from inference.roster import seat
from wood.names import CREATURES, GOODS, Creature
from wood.refusal import Refusal

PACE: Final = 3 * 60 * 60
"""Seconds of a turn at the usual pace."""
YEAR: Final = timedelta(days=365) // timedelta(seconds=PACE)
"""Turns of a year at the usual pace."""
CHANNEL: Final = 1
PATRONS: Final = ("Ada", "Ravi", "Mei")
_TALKS: Final = 12
"""One turn in so many each patron talks: most of the time of a replay goes into what each rumor's chance was."""


class Clock:
    """The time, moved on by a turn's length."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time."""
        return self.at


def seated(mind: str) -> dict[Creature, Mind]:
    """The minds by name, the one that writes like a model among them."""
    if mind != NAME:
        return seat(mind)
    modelled = ModelledMind()
    return dict.fromkeys(CREATURES, modelled)


async def live(path: Path, mind: str, turns: int, kept: int, *, seed: int = 7) -> None:
    """Take turns of one wood into a file, with patrons who talk and whisper.

    Args:
        path: the database, made anew.
        mind: who thinks.
        turns: how many turns.
        kept: of how many of them the calls to the minds are kept; 0 keeps all.
        seed: of the wood and of what the patrons say.
    """
    clock, chance, prose = Clock(), random.Random(seed), words()
    async with await Store.open(path) as store, ChartPool(0) as charts:
        council = Council(seated(mind), default_rules())
        keeper = Keeper(store, council, charts, now=clock, traces_kept=kept)
        await keeper.admin.found(CHANNEL, 1, pace=PACE, seed=seed, zone="UTC", report_hour=8)
        for user, name in enumerate(PATRONS, 1):
            await keeper.patrons.join(CHANNEL, user, name)
        for _ in range(turns):
            clock.at += timedelta(seconds=PACE)
            for user in range(1, len(PATRONS) + 1):
                if chance.randrange(_TALKS):
                    continue
                with suppress(Refusal):  # out of breath, or said before
                    await keeper.patrons.cast_rumor(
                        CHANNEL,
                        user,
                        about=chance.choice(GOODS),
                        text=" ".join(chance.choices(prose, k=8)),
                        leaning=chance.choice((-1, 1)),
                        to=chance.choice((None, None, *CREATURES)),
                    )
            await keeper.turns.take_turn(CHANNEL)


def sizes(path: Path) -> dict[str, int]:
    """Bytes in use by table, its indexes with it, the largest first; the file is rid of free pages before."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("VACUUM")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = file.execute(
            "SELECT coalesce(tbl_name, dbstat.name), sum(pgsize) FROM dbstat LEFT JOIN sqlite_schema USING (name) "
            "GROUP BY 1 ORDER BY 2 DESC"
        )
        return {str(table): int(size) for table, size in rows}


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
