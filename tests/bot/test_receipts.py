"""What came of words: the same figures as a simulated twin, nothing where nothing came, and no whisper in public."""

import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.keeper import Keeper
from bot.keeping.measuring import MOST, Recall, asking, heard, measure, said_by
from bot.lab.paired import trusting
from bot.lab.scenario import Scenario, Without
from bot.lab.simulate import Played, play
from bot.lab.twin import play_twin
from bot.refusals import KeeperError
from bot.telling.cards import ReceiptCard
from bot.telling.catalog import words_in
from bot.telling.report import build_report
from bot.views.board import render_board
from bot.views.receipt import render_receipts
from bot.views.rumor import render_heard
from data.content import default_rules
from data.receipts import PlayedTurn, Receipt, State
from data.store import Store
from inference.council import Council, CouncilResult
from inference.roster import known, seat
from tests.bot.kept import CHANNEL, USER, Hands, council, found, keeping, rumor
from tests.wood.woods import open_roughly
from wood.founding import found_world
from wood.moves import CastRumor, Intervention, Join
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import View, observe
from wood.orders import Decision
from wood.rules import Rules
from wood.turn import close_turn, open_turn
from wood.twin import LEAST, SPAN
from wood.wagers import change
from wood.world import World

RULES = default_rules()
WORDS = words_in("en")


def minds(name: str = "instinct") -> Council:
    return Council(seat(name), RULES, render=False, keep_traces=False)


def go_on(council: Council, world: World, actions: Sequence[Intervention], seed: int = 7) -> tuple[World, PlayedTurn]:
    """One turn of a wood, as it would be stored."""
    morning = open_roughly(RULES, world, actions)
    decisions = dict(council.decide_now("1", seed, observe(RULES, morning.world), RULES).decisions)
    after, turn = close_turn(RULES, morning, decisions)
    return after, PlayedTurn(turn, "", True, tuple(actions), decisions)


def measured(council: Council, world: World, actions: Sequence[Intervention], turns: int = SPAN) -> list[Receipt]:
    """The receipts of what a world takes in, some turns on."""
    after, played = world, []
    for place in range(turns):
        after, turn = go_on(council, after, actions if not place else ())
        played.append(turn)
    found = heard(played[0].turn.number, played[0].turn.events)
    asked = asking(council, "1", 7)
    new = measure(asked, [RULES] * turns, lambda: world, played, found, Recall())
    return sorted([*new, *(one for one in found if one.state is not State.OPEN)], key=lambda one: one.place)


def begun(run: Played, before: int) -> World:
    """The world before a turn of a run, which kept only its decisions."""
    world = run.founded
    for number in range(1, before):
        morning = open_turn(RULES, world, run.scenario.at(number))
        world, _ = close_turn(RULES, morning, run.decisions[number - 1])
    return world


@pytest.mark.parametrize("mind", known())
async def test_a_receipt_has_the_figures_of_a_simulated_twin(mind: str) -> None:
    heard_in = 9
    told = CastRumor(None, Good.FIREWOOD, "there will be no firewood", 1)
    scenario = Scenario(heard_in + SPAN - 1, {heard_in: (told,)})
    council = minds(mind)
    run = await play(RULES, scenario, 7, council)
    twin = await play_twin(run, council, without=Without.RUMORS)
    played = [
        PlayedTurn(run.turns[at], "", True, scenario.at(at + 1), run.decisions[at])
        for at in range(heard_in - 1, len(run.turns))
    ]
    base = begun(run, heard_in)
    asked = asking(council, "seed-7", 7)
    lines = heard(heard_in, played[0].turn.events)
    (receipt,) = measure(asked, [RULES] * SPAN, lambda: base, played, lines, Recall())
    assert receipt.state is State.DONE
    assert receipt.held == ()
    assert receipt.effects == tuple(
        change(one.references[Good.FIREWOOD], other.references[Good.FIREWOOD])
        for one, other in zip(run.turns[heard_in - 1 :], twin.turns[heard_in - 1 :], strict=True)
    )
    assert any(receipt.effects), "or the test would prove nothing"


def test_what_nobody_believes_has_no_effect_and_says_so() -> None:
    council, world = minds(), grown()
    deaf = trusting(world, 0)
    (receipt,) = measured(council, deaf, [CastRumor("p1", Good.HONEY, "honey gets dear", 1)])
    assert max(map(abs, receipt.effects)) < LEAST
    assert (receipt.effect, receipt.voice) == (0, 0)
    card = card_of(receipt)
    text = "\n".join(render_receipts(WORDS, [card]).texts())
    assert "No effect seen" in text
    assert text.count("laughed") == len(CREATURES)
    (loud,) = measured(council, trusting(world, 85), [CastRumor("p1", Good.HONEY, "honey gets dear", 1)])
    assert loud.effect > 0
    assert f"+{round(loud.effect / 100)} %" in "\n".join(render_receipts(WORDS, [card_of(loud)]).texts())


