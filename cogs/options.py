"""What the commands' options offer, and how their words are read. Suggestions never tell a secret and never fail."""

import logging
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, wraps
from inspect import signature
from typing import Any, Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.answers import Interaction, place, words_of
from bot.keeping.founding import check_pace
from bot.refusals import KeeperCode, KeeperError
from bot.telling.catalog import Words, languages, words_in
from bot.telling.phrases import pace as pace_words
from bot.telling.stock import LEANINGS as STOCKED
from bot.telling.stock import all_stock
from bot.telling.taming import bounded, clean
from bot.views.rumor import LEANINGS, topic_of
from cogs.said import said
from wood.names import CREATURES, GOODS
from wood.refusal import Refusal, RefusalCode
from wood.rules import Legend

log = logging.getLogger(__name__)

MOST: Final = 25
"""Discord shows at most this many choices."""
_LABEL: Final = 100

GOOD_CHOICES: Final = [Choice(name=said(f"good-{good}.title"), value=good.value) for good in GOODS]
CREATURE_CHOICES: Final = [Choice(name=said(f"creature-{who}"), value=who.value) for who in CREATURES]
TOPIC_CHOICES: Final = [*GOOD_CHOICES, *CREATURE_CHOICES]
CLAIM_CHOICES: Final = [Choice(name=said(f"claim-{claim}"), value=claim) for claim in LEANINGS]

T = TypeVar("T", str, int)
C = TypeVar("C", bound=Callable[..., Any])
Suggest: TypeAlias = Callable[["discord.Interaction[Any]", str], Coroutine[Any, Any, list[Choice[T]]]]

_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_PACE: Final = re.compile(r"(\d{1,6})\s*(s|m|h|d)?[a-z]*", re.IGNORECASE)
_PACES: Final = (10, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)
"""Seconds of the paces that are suggested."""


def read_pace(words: str) -> int:
    """Read a pace such as ``90``, ``10s``, ``5 minutes``, ``1h`` or ``1 day`` as seconds.

    Raises:
        KeeperError: it cannot be read. Whether it lies within bounds is the keeper's to say.
    """
    found = _PACE.fullmatch(words.strip())
    if found is None:
        raise KeeperError(KeeperCode.PACE_WORDS)
    return int(found[1]) * _UNITS[(found[2] or "s").lower()]


