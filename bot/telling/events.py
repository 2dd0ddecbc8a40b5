"""What happened, in words: one sentence for each event that everybody may see."""

from collections.abc import Mapping

from bot.telling.catalog import Fact, Words
from bot.telling.phrases import capital, legend_of, price, topic, units, who
from bot.telling.taming import clean
from wood.chronicle import Event, EventKind
from wood.names import Good
from wood.rules import Rules


def event_line(words: Words, event: Event, rules: Rules, names: Mapping[str, str]) -> str | None:
    """One sentence about a public event; None for what only one player or creature may know.

    Args:
        words: the language to speak, the wood's.
        event: what happened.
        rules: the content.
        names: patron key -> name as shown.
    """
    if event.to is not None:
        return None
    facts = _Facts(words, event, rules, names)
    line = _news(facts) or _household(facts) or _fortunes(facts) or _court(facts) or _plain(facts)
    return capital(line) if line else None


class _Facts:
    """An event's data, read with care: a missing key is a blank or a nought, never an error in a report."""

    def __init__(self, words: Words, event: Event, rules: Rules, names: Mapping[str, str]) -> None:
        self.words = words
        self.kind = event.kind
        self.rules = rules
        self.names = names
        self.subject = self.who(event.subject)
        self.data = event.data or {}
        self.legend = legend_of(rules, event)

    def who(self, key: str) -> str:
        return who(self.words, self.rules, self.names, key)

    def topic(self, about: str | None) -> str:
        return topic(self.words, self.rules, about)

    def text(self, key: str) -> str:
        return clean(str(self.data.get(key) or ""))

    def number(self, key: str) -> int:
        return int(self.data.get(key) or 0)

    @property
    def title(self) -> str:
        return self.legend.title if self.legend else self.words("event-some-legend")

    @property
    def good(self) -> str:
        return self.topic(self.data.get("good"))

    @property
    def load(self) -> str:
        """So many units of the event's good."""
        good = self.text("good")
        return units(self.words, Good(good), self.number("units")) if good in self.rules.goods else self.good


def _plain(facts: _Facts) -> str | None:
    """What needs no more than its sentence: ``event-<kind>``, told with the subject and the event's own facts."""
    key = f"event-{facts.kind}"
    if not facts.words.has(key):
        return None
    told: dict[str, Fact] = {}
    for name, fact in facts.data.items():
        if name == "good":
            told[name] = facts.good
        elif name == "creature":
            told[name] = facts.who(str(fact))
        elif isinstance(fact, int | str):
            told[name] = fact if isinstance(fact, int) else clean(fact)
    return facts.words(key, subject=facts.subject, **told)


def _news(facts: _Facts) -> str | None:
    """What is said and told."""
    words = facts.words
    match facts.kind:
        case EventKind.LEGEND:
            if facts.legend is not None and not facts.legend.in_deck:
                return words("event-legend-over", title=facts.title)
            tellers = [facts.who(str(key)) for key in facts.data.get("patrons") or ()]
            if tellers:
                return words("event-legend-told", tellers=words.listed(tellers), title=facts.title)
            return words("event-legend-is-told", title=facts.title)
        case EventKind.SHOCK:
            return words("event-shock", title=facts.title, good=facts.good)
        case EventKind.DECREE:
            before, after = (price(words, facts.number(key)) for key in ("before", "after"))
            return words("event-decree", good=facts.good, before=before, after=after)
        case EventKind.RUMOR:
            return words("event-rumor", who=facts.subject, text=facts.text("text"))
        case EventKind.GOSSIP:
            return words("event-gossip", who=facts.subject, text=facts.text("text"))
        case EventKind.JUDGED:
            return judged(words, facts.subject, facts.good, true=bool(facts.data.get("true")))
        case EventKind.OMEN:
            return _sign(facts)
        case EventKind.FASHION:
            return words("event-fashion", good=facts.good, spurned=facts.topic(facts.text("spurned")))
        case EventKind.GATHERING:
            return words("event-gathering", breath=facts.number("breath"), needed=facts.number("needed"))
    return None


def _sign(facts: _Facts) -> str | None:
    """What was seen, in the content's own words; nothing of what it announces."""
    signs = facts.rules.legends[facts.legend.slug].signs if facts.legend else ()
    number = facts.number("sign")
    return signs[number] if number < len(signs) else None


def judged(words: Words, speaker: str, good: str, *, true: bool) -> str:
    """What became of a speaker's rumors about a good, or about a list of them."""
    return words("event-judged", who=speaker, good=good, true="yes" if true else "no")


def _household(facts: _Facts) -> str | None:
    """What befalls stores, hearths and tables."""
    words = facts.words
    match facts.kind:
        case EventKind.WEATHER:
            return _weather(facts)
        case EventKind.WINDFALL:
            return words("event-windfall", load=facts.load, who=facts.subject)
        case EventKind.SPOIL:
            return words("event-spoil", load=facts.load, count=facts.number("units"), who=facts.subject)
        case EventKind.COLD:
            return words("event-cold", who=facts.subject, count=facts.number("missing"))
        case EventKind.HUNGER:
            return words("event-hunger", who=facts.subject, kinds=facts.number("kinds"))
    return None


def _weather(facts: _Facts) -> str:
    weather = facts.data.get("weather") or {}
    rich, poor = ([facts.topic(good) for good, luck in weather.items() if luck == sign] for sign in (1, -1))
    luck = ("both" if poor else "rich") if rich else ("poor" if poor else "none")
    words = facts.words
    return words("event-weather", luck=luck, rich=words.listed(rich), poor=words.listed(poor))


def _fortunes(facts: _Facts) -> str | None:
    """What befalls purses and patrons."""
    words = facts.words
    match facts.kind:
        case EventKind.LOAN:
            return words("event-loan", who=facts.subject, count=facts.number("amount"))
        case EventKind.REPAID:
            return words("event-repaid", who=facts.subject, count=facts.number("amount"))
        case EventKind.DEFAULT:
            return words("event-default", who=facts.subject, count=facts.number("owed"))
        case EventKind.RUINED:
            return words("event-ruined", who=facts.subject, count=facts.number("owed"))
        case EventKind.MONEY:
            pebbles = facts.number("pebbles")
            if pebbles > 0:
                return words("event-given", who=facts.subject, count=pebbles)
            return words("event-toll", who=facts.subject, count=-pebbles)
        case EventKind.CORNER_BROKEN:
            return words("event-corner-broken", good=facts.good)
        case EventKind.JOINED:
            return words("event-joined", who=facts.subject)
        case EventKind.LEFT:
            return words("event-left")
        case EventKind.YEAR:
            year, winner = facts.number("year"), facts.who(facts.text("winner"))
            if patron := facts.text("patron"):
                return words("event-year-patron", year=year, winner=winner, patron=facts.who(patron))
            return words("event-year", year=year, winner=winner)
    return None


def _court(facts: _Facts) -> str | None:
    """What Magistrate Heron does."""
    words, subject = facts.words, facts.subject
    match facts.kind:
        case EventKind.CASE:
            return words("event-case", subject=subject, turns=facts.number("turns"))
        case EventKind.EVIDENCE:
            count, pebbles = facts.number("count"), facts.number("pebbles")
            return words("event-evidence", subject=subject, count=count, pebbles=pebbles)
        case EventKind.VERDICT:
            verdict, fine, turns = facts.text("verdict"), facts.number("fine"), facts.number("turns")
            return words("event-verdict", subject=subject, verdict=verdict, fine=fine, turns=turns)
    return None
