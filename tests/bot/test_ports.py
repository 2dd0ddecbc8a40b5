"""The herald's way to Discord, through SimCord's server and with every error that discord.py raises."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
import simcord
from discord import ui
from discord.ext import commands

from bot.delivery import DeliveryError, MessageGoneError, MessageOldError
from bot.ports import LOOK_BACK, DiscordPort, Drawn, _explaining, marker
from bot.telling.catalog import words_in
from data.posts import new_nonce


class Scene:
    """A bot without commands in one channel."""

    def __init__(self, env: simcord.Env, client: discord.Client) -> None:
        self.env, self.client, self.port = env, client, DiscordPort(client)
        self.guild = env.create_guild("Grove")
        self.channel = self.guild.create_text_channel("the-wood")
        everyone = self.guild.default_role
        silent: Any = {everyone: discord.PermissionOverwrite(send_messages=False)}
        blind: Any = {everyone: discord.PermissionOverwrite(read_message_history=False)}
        self.silent = self.guild.create_text_channel("silent", overwrites=silent)
        self.blind = self.guild.create_text_channel("blind", overwrites=blind)
        self.ann = self.guild.add_member(env.create_user("ann"))

    @property
    def posts(self) -> list[discord.Message]:
        return list(self.channel.history())


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    client = commands.Bot("!", intents=discord.Intents(guilds=True))
    env = simcord.Env(client, check_errors=False)
    made = Scene(env, client)
    await env.start()
    try:
        yield made
    finally:
        await client.close()
        await env.shutdown()


def drawn(words: str) -> Drawn:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(words)))
    return Drawn(view)


def words(message: discord.Message) -> str:
    container: Any = message.components[0]
    return str(container.children[0].content)


async def test_a_message_is_sent_edited_and_found_again_by_its_nonce(scene: Scene) -> None:
    nonces = [new_nonce() for _ in range(3)]
    sent = [await scene.port.send(scene.channel.id, drawn(f"post {nonce}"), nonce) for nonce in nonces]
    assert [words(message) for message in scene.posts] == [f"post {nonce}" for nonce in nonces]
    for message_id, nonce in zip(sent, nonces, strict=True):
        assert await scene.port.find(scene.channel.id, nonce) == message_id
    assert await scene.port.find(scene.channel.id, new_nonce()) is None
    await scene.port.edit(scene.channel.id, sent[0], drawn("edited"))
    assert words(scene.posts[0]) == "edited"
    assert len(scene.posts) == 3


async def test_a_message_is_found_however_much_was_said_since(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = scene.client.http.logs_from

    async def logs_from(channel_id: int, limit: int, **where: Any) -> Any:
        if where.get("after") is None:
            return await ask(channel_id, limit, **where)
        return (await ask(channel_id, 9_999, **where))[-limit:]  # Discord answers with what came next, not last

    monkeypatch.setattr(scene.client.http, "logs_from", logs_from)
    nonce = new_nonce()
    message_id = await scene.port.send(scene.channel.id, drawn("board"), nonce)
    sent = discord.utils.snowflake_time(message_id)
    scene.env.backend.clock.advance(3_600)
    for number in range(LOOK_BACK + 50):
        scene.env.backend.create_message(scene.channel.id, scene.ann.id, content=f"chatter {number}")
    assert await scene.port.find(scene.channel.id, nonce, sent) == message_id
    assert await scene.port.find(scene.channel.id, new_nonce(), sent) is None
    assert await scene.port.find(scene.channel.id, nonce, None) is None, "when it was sent is not known"
    late = await scene.port.send(scene.channel.id, drawn("report"), nonce[::-1])
    for number in range(LOOK_BACK - 1):
        scene.env.backend.create_message(scene.channel.id, scene.ann.id, content=f"more {number}")
    assert await scene.port.find(scene.channel.id, nonce[::-1], None) == late, "nor need it be"


async def test_what_came_after_a_message_is_counted_and_a_message_taken_away(scene: Scene) -> None:
    first = await scene.port.send(scene.channel.id, drawn("board"), new_nonce())
    assert await scene.port.count_after(scene.channel.id, first, 51) == 0
    for number in range(4):
        await scene.ann.send(scene.channel, f"chatter {number}")
    assert await scene.port.count_after(scene.channel.id, first, 51) == 4
    assert await scene.port.count_after(scene.channel.id, first, 3) == 3
    await scene.port.remove(scene.channel.id, first)
    assert first not in [message.id for message in scene.posts]
    assert await scene.port.count_after(scene.channel.id, first, 51) == 4, "of a message that is gone too"
    with pytest.raises(MessageGoneError):
        await scene.port.remove(scene.channel.id, first)


async def test_a_message_is_pinned_and_unpinned_where_that_is_allowed(scene: Scene) -> None:
    message_id = await scene.port.send(scene.channel.id, drawn("board"), new_nonce())
    for pinned in (True, True, False, False):
        await scene.port.pin(scene.channel.id, message_id, pinned=pinned)
        assert scene.posts[0].pinned is pinned
    bare: Any = {scene.guild.default_role: discord.PermissionOverwrite(manage_messages=False, pin_messages=False)}
    strict = scene.guild.create_text_channel("strict", overwrites=bare)
    message_id = await scene.port.send(strict.id, drawn("board"), new_nonce())
    with pytest.raises(DeliveryError, match="problem-pin") as failed:
        await scene.port.pin(strict.id, message_id, pinned=True)
    assert not failed.value.uncertain


async def test_no_message_may_mention_anybody(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []

    def watched(real: Any) -> Any:
        def call(*args: Any, params: Any) -> Any:
            sent.append(params.payload)
            return real(*args, params=params)

        return call

    for name in ("send_message", "edit_message"):
        monkeypatch.setattr(scene.client.http, name, watched(getattr(scene.client.http, name)))
    nonce = new_nonce()
    message_id = await scene.port.send(scene.channel.id, drawn("@everyone"), nonce)
    await scene.port.edit(scene.channel.id, message_id, drawn("@everyone"))
    assert [payload["allowed_mentions"]["parse"] for payload in sent] == [[], []]
    assert (sent[0]["nonce"], sent[0]["enforce_nonce"]) == (nonce, True)


async def test_a_history_that_may_not_be_read_is_not_taken_for_an_empty_one(scene: Scene) -> None:
    assert await scene.port.find(scene.channel.id, new_nonce()) is None
    nonce = new_nonce()
    await scene.port.send(scene.blind.id, drawn("there"), nonce)
    with pytest.raises(DeliveryError, match="problem-history") as failed:
        await scene.port.find(scene.blind.id, nonce)
    assert failed.value.uncertain


async def test_a_deleted_message_is_told_from_a_channel_that_is_gone(scene: Scene) -> None:
    message_id = await scene.port.send(scene.channel.id, drawn("board"), new_nonce())
    await scene.posts[0].delete()
    with pytest.raises(MessageGoneError):
        await scene.port.edit(scene.channel.id, message_id, drawn("board"))
    for call in (
        scene.port.send(1, drawn("x"), new_nonce()),
        scene.port.edit(1, 2, drawn("x")),
        scene.port.find(1, new_nonce()),
    ):
        with pytest.raises(DeliveryError, match="problem-channel") as failed:
            await call
        assert not isinstance(failed.value, MessageGoneError)


async def test_a_missing_permission_is_named(scene: Scene) -> None:
    with pytest.raises(DeliveryError, match="problem-sending") as failed:
        await scene.port.send(scene.silent.id, drawn("x"), new_nonce())
    assert not failed.value.uncertain


def answer(status: int) -> Any:
    return SimpleNamespace(status=status, reason="said so", headers={})


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (discord.Forbidden(answer(403), {"code": 50013, "message": "no"}), False),
        (discord.NotFound(answer(404), {"code": 10003, "message": "no"}), False),
        (discord.HTTPException(answer(400), {"code": 50035, "message": "no"}), False),
        (discord.HTTPException(answer(429), {"code": 0, "message": "no"}), False),
        (discord.RateLimited(12.0), False),
        (discord.DiscordServerError(answer(503), "no"), True),
        (aiohttp.ClientConnectionError("no"), True),
        (TimeoutError(), True),
        (ConnectionResetError(), True),
    ],
)
def test_only_what_may_have_arrived_is_looked_for(error: Exception, uncertain: bool) -> None:
    with pytest.raises(DeliveryError) as failed, _explaining(sending=True):
        raise error
    assert failed.value.uncertain is uncertain
    assert failed.value.problem.say(words_in("en")).endswith(".")
    asked = 12.0 if isinstance(error, discord.RateLimited) else 60.0 if getattr(error, "status", 0) == 429 else None
    assert failed.value.retry_after == asked
    with pytest.raises(DeliveryError) as failed, _explaining(sending=False, looking=True):
        raise error
    assert failed.value.uncertain  # a search that failed leaves it as uncertain as it was


def test_markers_are_positive_32_bit_numbers_and_differ() -> None:
    markers = {marker(new_nonce()) for _ in range(2000)}
    assert len(markers) >= 1999
    assert all(0 < number < 2**31 for number in markers)
    assert marker("f" * 24) < 2**31


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, 50083, "archived"),
        (403, 160005, "locked"),
        (400, 160005, "locked"),
        (429, 0, "slower"),
        (403, 50013, "permission"),
    ],
)
def test_a_keeper_is_told_what_can_be_mended(status: int, code: int, told: str) -> None:
    kind = discord.Forbidden if status == 403 else discord.HTTPException
    with pytest.raises(DeliveryError) as failed, _explaining(sending=True):
        raise kind(answer(status), {"code": code, "message": "no"})
    assert told in failed.value.problem.say(words_in("en"))


def test_a_message_that_was_edited_too_often_is_told_apart() -> None:
    with pytest.raises(MessageOldError), _explaining(sending=False):
        raise discord.HTTPException(answer(429), {"code": 30046, "message": "no"})
