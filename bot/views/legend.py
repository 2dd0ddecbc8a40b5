"""Legends: the hand, the casting, and the true history under the fur."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import zip_longest
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import CastReceipt, ChartCard, PatronCard
from bot.telling.catalog import Words
from bot.telling.phrases import years_beside
from bot.telling.taming import bounded, escape
from bot.views.base import CALM, Layout, StatelessButton, breath_bar, gallery, note, row, rule, text
from bot.views.portrait import portraits
from wood.moves.legend import LEGEND_BREATH
from wood.rules import History, Legend


class DrawButton(StatelessButton, template=r"ttw:draw"):
    """Draw a legend into one's own hand."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:draw", label=words("button-draw"), emoji="📜")

    async def press(self, interaction: Interaction) -> None:
        """Draw, and show the card to the one who drew it."""
        async with answering(interaction) as answer:
            legend = await interaction.client.keeper.patrons.draw(place(interaction), interaction.user.id)
            await answer.show(*await show_drawn(interaction, legend))


class CastButton(StatelessButton, template=r"ttw:cast:(?P<slug>[a-z0-9-]+)"):
    """Put breath into a legend of one's own hand."""

    async def press(self, interaction: Interaction) -> None:
        """Give what breath there is, up to all that a legend takes."""
        async with answering(interaction) as answer:
            await answer.show(await cast(interaction, self.named["slug"], None))

    @classmethod
    def of(cls, words: Words, legend: Legend) -> "CastButton":
        """Make the button that casts ``legend``."""
        label = bounded(words("button-cast", title=legend.title), 80)
        return cls(f"ttw:cast:{legend.slug}", label=label, emoji="🌬️", style=discord.ButtonStyle.primary)


