"""Woods whose place in Discord goes: their turns and posts stop, and those who come back are told why."""

import pytest
from simcord.backend import serializers
from simcord.builders import ChannelHandle

from bot.places import DELETED, REMOVED
from bot.telling.catalog import words_in
from bot.telling.notice import NOTHING, Notice
from data.rows import PostState
from tests.cogs.grove import Grove, said


async def rests(grove: Grove, *why: Notice) -> None:
    """The wood rests for one of the given reasons, and nothing of it is tried any more."""
    card = await grove.bot.keeper.queries.wood(grove.channel.id)
    assert card.paused
    assert card.problem in why
    assert grove.bot.clock.due(grove.channel.id) is None
    assert await grove.bot.keeper.turns.take_turn(grove.channel.id) is None
    assert not await grove.bot.keeper.turns.owe_report(grove.channel.id)
    assert await grove.bot.store.posts.next_try() is None
    (board,) = await grove.bot.store.posts.of_wood(1)
    assert board.state is PostState.ABANDONED


async def taken_off(grove: Grove) -> None:
    """The bot leaves the server; its channels, messages and people stay."""
    grove.env.backend.emit("GUILD_DELETE", {"id": str(grove.guild.id)})
    await grove.env.settle()


async def invited(grove: Grove) -> None:
    """The bot is on the server again."""
    guild = grove.env.backend.get_guild(grove.guild.id)
    grove.env.backend.emit("GUILD_CREATE", serializers.guild_create_payload(grove.env.backend, guild))
    await grove.env.settle()


@pytest.mark.parametrize("owed", [True, False], ids=["with a board owed", "with nothing owed"])
async def test_a_wood_whose_channel_is_deleted_rests(grove: Grove, owed: bool) -> None:
    assert await grove.bot.keeper.turns.take_turn(grove.channel.id)
    if not owed:
        await grove.bot.herald.drain()
    grove.env.backend.delete_channel(grove.channel.id)
    await grove.env.settle()
    await grove.bot.herald.drain()
    # Whoever notices first, the gateway or the herald on its way there, says why.
    await rests(grove, DELETED, Notice("problem-channel"))


async def test_a_channel_without_a_wood_may_go(grove: Grove) -> None:
    other = grove.guild.create_text_channel("other")
    grove.env.backend.delete_channel(other.id)
    await grove.env.settle()
    assert not (await grove.bot.keeper.queries.wood(grove.channel.id)).paused


async def test_a_bot_that_comes_back_to_a_server_says_why_the_wood_rests(grove: Grove) -> None:
    await grove.turns()
    await taken_off(grove)
    await rests(grove, REMOVED)
    await invited(grove)
    settings = said(await grove.alder.slash(grove.channel, "keeper settings"))
    assert "taken off this server" in settings
    assert "/keeper resume" in settings.replace("\\", "")
    await grove.alder.slash(grove.channel, "keeper resume")
    await grove.bot.herald.drain()
    assert "taken off" not in said(await grove.alder.slash(grove.channel, "keeper settings"))
    await grove.turns()
    assert len(grove.posts) == 1, "the board that stood there is the one that is edited"


async def test_a_place_that_went_while_the_bot_was_away_is_noticed_at_the_start(grove: Grove) -> None:
    await grove.turns()
    await grove.bot.close()
    grove.env.backend.delete_channel(grove.channel.id)
    await grove.restart()
    await grove.env.settle()
    await rests(grove, DELETED)


async def test_a_server_that_went_while_the_bot_was_away_is_noticed_at_the_start(grove: Grove) -> None:
    await grove.turns()
    await grove.bot.close()
    grove.env.backend.remove_guild(grove.guild.id)
    await grove.restart()
    await grove.env.settle()
    await rests(grove, REMOVED)


async def test_a_restart_lets_a_wood_be_that_has_its_place(grove: Grove) -> None:
    await grove.turns()
    await grove.restart()
    await grove.env.settle()
    assert not (await grove.bot.keeper.queries.wood(grove.channel.id)).paused
    await grove.turns()


async def thread(grove: Grove) -> ChannelHandle:
    """A thread with a wood in it, after its first board."""
    made = grove.env.backend.create_thread(grove.channel.id, name="the wood", type=11, owner_id=grove.alder.id)
    await grove.env.settle()
    handle = ChannelHandle(grove.env, grove.guild, made)
    await grove.alder.slash(handle, "keeper found", pace="1h", seed=7)
    await grove.bot.herald.drain()
    return handle


def archived(grove: Grove, handle: ChannelHandle, times: int | None) -> None:
    """The thread went to sleep: what is edited there is refused."""
    grove.env.inject_error(
        *("PATCH", f"/channels/{handle.id}/messages/*"), status=400, code=50083, message="archived", times=times
    )


async def test_an_archived_thread_is_woken_for_its_board(grove: Grove) -> None:
    handle = await thread(grove)
    archived(grove, handle, times=1)
    await grove.bot.keeper.turns.take_turn(handle.id)
    await grove.bot.herald.drain()
    assert any(call.method == "PATCH" and call.path == f"/channels/{handle.id}" for call in grove.env.http_requests)
    assert (await grove.bot.keeper.queries.wood(handle.id)).problem == NOTHING
    assert next(iter(handle.history())).edited_at


async def test_a_thread_that_stays_archived_or_is_locked_has_words(grove: Grove) -> None:
    handle = await thread(grove)
    archived(grove, handle, times=None)
    await grove.bot.keeper.turns.take_turn(handle.id)
    await grove.bot.herald.drain()
    told = (await grove.bot.keeper.queries.wood(handle.id)).problem
    assert "archived" in told.say(words_in("en"))


async def test_a_board_that_was_buried_while_the_bot_was_away_comes_back_to_the_end_once(grove: Grove) -> None:
    buried = grove.board.id
    for number in range(250):
        grove.env.backend.create_message(grove.channel.id, grove.konomi.id, content=f"chatter {number}")
    await grove.kill()
    await grove.turns()
    boards = [post.id for post in grove.posts if post.author.bot]
    assert boards == [grove.board.id]
    assert boards != [buried]
    assert grove.posts[-1].id == grove.board.id
    await grove.kill()
    await grove.turns()
    assert [post.id for post in grove.posts if post.author.bot] == boards, "edited in place again"
