"""Hand-made rules and histories for tests of charts and reports: no engine, no files, every figure in sight."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.telling.cards import RankRow, ReportCard, WoodCard
from wood.chronicle import Event, EventKind, Turn
from wood.founding import found_world
from wood.names import CREATURES, GOODS, SEASONS, Creature, Good, Hand
from wood.orders import Auction, Trade
from wood.rules import (
    CreatureRule,
    GoodRule,
    History,
    Layer,
    Legend,
    Rules,
    SeasonRule,
    Shock,
    ShockKind,
    Temper,
)

STARTS = {Good.ACORNS: 400, Good.BERRIES: 500, Good.MUSHROOMS: 600, Good.HONEY: 800, Good.FIREWOOD: 500}
MAKES = dict(zip(CREATURES, (Good.HONEY, Good.FIREWOOD, Good.MUSHROOMS, Good.ACORNS, Good.BERRIES), strict=True))
ANIMALS = dict(zip(CREATURES, ("owl", "squirrel", "fox", "tortoise", "mouse"), strict=True))
SEASON_LENGTH = 15


def _legend(slug: str, title: str, good: Good, direction: int, history: History | None) -> Legend:
    shock = Shock(ShockKind.RUN, Layer.SETTLEMENT, good, decree=(40 * direction, 25 * direction), hold=4)
    return Legend(slug, title, f"They still tell of {title}.", "An omen.", good, direction, (shock,), history)


RUN = _legend(
    "run-on-oonas-hoard",
    "The Run on Oona's Hoard",
    Good.HONEY,
    -1,
    History(
        "The banking panics of the Great Depression",
        "1930-33",
        "Depositors asked for their money all at once. Thousands of banks could not pay and closed.",
        ("About 9,000 banks failed.", "A third of the money supply was gone."),
        ("Milton Friedman and Anna Schwartz, A Monetary History of the United States, 1963",),
    ),
)
MANIA = _legend(
    "great-acorn-mania",
    "The Great Acorn Mania",
    Good.ACORNS,
    1,
    History(
        "The tulip mania",
        "1636-37",
        "Bulbs changed hands for the price of a house.",
        ("One bulb: 5,200 guilders.",),
        (),
    ),
)
HOLLOW = _legend(
    "hollow-log-trading-company",
    "The Hollow Log Trading Company",
    Good.MUSHROOMS,
    1,
    History("The South Sea bubble", "1720", "Shares rose tenfold and fell.", ("From 128 to 1,000 pounds.",), ()),
)
FROST = _legend(
    "great-frost",
    "The Great Frost",
    Good.FIREWOOD,
    1,
    History("The Great Frost of 1709", "1709", "Rivers froze for weeks.", ("Minus 15 degrees.",), ()),
)
DROUGHT = replace(
    _legend("drought", "The Drought", Good.BERRIES, 1, None), signs=("The dew is gone.", "The brook shows its stones.")
)


def make_rules() -> Rules:
    """Rules with the true cast and calendar and five short legends."""
    temper = Temper("A temper.", 50, 50, 50, 50, 50)
    return Rules(
        goods={good: GoodRule(good, "🪵", start, 10, 8, (0, 1)) for good, start in STARTS.items()},
        creatures={
            who: CreatureRule(who, who.value.capitalize(), ANIMALS[who], "🦉", MAKES[who], 4, temper, {})
            for who in CREATURES
        },
        seasons=tuple(
            SeasonRule(season, season.value.capitalize(), "🍂", (logs,) * SEASON_LENGTH)
            for season, logs in zip(SEASONS, (1, 2, 1, 0), strict=True)
        ),
        legends={legend.slug: legend for legend in (DROUGHT, FROST, HOLLOW, MANIA, RUN)},
    )


def make_turn(number: int, references: Mapping[Good, int] | None = None, events: Sequence[Event] = ()) -> Turn:
    """A calm turn: four units traded a good, everybody fed and warm."""
    prices = dict(references or STARTS)
    season = SEASONS[(number - 1) // SEASON_LENGTH % 4]
    holdings = {who: 4000 + 250 * place for place, who in enumerate(CREATURES)}
    return Turn(
        number=number,
        year=1 + (number - 1) // 60,
        season=season,
        day=1 + (number - 1) % SEASON_LENGTH,
        references=prices,
        auctions={good: Auction(max(1, round(prices[good] / 100)), 4, 6, 5, 1, 0) for good in GOODS},
        trades=tuple(
            Trade(good, Creature.PIP, Creature.OONA, 4, max(1, prices[good] // 100), Hand.MIND, Hand.HABIT)
            for good in GOODS
        ),
        slips=(),
        purses=dict.fromkeys(CREATURES, 40),
        stores={who: dict.fromkeys(GOODS, 2) for who in CREATURES},
        wealth=holdings,
        moods=dict.fromkeys(CREATURES, 7200),
        kinds=dict.fromkeys(CREATURES, 3),
        firewood_need=5,
        firewood_supply=14,
        flows={"eaten/honey": 3},
        events=tuple(events),
        hash="0" * 64,
    )


def told(legend: Legend, *patrons: str) -> Event:
    """The event of a legend being told."""
    return Event(
        EventKind.LEGEND, legend.slug, {"title": legend.title, "patrons": list(patrons), "good": legend.good.value}
    )


def make_history(length: int = 30, seed: int = 1, first: int = 1) -> list[Turn]:
    """A lively history: prices wander, a drought, two legends, a cold winter, rumors true and private."""
    chance = random.Random(seed)
    levels = {good: math.log(start) for good, start in STARTS.items()}
    riches = dict.fromkeys(CREATURES, 6000.0)
    turns = []
    for number in range(first, first + length):
        for good in GOODS:
            levels[good] += chance.gauss(0, 0.07) + 0.04 * (math.log(STARTS[good]) - levels[good])
        happenings: list[Event] = []
        if number == 5:
            happenings.append(told(DROUGHT))
            levels[Good.BERRIES] += 0.5
        if number == 7:
            happenings.append(told(RUN, "p1", "p2"))
            levels[Good.HONEY] -= 0.6
            before, after = 800, round(math.exp(levels[Good.HONEY]))
            happenings.append(
                Event(EventKind.DECREE, "", {"good": Good.HONEY, "percent": -40, "before": before, "after": after})
            )
        if number == 9:
            happenings.append(Event(EventKind.SHOCK, RUN.slug, {"shock": "run", "good": Good.HONEY}))
        if number == 18:
            happenings.append(told(HOLLOW, "p1"))
            levels[Good.MUSHROOMS] += 0.9
        if number in {3, 10, 12, 21}:
            text = "the frost comes early"
            happenings.append(Event(EventKind.RUMOR, "p1", {"about": Good.FIREWOOD, "text": text, "leaning": 1}))
        prices = {good: max(100, round(math.exp(levels[good]))) for good in GOODS}
        turn = make_turn(number, prices)
        need = 5 * (1, 2, 1, 0)[SEASONS.index(turn.season)]
        supply = max(0, round(16 - abs(number % 30 - 24) * 0.5 + chance.gauss(0, 3)))
        if supply < need:
            happenings += [
                Event(EventKind.COLD, who.value, {"missing": 1}) for who in CREATURES[: (need - supply + 1) // 2]
            ]
        for place, who in enumerate(CREATURES):
            riches[who] = max(500.0, riches[who] + chance.gauss((place - 2) * 60, 250))
        turns.append(
            replace(
                turn,
                events=tuple(happenings),
                auctions={
                    good: Auction(
                        round(prices[good] / 100) if chance.random() > 0.1 else None, chance.randint(0, 9), 9, 8, 1, 1
                    )
                    for good in GOODS
                },
                wealth={who: round(riches[who]) for who in CREATURES},
                firewood_need=need,
                firewood_supply=supply,
            )
        )
    return turns


NAMES = {"p1": "Ada", "p2": "明日香の森の長い長い名前"}

RANKING = (
    RankRow(1, "Ada Lovelace-Montgomery the Third", 482, 6, "Alder"),
    RankRow(2, "明日香の森の長い長い名前です", 310, 3, "Birch"),
    RankRow(3, "عبد الرحمن بن عوف", 222, 1, "Cedar"),
    RankRow(4, "🔥🦊🔥", 150, 0, "Dogwood"),
    RankRow(5, "김철수 🎉", 101, 0, "Elder"),
    RankRow(6, "Ωμέγα $x^2$ Жук", 64, 2, "Fir"),
    RankRow(7, "हिन्दी नाम", 9, 0, "Gorse"),
)


def make_wood(seed: int = 7) -> WoodCard:
    """The row of a wood that ticks every hour in Tokyo."""
    return WoodCard(1, 2, seed, 3600, "Asia/Tokyo", 8, False, datetime(2026, 1, 2, tzinfo=UTC), None, None)


def make_card(
    turns: Sequence[Turn], history: Sequence[Turn] | None = None, *, legend: Legend | None = None, **changes: object
) -> ReportCard:
    """A report card over these turns; the history is the same turns where none is given."""
    rules = make_rules()
    card = ReportCard(
        rules=rules,
        wood=make_wood(),
        world=found_world(rules, 7),
        day="2026-01-02",
        turns=turns,
        history=turns if history is None else history,
        quote=(Creature.FENN, "Sell before they do, I always say."),
        legend=legend,
        ranking=RANKING,
        names=NAMES,
    )
    return replace(card, **changes)  # type: ignore[arg-type]
