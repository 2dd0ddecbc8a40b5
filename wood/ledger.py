"""The double-entry ledger: every movement is a posting between two accounts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

from wood.names import SOURCES


class Posting(NamedTuple):
    """One movement of a ledger."""

    source: str
    target: str
    asset: str
    amount: int
    reason: str


_journals: Final[list[list[Posting]]] = []


@contextmanager
def journal() -> Iterator[list[Posting]]:
    """Collect every posting that any ledger makes meanwhile, for those who watch over the rules."""
    postings: list[Posting] = []
    _journals.append(postings)
    try:
        yield postings
    finally:
        _journals.pop()


@contextmanager
def off_the_record() -> Iterator[None]:
    """Keep what ledgers do meanwhile out of every journal: courses of a wood that are only thought of."""
    kept = _journals.copy()
    _journals.clear()
    try:
        yield
    finally:
        _journals.extend(kept)


class LedgerError(Exception):
    """A law of the ledger is broken: an overdraft, a negative posting, or books that do not balance."""


class Ledger:
    """Accounts of pebbles and goods that can only be changed by :meth:`move`."""

    __slots__ = ("_accounts", "_counted", "_flows")

    def __init__(self, accounts: Mapping[str, Mapping[str, int]], flows: Mapping[str, int] | None = None) -> None:
        self._accounts: defaultdict[str, dict[str, int]] = defaultdict(
            dict, {account: dict(assets) for account, assets in accounts.items()}
        )
        self._counted = True
        # By reason, then by asset: two look-ups a posting cost less than the text of a key.
        self._flows: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for flow, units in (flows or {}).items():
            reason, _, asset = flow.rpartition("/")
            self._flows[reason][asset] = units

    @property
    def flows(self) -> dict[str, int]:
        """Units that moved, by ``"reason/asset"``, in canonical order."""
        moved = {reason + "/" + asset: units for reason, row in self._flows.items() for asset, units in row.items()}
        return {flow: moved[flow] for flow in sorted(moved)}

    def count_no_more(self) -> None:
        """Keep what moves from now on out of the flows and every journal: the books of a course only thought of."""
        self._counted = False

    def held(self, account: str, asset: str) -> int:
        """Units of ``asset`` on ``account``."""
        return self._accounts[account].get(asset, 0)

    def on(self, account: str) -> Mapping[str, int]:
        """All that stands on ``account``, by asset, as it changes; what was never on it is missing."""
        return self._accounts[account]

    def move(self, source: str, target: str, asset: str, amount: int, reason: str) -> None:
        """Post ``amount`` units from ``source`` to ``target``.

        Raises:
            LedgerError: the amount is negative, or ``source`` would fall below zero and is no source account.
        """
        if amount == 0:
            return
        accounts = self._accounts
        giver = accounts[source]
        left = giver.get(asset, 0) - amount
        if amount < 0 or (left < 0 and source not in SOURCES):
            message = f"{reason}: {source} cannot give {amount} {asset} to {target}, it has {left + amount}"
            raise LedgerError(message)
        giver[asset] = left
        taker = accounts[target]
        taker[asset] = taker.get(asset, 0) + amount
        if self._counted:
            flow = self._flows[reason]
            flow[asset] = flow.get(asset, 0) + amount
            for postings in _journals:
                postings.append(Posting(source, target, asset, amount, reason))

    def set_aside(self, source: str, target: str, asset: str, each: int, most: int, reason: str) -> int:
        """Post ``each`` units as often as they are all there, up to ``most`` times; answers how often."""
        times = min(most, self._accounts[source].get(asset, 0) // each)
        if times > 0:
            self.move(source, target, asset, each * times, reason)
        return times

    def move_all(self, source: str, target: str, reason: str) -> None:
        """Post all that stands on ``source`` to ``target``, and close the emptied account.

        Raises:
            LedgerError: ``source`` stands below zero.
        """
        for asset, amount in self._accounts[source].copy().items():
            if amount:
                self.move(source, target, asset, amount, reason)
        del self._accounts[source]

    def frozen(self) -> dict[str, dict[str, int]]:
        """Copy of the books in canonical order, without empty entries."""
        books: dict[str, dict[str, int]] = {}
        for account in sorted(self._accounts):
            held = self._accounts[account]
            if kept := {asset: units for asset in sorted(held) if (units := held[asset])}:
                books[account] = kept
        return books


def audit(accounts: Mapping[str, Mapping[str, int]]) -> None:
    """Check the two laws of the books: each asset sums to zero, and only sources stand below zero.

    Raises:
        LedgerError: one of them is broken.
    """
    totals: dict[str, int] = {}
    for account, assets in accounts.items():
        for asset, units in assets.items():
            totals[asset] = totals.get(asset, 0) + units
            if units < 0 and account not in SOURCES:
                message = f"{account} stands at {units} {asset}"
                raise LedgerError(message)
    wrong = {asset: total for asset, total in totals.items() if total}
    if wrong:
        message = f"the books do not balance: {wrong}"
        raise LedgerError(message)
