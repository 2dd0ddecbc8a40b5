"""One question a player, wood and day: answered once, whoever dies or asks twice, and forgotten with its player."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.keeper import Keeper
from bot.keeping.questions import HOLD, PONDERED
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import AnswerCard
from bot.telling.catalog import words_in
from bot.views.asking import render_answer
from data.content import default_rules
from data.errors import StoreError
from data.questions import KEPT, Asked, Questions
from data.store import Store
from inference.asking import Question
from inference.council import Council, CouncilResult
from inference.roster import seat
from tests.bot.kept import CHANNEL, USER, Hands, found, keeping
from tests.refusing import refusing
from wood.moves import OfferBribe
from wood.names import Creature
from wood.observe import View
from wood.orders import Decision
from wood.refusal import Refusal, RefusalCode
from wood.rules import Rules

ANSWER = "So it is."
THOUGHT = "Wood is what I want."


class Ponderer:
    """Minds that think the same in every turn and answer questions as they are told; they note what they are asked."""

    def __init__(self, answer: str | BaseException = ANSWER) -> None:
        self.council = Council(seat("instinct"), default_rules())
        self.answer = answer
        self.asked: list[tuple[str, View, Question]] = []
        self.begun, self.let = asyncio.Event(), asyncio.Event()
        self.let.set()

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        return CouncilResult({who: Decision(THOUGHT) for who in views})

    async def ask(self, wood: str, seed: int, view: View, question: Question) -> str:
        self.asked.append((wood, view, question))
        self.begun.set()
        await self.let.wait()
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


async def ask(
    keeper: Keeper, text: str = "Is wood dear?", who: Creature = Creature.PIP, user: int = USER, channel: int = CHANNEL
) -> AnswerCard:
    return await keeper.questions.ask(channel, user, who, text)


@pytest.fixture
def minds() -> Ponderer:
    return Ponderer()


@pytest.fixture
async def pair(tmp_path: Path, now: Hands, minds: Ponderer) -> AsyncIterator[tuple[Keeper, Store]]:
    """A wood with a patron and a turn behind it, whose minds ponder."""
    async with keeping(tmp_path / "wood.sqlite3", minds=minds, now=now) as made:
        await found(made[0], zone="Europe/Berlin")
        await made[0].patrons.join(CHANNEL, USER, "Ann")
        await made[0].turns.take_turn(CHANNEL)
        yield made


def stored(store: Store) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store.database.path)) as file:
        return file.execute("SELECT key, day, creature, question, answer FROM questions").fetchall()


async def test_a_patron_asks_and_the_creatures_mind_answers(pair: tuple[Keeper, Store], minds: Ponderer) -> None:
    keeper, store = pair
    card = await ask(keeper, "  Is <@1> wood\n dear? https://x.example ")
    assert (card.question, card.answer, card.name, card.creature) == ("Is wood dear?", ANSWER, "Ann", Creature.PIP)
    assert card.new
    ((_, view, question),) = minds.asked
    assert view.creature is Creature.PIP
    assert question.text == "Is wood dear?"
    assert question.thought == THOUGHT
    assert stored(store) == [("p1", "2026-08-01", "pip", "Is wood dear?", ANSWER)]


async def test_the_second_question_of_a_day_is_the_first_again(pair: tuple[Keeper, Store], minds: Ponderer) -> None:
    keeper, _ = pair
    first = await ask(keeper)
    again = await ask(keeper, "And honey?", Creature.OONA)
    assert not again.new
    assert (again.creature, again.question, again.answer) == (Creature.PIP, first.question, first.answer)
    assert len(minds.asked) == 1
    assert "you can ask again" in "\n".join(render_answer(words_in("en"), again).texts()).lower()


@pytest.mark.parametrize(
    ("at", "again"),
    [
        (datetime(2026, 8, 1, 12, tzinfo=UTC), datetime(2026, 8, 1, 22, tzinfo=UTC)),
        (datetime(2026, 8, 1, 23, tzinfo=UTC), datetime(2026, 8, 2, 22, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # a day of 25 hours
        (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)),  # of 23
    ],
)
async def test_a_day_is_the_woods_own(pair: tuple[Keeper, Store], now: Hands, at: datetime, again: datetime) -> None:
    keeper, _ = pair
    now.at = at
    assert (await ask(keeper)).again == again
    now.at = again - timedelta(seconds=1)
    assert not (await ask(keeper)).new
    now.at = again
    assert (await ask(keeper)).new


async def test_of_two_at_once_one_is_answered_and_the_other_told_to_wait(
    pair: tuple[Keeper, Store], minds: Ponderer
) -> None:
    keeper, store = pair
    minds.let.clear()
    first = asyncio.create_task(ask(keeper))
    await minds.begun.wait()
    with refusing("still thinking"):
        await ask(keeper, "Me too", Creature.OONA)
    minds.let.set()
    assert (await first).answer == ANSWER
    assert len(minds.asked) == len(stored(store)) == 1


async def test_a_process_that_dies_over_a_question_leaves_it_to_be_put_anew(
    pair: tuple[Keeper, Store], now: Hands, minds: Ponderer
) -> None:
    keeper, store = pair
    key, day = "p1", now.at.date()
    wood = (await store.woods.all())[0].id
    lost = Asked(wood, key, day, now.at, Creature.FENN, "Lost?")
    assert (await store.questions.put(lost, hold=HOLD, most=PONDERED))[1], "and then the process dies"
    with refusing("still thinking"):
        await ask(keeper)
    now.at += HOLD
    assert (await ask(keeper)).question == "Is wood dear?"
    await store.questions.answer(lost, "Too late.")
    assert stored(store)[0][-1] == ANSWER, "a ghost answers nothing"


async def test_what_was_answered_is_kept_over_a_restart(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, minds=Ponderer(), now=now) as (keeper, _):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        await ask(keeper)
    async with keeping(path, minds=Ponderer("Another."), now=now) as (keeper, _):
        card = await ask(keeper)
    assert (card.new, card.answer) == (False, ANSWER)


async def test_a_mind_without_an_answer_leaves_it_to_its_creatures_voice(
    pair: tuple[Keeper, Store], minds: Ponderer
) -> None:
    minds.answer = ""
    card = await ask(pair[0], "Hello!")
    assert card.new
    assert card.answer


async def test_rules_answer_too(kept: tuple[Keeper, Store]) -> None:
    await kept[0].patrons.join(CHANNEL, USER, "Ann")
    card = await ask(kept[0], "What do you need?")
    assert "ask" not in card.question
    assert card.answer


@pytest.mark.parametrize("error", [RuntimeError("broken"), asyncio.CancelledError()])
async def test_a_question_that_fails_does_not_count(
    pair: tuple[Keeper, Store], minds: Ponderer, error: BaseException
) -> None:
    keeper, store = pair
    minds.answer = error
    with pytest.raises(type(error)):
        await ask(keeper)
    assert stored(store) == []
    minds.answer = ANSWER
    assert (await ask(keeper)).new


async def test_an_answer_that_cannot_be_kept_is_not_given(
    pair: tuple[Keeper, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, store = pair

    async def full(self: Questions, asked: Asked, said: str) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Questions, "answer", full)
        with refusing("Try again"):
            await ask(keeper)
    assert stored(store) == []
    assert (await ask(keeper)).new


async def test_a_model_thinks_about_so_many_a_day_and_the_rest_are_answered_all_the_same(
    pair: tuple[Keeper, Store], minds: Ponderer, now: Hands
) -> None:
    keeper, _ = pair
    for number in range(1, PONDERED + 3):
        await keeper.patrons.join(CHANNEL, USER + number, f"P{number}")
    for number in range(PONDERED + 3):
        assert (await ask(keeper, "Hello!", user=USER + number)).answer
    assert len(minds.asked) == PONDERED
    now.on(days=1)
    await ask(keeper)
    assert len(minds.asked) == PONDERED + 1


async def test_no_turn_waits_for_a_question(pair: tuple[Keeper, Store], minds: Ponderer) -> None:
    keeper, _ = pair
    minds.let.clear()
    question = asyncio.create_task(ask(keeper))
    await minds.begun.wait()
    assert await keeper.turns.take_turn(CHANNEL) is not None
    assert not question.done()
    minds.let.set()
    assert (await question).answer == ANSWER


async def test_strangers_and_silence_are_refused(pair: tuple[Keeper, Store]) -> None:
    keeper, store = pair
    with pytest.raises(Refusal) as stranger:
        await ask(keeper, user=USER + 1)
    assert stranger.value.code is RefusalCode.NO_PATRON
    for nothing in ("", " \u200b ", "<@1>", "https://x.example"):
        with pytest.raises(KeeperError) as empty:
            await ask(keeper, nothing)
        assert empty.value.code is KeeperCode.QUESTION_EMPTY
    assert stored(store) == []


async def test_the_forgotten_leave_no_question_and_old_ones_go(pair: tuple[Keeper, Store], now: Hands) -> None:
    keeper, store = pair
    await keeper.patrons.join(CHANNEL, USER + 1, "Bob")
    await ask(keeper)
    await ask(keeper, user=USER + 1)
    await keeper.patrons.forget(CHANNEL, USER)
    assert [row[0] for row in stored(store)] == ["p2"]
    now.at += KEPT
    await keeper.admin.purge()
    assert len(stored(store)) == 1
    now.on(seconds=1)
    await keeper.admin.purge()
    assert stored(store) == []


async def test_who_is_forgotten_while_a_creature_thinks_leaves_nothing_either(
    pair: tuple[Keeper, Store], minds: Ponderer
) -> None:
    keeper, store = pair
    minds.let.clear()
    question = asyncio.create_task(ask(keeper))
    await minds.begun.wait()
    await keeper.patrons.forget(CHANNEL, USER)
    minds.let.set()
    await question
    assert stored(store) == []


async def test_a_thought_is_the_last_turns_and_of_no_turn_with_a_secret_in_it(
    pair: tuple[Keeper, Store], minds: Ponderer, now: Hands
) -> None:
    keeper, _ = pair
    await keeper.patrons.act(CHANNEL, USER, lambda seen, key: OfferBribe(key, Creature.PIP, "dump"))
    await keeper.turns.take_turn(CHANNEL)
    for who in (Creature.PIP, Creature.OONA):
        await ask(keeper, who=who)
        now.on(days=1)
    assert [question.thought for _, _, question in minds.asked] == ["", THOUGHT], "Pip was offered a bribe"


async def test_no_wood_answers_for_another(pair: tuple[Keeper, Store], minds: Ponderer) -> None:
    keeper, _ = pair
    await found(keeper, CHANNEL + 1, seed=8)
    await keeper.patrons.join(CHANNEL + 1, USER, "Ann")
    await ask(keeper)
    assert (await ask(keeper, channel=CHANNEL + 1)).new, "every wood has a question a day"
    (one, here, _), (two, there, _) = minds.asked
    assert one != two
    assert here.references != there.references
    assert minds.asked[1][2].thought == "", "nothing was thought there yet"


async def test_the_words_of_both_are_shown_harmless(pair: tuple[Keeper, Store], minds: Ponderer) -> None:
    minds.answer = "I **like** [you](x) @everyone"
    card = await ask(pair[0], "**Bold** @everyone `x` # - [y](z)")
    text = "\n".join(render_answer(words_in("en"), card).texts())
    assert "\\*\\*Bold\\*\\* " in text
    assert "@everyone" not in text
    assert "](" not in text.replace("\\]", "")
