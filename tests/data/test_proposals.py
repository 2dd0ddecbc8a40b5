"""Proposed legends in the store: states that follow one another, bounds, and what an older program wrote."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import StoreConflictError, StoreOutdatedError
from data.proposals import Proposal, State
from data.rows import PatronRow
from data.store import Store
from data.tales import read_tale
from tests.data.founded import CHANNEL, NOON, dump, found, seen
from tests.data.tales import altered
from wood.moves import AddLegend, Join, Leave


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        yield store


async def draft(store: Store, title: str = "The Thimble Corner", author: str = "p1") -> Proposal:
    legend = read_tale(altered("The Thimble Corner", title)).tale_of(f"own-{title.lower().replace(' ', '-')}", author)
    return await store.proposals.draft(1, legend, NOON)


async def proposed(store: Store, title: str = "The Thimble Corner", author: str = "p1") -> Proposal:
    made = await draft(store, title, author)
    await store.proposals.move(1, made.id, State.DRAFT, State.PROPOSED, NOON)
    return made


async def states(store: Store) -> dict[str, State]:
    return {each.legend.title: each.state for each in await store.proposals.of_wood(1)}


async def test_a_legend_is_read_as_it_was_written(store: Store) -> None:
    made = await draft(store)
    assert await store.proposals.of_wood(1) == [made]
    assert made.author == "p1"


async def test_an_author_has_one_draft(store: Store) -> None:
    await draft(store, "One")
    await draft(store, "Two")
    await draft(store, "Three", author="p2")
    assert await states(store) == {"Two": State.DRAFT, "Three": State.DRAFT}


async def test_a_slug_is_given_once(store: Store) -> None:
    await draft(store)
    with pytest.raises(StoreConflictError):
        await draft(store, author="p2")


async def test_a_state_follows_the_one_that_was_seen(store: Store) -> None:
    made = await proposed(store)
    with pytest.raises(StoreConflictError):
        await store.proposals.move(1, made.id, State.DRAFT, State.PROPOSED, NOON)
    with pytest.raises(StoreConflictError):
        await store.proposals.move(2, made.id, State.PROPOSED, State.DECLINED, NOON)
    await store.proposals.move(1, made.id, State.PROPOSED, State.DECLINED, NOON + timedelta(hours=1))
    (row,) = await store.proposals.of_wood(1)
    assert (row.state, row.at) == (State.DECLINED, NOON + timedelta(hours=1))


async def test_to_accept_is_an_input_of_the_wood_or_nothing(store: Store) -> None:
    made = await proposed(store)
    before = await seen(store)
    await store.journal.append(before, AddLegend(made.legend.slug), NOON, accepting=made.id)
    assert await states(store) == {"The Thimble Corner": State.ACCEPTED}
    assert await store.proposals.accepted(1, [made.legend.slug, "own-other"]) == [made.legend]
    with pytest.raises(StoreConflictError):
        await store.journal.append(await seen(store), AddLegend(made.legend.slug), NOON, accepting=made.id)
    assert len((await seen(store)).pending) == 1


async def test_what_is_only_proposed_is_no_content(store: Store) -> None:
    made = await proposed(store)
    assert await store.proposals.accepted(1, [made.legend.slug]) == []


async def test_of_what_is_closed_the_last_are_kept(store: Store) -> None:
    for number in range(25):
        made = await proposed(store, f"Tale {number}")
        await store.proposals.move(1, made.id, State.PROPOSED, State.WITHDRAWN, NOON + timedelta(minutes=number))
    await proposed(store, "Open")
    kept = await states(store)
    assert len(kept) == 21
    assert {"Tale 24", "Tale 5", "Open"} <= kept.keys()


async def test_of_who_is_forgotten_only_what_was_accepted_stays(store: Store, tmp_path: Path) -> None:
    await store.journal.append(await seen(store), Join("p1"), NOON, patron=PatronRow("p1", 77, "Ann"))
    await store.journal.append(await seen(store), Join("p2"), NOON, patron=PatronRow("p2", 78, "Bo"))
    made = await proposed(store, "Kept")
    await store.journal.append(await seen(store), AddLegend(made.legend.slug), NOON, accepting=made.id)
    await proposed(store, "Secret tale")
    await proposed(store, "Of another", author="p2")
    await store.journal.append(await seen(store), Leave("p1"), NOON, forget=77)
    assert set(await states(store)) == {"Kept", "Of another"}
    assert "Secret tale" not in str(dump(tmp_path / "wood.sqlite3"))


async def test_a_wood_that_goes_takes_its_proposals_along(store: Store, tmp_path: Path) -> None:
    await proposed(store)
    await store.woods.raze(1, NOON)
    await store.woods.purge(NOON + timedelta(days=2))
    assert not [row for row in dump(tmp_path / "wood.sqlite3") if row[0] == "proposals"]
    assert await store.woods.living(CHANNEL) is None


def alter(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement, values)


async def test_what_an_older_program_wrote_is_led_to_the_present_form(store: Store, tmp_path: Path) -> None:
    made = await proposed(store)
    path = tmp_path / "wood.sqlite3"
    (row,) = [each for each in dump(path) if each[0] == "proposals"]
    older = json.loads(str(row[-1]))
    del older["author"]
    alter(path, "UPDATE proposals SET schema = 5, legend = ?", json.dumps(older))
    (read,) = await store.proposals.of_wood(1)
    assert read.legend.shocks == made.legend.shocks
    assert read.legend.author == ""


async def test_what_a_newer_program_wrote_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    await proposed(store)
    alter(tmp_path / "wood.sqlite3", "UPDATE proposals SET schema = 99")
    with pytest.raises(StoreOutdatedError, match="schema 99 of its content is newer"):
        await store.proposals.of_wood(1)
