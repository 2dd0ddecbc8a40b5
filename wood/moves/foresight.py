"""Foresight: a patron buys a true glimpse of what comes, or of what a creature thinks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from wood.almanac import hearth, year_of
from wood.belief import wants
from wood.calendar import date_of
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.household import cheapness, lacks, spare
from wood.moves.base import Quote, affordable, limit_of, pay, price_of, spender
from wood.moves.legend import LEGEND_BREATH
from wood.names import GOODS, Act, Creature, Good
from wood.orders import MAX_THOUGHT, Decision
from wood.refusal import Refusal, RefusalCode
from wood.rules import Layer, Legend, Shock
from wood.shocks import firewood_percent, in_force
from wood.stakes import Tip
from wood.world import Patron

FEE: Final = 15
HEAT: Final = 1
SHOCK_SIGHT: Final = 15
"""Turns within which a shock begins that can be foreseen."""
OMEN_SIGHT: Final = 10
"""Turns within which a boon or a bane falls whose omen can be read."""

What = Literal["shock", "thought", "omen"]


@dataclass(frozen=True, slots=True)
class Foresight:
    """A patron buys a glimpse: of the next ``shock``, of the meaning of an ``omen``, or a ``thought`` of a creature.

    ``limit`` is the most that it may cost, None for any.
    """

    patron: str
    what: What
    creature: Creature | None = None
    limit: int | None = None
    kind: Literal["foresight"] = "foresight"

    def quote(self, draft: Draft) -> Quote:
        """Its price; nothing of what would be seen.

        Raises:
            Refusal: see :meth:`admit`.
        """
        self._glimpse(draft)
        cost = price_of(draft, self.kind, FEE)
        affordable(draft, self.patron, cost, self.limit)
        return Quote(cost=cost, limit=self.limit or limit_of(cost), heat=HEAT, worst=cost)

    def admit(self, draft: Draft) -> None:
        """Pay, and learn what comes at once; a creature's thought at the turn's close, when it has one.

        Raises:
            Refusal: purse or price do not allow it, the patron has had its glimpse of this turn, or nothing is to be
                seen that it does not know.
        """
        quoted = self.quote(draft)
        tip, seen = self._glimpse(draft)
        pay(draft, self.patron, self.kind, quoted.cost)
        who = self.creature if self.what == "thought" and self.creature else ""
        record(draft, self.patron, Act.FORESIGHT, good=tip.good, who=who, pebbles=-quoted.cost, heat=HEAT)
        patron = draft.patrons[self.patron]
        draft.patrons[self.patron] = replace(patron, tips=(*patron.tips, tip))
        if seen:
            draft.tell(EventKind.FORESIGHT, self.patron, to=self.patron, **seen)

    def _glimpse(self, draft: Draft) -> tuple[Tip, Mapping[str, Any]]:
        """The tip, and what the patron is told of it at once."""
        patron = spender(draft, self.patron)
        if any(tip.turn == draft.now for tip in patron.tips):
            raise Refusal(RefusalCode.FORESEEN)
        if self.what == "thought":
            if self.creature is None:
                raise Refusal(RefusalCode.WHOSE_THOUGHT)
            return Tip("thought", self.creature, None, 0, draft.now, draft.now), {}
        seen = _next_shock(draft, patron) if self.what == "shock" else _next_omen(draft, patron)
        if seen is None:
            turns = SHOCK_SIGHT if self.what == "shock" else OMEN_SIGHT
            raise Refusal(RefusalCode.NOTHING_COMES, what=self.what, turns=turns)
        return seen


Seen = tuple[Tip, Mapping[str, Any]]


def _next_shock(draft: Draft, patron: Patron) -> Seen | None:
    """The part of a legend that begins next and that the patron has not foreseen; of one turn's the weightiest."""
    fresh = [(tip, shock) for tip, shock in _shocks(draft, patron) if not _known(patron, tip) and tip.due > draft.now]
    if not fresh:
        return None
    tip, shock = min(fresh, key=lambda each: (each[0].due, -abs(sum(each[1].decree))))
    return tip, {**_told(tip), "kind": shock.kind.value, "percent": sum(shock.decree)}


