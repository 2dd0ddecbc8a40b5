"""What one creature may know: the only place that decides who sees what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wood.almanac import usual_prices
from wood.belief import regard, wants
from wood.calendar import date_of
from wood.chronicle import EventKind, Turn
from wood.debts import is_ruined
from wood.frozen import frozen
from wood.hearsay import spoken, trust_in
from wood.household import cheapness, firewood_need, lacks, spare, worth
from wood.memory import Deed
from wood.names import CENTS, CREATURES, GOODS, HABIT, MINT, PEBBLES, Creature, Good, Hand, Season
from wood.orders import Trade
from wood.pacts import Deal, promises
from wood.rules import Rules, Temper
from wood.tongue import Tongue, fill
from wood.world import UNEVENTFUL, Lately, Offer, World

HEARD_MOST: Final = 6
FEELINGS_MOST: Final = 3
RECENT: Final = 8
"""Turns for which gossip counts as said lately."""
NO_TONGUE: Final = Tongue()


@frozen
class Heard:
    """A line that reached a creature.

    ``speaker`` is a name as shown ("Pip", "the patron Alder", "a traveller", "" for news); ``trust`` is how far
    the hearer trusts that speaker, 0-100; ``weight`` is trust times the line's strength, 0-100.
    """

    speaker: str
    kind: str
    text: str
    about: str | None
    leaning: int
    trust: int
    weight: int
    hops: int


@frozen
class Aired:
    """A line of gossip that a creature said lately, for all of the wood to know."""

    speaker: Creature
    text: str


@frozen
class Recalled:
    """A memory as its owner is told of it: a deed, of whom (as shown), about which good, in which turn.

    ``weight`` is 1-100; ``patron`` says whether it was a patron's deed.
    """

    deed: Deed
    who: str
    good: Good | None
    turn: int
    weight: int
    patron: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What a patron offers to this creature.

    Attributes:
        number: what its answer names it by.
        patron: who offers (as shown).
        amount: pebbles that it would get.
        owed: pebbles that it would owe for them, of a loan.
        turns: after how many turns they are due, or how many turns what is asked lasts.
        what: a loan, or what is asked for the pebbles.
        partner: with whom a pact would be (as shown), "" where it would be with nobody.
        feeling: what it feels toward the patron.
        toward: what it feels toward the partner.
    """

    number: int
    patron: str
    amount: int
    owed: int
    turns: int
    what: Deal = Deal.LOAN
    partner: str = ""
    feeling: int = 0
    toward: int = 0


@dataclass(frozen=True, slots=True)
class Debt:
    """What this creature owes: to whom (as shown), how many pebbles, due in which turn, and whether it is late."""

    lender: str
    owed: int
    due: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What this creature promised: to which patron, with whom else ("" for nobody), until which turn."""

    what: Deal
    patron: str
    partner: str
    until: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a creature is told in one turn. No other purse, no truth of a tip, no undrawn legend is in it.

    Attributes:
        creature: whose view.
        name: its name as shown.
        animal: what it is.
        makes: its product, which it can never buy.
        temper: its character.
        turn: the turn's number, from 1.
        season: the season.
        day: 1-based turn of the season.
        days: turns in the season.
        firewood_need: logs its hearth burns this turn.
        firewood_next: logs it will burn next turn.
        purse: its pebbles.
        store: its goods.
        capacity: what its store of its own good can hold.
        mood: 0-100.
        references: reference prices, hundredths.
        moves: per cent each reference moved last turn.
        starts: usual prices of the year, hundredths: what is normal.
        lacks: units it is short of for this turn, by good (0 left out).
        lacks_next: the same with next turn's needs added.
        spare: units it can sell and still meet this turn's and the next turn's needs; none of its own good while it
            promised to withhold it.
        worth: what one more (or one fewer) unit is worth to it, whole pebbles, for every good.
        tape: last turn's trades, all public.
        heard: what it heard, whispers before the rest, weightiest first.
        feelings: toward whom (as shown) it feels how, strongest first.
        offers: what patrons offer it, to be answered.
        debts: what it owes.
        beliefs: what it makes of what it heard, -100 to 100: of a good that it gets dearer or cheaper, of a creature
            well or ill.
        wants: units that its beliefs make it want beyond its needs, or hold back; negative, units it would be rid of.
        regard: what the others believe of it in the mean, -100 to 100.
        memories: what it remembers, strongest first.
        lately: what its last turn was like.
        promises: what it promised to patrons: its own secret.
        broke: whether it is in ruin: in arrears, with nothing in its purse for its creditors.
        ruined: the others who are (as shown), as everybody knows.
        legend: the title of the legend at work and the turns since it was told, if there is one.
        tongue: the language of its wood.
        aired: the gossip of lately, its own and that of all others, the newest first.
    """

    creature: Creature
    name: str
    animal: str
    makes: Good
    temper: Temper
    turn: int
    season: Season
    day: int
    days: int
    firewood_need: int
    firewood_next: int
    purse: int
    store: Mapping[Good, int]
    capacity: int
    mood: int
    references: Mapping[Good, int]
    moves: Mapping[Good, int]
    starts: Mapping[Good, int]
    lacks: Mapping[Good, int]
    lacks_next: Mapping[Good, int]
    spare: Mapping[Good, int]
    worth: Mapping[Good, int]
    tape: tuple[Trade, ...]
    heard: tuple[Heard, ...]
    feelings: tuple[tuple[str, int], ...]
    offers: tuple[Offered, ...]
    debts: tuple[Debt, ...]
    beliefs: Mapping[str, int] = field(default_factory=dict)
    wants: Mapping[Good, int] = field(default_factory=dict)
    regard: int = 0
    memories: tuple[Recalled, ...] = ()
    lately: Lately = UNEVENTFUL
    promises: tuple[Promise, ...] = ()
    broke: bool = False
    ruined: tuple[str, ...] = ()
    legend: tuple[str, int] | None = None
    tongue: Tongue = NO_TONGUE
    aired: tuple[Aired, ...] = ()


