"""Rights that are gone when a button is pressed, and what the options offer."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.queues import Queues
from bot.telling.catalog import words_in
from bot.views.keeper import ForgetButton, RazeButton, RazeForm, RestoreButton
from cogs.options import paces, spans, suggested_paces, zones
from tests.cogs.grove import Grove
from tests.refusing import refusing

WORDS = words_in("en")


class Pressed:
    """As much of an interaction as the rights look at."""

    def __init__(self, *, manages: bool, asked_of: int = 1, user: int = 1) -> None:
        self.permissions = discord.Permissions(manage_channels=manages)
        self.user = discord.Object(user)
        metadata = type("Metadata", (), {"user": discord.Object(asked_of)})
        self.message = type("Message", (), {"interaction_metadata": metadata})


async def test_who_may_not_keep_the_wood_any_more_can_neither_raze_nor_restore() -> None:
    for use in (RazeButton(WORDS).press, RazeForm(WORDS).send, RestoreButton("back").press):
        with pytest.raises(discord.app_commands.MissingPermissions):
            await use(Pressed(manages=False))  # type: ignore[arg-type]


async def test_a_button_of_the_keepers_is_refused_to_others(grove: Grove) -> None:
    question = await grove.alder.slash(grove.channel, "keeper raze")
    assert question.response is not None
    form = await grove.alder.click(question.response, custom_id="ttw:raze")
    assert form.modal is not None


async def test_forgetting_is_for_the_one_who_was_asked() -> None:
    with refusing("somebody else"):
        await ForgetButton(WORDS).press(Pressed(manages=True, asked_of=2))  # type: ignore[arg-type]


def test_the_typed_pace_comes_first() -> None:
    def offered(typed: str) -> list[tuple[str, str]]:
        return [(str(choice.name), choice.value) for choice in suggested_paces(WORDS, typed)]

    assert offered("90s")[0] == ("90 seconds", "90s")
    assert offered("45m") == [("45 minutes", "45m")]
    assert [name for name, _ in offered("1h")][:1] == ["1 hour"]
    assert len({name for name, _ in offered("1h")}) == len(offered("1h"))
    assert all(value != "5s" for _, value in offered("5s"))
    assert len(offered("")) == 11


async def test_suggestions_never_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the zones cannot be read")

    client = SimpleNamespace(queues=Queues())
    interaction: Any = SimpleNamespace(command=None, client=client, guild_id=1)
    monkeypatch.setattr("cogs.options._zones", broken)
    monkeypatch.setattr("cogs.options._PACES", None)
    for suggest in (paces, spans, zones):
        assert await suggest(interaction, "") == []
