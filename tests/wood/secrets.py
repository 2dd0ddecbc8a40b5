"""What is nobody's to know: the events that everybody may see, secrets to plant, and what is the same without them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from tests.wood.woods import MINDS, RULES, holding, play, wood
from wood.bourse import EFFECT, TRUTH
from wood.chronicle import Event, EventKind, Turn
from wood.draft import Draft
from wood.heat import record
from wood.magistrate import HEARING, HOT, REACH
from wood.moves import CastRumor, DrawLegend
from wood.names import CREATURES, GOODS, MARGIN, PEBBLES, Act, Creature, Good, patron_account, warehouse
from wood.rules import Rules
from wood.season import SECRETS
from wood.stakes import Case, Corner, Entry, Pact, Position, Tip, Wager
from wood.turn import Morning
from wood.world import World

PUBLIC: Final[Mapping[EventKind, frozenset[str]]] = {
    kind: frozenset(keys.split())
    for kind, keys in {
        EventKind.WEATHER: "weather",
        EventKind.WINDFALL: "good units",
        EventKind.LEGEND: "good patrons",
        EventKind.SHOCK: "kind good",
        EventKind.DECREE: "good percent before after",
        EventKind.RUMOR: "about text leaning",
        EventKind.GOSSIP: "text about leaning",
        EventKind.SPOIL: "good units",
        EventKind.COLD: "missing",
        EventKind.HUNGER: "kinds",
        EventKind.LOAN: "amount owed due lender",
        EventKind.REPAID: "amount",
        EventKind.DEFAULT: "owed paid",
        EventKind.MONEY: "pebbles",
        EventKind.JOINED: "alias",
        EventKind.LEFT: "",
        EventKind.GATHERING: "breath needed",
        EventKind.BELIEF: "about leaning text believed",
        EventKind.JUDGED: "true good leaning chance score echo",
        EventKind.CALLED: "good leaning right chance score streak",
        EventKind.FASHION: "good spurned",
        EventKind.OMEN: "sign",
        EventKind.RUINED: "owed",
        EventKind.CORNER_BROKEN: "good",
        EventKind.CASE: "due turns",
        EventKind.EVIDENCE: "entries count pebbles",
        EventKind.VERDICT: "verdict fine until turns bounty",
        EventKind.COUNTED: "year pebbles standing rank titles course",
        EventKind.SAGA: "year entries",
        EventKind.YEAR: "year winner standing patron",
    }.items()
}
"""The events that everybody may see, with all that they may tell."""


def public(events: Sequence[Event]) -> Iterator[Event]:
    """The events of a turn that everybody may see."""
    return (event for event in events if event.to is None)


def check_secrets(rules: Rules, before: World, morning: Morning, turn: Turn) -> None:
    """What a turn tells everybody: nothing but what is public, and a patron's file only when the rules read it out."""
    ends = turn.number % rules.year == 0
    due = {case.patron for case in (*before.cases, *morning.world.cases) if case.due <= turn.number}
    for event in public(turn.events):
        assert event.kind in PUBLIC, f"{event.kind} is nobody else's"
        assert set(event.data or {}) <= PUBLIC[event.kind], event
        assert event.kind is not EventKind.LOAN or (event.data or {})["lender"] not in before.patrons
        if event.kind in {EventKind.EVIDENCE, EventKind.VERDICT}:
            assert event.subject in due, "read out before its case was heard"
        if event.kind in {EventKind.SAGA, EventKind.COUNTED}:
            assert ends, "told before the year's end"
    for event in public(turn.events):
        entries = (event.data or {}).get("entries", ())
        if event.kind is EventKind.EVIDENCE:
            assert all(entry["heat"] > 0 and entry["turn"] > turn.number - REACH for entry in entries)
        if event.kind is EventKind.SAGA:
            assert {entry["act"] for entry in entries} <= {act.value for act in SECRETS}
            assert all(turn.number - rules.year < entry["turn"] <= turn.number for entry in entries)
    suspects = {event.subject for event in public(turn.events) if event.kind is EventKind.VERDICT}
    assert suspects == {event.subject for event in public(turn.events) if event.kind is EventKind.EVIDENCE}


@dataclass(frozen=True)
class Plot:
    """What three patrons are up to, and what none of the others, nor a creature that is not in it, may know.

    Attributes:
        heats: how hot they are, too little for a case to be opened.
        deeds: what stands in their files.
        tips: what they have foreseen.
        positions: what they have open at the Bourse: patron, good, side and stake.
        wagers: what they have staked on words: patron, good, leaning, on what, and to whom they were said.
        pacts: what creatures promised them: patron, creature, partner, and what.
        corners: whose agent buys up what, with how many pebbles.
        accuser: who denounced p3, on whom a file is open.
    """

    heats: Mapping[str, int]
    deeds: Sequence[tuple[str, Entry]] = ()
    tips: Sequence[tuple[str, Tip]] = ()
    positions: Sequence[tuple[str, Good, int, int]] = ()
    wagers: Sequence[tuple[str, Good, int, str, Creature | None]] = ()
    pacts: Sequence[tuple[str, Creature, Creature | None, str]] = ()
    corners: Sequence[tuple[str, Good, int]] = ()
    accuser: str = ""

    @property
    def bound(self) -> set[Creature]:
        """The creatures that know of it, by their own promises."""
        return {creature for _, one, other, _ in self.pacts for creature in (one, other) if creature}


