"""Benchmark: the bot killed again and again, by SIGKILL, while patrons move: what was lost, what was doubled.

Run ``python -m bench.kills`` from the repository's root. ``--kills N`` sets how often, ``--woods N`` in how many
channels, ``--seed N`` the order of things. Ends with exit code 1 where anything was lost or doubled, or a replay differs.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.loopback import LoopbackDiscord
from tests.process.campaign import UNHURRIED, Campaign


async def campaign(kills: int, woods: int, seed: int, folder: Path) -> bool:
    """Run one and print what it found."""
    async with LoopbackDiscord(answer_within=UNHURRIED, nonce_memory=0.0) as loopback:
        found = await Campaign(loopback, folder, seed=seed, woods=woods).run(
            kills, lambda line: print(line, flush=True)
        )
    print(found)
    return found.sound


def main() -> None:
    """Run it in a folder that vanishes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--woods", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sound = asyncio.run(campaign(given.kills, given.woods, given.seed, Path(folder)))
    print(f"in {time.perf_counter() - start:.0f} s")
    sys.exit(not sound)


if __name__ == "__main__":
    main()
