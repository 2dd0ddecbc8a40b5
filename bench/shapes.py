"""Benchmark: shapes of a reply, asked of a model with real weights for the same prompts, and what became of each.

``python -m bench.shapes --model FOLDER`` from the repository's root, in an environment with vLLM. Each variant is a row
of :data:`VARIANTS`: how an order is written, in which order the fields come, how long the texts may be, and what of the
prompt goes. Printed are shares and means over the same calls for all variants: replies that were cut,
tokens in and out, goods ordered twice, orders that are sensible (backed, on the right side of what a unit is worth to
the creature, and within reach of somebody else), orders that could never trade, and words that repeat the example.
``--variants a,b`` asks for some of them, ``--calls N`` for so many prompts. ``--show N`` prints replies.
"""

import argparse
import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, Final

from bot.lab.orders import reach
from data.content import default_rules
from inference.council import Council, seed_of
from inference.engines.options import VllmOptions
from inference.engines.vllm import VllmMind
from inference.examples import example_of
from inference.facts import FAIR
from inference.fair import fair_orders
from inference.prompt import SHARED, render
from inference.protocol import Failure, Message, Reply, Request
from inference.roster import seat
from inference.schema import GOSSIP, THOUGHT, model_without
from wood.exchange import outside_the_collar
from wood.founding import found_world
from wood.moves import Intervention, Join, OfferLoan
from wood.names import CENTS, CREATURES, GOODS, Creature, Good, Side
from wood.observe import View, observe
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Order
from wood.turn import close_turn, open_turn

RULES: Final = default_rules()
TURNS: Final = 15
LATE: Final = 3600.0
Said = Callable[[Order], Any]
Turn = Mapping[Creature, View]

_PRICE: Final = {"type": "integer", "minimum": 1, "maximum": MAX_PRICE}
_QTY: Final = {"type": "integer", "minimum": 1, "maximum": MAX_QTY}


@dataclass(frozen=True, slots=True)
class Shape:
    """How orders stand in a reply.

    Attributes:
        words: the line of the rules that asks for them.
        keyed: whether they stand under their goods; else they are a list.
        write: one order as JSON, without its good where it stands under it.
        schema: the JSON schema of one, by the sides it may have and, in a list, the goods.
    """

    words: str
    keyed: bool
    write: Said
    schema: Callable[[tuple[str, ...], tuple[str, ...]], Mapping[str, Any]]


def _closed(**properties: object) -> Mapping[str, Any]:
    fields = {"properties": properties, "required": list(properties)}
    return {"type": "object", **fields, "additionalProperties": False}


def _phrase(sides: tuple[str, ...], _: tuple[str, ...]) -> Mapping[str, Any]:
    return {"type": "string", "pattern": f"^({'|'.join(sides)}) ([1-9]|1[0-9]|20) at [1-9][0-9]?$"}


def _sided(sides: tuple[str, ...], _: tuple[str, ...]) -> Mapping[str, Any]:
    forms = [_closed(**{side: _QTY, "at": _PRICE}) for side in sides]
    return {"anyOf": forms} if len(forms) > 1 else forms[0]


