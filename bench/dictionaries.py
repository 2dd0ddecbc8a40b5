"""Train the dictionary that records, decisions and calls are packed with, and print its line of ``data/packing.py``.

Run ``python -m bench.dictionaries`` from the repository's root, when what is stored has changed so much that turns have
grown. It writes a new file into ``data/dictionaries`` and leaves the others, which older turns need.
"""

import asyncio
import hashlib
import sys
from pathlib import Path

from bot.lab.lively import lively
from bot.lab.simulate import play
from data.calls import written
from data.content import default_rules
from data.forms import decisions_form
from inference.council import Council
from inference.roster import seat
from wood.chronicle import dump

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FOLDER = Path("data/dictionaries")
SIZE = 64 * 1024
"""Bytes: a larger one makes turns hardly smaller."""
TURNS = 160
MINDS = ("instinct", "contrarian", "random")
SEEDS = (101, 102)


async def samples() -> list[bytes]:
    """What woods with company store of their turns, under every rule-based mind."""
    rules = default_rules()
    found: list[bytes] = []
    for mind in MINDS:
        for seed in SEEDS:
            played = await play(rules, lively(rules, TURNS, seed), seed, Council(seat(mind), rules))
            found += [dump(turn) for turn in played.turns]
            found += [decisions_form().dump_json(decided) for decided in played.decisions]
            for turn in played.turns:
                found.append(written(trace for trace in played.traces if trace.turn == turn.number).encode())
    return found


def main() -> None:
    """Train it and write it."""
    dictionary = zstd.train_dict(asyncio.run(samples()), SIZE)
    content = bytes(dictionary.dict_content)
    FOLDER.joinpath(f"{dictionary.dict_id}.zdict").write_bytes(content)
    print(f'    {dictionary.dict_id}: "{hashlib.sha256(content).hexdigest()}",')


if __name__ == "__main__":
    main()