def observe(rules: Rules, world: World, turns: Sequence[Turn] = ()) -> Mapping[Creature, View]:
    """Make the five views of a wood whose turn is open (see :func:`wood.turn.open_turn`).

    Args:
        rules: the content.
        world: the wood, its turn open.
        turns: the records of its last turns, oldest first, of which :data:`RECENT` are looked at. What gossip was said
            in them is known beside that which still goes round; without them only the latter.
    """
    now = world.turn + 1
    need = firewood_need(rules, world, now)
    begun = replace(world, shocks=tuple(shock for shock in world.shocks if shock.start <= now))
    soon = firewood_need(rules, begun, now + 1)  # what a legend has still in store is nobody's to know
    date = date_of(rules, now)
    references = world.references
    moves = {good: _percent(references[good] - world.yesterday[good], world.yesterday[good]) for good in GOODS}
    starts = usual_prices(rules, world.seed, now)
    foods = cheapness(starts, references)
    legend = _legend(rules, world, now)
    tape = tuple(map(_as_seen, world.tape))
    aired = tuple(dict.fromkeys((*_said(turns), *_going_round(world))))
    ruined = {who: rules.creatures[who].name for who in CREATURES if is_ruined(world, who)}

    def view(creature: Creature) -> View:
        rule = rules.creatures[creature]
        beliefs = world.beliefs[creature]
        keen = wants(beliefs)
        store = world.accounts.get(creature, {})
        return View(
            creature=creature,
            name=rule.name,
            animal=rule.animal,
            makes=rule.makes,
            temper=rule.temper,
            turn=now,
            season=date.season.season,
            day=date.day,
            days=date.days,
            firewood_need=need,
            firewood_next=soon,
            purse=store.get(PEBBLES, 0),
            store={good: store.get(good, 0) for good in GOODS},
            capacity=rules.goods[rule.makes].capacity,
            mood=world.moods[creature] // CENTS,
            references=references,
            moves=moves,
            starts=starts,
            lacks=lacks(rules, foods, store, creature, need, 1, keen),
            lacks_next=lacks(rules, foods, store, creature, need + soon, 2, keen),
            spare=_spare(rules, world, creature, need + soon),
            worth=worth(rules, starts, references, store, creature, need, soon, beliefs),
            tape=tape,
            heard=_heard(rules, world, creature),
            feelings=_feelings(rules, world, creature),
            offers=tuple(_offered(rules, world, offer) for offer in world.offers if offer.to is creature),
            debts=tuple(
                Debt(_lender_name(rules, world, loan.lender), loan.owed, loan.due, bool(loan.late))
                for loan in world.loans
                if loan.borrower is creature
            ),
            beliefs=beliefs,
            wants=keen,
            regard=regard(world, creature),
            memories=_memories(rules, world, creature),
            lately=world.lately[creature],
            promises=_promises(rules, world, creature),
            broke=creature in ruined,
            ruined=tuple(name for who, name in ruined.items() if who is not creature),
            legend=legend,
            tongue=rules.tongue,
            aired=aired,
        )

    return {creature: view(creature) for creature in CREATURES}


