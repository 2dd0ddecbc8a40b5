"""The shared bases of everything that can be pressed or filled in, with one way of dealing with errors.

Every button is stateless: all it needs stands in its custom id, so it goes on working after a restart and never
times out. A layout therefore holds dynamic items only; only modals live in memory.
"""

import re
import weakref
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.answers import Interaction
from bot.telling.cards import ChartCard, PatronCard
from bot.telling.catalog import Words
from bot.telling.taming import bounded, escape, unescape

MAX_TEXT = 4_000
"""Characters that all texts of one layout may hold together."""
MAX_ALT = 256
"""Characters of a gallery item's description."""
MODAL_SECONDS = 15 * 60.0
"""How long a modal waits to be sent: as long as its interaction's token lives."""

QUOTE = "> "
"""Begins a line that gives a player's own words back."""

CALM = discord.Colour(0x6B8E5A)
WARNING = discord.Colour(0xC9892B)
ALARM = discord.Colour(0xB4453A)


class Layout(ui.LayoutView):
    """A Components V2 message of the wood. It never times out, because nothing on it needs memory."""

    def __init__(self, *items: ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_dispatchable(self) -> bool:
        """Whether discord.py is to remember it for what stands on it: never, for that is known by its custom id."""
        return False

    def is_finished(self) -> bool:
        """Whether discord.py need not keep it until it times out, of which it counts a private first answer: always."""
        return True

    async def on_error(self, interaction: Interaction, error: Exception, item: ui.Item[Any], /) -> None:  # type: ignore[override]
        """Hand every error to the one handler."""
        await interaction.client.stumble(interaction, error)

    def texts(self) -> Iterator[str]:
        """All texts shown, in order; for logs, limits and tests."""
        for item in self.walk_children():
            if isinstance(item, ui.TextDisplay):
                yield item.content


class Form(ui.Modal):
    """A form to fill in; subclasses declare its fields and say in :meth:`send` what happens with them.

    Attributes:
        waiting: the ids of forms that this process can still take; one that is sent under any other id was opened
            before a restart, or too long ago.
    """

    waiting: ClassVar[set[str]] = set()

    def __init__(self, *, title: str) -> None:
        super().__init__(title=title, timeout=MODAL_SECONDS)
        self.waiting.add(self.custom_id)
        weakref.finalize(self, self.waiting.discard, self.custom_id)

    async def send(self, interaction: Interaction) -> None:
        """Use the answers."""
        raise NotImplementedError

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Take it only where it is to be worked on."""
        return await interaction.client.admit(interaction)

    async def on_submit(self, interaction: Interaction, /) -> None:  # type: ignore[override]
        """Discord's entry point."""
        await self.send(interaction)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Hand every error to the one handler."""
        await interaction.client.stumble(interaction, error)

    async def on_timeout(self) -> None:
        """A form that was never sent changed nothing; from now on it is answered as one that is lost."""
        self.waiting.discard(self.custom_id)


def typed(interaction: Interaction) -> list[str]:
    """What a player typed into a form, line by line as it stood there, whoever made the form."""
    found: list[str] = []
    data: Any = interaction.data or {}
    parts: list[Any] = list(data.get("components", ()))
    while parts:
        part = parts.pop(0)
        if part.get("type") == discord.ComponentType.text_input.value:
            found.append(str(part.get("value", "")))
        parts[:0] = [*part.get("components", ()), *([part["component"]] if "component" in part else ())]
    return [line for line in found if line.strip()]


class StatelessButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """A button that needs no memory. Subclasses set ``template`` and say in :meth:`press` what it does.

    Whoever shows one says its label in the language of its reader. One that Discord sends back has none and needs none.
    """

    kinds: ClassVar[list[type["StatelessButton"]]] = []

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__(template=re.compile(template))
        cls.kinds.append(cls)

    def __init__(
        self,
        custom_id: str,
        *,
        label: str | None = None,
        emoji: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        super().__init__(ui.Button(custom_id=custom_id, label=label, emoji=emoji, style=style))
        found = self.template.fullmatch(custom_id)
        self.named: dict[str, str] = found.groupdict() if found else {}

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Rebuild the button from the id that Discord sends back."""
        button = cls.__new__(cls)
        StatelessButton.__init__(button, match.string)
        return button

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Press it only where that is to be worked on."""
        return await interaction.client.admit(interaction)

    async def press(self, interaction: Interaction) -> None:
        """Do what the button promises."""
        raise NotImplementedError

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Discord's entry point. The library only logs what a dynamic item raises, so it is handled here."""
        try:
            await self.press(interaction)
        except Exception as error:
            await interaction.client.stumble(interaction, error)


class StatelessSelect(ui.DynamicItem[ui.Select[Any]], template=r"(?!)"):
    """A menu that needs no memory, as :class:`StatelessButton` is a button that needs none."""

    kinds: ClassVar[list[type["StatelessSelect"]]] = []

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__(template=re.compile(template))
        cls.kinds.append(cls)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Rebuild the menu from the one that Discord sends back, with what was chosen."""
        menu = cls.__new__(cls)
        ui.DynamicItem.__init__(menu, item)
        return menu

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Take the choice only where that is to be worked on."""
        return await interaction.client.admit(interaction)

    async def choose(self, interaction: Interaction, value: str) -> None:
        """Do what the choice promises."""
        raise NotImplementedError

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Discord's entry point. The library only logs what a dynamic item raises, so it is handled here."""
        try:
            await self.choose(interaction, self.item.values[0])
        except Exception as error:
            await interaction.client.stumble(interaction, error)


def text(content: str) -> ui.TextDisplay[Any]:
    """One block of Markdown."""
    return ui.TextDisplay(content)


def rule() -> ui.Separator[Any]:
    """A thin line."""
    return ui.Separator()


def row(*buttons: ui.DynamicItem[ui.Button[Any]]) -> ui.ActionRow[Any]:
    """A row of up to five buttons."""
    return ui.ActionRow(*buttons)


def note(content: str, *buttons: ui.DynamicItem[ui.Button[Any]], colour: discord.Colour = CALM) -> Layout:
    """A short framed message with at most five buttons."""
    return Layout(ui.Container(text(clip(content)), *([row(*buttons)] if buttons else []), accent_colour=colour))


def clip(content: str, limit: int = MAX_TEXT) -> str:
    """Cut a text at ``limit`` characters, at a line's end where there is one near."""
    if len(content) <= limit:
        return content
    cut = content[: limit - 1]
    line = cut.rfind("\n")
    return (cut[:line] if line > limit * 3 // 4 else cut) + "…"


def said_line(words: Words, speaker: str, line: str) -> str:
    """A quotation and who said it, on one line of its own."""
    return "> " + words("board-quote", text=escape(line), speaker=escape(speaker))


def quoted_in(message: discord.Message | None) -> str:
    """The words that a message gives back to the player; none where it quotes nothing."""
    shown = ui.LayoutView.from_message(message).walk_children() if message else ()
    lines = [line for item in shown if isinstance(item, ui.TextDisplay) for line in item.content.splitlines()]
    return next((unescape(line.removeprefix(QUOTE)) for line in lines if line.startswith(QUOTE)), "")


def breath_bar(card: PatronCard) -> str:
    """Breath as a row of leaves: ``"🍃🍃🍃▫️▫️"``."""
    return "🍃" * card.breath + "▫️" * max(0, card.breath_max - card.breath)


def ago(moment: datetime) -> str:
    """A time as everybody's own Discord tells it: "in 5 minutes"."""
    return f"<t:{int(moment.timestamp())}:R>"


def gallery(charts: Sequence[ChartCard]) -> tuple[ui.MediaGallery[Any], list[discord.File]]:
    """Pictures with their alt text, and the files that must be sent along."""
    files = [
        discord.File(BytesIO(chart.png), chart.filename, description=bounded(chart.alt, 1_024)) for chart in charts
    ]
    items = [
        discord.MediaGalleryItem(
            f"attachment://{chart.filename}", description=bounded(chart.brief or chart.alt, MAX_ALT)
        )
        for chart in charts
    ]
    return ui.MediaGallery(*items), files
