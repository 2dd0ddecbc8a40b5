"""Pebbles that come into the wood and go out of it, as its ledger posts them."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from wood.ledger import Posting
from wood.names import MINT, PEBBLES, SINKS


class Tide(NamedTuple):
    """Pebbles that came from the Mint in a turn, and that went into a sink or back to it, by the ledger's reasons."""

    minted: Counter[str]
    burned: Counter[str]


def tide(postings: Iterable[Posting]) -> Tide:
    """Read a turn's postings."""
    minted, burned = Counter[str](), Counter[str]()
    for posting in postings:
        if posting.asset == PEBBLES:
            if posting.source == MINT:
                minted[posting.reason] += posting.amount
            if posting.target == MINT or posting.target in SINKS:
                burned[posting.reason] += posting.amount
    return Tide(minted, burned)
