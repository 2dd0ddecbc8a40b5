"""Three people play a year against each other by the real commands, and a bot that dies at every step changes nothing.

It is one wood under rules of thumb for minds: where a price must move, legends, the calendar and what is said move it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import simcord
from simcord.results import InteractionResult

from data.replay import Outcome, replay
from tests.cogs.grove import Grove, answer, growing, private, said, texts
from tests.cogs.test_stakes import button
from wood.bourse import MOST_GAIN
from wood.chronicle import Event, EventKind
from wood.magistrate import FINE, FINE_PERCENT
from wood.names import CREATURES, MARGIN, PEBBLES, Creature, Good, patron_account
from wood.world import World

SEED: Final = 14
BOOM: Final = "paper-leaf-bank"
"""The first card of the seed's deck: berries are dear for three turns, and then worth nothing."""
CRASH: Final = "knickerbocker-nest"
YEAR, THAW = 60, 48
TIP: Final = "Berries will be cheap before the week is out"
SECRET: Final = re.compile(r"glimpse|whisper|\bbets?\b|staked|denounce|bribe", re.IGNORECASE)
"""Words of deeds that nobody knows of before they are read out."""


@dataclass
class Play:
    """A wood and its people; ``dies`` is whether the bot does, after each of their steps and each turn of its own."""

    grove: Grove
    dies: bool
    turn: int = 0
    past: list[tuple[int, Event]] = field(default_factory=list)
    made: int = 0

    async def step(self) -> None:
        """Something has just been done, and nothing after it."""
        if self.dies:
            await self.grove.kill()

    async def asks(self, who: simcord.MemberActor, command: str, **options: Any) -> InteractionResult:
        """Use a command whose answer is for the one who asks alone."""
        result = await who.slash(self.grove.channel, command, **options)
        assert private(result)
        return result

    async def reads(self, who: simcord.MemberActor, command: str = "patron book", **options: Any) -> str:
        """What such an answer says."""
        return said(await self.asks(who, command, **options))

    async def says(self, who: simcord.MemberActor, command: str, **options: Any) -> None:
        """Make a move that needs no second look."""
        await self.asks(who, command, **options)
        self.made += 1
        await self.step()

    async def does(self, who: simcord.MemberActor, command: str, **options: Any) -> str:
        """Look at a move and make it; what its preview said."""
        return await self.confirms(
            who, [await self.asks(who, command, **options) for _ in range(2 if self.dies else 1)]
        )

    async def confirms(self, who: simcord.MemberActor, seen: Sequence[InteractionResult]) -> str:
        """Make the move of a preview. One who saw no answer, since the bot died, presses once more in another."""
        preview = said(seen[0])
        self.made += 1
        await self.step()
        for place, each in enumerate(seen):
            await who.click(answer(each), custom_id=button(each, "ttw:do:"))
            came = texts(answer(each).components)
            assert ("done already" if place else "It waits for the next turn") in came, preview
            await self.step()
        return preview

    async def until(self, turn: int) -> None:
        """Let turns pass up to the end of ``turn``; the bot dies between each of them and its posts."""
        while self.turn < turn:
            taken = await self.grove.bot.keeper.turns.take_turn(self.grove.channel.id)
            assert taken is not None
            assert taken.number == self.turn + 1
            self.turn = taken.number
            self.past += [(self.turn, event) for event in taken.events]
            await self.step()
            await self.grove.bot.keeper.receipts.catch_up()
            await self.grove.bot.herald.drain()

    def happened(self, kind: EventKind, key: str | None = None, *, since: int | None = None) -> list[dict[str, Any]]:
        """The facts of what happened of a kind, in the last turn or since one; with a key, to whom it was told."""
        first = self.turn if since is None else since
        told = [event for turn, event in self.past if turn >= first and event.kind is kind and key in {None, event.to}]
        return [{**(event.data or {}), "subject": event.subject} for event in told]

    async def awaits(self, kind: EventKind, key: str, *, since: int, by: int) -> dict[str, Any]:
        """Let turns pass until something has happened to a patron since a turn, by a turn at the latest."""
        while not (came := self.happened(kind, key, since=since)):
            assert self.turn < by, f"no {kind} by turn {by}"
            await self.until(self.turn + 1)
        return came[-1]

    async def world(self) -> World:
        """The wood after its last turn."""
        stored = await self.grove.bot.store.woods.snapshot(self.grove.channel.id)
        assert stored is not None
        return stored.world

    def channel(self) -> str:
        """All that everybody reads by now."""
        return "\n".join(texts([part.to_dict() for part in post.components]) for post in self.grove.posts)

    async def prompts(self, turn: int) -> dict[str, str]:
        """What creatures were asked in a turn."""
        traces = self.grove.bot.store.turns.traces(first=turn, last=turn)
        return {trace.creature: trace.user async for trace in traces}