def grown(patrons: int = 1, turns: int = 7) -> World:
    world, council = found_world(RULES, 7), minds()
    for number in range(turns):
        joining = [Join(f"p{one}") for one in range(1, patrons + 1)] if not number else []
        world, _ = go_on(council, world, joining)
    return world


def card_of(receipt: Receipt) -> ReceiptCard:
    return ReceiptCard(RULES, receipt, {})


def mixes(seed: int, patrons: int, count: int) -> Iterator[CastRumor]:
    """Any mix of rumors and whispers."""
    chance = random.Random(seed)
    topics: tuple[Good | Creature, ...] = (*GOODS, *CREATURES)
    for number in range(count):
        about = chance.choice(topics)
        to = chance.choice((None, None, *CREATURES))
        yield CastRumor(f"p{number % patrons + 1}", about, f"{about} {number}", chance.choice((-1, 1)), to)


@pytest.mark.parametrize("seed", range(2))
def test_two_hundred_patrons_who_talk_at_once_are_bounded(seed: int) -> None:
    council, world = minds(), grown(200, 3)
    said = list(mixes(seed, 200, 200))
    receipts = measured(council, world, said, turns=1)
    assert len(receipts) == 200
    assert {(one.text, one.speaker, one.about, one.leaning, one.to) for one in receipts} == {
        (one.text, one.patron, one.about, one.leaning, one.to) for one in said
    }
    told = [one for one in receipts if one.state is State.OPEN]
    assert len({said_by(one) for one in told}) == MOST
    crowded = [one for one in receipts if one.state is State.CROWDED]
    assert not {said_by(one) for one in crowded} & {said_by(one) for one in told}
    for one in told:
        alike = [each for each in told if said_by(each) == said_by(one)]
        assert one.others == len(alike) - 1
        assert {each.effects for each in alike} == {one.effects}, "what they did together"
        assert sum(each.voice for each in alike) <= abs(one.effect)
    assert all(one.voice == 0 and (one.believed or one.to is one.about) for one in crowded)
    assert "too much was said" in "\n".join(render_receipts(WORDS, [card_of(crowded[0])]).texts())


def test_a_mind_that_cannot_be_asked_again_is_held_and_named() -> None:
    council, world = minds(), grown()
    actions = [CastRumor("p1", Good.HONEY, "honey gets dear", 1)]
    _, turn = go_on(council, world, actions)
    found = heard(turn.turn.number, turn.turn.events)

    def only_two(rules: Rules, world: World) -> Mapping[Creature, Decision | None]:
        anew = council.again("1", 7, observe(rules, world), rules)
        return {who: anew[who] for who in (Creature.PIP, Creature.OONA)}

    (receipt,) = measure(only_two, [RULES], lambda: world, [turn], found, Recall())
    assert receipt.held == (Creature.BRAMBLE, Creature.FENN, Creature.MOSSBACK)
    text = "\n".join(render_receipts(WORDS, [card_of(receipt)]).texts())
    assert "Bramble, Fenn and Mossback decided is taken as it was" in text


def test_a_mind_that_decides_otherwise_by_now_is_held() -> None:
    world = grown()
    _, turn = go_on(minds("contrarian"), world, [CastRumor("p1", Good.HONEY, "honey gets dear", 1)])
    found = heard(turn.turn.number, turn.turn.events)
    asked = asking(minds("instinct"), "1", 7)
    (receipt,) = measure(asked, [RULES], lambda: world, [turn], found, Recall())
    assert receipt.held


# Kept


class Broken(Council):
    """Minds that cannot be asked anew, as if the process died right after each turn."""

    def again(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules | None = None
    ) -> dict[Creature, Decision | None]:
        raise RuntimeError("the lights go out")

    def at_once(self) -> None:
        return None


class Models:
    """Minds as a model is one: asked once, never again."""

    def __init__(self) -> None:
        self._minds = council()

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        return await self._minds.decide(wood, seed, views, rules)


async def talk(keeper: Keeper, now: Hands, turns: int = SPAN) -> None:
    """A wood in which one patron says three things in turn 3, one of them for one pair of ears."""
    await found(keeper)
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    for _ in range(2):
        await turn(keeper, now)
    await rumor(keeper, "firewood gets dear", leaning=1)
    await rumor(keeper, "sesame honey will be cheap", about=Good.HONEY, leaning=-1, to=Creature.FENN)
    await rumor(keeper, "Oona cheats", about=Creature.OONA, leaning=-1)
    for _ in range(turns):
        await turn(keeper, now)


async def turn(keeper: Keeper, now: Hands) -> None:
    now.on(hours=1)
    assert await keeper.turns.take_turn(CHANNEL) is not None


async def kept(store: Store) -> list[Receipt]:
    return [replace(one, id=0) for one in await store.receipts.of_turns(1, 1, 99)]


