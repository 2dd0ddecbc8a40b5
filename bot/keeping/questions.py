"""For patrons: asking a creature one question a day."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.keeping.days import DAY, instant, local_day
from bot.keeping.desk import Desk, Seen
from bot.keeping.founding import zone_of
from bot.keeping.hearing import check_heard
from bot.keeping.minds import Askable, Minds
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import AnswerCard
from data.errors import StoreError
from data.questions import Asked
from data.small_talk import small_talk as lines_of
from inference.asking import Asker, Question, tellable
from inference.council import ANSWERING
from inference.small_talk import small_talk
from inference.text import tidy
from wood.asked import MAX_QUESTION
from wood.names import Creature
from wood.observe import observe, speaker_name

PONDERED: Final = 20
"""Questions of a wood and day that a model thinks about; to the rest creatures answer in a line of their language."""
HOLD: Final = timedelta(seconds=ANSWERING + 40)
"""How long a question without an answer keeps its player from putting it anew: longer than any answer takes."""


class Questions:
    """What patrons ask creatures. Nothing of it is an input: an answer is talk, moves nothing and is in no log.

    Args:
        desk: what all parts share.
        minds: who thinks for the creatures.
    """

    def __init__(self, desk: Desk, minds: Minds) -> None:
        self._desk = desk
        self._minds = minds

    async def ask(self, channel_id: int, user_id: int, creature: Creature, text: str) -> AnswerCard:
        """Ask a creature. Who has asked on this day of the wood already is shown that question and its answer again.

        The creature's model answers, or else a line of the wood's language: a question is never left without an answer.
        A wood's turn neither waits for it nor is held up by it.

        Args:
            channel_id: the wood.
            user_id: who asks.
            creature: who is asked.
            text: the player's words.

        Raises:
            Refusal: the player is no patron here or is not to ask, says nothing, or has a question that waits for its
                answer.
        """
        seen = await self._desk.see(channel_id)
        key, row = seen.patron(user_id), seen.stored.wood
        await self._check(seen, user_id)
        question = tidy(text, MAX_QUESTION)
        if not question:
            raise KeeperError(KeeperCode.QUESTION_EMPTY)
        now, zone = self._desk.now(), zone_of(row.zone)
        day = local_day(now, zone)
        store = self._desk.store.questions
        async with self._desk.using(channel_id):
            asked, new = await store.put(Asked(row.id, key, day, now, creature, question), hold=HOLD, most=PONDERED)
        if not new and asked.answer is None:
            raise KeeperError(KeeperCode.QUESTION_OPEN, creature=asked.creature)
        answer = asked.answer or await self._answered(channel_id, seen, asked)
        return AnswerCard(
            rules=seen.rules,
            world=seen.stored.world,
            creature=asked.creature,
            name=seen.names[key],
            question=asked.question,
            answer=answer,
            again=instant(day + DAY, 0, zone),
            new=new,
        )

    async def may(self, channel_id: int, user_id: int) -> None:
        """See that a player may ask something here, before anything is written.

        Raises:
            Refusal: the player is no patron here, or is not to ask anything.
        """
        seen = await self._desk.see(channel_id)
        seen.patron(user_id)
        await self._check(seen, user_id)

    async def _check(self, seen: Seen, user_id: int) -> None:
        await check_heard(self._desk.store, seen.stored.wood.id, user_id)
        if not seen.stored.wood.free_text:
            raise KeeperError(KeeperCode.QUESTIONS_OFF)

    async def _answered(self, channel_id: int, seen: Seen, asked: Asked) -> str:
        """Find an answer and keep it before anybody reads it; what cannot be kept does not count as asked."""
        store = self._desk.store.questions
        try:
            answer = await self._answer(seen, asked)
            async with self._desk.using(channel_id):
                await store.answer(asked, answer)
        except BaseException:  # a shutdown, too
            with suppress(StoreError):
                await store.take_back(asked)
            raise
        return answer

    async def _answer(self, seen: Seen, asked: Asked) -> str:
        rules, row = seen.rules, seen.stored.wood
        world = seen.stored.world  # as stored: what waits for the next turn is nobody's to hear of
        view = observe(rules, world)[asked.creature]
        asker = Asker(speaker_name(rules, world, asked.key), world.feelings[asked.creature].get(asked.key, 0))
        said = ""
        if asked.pondered and isinstance(self._minds, Askable):
            thought = await self._desk.store.questions.thought(row.id, row.turn, asked.creature)
            said = await self._minds.ask(str(row.id), row.seed, view, Question(asked.question, asker, thought))
        talk = lines_of(rules.language)
        return said or small_talk(tellable(view, asker), asked.question, asker, talk, row.seed)