def _shocks(draft: Draft, patron: Patron) -> Iterator[tuple[Tip, Shock]]:
    """What is on its way: of legends that are told, of one that waits to be told, and of the almanac's."""
    legends = draft.rules.legends
    begin = [(legends[each.legend], each.index, each.start) for each in draft.shocks]
    pool = draft.pool
    if pool is not None and pool.gathered >= LEGEND_BREATH and pool.owner != patron.key:
        begin += _parts(legends[pool.legend], max(draft.now, draft.ready))
    for slug, turn in _falls(draft):
        begin += _parts(legends[slug], turn)
    for legend, index, start in begin:
        shock = legend.shocks[index]
        if shock.layer is Layer.SETTLEMENT and start <= draft.now + SHOCK_SIGHT:
            way = sum(shock.decree) or shock.leaning
            leaning = (way > 0) - (way < 0)
            yield Tip("shock", legend.slug, shock.good, leaning, draft.now, start), shock


def _parts(legend: Legend, told: int) -> list[tuple[Legend, int, int]]:
    return [(legend, index, told + shock.delay) for index, shock in enumerate(legend.shocks)]


def _falls(draft: Draft) -> list[tuple[str, int]]:
    """The boons and banes of this year and the next that are still to fall, soonest first: slug and turn."""
    this = date_of(draft.rules, draft.now).year
    falls = [
        (slug, (year - 1) * draft.rules.year + turn)
        for year in (this, this + 1)
        for turn, slug in year_of(draft.rules, draft.seed, year).falls.items()
    ]
    return sorted((fall for fall in falls if fall[1] > draft.now), key=lambda fall: fall[1])


def _next_omen(draft: Draft, patron: Patron) -> Seen | None:
    """The boon or bane that falls next and whose omen the patron has not read."""
    for slug, turn in _falls(draft):
        legend = draft.rules.legends[slug]
        tip = Tip("omen", slug, legend.good, legend.direction, draft.now, turn)
        if turn <= draft.now + OMEN_SIGHT and not _known(patron, tip):
            return tip, {**_told(tip), "lot": str(legend.lot)}
    return None


def _known(patron: Patron, tip: Tip) -> bool:
    return any(replace(known, turn=tip.turn) == tip for known in patron.tips)


def _told(tip: Tip) -> dict[str, Any]:
    return {"what": tip.what, "legend": tip.subject, "good": tip.good, "leaning": tip.leaning, "due": tip.due}


def divulge(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> None:
    """At the turn's close: tell those who paid for a creature's thought what it thinks."""
    for patron in tuple(draft.patrons.values()):
        for tip in patron.tips:
            if patron.present and tip.what == "thought" and tip.turn == draft.now:
                creature = Creature(tip.subject)
                told = thought_of(draft, creature, decisions.get(creature))
                draft.tell(EventKind.FORESIGHT, patron.key, to=patron.key, **told)


def thought_of(draft: Draft, creature: Creature, decision: Decision | None) -> dict[str, Any]:
    """What goes on in a creature at the turn's end, whether or not its mind says anything.

    Returns:
        ``text``: its mind's own words, a model's and so hostile, "" if there are none; ``about`` and ``points``: what
        it believes most, "" and 0 if nothing; ``good`` and ``units``: what it will want most tomorrow, None and 0 if
        nothing; ``spare`` and ``over``: what it can best do without, likewise.
    """
    beliefs = draft.beliefs[creature]
    about = max(beliefs, key=lambda each: abs(beliefs[each]), default="")
    keen = wants(beliefs)
    store = draft.ledger.on(creature)
    logs = _logs_tomorrow(draft)
    missing = lacks(draft.rules, cheapness(draft.usual, draft.references), store, creature, logs, 1, keen)
    left = spare(draft.rules, store, creature, logs, keen)
    wanted, over = _most(missing), _most(left)
    text = decision.thought if decision else ""
    return {
        "what": "thought",
        "creature": creature,
        # As gossip: halves of surrogate pairs, which JSON can carry and UTF-8 cannot, are left out.
        "text": text.encode("utf-8", "ignore").decode()[:MAX_THOUGHT],
        "about": about,
        "points": beliefs.get(about, 0),
        "good": wanted,
        "units": missing[wanted] if wanted else 0,
        "spare": over,
        "over": left[over] if over else 0,
    }


def _most(units: Mapping[Good, int]) -> Good | None:
    """The good with most units, of equals the first in canonical order."""
    return max((good for good in GOODS if units.get(good)), key=lambda good: units[good], default=None)


def _logs_tomorrow(draft: Draft) -> int:
    """Logs that a hearth will ask for tomorrow as far as anybody in the wood can know: by what has begun."""
    begun = [(shock, age + 1) for shock, age in in_force(draft.rules, draft, draft.now)]
    return (hearth(draft.rules, draft.seed, draft.now + 1) * firewood_percent(begun) + 50) // 100
