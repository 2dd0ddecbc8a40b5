"""The herald against a channel that fails in every way a channel can: each post arrives, and arrives once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.delivery import DeliveryError, MessageOldError
from bot.herald import FIRST_WAIT, LEASE, LONGEST_WAIT
from bot.telling.catalog import words_in
from bot.telling.notice import NOTHING, Notice
from data.errors import StoreError
from data.rows import PostKind, PostRow, PostState
from tests.bot.kept import CHANNEL, USER, found
from tests.bot.wall import Killed, Scene

KINDS = ("report", "board")


async def test_the_board_is_posted_once_and_edited_ever_after(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    assert scene.wall.messages == {100: "board after turn 0 with "}
    for turn in range(1, 4):
        await scene.keeper.turns.take_turn(CHANNEL)
        await herald.drain()
        assert scene.wall.messages == {100: f"board after turn {turn} with "}
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == 100
    assert scene.wall.edits == 3
    assert scene.wall.looked == 0


async def test_a_board_owed_many_times_is_edited_once_to_the_latest(scene: Scene) -> None:
    for _ in range(3):
        await scene.keeper.turns.take_turn(CHANNEL)
    await scene.herald().drain()
    assert scene.wall.messages == {100: "board after turn 3 with "}
    assert scene.wall.edits == 0


async def test_a_deleted_board_is_posted_anew(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    del scene.wall.messages[100]
    await scene.keeper.turns.take_turn(CHANNEL)
    await herald.drain()
    assert scene.wall.messages == {101: "board after turn 1 with "}
    assert scene.wall.nonces[101] != scene.wall.nonces[100]
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == 101


async def test_a_process_killed_while_it_replaces_a_deleted_board_posts_no_second_one(scene: Scene) -> None:
    await scene.herald().drain()
    del scene.wall.messages[100]
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.wall.after.append(Killed())
    await scene.crash(scene.herald())
    restarted = scene.herald()
    await restarted.start()
    await restarted.drain()
    await restarted.close()
    assert scene.wall.messages == {101: "board after turn 1 with "}
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == 101


async def test_a_report_is_posted_once_and_no_restart_repeats_it(scene: Scene) -> None:
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.now.on(days=1)
    assert await scene.keeper.turns.owe_report(CHANNEL)
    for _ in range(3):
        await scene.herald().drain()
        await scene.keeper.turns.owe_report(CHANNEL)
    assert list(scene.wall.messages.values()) == ["report of 2026-08-02", "board after turn 1 with "]


@pytest.mark.parametrize("arrived", [False, True])
@pytest.mark.parametrize("kind", [PostKind.BOARD, PostKind.REPORT])
async def test_a_process_killed_while_it_sends_never_leads_to_two_posts_or_none(
    scene: Scene, kind: PostKind, arrived: bool
) -> None:
    if kind is PostKind.REPORT:
        await scene.keeper.turns.take_turn(CHANNEL)
        await scene.herald().drain()
        scene.now.on(days=1)
        await scene.keeper.turns.owe_report(CHANNEL)
    posted = len(scene.wall.nonces)
    (scene.wall.after if arrived else scene.wall.before).append(Killed())
    await scene.crash(scene.herald())
    assert (await scene.post(kind))[0] is PostState.SENDING
    assert len(scene.wall.nonces) == posted + arrived
    await scene.keeper.turns.take_turn(CHANNEL)  # a turn meanwhile does not make one forget
    await scene.herald().drain()
    assert len(scene.wall.nonces) == posted + arrived  # somebody else may be sending it still
    restarted = scene.herald()
    await restarted.start()
    await restarted.drain()
    await restarted.close()
    assert (await scene.post(kind))[0] is PostState.DELIVERED
    moved = kind is PostKind.REPORT
    assert len(scene.wall.nonces) == posted + 1 + moved
    assert sum("board" in message for message in scene.wall.messages.values()) == 1
    assert scene.wall.looked == 1


async def test_an_answer_that_never_came_is_looked_for_before_it_is_sent_again(scene: Scene) -> None:
    scene.wall.after.append(DeliveryError(Notice("problem-trouble"), uncertain=True))
    herald = scene.herald()
    await herald.drain()
    assert await scene.post() == (PostState.SENDING, Notice("problem-trouble").kept())
    scene.now.on(seconds=FIRST_WAIT)
    await herald.drain()
    assert await scene.post() == (PostState.DELIVERED, "")
    assert list(scene.wall.messages) == [100]
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == 100


async def test_where_the_history_cannot_be_read_nothing_is_sent_twice(scene: Scene) -> None:
    herald = scene.herald()
    scene.wall.after.append(DeliveryError(Notice("problem-unreachable"), uncertain=True))
    await herald.drain()
    scene.wall.before.append(DeliveryError(Notice("problem-history"), uncertain=True))
    scene.now.on(seconds=LONGEST_WAIT)
    await herald.drain()
    assert await scene.post() == (PostState.SENDING, Notice("problem-history").kept())
    assert len(scene.wall.nonces) == 1


async def test_a_refused_post_is_put_off_ever_longer_and_the_reason_is_shown(scene: Scene) -> None:
    herald = scene.herald()
    refusing = Notice("problem-code", {"code": 50035})
    waits = []
    for _ in range(9):
        scene.wall.before.append(DeliveryError(refusing))
        await herald.drain()
        assert not scene.wall.before
        due = await scene.store.posts.next_try()
        assert due is not None
        waits.append((due - scene.now.at).total_seconds())
        scene.now.at = due
        assert (await scene.keeper.admin.settings(CHANNEL)).problem == refusing
        if len(waits) < 4:  # the fourth would owe the first report too
            assert await scene.keeper.turns.take_turn(CHANNEL)  # the wood goes on
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    await herald.drain()
    assert list(scene.wall.messages.values()) == ["board after turn 3 with "]
    assert scene.wall.looked == 0
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == NOTHING


async def test_a_reason_that_an_earlier_version_wrote_as_a_sentence_is_said_as_it_is(scene: Scene) -> None:
    (post,) = await scene.store.posts.of_wood(1)
    await scene.store.posts.put_off(post, "I lack [a permission], 50 %.", scene.now.at, uncertain=False)
    problem = (await scene.keeper.queries.wood(CHANNEL)).problem
    assert problem.say(words_in("en")) == "I lack [a permission], 50 %."


async def test_discords_own_waiting_time_is_kept(scene: Scene) -> None:
    scene.wall.before.append(DeliveryError(Notice("problem-slower"), retry_after=123.0))
    await scene.herald().drain()
    assert await scene.store.posts.next_try() == scene.now.at + timedelta(seconds=123)


async def test_an_old_report_that_never_arrives_is_given_up_and_a_board_never(scene: Scene) -> None:
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.now.on(days=1)
    await scene.keeper.turns.owe_report(CHANNEL)
    herald = scene.herald()
    states = []
    for _ in range(4):
        scene.wall.before += [DeliveryError(Notice("problem-channel")), DeliveryError(Notice("problem-channel"))]
        await herald.drain()
        scene.wall.before.clear()
        states.append((await scene.post(PostKind.REPORT))[0])
        scene.now.on(days=10)
    assert states == [PostState.OWED, PostState.OWED, PostState.OWED, PostState.ABANDONED]
    await herald.drain()
    assert list(scene.wall.messages.values()) == ["board after turn 1 with "]


async def test_what_cannot_be_drawn_blocks_neither_turns_nor_other_woods(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await found(scene.keeper, CHANNEL + 1)
    scene.words.faults.append(RuntimeError("no paint"))
    await scene.herald().drain()
    assert len(scene.wall.messages) == 1
    assert "no paint" in caplog.text
    problems = [(await scene.keeper.queries.wood(CHANNEL + place)).problem for place in (0, 1)]
    assert sorted(map(bool, problems)) == [False, True]


async def test_a_file_that_cannot_be_written_is_tried_now_and_then_and_not_all_the_time(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries, full = scene.store.posts.claim, 0, True

    async def claim(post: PostRow, now: datetime, lease: datetime) -> bool:
        nonlocal tries
        tries += 1
        if full:
            raise StoreError("the disk is full")
        return await real(post, now, lease)

    async def until(number: int) -> None:
        while tries < number or (not scene.wall.messages and not full):
            await asyncio.sleep(0.001)

    monkeypatch.setattr(scene.store.posts, "claim", claim)
    monkeypatch.setattr("bot.herald.FIRST_WAIT", 3600.0)
    herald = scene.herald()
    await herald.start()
    await asyncio.wait_for(until(1), 20)
    herald.call(CHANNEL)
    await asyncio.sleep(0.05)
    assert tries == 1
    await herald.close()
    monkeypatch.setattr("bot.herald.FIRST_WAIT", 0.001)
    herald = scene.herald()
    await herald.start()
    await asyncio.wait_for(until(3), 20)
    full = False
    await asyncio.wait_for(until(4), 20)
    await herald.close()
    assert scene.wall.messages == {100: "board after turn 0 with "}


async def test_what_nobody_expected_ends_neither_the_round_nor_another_woods_post(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await found(scene.keeper, CHANNEL + 1)
    posts = scene.store.posts
    claim, due = posts.claim, posts.due
    stones = {"claim": 3, "due": 2}

    async def failing_claim(post: PostRow, now: datetime, lease: datetime) -> bool:
        if post.channel_id == CHANNEL and stones["claim"]:
            stones["claim"] -= 1
            raise RuntimeError("a stone in the bag")
        return await claim(post, now, lease)

    async def failing_due(now: datetime, most: int) -> list[PostRow]:
        if stones["due"]:
            stones["due"] -= 1
            raise RuntimeError("a stone on the road")
        return await due(now, most)

    async def until(messages: int) -> None:
        while len(scene.wall.messages) < messages:
            await asyncio.sleep(0.001)

    monkeypatch.setattr(posts, "claim", failing_claim)
    monkeypatch.setattr(posts, "due", failing_due)
    monkeypatch.setattr("bot.herald.FIRST_WAIT", 0.02)
    herald = scene.herald()
    await herald.start()
    await asyncio.wait_for(until(1), 20)
    await asyncio.wait_for(until(2), 20)
    await herald.close()
    assert scene.wall.channels == [CHANNEL + 1, CHANNEL]
    assert stones == {"claim": 0, "due": 0}
    assert caplog.text.count("RuntimeError: a stone in the bag") == 3
    assert str(CHANNEL) in caplog.text
    assert caplog.text.count("RuntimeError: a stone on the road") == 2


async def test_a_slow_channel_holds_up_no_other(scene: Scene) -> None:
    await found(scene.keeper, CHANNEL + 1)
    herald = scene.herald()
    await herald.drain()
    scene.wall.hold = asyncio.Event()
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.now.on(days=1)
    await scene.keeper.turns.owe_report(CHANNEL)  # waits in the one channel
    await herald.start()
    await scene.keeper.turns.take_turn(CHANNEL + 1)  # called by the keeper: edited in the other

    async def edited() -> None:
        while "board after turn 1 with " not in scene.wall.messages[101]:
            await asyncio.sleep(0.001)

    await asyncio.wait_for(edited(), 10)
    scene.wall.hold.set()
    await herald.close()
    assert "report of 2026-08-02" in scene.wall.messages.values()


async def test_a_turn_while_the_board_is_on_its_way_is_shown_too(scene: Scene) -> None:
    scene.wall.hold = asyncio.Event()
    herald = scene.herald()
    await herald.start()
    await asyncio.wait_for(scene.wall.held.wait(), 20)
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.wall.hold.set()

    async def shown() -> None:
        while scene.wall.messages.get(100) != "board after turn 1 with ":
            await asyncio.sleep(0.001)

    await asyncio.wait_for(shown(), 10)
    await herald.close()
    assert list(scene.wall.messages) == [100]


async def test_a_forgotten_player_is_in_no_post_that_was_still_owed(scene: Scene) -> None:
    await scene.keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    await scene.keeper.turns.take_turn(CHANNEL)
    herald = scene.herald()
    await herald.drain()
    assert "Quillabelle" in scene.wall.messages[100]
    alias = await scene.keeper.patrons.forget(CHANNEL, USER)
    await scene.keeper.turns.take_turn(CHANNEL)
    await herald.drain()
    assert scene.wall.messages[100] == f"board after turn 2 with {alias}"


async def test_a_razed_woods_board_says_so_and_a_restored_ones_comes_back(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await scene.keeper.admin.raze(CHANNEL)
    await herald.drain()
    assert scene.wall.messages == {100: "razed"}
    await scene.keeper.admin.restore(CHANNEL)
    await herald.drain()
    assert scene.wall.messages == {100: "board after turn 0 with "}
    await scene.keeper.admin.raze(CHANNEL)
    await found(scene.keeper)
    await herald.drain()
    assert scene.wall.messages == {100: "razed", 101: "board after turn 0 with "}


async def test_a_wood_razed_before_its_board_was_posted_posts_nothing(scene: Scene) -> None:
    await scene.keeper.admin.raze(CHANNEL)
    await scene.herald().drain()
    assert scene.wall.messages == {}
    assert (await scene.post())[0] is PostState.ABANDONED


async def test_closing_gives_a_post_on_its_way_time_to_arrive_and_can_be_repeated(scene: Scene) -> None:
    scene.wall.hold = asyncio.Event()
    herald = scene.herald()
    await herald.start()
    await asyncio.wait_for(scene.wall.held.wait(), 20)
    asyncio.get_running_loop().call_later(0.02, scene.wall.hold.set)
    await herald.close()
    await herald.close()
    assert (await scene.post())[0] is PostState.DELIVERED
    scene.wall.hold.clear()
    scene.wall.held.clear()
    await scene.keeper.admin.raze(CHANNEL)
    await found(scene.keeper)
    stuck = scene.herald()
    await stuck.start()
    await asyncio.wait_for(scene.wall.held.wait(), 20)
    await stuck.close(grace=0.01)
    posts = await scene.store.posts.of_wood(2)
    assert [post.state for post in posts] == [PostState.SENDING]
    assert posts[0].next_try == scene.now.at + LEASE


async def test_a_wood_whose_channel_is_gone_rests_and_nothing_is_tried_again(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    scene.now.on(days=1)
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.now.on(days=1)
    assert await scene.keeper.turns.owe_report(CHANNEL)
    scene.wall.before = [DeliveryError(Notice("problem-channel"), gone=True) for _ in range(2)]
    await herald.drain()
    card = await scene.keeper.queries.wood(CHANNEL)
    assert (card.paused, card.problem) == (True, Notice("problem-channel"))
    assert await scene.store.posts.next_try() is None
    assert not await scene.keeper.turns.owe_report(CHANNEL)
    scene.wall.before = []
    await scene.keeper.admin.resume(CHANNEL)
    await herald.drain()
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == NOTHING
    assert await scene.post() == (PostState.DELIVERED, "")


async def test_the_board_of_a_razed_wood_is_given_up_with_its_channel(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await scene.keeper.admin.raze(CHANNEL)
    scene.wall.before = [DeliveryError(Notice("problem-channel"), gone=True)]
    await herald.drain()
    assert (await scene.post())[0] is PostState.ABANDONED
    assert await scene.store.posts.next_try() is None


async def test_what_is_owed_again_while_the_owed_posts_are_read_is_delivered_too(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    herald, wall, owed = scene.herald(), scene.wall, scene.store.posts.due
    wall.hold = sent = asyncio.Event()
    assert await herald._set_out()
    await wall.held.wait()
    await scene.keeper.turns.take_turn(CHANNEL)

    async def slowly(now: datetime, most: int) -> list[PostRow]:
        found = await owed(now, most)  # the board is on its way still
        sent.set()
        while herald._errands:
            await asyncio.sleep(0)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(scene.store.posts, "due", slowly)
        await herald.drain()
    assert wall.messages == {100: "board after turn 1 with "}


async def test_a_report_waits_for_no_edit_of_the_board_and_the_board_then_goes_below_it(scene: Scene) -> None:
    await scene.herald().drain()
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.wall.hold_edits = asyncio.Event()
    herald = scene.herald()
    await herald.start()
    async with asyncio.timeout(20):
        await scene.wall.held.wait()
        scene.now.on(days=1)
        assert await scene.keeper.turns.owe_report(CHANNEL)
        while not any(words.startswith("report") for words in scene.wall.messages.values()):
            await asyncio.sleep(0.01)
        scene.wall.hold_edits.set()
        await herald.drain()
    await herald.close()
    report, board = (next(at for at, said in scene.wall.messages.items() if said.startswith(kind)) for kind in KINDS)
    assert report < board
    assert len(scene.wall.messages) == 2


async def test_a_board_that_was_edited_too_often_is_posted_anew(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await scene.keeper.turns.take_turn(CHANNEL)
    scene.wall.before.append(MessageOldError(Notice("problem-slower")))
    await herald.drain()
    assert scene.wall.messages == {100: "board after turn 0 with "}
    scene.now.on(minutes=10)
    await herald.drain()
    assert scene.wall.messages == {101: "board after turn 1 with "}
