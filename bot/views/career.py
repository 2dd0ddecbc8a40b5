"""What stays of a patron's years: years, wins, pebbles, legends and titles."""

from discord import ui

from bot.telling.career import CareerCard
from bot.telling.catalog import Words
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.telling.titles import titles_listed
from bot.views.base import CALM, Layout, rule, text


def render_career(words: Words, card: CareerCard) -> Layout:
    """A patron's career; of one whose first year is not over, what a career is."""
    career = card.career
    head = words("career-head", name=escape(bounded(card.name, MAX_NAME)))
    lines = [words("career-none")]
    if career.years:
        lines = [
            f"👑 {words('career-years', years=career.years, wins=career.wins)}",
            f"👛 {words('career-pebbles', pebbles=career.pebbles, best=career.best)}",
        ]
    lines.append(f"📜 {words('career-cards', told=card.told, survived=card.survived)}")
    items: list[ui.Item[ui.LayoutView]] = [text(head), text("\n".join(lines))]
    if card.titles:
        years = [words("career-year", year=year, titles=titles_listed(words, titles)) for year, titles in card.titles]
        items += [rule(), text("\n".join([words("career-titles"), *years]))]
    return Layout(ui.Container(*items, accent_colour=CALM))
