"""What a creature may say: one reply model a creature, and its JSON schema for guided decoding.

The schemas are static (five for each language), so that an engine compiles each grammar once. They use only what
grammar back ends enforce: constants, enumerations, integer bounds, list lengths, ``anyOf`` and anchored patterns. What
depends on the turn (stores, purse, which loans were offered) is not here: escrow and the parser see to it.

The letters of the text fields are those of the wood's tongue, whose files may hold no quotes, brackets, slashes, @ or
control characters (:mod:`data.language_schema`): no JSON escape, mention, link or Markdown can be written with them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from wood.names import GOODS, Good
from wood.orders import MAX_GOSSIP, MAX_ORDERS, MAX_PRICE, MAX_QTY, MAX_THOUGHT
from wood.tongue import PLAIN

THOUGHT: Final = min(120, MAX_THOUGHT)
"""Characters of thought that the schema admits: shorter than what is kept, so that a reply fits its tokens."""
GOSSIP: Final = min(100, MAX_GOSSIP)
MAX_ANSWERS: Final = 4
MAX_LOAN: Final = 999_999


class _Strict(BaseModel):
    """Nothing extra, nothing converted."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerForm(_Strict):
    """Yes or no to the loan, or to whatever else was offered, under this number."""

    loan: Annotated[int, Field(ge=1, le=MAX_LOAN)]
    accept: bool


class OrderForm(_Strict):
    """A limit order, either side; the models of a creature narrow ``side`` and ``good``."""

    side: Any
    good: Any
    price: Annotated[int, Field(ge=1, le=MAX_PRICE)]
    qty: Annotated[int, Field(ge=1, le=MAX_QTY)]


class ReplyForm(_Strict):
    """A whole reply; the model of a creature narrows ``orders`` and the texts. Fields are generated in this order."""

    thought: str
    orders: Any
    gossip: str
    answers: Annotated[list[AnswerForm], Field(max_length=MAX_ANSWERS)]


def _order(name: str, side: str, goods: tuple[str, ...]) -> Any:  # noqa: ANN401 - a model made at run time
    fields: dict[str, Any] = {"side": Literal[side], "good": Literal[goods]}
    return create_model(name, __base__=OrderForm, **fields)


def _text(longest: int, letters: str) -> Any:  # noqa: ANN401 - a type made at run time
    return Annotated[str, Field(max_length=longest, pattern=f"^[{letters}]{{0,{longest}}}$")]


def model_without(product: Good, letters: str = PLAIN) -> type[ReplyForm]:
    """The reply model of the creature that makes ``product``, which it can sell but never buy.

    Args:
        product: what it makes.
        letters: characters of thoughts and gossip, see :attr:`wood.tongue.Tongue.letters`.
    """
    return _model(product, letters)


@cache
def _model(product: Good, letters: str) -> type[ReplyForm]:
    names = tuple(good.value for good in GOODS)
    buy = _order("Buy", "buy", tuple(name for name in names if name != product.value))
    sell = _order("Sell", "sell", names)
    either: Any = Annotated[buy | sell, Field(union_mode="left_to_right")]  # plain anyOf, which every back end knows
    orders: Any = Annotated[list[either], Field(max_length=MAX_ORDERS)]
    return create_model(
        f"ReplyWithout{product.value.title()}",
        __base__=ReplyForm,
        thought=_text(THOUGHT, letters),
        orders=orders,
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


def schema_without(product: Good, letters: str = PLAIN) -> Mapping[str, Any]:
    """The JSON schema of :func:`model_without`; the same object each time. Treat it as read-only."""
    return _schema(product, letters)


@cache
def _schema(product: Good, letters: str) -> Mapping[str, Any]:
    schema: dict[str, Any] = _without_titles(_model(product, letters).model_json_schema())
    return schema
