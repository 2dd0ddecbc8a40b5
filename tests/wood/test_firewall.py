"""Who may know what: planted secrets that nothing may show, and views that nothing hidden can move."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import pytest

from tests.wood.woods import MINDS, RULES, SILENT, calm, decide, deciding, holding, open_roughly, play, wood
from wood.almanac import SIGNS_BEFORE, year_of
from wood.chronicle import Event, EventKind, Turn
from wood.memory import Deed, Memory
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, OfferLoan, TellLegend
from wood.moves.legend import LEGEND_BREATH
from wood.names import CREATURES, GOODS, Creature, Good, Side
from wood.observe import View, observe
from wood.orders import Answer, Decision, Order
from wood.rules import Legend, Rules
from wood.turn import Morning, close_turn, open_turn, step
from wood.world import Call, Claim, Echo, Hearsay, Lately, Loan, Pool, Prophecy, ShockInForce, World

THOUGHT: Final = "thinking-zqx"
WHISPER: Final = "zqxwhisper honey will be scarce"
PATRON_KEY: Final = re.compile(r"\bp[1-9]\d*\b|patron:")


def _marked(slug: str, legend: Legend) -> Legend:
    """The same legend with its texts marked, so that any leak of it can be told from chance."""
    return replace(legend, title=f"zqx-title-{slug}", tale=f"zqx-tale-{slug}", omen=f"zqx-omen-{slug}")


MARKED: Final[Rules] = replace(
    RULES,
    legends={
        f"zqx-{slug}": _marked(slug, replace(legend, slug=f"zqx-{slug}")) for slug, legend in RULES.legends.items()
    },
)


def public(turn: Turn) -> Iterator[Event]:
    return (event for event in turn.events if event.to is None)


def long_game(seed: int) -> Iterator[tuple[Morning, World, Turn]]:
    """Forty turns in which three patrons draw, hoard, pool, whisper and lend, and everybody has private thoughts."""
    world = wood(seed, 3, MARKED)
    while world.turn < 40:
        now = world.turn + 1
        put_in: list[Intervention] = [
            DrawLegend(f"p{1 + now % 3}"),
            CastRumor("p1", Good.HONEY, WHISPER, 1, Creature.FENN),
            OfferLoan("p2", Creature.PIP, 7, 1, 3),
        ]
        if now % 9 == 0 and world.patrons["p3"].hand:
            put_in.append(CastLegend("p3", world.patrons["p3"].hand[0], 2))
        if now % 9 == 3:
            put_in.append(CastLegend("p2", None, 3))
        morning = open_roughly(MARKED, world, put_in)
        said = decide(MINDS["instinct"], morning, seed, MARKED)
        thoughtful = {who: replace(each, thought=f"{THOUGHT}-{who}") for who, each in said.items() if each}
        world, turn = close_turn(MARKED, morning, thoughtful)
        yield morning, world, turn


@pytest.mark.parametrize("seed", range(3))
def test_long_games_show_no_planted_secret(seed: int) -> None:
    revealed: set[str] = set()
    hidden: set[str] = set()
    for morning, world, turn in long_game(seed):
        revealed |= {event.subject for event in public(turn) if event.kind is EventKind.LEGEND}
        hidden = {card for patron in world.patrons.values() for card in patron.hand} | set(world.deck)
        unknown = {part for card in hidden - revealed for part in (card, *_texts(MARKED.legends[card]))}
        shown = [repr(view) for view in observe(MARKED, morning.world).values()]
        told = [repr(event) for event in public(turn)]
        for text in (*shown, *told):
            assert not [secret for secret in unknown if secret in text]
            assert THOUGHT not in text
        for text in shown:
            known = re.sub("|".join(f"{MARKED.legends[slug].title}(?![-a-z])" for slug in revealed) or "(?!)", "", text)
            assert "zqx-" not in known, "of a legend creatures hear what it says, and its title once it was told"
            assert not PATRON_KEY.search(text), "creatures know patrons by their alias"
        for text in told:
            assert WHISPER not in text
            assert "'lender': 'p" not in text, "what a patron lends is between two"
    assert hidden, "nothing was hidden, so nothing was tested"
    assert revealed, "no legend was ever told"


def _texts(legend: Legend) -> tuple[str, str, str]:
    return legend.title, legend.tale, legend.omen


def test_a_whisper_reaches_one_creature_and_its_verdict_one_patron() -> None:
    world = wood(patrons=2)
    morning = open_turn(RULES, world, [CastRumor("p1", Good.HONEY, WHISPER, 1, Creature.FENN)])
    views = observe(RULES, morning.world)
    assert [who for who in CREATURES if WHISPER in repr(views[who])] == [Creature.FENN]
    assert {event.to for event in morning.events if WHISPER in repr(event)} == {"p1"}
    _, turns = play(close_turn(RULES, morning, SILENT)[0], 8)
    verdicts = [event for turn in turns for event in turn.events if event.kind is EventKind.JUDGED]
    assert [(event.subject, event.to) for event in verdicts] == [("p1", "p1")]


def test_a_retold_whisper_is_the_tellers_word() -> None:
    """Whispers may travel on; who is heard is then the creature that retells, not the patron."""
    for seed in range(20):
        world = wood(seed, patrons=1)
        world, _ = step(RULES, world, SILENT, [CastRumor("p1", Good.HONEY, WHISPER, 1, Creature.FENN)])
        views = observe(RULES, open_turn(RULES, world).world)
        heard = [line for view in views.values() for line in view.heard if line.text == WHISPER]
        if heard:
            assert {line.speaker for line in heard} == {"Fenn"}
            assert WHISPER not in repr(views[Creature.FENN])
            return
    pytest.fail("no whisper was ever passed on")


def test_no_view_shows_another_purse_or_store() -> None:
    """Purses and stores of unmistakable size, one apiece, with every creature's own in its view and no other."""
    world, _ = play(wood(), 6, MINDS["instinct"])
    marks: dict[Creature, set[int]] = {}
    for place, creature in enumerate(CREATURES, start=1):
        figures = {good.value: place * 1_000_003 + number for number, good in enumerate(GOODS, start=1)}
        world = holding(world, creature, pebbles=place * 1_000_003, **figures)
        marks[creature] = {place * 1_000_003, *figures.values()}
    views = observe(RULES, open_turn(RULES, world).world)
    for creature, view in views.items():
        numbers = set(map(int, re.findall(r"\d{7,}", repr(view))))
        near = {mark for mark in set().union(*marks.values()) if any(abs(mark - number) < 100 for number in numbers)}
        assert near == marks[creature]