async def test_receipts_grow_turn_by_turn_and_are_then_done(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now, 1)
        for age in range(1, SPAN + 1):
            receipts = await kept(store)
            assert {one.text for one in receipts} == {"firewood gets dear", "sesame honey will be cheap", "Oona cheats"}
            assert {len(one.effects) for one in receipts} == {age}
            assert {one.through for one in receipts} == {2 + age}
            assert {one.state for one in receipts} == {State.OPEN if age < SPAN else State.DONE}
            assert bool(await store.receipts.hearings(1)) == (age < SPAN)
            await turn(keeper, now)
        assert await kept(store) == receipts
        public = [one for one in receipts if one.to is None]
        assert await store.receipts.voices(1, 1) == {"p1": sum(one.voice for one in public)}
        assert await store.receipts.voices(1, 4) == {}


async def test_a_process_that_died_measures_on_to_the_same_figures(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = Hands()
    async with keeping(tmp_path / "one.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now)
        whole = await kept(store)
    now = Hands()
    path = tmp_path / "two.sqlite3"
    with caplog.at_level(logging.CRITICAL):
        async with keeping(path, now=now, minds=Broken(seat("instinct"), RULES)) as (keeper, store):
            await talk(keeper, now, SPAN - 2)
            assert await kept(store) == []
            assert await store.receipts.hearings(1)
    async with keeping(path, now=now) as (keeper, store):
        await keeper.receipts.catch_up()
        assert {one.through for one in await kept(store)} == {SPAN}
        for _ in range(2):
            await turn(keeper, now)
        assert await kept(store) == whole


async def test_models_are_held_in_the_store_too(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now, minds=Models()) as (keeper, store):
        await talk(keeper, now, 1)
        assert {one.held for one in await kept(store)} == {CREATURES}


async def test_no_whisper_is_ever_in_public(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now, 1)
        await keeper.patrons.join(CHANNEL, USER + 1, "Bo")
        for _ in range(SPAN):
            board = await keeper.queries.board(CHANNEL)
            report = await keeper.queries.report(CHANNEL)
            shared = await keeper.queries.heard(WORDS, CHANNEL)
            others = await keeper.queries.heard(WORDS, CHANNEL, user_id=USER + 1)
            texts = [*render_board(board).texts(), *render_heard(WORDS, shared).texts()]
            texts += [*render_heard(WORDS, others).texts(), str(build_report(WORDS, report))]
            assert "sesame" not in "\n".join(texts)
            assert not [one for one in (*board.receipts, *report.voices) if one.receipt.to]
            await turn(keeper, now)
        own = await keeper.queries.heard(WORDS, CHANNEL, user_id=USER)
        assert "sesame" in "\n".join(render_heard(WORDS, own).texts())
        (whisper,) = (one for one in await store.receipts.of_turns(1, 3, 3) if one.to)
        assert (await keeper.receipts.one(CHANNEL, USER, whisper.id)).receipt == whisper
        for stranger in (USER + 1, USER + 2):
            with pytest.raises(KeeperError):
                await keeper.receipts.one(CHANNEL, stranger, whisper.id)
        assert await keeper.receipts.own(CHANNEL, USER + 1, 3) == []
        assert len(await keeper.receipts.own(CHANNEL, USER, 3) or ()) == 3
        assert await keeper.receipts.own(CHANNEL, USER, 99) is None


async def test_the_board_and_the_report_say_what_words_moved(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now, 2)
        (firewood,) = (one for one in await kept(store) if one.about is Good.FIREWOOD)
        assert firewood.effect > 0, "or the test would prove nothing"
        size = (firewood.effect + 50) // 100
        text = "\n".join(render_board(await keeper.queries.board(CHANNEL)).texts())
        assert f"Ann's words: **+{size} %**" in text
        report = build_report(WORDS, await keeper.queries.report(CHANNEL))
        assert f"Ann moved firewood up by {size} %." in report.voices


async def test_a_wood_whose_past_comes_out_otherwise_says_that_it_was_not_measured(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now, 1)
        async with store.database.writing() as connection:
            await connection.execute("UPDATE turns SET rules = rules - 1 WHERE number = 3")
        with caplog.at_level(logging.CRITICAL):
            await turn(keeper, now)
        assert {one.state for one in await kept(store)} == {State.LOST}
        cards = await keeper.receipts.own(CHANNEL, USER, 3)
        assert cards
        assert "not measured" in "\n".join(render_receipts(WORDS, cards).texts())


async def test_a_receipt_cannot_be_asked_of_another_wood(tmp_path: Path) -> None:
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, store):
        await talk(keeper, now, 1)
        await found(keeper, CHANNEL + 1)
        (one, *_) = await store.receipts.of_turns(1, 3, 3)
        with pytest.raises(KeeperError):
            await keeper.receipts.one(CHANNEL + 1, USER, one.id)
