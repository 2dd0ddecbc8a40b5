"""A wood of every older version lives on: it is loaded, led to the present form, takes turns, and its log verifies."""

import gzip
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.keeper import Keeper
from bot.telling.catalog import words_in
from data.editions import document_of
from data.log import Log, LoggedTurn, founding_hash, log_bytes, read_log, write_log
from data.receipts import State
from data.replay import Outcome, Stretch, Why, replay
from data.rows import Notify, PostKind, Snapshot
from data.store import Store
from data.upcasts import HASHES, Kind, schema_of
from tests.bot.kept import USER, Hands, keeping
from tests.data.living import KEPT, LIVING, PAUSED, RAZED, TURNS, V1, V3, Kept, unpack
from tests.wood.woods import RULES as RULES_OF_TODAY
from tests.wood.woods import SILENT, wood
from wood.bourse import RESERVE
from wood.chronicle import digest_of, dump
from wood.memory import Deed
from wood.names import CREATURES, Creature, Good
from wood.turn import step
from wood.twin import SPAN
from wood.version import RULES

SINCE = 3
"""Turns that the wood takes with the program of today."""
BELIEF = 2
"""The schema from which on worlds hold what is believed and called."""
STAKES = 3
"""The schema of worlds that have a Bourse; to older ones the Mint gives its reserve."""
STAKES = 3
"""The schema of worlds that have a Bourse; to older ones the Mint gives its reserve."""
ANN, BO, CY, DEE, EVE, FAY, GIL = (USER + number for number in range(7))


each_kept = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"v{kept.version}")
each_other = pytest.mark.parametrize(
    "kept", [kept for kept in KEPT if kept.has_seam], ids=lambda kept: f"v{kept.version}"
)
"""Those behind which the program of today begins another stretch."""
each_unbelieving = pytest.mark.parametrize(
    "kept", [kept for kept in KEPT if kept.schemas[0] < BELIEF], ids=lambda kept: f"v{kept.version}"
)
"""Those in which nothing was believed or called yet."""


@pytest.fixture
def kept() -> Kept:
    """The woods that a test opens: the oldest, unless it names others."""
    return V1


@pytest.fixture
async def living(tmp_path: Path, kept: Kept) -> AsyncIterator[tuple[Keeper, Store, Hands]]:
    path = unpack(tmp_path, kept)
    with closing(sqlite3.connect(path)) as file:
        (last,) = file.execute("SELECT max(taken_at) FROM turns").fetchone()
    now = Hands()
    now.on(seconds=last / 1000 - now.at.timestamp())
    async with keeping(path, now=now) as (keeper, store):
        yield keeper, store, now


async def wood_of(store: Store, channel: int = LIVING) -> int:
    row = await store.woods.living(channel)
    assert row is not None
    return row.id


async def snapshot_of(store: Store) -> Snapshot:
    snapshot = await store.woods.snapshot(LIVING)
    assert snapshot is not None
    return snapshot


async def go_on(keeper: Keeper, now: Hands, turns: int = SINCE) -> None:
    for _ in range(turns):
        assert await keeper.turns.take_turn(LIVING, due=now.on(hours=1)) is not None


async def lived_on(living: tuple[Keeper, Store, Hands]) -> Log:
    keeper, store, now = living
    await go_on(keeper, now)
    return await store.journal.log(await wood_of(store))


@each_kept
async def test_every_wood_of_the_file_is_there_whole(kept: Kept, living: tuple[Keeper, Store, Hands]) -> None:
    keeper, store, now = living
    assert [card.channel_id for card in await keeper.queries.woods()] == [LIVING, PAUSED]
    assert [card.paused for card in await keeper.queries.woods()] == [False, True]
    snapshot = await store.woods.snapshot(LIVING)
    assert snapshot is not None
    assert (snapshot.world.turn, len(snapshot.patrons)) == (TURNS, kept.keys)
    assert tuple(entry.action.kind for entry in snapshot.pending) == kept.pending
    assert (len(snapshot.world.claims), len(snapshot.world.loans)) == (kept.claims, 3)
    assert len(await store.turns.recent(snapshot.wood.id, TURNS + 1)) == TURNS
    assert (await keeper.queries.board(LIVING)).turn is not None
    assert {row.name for row in (await keeper.queries.ranking(LIVING)).purses} == set(kept.names)
    assert (await keeper.patrons.purse(LIVING, ANN)).rank > 0
    assert await keeper.queries.told(LIVING)
    assert await keeper.queries.heard(words_in("en"), LIVING)
    assert await keeper.queries.trades(words_in("en"), LIVING)
    assert (await keeper.queries.report_of(LIVING, now.at - timedelta(days=1), now.at)).turns
    assert (await keeper.queries.creature(LIVING, Creature.PIP)).sayings


