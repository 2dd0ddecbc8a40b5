"""What the scripts that make fixtures have in common, from the third form on; each runs with the program of its day."""

import gzip
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.keeper import Keeper
from data.log import log_bytes
from data.store import Store
from inference.council import CouncilResult
from tests.bot.kept import Hands, council, found
from tests.data.living import LIVING, PAUSED, RAZED
from wood.moves import Intervention
from wood.names import Creature, Good, Side
from wood.observe import View
from wood.orders import Answer, Decision, Order
from wood.rules import Rules

SILENT_EVERY: Final = 11
"""In one of so many turns no mind answers."""
WILD_EVERY: Final = 3
"""In one of so many turns the minds order more than they have."""
MESSAGE: Final = 801_000_000_000_000_000
"""Messages that posts have become have numbers behind it."""


class Borrowers:
    """Instinct, but that every loan is taken, and that some orders are more than a store or a purse can stand for.

    Those in ``asked_once`` cannot be asked anew, so what they decided stands fixed in every twin.
    """

    def __init__(self, asked_once: frozenset[Creature] = frozenset()) -> None:
        self.minds = council()
        self.asked_once = asked_once

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        counsel = await self.minds.decide(wood, seed, views, rules)
        return replace(counsel, decisions=_borrowing(views, counsel.decisions))

    def again(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules
    ) -> Mapping[Creature, Decision | None]:
        anew = _borrowing(views, self.minds.again(wood, seed, views, rules))
        return {who: decision for who, decision in anew.items() if who not in self.asked_once}


def _borrowing(
    views: Mapping[Creature, View], decisions: Mapping[Creature, Decision | None]
) -> dict[Creature, Decision | None]:
    return {who: _borrowed(views[who], decision) for who, decision in decisions.items()}


def _borrowed(view: View, decision: Decision | None) -> Decision | None:
    if decision is None or view.turn % SILENT_EVERY == SILENT_EVERY - 4:
        return None
    orders = decision.orders
    if view.turn % WILD_EVERY == 0:
        wild = (
            Order(Side.SELL, view.makes, 5, 20),
            Order(Side.BUY, next(good for good in Good if good is not view.makes), 90, 20),
            Order(Side.BUY, view.makes, 3, 1),
            Order(Side.SELL, view.makes, 99, 1),
        )
        orders = (*wild, *orders)[:4]
    return replace(decision, orders=orders, answers=tuple(Answer(offer.number, True) for offer in view.offers))


async def put_in(store: Store, actions: Sequence[Intervention], now: Hands) -> None:
    """Put inputs straight into the living wood's log, admitted or not, as the next turn meets those it overtakes."""
    for action in actions:
        snapshot = await store.woods.snapshot(LIVING)
        assert snapshot is not None
        await store.journal.append(snapshot, action, now())


async def deliver(store: Store, now: Hands) -> None:
    """Pay all that is owed to the channels, as if Discord had taken it."""
    for post in await store.posts.due(now()):
        assert await store.posts.claim(post, now(), now())
        await store.posts.delivered(post, MESSAGE + post.id, now())


async def found_others(keeper: Keeper, user: int, name: str) -> None:
    """Found a wood that is paused and one that is razed, each with a patron, after three turns."""
    for channel in (PAUSED, RAZED):
        await found(keeper, channel, seed=channel % 1000)
        await keeper.patrons.join(channel, user, name)
        for _ in range(3):
            await keeper.turns.take_turn(channel)
    await keeper.admin.pause(PAUSED)
    await keeper.admin.raze(RAZED)


async def write_exported(store: Store, folder: Path) -> None:
    """Write the living wood's log."""
    row = await store.woods.living(LIVING)
    assert row is not None
    (folder / "wood.jsonl.gz").write_bytes(log_bytes(await store.journal.log(row.id), compress=True))


def pack(path: Path) -> None:
    """Put a database that nobody has open any more into a small file beside it, and take it away."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute("VACUUM")
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    path.unlink()
