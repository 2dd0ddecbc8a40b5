"""The album: all cards of a wood at a glance, and one of them large."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.refusals import KeeperCode, KeeperError
from bot.telling.album import ORDER, AlbumCard, Entry
from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.phrases import who
from bot.telling.taming import bounded, escape, whole_lines
from bot.views.base import CALM, Layout, StatelessButton, StatelessSelect, gallery, row, rule, text
from bot.views.legend import CastButton, history_parts
from bot.views.portrait import page, portraits
from wood.rules import Legend, Rarity

GEMS: Final = {Rarity.COMMON: "🟤", Rarity.UNCOMMON: "🟢", Rarity.RARE: "🔵", Rarity.LEGENDARY: "🟡"}
"""The colours of the frames."""
_PAGE: Final = 24
"""Cards that one picture has room for; those that lie face down are left out first."""
_OPTIONS: Final = 25
_LABEL: Final = 100
_LINES: Final = 3_000


class AlbumButton(StatelessButton, template=r"ttw:album"):
    """Open the album."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:album", label=words("button-album"), emoji="🃏")

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked."""
        async with answering(interaction, slow=True) as answer:
            await answer.show(*await open_album(interaction, words_of(interaction)))


class CardSelect(StatelessSelect, template=r"ttw:card"):
    """Look at one card of the album."""

    def __init__(self, words: Words, entries: Sequence[Entry]) -> None:
        options = [
            discord.SelectOption(
                label=bounded(entry.legend.title, _LABEL),
                value=entry.legend.slug,
                description=bounded(_short(words, entry), _LABEL),
                emoji=GEMS[entry.rarity],
            )
            for entry in entries[:_OPTIONS]
        ]
        super().__init__(ui.Select(custom_id="ttw:card", placeholder=words("album-choose"), options=options))

    async def choose(self, interaction: Interaction, value: str) -> None:
        """Show the card to the one who asked: one that was told here, or that this player holds."""
        async with answering(interaction, slow=True) as answer:
            await answer.show(*await open_card(interaction, words_of(interaction), value))


async def open_album(
    interaction: Interaction, words: Words, *, shared: bool = False
) -> tuple[Layout, list[discord.File]]:
    """The album of this channel's wood with the player's record, in pictures and words.

    Raises:
        Refusal: there is no wood.
    """
    user = interaction.user
    album = await interaction.client.keeper.queries.album(place(interaction), user.id, shared=shared)
    return render_album(words, album, await page(interaction, words, faces(album)), shared=shared)


def faces(album: AlbumCard) -> list[Legend | None]:
    """What the picture of an album shows, in its order; None lies face down."""
    room = _PAGE - sum(entry.known for entry in album.entries)
    shown: list[Legend | None] = []
    for entry in album.entries:
        if entry.known:
            shown.append(entry.legend)
        elif room > 0:
            shown.append(None)
            room -= 1
    return shown[:_PAGE]


async def open_card(
    interaction: Interaction, words: Words, slug: str, *, shared: bool = False
) -> tuple[Layout, list[discord.File]]:
    """One card of the album, large.

    Raises:
        Refusal: there is no wood, or the player may not see the face of such a card.
    """
    user = interaction.user
    album = await interaction.client.keeper.queries.album(place(interaction), user.id, shared=shared)
    entry = album.entry(slug)
    if entry is None:
        raise KeeperError(KeeperCode.NOT_TOLD)
    return render_card(words, album, entry, await portraits(interaction, words, [entry.legend]), shared=shared)


def render_album(
    words: Words, album: AlbumCard, pictures: Sequence[ChartCard] = (), *, shared: bool = False
) -> tuple[Layout, list[discord.File]]:
    """All cards at a glance, those that nobody has told here face down; and the files to send along.

    Args:
        words: the language of the answer.
        album: what is shown.
        pictures: its page, if one was drawn.
        shared: whether everybody sees it, so that its owner is called by name.
    """
    head = [words("album-head", told=album.told, all=len(album.entries))]
    if album.owner:
        own = [entry.own for entry in album.entries]
        told, survived = sum(card.told > 0 for card in own), sum(card.survived > 0 for card in own)
        if told or survived:
            head.append("-# " + words("album-own", name=_name(words, album, shared), told=told, survived=survived))
    items: list[ui.Item[Any]] = [text("\n".join(head))]
    files: list[discord.File] = []
    if pictures:
        shown, files = gallery(pictures)
        items.append(shown)
    items.append(text("\n".join(whole_lines(words, list(_lines(words, album, shared=shared)), _LINES))))
    if known := [entry for entry in album.entries if entry.known]:
        items.append(ui.ActionRow(CardSelect(words, known)))
    else:
        items.append(text(f"-# {words('album-empty')}"))
    return Layout(ui.Container(*items, accent_colour=CALM)), files


def _lines(words: Words, album: AlbumCard, *, shared: bool) -> Iterator[str]:
    for rarity in ORDER:
        entries = [entry for entry in album.entries if entry.rarity is rarity]
        if not entries:
            continue
        told, title = sum(entry.times > 0 for entry in entries), words(f"rarity-{rarity}.title")
        yield words("album-rarity", gem=GEMS[rarity], rarity=title, told=told, all=len(entries))
        for entry in entries:
            if entry.known:
                line = words("album-line", title=entry.legend.title, times=entry.times)
                own = _record(words, album, entry, shared=shared)
                yield f"{line}\n-# {own}" if own else line
    if down := sum(not entry.known for entry in album.entries):
        yield f"-# {words('album-down', count=down)}"


def render_card(
    words: Words, album: AlbumCard, entry: Entry, pictures: Sequence[ChartCard] = (), *, shared: bool = False
) -> tuple[Layout, list[discord.File]]:
    """One card large: its picture, what became of it here, its tale, and once it was told the true story.

    Args:
        words: the language of the answer.
        album: what it stands in.
        entry: a card whose face may be seen.
        pictures: its picture, if one was drawn.
        shared: whether everybody sees it, so that its owner is called by name.
    """
    legend = entry.legend
    items: list[ui.Item[Any]] = []
    files: list[discord.File] = []
    if pictures:
        shown, files = gallery(pictures)
        items.append(shown)
    head = [words("legend-title", title=legend.title), f"-# {GEMS[entry.rarity]} {_fate(words, album, entry)}"]
    if own := _record(words, album, entry, shared=shared):
        head.append(f"-# {own}")
    items += [text("\n".join(head)), text(f"> {legend.tale}")]
    if entry.held:
        items += [text(f"🔮 {legend.omen}"), row(CastButton.of(words, legend))]
    if entry.times and legend.history:
        items += [rule(), *(text(part) for part in history_parts(words, legend.history))]
    items.append(row(AlbumButton(words)))
    return Layout(ui.Container(*items, accent_colour=CALM)), files


def _short(words: Words, entry: Entry) -> str:
    return words("album-option", rarity=words(f"rarity-{entry.rarity}"), times=entry.times)


def _fate(words: Words, album: AlbumCard, entry: Entry) -> str:
    """How rare it is, how often it was told here, when, and by whom last."""
    teller = escape(who(words, album.rules, album.names, entry.teller)) if entry.teller else "none"
    return words(
        "album-fate",
        rarity=words(f"rarity-{entry.rarity}.title"),
        times=entry.times,
        first=entry.first,
        last=entry.last,
        teller=teller,
    )


def _record(words: Words, album: AlbumCard, entry: Entry, *, shared: bool) -> str:
    """What the album's owner has to do with a card; empty where that is nothing."""
    own = entry.own
    if entry.held:
        return words("album-held")
    if not own.told and not own.survived:
        return ""
    return words("album-record", name=_name(words, album, shared), told=own.told, survived=own.survived)


def _name(words: Words, album: AlbumCard, shared: bool) -> str:
    return escape(who(words, album.rules, album.names, album.owner)) if shared else "you"
