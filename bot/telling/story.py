"""The board's one story: what the last turn brought that matters most, in words that a newcomer has.

Everything that may be told is found with a weight, and the weightiest is told. Like headlines, a story claims only what
the record says. Pure; what patrons and models wrote comes out plain and is escaped where it is shown.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.telling.cards import BoardCard
from bot.telling.catalog import Words
from bot.telling.court import read_out
from bot.telling.events import event_line
from bot.telling.omens import omen_lines
from bot.telling.phrases import capital, does, legend_of, mood, percent, price, public, season_name, topic, units, who
from bot.telling.taming import bounded, clean, whole_sentences
from wood.almanac import hearth
from wood.chronicle import Event, EventKind, Turn
from wood.hearsay import subject
from wood.names import CREATURES, GOODS, Creature, Good

MAX_LINE: Final = 240
"""Characters of a story below its title."""
MOVE: Final = 3
"""Per cent from which the move of a price is worth telling."""
_BARS: Final = "▁▂▃▅▇"
_COURSE: Final = 8
_STALE: Final = (50, 35, 20, 10)
"""Per cent that a story loses where its kind was told one, two, … turns ago."""
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
class Story:
    """What a turn is told by. Plain text.

    Attributes:
        kind: what sort of story it is; one that was told a turn ago is worth less.
        weight: how much it matters; of several the greatest is told.
        title: one line without a full stop.
        line: a sentence or two that say why; "" where the title says it all.
        quoted: the words of a creature that stand in the line, so that they need not be told again.
    """

    kind: str
    weight: int
    title: str
    line: str = ""
    quoted: str = ""


def tell(words: Words, card: BoardCard) -> Story | None:
    """The story of a board's last turn; None before the first."""
    if card.turn is None:
        return None
    turns = [*(turn for turn in card.recent if turn.number < card.turn.number), card.turn]
    told: list[str] = []
    for at in range(max(0, len(turns) - 1 - len(_STALE)), len(turns)):
        stories = _Teller(words, card, turns[: at + 1]).stories()
        best = max(stories, key=lambda story: _fresh(story, told))
        told.append(best.kind)
    return best


def _fresh(story: Story, told: Sequence[str]) -> int:
    """A story's weight, less where the turns before were told by the same kind; of several the latest counts."""
    ago = next((ago for ago, kind in enumerate(reversed(told)) if kind == story.kind), len(_STALE))
    return story.weight * (100 - _STALE[ago]) if ago < len(_STALE) else story.weight * 100


def hottest(card: BoardCard) -> tuple[Good, int]:
    """The good that moved most in the last turn, and by how many per cent."""
    moves = {good: percent(card.world.yesterday[good], card.world.references[good]) for good in GOODS}
    good = max(GOODS, key=lambda each: abs(moves[each]))
    return good, moves[good]


