"""The daily report as text: blocks for Discord, and one Markdown page for terminals and files.

Everything that a player or a model wrote is escaped here, in both.
"""

from collections.abc import Sequence
from typing import Final

from bot.cards import ChartCard, RankRow
from bot.digest import PriceRow
from bot.report import Lore, Report, Saga
from bot.words import MAX_NAME, bounded, count, escape, listed, price, signed, whole_lines

MOST: Final = 3_800
"""Characters that all blocks of a report hold at most; Discord shows 4,000 in one layout."""
_HEAD: Final = 520
_NOTES: Final = 480
_SAGA: Final = 420
_LORE: Final = 1_260
_QUOTE: Final = 260
_RANKING: Final = 500
_TALE: Final = 320
_ACCOUNT: Final = 420
_PATRONS: Final = 5


def blocks(report: Report) -> tuple[str, ...]:
    """The report's sections in Discord's Markdown, in order, together at most 3,800 characters.

    A section too long for its share ends at a whole line and says how many lines are missing.
    """
    found = [_bound(_head(report), _HEAD)]
    if report.prices:
        found.append("\n".join(["### Prices", "```", *_price_lines(report.prices), "```"]))
    if report.notes:
        found.append(_bound(["### Market and hearth", *map(escape, report.notes)], _NOTES))
    if report.saga:
        found.append(_bound(_saga(report.saga), _SAGA))
    if report.lore:
        found.append(_bound(_lore(report.lore), _LORE))
    if report.quote:
        found.append(_bound([f"> {escape(report.quote.text)}", f"-# — {escape(report.quote.speaker)}"], _QUOTE))
    if report.ranking:
        found.append(_bound(_ranking(report.ranking), _RANKING))
    return tuple(found)


def _bound(lines: Sequence[str], limit: int) -> str:
    return "\n".join(whole_lines(lines, limit))


def _head(report: Report) -> list[str]:
    return [f"## {escape(report.headline)}", *(f"- {escape(line)}" for line in report.also), f"-# {_dateline(report)}"]


def _dateline(report: Report) -> str:
    return f"{report.day} · {escape(report.dateline)}"


def _price_lines(rows: Sequence[PriceRow]) -> list[str]:
    """A table for a monospaced block, 31 characters wide: no emoji, whose width nobody agrees on."""
    head = f"{'':<9}{'pebbles':>8}{'move':>8}{'sold':>6}"
    return [head, *(f"{row.good:<9}{price(row.after):>8}{signed(row.change):>8}{row.volume:>6}" for row in rows)]


def _saga(saga: Saga) -> list[str]:
    foremost = f"Foremost patron: **{escape(bounded(saga.patron, MAX_NAME))}**." if saga.patron else ""
    means = listed([f"{name} {price(mean)}" for name, mean in saga.standing])
    lines = [f"### The saga of year {saga.year}", f"Richest over the year: **{escape(saga.winner)}**."]
    return [*lines, f"Mean wealth in pebbles: {escape(means)}.", *([foremost] if foremost else [])]


def _lore(lore: Lore) -> list[str]:
    lines = [f"### {escape(lore.title)}", escape(bounded(lore.tale, _TALE))]
    if lore.episode:
        years = f", {lore.years}" if lore.years else ""
        lines += [f"**What truly happened: {escape(lore.episode + years)}**", escape(bounded(lore.account, _ACCOUNT))]
        lines += [f"- {escape(figure)}" for figure in lore.figures]
        lines += [f"-# Source: {escape(source)}" for source in lore.sources]
    return lines


def _ranking(rows: Sequence[RankRow], most: int = _PATRONS) -> list[str]:
    lines = ["### Patrons", *map(_rank, rows[:most])]
    more = len(rows) - most
    return [*lines, f"-# and {count(more, 'more patron')}"] if more > 0 else lines


def _rank(row: RankRow) -> str:
    name = escape(bounded(row.name, MAX_NAME)) or escape(row.alias) or "a patron"
    fame = f", fame {row.fame}" if row.fame else ""
    return f"{row.rank}\\. **{name}** {count(row.purse, 'pebble')}{fame}"


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
        parts.append(f"> {escape(report.quote.text)} — {escape(report.quote.speaker)}")
    if report.ranking:
        parts += _page(_ranking(report.ranking, len(report.ranking)))
    return "\n\n".join(parts) + "\n"


def _page(lines: Sequence[str]) -> list[str]:
    """Discord's lines as those of a plain Markdown page, which has no small print and headings of its own."""
    return [f"*{line[3:]}*" if line.startswith("-# ") else line.replace("### ", "## ", 1) for line in lines]


def _price_table(rows: Sequence[PriceRow]) -> list[str]:
    head = ["| good | before | after | move | low | high | sold |", "| --- | --: | --: | --: | --: | --: | --: |"]
    return head + [
        f"| {row.good} | {price(row.before)} | {price(row.after)} | {signed(row.change)} "
        f"| {price(row.low)} | {price(row.high)} | {row.volume} |"
        for row in rows
    ]