@each_kept
async def test_it_takes_turns_with_what_waited_and_what_players_do_now(
    kept: Kept, living: tuple[Keeper, Store, Hands]
) -> None:
    keeper, store, now = living
    await keeper.patrons.cast_rumor(LIVING, BO, about=Good.HONEY, text="honey will be cheap", leaning=None, to=None)
    await keeper.patrons.join(LIVING, EVE, "Eve again")
    await go_on(keeper, now)
    snapshot = await store.woods.snapshot(LIVING)
    assert snapshot is not None
    assert (snapshot.world.turn, snapshot.pending) == (TURNS + SINCE, ())
    # Who waited has come and gone, and come back.
    assert [patron.present for patron in snapshot.world.patrons.values()] == [*kept.present, False, True]
    assert (await keeper.patrons.purse(LIVING, EVE)).name == "Eve again"


async def test_its_next_report_begins_where_its_last_one_ended(living: tuple[Keeper, Store, Hands]) -> None:
    keeper, store, now = living
    row = await store.woods.living(LIVING)
    assert row is not None
    now.on(days=1)
    assert await keeper.turns.owe_report(LIVING)
    (report,) = [post for post in await store.posts.of_wood(row.id) if post.kind is PostKind.REPORT]
    assert report.since == row.reported_until
    assert (await keeper.queries.report_of(LIVING, row.reported_until, report.until)).turns
    assert not await keeper.turns.owe_report(LIVING)
    assert (row.extras, row.pinned) == (True, False)


@each_kept
async def test_the_paused_wood_wakes_and_the_razed_one_comes_back(
    kept: Kept, living: tuple[Keeper, Store, Hands]
) -> None:
    keeper, store, _ = living
    await keeper.admin.resume(PAUSED)
    await keeper.admin.restore(RAZED)
    for channel in (PAUSED, RAZED):
        turn = await keeper.turns.take_turn(channel)
        assert turn is not None
        assert turn.number == 4
        verdict = replay(await store.journal.log(await wood_of(store, channel)))
        assert verdict[:4] == (kept.outcome, 4, None, 1 if kept.has_seam else 4)


def passed_by(kept: Kept) -> tuple[Stretch, ...]:
    """What the program of today cannot recompute of a wood's log."""
    why = Why.HASHES if kept.rules == RULES else Why.RULES
    return (Stretch(0, TURNS, kept.rules, kept.hashes, why),) if kept.has_seam else ()


@each_kept
def test_its_log_is_found_as_it_was_written(kept: Kept) -> None:
    log = read_log(kept.log)
    assert (log.rules, log.hashes) == (kept.rules, kept.hashes)
    verdict = replay(log)
    assert verdict[:4] == (kept.outcome, TURNS, None, 0 if kept.has_seam else TURNS)
    assert verdict.others == passed_by(kept)


@each_kept
async def test_its_log_verifies_from_the_seam_on(
    kept: Kept, living: tuple[Keeper, Store, Hands], tmp_path: Path
) -> None:
    log = await lived_on(living)
    path = tmp_path / "wood.jsonl"
    write_log(path, log)
    assert read_log(path) == log
    verdict = replay(log)
    assert verdict[:4] == (kept.outcome, TURNS + SINCE, None, SINCE if kept.has_seam else TURNS + SINCE)
    assert verdict.others == passed_by(kept)
    assert verdict.agrees is not kept.has_seam
    assert [(turn.rules, turn.hashes) for turn in log.turns] == [
        *[(kept.rules, kept.hashes)] * TURNS,
        *[(RULES, HASHES)] * SINCE,
    ]
    assert [turn.number for turn in log.turns if turn.world] == [TURNS + 1] * kept.has_seam
    before = read_log(kept.log)
    assert (log.turns[:TURNS], log.founding, log.contents.items() >= before.contents.items()) == (
        before.turns,
        before.founding,
        True,
    )


