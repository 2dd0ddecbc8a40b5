"""What the last year's end called a patron: a mark beside the name, and its words."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.telling.catalog import Words
from bot.telling.taming import MAX_NAME, bounded
from wood.stakes import Title
from wood.world import Patron, World

MARKS: Final[Mapping[Title, str]] = {
    Title.RICHEST: "👑",
    Title.PROPHET: "🔮",
    Title.VOICE: "📣",
    Title.FEARED: "🐺",
    Title.FRIEND: "💚",
    Title.FOX: "🎭",
    Title.OUTLAW: "🏴",
}
"""The mark of each title, one character wide, so that the longest name still has room for it."""
_UNEARNED: Final = str.maketrans(dict.fromkeys("".join(MARKS.values())))
_ROOM: Final = MAX_NAME - 2
"""Characters of a name that has a mark behind it."""


def last_counted(world: World) -> int:
    """The last year whose end gave anybody who is still present a title; 0 where there is none."""
    present = (patron for patron in world.patrons.values() if patron.present)
    return max((year for patron in present for year, _ in patron.career.titles), default=0)


def titles_in(patron: Patron, year: int) -> tuple[Title, ...]:
    """What a patron was called at a year's end, the best first; nothing of one who was forgotten."""
    named = {title for counted, title in patron.career.titles if counted == year} if patron.present else set[Title]()
    return tuple(title for title in Title if title in named)


def marked(name: str, titles: Iterable[Title]) -> str:
    """A name with the mark of the best of its titles behind it, at most as long as a name may be."""
    best = next(iter(titles), None)
    return name if best is None else f"{bounded(name, _ROOM)} {MARKS[best]}"


def unmarked(name: str) -> str:
    """A name without the mark of a title, as charts write it."""
    return name[:-2] if name[-2:-1] == " " and name[-1:] in MARKS.values() else name


def unearned(name: str) -> str:
    """A player's own name without the marks that only a title may bring."""
    return " ".join(name.translate(_UNEARNED).split())


def titles_listed(words: Words, titles: Iterable[Title]) -> str:
    """Titles with their marks as a list: ``"👑 the richest and 🔮 the best prophet"``; "" for none."""
    return words.listed([words("title-marked", mark=MARKS[each], title=words(f"title-{each}")) for each in titles])
