"""Forms for moves, made from what a player chooses of each kind."""

from collections.abc import Mapping
from typing import Any, Final

import discord
from discord import ui

from bot.refusals import KeeperCode, KeeperError
from bot.telling.catalog import Words
from bot.telling.taming import MAX_NAME, bounded
from bot.views.base import Form, text
from bot.views.newcomer import Arrival, welcome_line
from bot.views.rumor import one_line, topic_of
from bot.wishes import KINDS, Slot, Value, Wish
from wood.moves.rumor import MAX_RUMOR
from wood.names import GOODS

_FIELDS: Final = 5
"""Parts that Discord takes in a form."""
_OPTIONS: Final = 25
"""Discord shows at most this many."""
_LEANINGS: Final = {"": "auto", "1": "up", "-1": "down", "0": "none"}


class WishForm(Form):
    """A form for one kind of wish: a list for each name, a line for each figure, and for words of the player's own.

    Args:
        words: of the player.
        name: of the kind.
        others: the other patrons, by key.
        stock: where the wood takes no words of players' own, the language of those that are chosen for them.

    Raises:
        KeeperError: the wish is about another patron, and there is none.
    """

    def __init__(self, words: Words, name: str, others: Mapping[str, str], stock: Words | None = None) -> None:
        super().__init__(title=words(f"stake-{name}.form"))
        self.name = name
        self._stock = stock
        self._fields: list[tuple[Slot, ui.Select[Any] | ui.TextInput[Any]]] = []
        for slot in KINDS[name].slots:
            if not slot.asked:
                continue
            field = _component(words, slot, others, understood=stock is None)
            self._fields.append((slot, field))
            self.add_item(ui.Label(text=words(f"stake-field-{slot.field}"), component=field))
        self._line: ui.TextInput[Any] | None = None
        if KINDS[name].line and stock is not None:
            self.add_item(text(words("rumor-form-stock")))
        elif KINDS[name].line:
            self._line = ui.TextInput(
                custom_id="text", max_length=MAX_RUMOR, placeholder=words("rumor-form-words-hint")
            )
            self.add_item(ui.Label(text=words("rumor-form-words"), component=self._line))

    def greeting(self, words: Words, arrival: Arrival) -> "WishForm":
        """The same, with a line for one who has become a patron with it."""
        if arrival.new and len(self.children) < _FIELDS:
            self.add_item(text(welcome_line(words, arrival.card)))
        return self

    @property
    def line(self) -> str:
        """The words of the player's own, or those that are chosen for what the player claims."""
        if self._stock is not None and KINDS[self.name].line:
            facts = self.wish().facts
            return one_line(self._stock, topic_of(str(facts["about"])), int(facts["leaning"] or 0))
        return self._line.value if self._line else ""

    def wish(self) -> Wish:
        """What was filled in.

        Raises:
            KeeperError: a figure is none.
        """
        values: dict[str, Value] = {}
        for slot, field in self._fields:
            given = field.value.strip() if isinstance(field, ui.TextInput) else "".join(field.values[:1])
            try:
                values[slot.field] = slot.read("" if given == "auto" else given)
            except ValueError as error:
                raise KeeperError(KeeperCode.FIGURE) from error
        return Wish.of(self.name, **values)


def _component(
    words: Words, slot: Slot, others: Mapping[str, str], *, understood: bool
) -> ui.Select[Any] | ui.TextInput[Any]:
    """The field for a slot; ``understood`` whether a claim can be left to the words."""
    if slot.of == "amount":
        return ui.TextInput(custom_id=slot.field, max_length=4, default=str(slot.usual))
    options = _options(words, slot, others)[:_OPTIONS]
    if slot.of == "leaning" and not understood:
        options = options[1:]
    may_lack = slot.blank and slot.of != "leaning"
    return ui.Select(custom_id=slot.field, options=options, min_values=0 if may_lack else 1, required=not may_lack)


def _options(words: Words, slot: Slot, others: Mapping[str, str]) -> list[discord.SelectOption]:
    match slot.of:
        case "patron":
            if not others:
                raise KeeperError(KeeperCode.ALONE)
            return [discord.SelectOption(label=bounded(name, MAX_NAME), value=key) for key, name in others.items()]
        case "leaning":
            return [
                discord.SelectOption(label=words(f"leaning-{name}"), value=value or "auto", default=not value)
                for value, name in _LEANINGS.items()
            ]
        case "word":
            return [discord.SelectOption(label=words(f"stake-word-{each}"), value=each) for each in slot.choices]
        case _:
            return [discord.SelectOption(label=_named(words, each), value=each) for each in slot.choices]


def _named(words: Words, name: str) -> str:
    return words(f"good-{name}.title") if name in GOODS else words(f"creature-{name}")
