"""Reading everything that is stored of one wood, and comparing it with what the hashes of its turns seal."""

from typing import Final

from data.errors import StoreError
from data.log import Log
from data.readers import POST_COLUMNS, post_row
from data.replay import Outcome, replay
from data.seals import check_seal
from data.store import Store
from wood.chronicle import Turn

_STEP: Final = 200
"""Turns read at a time."""


async def examine_wood(store: Store, wood: int, channel: int, *, deep: bool) -> tuple[list[str], int]:
    """Find what is wrong with what is stored of a living wood.

    Args:
        store: where; it is only read.
        wood: the wood's key.
        channel: the channel it lives in.
        deep: whether every turn is played again and compared.

    Returns:
        What is wrong, each as a sentence without its full stop; and how many turns the wood has.
    """
    faults: list[str] = []
    turns = 0
    try:
        stored = await store.woods.snapshot(channel)
        turns = stored.wood.turn if stored is not None else 0
        if stored is not None:
            check_seal(stored.world, await store.turns.recent(wood, 2))
    except StoreError as error:
        faults.append(str(error))
    records: dict[int, Turn] = {}
    first = 1
    while True:
        try:
            some = await store.turns.numbered(wood, first, first + _STEP - 1)
        except StoreError as error:
            faults.append(str(error))
            some = []
        records |= {row.turn.number: row.turn for row in some}
        first += _STEP
        if first > turns:
            break
    faults += await _posts(store, wood)
    try:
        async for _ in store.turns.traces(wood):
            pass
    except (StoreError, ValueError, TypeError, KeyError) as error:
        faults.append(f"the calls to its minds cannot be read ({type(error).__name__})")
    try:
        history = await store.journal.log(wood)
    except (StoreError, ValueError, TypeError, KeyError) as error:
        faults.append(str(error))
        return faults, turns
    faults += _compared(history, records, turns)
    if deep:
        faults += _replayed(history, records)
    return list(dict.fromkeys(faults)), turns


async def _posts(store: Store, wood: int) -> list[str]:
    query = f"SELECT {POST_COLUMNS} FROM posts JOIN woods ON woods.id = posts.wood WHERE wood = ?"  # noqa: S608
    async with store.database.reading() as connection:
        rows = await connection.execute_fetchall(query, (wood,))
    faults = []
    for row in rows:
        try:
            post_row(row)
        except (ValueError, TypeError, OverflowError) as error:
            faults.append(f"the post {row['id']} cannot be read ({error})")
    return faults


def _compared(history: Log, records: dict[int, Turn], turns: int) -> list[str]:
    """Turns that are missing, or whose record has another hash than the row that it stands in."""
    faults = []
    if history.length != turns:
        faults.append(f"it has taken {turns} turns, and {history.length} of them are stored")
    for logged in history.turns:
        record = records.get(logged.number)
        if record is not None and record.hash != logged.hash:
            faults.append(f"the record of turn {logged.number} and its hash do not agree")
    return faults


def _replayed(history: Log, records: dict[int, Turn]) -> list[str]:
    """Turns that come out otherwise when they are played again."""
    faults: list[str] = []

    def see(turn: Turn) -> None:
        stored = records.get(turn.number)
        if stored is not None and stored.hash == turn.hash and stored != turn:
            faults.append(f"the record of turn {turn.number} is not what was played")

    verdict = replay(history, see)
    if verdict.outcome is Outcome.DISAGREES:
        faults.append(f"played again from its log it differs from turn {verdict.first_difference} on")
    return faults
