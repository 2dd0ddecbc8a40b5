"""What the rules say no with: an enumerated code and facts. Which words it becomes is not theirs to say."""

from collections.abc import Mapping
from enum import StrEnum

from wood.names import Name

Fact = int | str
"""A figure, or a fixed name (a good's, a creature's, a legend's slug)."""


class RefusalCode(Name):
    """Why a move is refused; the facts that come with each are named beside it."""

    NO_PATRON = "no-patron"
    PATRON_KEY = "patron-key"  # key
    JOINED = "joined"
    WELCOME = "welcome"  # pebbles, breath
    BREATH = "breath"  # needed, breath, most
    EMPTY_WORDS = "empty-words"
    LONG_WORDS = "long-words"  # most, length
    MENTION = "mention"
    CONTROL = "control"
    LEANING = "leaning"
    CALL_TURNS = "call-turns"  # most
    CALLED = "called"
    WHISPER_PURSE = "whisper-purse"  # cost
    DECK = "deck"
    DRAW_BREATH = "draw-breath"
    HAND = "hand"  # most
    NO_POOL = "no-pool"
    NOT_IN_HAND = "not-in-hand"
    OTHER_POOL = "other-pool"
    POOL_FULL = "pool-full"
    NO_BREATH = "no-breath"  # missing
    UNKNOWN_LEGEND = "unknown-legend"  # legend
    LEND_PURSE = "lend-purse"  # purse
    INTEREST = "interest"  # amount: the most
    LOAN_TURNS = "loan-turns"  # most
    GRUDGE = "grudge"  # creature
    LOAN_OFFERS = "loan-offers"  # creature
    OFFER_STANDS = "offer-stands"  # creature
    PACT_STANDS = "pact-stands"  # creature, turns
    SAME_CREATURE = "same-creature"  # creature
    EXILED = "exiled"  # turns
    FROZEN = "frozen"  # turns
    PURSE = "purse"  # cost, purse
    DEARER = "dearer"  # cost, limit
    STAKE = "stake"  # least, most
    POSITION_STANDS = "position-stands"  # good
    POSITIONS = "positions"  # most
    NO_POSITION = "no-position"  # good
    BOURSE_FULL = "bourse-full"  # most: the stake for which there is room
    WAGER_WORDS = "wager-words"  # a stake needs a claim about a good
    WAGER_STANDS = "wager-stands"  # good
    WAGER_BAR = "wager-bar"  # least, most: per cent
    YEAR_ENDS = "year-ends"  # turns
    BUDGET = "budget"  # least, most
    CORNER_OWN = "corner-own"  # good
    CORNER_TAKEN = "corner-taken"  # good
    CORNER_LATE = "corner-late"  # turns
    CORNER_SELLS = "corner-sells"  # good
    NO_CORNER = "no-corner"  # good
    FORESEEN = "foreseen"
    WHOSE_THOUGHT = "whose-thought"
    NOTHING_COMES = "nothing-comes"  # what (shock or omen), turns
    DENOUNCE_SELF = "denounce-self"
    NOBODY = "nobody"
    EXILED_ALREADY = "exiled-already"  # alias
    CASE_OPEN = "case-open"  # alias, turns
    DENOUNCED_LATELY = "denounced-lately"  # alias, turns


class Refusal(Exception):
    """A move, or a use case, cannot be done; nothing has changed.

    Attributes:
        code: why, one of an enumeration (:class:`RefusalCode` for those of the rules).
        facts: the figures and names that the words for it need.
    """

    def __init__(self, code: StrEnum, /, **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: Mapping[str, Fact] = facts

    def __str__(self) -> str:
        """For logs: the code, and the facts in brackets."""
        facts = ", ".join(f"{name}={fact!r}" for name, fact in self.facts.items())
        return f"{self.code} ({facts})" if facts else str(self.code)
