"""One creature, as everybody may see it, and the buttons that lead from one to the next."""

from collections import Counter

from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import CreatureCard
from bot.telling.catalog import Words
from bot.telling.phrases import face, mood_of, of_creature, units, who
from bot.telling.taming import escape, whole_lines
from bot.views.asking import AskButton
from bot.views.base import CALM, Layout, StatelessButton, row, rule, said_line, text
from wood.almanac import hearth
from wood.debts import is_late, is_ruined
from wood.memory import ILL, Memory
from wood.names import CENTS, CREATURES, FOODS, GOODS, PEBBLES, Creature, Good
from wood.rules import Rules
from wood.world import World

_SAYINGS = 6


class CreaturesButton(StatelessButton, template=r"ttw:creatures"):
    """Visit the creatures."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:creatures", label=words("button-creatures"), emoji="🐾")

    async def press(self, interaction: Interaction) -> None:
        """Show the first one's page to the one who asked, with buttons to all."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.queries.creature(place(interaction), CREATURES[0])
            await answer.show(render_visit(words_of(interaction), card))


class CreatureButton(StatelessButton, template=r"ttw:creature:(?P<creature>[a-z]+)"):
    """Visit one creature."""

    @classmethod
    def to(cls, words: Words, rules: Rules, creature: Creature) -> "CreatureButton":
        """Make the button that leads to ``creature``."""
        label = words(f"creature-{creature}")
        return cls(f"ttw:creature:{creature}", label=label, emoji=rules.creatures[creature].emoji)

    async def press(self, interaction: Interaction) -> None:
        """Turn the page where it is the player's own; another's is left as it is."""
        async with answering(interaction, looks=True, turn=True) as answer:
            queries, creature = interaction.client.keeper.queries, Creature(self.named["creature"])
            await answer.show(render_visit(words_of(interaction), await queries.creature(place(interaction), creature)))


def render_visit(words: Words, card: CreatureCard) -> Layout:
    """A creature's page with the way to ask it something, and the ways to the others."""
    ways = (CreatureButton.to(words, card.rules, creature) for creature in CREATURES)
    return Layout(*render_creature(words, card).children, row(AskButton.of(words, card.creature)), row(*ways))


def creature_state(rules: Rules, world: World, creature: Creature) -> str:
    """A creature's mood, pebbles and stores on one short line."""
    stores = " ".join(f"{rules.goods[good].emoji}{held}" for good in GOODS if (held := world.held(creature, good)))
    return f"{face(world.moods[creature])} 🪨{world.held(creature, PEBBLES)} {stores}".rstrip()


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
    state = [_state(words, card), *_means(words, card)]
    items: list[ui.Item[ui.LayoutView]] = [text(head), text("\n".join(state))]
    if card.turns:
        items += [rule(), text("\n".join([words("creature-page-last"), *_lately(words, card)]))]
    if remembered := [memory_line(words, card, each) for each in card.world.memories[creature]]:
        items += [rule(), text("\n".join([words("creature-page-remembers"), *remembered]))]
    said = [said_line(words, words("creature-page-turn", turn=turn), line) for turn, line in card.sayings[:_SAYINGS]]
    if said:
        items += [rule(), text("\n".join([words("creature-page-said"), *whole_lines(words, said, 1_500)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _state(words: Words, card: CreatureCard) -> str:
    """Mood, pebbles and stores, with words for what the board shows as signs."""
    world, creature = card.world, card.creature
    stores = " ".join(f"{card.rules.goods[good].emoji}{held}" for good in GOODS if (held := world.held(creature, good)))
    parts = (
        f"{face(world.moods[creature])} {words(f'mood-{mood_of(world.moods[creature])}')}",
        f"🪨 {words('count-pebble', count=world.held(creature, PEBBLES))}",
        stores or words("creature-page-bare"),
    )
    return " · ".join(parts)


def memory_line(words: Words, card: CreatureCard, memory: Memory) -> str:
    """What somebody did, as its rememberer holds it: a good deed or an ill one, by name."""
    return words(
        "creature-page-memory",
        ill="yes" if memory.deed in ILL else "no",
        deed=memory.deed.value,
        who=escape(who(words, card.rules, card.names, memory.who)),
        good=words(f"good-{memory.good}") if memory.good else "none",
        turn=memory.turn,
    )


def _means(words: Words, card: CreatureCard) -> list[str]:
    """What it has to live on, and whether it is behind with its debts."""
    foods = sum(card.world.held(card.creature, food) > 0 for food in FOODS)
    logs = card.world.held(card.creature, Good.FIREWOOD)
    lines = [
        words("creature-page-foods", kinds=foods),
        words("creature-page-logs", logs=logs, need=hearth(card.rules, card.world.seed, card.world.turn + 1)),
    ]
    if card.turns:
        lines.append(words("creature-page-wealth", pebbles=card.turns[-1].wealth[card.creature] // CENTS))
    if is_late(card.world, card.creature):
        ruined = is_ruined(card.world, card.creature)
        lines.append(words("creature-page-ruined") if ruined else words("creature-page-late"))
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
