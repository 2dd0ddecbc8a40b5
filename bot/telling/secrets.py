"""What patrons had kept to themselves in a year: their strongest deeds in a sentence each, and a tally of all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.phrases import public, topic, who
from bot.telling.year import YearCard
from wood.chronicle import EventKind
from wood.names import Act
from wood.stakes import Entry

CLOSE: Final = 5
"""Turns before a bet within which words or deeds on its good belong to its tale."""
_ENDS: Final = frozenset({Act.PROFIT, Act.GAIN, Act.LOSS, Act.WON})
_BETS: Final = frozenset({Act.LONG, Act.SHORT})
_LEADS: Final = (
    Act.FORESIGHT,
    Act.BRIBE,
    Act.CORNER,
    Act.LIED,
    Act.WHISPER,
    Act.LEGEND,
    Act.RUMOR,
)
"""What a bet may follow from, the most telling first."""
_LINKED: Final = {Act.FORESIGHT: 25, Act.BRIBE: 25, Act.CORNER: 20, Act.LIED: 22}
"""What a bet is worth more as a tale that followed from this; from anything else, ten."""
_ALONE: Final = {
    Act.BRIBE: 30,
    Act.CORNER: 34,
    Act.LOST: 26,
    Act.LIED: 18,
    Act.BROKER: 16,
    Act.BOUNTY: 20,
    Act.DENOUNCED: 12,
    Act.FORESIGHT: 8,
    Act.LENT: 6,
    Act.WHISPER: 3,
}
"""What deeds are worth that led to no bet."""
_TALLIED: Final = (
    Act.WHISPER,
    Act.LIED,
    Act.FORESIGHT,
    Act.LENT,
    Act.BRIBE,
    Act.BROKER,
    Act.CORNER,
    Act.DENOUNCED,
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A deed that was secret: in which turn it came to its end, how much of a tale it is, and its sentence, plain."""

    turn: int
    weight: int
    line: str


def all_secrets(words: Words, card: YearCard) -> dict[str, list[Secret]]:
    """Patron key -> its secret deeds, the strongest first; only of those who had any worth a sentence.

    Args:
        words: the language.
        card: the year.
    """
    spoken = _spoken(card)
    found = {
        key: list(_Tale(words, card, entries, spoken.get(key, ())).tell()) for key, entries in card.secrets.items()
    }
    return {
        key: sorted(secrets, key=lambda secret: (-secret.weight, secret.turn))
        for key, secrets in found.items()
        if secrets
    }


def tally(words: Words, entries: Iterable[Entry]) -> str:
    """How many there were of each kind of deed: ``"9 whispers, 2 bribes and 6 bets"``; "" for none worth counting."""
    counts = Counter("bet" if each.act in _BETS else each.act.value for each in entries)
    shown = [words(f"saga-count-{kind}", count=counts[kind]) for kind in (*_TALLIED, "bet", Act.WAGER) if counts[kind]]
    return words.listed(shown)


class _Tale:
    """Tells one patron's deeds; what one sentence has told, no other tells again."""

    def __init__(self, words: Words, card: YearCard, entries: Sequence[Entry], spoken: Sequence[Entry]) -> None:
        self.words = words
        self.card = card
        self.entries = entries
        self.leads = sorted([*entries, *spoken], key=lambda entry: entry.turn)
        self.told: set[int] = set()
        """Which entries are told, by identity: two may be alike."""

    def tell(self) -> Iterator[Secret]:
        for entry in self.entries:
            if entry.act in _ENDS:
                yield self._bet(entry)
        for entry in self.entries:
            if entry.act in _ALONE and id(entry) not in self.told:
                yield self._alone(entry)

    def _bet(self, end: Entry) -> Secret:
        """How a bet, or a wager, ended, with what it followed from."""
        begun = self._begun(end)
        lead = self._lead(end, (begun or end).turn)
        for each in (end, begun, lead):
            if each is not None:
                self.told.add(id(each))
        how = "wager" if end.act is Act.WON or (begun is not None and begun.act is Act.WAGER) else "none"
        line = self.words(
            "saga-bet",
            lead=_deed(lead) if lead is not None else "none",
            **self._about(lead if lead is not None and lead.who else end),
            side=begun.act.value if begun is not None and begun.act in _BETS else how,
            won="yes" if end.pebbles > 0 else "no",
            pebbles=abs(end.pebbles),
        )
        tale = _LINKED.get(lead.act, 10) if lead is not None else 0
        return Secret(end.turn, abs(end.pebbles) + tale, line)

    def _begun(self, end: Entry) -> Entry | None:
        """The bet or the wager that ended."""
        before = [each for each in self.entries if each.good is end.good and each.turn <= end.turn]
        open_ = [each for each in before if id(each) not in self.told]
        wagers = [each for each in open_ if each.act is Act.WAGER]
        if end.act is Act.WON:
            return wagers[-1] if wagers else None
        lost = [each for each in wagers if end.act is Act.LOSS and each.pebbles == end.pebbles]
        bets = [each for each in open_ if each.act in _BETS]
        return next(reversed(bets or lost), None)

    def _lead(self, end: Entry, begun: int) -> Entry | None:
        """What was said or done about the good shortly before, the most telling of it."""
        close = [
            each
            for each in self.leads
            if each.good is end.good
            and begun - CLOSE <= each.turn <= begun
            and each.act in _LEADS
            and id(each) not in self.told
        ]
        return min(close, key=lambda each: (_LEADS.index(each.act), -each.turn), default=None)

    def _alone(self, entry: Entry) -> Secret:
        self.told.add(id(entry))
        gained = entry.pebbles
        if entry.act is Act.CORNER:
            sold = next((each for each in self.entries if _sells(each, entry)), None)
            gained = sold.pebbles if sold is not None else entry.pebbles
        line = self.words(
            "saga-deed",
            act=_deed(entry),
            **self._about(entry),
            won="yes" if gained > 0 else "no",
            pebbles=abs(gained),
        )
        more = abs(gained) // 2 if entry.act in {Act.CORNER, Act.LOST, Act.BOUNTY, Act.LENT} else 0
        return Secret(entry.turn, _ALONE[entry.act] + more, line)

    def _about(self, entry: Entry) -> dict[str, Fact]:
        rules, names = self.card.rules, self.card.names
        good = topic(self.words, rules, entry.good) if entry.good is not None else "none"
        return {"good": good, "whom": who(self.words, rules, names, entry.who) if entry.who else "none"}


def _deed(entry: Entry) -> str:
    """What a deed is called; a bribe that brought nothing to anybody was turned down."""
    return "bribe-declined" if entry.act is Act.BRIBE and not entry.pebbles else entry.act.value


def _sells(entry: Entry, corner: Entry) -> bool:
    return entry.act is Act.SOLD and entry.good is corner.good and entry.turn > corner.turn


def _spoken(card: YearCard) -> Mapping[str, Sequence[Entry]]:
    """Patron key -> what the patron said and told of goods in public, as entries of a file."""
    found: dict[str, list[Entry]] = {}
    for turn, event in public(card.turns, EventKind.RUMOR, EventKind.LEGEND):
        data = event.data or {}
        rumor = event.kind is EventKind.RUMOR
        about = data.get("about") if rumor else data.get("good")
        good = next((good for good in card.rules.goods if good == about), None)
        if good is not None:
            for key in [event.subject] if rumor else data.get("patrons") or ():
                entry = Entry(turn.number, Act.RUMOR if rumor else Act.LEGEND, good)
                found.setdefault(str(key), []).append(entry)
    return found
