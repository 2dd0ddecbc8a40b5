"""The double-entry ledger: what it moves, what it refuses, and the audit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, holding, wood
from wood.draft import Draft
from wood.ledger import Ledger, LedgerError, audit
from wood.names import BOWL, FINES, HARVEST, MINT, PEBBLES, SINKS, SOURCES, TABLE, Creature, Good


def test_a_posting_leaves_one_account_and_reaches_another() -> None:
    ledger = Ledger({"oona": {PEBBLES: 10}, MINT: {PEBBLES: -10}})
    ledger.move("oona", "pip", PEBBLES, 4, "paid")
    assert (ledger.held("oona", PEBBLES), ledger.held("pip", PEBBLES)) == (6, 4)
    assert ledger.flows == {"paid/pebbles": 4}


def test_flows_add_up_by_reason_and_asset() -> None:
    ledger = Ledger({}, {"harvest/honey": 2})
    for amount in (1, 0, 3):
        ledger.move(HARVEST, "oona", Good.HONEY, amount, "harvest")
    ledger.move(HARVEST, "pip", Good.BERRIES, 1, "harvest")
    assert ledger.flows == {"harvest/honey": 6, "harvest/berries": 1}


@pytest.mark.parametrize("account", sorted({"oona", BOWL, *SINKS}))
def test_nobody_but_a_source_gives_what_it_has_not(account: str) -> None:
    ledger = Ledger({account: {PEBBLES: 3}, MINT: {PEBBLES: -3}})
    with pytest.raises(LedgerError, match=f"{account} cannot give 4 pebbles to pip, it has 3"):
        ledger.move(account, "pip", PEBBLES, 4, "paid")
    assert ledger.frozen() == {MINT: {PEBBLES: -3}, account: {PEBBLES: 3}}
    assert not ledger.flows


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_source_may_stand_below_zero(source: str) -> None:
    ledger = Ledger({})
    ledger.move(source, "oona", PEBBLES, 5, "founding")
    assert ledger.held(source, PEBBLES) == -5


@pytest.mark.parametrize("source", ["oona", MINT])
def test_nothing_moves_backwards(source: str) -> None:
    ledger = Ledger({"oona": {PEBBLES: 9}, MINT: {PEBBLES: -9}})
    with pytest.raises(LedgerError, match="cannot give -1"):
        ledger.move(source, "pip", PEBBLES, -1, "paid")
    assert ledger.held("pip", PEBBLES) == 0


def test_nothing_is_not_a_posting() -> None:
    ledger = Ledger({})
    ledger.move("nobody", "pip", PEBBLES, 0, "paid")
    assert ledger.frozen() == {}
    assert not ledger.flows


def test_the_books_it_was_opened_with_stay_as_they_were() -> None:
    books = {"oona": {PEBBLES: 1}, MINT: {PEBBLES: -1}}
    Ledger(books).move("oona", FINES, PEBBLES, 1, "toll")
    assert books == {"oona": {PEBBLES: 1}, MINT: {PEBBLES: -1}}


def test_frozen_books_are_in_canonical_order_without_empty_entries() -> None:
    ledger = Ledger(
        {"pip": {PEBBLES: 0, Good.HONEY: 2, Good.ACORNS: 1}, HARVEST: {Good.HONEY: -2, Good.ACORNS: -1}, "a": {}}
    )
    assert list(ledger.frozen().items()) == [
        (HARVEST, {Good.ACORNS: -1, Good.HONEY: -2}),
        ("pip", {Good.ACORNS: 1, Good.HONEY: 2}),
    ]
    assert list(ledger.frozen()["pip"]) == [Good.ACORNS, Good.HONEY]


def test_an_audit_finds_books_that_do_not_balance() -> None:
    audit({"oona": {PEBBLES: 5}, MINT: {PEBBLES: -5}})
    with pytest.raises(LedgerError, match=r"do not balance: \{'pebbles': 1\}"):
        audit({"oona": {PEBBLES: 6}, MINT: {PEBBLES: -5}})
    with pytest.raises(LedgerError, match="do not balance"):
        audit({"oona": {Good.HONEY: 1}, MINT: {PEBBLES: 0}})


@pytest.mark.parametrize("account", ["oona", "patron:p1", "escrow:oona", BOWL, TABLE, FINES])
def test_an_audit_finds_who_stands_below_zero(account: str) -> None:
    with pytest.raises(LedgerError, match=f"{account} stands at -1 pebbles"):
        audit({account: {PEBBLES: -1}, "somebody": {PEBBLES: 1}})


def test_a_world_whose_books_are_wrong_cannot_be_frozen() -> None:
    draft = Draft(RULES, wood())
    draft.ledger._accounts[Creature.OONA][PEBBLES] += 1
    with pytest.raises(LedgerError, match="do not balance"):
        draft.freeze()


movements = st.lists(st.tuples(*[st.sampled_from(["oona", "pip", "bowl", MINT])] * 2, st.integers(-3, 30)), max_size=40)


@given(movements)
def test_whatever_is_asked_of_it_the_books_balance(asked: list[tuple[str, str, int]]) -> None:
    ledger = Ledger({})
    refused = 0
    for source, target, amount in asked:
        before = ledger.frozen()
        try:
            ledger.move(source, target, PEBBLES, amount, "asked")
        except LedgerError:
            refused += 1
            assert ledger.frozen() == before
        audit(ledger.frozen())
    assert ledger.flows.get("asked/pebbles", 0) == sum(amount for *_, amount in asked if amount > 0) - sum(
        _refused(asked)
    )


def _refused(asked: list[tuple[str, str, int]]) -> list[int]:
    """Amounts that cannot be given, worked out on plain purses."""
    purses = {"oona": 0, "pip": 0, "bowl": 0, MINT: 10**9}
    cannot = []
    for source, target, amount in asked:
        if amount <= 0:
            continue
        if purses[source] < amount:
            cannot.append(amount)
            continue
        purses[source] -= amount
        purses[target] += amount
    return cannot


def test_the_tests_own_change_of_a_wood_keeps_its_books() -> None:
    audit(holding(wood(), Creature.PIP, pebbles=0, honey=12).accounts)
