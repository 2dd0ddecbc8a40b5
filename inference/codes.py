"""The short stable codes by which traces and tables name what was repaired, dropped or unreadable."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Repair(StrEnum):
    """Something in a reply was not as asked, but what it meant is plain."""

    CUT_INPUT = "cut-input"  # longer than a reply can be: only its head was read
    ENCODING = "encoding"  # bytes that are not UTF-8
    PARTS = "parts"  # the reply came in parts, put together
    REASONING = "reasoning"  # the reply stood among the thoughts, where a server keeps those apart
    TOOL_CALL = "tool-call"  # the reply came as the arguments of a call
    CHANNEL = "channel"  # the final channel taken out of a channelled reply
    THINKING = "thinking"  # text between thinking tags left out
    FENCE = "fence"  # taken out of a code fence
    PROSE = "prose"  # words before or after the JSON
    SYNTAX = "syntax"  # broken JSON mended
    BRACES = "braces"  # the outermost braces were missing
    TRUNCATED = "truncated"  # the end was missing
    CUT_REPLY = "cut-reply"  # stopped at its limit of tokens, when enough was said to be read
    DOUBLE_ENCODED = "double-encoded"  # JSON inside a JSON string
    NESTED = "nested"  # the reply stood inside another object
    SEVERAL = "several-objects"  # several objects that could be the reply
    BARE_ORDERS = "bare-orders"  # orders without the reply around them
    KEY = "key"  # a field called by another name, or a field nobody asked for
    MISSING_KEY = "missing-key"  # a field left out; read as empty
    LISTED = "listed"  # orders as a list, as they once were asked for
    GROUPED = "grouped"  # orders grouped by side, or a good's order as an object
    PHRASE = "phrase"  # an order written as words: "buy 2 honey at 8"
    NUMBER = "number"  # a number as a string or as words
    FLOAT = "float"  # 8.0 for 8
    ROUNDED = "rounded"  # a fraction of a pebble or unit, rounded in the trader's favour
    CLAMPED = "clamped"  # more than an order may ask; the rest was left out
    SIDE = "side"  # another word for buy or sell
    GOOD = "good"  # another word, number or spelling of a good
    ACCEPT = "accept"  # a yes or no that is not a JSON boolean
    TEXT = "text"  # a thought or gossip cleaned, shortened or converted


class Drop(StrEnum):
    """An order, an answer or a text that could not be salvaged, and why."""

    NOT_AN_ORDER = "not-an-order"
    ORDERS_UNREADABLE = "orders-unreadable"
    REPEATED_KEY = "repeated-key"
    IN_DOUBT = "in-doubt"  # mended JSON that the text does not bear out, or said beside something else
    CUT_OFF = "cut-off"  # the reply ends in the middle of it
    SIDE_MISSING = "side-missing"
    SIDE_UNKNOWN = "side-unknown"
    GOOD_MISSING = "good-missing"
    GOOD_UNKNOWN = "good-unknown"
    GOOD_AMBIGUOUS = "good-ambiguous"
    OWN_PRODUCT = "own-product"
    PRICE_MISSING = "price-missing"
    PRICE_UNREADABLE = "price-unreadable"
    PRICE_LOW = "price-low"  # zero or negative
    PRICE_HIGH = "price-high"  # a sale above any price that an order may name
    QTY_MISSING = "qty-missing"
    QTY_UNREADABLE = "qty-unreadable"
    QTY_LOW = "qty-low"  # zero or negative
    DUPLICATE = "duplicate"  # the same side and good again; the first stands
    BOTH_SIDES = "both-sides"  # the other side of a good; the first stands
    TOO_MANY = "too-many"
    ANSWERS_UNREADABLE = "answers-unreadable"
    ANSWER_UNREADABLE = "answer-unreadable"
    ANSWER_UNKNOWN = "answer-unknown"  # no such loan was offered
    ANSWER_REPEATED = "answer-repeated"  # the same loan again; the first stands
    TEXT_UNREADABLE = "text-unreadable"
    THOUGHT_EXAMPLE = "thought-example"  # the thought of the prompt's example: none of this turn


class Silenced(StrEnum):
    """Why a line of gossip is not said; it stands among what was dropped. See :mod:`inference.lines`."""

    WORDLESS = "gossip-wordless"  # no word in the letters of the wood's tongue
    STUTTER = "gossip-stutter"  # the same few words over and over
    FRAGMENT = "gossip-fragment"  # a piece of the reply's own JSON
    PROMPT = "gossip-prompt"  # what the prompt says of the game or of the creature
    EXAMPLE = "gossip-example"  # the line of the prompt's example
    OWN = "gossip-own"  # what the creature said itself lately
    HEARD = "gossip-heard"  # what it heard
    ROUND = "gossip-round"  # what others said lately


SILENCED: Final = frozenset(code.value for code in Silenced)


class Unread(StrEnum):
    """Why a reply has no decision at all."""

    EMPTY = "empty"
    NO_FINAL = "no-final"  # thinking, analysis or drafts only, no answer after it
    NO_JSON = "no-json"
    TANGLED = "tangled"  # nested or broken beyond what a reply can be
    NO_REPLY = "no-reply"  # JSON, but nothing that was asked for


@dataclass(slots=True)
class Notes:
    """What one reading had to do: filled on the way, the only mutable thing in it."""

    repairs: set[Repair] = field(default_factory=set)
    drops: list[Drop] = field(default_factory=list)

    def repair(self, code: Repair) -> None:
        """Note a repair; each is named once."""
        self.repairs.add(code)

    def drop(self, code: Drop) -> None:
        """Note that one thing was dropped."""
        self.drops.append(code)