@dataclass(frozen=True)
class End:
    """What a play left behind.

    Attributes:
        hash: of the last turn, chained to all before.
        moves: what was done, with the turn that it was admitted in.
        posts: the first lines of what stands in the channel.
    """

    hash: str
    moves: list[tuple[int, str]]
    posts: list[str]


async def scheme(play: Play) -> None:
    """A glimpse, a whisper and a short around a legend win; heat, a file, its evidence and a fine follow."""
    alder, marguerite, konomi = play.grove.alder, play.grove.marguerite, play.grove.konomi
    for who in (alder, marguerite, konomi):
        await play.says(who, "patron join")
    await play.until(1)
    await play.says(alder, "legend draw")
    await play.until(2)
    await play.says(alder, "legend cast", legend=BOOM, breath=2)
    await play.says(marguerite, "legend cast", breath=1)
    await play.until(3)
    await play.does(marguerite, "patron foresight", what="shock")
    await play.until(4)
    assert "Something comes over berries: **cheaper**, in 2 turns" in await play.reads(marguerite)
    await play.does(marguerite, "patron whisper", to="fenn", about="berries", text=TIP, claim="cheaper")
    short = await play.does(marguerite, "patron short", good="berries", stake=20)
    assert "heat 2 → **7** of 12" in short, "words and a bet on the same good"
    await play.until(6)
    assert {creature for creature, prompt in (await play.prompts(5)).items() if TIP in prompt} == {Creature.FENN}
    book = await play.reads(marguerite)
    won = 20 * MOST_GAIN
    for part in (f"it had won all it can, +{won}", "too hot", "has a file open on you"):
        assert part in book
    assert f"**{(await play.world()).held(patron_account('p2'), PEBBLES)} pebbles** in your purse" in book
    assert "Magistrate Heron opens a file on Marguerite" in play.channel()
    assert "A file is open on **Marguerite**, heard in 3 turns" in play.channel()
    assert not SECRET.search(play.channel()), "before it is heard nobody knows what is in the file"
    assert not SECRET.search(await play.reads(konomi, "market trades"))
    await play.until(7)
    await play.does(konomi, "patron long", good="berries", stake=20)
    await play.until(9)
    fine = FINE + won * FINE_PERCENT // 100
    told = f"fines Marguerite {fine} pebbles", "a whisper to Fenn about berries", f"{won} pebbles made on berries"
    for part in told:
        assert part in play.channel()
    assert f"Magistrate Heron fined you {fine}" in await play.reads(marguerite)


async def calls_for_margin(play: Play) -> None:
    """Of bets that prices rise some are called for margin: one is closed for want of it, another is kept alive."""
    konomi = play.grove.konomi

    async def bets_go_on() -> None:
        held = {position.good for position in (await play.world()).positions}
        for good in sorted({Good.BERRIES, Good.HONEY} - held):
            await play.does(konomi, "patron long", good=good.value, stake=10)
        await play.until(play.turn + 1)
        assert play.turn < 30, "no call for margin"

    while "called" not in [each["why"] for each in play.happened(EventKind.CLOSED, "p3")]:
        await bets_go_on()
    assert "the margin asked for did not come" in await play.reads(konomi)
    while not (calls := play.happened(EventKind.MARGIN_CALL, "p3")):
        await bets_go_on()
    called = Good(calls[0]["good"])
    books = [await play.asks(konomi, "patron book") for _ in range(2 if play.dies else 1)]
    assert "Add at least" in said(books[0])
    await play.step()
    for book in books:
        await konomi.click(answer(book), custom_id=button(book, f"ttw:see:margin.{called}"))
    assert f"behind your bet on {called}" in await play.confirms(konomi, books)
    await play.until(play.turn + 1)
    assert "called" not in [each["why"] for each in play.happened(EventKind.CLOSED, "p3")]
    for good in sorted(position.good for position in (await play.world()).positions):
        assert "Close your bet" in await play.does(konomi, "patron close", good=good.value)


