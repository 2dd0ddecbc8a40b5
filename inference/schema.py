"""What a creature may say: two reply models a creature, and their JSON schemas for guided decoding.

One is for turns in which nothing was offered to it, the other has a field for its answers. The schemas are static (ten
for each language), so that an engine compiles each grammar once. They use only what grammar back ends enforce:
constants, enumerations, integer bounds, list lengths and anchored patterns. What depends on the turn (stores, purse,
which loans were offered) is not here: escrow and the parser see to it.

Orders come first, before small models lose the thread, and so that a reply that is cut has them. They are an object
keyed by good, in which no good can stand twice, and each is a phrase, ``"buy 2 at 6"``: measured with real weights
(docs/minds.md), that takes the fewest tokens and is copied from a prompt with the fewest slips.

The letters of the text fields are those of the wood's tongue, whose files may hold no quotes, brackets, slashes, @ or
control characters (:mod:`data.language_schema`): no JSON escape, mention, link or Markdown can be written with them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from wood.names import GOODS, Good, Side
from wood.observe import View
from wood.orders import MAX_GOSSIP, MAX_THOUGHT
from wood.tongue import PLAIN

THOUGHT: Final = min(80, MAX_THOUGHT)
"""Characters of thought that the schema admits: shorter than what is kept, so that a reply fits its tokens."""
GOSSIP: Final = min(100, MAX_GOSSIP)
MAX_ANSWERS: Final = 4
MAX_LOAN: Final = 999_999
_QTY: Final = "([1-9]|1[0-9]|20)"
"""Quantities from 1 to :data:`wood.orders.MAX_QTY`, as a pattern."""
_PRICE: Final = "[1-9][0-9]?"
"""Prices from 1 to :data:`wood.orders.MAX_PRICE`, as a pattern."""


class _Strict(BaseModel):
    """Nothing extra, nothing converted."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerForm(_Strict):
    """Yes or no to the loan, or to whatever else was offered, under this number."""

    loan: Annotated[int, Field(ge=1, le=MAX_LOAN)]
    accept: bool


class ReplyForm(_Strict):
    """A whole reply where nothing was offered; a creature's model narrows all. Fields are generated in this order."""

    orders: Any
    thought: str
    gossip: str


class AnsweringForm(ReplyForm):
    """A whole reply to a turn in which something was offered."""

    answers: Annotated[list[AnswerForm], Field(max_length=MAX_ANSWERS)]


def _limit(*sides: Side) -> str:
    """The pattern of an order's phrase, on one of these sides."""
    return f"^({'|'.join(side.value for side in sides)}) {_QTY} at {_PRICE}$"


def _orders(product: Good) -> Any:  # noqa: ANN401 - a type made at run time
    """Phrases by good, in the order in which they stand in the text; the own product first, and never bought."""
    either, sale = _limit(Side.BUY, Side.SELL), _limit(Side.SELL)
    patterns = {product.value: sale} | {good.value: either for good in GOODS if good is not product}

    def never_buys_its_own(orders: dict[str, str]) -> dict[str, str]:
        if orders.get(product.value, "").startswith(Side.BUY.value):
            message = f"who makes {product} cannot buy it"
            raise ValueError(message)
        return orders

    schema = {
        "type": "object",
        "properties": {name: {"type": "string", "pattern": pattern} for name, pattern in patterns.items()},
        "additionalProperties": False,
    }
    phrase: Any = Annotated[str, Field(pattern=either)]
    names: Any = Literal[tuple(patterns)]
    return Annotated[dict[names, phrase], AfterValidator(never_buys_its_own), WithJsonSchema(schema)]


def _text(longest: int, letters: str) -> Any:  # noqa: ANN401 - a type made at run time
    return Annotated[str, Field(max_length=longest, pattern=f"^[{letters}]{{0,{longest}}}$")]


def model_without(product: Good, letters: str = PLAIN, *, answers: bool = False) -> type[ReplyForm]:
    """The reply model of the creature that makes ``product``, which it can sell but never buy.

    Args:
        product: what it makes.
        letters: characters of thoughts and gossip, see :attr:`wood.tongue.Tongue.letters`.
        answers: whether something was offered, so that the reply answers; an :class:`AnsweringForm` then.
    """
    return _model(product, letters, answers)


@cache
def _model(product: Good, letters: str, answers: bool) -> type[ReplyForm]:
    form = AnsweringForm if answers else ReplyForm
    return create_model(
        f"{form.__name__}Without{product.value.title()}",
        __base__=form,
        orders=_orders(product),
        thought=_text(THOUGHT, letters),
        gossip=_text(GOSSIP, letters),
    )


def _without_titles(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(node, dict):
        return {
            key: {name: _without_titles(child) for name, child in value.items()}
            if key in ("properties", "$defs")
            else _without_titles(value)
            for key, value in node.items()
            if key not in ("title", "description")
        }
    return [_without_titles(child) for child in node] if isinstance(node, list) else node


def schema_without(product: Good, letters: str = PLAIN, *, answers: bool = False) -> Mapping[str, Any]:
    """The JSON schema of :func:`model_without`; the same object each time. Treat it as read-only."""
    return _schema(product, letters, answers)


@cache
def _schema(product: Good, letters: str, answers: bool) -> Mapping[str, Any]:
    schema: dict[str, Any] = _without_titles(_model(product, letters, answers).model_json_schema())
    return schema


def schema_of(view: View) -> Mapping[str, Any]:
    """The JSON schema of the reply to a view: with answers just where something was offered."""
    return schema_without(view.makes, view.tongue.letters, answers=bool(view.offers))


def model_of(view: View) -> type[ReplyForm]:
    """The reply model of a view, as :func:`schema_of`."""
    return model_without(view.makes, view.tongue.letters, answers=bool(view.offers))