@each_kept
async def test_rows_keep_the_schema_they_were_written_by(kept: Kept, living: tuple[Keeper, Store, Hands]) -> None:
    keeper, store, now = living
    await go_on(keeper, now)
    wood = await wood_of(store)
    async with store.database.reading() as connection:
        turns = await connection.execute_fetchall(
            "SELECT DISTINCT number > ? AS late, schema, decisions_schema, rules, hashes FROM turns WHERE wood = ? "
            "ORDER BY 1",
            (TURNS, wood),
        )
        (world,) = await connection.execute_fetchall("SELECT schema, rules, hashes FROM woods WHERE id = 1")
        seams = await connection.execute_fetchall("SELECT wood, turn, schema FROM seams")
    world_was, record, decisions = kept.schemas
    assert [tuple(row) for row in turns] == [
        (0, record, decisions, kept.rules, kept.hashes),
        (1, schema_of(Kind.RECORD), schema_of(Kind.DECISIONS), RULES, HASHES),
    ]
    assert tuple(world) == (schema_of(Kind.WORLD), kept.rules, kept.hashes)
    assert [tuple(row) for row in seams] == [(1, TURNS, world_was)] * kept.has_seam


@each_kept
async def test_a_wood_that_is_gone_takes_its_seams_along(living: tuple[Keeper, Store, Hands]) -> None:
    keeper, store, now = living
    await go_on(keeper, now, 1)
    await keeper.admin.raze(LIVING)
    now.on(days=2)
    await keeper.admin.purge()
    now.on(hours=1)
    assert await keeper.admin.purge() == 2
    async with store.database.reading() as connection:
        assert list(await connection.execute_fetchall("SELECT * FROM seams")) == []


