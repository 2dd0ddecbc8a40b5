"""The daily report as plain data: everything that a view, a terminal or a file shows of a wood's day."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.telling.cards import RankRow, ReportCard
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.digest import Digest, PriceRow, digest
from bot.telling.headline import headlines, resting
from bot.telling.words import (
    capital,
    clean,
    count,
    event_line,
    listed,
    mood,
    of_creature,
    public,
    season_name,
    span,
    topic,
    who,
)
from wood.chronicle import Event, EventKind, Turn
from wood.names import CENTS, CREATURES, Creature
from wood.orders import MAX_GOSSIP
from wood.rules import Legend, Rules

_ALSO: Final = 3
_TOLD: Final = 2
"""Judgements and defaults that are told one by one, of each the latest."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The day's best line; ``text`` is a model's and must be escaped where it is shown."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Lore:
    """A legend and the true episode under its fur (empty texts for a plain shock)."""

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
class Report:
    """A wood's day, ready to be shown. Names, quote and legend texts are plain and not escaped.

    Attributes:
        day: the local date, ISO.
        headline: one line.
        dateline: which turns of the wood the day holds.
        also: what else mattered, whole sentences.
        prices: one row a good; empty for a day without turns.
        notes: the market and the hearths in a few sentences.
        quote: the day's best line, if anyone spoke.
        lore: the legend told last that day and its history.
        saga: the year's end, if the day holds it.
        ranking: the patrons, best first.
        charts: what to draw from the card's history.
    """

    day: str
    headline: str
    dateline: str
    also: tuple[str, ...]
    prices: tuple[PriceRow, ...]
    notes: tuple[str, ...]
    quote: Quote | None
    lore: Lore | None
    saga: Saga | None
    ranking: tuple[RankRow, ...]
    charts: tuple[ChartRequest, ...]


def build_report(card: ReportCard) -> Report:
    """Write the report of a day. What is addressed to one player or creature never enters it."""
    rules, seed = card.rules, card.wood.seed
    day = digest(rules, card.turns, card.history) if card.turns else None
    news = headlines(rules, card.names, day, seed, card.day) if day else [resting(seed, card.day)]
    ranking = tuple(card.ranking)
    return Report(
        day=card.day,
        headline=news[0],
        dateline=_dateline(rules, card.turns) if day else "no turns",
        also=tuple(f"{line}." for line in news[1 : 1 + _ALSO]),
        prices=day.prices if day else (),
        notes=_notes(card, day) if day else (),
        quote=_quote(card),
        lore=_lore(card.legend) if card.legend else None,
        saga=_saga(rules, card.names, day.year) if day and day.year else None,
        ranking=ranking,
        charts=_charts(bool(card.history), bool(ranking)),
    )


def _dateline(rules: Rules, turns: Sequence[Turn]) -> str:
    first, last = turns[0], turns[-1]
    start, end = f"{season_name(rules, first)} {first.day}", f"{season_name(rules, last)} {last.day}"
    if first.season is last.season and first.year == last.year:
        end = str(last.day)
    days = start if first is last else f"{start} to {end}"
    return f"{days} of year {last.year}, {span(turns[0].number, last.number)}"


def _notes(card: ReportCard, day: Digest) -> tuple[str, ...]:
    rules, last = card.rules, card.turns[-1]
    trades = f"{capital(count(day.trades, 'trade'))} in {count(len(day.turns), 'turn')}"
    if day.trades:
        trades += f", {_decided(day.by_minds, day.trades)}"
    notes = [f"{trades}.", _gap(*day.gini, day.gini_small), _moods(rules, last)]
    if day.cold:
        notes.append(f"Cold nights: {listed([f'{rules.creatures[who_].name} {n}' for who_, n in day.cold.items()])}.")
    hungry = day.meals[0] + day.meals[1]
    if hungry:
        notes.append(f"{capital(count(hungry, 'meal'))} had one food or none.")
    if day.rumors:
        notes.append(f"{capital(count(day.rumors, 'rumor'))} went round.")
    defaults = public(card.turns, EventKind.DEFAULT)[-_TOLD:]
    lines = [line for _, event in defaults if (line := event_line(event, rules, card.names)) is not None]
    return (*notes, *_judged(card), *lines)


def _decided(by_minds: int, trades: int) -> str:
    """How many of the trades were meant by both sides."""
    if by_minds in (0, trades):
        return "all decided by both creatures" if by_minds else "all left to habit"
    percent = (200 * by_minds + trades) // (2 * trades)
    return f"{percent} % decided by both creatures and the rest left to habit"


def _judged(card: ReportCard) -> list[str]:
    """Whose rumors proved true and whose false, the latest last."""
    proved: dict[tuple[str, str], dict[str, None]] = {}
    for _, event in public(card.turns, EventKind.JUDGED):
        data = event.data or {}
        said = (event.subject, "true" if data.get("true") else "false")
        proved[said] = {**proved.pop(said, {}), topic(card.rules, data.get("good")): None}
    return [
        f"What {who(card.rules, card.names, speaker)} said of {listed(list(goods))} proved {verdict}."
        for (speaker, verdict), goods in list(proved.items())[-_TOLD:]
    ]


def _gap(before: float | None, after: float, corrected: float) -> str:
    scale = f"(Gini; 0 is equal; {corrected:.2f} corrected for five)"
    if before is None or round(before, 2) == round(after, 2):
        return f"The wealth gap stands at {after:.2f} {scale}."
    return f"The wealth gap {'widens' if after > before else 'narrows'} from {before:.2f} to {after:.2f} {scale}."


def _moods(rules: Rules, turn: Turn) -> str:
    best = max(CREATURES, key=lambda who: turn.moods[who])
    worst = min(CREATURES, key=lambda who: turn.moods[who])
    if mood(turn.moods[best]) == mood(turn.moods[worst]):
        return f"Everybody's mood is {mood(turn.moods[best])}."
    return (
        f"{rules.creatures[best].name} is in the best mood ({mood(turn.moods[best])}), "
        f"{rules.creatures[worst].name} in the worst ({mood(turn.moods[worst])})."
    )


def _quote(card: ReportCard) -> Quote | None:
    if card.quote is None or not (text := clean(card.quote[1], MAX_GOSSIP)):
        return None
    return Quote(card.rules.creatures[card.quote[0]].name, text)


def _lore(legend: Legend) -> Lore:
    past = legend.history
    if past is None:
        return Lore(legend.title, clean(legend.tale), "", "", "", (), ())
    return Lore(
        legend.title, clean(legend.tale), past.episode, past.years, clean(past.account), past.figures, past.sources
    )


def _saga(rules: Rules, names: Mapping[str, str], event: Event) -> Saga:
    data: Mapping[str, Any] = event.data or {}
    standing = {Creature(who_): int(mean) for who_, mean in (data.get("standing") or {}).items()}
    winner = Creature(data.get("winner") or event.subject)
    patron = str(data.get("patron") or "")
    return Saga(
        year=int(data.get("year") or 0),
        winner=of_creature(rules, winner),
        standing=tuple(
            (rules.creatures[who_].name, standing[who_]) for who_ in sorted(standing, key=lambda w: -standing[w])
        ),
        patron=who(rules, names, patron) if patron else "",
    )


def _charts(history: bool, ranking: bool) -> tuple[ChartRequest, ...]:
    kinds = [ChartKind.PRICES, ChartKind.WEALTH, ChartKind.FIREWOOD] if history else []
    return tuple(ChartRequest(kind) for kind in [*kinds, *([ChartKind.RANKING] if ranking else [])])


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