def _other_deck(world: World) -> World:
    return replace(world, deck=world.deck[::-1], ready=99, told=("great-frost", 3))


def _other_hands(world: World) -> World:
    patrons = {key: replace(patron, hand=("great-frost",), breath=0, fame=9) for key, patron in world.patrons.items()}
    return replace(world, patrons=patrons, pool=Pool("great-frost", "p1", {"p1": 2}, world.turn))


def _other_claims(world: World) -> World:
    call = Call("p9", Good.ACORNS, -1, dict(world.references), world.turn + 2, 40)
    return replace(world, claims=(Claim("p1", Good.HONEY, 1, 100, world.turn + 3, CREATURES, 70, True),), calls=(call,))


def _other_records(world: World) -> World:
    return replace(world, wealth=dict.fromkeys(CREATURES, 5), chain="f" * 64, offered=77)


def _other_prophets(world: World) -> World:
    record = Prophecy(9, 8, 700, 7300, 8)
    patrons = {key: replace(patron, prophecy=record) for key, patron in world.patrons.items()}
    return replace(world, patrons=patrons, callers={"p1": record, "p9": record})


def _other_echoes(world: World) -> World:
    return replace(world, echoes={who: {"honey/1": Echo(9, world.turn)} for who in CREATURES})


def _coming_shocks(world: World) -> World:
    """Parts of a legend that start after the open turn, the next one included."""
    coming = [
        ShockInForce(slug, index, world.turn + wait)
        for slug, legend in RULES.legends.items()
        for index in range(len(legend.shocks))
        for wait in (2, 3)
    ]
    return replace(world, shocks=(*world.shocks, *coming))


