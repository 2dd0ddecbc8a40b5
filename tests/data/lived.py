"""A wood that lives for as long as is asked, with patrons who talk and whisper, and how large its file becomes."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.keeper import Keeper
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.store import Store
from inference.council import Council
from inference.protocol import Mind
from inference.roster import seat
from tests.data.modelled import NAME, ModelledMind, words
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


async def live(
    path: Path, mind: str, turns: int, kept: int, *, seed: int = 7, after: Callable[[int], object] = lambda turn: None
) -> None:
    """Take turns of one wood into a file, with patrons who talk and whisper.

    Args:
        path: the database, made anew.
        mind: who thinks.
        turns: how many turns.
        kept: of how many of them the calls to the minds are kept; 0 keeps all.
        seed: of the wood and of what the patrons say.
        after: is called with the number of each turn that was taken.
    """
    clock, chance, prose = Clock(), random.Random(seed), words()
    async with await Store.open(path) as store, ChartPool(0) as charts:
        council = Council(seated(mind), default_rules())
        keeper = Keeper(store, council, charts, now=clock, traces_kept=kept)
        await keeper.admin.found(CHANNEL, 1, pace=PACE, seed=seed, zone="UTC", report_hour=8)
        for user, name in enumerate(PATRONS, 1):
            await keeper.patrons.join(CHANNEL, user, name)
        for turn in range(1, turns + 1):
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
            after(turn)


def sizes(path: Path, *, pages: bool = True) -> dict[str, int]:
    """Bytes by table, its indexes with it, the largest first: of all pages, or of what is written on them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        rows = file.execute(
            "SELECT coalesce(tbl_name, dbstat.name), sum(pgsize - iif(?, 0, unused)) FROM dbstat "
            "LEFT JOIN sqlite_schema USING (name) GROUP BY 1 ORDER BY 2 DESC",
            (pages,),
        )
        return {str(table): int(size) for table, size in rows}