def speaker_name(rules: Rules, world: World, speaker: str, kind: str = "") -> str:
    """What creatures call a speaker: a creature's name, a patron's alias, a traveller; "" for news."""
    if speaker in CREATURES:
        return rules.creatures[Creature(speaker)].name
    if speaker in world.patrons:
        return fill(rules.tongue.patron, {"alias": world.patrons[speaker].alias})
    return "" if kind == "news" else rules.tongue.traveller


def _as_seen(trade: Trade) -> Trade:
    """A trade as the tape shows it: that a seller was bribed is to be seen on none."""
    return replace(trade, seller_hand=HABIT) if trade.seller_hand is Hand.BRIBE else trade


def _spare(rules: Rules, world: World, creature: Creature, firewood: int) -> dict[Good, int]:
    left = spare(rules, world.accounts.get(creature, {}), creature, firewood, wants(world.beliefs[creature]))
    if any(pact.what == Deal.WITHHOLD for pact in promises(world, creature)):
        left.pop(rules.creatures[creature].makes, None)
    return left


def _offered(rules: Rules, world: World, offer: Offer) -> Offered:
    feelings = world.feelings[offer.to]
    return Offered(
        number=offer.number,
        patron=speaker_name(rules, world, offer.patron),
        amount=offer.amount,
        owed=offer.amount + offer.interest if offer.what == Deal.LOAN else 0,
        turns=offer.turns,
        what=Deal(offer.what),
        partner=rules.creatures[offer.partner].name if offer.partner else "",
        feeling=feelings.get(offer.patron, 0),
        toward=feelings.get(offer.partner, 0) if offer.partner else 0,
    )


def _promises(rules: Rules, world: World, creature: Creature) -> tuple[Promise, ...]:
    kept = []
    for pact in promises(world, creature):
        other = pact.partner if pact.creature is creature else pact.creature
        name = rules.creatures[other].name if other else ""
        kept.append(Promise(Deal(pact.what), speaker_name(rules, world, pact.patron), name, pact.until))
    return tuple(kept)


def _lender_name(rules: Rules, world: World, account: str) -> str:
    if account == MINT:
        return rules.tongue.bank
    return speaker_name(rules, world, account.removeprefix("patron:"))


def _percent(change: int, base: int) -> int:
    """Whole per cent, rounded half away from zero."""
    size = (abs(change) * 200 + base) // (2 * base)
    return size if change >= 0 else -size


def _memories(rules: Rules, world: World, creature: Creature) -> tuple[Recalled, ...]:
    return tuple(
        Recalled(
            memory.deed,
            speaker_name(rules, world, memory.who),
            memory.good,
            memory.turn,
            memory.weight,
            memory.who in world.patrons,
        )
        for memory in world.memories[creature]
    )


def _legend(rules: Rules, world: World, now: int) -> tuple[str, int] | None:
    """The title of the legend told last, while anything of it is at work, and its age in turns."""
    if world.told is None:
        return None
    slug, turn = world.told
    at_work = any(shock.legend == slug and shock.start <= now for shock in world.shocks)
    return (rules.legends[slug].title, now - turn) if at_work and slug in rules.legends else None


def _heard(rules: Rules, world: World, creature: Creature) -> tuple[Heard, ...]:
    lines = []
    for line in world.hearsay:
        if creature not in line.hearers:
            continue
        trust = trust_in(world.trust[creature], line.speaker, line.kind)
        lines.append(
            Heard(
                speaker=speaker_name(rules, world, line.speaker, line.kind),
                kind=line.kind,
                text=spoken(rules, line),
                about=line.about,
                leaning=line.leaning,
                trust=trust,
                weight=trust * line.strength // 100,
                hops=line.hops,
            )
        )
    return tuple(sorted(lines, key=lambda heard: (heard.kind != "whisper", -heard.weight))[:HEARD_MOST])


def _said(turns: Sequence[Turn]) -> Iterator[Aired]:
    """The gossip of the last turns, the newest first."""
    for turn in reversed(turns[-RECENT:]):
        for event in reversed(turn.events):
            if event.kind is EventKind.GOSSIP and event.to is None and event.data is not None:
                yield Aired(Creature(event.subject), str(event.data["text"]))


def _going_round(world: World) -> Iterator[Aired]:
    """Gossip that is heard somewhere this turn. A whisper that was passed on has no origin, and is nobody's to know."""
    for line in world.hearsay:
        if line.kind == "gossip" and line.origin in CREATURES:
            yield Aired(Creature(line.origin), line.text)


def _feelings(rules: Rules, world: World, creature: Creature) -> tuple[tuple[str, int], ...]:
    row = world.feelings[creature]
    strongest = sorted(row, key=lambda toward: (-abs(row[toward]), toward))[:FEELINGS_MOST]
    return tuple((speaker_name(rules, world, toward), row[toward]) for toward in strongest)