def _patrons_purses(world: World) -> World:
    return holding(holding(world, "patron:p1", pebbles=9999), "patron:p2", pebbles=0)


def _things_in_the_air(world: World) -> World:
    return replace(world, said=(Hearsay("p1", "p1", "rumor", WHISPER, Good.HONEY, 1, 90, 0, CREATURES),))


HIDDEN: Final[dict[str, Callable[[World], World]]] = {
    "the deck and the legend's rest": _other_deck,
    "hands, breath, fame and the pool": _other_hands,
    "what time will judge": _other_claims,
    "what claims and calls were worth": _other_prophets,
    "how stale claims are": _other_echoes,
    "wealth over the year, numbers and the chain": _other_records,
    "parts of legends that have not begun": _coming_shocks,
    "patrons' purses": _patrons_purses,
    "what is said for tomorrow": _things_in_the_air,
}


@pytest.mark.parametrize("change", HIDDEN.values(), ids=HIDDEN.keys())
def test_hidden_things_move_no_view(change: Callable[[World], World]) -> None:
    world, _ = play(wood(patrons=2), 12, MINDS["instinct"])
    opened = open_turn(RULES, world, [OfferLoan("p1", Creature.PIP, 7, 1, 3)]).world
    changed = change(opened)
    assert changed != opened
    assert observe(RULES, changed) == observe(RULES, opened)


@pytest.mark.parametrize("creature", CREATURES)
def test_what_is_one_creatures_moves_no_other_view(creature: Creature) -> None:
    opened = open_turn(RULES, play(wood(patrons=2), 12, MINDS["instinct"])[0]).world
    changed = holding(opened, creature, pebbles=777, honey=31)
    changed = replace(
        changed,
        moods={**changed.moods, creature: 1234},
        trust={**changed.trust, creature: dict.fromkeys(changed.trust[creature], 3)},
        feelings={**changed.feelings, creature: {"p1": -17}},
        beliefs={**changed.beliefs, creature: {"honey": 70, "acorns": -55}},
        echoes={**changed.echoes, creature: {"honey/1": Echo(9, changed.turn)}},
        memories={**changed.memories, creature: (Memory(Deed.LIED, "p2", Good.HONEY, 3, 99),)},
        lately={**changed.lately, creature: Lately(3, 0, {Good.BERRIES: 7}, 8, {Good.HONEY: 6})},
        loans=(*changed.loans, Loan("patron:p1", creature, 33, 99)),
        hearsay=(*changed.hearsay, Hearsay("", "", "news", WHISPER, None, 0, 100, 0, (creature,))),
    )
    before, after = observe(RULES, opened), observe(RULES, changed)
    assert [who for who in CREATURES if before[who] != after[who]] == [creature]


def test_what_others_believe_of_a_creature_reaches_it_in_the_mean_alone() -> None:
    opened = open_turn(RULES, play(wood(patrons=2), 12, MINDS["instinct"])[0]).world
    others = [who for who in CREATURES if who is not Creature.PIP]
    seen = []
    for believer in others:
        beliefs = {who: {"pip": 80} if who is believer else {} for who in CREATURES}
        views = observe(RULES, replace(opened, beliefs=beliefs))
        seen.append(views[Creature.PIP])
        assert {views[who].regard for who in others} == {0}
    assert all(view == seen[0] for view in seen), "who believes it is nobody's to know"
    assert seen[0].regard == 80 // len(others)


@pytest.mark.parametrize("seed", range(3))
def test_the_almanacs_boon_and_bane_move_no_view_before_their_signs(seed: int) -> None:
    """A wood in whose year nothing falls shows its creatures the same until something is seen."""
    rules, falls = calm(), year_of(RULES, seed, 1).falls
    assert falls
    first = min(falls) - max(SIGNS_BEFORE)
    world = wood(seed)
    for turn in range(1, first + 1):
        morning, plain = open_turn(RULES, world), open_turn(rules, world)
        views, without = observe(RULES, morning.world), observe(rules, plain.world)
        assert (views == without) is (turn < first)
        assert (morning.events == plain.events) is (turn < first)
        world, record = close_turn(RULES, morning, SILENT)
        _, twin = close_turn(rules, plain, SILENT)
        assert (record.hash == twin.hash) is (turn < first)


