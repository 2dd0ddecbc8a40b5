"""Extras: the posts of legends that strike, with the way to their true stories."""

from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.extra import ExtraCard, Move, opening
from bot.telling.phrases import of_good, percent, price, signed, who
from bot.telling.taming import escape
from bot.views.base import Layout, gallery, row, text
from bot.views.legend import LoreButton
from bot.views.rumor import RumorButton

_COLOUR: Final = discord.Colour(0x8A5FA8)
"""Of legends alone, so that an extra is known at a glance."""
_MOVES: Final = 3


def render_extra(card: ExtraCard, pictures: Sequence[ChartCard] = ()) -> tuple[Layout, list[discord.File]]:
    """A legend strikes: its title, its banner, what it says and what it did; and the files to send along.

    Args:
        card: what happened.
        pictures: the legend's banner, if one was drawn.
    """
    words = words_of_wood(card.rules)
    items: list[ui.Item[Any]] = [text(_head(words, card))]
    files: list[discord.File] = []
    if pictures:
        shown, files = gallery(pictures)
        items.append(shown)
    if card.strike.told:  # apart: some readers take a line below a quotation for a part of it
        items.append(text(f"> {opening(card.strike.legend.tale)}"))
    if heard := [words("extra-heard", text=shock.text) for shock in card.strike.phases]:
        items.append(text("\n".join(heard)))
    items.append(text("\n".join(_moved(words, move) for move in card.moves[:_MOVES])))
    items.append(row(LoreButton.of(words, card.strike.legend), RumorButton(words)))
    return Layout(ui.Container(*items, accent_colour=_COLOUR)), files


def _head(words: Words, card: ExtraCard) -> str:
    strike = card.strike
    tellers = words.listed([escape(who(words, card.rules, card.names, key)) for key in card.tellers])
    some = "yes" if card.tellers else "no"
    if strike.told:
        lines = [words("extra-told", title=strike.legend.title)]
        lines.append(f"-# {words('extra-tellers', some=some, tellers=tellers)}")
        if author := strike.legend.author:
            name = escape(who(words, card.rules, card.names, author))
            lines.append(f"-# {words('tale-own-by', author=name)}")
        return "\n".join(lines)
    told = words("extra-since", some=some, tellers=tellers, turns=card.turn.number - strike.since)
    return f"{words('extra-phase', title=strike.legend.title)}\n-# {told}"


def _moved(words: Words, move: Move) -> str:
    """What the legend moved by itself, and what the creatures did in the same turn."""
    by = "both" if move.before != move.decreed != move.after else "legend" if move.decreed != move.before else "minds"
    if move.before == move.after == move.decreed:
        by = "none"
    return words(
        "extra-moved",
        by=by,
        good=of_good(words, move.good),
        before=price(words, move.before),
        decreed=price(words, move.decreed),
        after=price(words, move.after),
        legend=signed(words, percent(move.before, move.decreed)),
        minds=signed(words, percent(move.decreed, move.after)),
        move=signed(words, percent(move.before, move.after)),
    )
