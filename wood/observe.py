"""What one creature may know: the only place that decides who sees what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wood.calendar import date_of
from wood.hearsay import spoken, trust_in
from wood.household import cheapness, firewood_need, lacks, spare, worth
from wood.memory import Deed
from wood.names import CENTS, CREATURES, GOODS, MINT, PEBBLES, Creature, Good, Season
from wood.orders import Trade
from wood.rules import Rules, Temper
from wood.tongue import Tongue, fill
from wood.world import UNEVENTFUL, Lately, World

HEARD_MOST: Final = 6
FEELINGS_MOST: Final = 3
NO_TONGUE: Final = Tongue()


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
class LoanOffer:
    """A loan on offer to this creature: who lends (as shown), pebbles now, pebbles due back, in how many turns."""

    number: int
    lender: str
    amount: int
    owed: int
    turns: int


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
        starts: start prices, hundredths: what is normal.
        lacks: units it is short of for this turn, by good (0 left out).
        lacks_next: the same with next turn's needs added.
        spare: units it can sell and still meet this turn's and the next turn's needs.
        worth: what one more (or one fewer) unit is worth to it, whole pebbles, for every good.
        tape: last turn's trades, all public.
        heard: what it heard, whispers before the rest, weightiest first.
        feelings: toward whom (as shown) it feels how, strongest first.
        loans_offered: loans it must answer.
        debts: what it owes: (to whom as shown, pebbles, due turn).
        beliefs: what it makes of what it heard, -100 to 100: of a good that it gets dearer or cheaper, of a creature
            well or ill.
        wants: units that its beliefs make it want beyond its needs, or hold back; negative, units it would be rid of.
        regard: what the others believe of it in the mean, -100 to 100.
        memories: what it remembers, strongest first.
        lately: what its last turn was like.
        legend: the title of the legend at work and the turns since it was told, if there is one.
        tongue: the language of its wood.
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
    loans_offered: tuple[LoanOffer, ...]
    debts: tuple[tuple[str, int, int], ...]
    beliefs: Mapping[str, int] = field(default_factory=dict)
    wants: Mapping[Good, int] = field(default_factory=dict)
    regard: int = 0
    memories: tuple[Recalled, ...] = ()
    lately: Lately = UNEVENTFUL
    legend: tuple[str, int] | None = None
    tongue: Tongue = NO_TONGUE


def observe(rules: Rules, world: World) -> Mapping[Creature, View]:
    """Make the five views of a wood whose turn is open (see :func:`wood.turn.open_turn`)."""
    now = world.turn + 1
    need = firewood_need(rules, world, now)
    begun = replace(world, shocks=tuple(shock for shock in world.shocks if shock.start <= now))
    soon = firewood_need(rules, begun, now + 1)  # what a legend has still in store is nobody's to know
    date = date_of(rules, now)
    references = world.references
    moves = {good: _percent(references[good] - world.yesterday[good], world.yesterday[good]) for good in GOODS}
    starts = {good: rules.goods[good].start for good in GOODS}
    foods = cheapness(rules, references)

    def view(creature: Creature) -> View:
        rule = rules.creatures[creature]
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
            lacks=lacks(rules, foods, store, creature, need, 1),
            lacks_next=lacks(rules, foods, store, creature, need + soon, 2),
            spare=spare(rules, store, creature, need + soon),
            worth=worth(rules, references, store, creature, need, soon),
            tape=world.tape,
            heard=_heard(rules, world, creature),
            feelings=_feelings(rules, world, creature),
            loans_offered=tuple(
                LoanOffer(
                    offer.number,
                    speaker_name(rules, world, offer.patron),
                    offer.amount,
                    offer.amount + offer.interest,
                    offer.turns,
                )
                for offer in world.offers
                if offer.to is creature
            ),
            debts=tuple(
                (_lender_name(rules, world, loan.lender), loan.owed, loan.due)
                for loan in world.loans
                if loan.borrower is creature
            ),
            tongue=rules.tongue,
        )

    return {creature: view(creature) for creature in CREATURES}


def speaker_name(rules: Rules, world: World, speaker: str, kind: str = "") -> str:
    """What creatures call a speaker: a creature's name, a patron's alias, a traveller; "" for news."""
    if speaker in CREATURES:
        return rules.creatures[Creature(speaker)].name
    if speaker in world.patrons:
        return fill(rules.tongue.patron, {"alias": world.patrons[speaker].alias})
    return "" if kind == "news" else rules.tongue.traveller


def _lender_name(rules: Rules, world: World, account: str) -> str:
    if account == MINT:
        return rules.tongue.bank
    return speaker_name(rules, world, account.removeprefix("patron:"))


def _percent(change: int, base: int) -> int:
    """Whole per cent, rounded half away from zero."""
    size = (abs(change) * 200 + base) // (2 * base)
    return size if change >= 0 else -size


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


def _feelings(rules: Rules, world: World, creature: Creature) -> tuple[tuple[str, int], ...]:
    row = world.feelings[creature]
    strongest = sorted(row, key=lambda toward: (-abs(row[toward]), toward))[:FEELINGS_MOST]
    return tuple((speaker_name(rules, world, toward), row[toward]) for toward in strongest)