def test_no_view_knows_what_things_will_cost_next_year() -> None:
    world = replace(wood(), turn=RULES.year - 1)
    last = observe(RULES, open_turn(RULES, world).world)
    first = observe(RULES, open_turn(RULES, replace(world, turn=RULES.year)).world)
    known, coming = (
        {good: RULES.goods[good].start * year_of(RULES, world.seed, year).fashion[good] // 100 for good in GOODS}
        for year in (1, 2)
    )
    assert known != coming
    for who in CREATURES:
        assert last[who].starts == known
        assert first[who].starts == coming


def test_the_verdict_on_a_whisper_and_who_believed_it_are_its_owners() -> None:
    world = wood(patrons=2)
    whisper = CastRumor("p1", Good.HONEY, WHISPER, 1, Creature.FENN)
    _, turns = play(world, 8, None, {world.turn + 1: [whisper]})
    events = [event for turn in turns for event in turn.events]
    for kind in (EventKind.WHISPER, EventKind.BELIEF, EventKind.JUDGED):
        assert [event.to for event in events if event.kind is kind] == ["p1"]


def test_offers_and_debts_are_between_two() -> None:
    world = wood(patrons=1)
    morning = open_turn(RULES, world, [OfferLoan("p1", Creature.PIP, 31, 3, 5)])
    views = observe(RULES, morning.world)
    assert [(who, len(views[who].offers)) for who in CREATURES if views[who].offers] == [(Creature.PIP, 1)]
    assert views[Creature.PIP].offers[0].patron == f"the patron {world.patrons['p1'].alias}"
    accepted = {Creature.PIP: Decision(answers=_yes(views[Creature.PIP]))}
    world, turn = close_turn(RULES, morning, accepted)
    assert world.loans
    assert not [event for event in public(turn) if event.kind is EventKind.LOAN]
    views = observe(RULES, open_turn(RULES, world).world)
    assert [who for who in CREATURES if views[who].debts] == [Creature.PIP]


def _yes(view: View) -> tuple[Answer, ...]:
    return tuple(Answer(loan.number, accept=True) for loan in view.offers)


def test_orders_that_did_not_trade_are_in_no_view() -> None:
    world = wood()
    world, turn = step(RULES, world, deciding(Creature.PIP, Order(Side.BUY, Good.HONEY, 1, 13)))
    assert turn.slips or turn.auctions[Good.HONEY].demand
    for view in observe(RULES, open_turn(RULES, world).world).values():
        assert "qty=13" not in repr(view)


def test_a_gathering_legend_is_not_named() -> None:
    world = wood(patrons=2, rules=MARKED)
    world, _ = step(MARKED, world, SILENT, [DrawLegend("p1")])
    card = world.patrons["p1"].hand[0]
    world, turn = step(MARKED, world, SILENT, [CastLegend("p1", card, 1), CastLegend("p2", None, 1)])
    gathering = [event for event in public(turn) if event.kind is EventKind.GATHERING]
    assert [event.data for event in gathering] == [{"breath": given, "needed": LEGEND_BREATH} for given in (1, 2)]
    assert card not in repr(list(public(turn)))
    _, turn = step(MARKED, world, SILENT, [CastLegend("p2", None, LEGEND_BREATH - 2)])
    assert [event.subject for event in public(turn) if event.kind is EventKind.LEGEND] == [card]


def test_refusals_are_told_to_nobody_else() -> None:
    _, turn = step(RULES, wood(patrons=1), SILENT, [CastLegend("p1", "great-frost", 1), TellLegend("no-such")])
    refused = [event for event in turn.events if event.kind is EventKind.REFUSED]
    assert [event.to for event in refused] == ["p1", "storyteller"]
