"""The daily report as text: blocks for Discord, and one Markdown page for terminals and files.

Everything that a player or a model wrote is escaped here, in both.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words
from bot.telling.digest import PriceRow
from bot.telling.phrases import price, signed, way
from bot.telling.report import Fortune, Lore, Quote, Report, Saga, figures
from bot.telling.taming import MAX_NAME, bounded, escape, whole_lines, whole_sentences
from wood.names import CENTS

MOST: Final = 3_800
"""Characters that all blocks of a report hold at most; Discord shows 4,000 in one layout."""
_TALE: Final = 300
"""Characters of a legend's tale in a message, which has its history behind a button."""
_WHOLE_TALE: Final = 600
_ACCOUNT: Final = 700
_PATRONS: Final = 3
_VOICES: Final = 5
_VOICE: Final = 160
"""Lines about whose words moved the wood, and characters of one."""
_MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}


class Part(StrEnum):
    """The parts of a report, in their order."""

    HEAD = "head"
    STORY = "story"
    FORTUNES = "fortunes"
    VOICES = "voices"
    QUOTE = "quote"
    SAGA = "saga"
    LORE = "lore"
    OMENS = "omens"
    PRICES = "prices"
    RANKING = "ranking"


_SHARES: Final[Mapping[Part, int]] = {
    Part.HEAD: 340,
    Part.STORY: 640,
    Part.FORTUNES: 260,
    Part.VOICES: 420,
    Part.QUOTE: 320,
    Part.SAGA: 400,
    Part.LORE: 380,
    Part.OMENS: 200,
    Part.PRICES: 360,
    Part.RANKING: 420,
}


def blocks(words: Words, report: Report) -> dict[Part, str]:
    """The report's parts in Discord's Markdown, in their order, together at most 3,800 characters.

    Each has its share; what is too long ends at a whole line and says how many lines are missing. Parts without
    content are left out.

    Args:
        words: the language that the report was built in.
        report: the day.
    """
    lines: dict[Part, list[str]] = {
        Part.HEAD: _head(words, report),
        Part.STORY: list(map(escape, report.story)),
        Part.FORTUNES: [_fortune(words, each) for each in report.fortunes],
        Part.VOICES: _voices(words, report.voices) if report.voices else [],
        Part.QUOTE: [_quote(words, report.quote)] if report.quote else [],
        Part.SAGA: _saga(words, report.saga) if report.saga else [],
        Part.LORE: _tale(words, report.lore, _TALE) if report.lore else [],
        Part.OMENS: _omens(words, report.omens) if report.omens else [],
        Part.PRICES: [words("report-prices"), *(_price(words, row) for row in report.prices)] if report.prices else [],
        Part.RANKING: _ranking(words, report) if report.ranking else [],
    }
    bound = {part: "\n".join(whole_lines(words, found, _SHARES[part])) for part, found in lines.items() if found}
    return {part: block for part, block in bound.items() if block}


def _quote(words: Words, quote: Quote) -> str:
    return "> " + words("report-quote", text=escape(quote.text), speaker=escape(quote.speaker))


def _head(words: Words, report: Report) -> list[str]:
    return [
        words("report-head", headline=escape(report.headline)),
        "-# " + words("report-day", day=report.day, dateline=escape(report.dateline)),
    ]


def _fortune(words: Words, each: Fortune) -> str:
    return words(each.key, name=escape(each.name), **each.facts)


def _voices(words: Words, voices: Sequence[str]) -> list[str]:
    return [words("report-voices"), *(f"- {escape(bounded(voice, _VOICE))}" for voice in voices[:_VOICES])]


def _omens(words: Words, omens: Sequence[str]) -> list[str]:
    return [words("report-omen", omen=escape(omen)) for omen in omens]


def _price(words: Words, row: PriceRow) -> str:
    return words(
        "report-price",
        emoji=row.emoji,
        good=words(f"good-{row.good}.title"),
        before=price(words, row.before),
        after=price(words, row.after),
        way=way(row.change),
        size=abs(row.change),
    )


