"""Whatever players do, in whatever order, with restarts and crashes in between: the promises hold."""

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.keeper import Keeper
from data.log import read_log
from data.replay import replay
from data.store import Store
from tests.bot.kept import CHANNEL, NOON, Hands, found, keeping
from tests.data.fragile import before_each, fragile
from wood.names import Creature, Good
from wood.refusal import Refusal

PLAYERS = {1: "Quillabelle", 2: "Zwiebelfisch", 3: "木の実さん"}
USER = 900_000_000_000_000_000

players = st.sampled_from(sorted(PLAYERS))
moves = st.one_of(
    st.tuples(st.just("join"), players),
    st.tuples(st.just("forget"), players),
    st.tuples(st.just("draw"), players),
    st.tuples(st.just("cast"), players, st.booleans(), st.integers(-1, 5)),
    st.tuples(
        st.just("rumor"),
        players,
        st.sampled_from([*Good, *Creature]),
        st.text(max_size=130),
        st.none() | st.just("pip"),
    ),
    st.tuples(st.just("turn")),
    st.tuples(st.just("turn")),
    st.tuples(st.just("crash"), st.integers(0, 12)),
    st.tuples(st.just("restart")),
    st.tuples(st.just("raze and restore")),
)


class Crash(Exception):
    """The process dies in the middle of a turn."""


@dataclass
class Story:
    """What must be true of the wood, kept beside it."""

    now: Hands = field(default_factory=Hands)
    patrons: set[int] = field(default_factory=set)
    promised: int = 0
    turns: int = 0


async def do(keeper: Keeper, story: Story, move: tuple[object, ...]) -> None:
    match move:
        case ("turn",):
            story.now.on(hours=1)
            assert await keeper.turns.take_turn(CHANNEL, due=story.now.at) is not None
            story.turns += 1
        case ("crash", int(statement)):
            await crash(keeper, statement)
        case ("raze and restore",):
            await keeper.admin.raze(CHANNEL)
            await keeper.admin.restore(CHANNEL)
        case ("join", int(player)):
            await keeper.patrons.join(CHANNEL, USER + player, PLAYERS[player])
            story.promised += player not in story.patrons
            story.patrons.add(player)
        case ("forget", int(player)):
            await keeper.patrons.forget(CHANNEL, USER + player)
            story.patrons.discard(player)
            story.promised += 1
        case ("draw", int(player)):
            await keeper.patrons.draw(CHANNEL, USER + player)
            story.promised += 1
        case ("cast", int(player), bool(own), int(breath)):
            hand = (await keeper.patrons.hand(CHANNEL, USER + player)).hand
            legend = hand[0].slug if own and hand else None
            await keeper.patrons.cast_legend(CHANNEL, USER + player, legend=legend, breath=breath)
            story.promised += 1
        case ("rumor", int(player), Good() | Creature() as about, str(text), to):
            creature = Creature.PIP if to else None
            await keeper.patrons.cast_rumor(CHANNEL, USER + player, about=about, text=text, leaning=None, to=creature)
            story.promised += 1


async def crash(keeper: Keeper, statement: int) -> None:
    """Let a turn die before one of its statements; nothing of it may be left."""
    left = statement

    def die(sql: str) -> None:
        nonlocal left
        left -= sql.startswith(("UPDATE", "INSERT"))
        if left < 0:
            raise Crash

    before = await keeper.admin.export(CHANNEL)
    with before_each(die):
        try:
            await keeper.turns.take_turn(CHANNEL)
        except Crash:
            pass
        else:
            return
    assert await keeper.admin.export(CHANNEL) == before


async def tell(path: Path, story: Story, steps: list[tuple[object, ...]]) -> None:
    """Play the moves, in one process after another."""
    rest = list(steps)
    while True:
        async with keeping(path, now=story.now) as (keeper, store):
            while rest:
                move = rest.pop(0)
                if move == ("restart",):
                    break
                try:
                    await do(keeper, story, move)
                except Refusal:
                    continue
            else:
                return await check(path, keeper, store, story)


async def check(path: Path, keeper: Keeper, store: Store, story: Story) -> None:
    row = await store.woods.living(CHANNEL)
    assert row is not None
    assert row.turn >= story.turns
    name, content = await keeper.admin.export(CHANNEL)
    file = path.with_name(name)
    file.write_bytes(content)
    log = read_log(file)
    assert replay(log)[:3] == ("agrees", row.turn, None)
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    assert sum(len(turn.interventions) for turn in log.turns) + len(snapshot.pending) == story.promised
    assert {patron.user_id for patron in snapshot.patrons} - {None} == {USER + player for player in story.patrons}
    stored = b"".join(each.read_bytes() for each in path.parent.iterdir())
    for player, called in PLAYERS.items():
        if player not in story.patrons:
            assert called.encode() not in stored
    await store.close()


@settings(max_examples=25)
@given(st.lists(moves, min_size=5, max_size=40))
def test_promises_hold_whatever_happens(steps: list[tuple[object, ...]]) -> None:
    async def play() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "wood.sqlite3"
            story = Story()
            assert story.now.at == NOON
            async with keeping(path, now=story.now) as (keeper, _):
                await found(keeper)
            with fragile():
                await tell(path, story, steps)

    asyncio.run(play())