def holds(now: Any, then: Any) -> bool:
    """Whether a document still says all that an older one said."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and holds(now[key], then[key]) for key in then)
    if isinstance(then, list):
        return isinstance(now, list) and len(now) == len(then) and all(map(holds, now, then))
    return bool(now == then)


RESPELLED = {1: {"slips", "events"}}
"""What records of a form say by other words since, where the rest only grew."""


@each_kept
async def test_forms_that_only_grew_hold_all_that_was_stored(
    kept: Kept, living: tuple[Keeper, Store, Hands], tmp_path: Path
) -> None:
    _, store, _ = living
    snapshot = await store.woods.snapshot(LIVING)
    assert snapshot is not None
    with closing(sqlite3.connect(tmp_path / "wood.sqlite3")) as file:
        (world,) = file.execute("SELECT world FROM woods WHERE id = 1").fetchone()
        records = [row[0] for row in file.execute("SELECT record FROM turns WHERE wood = 1 ORDER BY number")]
    before = json.loads(world)
    if kept.schemas[0] < STAKES:
        before["accounts"]["mint"]["pebbles"] -= RESERVE
    assert holds(json.loads(dump(snapshot.world)), before)
    for row, record in zip(await store.turns.recent(snapshot.wood.id, TURNS), records, strict=True):
        then = {key: value for key, value in json.loads(record).items() if key not in RESPELLED.get(kept.version, ())}
        assert holds(json.loads(dump(row.turn)), then)


@each_unbelieving
async def test_an_older_wood_begins_to_believe_and_its_open_claims_get_chances(
    living: tuple[Keeper, Store, Hands],
) -> None:
    keeper, store, now = living
    before = await store.woods.snapshot(LIVING)
    assert before is not None
    assert not any(before.world.beliefs[who] or before.world.memories[who] for who in CREATURES)
    assert {claim.chance for claim in before.world.claims} == {None}
    await go_on(keeper, now, 1)
    after = await store.woods.snapshot(LIVING)
    assert after is not None
    assert any(after.world.beliefs.values())
    theirs = [claim for claim in after.world.claims if claim.speaker in after.world.patrons]
    assert theirs
    assert all(claim.chance is not None and 0 < claim.chance < 1000 for claim in theirs)


@pytest.mark.parametrize("kept", [V3], ids=["v3"])
async def test_what_was_believed_and_called_is_there_and_is_judged(living: tuple[Keeper, Store, Hands]) -> None:
    keeper, store, now = living
    world = (await snapshot_of(store)).world
    assert all(world.beliefs[who] and world.echoes[who] and world.memories[who] for who in CREATURES)
    assert {memory.deed for kept in world.memories.values() for memory in kept} >= set(Deed) - {
        Deed.FORETOLD,
        Deed.SHORTED,
        Deed.DUNNED,
    }
    assert {(claim.chance is None, claim.echo) for claim in world.claims if claim.speaker in world.patrons} == {
        (False, False),
        (False, True),
    }
    assert (sorted(call.caller for call in world.calls), set(world.callers)) == (["p1", "p4", "p8"], {"p2", "p3", "p4"})
    assert world.forecasts
    assert set(world.errors) == set(Good)
    assert world.pool is not None
    assert (dict(world.pool.breath), world.patrons["p3"].fame) == ({"p2": 1, "p7": 1}, 2)
    due = max(call.due for call in world.calls)
    await go_on(keeper, now, due - TURNS)
    after = (await snapshot_of(store)).world
    assert [call.caller for call in after.calls if call.due <= due] == []
    said = {key: prophecy.said for key, prophecy in after.callers.items()}
    assert (said["p1"], said["p4"], said["p8"]) == (1, 2, 1)


@pytest.mark.parametrize("kept", [V3], ids=["v3"])
async def test_open_receipts_are_measured_on_or_said_to_be_lost(
    kept: Kept, living: tuple[Keeper, Store, Hands]
) -> None:
    keeper, store, now = living
    wood = await wood_of(store)
    before = await store.receipts.of_turns(wood, 1, TURNS)
    assert {receipt.state for receipt in before} == {State.OPEN, State.DONE, State.CROWDED}
    assert {receipt.held for receipt in before if receipt.state is State.DONE} == {(Creature.PIP,)}
    await go_on(keeper, now, SPAN)
    after = await store.receipts.of_turns(wood, 1, TURNS)
    others = State.DONE if kept.rules == RULES else State.LOST
    assert [receipt.state for receipt in after] == [
        others if receipt.state is State.OPEN else receipt.state for receipt in before
    ]


@pytest.mark.parametrize("kept", [V3], ids=["v3"])
async def test_who_left_this_year_is_known_again_and_wishes_to_be_told_stand(
    living: tuple[Keeper, Store, Hands],
) -> None:
    keeper, store, now = living
    snapshot = await snapshot_of(store)
    assert [row.notify for row in snapshot.patrons[:4]] == [Notify.CHANNEL, Notify.DIRECT, Notify.REFUSED, Notify.OFF]
    assert (snapshot.key(DEE), snapshot.key(FAY), snapshot.key(GIL)) == ("p7", "p4", None)
    assert not await keeper.patrons.known(LIVING, FAY)
    assert (await keeper.patrons.join(LIVING, GIL, "Gil again")).back
    await go_on(keeper, now, 1)
    assert len((await snapshot_of(store)).farewells) == 1


# What other programs wrote


def played_today(turns: int) -> Log:
    """The log of a wood that lived on habit alone, by the rules of today."""
    document = document_of(RULES_OF_TODAY)
    content = digest_of(document)
    world = wood()
    founding, lines = founding_hash(world), []
    for _ in range(turns):
        world, turn = step(RULES_OF_TODAY, world, SILENT)
        lines.append(LoggedTurn(turn.number, content, (), {}, turn.hash))
    return Log(world.seed, founding, content, {content: document}, tuple(lines), turns)


def by_others(log: Log, numbers: range, **changes: Any) -> Log:
    """The log as if some turns had been played otherwise."""
    return replace(log, turns=[replace(turn, **changes) if turn.number in numbers else turn for turn in log.turns])


@each_kept
async def test_a_changed_line_is_found_in_turns_that_are_passed_by(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    write_log(path, read_log(kept.log))
    text = path.read_bytes()
    for turn in (1, 30, TURNS):
        place = text.index(b'"interventions"', text.index(b'{"turn":%d,' % turn))
        path.write_bytes(text[:place] + b'"Interventions"' + text[place + 15 :])
        assert replay(read_log(path))[:3] == (Outcome.DISAGREES, TURNS, turn)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"rules": 99}, Why.RULES), ({"hashes": 99}, Why.HASHES), ({"foreign": "a dance"}, Why.INPUTS)],
)
def test_turns_behind_those_of_others_need_a_world_to_go_on_from(changes: dict[str, Any], why: Why) -> None:
    log = played_today(9)
    assert replay(log)[:4] == (Outcome.AGREES, 9, None, 9)
    verdict = replay(by_others(log, range(4, 7), **changes))
    assert verdict[:4] == (Outcome.OTHER_RULES, 9, None, 3)
    assert [(each.first, each.last, each.why) for each in verdict.others] == [(4, 6, why), (7, 9, Why.NO_WORLD)]


async def test_a_line_with_unknown_inputs_is_no_damage_unless_it_was_changed(
    living: tuple[Keeper, Store, Hands], tmp_path: Path
) -> None:
    log = await lived_on(living)
    path = tmp_path / "wood.jsonl"
    number = TURNS + 1
    plain = log_bytes(replace(log, turns=log.turns[:number])).decode()
    head, _, line = plain.rstrip("\n").rpartition("\n")
    changed = line.replace('"kind":"rumor"', '"kind":"dance"', 1)
    path.write_text(f"{head}\n{changed}\n", "utf-8")
    assert replay(read_log(path))[:3] == (Outcome.DISAGREES, number, number)
    path.write_text(f"{head}\n{checked(head, changed)}\n", "utf-8")
    verdict = replay(read_log(path))
    assert verdict[:4] == (Outcome.OTHER_RULES, number, None, 0)
    assert verdict.others[1:] == (Stretch(number, number, RULES, HASHES, Why.INPUTS),)


def checked(head: str, line: str) -> str:
    """A line with a check of its own."""
    from data.log import _digest

    before = json.loads(head.rpartition("\n")[2])["check"]
    body = line[: line.rindex(',"check":"')] + "}"
    return f'{body[:-1]},"check":"{_digest(before, body)}"}}'


def _richer(turn: LoggedTurn) -> LoggedTurn:
    assert turn.world is not None
    accounts = {**turn.world.accounts, "patron:p1": {"pebbles": 9999}}
    return replace(turn, world=replace(turn.world, accounts=accounts))


def _elsewhere(turn: LoggedTurn) -> LoggedTurn:
    assert turn.world is not None
    return replace(turn, world=replace(turn.world, chain="0" * 64))


def _rejoined(turn: LoggedTurn) -> LoggedTurn:
    return replace(turn, interventions=turn.interventions[1:])


@each_other
@pytest.mark.parametrize("forge", [_richer, _elsewhere, _rejoined])
async def test_a_forged_seam_is_found(
    living: tuple[Keeper, Store, Hands], forge: Callable[[LoggedTurn], LoggedTurn]
) -> None:
    log = await lived_on(living)
    forged = replace(log, turns=[*log.turns[:TURNS], forge(log.turns[TURNS]), *log.turns[TURNS + 1 :]])
    assert replay(forged)[:3] == (Outcome.DISAGREES, TURNS + SINCE, TURNS + 1)


@each_kept
def test_the_fixture_is_what_it_was(kept: Kept) -> None:
    """It stands for woods that people keep, so it is never made anew."""
    lines = gzip.decompress(kept.log.read_bytes()).splitlines()
    assert json.loads(lines[-1])["check"].startswith(kept.check)
