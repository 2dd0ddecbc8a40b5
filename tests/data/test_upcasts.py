"""Upcasts: one step a version, in their order; and what is said of a document that no step leads here."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from data import editions, upcasts
from data.content import ContentError, default_rules
from data.editions import document_of, plain, rules_of
from data.errors import StoreOutdatedError
from data.forms import restored
from data.store import Store
from data.upcasts import HASHES, Kind, Step, UpcastError, climb, schema_of, upcast
from tests.data.founded import CHANNEL, found, put_in, seen
from wood.chronicle import Event, Turn, digest_of
from wood.memory import Memory
from wood.moves import Join
from wood.orders import Auction, Order, Slip, Trade
from wood.stakes import Card, Career, Case, Corner, Entry, Pact, Position, Telling, Tip, Wager
from wood.world import (
    Call,
    Claim,
    Echo,
    Forecast,
    Hearsay,
    Lately,
    Loan,
    Offer,
    Patron,
    Pool,
    Prophecy,
    ShockInForce,
    World,
)

LAYOUT = (4, "cc81d22d8fb19992")
"""The form of the hashes, and a digest of the fields that they are made over."""


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)


def grown(name: str) -> Step:
    return lambda document: {**document, name: len(document)}


STEPS = [grown("second"), grown("third")]


@pytest.mark.parametrize(
    ("schema", "document"),
    [
        (1, {"first": 0, "second": 1, "third": 2}),
        (2, {"first": 0, "third": 1}),
        (3, {"first": 0}),
    ],
)
def test_a_document_climbs_the_steps_above_its_schema(schema: int, document: Mapping[str, int]) -> None:
    before = {"first": 0}
    assert climb(STEPS, Kind.WORLD, schema, before) == document
    assert before == {"first": 0}


@pytest.mark.parametrize("schema", [0, -1, 4, 99])
def test_a_schema_that_is_not_known_is_named(schema: int) -> None:
    with pytest.raises(UpcastError, match=f"schema {schema} of its world is newer than 3"):
        climb(STEPS, Kind.WORLD, schema, {})


def test_a_step_that_fails_is_named() -> None:
    def lost(document: dict[str, Any]) -> dict[str, Any]:
        return {"found": document["lost"]}

    with pytest.raises(UpcastError, match="its record could not be led from schema 2 to 3: KeyError: 'lost'"):
        climb([grown("second"), lost], Kind.RECORD, 1, {})


@pytest.mark.parametrize("kind", Kind)
def test_what_this_program_writes_needs_no_step(kind: Kind) -> None:
    document: dict[str, Any] = {}
    assert upcast(kind, schema_of(kind), document) is document


def test_what_is_no_json_any_more_is_told() -> None:
    with pytest.raises(UpcastError, match="no JSON"):
        restored(Kind.WORLD, schema_of(Kind.WORLD) - 1, "{")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE woods SET schema = 99", "the stored world .*schema 99 of its world is newer"),
        ("UPDATE interventions SET schema = 99", "the stored move 1 .*schema 99 of its intervention is newer"),
    ],
)
async def test_a_row_of_a_newer_schema_is_refused_in_words(tmp_path: Path, statement: str, what: str) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        await put_in(store, Join("p1"))
        change(path, statement)
        with pytest.raises(StoreOutdatedError, match=what):
            await seen(store, CHANNEL)


# Content


def test_a_content_document_says_its_schema_from_the_second_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = default_rules()
    monkeypatch.setitem(upcasts.STEPS, Kind.CONTENT, (lambda document: {**document, "legends": {}},))
    second = document_of(rules)
    assert second["schema"] == 2
    assert rules_of(json.loads(json.dumps(second))) == rules
    first = {key: value for key, value in second.items() if key != "schema"}
    assert plain(first) == {**first, "legends": {}}


@pytest.mark.parametrize("schema", [99, "new", None])
def test_content_of_a_newer_schema_cannot_be_used(schema: object) -> None:
    with pytest.raises(ContentError, match="schema"):
        rules_of({**document_of(default_rules()), "schema": schema})


def test_content_with_other_goods_or_creatures_is_told_apart() -> None:
    document = json.loads(json.dumps(document_of(default_rules())))
    assert editions.unlike(document) is None
    document["goods"]["clay"] = document["goods"].pop("honey")
    unfit = editions.unlike(document)
    assert unfit is not None
    assert (unfit.kind, unfit.theirs) == ("goods", ("acorns", "berries", "mushrooms", "firewood", "clay"))
    assert unfit.ours == ("acorns", "berries", "mushrooms", "honey", "firewood")
    alone = editions.unlike({"creatures": {"oona": {}}})
    assert alone is not None
    assert (alone.kind, alone.theirs) == ("creatures", ("oona",))
    assert editions.unlike({"goods": 3}) is None


# What is hashed


HASHED = (
    *(Turn, Event, Auction, Trade, Slip, Order),
    *(World, Patron, Prophecy, Hearsay, Claim, Call, Forecast, Echo, Memory, Lately, ShockInForce, Offer, Loan, Pool),
    *(Entry, Tip, Card, Career, Telling, Position, Pact, Corner, Wager, Case),
)
"""The types of which a turn's record and a world are made."""


def test_whoever_changes_what_is_hashed_writes_an_upcast() -> None:
    """Every field of these types is in the hash of a turn, and each of them is stored."""
    layout = {kind.__name__: list(kind.__annotations__) for kind in HASHED}
    found = (HASHES, digest_of(layout)[:16])
    assert found == LAYOUT, (
        "The fields of a stored type have changed. Write an upcast for what is stored (data/upcasts), and note the new "
        f"layout here: {found}. See 'State that outlives the program' in "
        "docs/architecture.md."
    )


def test_no_type_that_is_hashed_is_forgotten() -> None:
    """All dataclasses that the fields of world and record name, and theirs, are among those above."""
    found: set[type] = set()
    waiting: list[Any] = [World, Turn]
    while waiting:
        kind = waiting.pop()
        if is_dataclass(kind) and isinstance(kind, type):
            if kind in found:
                continue
            found.add(kind)
            waiting += get_type_hints(kind).values()
        else:
            waiting += [each for each in get_args(kind) if each is not Ellipsis]
    assert found == set(HASHED)
