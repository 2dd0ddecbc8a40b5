"""What a player wishes to do, in so few letters that a button can carry it, and how that becomes a move.

A kind of wish is one line of :data:`KINDS`: the move's class, what is fixed of it, and which of its fields a player
chooses. Buttons, forms, previews and the list of what waits are made from it. Nothing that a button carries is trusted:
it is read strictly, and the rules check the move as any other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from wood.moves import (
    AddMargin,
    BuyCorner,
    CastRumor,
    ClosePosition,
    Denounce,
    Foresight,
    Intervention,
    OfferBribe,
    OfferLoan,
    OfferPact,
    OpenPosition,
    SellCorner,
)
from wood.moves.corner import BUDGET
from wood.names import CREATURES, GOODS

Value: TypeAlias = int | str | None
"""What a player chooses: a figure, a fixed name, or nothing."""

LIMIT: Final = "limit"
"""The field that holds the most a move may cost; no player fills it in."""
_DIGITS: Final = 6
_NONE: Final = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a move that a player fills in.

    Attributes:
        field: its name.
        of: ``good``, ``creature``, ``topic`` (either), ``patron``, ``word`` (one of ``choices``), ``leaning`` (-1, 0 or
            1) or ``amount``, a whole number.
        choices: the fixed names that it may be, of a good, a creature, a topic or a word.
        usual: the amount that a form begins with.
        blank: whether it may be left out.
        otherwise: what it is where nobody says.
        asked: whether a form asks for it.
    """

    field: str
    of: str
    choices: tuple[str, ...] = ()
    usual: int = 0
    blank: bool = False
    otherwise: Value = None
    asked: bool = True

    def take(self, value: Value) -> Value:
        """A value of code, a bare word made the name that it is, nothing what it is where nobody says.

        Raises:
            ValueError: it is no name that the slot may hold.
        """
        if value is None:
            return self.otherwise
        return self.read(value) if isinstance(value, str) else value

    def read(self, text: str) -> Value:
        """Read what :meth:`Wish.text` wrote, or what a form was sent with.

        Raises:
            ValueError: it is not such a value.
        """
        if text == _NONE and self.blank:
            return self.otherwise
        if self.of == "amount":
            if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
                raise ValueError(text)
            return int(text)
        if self.of == "patron":
            if not (text[:1] == "p" and text[1:].isascii() and text[1:].isdigit() and len(text) <= _DIGITS):
                raise ValueError(text)
            return text
        if text not in self.choices:
            raise ValueError(text)
        return int(text) if self.of == "leaning" else next(each for each in self.choices if each == text)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of wish.

    Attributes:
        move: makes the move, of ``patron`` and the fields below.
        slots: what a player chooses.
        fixed: what is fixed of it.
        size: the slot whose other amounts a preview offers.
        sizes: those amounts.
        line: whether a line of the player's own words belongs to it, as ``text``; a wish does not hold it.
    """

    move: Callable[..., Intervention]
    slots: tuple[Slot, ...]
    fixed: Mapping[str, Value] = field(default_factory=dict)
    size: str = ""
    sizes: tuple[int, ...] = ()
    line: bool = False


def _good(name: str = "good") -> Slot:
    return Slot(name, "good", tuple(GOODS))


def _creature(name: str, *, blank: bool = False) -> Slot:
    return Slot(name, "creature", tuple(CREATURES), blank=blank)


def _amount(name: str, usual: int) -> Slot:
    return Slot(name, "amount", usual=usual)


_LEANING: Final = Slot("leaning", "leaning", ("1", "0", "-1"), blank=True)
_TOPIC: Final = Slot("about", "topic", (*GOODS, *CREATURES))
_LIMIT: Final = Slot(LIMIT, "amount", blank=True, asked=False)
_STAKED: Final = (
    Slot("stake", "amount", blank=True, otherwise=0),
    Slot("on", "word", ("truth", "effect"), blank=True, otherwise="truth", asked=False),
    Slot("bar", "amount", blank=True, otherwise=0, asked=False),
)
"""What is staked on words: how many pebbles, on what, and how far they must move a price then."""
_STAKES: Final = (10, 20, 40)

KINDS: Final[Mapping[str, Kind]] = {
    "long": Kind(OpenPosition, (_good(), _amount("stake", 20), _LIMIT), {"side": 1}, "stake", _STAKES),
    "short": Kind(OpenPosition, (_good(), _amount("stake", 20), _LIMIT), {"side": -1}, "stake", _STAKES),
    "margin": Kind(AddMargin, (_good(), _amount("pebbles", 10)), {}, "pebbles", (5, 10, 20)),
    "close": Kind(ClosePosition, (_good(),)),
    "rumor": Kind(CastRumor, (_TOPIC, _LEANING, *_STAKED), {"to": None}, line=True),
    "whisper": Kind(CastRumor, (_creature("to"), _TOPIC, _LEANING, *_STAKED), line=True),
    "foresight": Kind(
        Foresight, (Slot("what", "word", ("shock", "omen", "thought")), _creature("creature", blank=True), _LIMIT)
    ),
    "bribe": Kind(OfferBribe, (_creature("to"), Slot("what", "word", ("withhold", "dump")), _LIMIT)),
    "broker": Kind(OfferPact, (_creature("one"), _creature("other"), _LIMIT)),
    "corner": Kind(BuyCorner, (_good(), _amount("budget", BUDGET), _LIMIT), {}, "budget", (30, BUDGET, 90)),
    "sell": Kind(SellCorner, (_good(),)),
    "denounce": Kind(Denounce, (Slot("whom", "patron"), _LIMIT)),
    "lend": Kind(OfferLoan, (_creature("to"), _amount("amount", 20), _amount("interest", 4), _amount("turns", 8))),
}
"""Every kind of wish, by the word of its command."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a player wishes to do: a kind, and the values of its slots in their order."""

    name: str
    values: tuple[Value, ...]

    @classmethod
    def of(cls, name: str, **values: Value) -> "Wish":
        """Make one of a kind; a slot that is not named is left out.

        Raises:
            KeyError: there is no such kind.
            ValueError: a name is none that its slot may hold.
        """
        return cls(name, tuple(slot.take(values.get(slot.field)) for slot in KINDS[name].slots))

    @classmethod
    def read(cls, text: str) -> "Wish":
        """Read what :attr:`text` wrote.

        Raises:
            ValueError: it is no wish.
        """
        name, *values = text.split(".")
        kind = KINDS.get(name)
        if kind is None or len(values) != len(kind.slots):
            raise ValueError(text)
        return cls(name, tuple(slot.read(value) for slot, value in zip(kind.slots, values, strict=True)))

    @classmethod
    def seen_in(cls, move: Intervention) -> "Wish | None":
        """The wish that a move was; None for a move that is nobody's wish."""
        for name, kind in KINDS.items():
            if kind.move is type(move) and all(getattr(move, each) == value for each, value in kind.fixed.items()):
                return cls(name, tuple(getattr(move, slot.field) for slot in kind.slots))
        return None

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return KINDS[self.name]

    @property
    def text(self) -> str:
        """In a few letters, digits and dots: at most 60 of them."""
        return ".".join([self.name, *("" if value is None else str(value) for value in self.values)])

    @property
    def facts(self) -> dict[str, Value]:
        """The values by field, what is fixed of its kind among them."""
        return dict(self.kind.fixed) | {slot.field: value for slot, value in self._filled}

    @property
    def _filled(self) -> list[tuple[Slot, Value]]:
        return list(zip(self.kind.slots, self.values, strict=True))

    def move(self, patron: str, line: str = "") -> Intervention:
        """The move that it becomes for a patron, with the words that belong to it."""
        given: dict[str, Any] = {slot.field: value for slot, value in self._filled}
        if self.kind.line:
            given["text"] = line
        return self.kind.move(patron=patron, **self.kind.fixed, **given)

    def having(self, name: str, value: Value) -> "Wish":
        """The same with another value; as it is where it has no such slot."""
        values = (slot.take(value) if slot.field == name else had for slot, had in self._filled)
        return replace(self, values=tuple(values))

    def sized(self) -> tuple["Wish", ...]:
        """The same in the other sizes that its kind offers, at whatever they cost then."""
        size, facts = self.kind.size, self.facts
        fresh = self.having(LIMIT, None)
        return tuple(fresh.having(size, each) for each in self.kind.sizes if each != facts[size])
