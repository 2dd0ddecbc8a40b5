"""Sessions of several processes begin one after another, bucket by bucket."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from bot.starts import Starts

ROOT = Path(__file__).parents[2]
EVERY = 0.3
OTHER = """
import asyncio, sys, time
from pathlib import Path
from bot.starts import Starts
asyncio.run(Starts(Path(sys.argv[1]), 1, every=0.3).wait(7))
print(time.time())
"""


async def start(folder: Path, shard: int, at_once: int, every: float = EVERY) -> float:
    await Starts(folder, at_once, every=every).wait(shard)
    return time.time()


async def test_a_bucket_starts_one_shard_at_a_time(tmp_path: Path) -> None:
    began = time.time()
    times = await asyncio.gather(*(start(tmp_path, shard, 1) for shard in range(3)))
    assert max(times) - began > 1.95 * EVERY
    # A process of its own waits for what was started here.
    began = time.time()
    await start(tmp_path, 0, 1)
    command = [sys.executable, "-c", OTHER, str(tmp_path)]
    told = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert float(told.stdout) - began > 0.95 * EVERY


async def test_other_buckets_do_not_wait_and_no_clock_holds_a_start_up(tmp_path: Path) -> None:
    async with asyncio.timeout(60):  # none of these would end in an hour if it waited
        await asyncio.gather(*(start(tmp_path, shard, 4, every=3600.0) for shard in range(4)))
        for file in tmp_path.iterdir():
            os.utime(file, (2**33, 2**33))
        await start(tmp_path, 2, 4, every=3600.0)
