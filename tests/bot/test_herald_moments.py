"""A wood's moments in its channel: extras, the year's end, and a board that stays near the end of what is said."""

import pytest

from bot.delivery import DeliveryError
from bot.depths import BURIED, LOOK_EVERY
from bot.herald import FIRST_WAIT, LEASE
from bot.telling.notice import NOTHING, Notice
from data.rows import PostKind, PostState
from tests.bot.kept import CHANNEL
from tests.bot.wall import Killed, Scene
from wood.moves import TellLegend

CORNER, RUN = "mushroom-corner", "run-on-oonas-hoard"
"""A legend with phases after 0, 2, 3 and 6 turns, and one with its first alone."""


async def tell(scene: Scene, slug: str) -> None:
    snapshot = await scene.store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    await scene.store.journal.append(snapshot, TellLegend(slug), scene.now.at)


async def turns(scene: Scene, count: int = 1, legend: str | None = None) -> None:
    if legend:
        await tell(scene, legend)
    for _ in range(count):
        assert await scene.keeper.turns.take_turn(CHANNEL)


async def extras(scene: Scene) -> list[int]:
    return [post.key for post in await scene.store.posts.of_wood(1) if post.kind is PostKind.EXTRA]


def boards(scene: Scene) -> list[int]:
    return [number for number, message in scene.wall.messages.items() if message.startswith("board")]


# Extras