def short_pace(seconds: int) -> str:
    """A pace as it is typed: ``"90s"``, ``"5m"``, ``"1d"``."""
    unit = next(unit for unit in reversed(_UNITS) if seconds % _UNITS[unit] == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def read_slug(words: str) -> str:
    """Read a legend's slug, from itself or from its title as somebody may type it."""
    plain = re.sub(r"[’'`]", "", words.strip().casefold())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").removeprefix("the-")


def speaking(callback: C) -> C:
    """Give a command its option ``language`` where there is more than one to choose from; else nobody is asked."""
    known = languages()
    if len(known) > 1:
        choices = [Choice(name=words_in(each)("language"), value=each) for each in known[:MOST]]
        described = app_commands.describe(language=said("option-keeper-found-language"))
        return described(app_commands.choices(language=choices)(callback))
    whole = signature(callback)
    callback.__signature__ = whole.replace(  # type: ignore[attr-defined] # what discord.py reads a command's options from
        parameters=[each for name, each in whole.parameters.items() if name != "language"]
    )
    return callback


def _safe(suggest: Suggest[T]) -> Suggest[T]:
    """Answer with no suggestions where there is no wood, and log what else goes wrong."""

    @wraps(suggest)
    async def suggesting(interaction: discord.Interaction[Any], current: str) -> list[Choice[T]]:
        try:
            async with interaction.client.queues.through(interaction.guild_id or 0):
                return (await suggest(interaction, current))[:MOST]
        except Refusal:
            return []
        except Exception:
            log.exception("No suggestions for %s", interaction.command and interaction.command.qualified_name)
            return []

    return suggesting


@_safe
async def paces(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest paces, the typed one first where it can be read."""
    return suggested_paces(words_of(interaction), current)


def suggested_paces(words: Words, current: str) -> list[Choice[str]]:
    """The usual paces that what is typed may mean, before them what it says itself."""
    typed = current.strip().casefold()
    named = {seconds: pace_words(words, seconds) for seconds in _PACES}
    usual = [
        seconds
        for seconds, name in named.items()
        if not typed or typed in name.casefold() or short_pace(seconds).startswith(typed)
    ]
    with suppress(KeeperError):
        own = check_pace(read_pace(typed))
        usual = [own, *(seconds for seconds in usual if seconds != own)]
    return [Choice(name=pace_words(words, seconds), value=short_pace(seconds)) for seconds in usual]


@_safe
async def spans(interaction: Interaction, current: str) -> list[Choice[int]]:
    """Suggest how many turns a chart shows."""
    typed = current.strip().casefold()
    usual = interaction.client.keeper.queries.spans()
    words = words_of(interaction)
    named = {
        words("span-short", turns=5): 5,
        words("span-season", turns=usual.season): usual.season,
        words("span-half", turns=usual.half): usual.half,
        words("span-year", turns=usual.year): usual.year,
    }
    return [
        Choice(name=name, value=turns)
        for name, turns in named.items()
        if typed in name.casefold() or str(turns).startswith(typed)
    ]


@cache
def _zones() -> tuple[str, ...]:
    """All zones a person would name, places first."""
    named = (zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    return tuple(sorted(zone for zone in named if not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))))


@_safe
async def zones(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest IANA time zones by any part of their name, with the time it is there."""
    typed = current.strip().casefold().replace(" ", "_")
    found = [zone for zone in _zones() if typed in zone.casefold()]
    words = words_of(interaction)
    found.sort(key=lambda zone: (not zone.casefold().rpartition("/")[2].startswith(typed), zone != "UTC", zone))
    return [
        Choice(
            name=words("zone-now", zone=zone.replace("_", " "), time=f"{datetime.now(ZoneInfo(zone)):%H:%M}"),
            value=zone,
        )
        for zone in found[:MOST]
    ]


@_safe
async def in_hand(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest the legends of the player's own hand."""
    card = await interaction.client.keeper.patrons.hand(place(interaction), interaction.user.id)
    return _titles(card.hand, current)


@_safe
async def told(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest the legends that have been told here; the others stay secret."""
    return _titles(await interaction.client.keeper.queries.told(place(interaction)), current)


@_safe
async def in_album(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest the cards whose faces the player may see."""
    card = await interaction.client.keeper.queries.album(place(interaction), interaction.user.id)
    return _titles([entry.legend for entry in card.entries if entry.known], current)


@_safe
async def patrons(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest the other patrons who are present, by what they are called."""
    others = await interaction.client.keeper.stakes.others(place(interaction), interaction.user.id)
    typed = current.strip().casefold()
    return [
        Choice(name=clean(name, _LABEL) or key, value=key)
        for key, name in others.items()
        if typed in name.casefold() or typed == key
    ]


@_safe
async def lines(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Suggest the lines that a wood takes where it takes no words of patrons' own: about what is chosen already."""
    given = interaction.namespace
    stock = await interaction.client.keeper.manners.stock(place(interaction))
    about, claim = getattr(given, "about", None), getattr(given, "claim", None)
    if stock is None or not about:
        return []
    typed = current.strip().casefold()
    wanted = {LEANINGS[claim]} if claim in LEANINGS else set(STOCKED)
    offered = all_stock(stock, topic_of(about))
    return [
        Choice(name=bounded(line, _LABEL), value=line)
        for line, leaning in offered.items()
        if leaning in wanted and typed in line.casefold()
    ]


def read_patron(words: str, others: Mapping[str, str]) -> str:
    """Read a patron's key, from itself or from what the patron is called.

    Raises:
        Refusal: nobody is.
    """
    typed = words.strip().casefold()
    for key, name in others.items():
        if typed in {key, clean(name).casefold()}:
            return key
    raise Refusal(RefusalCode.NOBODY)


def _titles(legends: Sequence[Legend], current: str) -> list[Choice[str]]:
    typed = current.strip().casefold()
    return [
        Choice(name=bounded(legend.title, _LABEL), value=legend.slug)
        for legend in legends
        if typed in legend.title.casefold() or typed in legend.slug
    ]