class HelpCastButton(StatelessButton, template=r"ttw:help-cast"):
    """Give one breath to the legend that gathers."""

    def __init__(self, words: Words) -> None:
        label = words("button-help-cast")
        super().__init__("ttw:help-cast", label=label, emoji="🌬️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Help with one breath."""
        async with answering(interaction) as answer:
            await answer.show(await cast(interaction, None, 1))


class LoreButton(StatelessButton, template=r"ttw:lore:(?P<slug>[a-z0-9-]+)"):
    """Read the true history behind a legend that was told here."""

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            await answer.show(await lore_of(interaction, words_of(interaction), self.named["slug"]))

    @classmethod
    def of(cls, words: Words, legend: Legend) -> "LoreButton":
        """Make the button that tells the true story of ``legend``, or the whole tale of one that has none."""
        label = words("button-lore") if legend.history else words("button-tale")
        return cls(f"ttw:lore:{legend.slug}", label=label, emoji="📖")


async def cast(interaction: Interaction, legend: str | None, breath: int | None) -> Layout:
    """Put a player's breath into a legend.

    Args:
        interaction: whose breath, and where.
        legend: a legend of the player's hand by slug; None for the one that is gathering.
        breath: how much; None for all there is, up to what a legend takes, so that a short one begins a pool.

    Raises:
        Refusal: the rules do not allow it.
    """
    receipt = await interaction.client.keeper.patrons.cast_legend(
        place(interaction), interaction.user.id, legend=legend, breath=breath
    )
    return render_receipt(words_of(interaction), receipt)


async def lore_of(interaction: Interaction, words: Words, slug: str | None) -> Layout:
    """A legend that was told here, by slug, with what is behind it; None for the last one told.

    Raises:
        Refusal: none of that name has been told.
    """
    queries = interaction.client.keeper.queries
    found = await queries.lore(place(interaction), slug)
    return render_lore(words, found, await queries.author(place(interaction), found))


def _card(words: Words, legend: Legend, picture: ChartCard | None) -> tuple[list[ui.Item[Any]], list[discord.File]]:
    lines = [words("legend-title", title=legend.title)]
    if legend.history:
        lines.append("-# " + words("legend-truth", episode=legend.history.episode, years=years_beside(legend.history)))
    elif legend.author:
        lines.append(f"-# {words('tale-own')}")
    lines.append(f"> {legend.tale}")
    shown, files = gallery([picture]) if picture else (None, [])
    told = [text(bounded("\n".join(lines), 900)), text(f"🔮 {legend.omen}")]
    return ([shown, *told] if shown else [*told]), files


async def show_drawn(interaction: Interaction, legend: Legend) -> tuple[Layout, list[discord.File]]:
    """A card just drawn, with its picture."""
    words = words_of(interaction)
    return render_drawn(words, legend, await portraits(interaction, words, [legend]))


def render_drawn(words: Words, legend: Legend, pictures: Sequence[ChartCard] = ()) -> tuple[Layout, list[discord.File]]:
    """A card just drawn, for the eyes of the one who holds it; and the files to send along.

    Args:
        words: the language of the answer.
        legend: which.
        pictures: its picture, if one was drawn.
    """
    items, files = _card(words, legend, next(iter(pictures), None))
    tail = text(f"-# {words('legend-drawn', breath=LEGEND_BREATH)}")
    return Layout(ui.Container(*items, tail, row(CastButton.of(words, legend)), accent_colour=CALM)), files


def render_hand(
    words: Words, card: PatronCard, pictures: Sequence[ChartCard] = ()
) -> tuple[Layout, list[discord.File]]:
    """All legends that a patron holds; and the files to send along.

    Args:
        words: the language of the answer.
        card: the patron.
        pictures: those of the hand in its order, or none.
    """
    if not card.hand:
        return note(words("legend-hand-empty"), DrawButton(words)), []
    items: list[ui.Item[Any]] = []
    files: list[discord.File] = []
    for legend, picture in zip_longest(card.hand, pictures):
        parts, own = _card(words, legend, picture)
        items += [*parts, row(CastButton.of(words, legend)), rule()]
        files += own
    items.append(text(f"{breath_bar(card)} {words('legend-breath', breath=card.breath, most=card.breath_max)}"))
    return Layout(ui.Container(*items, accent_colour=CALM)), files


def render_receipt(words: Words, receipt: CastReceipt) -> Layout:
    """What came of putting breath into a legend."""
    pool = receipt.pool
    title = receipt.legend.title if receipt.legend else "none"
    missing = max(0, pool.needed - pool.gathered)
    if pool.told_in is None:
        came = words("legend-gathers", title=title, gathered=pool.gathered, needed=pool.needed, missing=missing)
    else:
        resting = "yes" if receipt.resting else "no"
        came = words("legend-gathered", title=title, turns=pool.told_in, resting=resting)
    return note(f"{'🌬️' * pool.gathered}{'▫️' * missing}\n{came}")


def render_lore(words: Words, legend: Legend, author: str = "") -> Layout:
    """A told legend and the true episode behind it, or what the patron is called who made it up."""
    items: list[ui.Item[Any]] = [text(f"{words('legend-title', title=legend.title)}\n> {legend.tale}")]
    if legend.history is not None:
        items += [rule(), *(text(part) for part in history_parts(words, legend.history))]
    elif author:
        items.append(text(f"-# {words('tale-own-by', author=escape(author))}"))
    return Layout(ui.Container(*items, accent_colour=CALM))


def history_parts(words: Words, past: History, limit: int = 2_000) -> Iterator[str]:
    """The true episode, in texts that stand apart: what happened with the figures, and the sources.

    Apart, because some readers of Markdown take a line below a list or a quotation for a part of it.
    """
    head = words("legend-episode", episode=past.episode, years=years_beside(past))
    figures = "\n".join(f"- {figure}" for figure in past.figures)
    yield bounded(f"{head}\n{past.account}\n{figures}", limit)
    if past.sources:
        sources = reduce(lambda head, each: words("legend-sources-several", head=head, next=each), past.sources)
        yield f"-# {bounded(words('legend-sources', sources=sources), 400)}"
