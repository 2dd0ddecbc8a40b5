"""Whoever asked to be told is told what befell it alone: once, and nothing of it where others read."""

import pytest

from bot.telling.tidings import TidingsCard, read
from bot.views.tidings import render_tidings
from bot.wishes import Wish
from data.rows import Notify, PostKind, PostState
from tests.bot.kept import CHANNEL, USER
from tests.bot.wall import Scene


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    await scene.keeper.patrons.join(CHANNEL, USER, "Ann")
    await scene.keeper.turns.take_turn(CHANNEL)
    return scene


async def bet(scene: Scene, how: Notify) -> None:
    """Ann bets on firewood, and turns pass until the bet is closed for her."""
    await scene.keeper.patrons.notify(CHANNEL, USER, how)
    stakes = scene.keeper.stakes
    card = await stakes.preview(CHANNEL, USER, Wish.of("long", good="firewood", stake=10))
    await stakes.make(CHANNEL, USER, card.wish, card.since)
    for _ in range(10):
        await scene.keeper.turns.take_turn(CHANNEL)
    assert not (await stakes.book(CHANNEL, USER)).positions


def told(scene: Scene) -> list[str]:
    return [message for message in scene.wall.messages.values() if "tidings" in message]


@pytest.mark.parametrize(("how", "said"), [(Notify.CHANNEL, f"{USER}: tidings of closed"), (Notify.DIRECT, "tidings")])
async def test_a_bet_that_is_closed_is_told_once(scene: Scene, how: Notify, said: str) -> None:
    await bet(scene, how)
    herald = scene.herald()
    for _ in range(3):
        await herald.drain()
        await scene.keeper.turns.take_turn(CHANNEL)
    assert len(told(scene)) == 1
    assert said in told(scene)[0]


async def test_nothing_is_owed_to_who_did_not_ask(scene: Scene) -> None:
    await bet(scene, Notify.OFF)
    assert PostKind.NOTIFY not in {post.kind for post in await scene.store.posts.of_wood(1)}


async def test_who_changed_their_mind_is_told_nothing(scene: Scene) -> None:
    await bet(scene, Notify.DIRECT)
    await scene.keeper.patrons.notify(CHANNEL, USER, Notify.OFF)
    await scene.herald().drain()
    assert told(scene) == []
    assert await scene.post(PostKind.NOTIFY) == (PostState.ABANDONED, "")


async def test_a_direct_message_that_is_refused_is_the_last_one(scene: Scene) -> None:
    await bet(scene, Notify.DIRECT)
    scene.wall.silent = True
    await scene.herald().drain()
    assert (await scene.keeper.patrons.purse(CHANNEL, USER)).notify is Notify.REFUSED


@pytest.mark.parametrize("how", [Notify.CHANNEL, Notify.DIRECT])
async def test_a_channel_reads_nothing_of_it(scene: Scene, how: Notify) -> None:
    await bet(scene, how)
    (key,) = [post.key for post in await scene.store.posts.of_wood(1) if post.kind is PostKind.NOTIFY]
    found = read(key)
    assert found is not None
    card = await scene.keeper.tidings.notice(CHANNEL, *found)
    assert isinstance(card, TidingsCard)
    shown = "\n".join(render_tidings(card).texts())
    assert ("firewood" in shown) is (how is Notify.DIRECT)
    assert (f"<@{USER}>" in shown) is (how is Notify.CHANNEL)


def test_a_receipts_key_is_no_tidings() -> None:
    assert read(7) is None
