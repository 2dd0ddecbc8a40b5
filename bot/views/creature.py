"""One creature, as everybody may see it."""

from discord import ui

from bot.cards import CreatureCard
from bot.views.base import CALM, Layout, rule, said_line, text
from bot.views.board import creature_line
from bot.words import count, whole_lines
from wood.names import CENTS, FOODS, GOODS, PEBBLES, Good


def render_creature(card: CreatureCard) -> Layout:
    """Stores, mood, wealth and what it said lately; never what it thinks."""
    who, world = card.rules.creatures[card.creature], card.world
    head = f"## {who.emoji} {who.name} the {who.animal}\n-# Makes {who.makes} {card.rules.goods[who.makes].emoji}"
    items: list[ui.Item[ui.LayoutView]] = [text(head), text(creature_line(card.rules, world, card.creature)), rule()]
    items.append(text("\n".join(_stores(card))))
    if card.turns:
        items += [rule(), text("\n".join(_lately(card)))]
    said = [said_line(f"turn {turn}", words) for turn, words in card.sayings]
    if said:
        items += [rule(), text("\n".join(whole_lines(said, 1_500)))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _stores(card: CreatureCard) -> list[str]:
    world, who = card.world, card.creature
    goods = sum(world.held(who, good) * world.references[good] for good in GOODS)
    foods = sum(world.held(who, food) > 0 for food in FOODS)
    logs = world.held(who, Good.FIREWOOD)
    return [
        f"💰 Worth **{(world.held(who, PEBBLES) * CENTS + goods) // CENTS}** pebbles, goods at today's prices",
        f"🍽️ {count(foods, 'kind')} of food in the larder, {count(logs, 'log')} by the hearth",
    ]


def _lately(card: CreatureCard) -> list[str]:
    """The last turn's trades of this creature."""
    lines = []
    for trade in card.turns[-1].trades:
        if trade.buyer == card.creature:
            lines.append(f"- bought {trade.qty} {trade.good} at {trade.price}")
        elif trade.seller == card.creature:
            lines.append(f"- sold {trade.qty} {trade.good} at {trade.price}")
    return whole_lines(lines, 600) or ["- traded nothing last turn"]
