"""The chronicle: canonical bytes, reading them back, and the chain of hashes."""

import hashlib
import json
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from pydantic import ValidationError

from tests.wood.woods import MINDS, RULES, SILENT, deciding, play, wood
from wood.chronicle import Turn, digest_of, dump, load, seal
from wood.founding import found_world
from wood.moves import CastRumor, DrawLegend, Intervention, OfferLoan, TellLegend
from wood.names import Creature, Good, Side
from wood.orders import Order
from wood.turn import step
from wood.world import World

INPUTS: dict[int, list[Intervention]] = {
    3: [DrawLegend("p1"), OfferLoan("p2", Creature.PIP, 20, 2, 4)],
    4: [TellLegend("silver-sap-corner"), CastRumor("p2", Good.HONEY, "\u871c honey \u2744 is scarce", 1)],
}


def busy() -> tuple[World, list[Turn]]:
    world, turns = play(wood(patrons=2), 8, MINDS["instinct"], INPUTS)
    world, last = step(RULES, world, deciding(Creature.PIP, Order(Side.BUY, Good.BERRIES, 3, 1), gossip="Honey falls."))
    return world, [*turns, last]


def unsealed(world: World, turn: Turn, before: str) -> bytes:
    """What a hash goes over: the record, then the world with the hash before and without the tape, as plain JSON."""
    state = json.loads(dump(replace(world, chain=before)))
    assert state.pop("tape") == json.loads(dump(turn))["trades"]
    return dump(replace(turn, hash="")) + json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def test_the_chain_starts_at_nothing_and_goes_over_record_and_world() -> None:
    founded = found_world(RULES, 7)
    assert founded.chain == ""
    world, turn = step(RULES, founded, SILENT)
    assert turn.hash == world.chain == hashlib.sha256(unsealed(world, turn, "")).hexdigest()
    after, later = step(RULES, world, SILENT)
    assert after.tape
    assert later.hash == hashlib.sha256(unsealed(after, later, turn.hash)).hexdigest()


def test_every_turn_has_its_own_hash() -> None:
    _, turns = busy()
    assert len({turn.hash for turn in turns}) == len(turns)


def test_a_changed_past_changes_every_hash_after_it() -> None:
    world, _ = play(wood(), 3)
    other = replace(world, chain="0" * 64)
    for _ in range(3):
        world, turn = step(RULES, world, SILENT)
        other, twin = step(RULES, other, SILENT)
        assert replace(turn, hash="") == replace(twin, hash="")
        assert turn.hash != twin.hash


@pytest.mark.parametrize("name", ["seed", "turn", "references", "moods", "deck", "offered"])
def test_whatever_changes_in_a_world_changes_the_hash(name: str) -> None:
    world, turns = busy()
    values = {
        "seed": 8,
        "turn": 99,
        "references": {**world.references, Good.HONEY: world.references[Good.HONEY] + 1},
        "moods": {**world.moods, Creature.PIP: world.moods[Creature.PIP] + 1},
        "deck": world.deck[::-1],
        "offered": world.offered + 1,
    }
    changed = replace(world, **{name: values[name]})  # type: ignore[arg-type]
    assert seal(changed, turns[-1])[1].hash != seal(world, turns[-1])[1].hash


def test_a_tape_that_is_not_the_record_s_trades_cannot_be_sealed() -> None:
    world, turns = busy()
    assert world.tape
    with pytest.raises(ValueError, match="tape"):
        seal(replace(world, tape=()), turns[-1])


def test_worlds_and_turns_are_read_back_as_they_were() -> None:
    world, turns = busy()
    assert load(World, dump(world)) == world
    for turn in turns:
        again = load(Turn, dump(turn))
        assert again == turn
        assert dump(again) == dump(turn)
    assert any(turn.trades for turn in turns)
    assert any(turn.slips for turn in turns)


def test_worlds_and_turns_travel_between_processes_as_they_are() -> None:
    before = busy()
    world, turns = pickle.loads(pickle.dumps(before))
    assert (world, turns) == before
    assert dump(world) == dump(before[0])
    assert all(type(good) is Good for good in world.references)
    with pytest.raises(FrozenInstanceError):
        world.turn = 0


def test_what_was_read_back_has_its_types() -> None:
    world, turns = busy()
    again = load(World, dump(world))
    assert all(type(good) is Good for good in again.references)
    assert all(type(who) is Creature for line in again.hearsay for who in line.hearers)
    assert all(type(loan.borrower) is Creature for loan in again.loans)
    record = load(Turn, dump(turns[-1]))
    assert all(type(good) is Good for good in record.auctions)


def test_the_bytes_are_plain_compact_utf_8_json() -> None:
    world, _ = play(wood(patrons=1), 1, None, {2: [CastRumor("p1", Good.HONEY, "\u871c honey \u2744 is scarce", 1)]})
    text = dump(world).decode()
    assert "\u871c honey \u2744" in text
    assert json.loads(text)["turn"] == 2
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"seed":1}', b"\xff"])
def test_what_is_no_world_is_not_read_as_one(text: bytes) -> None:
    with pytest.raises(ValidationError):
        load(World, text)


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": [2, {"c": 3, "d": 4}]}) == digest_of({"b": [2, {"d": 4, "c": 3}], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert digest_of([1, 2]) != digest_of([2, 1])
