"""What a move with a price would do, in a card's words: before it is made, and after."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.telling import stakes
from bot.telling.catalog import Words
from bot.telling.notice import refused
from bot.telling.stakes import DoneCard, PreviewCard
from bot.telling.taming import bounded, escape
from bot.views.base import CALM, WARNING, Layout, ago, row, rule, text
from wood.magistrate import HOT
from wood.moves.rumor import MAX_RUMOR
from wood.refusal import Refusal

Buttons = Sequence[ui.DynamicItem[ui.Button[Any]]]


def render_preview(words: Words, card: PreviewCard, buttons: Buttons) -> Layout:
    """What a move does, costs, risks and may bring, and how hot it makes its patron."""
    head = f"### {stakes.title(words, card.wish, card.names)}"
    items: list[ui.Item[Any]] = [*_parts([head], card.line, [stakes.does(words, card)]), rule()]
    items.append(text("\n".join(_figures(words, card))))
    later = words("stake-later", later=card.quote.later) if card.quote.later else ""
    if small := [f"-# {each}" for each in (stakes.small(words, card), later) if each]:
        items.append(text("\n".join(small)))
    return Layout(ui.Container(*items, row(*buttons), accent_colour=CALM))


def _parts(before: Sequence[str], line: str, after: Sequence[str]) -> list[ui.Item[Any]]:
    """Lines around a quoted one, in parts: some readers take a line below a quotation for more of it."""
    if not line:
        return [text("\n".join([*before, *after]))]
    quoted = "\n".join([*before, f"> {escape(bounded(line, MAX_RUMOR))}"])
    return [text(quoted), *([text("\n".join(after))] if after else [])]


def _figures(words: Words, card: PreviewCard) -> list[str]:
    quote = card.quote
    figures = []
    dearest: int | str = quote.limit if quote.limit > max(quote.cost, 0 if quote.cost else quote.held) else "none"
    if quote.cost or quote.breath:
        limit = dearest if quote.cost else "none"
        figures.append(words("stake-cost", cost=quote.cost, limit=limit, breath=quote.breath))
    if quote.held:  # where nothing else is paid, it is this that others make dearer
        figures.append(words("stake-held", held=quote.held, limit="none" if quote.cost else dearest))
    best = "none" if quote.best is None else quote.best
    figures.append(words("stake-outcomes", worst=quote.worst, best=best))
    bar, name = stakes.thermometer(card.hotter), words(f"heat-{stakes.warmth(card.hotter)}")
    heat = "none" if card.heat == card.hotter else card.heat
    figures.append(words("stake-heat", bar=bar, heat=heat, hotter=card.hotter, most=HOT, name=name))
    figures.append(words("stake-purse", purse=card.purse, after=card.after))
    return figures


def render_done(words: Words, card: DoneCard, buttons: Buttons) -> Layout:
    """What waits for the next turn, and when that is."""
    when = ago(card.due) if card.due else "none"
    title = stakes.title(words, card.wish, card.names)
    waits = words("stake-waits", when=when, purse=card.purse)
    return _short(_parts([words("stake-done", title=title)], card.line, [waits]), buttons)


def render_not_made(words: Words, refusal: Refusal, line: str, buttons: Buttons) -> Layout:
    """Why a move was not made."""
    said = [words("stake-not-made"), refused(refusal).say(words)]
    return _short(_parts(said, line, []), buttons, WARNING)


def _short(parts: Sequence[ui.Item[Any]], buttons: Buttons, colour: discord.Colour = CALM) -> Layout:
    return Layout(ui.Container(*parts, row(*buttons), accent_colour=colour))