def _saga(words: Words, saga: Saga) -> list[str]:
    means = figures(words, ((name, (mean + CENTS // 2) // CENTS) for name, mean in saga.standing))
    lines = [
        words("report-saga", year=saga.year),
        words("report-saga-richest", winner=escape(saga.winner)),
        words("report-saga-means", means=escape(means)),
    ]
    if saga.patron:
        lines.append(words("report-saga-patron", patron=escape(bounded(saga.patron, MAX_NAME))))
    return lines


def _tale(words: Words, lore: Lore, limit: int) -> list[str]:
    return [words("report-legend", title=escape(lore.title)), f"> {escape(whole_sentences(lore.tale, limit))}"]


def _lore(words: Words, lore: Lore) -> list[str]:
    """A legend with the whole of its history, for a page without buttons."""
    lines = _tale(words, lore, _WHOLE_TALE)
    if lore.episode:
        # Empty lines, because some readers of Markdown take the line below a quotation or a list for a part of it.
        episode = words("report-episode", episode=escape(lore.episode), years=escape(lore.years))
        lines += ["", episode, escape(whole_sentences(lore.account, _ACCOUNT))]
        lines += [f"- {escape(figure)}" for figure in lore.figures]
        lines += ["", *("-# " + words("report-source", source=escape(source)) for source in lore.sources)]
    return lines


def _ranking(words: Words, report: Report, most: int = _PATRONS) -> list[str]:
    best = []
    if report.best is not None:
        name, gain = report.best
        best.append(words("report-best", name=escape(bounded(name, MAX_NAME)), gain=gain))
    return [words("report-ranking"), *best, *rank_lines(words, report.ranking, most)]


def rank_lines(words: Words, rows: Sequence[RankRow], most: int) -> list[str]:
    """The first ``most`` patrons, one a line, and how many more there are."""
    more = len(rows) - most
    lines = [_rank(words, row) for row in rows[:most]]
    return [*lines, "-# " + words("report-rank-more", count=more)] if more > 0 else lines


def _rank(words: Words, row: RankRow) -> str:
    name = escape(bounded(row.name, MAX_NAME)) or escape(row.alias) or words("who-patron")
    place = _MEDALS.get(row.rank, f"{row.rank}\\.")
    line = words("report-rank", place=place, name=name, purse=row.purse)
    if row.fame:
        line = words("report-rank-fame", place=place, name=name, purse=row.purse, fame=row.fame)
    return words("report-rank-won", line=line, wins=row.wins) if row.wins else line


def to_markdown(words: Words, report: Report, pictures: Sequence[ChartCard] = ()) -> str:
    """The whole report as one Markdown page, uncut.

    Args:
        words: the language that the report was built in.
        report: the day.
        pictures: charts to show, by their file names beside the page.
    """
    headline, *below = _head(words, report)
    parts = [headline.removeprefix("#"), *_page(below), *map(escape, report.story)]
    if report.fortunes:
        parts.append("\n".join(f"- {_fortune(words, each)}" for each in report.fortunes))
    if report.prices:
        parts += [words("report-page-prices"), "\n".join(_price_table(words, report.prices))]
    parts += [f"![{escape(picture.alt)}]({picture.filename})" for picture in pictures]
    if report.voices:
        parts += _page(_voices(words, report.voices))
    parts += _omens(words, report.omens)
    if report.notes:
        parts += [words("report-page-notes"), *map(escape, report.notes)]
    if report.saga:
        parts += _page(_saga(words, report.saga))
    if report.lore:
        parts += _page(_lore(words, report.lore))
    if report.quote:
        parts += _page([_quote(words, report.quote)])
    if report.ranking:
        parts += _page(_ranking(words, report, len(report.ranking)))
    return "\n\n".join(parts) + "\n"


def _page(lines: Sequence[str]) -> list[str]:
    """Discord's lines as those of a plain Markdown page, which has no small print and headings of its own."""
    return [f"*{line[3:]}*" if line.startswith("-# ") else line.replace("### ", "## ", 1) for line in lines if line]


def _price_table(words: Words, rows: Sequence[PriceRow]) -> list[str]:
    head = (
        words("report-column-good"),
        words("report-column-before"),
        words("report-column-after"),
        words("report-column-move"),
        words("report-column-low"),
        words("report-column-high"),
        words("report-column-sold"),
    )
    table = [head, ("---", *["--:"] * (len(head) - 1)), *(_table_cells(words, row) for row in rows)]
    return [f"| {' | '.join(cells)} |" for cells in table]


def _table_cells(words: Words, row: PriceRow) -> tuple[str, ...]:
    before, after, low, high = (price(words, each) for each in (row.before, row.after, row.low, row.high))
    return words(f"good-{row.good}"), before, after, signed(words, row.change), low, high, str(row.volume)
