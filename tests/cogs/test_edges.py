"""At the edges of an answer: a form older than the process, a name that changed, a server that the bot is not on."""

import asyncio
import copy
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from yarl import URL

from bot.answers import Answer
from bot.attempts import KEPT, Attempts
from tests.cogs.grove import Grove, private, said


async def test_a_form_that_was_open_over_a_restart_is_answered_and_gives_the_words_back(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    await grove.restart()
    filled = {"about": ["firewood"], "words": "the *frost* comes early", "leaning": ["auto"], "to": ["everybody"]}
    sent = await grove.konomi.submit_modal(form, filled)
    assert private(sent)
    assert "nothing was done" in said(sent)
    assert "You had written:\n> the \\*frost\\* comes early" in said(sent)
    again = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    cast = await grove.konomi.submit_modal(again, filled)
    assert "nothing was done" not in said(cast)


async def test_a_patron_is_called_by_the_name_of_now(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    for user in grove.env.backend.users.values():
        if user.id == grove.konomi.id:
            user.global_name = "Renamed"
    await grove.konomi.slash(grove.channel, "wood help")
    assert "Renamed" in said(await grove.konomi.slash(grove.channel, "patron purse"))
    await grove.restart()
    assert "Renamed" in said(await grove.konomi.slash(grove.channel, "patron purse"))


async def test_who_is_forgotten_gets_no_name_again(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.bot.keeper.patrons.forget(grove.channel.id, grove.konomi.id)
    await grove.bot.keeper.patrons.called(grove.channel.id, grove.konomi.id, "Somebody")
    stored = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert stored is not None
    assert not [row.name for row in stored.patrons if row.name]


async def test_commands_are_for_servers_that_the_bot_is_on(grove: Grove) -> None:
    for command in grove.bot.tree.get_commands():
        payload = command.to_dict(grove.bot.tree)
        assert (payload["integration_types"], payload["contexts"]) == ([0], [0])
    state = grove.bot._connection
    real = state.parse_interaction_create

    def brought_along(data: Any) -> None:
        data = copy.deepcopy(data)
        data["authorizing_integration_owners"] = {"1": data["member"]["user"]["id"]}
        real(data)

    state.parsers["INTERACTION_CREATE"] = brought_along
    try:
        told = await grove.alder.slash(grove.channel, "keeper settings")
    finally:
        state.parsers["INTERACTION_CREATE"] = real
    assert private(told)
    assert "I am not on this server" in said(told)


async def test_attempts_are_counted_by_interaction_and_forgotten_in_time() -> None:
    attempts = Attempts()
    (count,) = attempts.trace().on_request_start
    async with aiohttp.ClientSession() as session:

        async def sent(path: str) -> None:
            request: Any = SimpleNamespace(url=URL("https://example.org") / path)
            await count(session, SimpleNamespace(), request)

        for path in ("interactions/7/aw.x/callback", "interactions/7/aw.x/callback", "webhooks/7/aw.x"):
            await sent(path)
        assert (attempts.of(7), attempts.of(8)) == (2, 0)
        for number in range(100, 100 + KEPT):
            await sent(f"interactions/{number}/aw.x/callback")
        assert (attempts.of(7), attempts.of(100)) == (0, 1)


class Taken(discord.HTTPException):
    """Discord has an answer to this interaction already."""

    def __init__(self) -> None:
        response: Any = SimpleNamespace(status=400, reason="Bad Request")
        super().__init__(response, {"code": 40060, "message": "Interaction has already been acknowledged."})


@pytest.mark.parametrize(
    ("raised", "sent", "ours"),
    [
        ([Taken()], 2, True),
        ([Taken()], 1, False),
        ([aiohttp.ServerDisconnectedError(), Taken()], 2, True),
        ([TimeoutError()], 2, True),
        ([TimeoutError(), TimeoutError()], 2, False),
    ],
    ids=["repeated", "delivered twice", "cut and taken", "lost and sent again", "no Discord"],
)
async def test_a_deferral_that_discord_has_is_ours_if_it_was_sent_before(
    raised: list[Exception], sent: int, ours: bool
) -> None:
    errors = iter(raised)

    async def defer(**_: bool) -> None:
        await asyncio.sleep(0)
        if (error := next(errors, None)) is not None:
            raise error

    interaction: Any = SimpleNamespace(
        id=7,
        extras={},
        response=SimpleNamespace(defer=defer),
        client=SimpleNamespace(attempts=SimpleNamespace(of=lambda _: sent)),
    )
    answer = Answer(interaction)
    if ours:
        await answer.defer()
    else:
        with pytest.raises(type(raised[-1])):
            await answer.defer()
