"""One creature, as everybody may see it."""

from collections import Counter

from discord import ui

from bot.telling.cards import CreatureCard
from bot.telling.catalog import Words
from bot.telling.phrases import of_creature, units
from bot.telling.taming import whole_lines
from bot.views.base import CALM, Layout, rule, said_line, text
from bot.views.board import creature_state
from wood.names import CENTS, FOODS, Good

_SAYINGS = 6


def render_creature(words: Words, card: CreatureCard) -> Layout:
    """Stores, mood, wealth and what it said lately; never what it thinks."""
    rules, creature = card.rules, card.creature
    kind = rules.creatures[creature]
    head = words(
        "creature-page-head",
        emoji=kind.emoji,
        creature=of_creature(words, rules, creature),
        good=words(f"good-{kind.makes}"),
        icon=rules.goods[kind.makes].emoji,
    )
    state = [creature_state(words, rules, card.world, creature), *_means(words, card)]
    items: list[ui.Item[ui.LayoutView]] = [text(head), text("\n".join(state))]
    if card.turns:
        items += [rule(), text("\n".join([words("creature-page-last"), *_lately(words, card)]))]
    said = [said_line(words, words("creature-page-turn", turn=turn), line) for turn, line in card.sayings[:_SAYINGS]]
    if said:
        items += [rule(), text("\n".join([words("creature-page-said"), *whole_lines(words, said, 1_500)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _means(words: Words, card: CreatureCard) -> list[str]:
    """What it has to live on."""
    foods = sum(card.world.held(card.creature, food) > 0 for food in FOODS)
    logs = card.world.held(card.creature, Good.FIREWOOD)
    lines = [
        words("creature-page-foods", kinds=foods),
        words("creature-page-logs", logs=logs, need=card.tomorrow.firewood),
    ]
    if card.turns:
        lines.append(words("creature-page-wealth", pebbles=card.turns[-1].wealth[card.creature] // CENTS))
    return lines


def _lately(words: Words, card: CreatureCard) -> list[str]:
    """The last turn's trades of this creature, those of one good together: an auction has one price."""
    bought: Counter[tuple[Good, int]] = Counter()
    sold: Counter[tuple[Good, int]] = Counter()
    for trade in card.turns[-1].trades:
        if trade.buyer == card.creature:
            bought[trade.good, trade.price] += trade.qty
        elif trade.seller == card.creature:
            sold[trade.good, trade.price] += trade.qty
    lines = [
        words("creature-page-sold", units=units(words, good, qty), price=price) for (good, price), qty in sold.items()
    ]
    lines += [
        words("creature-page-bought", units=units(words, good, qty), price=price)
        for (good, price), qty in bought.items()
    ]
    return [f"- {line}" for line in lines or [words("creature-page-idle")]]
