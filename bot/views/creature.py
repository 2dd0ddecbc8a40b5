"""One creature, as everybody may see it."""

from collections import Counter

from discord import ui

from bot.telling.cards import CreatureCard
from bot.telling.words import count, whole_lines
from bot.views.base import CALM, Layout, rule, said_line, text
from bot.views.board import creature_state
from bot.views.market import units
from wood.names import CENTS, FOODS, Good

_SAYINGS = 6


def render_creature(card: CreatureCard) -> Layout:
    """Stores, mood, wealth and what it said lately; never what it thinks."""
    who = card.rules.creatures[card.creature]
    good = card.rules.goods[who.makes]
    head = f"## {who.emoji} {who.name} the {who.animal}\n-# Makes {who.makes} {good.emoji} and buys everything else"
    state = [creature_state(card.rules, card.world, card.creature), *_means(card)]
    items: list[ui.Item[ui.LayoutView]] = [text(head), text("\n".join(state))]
    if card.turns:
        items += [rule(), text("\n".join(["**Last turn**", *_lately(card)]))]
    said = [said_line(f"turn {turn}", words) for turn, words in card.sayings[:_SAYINGS]]
    if said:
        items += [rule(), text("\n".join(["**Said lately**", *whole_lines(said, 1_500)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _means(card: CreatureCard) -> list[str]:
    """What it has to live on."""
    foods = sum(card.world.held(card.creature, food) > 0 for food in FOODS)
    logs = card.world.held(card.creature, Good.FIREWOOD)
    need = card.tomorrow.firewood
    lines = [
        f"🍽️ {count(foods, 'kind')} of food in the larder; two make a good meal",
        f"🔥 {count(logs, 'log')} by the hearth; {f'the coming night burns {need}' if need else 'no fire is needed'}",
    ]
    if card.turns:
        wealth = card.turns[-1].wealth[card.creature] // CENTS
        lines.append(f"💰 worth **{count(wealth, 'pebble')}** in all: its purse, and its goods at today's prices")
    return lines


def _lately(card: CreatureCard) -> list[str]:
    """The last turn's trades of this creature, those of one good together: an auction has one price."""
    bought: Counter[tuple[Good, int]] = Counter()
    sold: Counter[tuple[Good, int]] = Counter()
    for trade in card.turns[-1].trades:
        if trade.buyer == card.creature:
            bought[trade.good, trade.price] += trade.qty
        elif trade.seller == card.creature:
            sold[trade.good, trade.price] += trade.qty
    lines = [f"- sold {units(qty, good)} at {price}" for (good, price), qty in sold.items()]
    lines += [f"- bought {units(qty, good)} at {price}" for (good, price), qty in bought.items()]
    return lines or ["- traded nothing"]
