"""A wager on what words do is settled by the twin that the keeper measures, once, whatever dies in between."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.replay import Outcome, replay
from tests.bot.kept import CHANNEL, USER, Hands, council, found, keeping, rows
from wood.chronicle import Event, EventKind
from wood.moves import CastRumor, Measured
from wood.names import MARGIN, PEBBLES, Good
from wood.twin import SPAN

WORDS = CastRumor("p1", Good.FIREWOOD, "firewood will be dear", 1, stake=20, on="effect", bar=300)


async def told(path: Path, kind: EventKind) -> list[Event]:
    async with keeping(path) as (_, store):
        wood, *_ = await rows(store)
        turns = await store.turns.numbered(wood.id, 1, wood.turn)
    return [event for row in turns for event in row.turn.events if event.kind is kind]


@pytest.mark.parametrize("dies", [False, True], ids=["one process", "a new process for every turn"])
@pytest.mark.parametrize("seed", [7, 8])
async def test_an_effect_is_settled_by_its_receipt_and_once(tmp_path: Path, seed: int, dies: bool) -> None:
    path, now = tmp_path / "wood.sqlite3", Hands()
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper, seed=seed)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        await keeper.turns.take_turn(CHANNEL)
        await keeper.patrons.act(CHANNEL, USER, lambda _, key: replace(WORDS, patron=key))
        for _ in range(0 if dies else SPAN + 2):
            await keeper.turns.take_turn(CHANNEL)
    for _ in range(SPAN + 2 if dies else 0):
        async with keeping(path, minds=council(), now=now) as (keeper, _):
            await keeper.receipts.catch_up()
            await keeper.turns.take_turn(CHANNEL)
    (wagered,) = await told(path, EventKind.WAGERED)
    (ended,) = await told(path, EventKind.WAGER)
    assert wagered.data is not None
    assert ended.data is not None
    async with keeping(path) as (_, store):
        wood, world, pending, _ = await rows(store)
        (receipt,) = await store.receipts.of_turns(wood.id, 2, 2)
        log = await store.journal.log(wood.id)
    settling = [action for turn in log.turns for action in turn.interventions if isinstance(action, Measured)]
    assert len(settling) == 1
    (measured,) = settling
    assert (measured.patron, measured.good, measured.said) == ("p1", Good.FIREWOOD, 2)
    assert measured.effect in {0, *receipt.effects}
    assert ended.data["won"] is (measured.seen and measured.effect >= WORDS.bar)
    gain = wagered.data["pays"] - 20 if ended.data["won"] else -20
    assert world.held("patron:p1", PEBBLES) == 100 + gain
    assert world.held(MARGIN, PEBBLES) == 0
    assert world.wagers == ()
    assert not pending
    assert replay(log).outcome is Outcome.AGREES