async def words_and_loans(play: Play) -> None:
    """A stake on what words do is won by the twin; one loan is paid back, and one falls due when no hearth burns."""
    konomi = play.grove.konomi
    began = play.turn + 1
    staked = await stakes(play, "firewood", "cheaper", 8)
    while not play.happened(EventKind.LOAN, "p3", since=began):
        assert play.turn < THAW - 20, "the woodcutter needs nothing"
        if (await play.world()).held(Creature.BRAMBLE, PEBBLES) < 40:
            terms = {"amount": 30, "interest": 6, "turns": THAW - play.turn - 1}
            await play.does(konomi, "patron lend", to="bramble", **terms)
        await play.until(play.turn + 1)
    assert "Bramble owes 36" in await play.reads(konomi)
    began = play.turn + 1
    while not play.happened(EventKind.LOAN, "p3", since=began):
        assert play.turn < THAW - 14, "nobody needs anything"
        world = await play.world()
        owing = {loan.borrower for loan in world.loans}
        needy = [who for who in CREATURES if who not in owing and world.held(who, PEBBLES) < 40]
        for who in needy[: world.held(patron_account("p3"), PEBBLES) // 10]:
            await play.does(konomi, "patron lend", to=who.value, amount=10, interest=2, turns=4)
        await play.until(play.turn + 1)
    await play.awaits(EventKind.REPAID, "p3", since=began, by=THAW - 10)
    assert "paid you 12 pebbles back" in await play.reads(konomi)
    ended = await play.awaits(EventKind.WAGER, "p3", since=staked, by=THAW - 10)
    assert ended["won"]
    assert ended["pebbles"] > 0
    assert re.search(
        r"you won the stake on your words about firewood, \+\d", await play.reads(konomi, "patron history")
    )


async def stakes(play: Play, good: str, claim: str, bar: int) -> int:
    """Konomi says something of a price and stakes pebbles on what that does to it; answers the turn."""
    options = {"about": good, "text": f"{good} will be {claim}", "claim": claim, "stake": 5, "on": "effect", "bar": bar}
    preview = await play.does(play.grove.konomi, "rumor cast", **options)
    assert f"You win if these words move the price by {bar} %" in preview
    await play.until(play.turn + 1)
    assert f"5 on your words making {good} {claim}" in await play.reads(play.grove.konomi)
    return play.turn


async def corner(play: Play) -> None:
    """A corner in berries is broken by another's legend, and its patron denounced, heard and fined."""
    alder, marguerite, konomi = play.grove.alder, play.grove.marguerite, play.grove.konomi
    began = play.turn
    for _ in range(2):
        await play.says(marguerite, "legend draw")
    await play.does(alder, "patron corner", good="berries", budget=55)
    words = {"about": "berries", "text": "Keep your berries, they will be dear", "claim": "dearer"}
    await play.does(alder, "patron whisper", to="pip", **words)
    await play.says(alder, "rumor cast", about="berries", text="berries will be dear", claim="dearer")
    await play.until(began + 1)
    assert "Your agent buys berries" in await play.reads(alder)
    tape = await play.reads(konomi, "market trades")
    await play.does(alder, "patron whisper", to="fenn", **words)
    await play.does(konomi, "patron denounce", whom="Alder")
    await play.says(marguerite, "legend cast", legend=CRASH, breath=3)
    await play.until(began + 2)
    tape += await play.reads(konomi, "market trades")
    assert "you denounced Alder: a file is open on them" in await play.reads(konomi)
    assert "A file is open on **Alder**, heard in 3 turns" in play.channel()
    await play.does(alder, "patron whisper", to="oona", **words)
    await play.until(began + 3)
    assert "An agent" in tape + await play.reads(konomi, "market trades"), "who sent it nobody sees"
    assert [each["good"] for each in play.happened(EventKind.CORNER_BROKEN)] == [Good.BERRIES]
    assert "The corner in berries breaks" in play.channel()
    assert "Your agent must sell berries" in await play.reads(alder)
    assert "a corner in berries" not in play.channel(), "nobody knows yet whose it is"
    await play.until(began + 5)
    assert "fines Alder" in play.channel()
    assert "a corner in berries" in play.channel()
    assert "a bounty for Alder" in await play.reads(konomi)
    assert "木の実さん" not in play.channel().partition("fines Alder")[2].partition("\n")[0]


async def grudge(play: Play) -> None:
    """A loan is not paid back; its borrower holds being pressed for it against the creditor, by name."""
    konomi, lender = play.grove.konomi, patron_account("p3")
    while not (late := [loan for loan in (await play.world()).loans if loan.lender == lender and loan.late]):
        await play.until(play.turn + 1)
    (loan,) = late
    assert loan.late == play.turn == THAW
    assert "**late**" in await play.reads(konomi)
    page = await play.reads(konomi, "wood creature", creature="bramble")
    assert f"木の実さん pressed me for a debt (turn {THAW})" in page
    assert "behind with a debt" in page or "in ruin" in page
    await play.until(THAW + 1)
    world = await play.world()
    name = f"the patron {world.patrons['p3'].alias}"
    assert f"You owe {name} {loan.owed} pebbles, overdue" in (await play.prompts(play.turn))[Creature.BRAMBLE]
    assert world.feelings[Creature.BRAMBLE]["p3"] < 0


async def years_end(play: Play) -> None:
    """All is settled, counted and told, and everybody begins anew."""
    people = play.grove.alder, play.grove.marguerite, play.grove.konomi
    await play.until(YEAR)
    channel = play.channel()
    for part in (
        "The saga of year 1",
        "The corner in berries breaks",
        "Had an agent buy up berries",
        "Paid for a glimpse of what would become of berries, then bet on a fall and won",
        "Denounced Alder",
    ):
        assert part in channel
    assert "Whispered to Fenn about berries" in await play.reads(people[0], "wood saga") + channel
    for who in people:
        assert "**100 pebbles** in your purse" in await play.reads(who)
        assert "1 year counted" in await play.reads(who, "patron career")
    await play.until(YEAR + 1)


async def played(folder: Path, *, dies: bool) -> End:
    """Play the year."""
    async with growing(folder) as grove:
        await grove.found(seed=SEED)
        play = Play(grove, dies)
        for chapter in (scheme, calls_for_margin, words_and_loans, corner, grudge, years_end):
            await chapter(play)
        stored = await grove.bot.store.woods.snapshot(grove.channel.id)
        assert stored is not None
        assert not stored.pending
        assert stored.world.held(MARGIN, PEBBLES) == 0
        log = await grove.bot.store.journal.log(stored.wood.id)
        assert replay(log).outcome is Outcome.AGREES
        moves = [(turn.number, repr(move)) for turn in log.turns for move in turn.interventions]
        assert len(moves) == play.made + 1, "theirs, and what the twin found of the stake on words"
        posts = [texts([part.to_dict() for part in post.components]).partition("\n")[0] for post in grove.posts]
        return End(log.turns[-1].hash, moves, posts)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> End:
    """The year as one process lives through it."""
    return asyncio.run(played(tmp_path_factory.mktemp("unbroken"), dies=False))


@pytest.mark.slow
def test_a_year_is_played_for_stakes(unbroken: End) -> None:
    first = unbroken.posts[0], unbroken.posts[-2]
    assert first == ("## 📜 The Paper Leaf Bank", "## 📜 The saga of year 1")


@pytest.mark.slow
async def test_a_bot_that_dies_at_every_step_loses_no_move_and_repeats_none(unbroken: End, tmp_path: Path) -> None:
    assert await played(tmp_path, dies=True) == unbroken
