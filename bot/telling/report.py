"""The daily report as plain data: everything that a view, a terminal or a file shows of a wood's day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

from bot.telling.cards import RankRow, ReportCard
from bot.telling.catalog import Fact, Words
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.digest import Digest, PriceRow, digest
from bot.telling.events import event_line, judged
from bot.telling.headline import resting, told
from bot.telling.lives import Life
from bot.telling.news import Desk, Family, News
from bot.telling.omens import omen_lines
from bot.telling.phrases import mood, mood_of, of_creature, public, season_name, span, topic, units, who, years_beside
from bot.telling.receipts import voices
from bot.telling.taming import clean, whole_sentences
from wood.chronicle import Event, EventKind, Turn
from wood.names import CENTS, CREATURES, Creature
from wood.orders import MAX_GOSSIP
from wood.rules import Legend, Rules

_ALSO: Final = 2
"""Sentences of a report's story that tell what else mattered."""
_TOLD: Final = 2
"""Legends, judgements and defaults that are told one by one, of each the latest."""
_TALE: Final = 220


@dataclass(frozen=True, slots=True)
class Quote:
    """The day's best line; ``text`` is a model's and must be escaped where it is shown."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Lore:
    """A legend and the true episode under its fur (empty texts for a plain shock, and for a legend of a wood's own).

    ``years`` is "none" where the episode's name has them; ``slug`` is the legend's, "" for a plain shock.
    """

    slug: str
    title: str
    tale: str
    episode: str
    years: str
    account: str
    figures: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saga:
    """The year's end.

    Attributes:
        year: which year ended.
        winner: the richest creature, with what it is ("Oona the owl").
        standing: each creature's name and mean wealth over the year in hundredths, richest first.
        patron: the foremost patron as shown, "" for none.
    """

    year: int
    winner: str
    standing: tuple[tuple[str, int], ...]
    patron: str


@dataclass(frozen=True, slots=True)
class Fortune:
    """Who won or lost most, as a sentence of the catalogs: its key, the creature's name, and its other facts."""

    key: str
    name: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Report:
    """A wood's day, ready to be shown. Names, quote and legend texts are plain and not escaped.

    Attributes:
        day: the local date, ISO.
        headline: one line.
        dateline: which turns of the wood the day holds.
        story: why, and what else mattered, in whole sentences.
        fortunes: the winner and the loser among the creatures, where they are known.
        voices: whose words moved the wood and whose proved true or false.
        omens: the signs that were seen.
        prices: one row a good; empty for a day without turns.
        notes: the market and the hearths in figures, for those who study them.
        quote: the day's best line, if anyone spoke.
        lore: the legend told last that day and its history.
        saga: the year's end, if the day holds it.
        ranking: the patrons, best first.
        best: whose day it was: the name, and by how many pebbles the standing grew; None where nobody's did.
        charts: what to draw from the card's history.
    """

    day: str
    headline: str
    dateline: str
    story: tuple[str, ...]
    fortunes: tuple[Fortune, ...]
    voices: tuple[str, ...]
    omens: tuple[str, ...]
    prices: tuple[PriceRow, ...]
    notes: tuple[str, ...]
    quote: Quote | None
    lore: Lore | None
    saga: Saga | None
    ranking: tuple[RankRow, ...]
    best: tuple[str, int] | None
    charts: tuple[ChartRequest, ...]


def build_report(words: Words, card: ReportCard) -> Report:
    """Write the report of a day. What is addressed to one player or creature never enters it.

    Args:
        words: the wood's language.
        card: the day.
    """
    rules, seed = card.rules, card.wood.seed
    day = digest(rules, card.turns, card.history) if card.turns else None
    news = told(words, rules, card.names, day, seed, card.day) if day else []
    return Report(
        day=card.day,
        headline=news[0][1] if news else resting(words, seed, card.day),
        dateline=_dateline(words, rules, card.turns) if day else words("report-dateline-rest"),
        story=_story(words, card, day, news) if day else (),
        fortunes=_fortunes(words, rules, day) if day else (),
        voices=(*voices(words, card.voices), *_judged(words, card)),
        omens=omen_lines(words, rules, card.names, card.turns),
        prices=day.prices if day else (),
        notes=_notes(words, card, day) if day else (),
        quote=_quote(card),
        lore=_lore(card.legend) if card.legend else None,
        saga=_saga(words, rules, card.names, day.year) if day and day.year else None,
        ranking=tuple(card.ranking),
        best=card.best,
        charts=_charts(card),
    )


def _story(words: Words, card: ReportCard, day: Digest, news: Sequence[tuple[News, str]]) -> tuple[str, ...]:
    """Why the headline came about, and what mattered beside it; who won and who lost has a place of its own."""
    first, *others = news
    also = [line for each, line in others if each.family not in (Family.GAIN, Family.LOSS)]
    lines = (words("report-also", line=line) for line in also[:_ALSO])
    return tuple(filter(None, (_why(words, card, day, first[0]), *lines)))


def _why(words: Words, card: ReportCard, day: Digest, news: News) -> str:
    """Why the headline came about, as far as the record says; "" where it says nothing."""
    if news.desk is Desk.LEGENDS:
        tellings = [each for each in (*day.shocks, *day.tellings) if each.legend.good == news.about]
        untold = [each.legend for each in tellings if each.legend != card.legend]  # whose tale stands below
        return whole_sentences(clean(untold[-1].tale), _TALE) if untold else ""
    row = next((row for row in day.prices if row.good == news.about), None)
    if news.desk is not Desk.PRICES or row is None:
        return ""
    auctions = [turn.auctions[row.good] for turn in day.turns]
    wanted, offered = sum(each.demand for each in auctions), sum(each.supply for each in auctions)
    if (wanted - offered) * row.change <= 0:
        return ""
    key = "report-why-want" if row.change > 0 else "report-why-glut"
    first, second = (wanted, offered) if row.change > 0 else (offered, wanted)
    return words(key, goods=units(words, row.good, first), other=second)


def _fortunes(words: Words, rules: Rules, day: Digest) -> tuple[Fortune, ...]:
    best = max(day.lives, key=lambda life: life.gain)
    worst = min(day.lives, key=lambda life: life.gain)
    found = []
    if best.gain >= CENTS:
        found.append(_won(words, rules.creatures[best.creature].name, best))
    if worst.gain <= -CENTS:
        found.append(_lost(words, rules.creatures[worst.creature].name, worst))
    return tuple(found)


def _won(words: Words, name: str, life: Life) -> Fortune:
    """A creature that has gained, and what it lived on."""
    pebbles, good = life.gain // CENTS, life.trade
    if good is None:
        return Fortune("report-won", name, {"pebbles": pebbles})
    load = units(words, good, life.sold[good])
    return Fortune("report-won-selling", name, {"pebbles": pebbles, "load": load, "earned": life.earned[good]})


def _lost(words: Words, name: str, life: Life) -> Fortune:
    """A creature that has lost, and why: what rotted, its cold nights, or what it spent most on."""
    pebbles = -life.gain // CENTS
    if life.rotten:
        good = max(life.rotten, key=lambda each: life.rotten[each])
        return Fortune("report-lost-rot", name, {"pebbles": pebbles, "load": units(words, good, life.rotten[good])})
    if life.cold:
        return Fortune("report-lost-cold", name, {"pebbles": pebbles, "nights": life.cold})
    if (bought := life.expense) is not None:
        spent: dict[str, Fact] = {"good": words(f"good-{bought}"), "spent": life.spent[bought]}
        return Fortune("report-lost-buying", name, {"pebbles": pebbles, **spent})
    return Fortune("report-lost", name, {"pebbles": pebbles})


def _dateline(words: Words, rules: Rules, turns: Sequence[Turn]) -> str:
    first, last = turns[0], turns[-1]
    season, numbers = season_name(rules, first), span(words, turns)
    if first is last:
        return words("report-dateline-turn", season=season, first=first.day, year=last.year, span=numbers)
    days = {"first": first.day, "last": last.day}
    if first.season is last.season and first.year == last.year:
        return words("report-dateline-season", season=season, year=last.year, span=numbers, **days)
    other = season_name(rules, last)
    return words("report-dateline-seasons", season=season, other=other, year=last.year, span=numbers, **days)


def _notes(words: Words, card: ReportCard, day: Digest) -> tuple[str, ...]:
    rules = card.rules
    notes = [_trades(words, day), _gap(words, *day.gini, day.gini_small), _moods(words, rules, card.turns[-1])]
    if day.cold:
        notes.append(words("report-cold", nights=figures(words, _by_name(rules, day.cold))))
    hungry = day.meals[0] + day.meals[1]
    if hungry:
        notes.append(words("report-hungry", count=hungry))
    if day.rumors:
        notes.append(words("report-rumors", count=day.rumors))
    defaults = public(card.turns, EventKind.DEFAULT, EventKind.VERDICT)[-_TOLD:]
    lines = [line for _, event in defaults if (line := event_line(words, event, rules, card.names)) is not None]
    return (*notes, *lines)


def figures(words: Words, by_name: Iterable[tuple[str, int]]) -> str:
    """Creatures with a figure each, as a list: ``"Pip 1 and Fenn 3"``."""
    return words.listed([words("report-figure", name=name, figure=figure) for name, figure in by_name])


def _by_name(rules: Rules, by_creature: Mapping[Creature, int]) -> list[tuple[str, int]]:
    return [(rules.creatures[creature].name, figure) for creature, figure in by_creature.items()]


def _trades(words: Words, day: Digest) -> str:
    """How many trades there were, and how many of them were meant by both sides."""
    trades, by_minds, turns = day.trades, day.by_minds, len(day.turns)
    if not trades:
        return words("report-trades", trades=trades, turns=turns)
    if by_minds == trades:
        return words("report-trades-minds", trades=trades, turns=turns)
    if not by_minds:
        return words("report-trades-habit", trades=trades, turns=turns)
    percent = (200 * by_minds + trades) // (2 * trades)
    return words("report-trades-both", trades=trades, turns=turns, percent=percent)


def _judged(words: Words, card: ReportCard) -> list[str]:
    """Who told legends, and whose rumors proved true and whose false, the latest last."""
    legends = public(card.turns, EventKind.LEGEND)[-_TOLD:]
    by_patrons = [event for _, event in legends if (event.data or {}).get("patrons")]
    told = [event_line(words, event, card.rules, card.names) for event in by_patrons]
    proved: dict[tuple[str, bool], dict[str, None]] = {}
    for _, event in public(card.turns, EventKind.JUDGED):
        data = event.data or {}
        said = (event.subject, bool(data.get("true")))
        proved[said] = {**proved.pop(said, {}), topic(words, card.rules, data.get("good")): None}
    return [
        *(line for line in told if line),
        *(
            judged(words, who(words, card.rules, card.names, speaker), words.listed(list(goods)), true=true)
            for (speaker, true), goods in list(proved.items())[-_TOLD:]
        ),
    ]


def _gap(words: Words, before: float | None, after: float, corrected: float) -> str:
    now, scale = _gini(words, after), _gini(words, corrected)
    if before is None or round(before, 2) == round(after, 2):
        return words("report-gap-stands", after=now, corrected=scale)
    if after > before:
        return words("report-gap-widens", before=_gini(words, before), after=now, corrected=scale)
    return words("report-gap-narrows", before=_gini(words, before), after=now, corrected=scale)


def _gini(words: Words, gini: float) -> str:
    return words("report-gini", gini=Decimal(f"{gini:.2f}"))


def _moods(words: Words, rules: Rules, turn: Turn) -> str:
    best = max(CREATURES, key=lambda who: turn.moods[who])
    worst = min(CREATURES, key=lambda who: turn.moods[who])
    merry, glum = mood(words, turn.moods[best]), mood(words, turn.moods[worst])
    if mood_of(turn.moods[best]) is mood_of(turn.moods[worst]):
        return words("report-mood", mood=merry)
    best_name, worst_name = rules.creatures[best].name, rules.creatures[worst].name
    return words("report-moods", best=best_name, merry=merry, worst=worst_name, glum=glum)


def _quote(card: ReportCard) -> Quote | None:
    if card.quote is None or not (text := clean(card.quote[1], MAX_GOSSIP)):
        return None
    return Quote(card.rules.creatures[card.quote[0]].name, text)


def _lore(legend: Legend) -> Lore:
    past = legend.history
    if past is None:
        return Lore(legend.slug if legend.in_deck else "", legend.title, clean(legend.tale), "", "", "", (), ())
    return Lore(
        legend.slug,
        legend.title,
        clean(legend.tale),
        past.episode,
        years_beside(past),
        clean(past.account),
        past.figures,
        past.sources,
    )


def _saga(words: Words, rules: Rules, names: Mapping[str, str], event: Event) -> Saga:
    data: Mapping[str, Any] = event.data or {}
    standing = {Creature(who_): int(mean) for who_, mean in (data.get("standing") or {}).items()}
    winner = Creature(data.get("winner") or event.subject)
    patron = str(data.get("patron") or "")
    return Saga(
        year=int(data.get("year") or 0),
        winner=of_creature(words, rules, winner),
        standing=tuple(
            (rules.creatures[who_].name, standing[who_]) for who_ in sorted(standing, key=lambda w: -standing[w])
        ),
        patron=who(words, rules, names, patron) if patron else "",
    )


def _charts(card: ReportCard) -> tuple[ChartRequest, ...]:
    """The one picture of a report: the day's hero, or, of a day without a turn, the prices of the last ones."""
    if not card.history:
        return ()
    if not card.turns:
        return (ChartRequest(ChartKind.PRICES),)
    return (ChartRequest(ChartKind.HERO, day=len(card.turns)),)


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON values; prices and wealth in pebbles."""
    plain = asdict(report)
    plain["prices"] = [
        {
            "good": row.good.value,
            "before": row.before / CENTS,
            "after": row.after / CENTS,
            "change_percent": row.change,
            "low": row.low / CENTS,
            "high": row.high / CENTS,
            "volume": row.volume,
        }
        for row in report.prices
    ]
    if report.saga is not None:
        plain["saga"]["standing"] = {name: mean / CENTS for name, mean in report.saga.standing}
    plain["charts"] = [request.kind.value for request in report.charts]
    return plain