def sparkline(course: Sequence[int]) -> str:
    """A price's last eight stands as small bars, the least the lowest: ``"▁▂▃▅▇▇"``; "" for fewer than two."""
    shown = course[-_COURSE:]
    if len(shown) < 2:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return _BARS[len(_BARS) // 2] * len(shown)
    return "".join(_BARS[(each - low) * (len(_BARS) - 1) // (high - low)] for each in shown)


def best_lines(card: BoardCard, most: int, told: str = "") -> list[tuple[Creature, str]]:
    """The best of what creatures said, in their order: lines that name somebody, then those about the hottest good.

    Args:
        card: the board.
        most: how many lines at most.
        told: a line that stands in the story already.
    """
    good, _ = hottest(card)
    names = [name.casefold() for name in card.names.values()]
    kept: dict[str, tuple[int, Creature]] = {}
    for creature, line in card.quotes:
        about = subject(card.rules.tongue, line)
        named = about in CREATURES or any(name in line.casefold() for name in names)
        worth = 4 * named + 2 * (about is good) + (about is not None)
        if line and line != told and line not in kept:
            kept[line] = worth, creature
    best = sorted(kept, key=lambda line: -kept[line][0])[:most]
    return [(creature, line) for line, (_, creature) in kept.items() if line in best]


class _Teller:
    """Finds what may be told of one turn."""

    def __init__(self, words: Words, card: BoardCard, turns: Sequence[Turn]) -> None:
        self.words = words
        self.card = card
        self.rules = card.rules
        self.turns = turns
        self.turn = turns[-1]
        self.before = turns[-2] if len(turns) > 1 else None

    def stories(self) -> Iterator[Story]:
        yield from self._legends()
        yield from self._calendar()
        yield from self._court()
        yield from self._price()
        yield from self._hardship()
        yield from self._talk()
        yield from self._market()
        yield self._quiet()

    def _events(self, kind: EventKind) -> list[Event]:
        return [event for _, event in public([self.turn], kind)]

    def _who(self, key: str) -> str:
        return who(self.words, self.rules, self.card.names, key)

    def _listed(self, keys: Sequence[str]) -> str:
        return self.words.listed([self._who(key) for key in keys])

    # Legends and the calendar

    def _legends(self) -> Iterator[Story]:
        new = {event.subject for event in self._events(EventKind.LEGEND)}
        for event in self._events(EventKind.LEGEND):
            if legend := legend_of(self.rules, event):
                key, weight = ("story-told", 100) if legend.in_deck else ("story-shock", 78)
                tale = whole_sentences(clean(legend.tale), MAX_LINE)
                yield Story("told", weight, self.words(key, title=legend.title), tale)
        for standing in self.card.world.shocks:
            legend = self.rules.legends[standing.legend]
            line = legend.shocks[standing.index].text
            if standing.start == self.turn.number and standing.legend not in new and line:
                title = self.words("story-goes-on", title=legend.title)
                yield Story("phase", 70, title, bounded(clean(line), MAX_LINE))

    def _calendar(self) -> Iterator[Story]:
        words = self.words
        for event in self._events(EventKind.YEAR):
            data = event.data or {}
            winner = self._who(str(data.get("winner") or event.subject))
            yield Story("year", 95, words("story-year", year=int(data.get("year") or 0), winner=winner))
        if self.turn.day == 1 and self.turn.number > 1:
            season = season_name(self.rules, self.turn)
            logs = hearth(self.rules, self.card.world.seed, self.turn.number)
            yield Story("season", 60, words("story-season", season=season), words("story-hearths", logs=logs))
        for line in omen_lines(words, self.rules, self.card.names, [self.turn]):
            yield Story("omen", 55, words("story-omen"), line)

    def _court(self) -> Iterator[Story]:
        """Files that Magistrate Heron opens, and how they end."""
        for event in self._events(EventKind.CASE):
            line = self.words("story-case-line", turns=int((event.data or {}).get("turns") or 0))
            yield Story("case", _OPENED, self.words("story-case", who=self._who(event.subject)), line)
        evidence = {event.subject: event for event in self._events(EventKind.EVIDENCE)}
        for event in self._events(EventKind.VERDICT):
            title = event_line(self.words, event, self.rules, self.card.names)
            if title and event.subject in evidence:
                line = read_out(self.words, self.rules, self.card.names, evidence[event.subject], MAX_LINE)
                yield Story("verdict", _VERDICT, title.rstrip("."), line)

    # Prices

    def _course(self, good: Good) -> list[int]:
        """A price's stands, oldest first, two at least."""
        known = [turn.references[good] for turn in self.turns]
        if len(known) > 1:
            return known
        first = self.card.world.yesterday[good] if self.turn is self.card.turn else known[0]
        return [first, *known]

    def _price(self) -> Iterator[Story]:
        courses = {good: self._course(good) for good in GOODS}
        moves = {good: percent(*courses[good][-2:]) for good in GOODS}
        good = max(GOODS, key=lambda each: abs(moves[each]))
        move = moves[good]
        if abs(move) < MOVE:
            return
        turned = "up" if move > 0 else "down"
        title = self.words("story-price", way=turned, clause=capital(does(self.words, good, move)))
        why = self._why(good, move)
        yield Story("price", min(_PRICE_MOST, 14 + 3 * abs(move) // 2), title, why)
        running, moved = self._running(courses[good], move)
        if _STREAK <= running < len(courses[good]) - 1:  # else it may have begun before what is known
            name = self.words(f"good-{good}.title")
            title = self.words("story-streak", good=name, way=turned, turns=running, size=abs(moved))
            yield Story("streak", 18 + min(40, abs(moved) // 2), title, why)

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

    def _hardship(self) -> Iterator[Story]:
        words = self.words
        if cold := [event.subject for event in self._events(EventKind.COLD)]:
            logs = price(words, self.turn.references[Good.FIREWOOD])
            title = words("story-cold", names=self._listed(cold), count=len(cold))
            yield Story("cold", 24 + 8 * len(cold), title, words("story-cold-price", price=logs))
        hungry = [event.subject for event in self._events(EventKind.HUNGER) if not (event.data or {}).get("kinds")]
        if hungry:
            title = words("story-hungry", names=self._listed(hungry), count=len(hungry))
            yield Story("hungry", 40 + 6 * len(hungry), title)
        for event in self._events(EventKind.SPOIL):
            data = event.data or {}
            good, rotten = Good(str(data.get("good"))), int(data.get("units") or 0)
            if rotten >= _ROT:
                load = units(words, good, rotten)
                title = words("story-rot", who=self._who(event.subject), load=load)
                yield Story("rot", 20 + rotten, title, words("story-rot-why"))
        for event in self._events(EventKind.DEFAULT):
            if line := event_line(words, event, self.rules, self.card.names):
                yield Story("default", 52, line.rstrip("."))
        for event in self._events(EventKind.CORNER_BROKEN):
            if line := event_line(words, event, self.rules, self.card.names):
                yield Story("corner", _CORNER, line.rstrip("."))
        yield from self._moods()

    def _moods(self) -> Iterator[Story]:
        """Creatures whose mood has just turned."""
        if self.before is None:
            return
        for creature in CREATURES:
            now, then = self.turn.moods[creature], self.before.moods[creature]
            if now < _GLUM <= then or then < _WARM <= now:
                said = mood(self.words, now)
                title = self.words("story-mood", who=self._who(creature), mood=said, low="yes" if now < then else "no")
                why = self.words("story-mood-why", kinds=self.turn.kinds[creature], cold=self._is_cold(creature))
                yield Story("mood", 28 if now < then else 22, title, why)

    def _is_cold(self, creature: Creature) -> str:
        return "yes" if any(event.subject == creature for event in self._events(EventKind.COLD)) else "no"

    # What is said

    def _talk(self) -> Iterator[Story]:
        words = self.words
        for event in self._events(EventKind.RUMOR):
            data = event.data or {}
            about = topic(words, self.rules, data.get("about"))
            leaning = {1: "up", -1: "down"}.get(int(data.get("leaning") or 0), "none")
            if event.subject:
                title = words("story-rumor", speaker=self._who(event.subject), about=about, way=leaning)
                yield Story("rumor", 42, title, words("story-rumor-line"))
        for event in self._events(EventKind.GOSSIP):
            data = event.data or {}
            about, line = str(data.get("about")), clean(str(data.get("text", "")))
            if about in CREATURES and int(data.get("leaning") or 0) < 0 and line:
                title = words("story-quarrel", speaker=self._who(event.subject), about=self._who(about))
                yield Story("quarrel", 31, title, words("story-quote", text=bounded(line, MAX_LINE)), line)
        for event in self._events(EventKind.JOINED):
            yield Story("joined", 26, words("story-joined", who=self._who(event.subject)), words("story-joined-line"))

    # The market

    def _market(self) -> Iterator[Story]:
        words, trades = self.words, self.turn.trades
        if not trades:
            yield Story("untraded", 50, words("story-untraded"))
            return
        best = max(trades, key=lambda trade: (trade.qty * trade.price, trade.qty))
        if best.qty >= _DEAL:
            title = words(
                "story-deal",
                buyer=self._who(best.buyer),
                seller=self._who(best.seller),
                units=units(words, best.good, best.qty),
            )
            line = words("story-deal-line", price=best.price)
            yield Story("deal", 20 + min(20, best.qty * best.price // 4), title, line)
        if self.before is not None:
            richest, was = _richest(self.turn.wealth), _richest(self.before.wealth)
            if richest is not was:
                yield Story("richest", 27, words("story-richest", who=self._who(richest), before=self._who(was)))

    def _quiet(self) -> Story:
        merriest = max(CREATURES, key=lambda creature: self.turn.moods[creature])
        said = mood(self.words, self.turn.moods[merriest])
        line = self.words("story-quiet-line", who=self._who(merriest), mood=said)
        return Story("quiet", 1, self.words("story-quiet", trades=len(self.turn.trades)), line)


def _richest(wealth: Mapping[Creature, int]) -> Creature:
    return max(CREATURES, key=lambda creature: wealth[creature])
