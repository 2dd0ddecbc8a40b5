"""Who asked to be told is told once, where it was asked for, and nobody else is ever written to."""

from datetime import timedelta

import pytest

from bot.delivery import DeliveryError
from bot.herald import LEASE
from bot.telling.notice import Notice
from data.rows import Notify, PostKind, PostState
from tests.bot.kept import CHANNEL, USER, rumor
from tests.bot.wall import Scene
from wood.names import Creature, Good


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    await scene.keeper.patrons.join(CHANNEL, USER, "Ann")
    await scene.keeper.turns.take_turn(CHANNEL)
    return scene


async def owed(scene: Scene, how: Notify) -> None:
    """Ann says two things, one of them to Fenn alone, and two turns hear of it."""
    await scene.keeper.patrons.notify(CHANNEL, USER, how)
    await rumor(scene.keeper, "sesame honey falls", about=Good.HONEY, leaning=-1, to=Creature.FENN)
    await rumor(scene.keeper, "firewood gets dear", leaning=1)
    for _ in range(2):
        await scene.keeper.turns.take_turn(CHANNEL)


def notices(scene: Scene) -> list[str]:
    return [message for message in scene.wall.messages.values() if "notice" in message]


async def test_a_ping_is_sent_once_and_for_what_all_heard(scene: Scene) -> None:
    await owed(scene, Notify.CHANNEL)
    herald = scene.herald()
    for _ in range(4):
        await herald.drain()
        await scene.keeper.turns.take_turn(CHANNEL)
    assert notices(scene) == [f"{USER}: notice of firewood gets dear"]
    assert USER not in scene.wall.channels


async def test_a_direct_message_goes_to_the_player(scene: Scene) -> None:
    await owed(scene, Notify.DIRECT)
    await scene.herald().drain()
    assert len(notices(scene)) == 1
    assert scene.wall.channels.count(USER) == 1


@pytest.mark.parametrize("how", [Notify.OFF, Notify.REFUSED])
async def test_nothing_is_owed_to_who_did_not_ask(scene: Scene, how: Notify) -> None:
    await owed(scene, how)
    assert PostKind.NOTIFY not in {post.kind for post in await scene.store.posts.of_wood(1)}


async def test_a_direct_message_that_is_refused_is_the_last_one_tried_and_no_fault(scene: Scene) -> None:
    await owed(scene, Notify.DIRECT)
    scene.wall.silent = True
    await scene.herald().drain()
    assert await scene.post(PostKind.NOTIFY) == (PostState.ABANDONED, "")
    assert (await scene.keeper.patrons.purse(CHANNEL, USER)).notify is Notify.REFUSED
    assert not (await scene.keeper.queries.wood(CHANNEL)).problem
    assert not (await scene.keeper.queries.wood(CHANNEL)).paused


async def test_who_was_forgotten_or_changed_their_mind_is_told_nothing(scene: Scene) -> None:
    await owed(scene, Notify.CHANNEL)
    await scene.keeper.patrons.notify(CHANNEL, USER, Notify.OFF)
    await scene.herald().drain()
    assert await scene.post(PostKind.NOTIFY) == (PostState.ABANDONED, "")
    await owed(scene, Notify.CHANNEL)
    await scene.keeper.patrons.forget(CHANNEL, USER)
    await scene.herald().drain()
    assert notices(scene) == []
    async with scene.store.database.reading() as connection:
        (row,) = await connection.execute_fetchall("SELECT notify FROM patrons")
    assert row["notify"] == "off"


async def test_a_ping_that_may_have_arrived_is_not_sent_again(scene: Scene) -> None:
    await owed(scene, Notify.CHANNEL)
    herald = scene.herald()
    scene.wall.after.append(DeliveryError(Notice("problem-trouble"), uncertain=True))
    await herald.drain()
    scene.now.at += LEASE + timedelta(minutes=30)
    await herald.drain()
    assert len(notices(scene)) <= 1
    assert (await scene.post(PostKind.NOTIFY))[0] in (PostState.ABANDONED, PostState.DELIVERED)


async def test_a_ping_that_did_not_arrive_is_tried_again(scene: Scene) -> None:
    await owed(scene, Notify.CHANNEL)
    herald = scene.herald()
    scene.wall.before.append(DeliveryError(Notice("problem-slower"), retry_after=1.0))
    await herald.drain()
    scene.now.at += timedelta(minutes=5)
    await herald.drain()
    assert len(notices(scene)) == 1
