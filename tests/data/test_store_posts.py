"""What is owed to channels: from owed to delivered, and back."""

from datetime import timedelta
from pathlib import Path

from data.rows import PatronRow, PostKind, PostRow, PostState
from data.store import Store
from tests.data.founded import CHANNEL, NOON, found, put_in, seen, take
from wood.moves import CastRumor, Join, Leave
from wood.names import Good

LATER = NOON + timedelta(hours=1)
LEASE = timedelta(minutes=2)


async def due(store: Store, kind: PostKind = PostKind.BOARD, after: timedelta = timedelta()) -> PostRow:
    (post,) = [post for post in await store.posts.due(LATER + after) if post.kind is kind]
    return post


async def test_a_new_wood_owes_its_board_and_many_turns_owe_one(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        first = await due(store)
        assert (first.kind, first.state, first.channel_id) == (PostKind.BOARD, PostState.OWED, CHANNEL)
        await take(store, 3)
        again = await due(store)
        assert (again.id, again.nonce) == (first.id, first.nonce)
        assert again.revision == first.revision + 3


async def test_a_post_is_claimed_by_one_and_due_again_when_its_lease_ends(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        post = await due(store)
        assert await store.posts.claim(post, LATER, LATER + LEASE)
        assert not await store.posts.claim(post, LATER, LATER + LEASE)
        assert await store.posts.due(LATER) == []
        again = await due(store, after=LEASE)
        assert (again.state, again.nonce) == (PostState.SENDING, post.nonce)
        assert await store.posts.next_try() == LATER + LEASE
        await store.posts.reclaim(LATER)
        assert (await due(store)).state is PostState.SENDING


async def test_a_delivered_board_is_remembered_and_rests_until_it_is_owed_anew(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        post = await due(store)
        assert await store.posts.claim(post, LATER, LATER + LEASE)
        assert await store.posts.delivered(post, 77, LATER)
        assert await store.posts.due(LATER + LEASE) == []
        assert await store.posts.next_try() is None
        wood = await store.woods.living(CHANNEL)
        assert wood is not None
        assert wood.board_message_id == 77
        await take(store)
        again = await due(store)
        assert (again.state, again.message_id) == (PostState.OWED, 77)
        assert again.nonce != post.nonce


async def test_a_turn_during_the_delivery_leaves_the_board_owed(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        post = await due(store)
        assert await store.posts.claim(post, LATER, LATER + LEASE)
        await take(store)
        (row,) = await store.posts.of_wood(post.wood)
        assert (row.state, row.nonce) == (PostState.SENDING, post.nonce)  # it may be on its way: still looked for
        assert not await store.posts.delivered(post, 77, LATER)
        assert (await due(store)).state is PostState.OWED


async def test_failures_are_counted_put_off_and_shown_until_one_arrives(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        for attempt, uncertain in enumerate((False, True)):
            post = await due(store, after=LEASE * attempt)
            assert post.attempts == attempt
            assert await store.posts.claim(post, LATER + LEASE * attempt, LATER + LEASE * (attempt + 1))
            await store.posts.put_off(post, "No permission.", LATER + LEASE * (attempt + 1), uncertain=uncertain)
            assert await store.posts.problem(wood.id) == "No permission."
        post = await due(store, after=LEASE * 2)
        assert (post.state, post.attempts) == (PostState.SENDING, 2)
        await take(store)  # owed anew, yet not before its time
        assert await store.posts.due(LATER) == []
        await store.posts.delivered(await due(store, after=LEASE * 2), 77, LATER)
        assert await store.posts.problem(wood.id) == ""


async def test_a_lost_board_is_sent_anew_under_another_nonce(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        post = await due(store)
        await store.posts.delivered(post, 77, LATER)
        nonce = await store.posts.board_lost(post, 77)
        assert nonce != post.nonce
        row = await store.woods.by_id(wood.id)
        assert row is not None
        assert row.board_message_id is None
        assert [post.nonce for post in await store.posts.of_wood(wood.id)] == [nonce]


async def test_reports_follow_one_another_and_no_hour_is_told_twice(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        assert not await store.turns.owe_report(wood.id, NOON, LATER)
        assert await store.turns.owe_report(wood.id, LATER, LATER)
        assert not await store.turns.owe_report(wood.id, LATER, LATER)
        post = await due(store, PostKind.REPORT)
        assert (post.since, post.until, post.message_id) == (NOON, LATER, None)
        await store.posts.delivered(post, 88, LATER)
        assert not await store.turns.owe_report(wood.id, LATER, LATER)
        assert await store.turns.owe_report(wood.id, LATER + 5 * LEASE, LATER)
        late = await due(store, PostKind.REPORT)
        assert (late.since, late.until) == (LATER, LATER + 5 * LEASE)
        row = await store.woods.living(CHANNEL)
        assert row is not None
        assert row.board_message_id is None  # a report is no board


async def test_a_board_under_a_report_is_new_and_its_former_message_goes(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await store.posts.delivered(await due(store), 77, LATER)
        await store.turns.owe_report(wood.id, LATER, LATER)
        await store.posts.delivered(await due(store, PostKind.REPORT), 88, LATER)
        board = await due(store)
        assert board.anew == board.revision
        await take(store)  # a turn meanwhile changes nothing of it
        board = await due(store)
        assert 0 < board.anew < board.revision
        await store.posts.delivered(board, 99, LATER)
        removal, *others = await store.posts.due(LATER)
        assert (removal.kind, removal.key, others) == (PostKind.REMOVAL, 77, [])
        row = await store.woods.living(CHANNEL)
        assert row is not None
        assert row.board_message_id == 99
        await take(store)
        assert (await due(store)).anew == 0


async def test_a_board_that_is_on_its_way_when_it_is_to_move_moves_afterwards(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        board = await due(store)
        await store.posts.claim(board, LATER, LATER + LEASE)
        await store.turns.owe_report(wood.id, LATER, LATER)
        await store.posts.delivered(await due(store, PostKind.REPORT), 88, LATER)
        assert not await store.posts.delivered(board, 77, LATER)
        assert (await due(store)).anew


async def test_pinning_is_owed_for_the_board_that_stands_and_every_later_one(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await store.woods.change(wood.id, LATER, pinned=True)
        assert [post.kind for post in await store.posts.due(LATER)] == [PostKind.BOARD]
        await store.posts.delivered(await due(store), 77, LATER)
        pin = await due(store, PostKind.PIN)
        assert pin.key == 77
        await store.posts.delivered(pin, 77, LATER)
        await store.woods.change(wood.id, LATER, pinned=False)
        assert (await due(store, PostKind.PIN)).key == 77


async def test_a_razed_wood_owes_no_report_but_the_news_on_its_board(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await store.turns.owe_report(wood.id, LATER, LATER)
        await store.posts.delivered(await due(store), 77, LATER)
        await store.woods.raze(wood.id, LATER)
        assert [post.kind for post in await store.posts.due(LATER)] == [PostKind.BOARD]
        assert not await store.turns.owe_report(wood.id, LATER + LEASE, LATER)
        await store.posts.abandon(await due(store), "")
        assert await store.posts.due(LATER) == []
        await store.woods.restore(wood.id, LATER, None)
        assert [post.kind for post in await store.posts.due(LATER)] == [PostKind.REPORT, PostKind.BOARD]


async def test_forgetting_a_player_owes_the_board_even_in_a_wood_that_rests(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await store.journal.append(await seen(store), Join("p1"), NOON, patron=PatronRow("p1", 42, "Quillabelle"))
        await store.woods.change(wood.id, NOON, next_turn=None)
        assert await store.posts.delivered(await due(store), 77, LATER)
        await put_in(store, CastRumor("p1", Good.HONEY, "honey is scarce", 1))
        assert await store.posts.due(LATER) == []
        await store.journal.append(await seen(store), Leave("p1"), LATER, forget=42)
        assert (await due(store)).message_id == 77
