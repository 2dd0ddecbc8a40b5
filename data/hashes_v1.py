"""The hashes of form 1, for turns that were played by it: SHA-256 over the JSON that pydantic made of record and world.

The fields of that form are written down here and stay as they are, whatever the types gain, lose or rename: where a
present type says something otherwise, this module turns it back into what it was. It only ever recomputes old hashes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from wood.chronicle import Event, EventKind, Turn
from wood.hearsay import spoken
from wood.names import CREATURES, Creature
from wood.orders import Auction, Order, Slip, SlipReason, Trade
from wood.rules import Rules
from wood.world import Claim, Hearsay, Loan, Offer, Patron, Pool, ShockInForce, World

FIELDS: Final[Mapping[type, tuple[str, ...]]] = {
    Turn: (
        "number",
        "year",
        "season",
        "day",
        "references",
        "auctions",
        "trades",
        "slips",
        "purses",
        "stores",
        "wealth",
        "moods",
        "kinds",
        "firewood_need",
        "firewood_supply",
        "flows",
        "events",
        "hash",
    ),
    Event: ("kind", "subject", "data", "to"),
    Auction: ("price", "volume", "demand", "supply", "unfilled_demand", "unfilled_supply"),
    Trade: ("good", "buyer", "seller", "qty", "price", "buyer_hand", "seller_hand"),
    Slip: ("creature", "order", "reason"),
    Order: ("side", "good", "price", "qty"),
    World: (
        "seed",
        "turn",
        "accounts",
        "references",
        "yesterday",
        "moods",
        "trust",
        "feelings",
        "patrons",
        "shocks",
        "hearsay",
        "said",
        "claims",
        "offers",
        "loans",
        "deck",
        "pool",
        "ready",
        "told",
        "wealth",
        "tape",
        "offered",
        "chain",
    ),
    Patron: ("key", "alias", "breath", "hand", "fame", "present", "left"),
    Hearsay: ("speaker", "origin", "kind", "text", "about", "leaning", "strength", "hops", "hearers"),
    Claim: ("speaker", "good", "leaning", "price", "due", "hearers"),
    ShockInForce: ("legend", "index", "start"),
    Offer: ("number", "patron", "to", "amount", "interest", "turns"),
    Loan: ("lender", "borrower", "owed", "due"),
    Pool: ("legend", "owner", "breath", "since"),
}
"""The fields of each type in their order; nothing else is hashed."""


def founded(world: World, rules: Rules) -> str:
    """The hash of a founded world."""
    return hashlib.sha256(written(plain(world, rules))).hexdigest()


def chained(before: str, world: World, turn: Turn, rules: Rules) -> str:
    """The hash of a turn that was recomputed.

    Args:
        before: the hash of the turn before; empty for the first.
        world: the world that the turn left.
        turn: its record.
        rules: the content it ran on.
    """
    digest = hashlib.sha256(before.encode())
    digest.update(written({**plain(turn, rules), "hash": ""}))
    digest.update(written({**plain(world, rules), "chain": before}))
    return digest.hexdigest()


def written(document: Any) -> bytes:  # noqa: ANN401 - any JSON
    """JSON as pydantic writes it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _sentences() -> Mapping[str, tuple[str, str]]:
    """Present code of a refusal -> the code that it had, and the sentence that was recorded with it."""
    text = (files("data") / "upcasts" / "refusals-1.json").read_text(encoding="utf-8")
    return {code: (old, sentence) for code, (old, sentence) in json.loads(text).items()}


def _event(event: Event, rules: Rules) -> Event:
    """An event as it was: with the title of the legend that was told, with the sentence of a refusal."""
    data = event.data or {}
    if event.kind is EventKind.LEGEND:
        return replace(event, data={"title": rules.legends[event.subject].title, **data})
    if event.kind is EventKind.REFUSED:
        facts = dict(data["facts"])
        if data["code"] == "recorded":  # stored by form 1 itself
            return replace(event, data={"action": data["action"], "code": facts["was"], "message": facts["said"]})
        if (who := facts.get("creature")) in CREATURES:
            facts["creature"] = rules.creatures[Creature(who)].name
        code, sentence = _sentences()[data["code"]]
        return replace(event, data={"action": data["action"], "code": code, "message": sentence.format(**facts)})
    return event


def plain(value: Any, rules: Rules) -> Any:  # noqa: ANN401 - any of the wood's types
    """A value of the wood's types as the JSON value it was in form 1, on the content ``rules``."""
    if isinstance(value, Event):
        value = _event(value, rules)
    elif isinstance(value, Hearsay):
        value = replace(value, text=spoken(rules, value))
    elif isinstance(value, SlipReason):
        return value.replace("-", " ")
    if type(value) in FIELDS:
        return {name: plain(getattr(value, name), rules) for name in FIELDS[type(value)]}
    if isinstance(value, Mapping):
        return {key: plain(each, rules) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each, rules) for each in value]
    return value