SHAPES: Final[Mapping[str, Shape]] = {
    "list": Shape(
        f'"orders": a list of up to {MAX_ORDERS}, one a good: "buy" at most, "sell" at least at its price a unit.',
        keyed=False,
        write=lambda order: {
            "side": order.side.value,
            "good": order.good.value,
            "price": order.price,
            "qty": order.qty,
        },
        schema=lambda sides, goods: _closed(
            side={"enum": list(sides)}, good={"enum": list(goods)}, price=_PRICE, qty=_QTY
        ),
    ),
    "keyed": Shape(
        f'"orders": up to {MAX_ORDERS} goods, each with its side ("buy" at most, "sell" at least), price and qty.',
        keyed=True,
        write=lambda order: {"side": order.side.value, "price": order.price, "qty": order.qty},
        schema=lambda sides, _: _closed(side={"enum": list(sides)}, price=_PRICE, qty=_QTY),
    ),
    "sided": Shape(
        f'"orders": up to {MAX_ORDERS} goods, each with {{"buy":QTY,"at":PRICE}} (at most) or '
        '{"sell":QTY,"at":PRICE} (at least).',
        keyed=True,
        write=lambda order: {order.side.value: order.qty, "at": order.price},
        schema=_sided,
    ),
    "phrase": Shape(
        next(line for line in SHARED.splitlines() if line.startswith('"orders"')),
        keyed=True,
        write=lambda order: f"{order.side.value} {order.qty} at {order.price}",
        schema=_phrase,
    ),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to ask.

    Attributes:
        shape: a key of :data:`SHAPES`.
        fields: the reply's fields in their order.
        always_answers: whether there is a field for answers when nothing was offered, too.
        all_goods: whether every good must be named, null for none.
        fair: where the fair orders stand: in a "line" of their own, behind the "rows" of the market, or nowhere ("").
        example: the worked example: "whole", without figures ("words"), or none ("").
        thought: letters of a thought.
        gossip: letters of gossip.
    """

    shape: str = "phrase"
    fields: tuple[str, ...] = ("orders", "thought", "gossip")
    always_answers: bool = False
    all_goods: bool = False
    fair: str = "line"
    example: str = "whole"
    thought: int = THOUGHT
    gossip: int = GOSSIP


BEFORE: Final = ("thought", "orders", "gossip")
VARIANTS: Final[Mapping[str, Variant]] = {
    "phrase": Variant(),
    "list-before": Variant(shape="list", fields=BEFORE, always_answers=True, fair=""),
    "list": Variant(shape="list"),
    "keyed": Variant(shape="keyed"),
    "sided": Variant(shape="sided"),
    "phrase-thought-first": Variant(fields=BEFORE),
    "phrase-words": Variant(example="words"),
    "phrase-no-example": Variant(example=""),
    "phrase-rows": Variant(fair="rows"),
    "phrase-unfair": Variant(fair=""),
    "phrase-all-goods": Variant(all_goods=True),
    "phrase-long-texts": Variant(thought=120, gossip=120),
}


def _goods(makes: Good) -> tuple[Good, ...]:
    return (makes, *(good for good in GOODS if good is not makes))


def schema_of(variant: Variant, makes: Good, *, answers: bool) -> Mapping[str, Any]:
    """The JSON schema of a variant's reply."""
    shape = SHAPES[variant.shape]
    others = tuple(good.value for good in GOODS if good is not makes)
    if shape.keyed:
        each = {good.value: shape.schema(("sell",) if good is makes else ("buy", "sell"), ()) for good in _goods(makes)}
        if variant.all_goods:
            each = {good: {"anyOf": [{"type": "null"}, schema]} for good, schema in each.items()}
        orders: dict[str, Any] = {"type": "object", "properties": each, "additionalProperties": False}
        orders |= {"required": list(each)} if variant.all_goods else {}
    else:
        one = [shape.schema(("buy",), others), shape.schema(("sell",), tuple(good.value for good in GOODS))]
        orders = {"type": "array", "items": {"anyOf": one}, "maxItems": MAX_ORDERS}
    real: Any = model_without(makes, answers=True).model_json_schema()
    letters = "[A-Za-z0-9 ,.;:!?'()%+-]"
    fields: dict[str, Any] = {
        "thought": {"type": "string", "pattern": f"^{letters}{{0,{variant.thought}}}$"},
        "orders": orders,
        "gossip": {"type": "string", "pattern": f"^{letters}{{0,{variant.gossip}}}$"},
    }
    asked = {name: fields[name] for name in variant.fields}
    if answers or variant.always_answers:
        asked["answers"] = real["properties"]["answers"]
    return {"$defs": real["$defs"], **_closed(**asked)}


def _said(variant: Variant, orders: Iterable[Order], makes: Good) -> Any:  # noqa: ANN401 - a JSON value
    shape = SHAPES[variant.shape]
    if not shape.keyed:
        return [shape.write(order) for order in orders]
    said = {order.good.value: shape.write(order) for order in orders}
    return {good.value: said.get(good.value) for good in _goods(makes)} if variant.all_goods else said


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _shown(variant: Variant, text: str, orders: Sequence[Order], makes: Good) -> str:
    """A text with its market: the fair orders in a line, behind the goods, or left out."""
    fair = {order.good.value: _json(SHAPES[variant.shape].write(order)) for order in orders}
    lines = []
    for line in text.splitlines():
        good = line[2:].partition(" ")[0]
        if line.startswith(FAIR):
            if variant.fair == "line":
                lines.append(f"{FAIR} {_json(_said(variant, orders, makes))}")
        elif variant.fair == "rows" and line.startswith("- ") and ", worth " in line and good in fair:
            lines.append(f"{line}: {fair[good]}")
        elif variant.fair or "Fair orders lie" not in line:
            lines.append(line)
        else:
            lines.append(line.partition(" Fair orders lie")[0])
    return "\n".join(lines)


def messages_of(variant: Variant, view: View) -> tuple[Message, ...]:
    """The prompt with the variant's shape in its words and its example."""
    system, user = (message["content"] for message in render(view, RULES))
    shape, example = SHAPES[variant.shape], example_of(view)
    named = {line.partition('"')[2].partition('"')[0]: line for line in SHARED.splitlines() if line.startswith('"')}
    asked = named | {"orders": shape.words}
    named = {name: line for name, line in named.items() if name in variant.fields}
    system = system.replace("\n".join(named.values()), "\n".join(asked[name] for name in variant.fields))
    head, _, _ = system.rpartition("\n")
    if not variant.example:
        head = head.partition("\nExample ")[0]
    elif variant.example == "words":
        head = "\n".join(line for line in head.splitlines() if not line.startswith(FAIR))
    head = _shown(variant, head, example.orders, view.makes)
    fair = fair_orders(view)
    user = _shown(variant, user, [fair[good] for good in _goods(view.makes) if good in fair], view.makes)
    if variant.example:
        orders = _said(variant, example.orders, view.makes)
        if variant.example == "words":
            orders = {"GOOD": "sell QTY at PRICE", "OTHER GOOD": "buy QTY at PRICE"}
        said = {"thought": example.thought, "orders": orders, "gossip": example.gossip}
        shown = {name: said[name] for name in variant.fields} | ({"answers": []} if variant.always_answers else {})
        head = f"{head}\n{_json(shown)}"
    return {"role": "system", "content": head}, {"role": "user", "content": user}


def turns(calls: int) -> Iterator[Turn]:
    """Turns of many woods, each by instinct or by habit alone, some with loans on offer."""
    minds = {name: Council(seat(name), RULES, render=False) for name in ("instinct", "silent")}
    made = 0
    for seed in count(1):
        world = found_world(RULES, seed)
        mind = minds["instinct" if seed % 2 else "silent"]
        for now in range(1, TURNS + 1):
            inputs: list[Intervention] = [Join("p1")] if now == 1 else []
            if now % 5 == 0:
                inputs += [OfferLoan("p1", CREATURES[(seed + now) % len(CREATURES)], 11, 3, 9)]
            morning = open_turn(RULES, world, inputs)
            seen = observe(RULES, morning.world)
            if now % 3 == seed % 3:
                yield seen
                made += len(seen)
                if made >= calls:
                    return
            world, _ = close_turn(RULES, morning, mind.decide_now("shapes", seed, seen).decisions)


def read(text: str, shape: Shape) -> list[Order] | None:
    """The orders of a reply that a grammar bounded; None for one that was cut."""
    try:
        found = json.loads(text)["orders"]
    except (ValueError, KeyError):
        return None
    if not shape.keyed:
        return [Order(Side(each["side"]), Good(each["good"]), each["price"], each["qty"]) for each in found]
    orders = []
    for good, each in found.items():
        if isinstance(each, str):
            side, qty, _, price = each.split(" ")
            orders.append(Order(Side(side), Good(good), int(price), int(qty)))
        elif each is not None:
            side = each.get("side") or ("buy" if "buy" in each else "sell")
            qty = each.get("qty") or each[side]
            orders.append(Order(Side(side), Good(good), each.get("price") or each["at"], qty))
    return orders


def judged(order: Order, views: Turn, who: Creature) -> tuple[bool, bool, bool]:
    """Whether an order is sensible, whether it can never trade, and whether it is the fair one."""
    view = views[who]
    low, high = reach(views, who, order.good)
    buys = order.side is Side.BUY
    backed = view.purse >= order.price if buys else view.store[order.good] > 0
    within = order.price >= low if buys else order.price <= high
    right = order.price <= view.worth[order.good] if buys else order.price >= view.worth[order.good]
    reference = view.references[order.good]
    near = order.price * CENTS >= reference * 0.9 if buys else order.price * CENTS <= reference * 1.1
    stands = backed and within and not outside_the_collar(order.side, order.price * CENTS, reference)
    return stands and right and near, not (backed and within), fair_orders(view).get(order.good) == order


def measure(variant: Variant, seen: Sequence[tuple[Turn, Creature]], replies: Sequence[Reply]) -> Mapping[str, float]:
    """What became of a variant's replies; all figures are means over calls, but those that say otherwise."""
    sums: Counter[str] = Counter()
    for (views, who), reply in zip(seen, replies, strict=True):
        text = reply.text or ""
        sums["in"] += reply.tokens_in
        sums["out"] += reply.tokens_out
        sums["cached"] += reply.tokens_cached
        orders = read(text, SHAPES[variant.shape]) if reply.failure is not Failure.LENGTH else None
        if orders is None:
            sums["cut"] += 1
            continue
        kept = {order.good: order for order in reversed(orders)}
        sums["orders"] += len(kept)
        sums["twice"] += len(orders) - len(kept)
        marks = [judged(order, views, who) for order in kept.values()]
        sums["sensible"] += sum(mark[0] for mark in marks)
        sums["never"] += sum(mark[1] for mark in marks)
        sums["fair"] += sum(mark[2] for mark in marks)
        sums["own sold"] += views[who].makes in kept
        said, example = json.loads(text), example_of(views[who])
        sums["gossip"] += said["gossip"].strip() == example.gossip
        sums["thought"] += said["thought"].strip() == example.thought
        sums["mute"] += not said["gossip"].strip()
        sums["ex orders"] += sum(order in example.orders for order in kept.values())
    calls = len(replies)
    shares = {name: sums[name] / calls for name in (*_A_CALL, "cut", "own sold", "gossip", "thought", "mute")}
    asked = max(1, sums["orders"])
    shares["never"] = sums["never"] / asked
    shares["ex orders"] = sums["ex orders"] / asked
    shares["cached"] = sums["cached"] / max(1, sums["in"])
    return shares


_A_CALL: Final = ("in", "out", "orders", "twice", "sensible", "fair")


async def ask(mind: VllmMind, variant: Variant, seen: Sequence[tuple[Turn, Creature]]) -> list[Reply]:
    """One reply to each."""
    schemas: dict[tuple[Good, bool], Mapping[str, Any]] = {}
    asked = []
    for views, who in seen:
        view = views[who]
        key = view.makes, bool(view.offers)
        schema = schemas.setdefault(key, schema_of(variant, view.makes, answers=bool(view.offers)))
        seed = seed_of(view.turn, view.purse, who)
        asked.append(Request("shapes", seed, view, messages_of(variant, view), schema))
    return await mind.decide(asked, LATE)


async def compare(options: VllmOptions, names: Sequence[str], calls: int, show: int) -> None:
    """Ask all variants, one after the other, of one engine."""
    seen = [(views, who) for views in turns(calls) for who in views]
    mind = VllmMind(options)
    mind.start()
    try:
        if not await mind.ready(LATE):
            raise SystemExit(f"the engine is {mind.state.stage}: {mind.state}")
        for name in names:
            start = time.monotonic()
            replies = await ask(mind, VARIANTS[name], seen)
            figures = measure(VARIANTS[name], seen, replies)
            print(f"{name:<22}" + "  ".join(f"{key} {value:.3g}" for key, value in figures.items()), flush=True)
            print(f"{'':<22}{len(replies)} calls in {time.monotonic() - start:.0f} s", flush=True)
            for reply in islice(replies, 0, None, max(1, len(replies) // max(1, show))) if show else ():
                print("   ", reply.text, flush=True)
    finally:
        await mind.close()


def main() -> None:
    """Measure the variants that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--max-tokens", type=int, default=VllmOptions(model="x").max_tokens)
    given = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch

    told: dict[str, Any] = {"max_tokens": given.max_tokens}
    if not torch.cuda.is_available():
        told |= {"dtype": "float32", "enforce_eager": True, "max_num_seqs": 64, "max_num_batched_tokens": 4096}
        told |= {"kv_cache_memory_bytes": 1 << 30, "extra": {"block_size": 32}}
    options = VllmOptions(model=given.model, **told)
    asyncio.run(compare(options, given.variants.split(","), given.calls, given.show))


if __name__ == "__main__":
    main()