KEYS: Final = ("p1", "p2", "p3")
NOW: Final = 9
"""Turns after which plots are planted."""
_keys = st.sampled_from(KEYS)
_goods = st.sampled_from(GOODS)
_sides = st.sampled_from([1, -1])
_creatures = st.sampled_from(CREATURES)
_deeds = st.tuples(
    _keys,
    st.builds(
        Entry,
        st.integers(1, NOW),
        st.sampled_from(Act),
        st.none() | _goods,
        st.sampled_from(["", "pip", "p1", "p2"]),
        st.integers(-90, 90),
        st.integers(0, 9),
    ),
)
_tips = st.tuples(
    _keys,
    st.builds(
        Tip,
        st.sampled_from(["shock", "omen"]),
        st.sampled_from(sorted(RULES.legends)),
        st.none() | _goods,
        st.integers(-1, 1),
        st.integers(1, NOW),
        st.integers(NOW + 1, NOW + 15),
    ),
)
_pacts = st.one_of(
    st.tuples(_keys, _creatures, st.none(), st.sampled_from(["withhold", "dump"])),
    st.tuples(_keys, st.just(Creature.FENN), st.just(Creature.PIP), st.just("broker")),
)
quiet_plots: st.SearchStrategy[Plot] = st.builds(
    Plot,
    heats=st.fixed_dictionaries({key: st.integers(0, HOT) for key in KEYS}),
    deeds=st.lists(_deeds, max_size=6),
    tips=st.lists(_tips, max_size=4, unique_by=lambda tip: (tip[0], tip[1].turn)),
    positions=st.lists(st.tuples(_keys, _goods, _sides, st.integers(10, 20)), max_size=3, unique_by=lambda it: it[:2]),
    wagers=st.lists(
        st.tuples(_keys, _goods, _sides, st.sampled_from([TRUTH, EFFECT]), st.none() | _creatures),
        max_size=3,
        unique_by=lambda it: it[:2],
    ),
    accuser=st.sampled_from(["", "p1", "p2"]),
)
"""Plots that move nothing."""
plots: st.SearchStrategy[Plot] = st.builds(
    replace,
    quiet_plots,
    pacts=st.lists(_pacts, max_size=3, unique_by=lambda it: it[1]),
    corners=st.lists(
        st.tuples(_keys, _goods, st.integers(30, 60)), max_size=2, unique_by=(lambda it: it[0], lambda it: it[1])
    ),
)
"""Plots in which creatures have promised something, and agents are sent out."""
STAKE: Final = 10
"""Pebbles of each wager that is planted."""


def planted(world: World, plot: Plot) -> World:
    """The same wood in which patrons are up to something: whatever stands elsewhere is missing in their purses."""
    draft = Draft(RULES, world)
    for key, entry in sorted(plot.deeds, key=lambda deed: deed[1].turn):
        record(draft, key, entry.act, good=entry.good, who=entry.who, pebbles=entry.pebbles, heat=entry.heat)
    for key in KEYS:
        patron = draft.patrons[key]
        tips = tuple(tip for whose, tip in plot.tips if whose == key)
        heat = plot.heats[key]
        draft.patrons[key] = replace(patron, heat=heat, peak=max(heat, patron.peak), tips=tips)
    for key, good, side, stake in plot.positions:
        draft.ledger.move(patron_account(key), MARGIN, PEBBLES, stake, "margin")
        price = draft.references[good]
        draft.positions.append(Position(key, good, side, stake, stake, price, draft.turn, draft.now + stake % 6))
    for key, good, leaning, on, to in plot.wagers:
        draft.ledger.move(patron_account(key), MARGIN, PEBBLES, STAKE, "staked")
        price, due = draft.references[good], draft.now + GOODS.index(good)
        draft.wagers.append(Wager(key, on, good, leaning, STAKE, 500, price, draft.turn, due, 500, to))
    for key, one, other, what in plot.pacts:
        draft.pacts.append(Pact(what, key, one, other, draft.now + 3))
    for key, good, budget in plot.corners:
        draft.ledger.move(patron_account(key), warehouse(good), PEBBLES, budget, "cornering")
        draft.corners.append(
            Corner(key, good, budget, draft.turn, draft.now + 2, draft.now + 9, draft.references[good])
        )
    draft.cases.append(Case("p3", draft.turn, draft.turn + HEARING, plot.accuser, 13))
    return draft.freeze()


@cache
def base(seed: int) -> tuple[World, tuple[Turn, ...]]:
    """A wood with three patrons who have said things, in the midst of a year, and its turns so far."""
    said: dict[int, list[Any]] = {
        3: [CastRumor("p1", Good.HONEY, "Honey grows scarce.", 1), DrawLegend("p2")],
        8: [CastRumor("p2", Good.ACORNS, "Acorns get cheap.", -1), CastRumor("p3", Creature.PIP, "Pip is kind.", 1)],
    }
    world, turns = play(wood(seed, len(KEYS)), NOW - 1, MINDS["instinct"], said)
    for key in KEYS:
        world = holding(world, patron_account(key), pebbles=150)
    return world, tuple(turns)