async def test_a_legend_that_is_told_has_an_extra_above_the_board_of_its_turn(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await turns(scene, legend=RUN)
    await herald.drain()
    assert scene.wall.messages == {100: "board after turn 1 with ", 101: f"extra on {RUN} in turn 1"}
    await herald.drain()
    assert len(scene.wall.nonces) == 2


async def test_a_phase_has_one_when_none_came_in_the_four_turns_before(scene: Scene) -> None:
    await turns(scene, 8, legend=CORNER)
    assert await extras(scene) == [1, 7], "told in turn 1; what comes in turns 3 and 4 is the board's to show"


async def test_a_telling_goes_first_and_keeps_later_phases_back(scene: Scene) -> None:
    await turns(scene, 6, legend=CORNER)
    await turns(scene, 2, legend=RUN)  # in turn 7, as the corner's last phase
    assert await extras(scene) == [1, 7]
    card = await scene.keeper.queries.extra_of(CHANNEL, 7)
    assert card is not None
    assert card.strike.legend.slug == RUN


async def test_tellings_too_close_together_have_one_extra(scene: Scene) -> None:
    await turns(scene, 2, legend=RUN)
    await turns(scene, 1, legend=CORNER)
    assert await extras(scene) == [1]


async def test_a_plain_shock_of_the_calendar_has_none(scene: Scene) -> None:
    rules = (await scene.keeper.queries.board(CHANNEL)).rules
    plain = next(slug for slug, legend in rules.legends.items() if legend.history is None)
    await turns(scene, 2, legend=plain)
    assert await extras(scene) == []


async def test_a_keeper_may_turn_them_off(scene: Scene) -> None:
    assert (await scene.keeper.queries.wood(CHANNEL)).extras
    assert not (await scene.keeper.admin.settings(CHANNEL, extras=False)).extras
    await turns(scene, 1, legend=RUN)
    assert await extras(scene) == []
    await scene.keeper.admin.settings(CHANNEL, extras=True)
    await turns(scene, 4)
    await turns(scene, legend=CORNER)
    assert await extras(scene) == [6]


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_process_killed_over_an_extra_posts_it_once(scene: Scene, arrived: bool) -> None:
    await scene.herald().drain()
    await turns(scene, legend=RUN)
    (scene.wall.after if arrived else scene.wall.before).append(Killed())
    await scene.crash(scene.herald())
    restarted = scene.herald()
    await restarted.start()
    await restarted.drain()
    await restarted.close()
    assert (await scene.post(PostKind.EXTRA))[0] is PostState.DELIVERED
    assert list(scene.wall.messages.values()).count(f"extra on {RUN} in turn 1") == 1


async def test_an_extra_that_is_no_news_any_more_is_given_up(scene: Scene) -> None:
    await turns(scene, legend=RUN)
    scene.now.on(days=1)
    scene.wall.before.append(DeliveryError(Notice("problem-trouble")))
    await scene.herald().drain()
    assert (await scene.post(PostKind.EXTRA))[0] is PostState.ABANDONED


# The year's end


async def test_the_year_ends_with_a_post_of_its_own_and_the_board_under_it(scene: Scene) -> None:
    herald = scene.herald()
    year = (await scene.keeper.queries.board(CHANNEL)).rules.year
    await turns(scene, year - 1)
    await herald.drain()
    before = boards(scene)
    await turns(scene)
    await herald.drain()
    assert list(scene.wall.messages.values())[-2:] == ["year 1", f"board after turn {year} with "]
    assert len(boards(scene)) == len(before) == 1
    assert boards(scene) != before


# The board's place


async def report(scene: Scene) -> None:
    await turns(scene)
    scene.now.on(days=1)
    assert await scene.keeper.turns.owe_report(CHANNEL)


async def test_under_a_report_the_board_is_posted_anew_and_its_former_message_goes(scene: Scene) -> None:
    await scene.herald().drain()
    await report(scene)
    await scene.herald().drain()
    assert scene.wall.messages == {101: "report of 2026-08-02", 102: "board after turn 1 with "}
    await turns(scene)
    await scene.herald().drain()
    assert boards(scene) == [102]
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == 102


@pytest.mark.parametrize(("step", "arrived"), [(0, False), (0, True), (1, False), (1, True), (2, False), (2, True)])
async def test_a_process_killed_while_the_board_moves_leaves_neither_two_boards_nor_none(
    scene: Scene, step: int, arrived: bool
) -> None:
    """The report, the new board and the removal of the former one are the steps."""
    await scene.herald().drain()
    await report(scene)
    faults = scene.wall.after if arrived else scene.wall.before
    herald = scene.herald()
    for _ in range(step):
        await herald._set_out()
        for errand in list(herald._errands.values()):
            await errand
    faults.append(Killed())
    await scene.crash(herald)
    assert boards(scene), "there is one at any time"
    await turns(scene)  # a turn meanwhile does not make one forget
    restarted = scene.herald()
    await restarted.start()
    await restarted.drain()
    await restarted.close()
    assert sorted(scene.wall.messages.values()) == ["board after turn 2 with ", "report of 2026-08-02"]
    assert (await scene.keeper.queries.wood(CHANNEL)).board_message_id == boards(scene)[0]
    assert await scene.store.posts.next_try() is None


async def test_a_board_that_much_was_said_after_is_posted_anew(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    scene.wall.chatter = BURIED
    await turns(scene)
    await herald.drain()
    assert boards(scene) == [100], "not yet"
    scene.wall.chatter = BURIED + 1
    await turns(scene)
    await herald.drain()
    assert boards(scene) == [100], "nor looked at again so soon"
    scene.now.on(seconds=LOOK_EVERY.total_seconds())
    await turns(scene)
    await herald.drain()
    assert boards(scene) == [101]
    scene.wall.chatter = 0
    await turns(scene)
    await herald.drain()
    assert boards(scene)[-1:] == [max(scene.wall.messages)]


async def test_a_process_killed_while_a_buried_board_moves_finds_the_new_one(scene: Scene) -> None:
    await scene.herald().drain()
    scene.wall.chatter = BURIED + 1
    await turns(scene)
    scene.wall.after.append(Killed())
    await scene.crash(scene.herald())
    scene.wall.chatter = 0
    scene.now.on(seconds=LEASE.total_seconds())
    await scene.herald().drain()
    assert scene.wall.messages == {101: "board after turn 1 with "}


async def test_what_may_have_arrived_is_looked_for_from_when_it_was_first_sent(scene: Scene) -> None:
    sent = scene.now.at
    scene.wall.after.append(Killed())
    await scene.crash(scene.herald())
    for _ in range(2):  # the history cannot be read at first
        scene.wall.before.append(DeliveryError(Notice("problem-history"), uncertain=True))
        scene.now.on(hours=1)
        await scene.herald().drain()
    scene.now.on(hours=1)
    await scene.herald().drain()
    assert scene.wall.messages == {100: "board after turn 0 with "}
    assert scene.wall.sought == [sent] * 3
    # What is sent next is another message, with a time of its own.
    await report(scene)
    scene.wall.after.append(Killed())
    await scene.crash(scene.herald())
    scene.now.on(seconds=LEASE.total_seconds())
    await scene.herald().drain()
    assert scene.wall.sought[3:4] == [scene.now.at - LEASE]


async def test_a_try_that_a_clock_ahead_put_off_is_due_when_the_clock_is_right(scene: Scene) -> None:
    right = scene.now.at
    scene.now.on(days=365)
    scene.wall.before.append(DeliveryError(Notice("problem-slower"), retry_after=86_400.0))
    await scene.herald().drain()
    assert scene.wall.messages == {}
    scene.now.at = right
    await scene.herald().drain()
    assert scene.wall.messages == {100: "board after turn 0 with "}
    # However long Discord asks to wait, it is not taken for such a try.
    await turns(scene)
    scene.wall.before.append(DeliveryError(Notice("problem-slower"), retry_after=86_400.0))
    await scene.herald().drain()
    assert await scene.store.posts.due(scene.now.at) == []
    scene.now.on(hours=1)
    await scene.herald().drain()
    assert boards(scene) == [100]
    assert scene.wall.edits == 1


async def test_a_board_that_may_not_be_sent_anew_is_tried_again_and_the_old_one_stays(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await report(scene)
    await herald._set_out()
    for errand in list(herald._errands.values()):
        await errand
    scene.wall.before.append(DeliveryError(Notice("problem-sending")))
    await herald.drain()
    assert boards(scene) == [100]
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == Notice("problem-sending")
    scene.now.on(seconds=FIRST_WAIT)
    await herald.drain()
    assert boards(scene) == [102]
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == NOTHING


async def test_a_razed_woods_board_stays_where_it_is(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    await report(scene)
    await scene.keeper.admin.raze(CHANNEL)
    scene.wall.chatter = BURIED + 1
    await herald.drain()
    assert scene.wall.messages == {100: "razed"}


# The pin


async def test_a_board_is_pinned_if_its_keeper_wants_and_so_is_the_next(scene: Scene) -> None:
    herald = scene.herald()
    await herald.drain()
    assert scene.wall.pinned == []
    assert (await scene.keeper.admin.settings(CHANNEL, pinned=True)).pinned
    await herald.drain()
    assert scene.wall.pinned == [100]
    await report(scene)
    await herald.drain()
    assert scene.wall.pinned[-1] == boards(scene)[0]
    await scene.keeper.admin.settings(CHANNEL, pinned=False)
    await herald.drain()
    assert boards(scene)[0] not in scene.wall.pinned


async def test_a_missing_permission_to_pin_is_told_once_and_stops_nothing(scene: Scene) -> None:
    herald = scene.herald()
    scene.wall.unpinnable = True
    await scene.keeper.admin.settings(CHANNEL, pinned=True)
    await herald.drain()
    assert boards(scene) == [100]
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == Notice("problem-pin")
    assert (await scene.post(PostKind.PIN))[0] is PostState.ABANDONED
    await turns(scene)
    await herald.drain()
    assert scene.wall.messages == {100: "board after turn 1 with "}
    assert await scene.store.posts.next_try() is None
    await scene.keeper.admin.settings(CHANNEL, pinned=False)
    await herald.drain()
    assert (await scene.keeper.queries.wood(CHANNEL)).problem == NOTHING
