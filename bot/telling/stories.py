"""What may be told of a turn: all that the record holds, with how much it matters; one of it is the board's story.

Like headlines, a story claims only what the record says. Pure; what patrons and models wrote comes out plain and is
escaped where it is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from bot.telling.cards import BoardCard
from bot.telling.catalog import Words
from bot.telling.court import read_out
from bot.telling.events import event_line
from bot.telling.omens import omen_lines
from bot.telling.phrases import (
    capital,
    does,
    legend_of,
    mood,
    percent,
    price,
    public,
    season_name,
    topic,
    units,
    way,
    who,
)
from bot.telling.taming import bounded, clean, whole_sentences
from wood.almanac import hearth
from wood.chronicle import Event, EventKind, Turn
from wood.names import CREATURES, GOODS, Creature, Good
from wood.orders import Trade
from wood.rules import Legend

MAX_LINE: Final = 240
"""Characters of a story below its title."""
MOVE: Final = 3
"""Per cent from which the move of a price is worth telling."""
_PRICE_MOST: Final = 79
_CORNER, _OPENED, _VERDICT = 81, 82, 84
"""What matters more than any price: the crash that breaks a corner, or makes a profit suspicious, would hide it."""
_BUYERS: Final = 3
_ROT: Final = 3
_DEAL: Final = 3
_STREAK: Final = 4
_WARM, _GLUM = 8_000, 3_500
"""Hundredths of a mood from which a creature is merry, and under which it is gloomy."""


@dataclass(frozen=True, slots=True)
class Found:
    """A story that may be told. Of all that is found one is, and only its words are put together.

    Attributes:
        kind: as of the story.
        weight: as of the story.
        words: answers its title and what else it has, in their order.
    """

    kind: str
    weight: int
    words: Callable[[], tuple[str, ...]]


class Teller:
    """Finds what may be told of one turn.

    Args:
        words: the language to speak, the wood's.
        card: the board.
        turns: the turns known until then, oldest first; what is told is of the last.
    """

    def __init__(self, words: Words, card: BoardCard, turns: Sequence[Turn]) -> None:
        self.words = words
        self.card = card
        self.rules = card.rules
        self.turns = turns
        self.turn = turns[-1]
        self.before = turns[-2] if len(turns) > 1 else None
        self.happened: dict[EventKind, list[Event]] = {}
        for _, event in public([self.turn]):
            self.happened.setdefault(event.kind, []).append(event)

    def stories(self) -> Iterator[Found]:
        """All that may be told, and always something; of equal weights the first counts."""
        yield from self._legends()
        yield from self._calendar()
        yield from self._court()
        yield from self._price()
        yield from self._hardship()
        yield from self._talk()
        yield from self._market()
        yield Found("quiet", 1, self._calm)

    def _events(self, kind: EventKind) -> list[Event]:
        return self.happened.get(kind, [])

    def _who(self, key: str) -> str:
        return who(self.words, self.rules, self.card.names, key)

    def _listed(self, keys: Sequence[str]) -> str:
        return self.words.listed([self._who(key) for key in keys])

    # Legends and the calendar

    def _legends(self) -> Iterator[Found]:
        new = {event.subject for event in self._events(EventKind.LEGEND)}
        for event in self._events(EventKind.LEGEND):
            if legend := legend_of(self.rules, event):
                key, weight = ("story-told", 100) if legend.in_deck else ("story-shock", 78)
                yield Found("told", weight, partial(self._tale, key, legend))
        for standing in self.card.world.shocks:
            legend = self.rules.legends[standing.legend]
            line = legend.shocks[standing.index].text
            if standing.start == self.turn.number and standing.legend not in new and line:
                yield Found("phase", 70, partial(self._phase, legend.title, line))

    def _tale(self, key: str, legend: Legend) -> tuple[str, ...]:
        return self.words(key, title=legend.title), whole_sentences(clean(legend.tale), MAX_LINE)

    def _phase(self, title: str, line: str) -> tuple[str, ...]:
        return self.words("story-goes-on", title=title), bounded(clean(line), MAX_LINE)

    def _calendar(self) -> Iterator[Found]:
        for event in self._events(EventKind.YEAR):
            yield Found("year", 95, partial(self._year, event))
        if self.turn.day == 1 and self.turn.number > 1:
            yield Found("season", 60, self._season)
        for line in omen_lines(self.words, self.rules, self.card.names, [self.turn]):
            yield Found("omen", 55, partial(self._omen, line))

    def _year(self, event: Event) -> tuple[str, ...]:
        data = event.data or {}
        winner = self._who(str(data.get("winner") or event.subject))
        return (self.words("story-year", year=int(data.get("year") or 0), winner=winner),)

    def _season(self) -> tuple[str, ...]:
        season = season_name(self.rules, self.turn)
        logs = hearth(self.rules, self.card.world.seed, self.turn.number)
        return self.words("story-season", season=season), self.words("story-hearths", logs=logs)

    def _omen(self, line: str) -> tuple[str, ...]:
        return self.words("story-omen"), line

    def _court(self) -> Iterator[Found]:
        """Files that Magistrate Heron opens, and how they end."""
        for event in self._events(EventKind.CASE):
            yield Found("case", _OPENED, partial(self._case, event))
        evidence = {event.subject: event for event in self._events(EventKind.EVIDENCE)}
        for event in self._events(EventKind.VERDICT):
            title = event_line(self.words, event, self.rules, self.card.names)
            if title and event.subject in evidence:
                yield Found("verdict", _VERDICT, partial(self._verdict, title, evidence[event.subject]))

    def _case(self, event: Event) -> tuple[str, ...]:
        line = self.words("story-case-line", turns=int((event.data or {}).get("turns") or 0))
        return self.words("story-case", who=self._who(event.subject)), line

    def _verdict(self, title: str, evidence: Event) -> tuple[str, ...]:
        return title.rstrip("."), read_out(self.words, self.rules, self.card.names, evidence, MAX_LINE)

    # Prices

    def _course(self, good: Good) -> list[int]:
        """A price's stands, oldest first, two at least."""
        known = [turn.references[good] for turn in self.turns]
        if len(known) > 1:
            return known
        first = self.card.world.yesterday[good] if self.turn is self.card.turn else known[0]
        return [first, *known]

    def _price(self) -> Iterator[Found]:
        courses = {good: self._course(good) for good in GOODS}
        moves = {good: percent(*courses[good][-2:]) for good in GOODS}
        good = max(GOODS, key=lambda each: abs(moves[each]))
        move = moves[good]
        if abs(move) < MOVE:
            return
        yield Found("price", min(_PRICE_MOST, 14 + 3 * abs(move) // 2), partial(self._moved, good, move))
        running, moved = self._running(courses[good], move)
        if _STREAK <= running < len(courses[good]) - 1:  # else it may have begun before what is known
            weight = 18 + min(40, abs(moved) // 2)
            yield Found("streak", weight, partial(self._streak, good, move, running, moved))

    def _moved(self, good: Good, move: int) -> tuple[str, ...]:
        clause = capital(does(self.words, good, move))
        return self.words("story-price", way=way(move), clause=clause), self._why(good, move)

    def _streak(self, good: Good, move: int, turns: int, moved: int) -> tuple[str, ...]:
        name = self.words(f"good-{good}.title")
        title = self.words("story-streak", good=name, way=way(move), turns=turns, size=abs(moved))
        return title, self._why(good, move)

    def _running(self, course: Sequence[int], move: int) -> tuple[int, int]:
        """For how many turns a price has gone one way, and how many per cent it has made in them."""
        turns = 0
        for before, after in reversed(list(pairwise(course))):
            if (after - before) * move <= 0:
                break
            turns += 1
        return turns, percent(course[-1 - turns], course[-1])

    def _why(self, good: Good, move: int) -> str:
        """Why a price moved, as far as the record says; "" where it says nothing."""
        words, up = self.words, move > 0
        if title := self._decreed(good, move):
            return words("story-why-legend", title=title)
        if speaker := self._foresaid(good, move):
            return words("story-why-rumor", speaker=speaker, way="up" if up else "down")
        auction = self.turn.auctions[good]
        if (auction.demand - auction.supply) * move > 0:
            wanted, offered = auction.demand, auction.supply
            if not up:
                return words("story-why-glut", wanted=wanted, offered=offered)
            buyers = self._listed(self._buyers(good)) or "none"
            return words("story-why-want", wanted=wanted, offered=offered, buyers=buyers)
        start = self.rules.goods[good].start
        if (start - self.turn.references[good]) * move > 0:
            return words("story-why-usual", usual=price(words, start))
        return ""

    def _decreed(self, good: Good, move: int) -> str:
        """The title of the legend that moved a price by decree, if one did."""
        for event in self._events(EventKind.DECREE):
            data = event.data or {}
            if data.get("good") == good and int(data.get("percent") or 0) * move > 0:
                return self._at_work(good)
        return ""

    def _at_work(self, good: Good) -> str:
        """The title of a legend that acts on a good, if one does."""
        for standing in self.card.world.shocks:
            legend = self.rules.legends[standing.legend]
            if legend.shocks[standing.index].good is good and standing.start <= self.turn.number:
                return legend.title
        return ""

    def _foresaid(self, good: Good, move: int) -> str:
        """Who spread it in this turn that the price would go the way it went."""
        for event in reversed(self._events(EventKind.RUMOR)):
            data = event.data or {}
            if event.subject and data.get("about") == good and int(data.get("leaning") or 0) * move > 0:
                return self._who(event.subject)
        return ""

    def _buyers(self, good: Good) -> list[str]:
        """Who bought most of a good, at most three."""
        bought: Counter[str] = Counter()
        for trade in self.turn.trades:
            bought[trade.buyer] += trade.qty if trade.good is good else 0
        return [buyer for buyer, units_ in bought.most_common(_BUYERS) if units_]

    # Hearths, tables and larders

    def _hardship(self) -> Iterator[Found]:
        if cold := [event.subject for event in self._events(EventKind.COLD)]:
            yield Found("cold", 24 + 8 * len(cold), partial(self._cold, cold))
        hungry = [event.subject for event in self._events(EventKind.HUNGER) if not (event.data or {}).get("kinds")]
        if hungry:
            yield Found("hungry", 40 + 6 * len(hungry), partial(self._hungry, hungry))
        for event in self._events(EventKind.SPOIL):
            data = event.data or {}
            good, rotten = Good(str(data.get("good"))), int(data.get("units") or 0)
            if rotten >= _ROT:
                yield Found("rot", 20 + rotten, partial(self._rotten, event.subject, good, rotten))
        for of, kind, weight in ((EventKind.DEFAULT, "default", 52), (EventKind.CORNER_BROKEN, "corner", _CORNER)):
            for event in self._events(of):
                if line := event_line(self.words, event, self.rules, self.card.names):
                    yield Found(kind, weight, partial(_title, line))
        yield from self._moods()

    def _cold(self, names: Sequence[str]) -> tuple[str, ...]:
        title = self.words("story-cold", names=self._listed(names), count=len(names))
        return title, self.words("story-cold-price", price=price(self.words, self.turn.references[Good.FIREWOOD]))

    def _hungry(self, names: Sequence[str]) -> tuple[str, ...]:
        return (self.words("story-hungry", names=self._listed(names), count=len(names)),)

    def _rotten(self, key: str, good: Good, rotten: int) -> tuple[str, ...]:
        title = self.words("story-rot", who=self._who(key), load=units(self.words, good, rotten))
        return title, self.words("story-rot-why")

    def _moods(self) -> Iterator[Found]:
        """Creatures whose mood has just turned."""
        if self.before is None:
            return
        for creature in CREATURES:
            now, then = self.turn.moods[creature], self.before.moods[creature]
            if now < _GLUM <= then or then < _WARM <= now:
                yield Found("mood", 28 if now < then else 22, partial(self._mood, creature, low=now < then))

    def _mood(self, creature: Creature, *, low: bool) -> tuple[str, ...]:
        said = mood(self.words, self.turn.moods[creature])
        title = self.words("story-mood", who=self._who(creature), mood=said, low="yes" if low else "no")
        return title, self.words("story-mood-why", kinds=self.turn.kinds[creature], cold=self._is_cold(creature))

    def _is_cold(self, creature: Creature) -> str:
        return "yes" if any(event.subject == creature for event in self._events(EventKind.COLD)) else "no"

    # What is said

    def _talk(self) -> Iterator[Found]:
        for event in self._events(EventKind.RUMOR):
            if event.subject:
                yield Found("rumor", 42, partial(self._rumor, event))
        for event in self._events(EventKind.GOSSIP):
            data = event.data or {}
            about, line = str(data.get("about")), clean(str(data.get("text", "")))
            if about in CREATURES and int(data.get("leaning") or 0) < 0 and line:
                yield Found("quarrel", 31, partial(self._quarrel, event.subject, about, line))
        for event in self._events(EventKind.JOINED):
            yield Found("joined", 26, partial(self._joined, event.subject))

    def _rumor(self, event: Event) -> tuple[str, ...]:
        data = event.data or {}
        about = topic(self.words, self.rules, data.get("about"))
        leaning = {1: "up", -1: "down"}.get(int(data.get("leaning") or 0), "none")
        title = self.words("story-rumor", speaker=self._who(event.subject), about=about, way=leaning)
        return title, self.words("story-rumor-line")

    def _quarrel(self, speaker: str, about: str, line: str) -> tuple[str, ...]:
        title = self.words("story-quarrel", speaker=self._who(speaker), about=self._who(about))
        return title, self.words("story-quote", text=bounded(line, MAX_LINE)), line

    def _joined(self, key: str) -> tuple[str, ...]:
        return self.words("story-joined", who=self._who(key)), self.words("story-joined-line")

    # The market

    def _market(self) -> Iterator[Found]:
        trades = self.turn.trades
        if not trades:
            yield Found("untraded", 50, lambda: (self.words("story-untraded"),))
            return
        best = max(trades, key=lambda trade: (trade.qty * trade.price, trade.qty))
        if best.qty >= _DEAL:
            yield Found("deal", 20 + min(20, best.qty * best.price // 4), partial(self._deal, best))
        if self.before is not None:
            richest, was = _richest(self.turn.wealth), _richest(self.before.wealth)
            if richest is not was:
                yield Found("richest", 27, partial(self._overtaken, richest, was))

    def _deal(self, deal: Trade) -> tuple[str, ...]:
        title = self.words(
            "story-deal",
            buyer=self._who(deal.buyer),
            seller=self._who(deal.seller),
            units=units(self.words, deal.good, deal.qty),
        )
        return title, self.words("story-deal-line", price=deal.price)

    def _overtaken(self, richest: Creature, was: Creature) -> tuple[str, ...]:
        return (self.words("story-richest", who=self._who(richest), before=self._who(was)),)

    def _calm(self) -> tuple[str, ...]:
        merriest = max(CREATURES, key=lambda creature: self.turn.moods[creature])
        said = mood(self.words, self.turn.moods[merriest])
        line = self.words("story-quiet-line", who=self._who(merriest), mood=said)
        return self.words("story-quiet", trades=len(self.turn.trades)), line


def _title(line: str) -> tuple[str, ...]:
    return (line.rstrip("."),)


def _richest(wealth: Mapping[Creature, int]) -> Creature:
    return max(CREATURES, key=lambda creature: wealth[creature])
