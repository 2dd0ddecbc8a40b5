"""The daily report as text: blocks for Discord, and one Markdown page for terminals and files.

Everything that a player or a model wrote is escaped here, in both.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.digest import PriceRow
from bot.telling.report import Lore, Quote, Report, Saga
from bot.telling.words import MAX_NAME, bounded, count, escape, listed, price, signed, whole_lines, whole_sentences
from wood.names import CENTS

MOST: Final = 3_800
"""Characters that all blocks of a report hold at most; Discord shows 4,000 in one layout."""
_TALE: Final = 600
_ACCOUNT: Final = 700
_PATRONS: Final = 5
_MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}


class Part(StrEnum):
    """The parts of a report, in their order."""

    HEAD = "head"
    PRICES = "prices"
    NOTES = "notes"
    QUOTE = "quote"
    SAGA = "saga"
    LORE = "lore"
    RANKING = "ranking"


_SHARES: Final[Mapping[Part, int]] = {
    Part.HEAD: 560,
    Part.PRICES: 300,
    Part.NOTES: 480,
    Part.QUOTE: 320,
    Part.SAGA: 420,
    Part.RANKING: 600,
}


def blocks(report: Report) -> dict[Part, str]:
    """The report's parts in Discord's Markdown, in their order, together at most 3,800 characters.

    Each has its share, and the legend's history takes what the others leave (at least 1,120); what is too long ends
    at a whole line and says how many lines are missing. Parts without content are left out.
    """
    lines: dict[Part, list[str]] = {
        Part.HEAD: _head(report),
        Part.PRICES: ["### 🪨 Prices in pebbles", "```", *_price_lines(report.prices), "```"] if report.prices else [],
        Part.NOTES: ["### 🔥 Market and hearth", *map(escape, report.notes)] if report.notes else [],
        Part.QUOTE: _quote(report.quote) if report.quote else [],
        Part.SAGA: _saga(report.saga) if report.saga else [],
        Part.RANKING: _ranking(report.ranking) if report.ranking else [],
    }
    bound = {part: "\n".join(whole_lines(found, _SHARES[part])) for part, found in lines.items() if found}
    if report.lore:
        bound[Part.LORE] = "\n".join(whole_lines(_lore(report.lore), MOST - sum(map(len, bound.values()))))
    return {part: bound[part] for part in Part if part in bound}


def _quote(quote: Quote) -> list[str]:
    return [f"> “{escape(quote.text)}” — *{escape(quote.speaker)}*"]


def _head(report: Report) -> list[str]:
    return [
        f"## 🗞️ {escape(report.headline)}",
        f"-# {_dateline(report)}",
        *(f"- {escape(line)}" for line in report.also),
    ]


def _dateline(report: Report) -> str:
    return f"{report.day} · {escape(report.dateline)}"


def _price_lines(rows: Sequence[PriceRow]) -> list[str]:
    """A table for a monospaced block, 36 characters wide: no emoji, whose width nobody agrees on."""
    head = f"{'':<9}{'from':>6}{'to':>7}{'move':>8}{'sold':>6}"
    return [head, *map(_price_line, rows)]


def _price_line(row: PriceRow) -> str:
    return f"{row.good:<9}{price(row.before):>6}{price(row.after):>7}{signed(row.change):>8}{row.volume or '–':>6}"


def _saga(saga: Saga) -> list[str]:
    foremost = f"Foremost patron: **{escape(bounded(saga.patron, MAX_NAME))}**." if saga.patron else ""
    means = listed([f"{name} {(mean + CENTS // 2) // CENTS}" for name, mean in saga.standing])
    lines = [f"### 👑 The saga of year {saga.year}", f"Richest over the year: **{escape(saga.winner)}**."]
    return [*lines, f"Mean wealth in pebbles: {escape(means)}.", *([foremost] if foremost else [])]


def _lore(lore: Lore) -> list[str]:
    lines = [f"### 📜 {escape(lore.title)}", f"> {escape(whole_sentences(lore.tale, _TALE))}"]
    if lore.episode:
        years = f", {lore.years}" if lore.years else ""
        # Empty lines, because some readers of Markdown take the line below a quotation or a list for a part of it.
        lines += [
            "",
            f"**What truly happened: {escape(lore.episode + years)}**",
            escape(whole_sentences(lore.account, _ACCOUNT)),
        ]
        lines += [f"- {escape(figure)}" for figure in lore.figures]
        lines += ["", *(f"-# Source: {escape(source)}" for source in lore.sources)]
    return lines


def _ranking(rows: Sequence[RankRow], most: int = _PATRONS) -> list[str]:
    return ["### 🏆 The patrons", *rank_lines(rows, most)]


def rank_lines(rows: Sequence[RankRow], most: int) -> list[str]:
    """The first ``most`` patrons, one a line, and how many more there are."""
    more = len(rows) - most
    return [*map(_rank, rows[:most]), *([f"-# and {count(more, 'more patron')}"] if more > 0 else [])]


def _rank(row: RankRow) -> str:
    name = escape(bounded(row.name, MAX_NAME)) or escape(row.alias) or "a patron"
    place = _MEDALS.get(row.rank, f"{row.rank}\\.")
    return f"{place} **{name}** · {count(row.purse, 'pebble')}{f' · {row.fame} fame' if row.fame else ''}"


def to_markdown(report: Report, pictures: Sequence[ChartCard] = ()) -> str:
    """The whole report as one Markdown page, uncut.

    Args:
        report: the day.
        pictures: charts to show, by their file names beside the page.
    """
    headline, *below = _head(report)
    parts = [headline.removeprefix("#"), *_page(below)]
    if report.prices:
        parts += ["## Prices", "\n".join(_price_table(report.prices))]
    parts += [f"![{escape(picture.alt)}]({picture.filename})" for picture in pictures]
    if report.notes:
        parts += ["## Market and hearth", *map(escape, report.notes)]
    if report.saga:
        parts += _page(_saga(report.saga))
    if report.lore:
        parts += _page(_lore(report.lore))
    if report.quote:
        parts += _page(_quote(report.quote))
    if report.ranking:
        parts += _page(_ranking(report.ranking, len(report.ranking)))
    return "\n\n".join(parts) + "\n"


def _page(lines: Sequence[str]) -> list[str]:
    """Discord's lines as those of a plain Markdown page, which has no small print and headings of its own."""
    return [f"*{line[3:]}*" if line.startswith("-# ") else line.replace("### ", "## ", 1) for line in lines if line]


def _price_table(rows: Sequence[PriceRow]) -> list[str]:
    head = ["| good | before | after | move | low | high | sold |", "| --- | --: | --: | --: | --: | --: | --: |"]
    return head + [
        f"| {row.good} | {price(row.before)} | {price(row.after)} | {signed(row.change)} "
        f"| {price(row.low)} | {price(row.high)} | {row.volume} |"
        for row in rows
    ]
