"""Keepers who want no words of somebody, or nobody's own words; players who are too quick; rights that are checked."""

import copy
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.gate import Gate
from bot.rates import Rates
from bot.telling.catalog import words_in
from bot.telling.stock import all_stock, stock
from bot.views.rumor import LEANINGS
from data.log import Log, read_log
from data.replay import replay
from tests.cogs.grove import Grove, answer, private, said
from wood.moves.rumor import MAX_RUMOR
from wood.names import Creature, Good

WORDS = words_in("en")
RUMOR = {"about": "firewood", "text": "the frost comes early", "claim": "dearer"}
UNHEARD = "does not want your words here"


async def words_of_anybody(grove: Grove) -> list[str]:
    """What Konomi is told who speaks in every way that there is."""
    konomi, channel = grove.konomi, grove.channel
    return [
        said(await konomi.slash(channel, "rumor cast", **RUMOR)),
        said(await konomi.slash(channel, "rumor cast", to="oona", **RUMOR)),
        said(await konomi.slash(channel, "rumor cast", stake=5, **RUMOR)),
        said(await konomi.slash(channel, "patron whisper", to="oona", **RUMOR)),
        said(await konomi.slash(channel, "wood ask", creature="oona", question="How are you?")),
    ]


async def showing(grove: Grove, press: str) -> Any:
    """A message with a button."""
    if press == "ttw:rumor":
        return grove.board
    if press == "ttw:ask:oona":
        return answer(await grove.konomi.click(grove.board, custom_id="ttw:creatures"))
    return answer(await grove.konomi.click(grove.board, custom_id="ttw:trade"))


async def test_nobody_hears_who_is_muted_and_the_player_is_told(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    open_form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    muted = await grove.alder.slash(grove.channel, "keeper mute", player=grove.konomi)
    assert private(muted)
    assert "Nobody here will hear 木の実さん" in said(muted)
    assert "Muted in this wood: 木の実さん." in said(muted)
    assert all(UNHEARD in each for each in await words_of_anybody(grove))
    filled = {"about": ["firewood"], "words": "the frost", "leaning": ["auto"], "to": ["everybody"]}
    sent = said(await grove.konomi.submit_modal(open_form, filled))
    assert UNHEARD in sent
    assert "> the frost" in sent, "the words stay with the player"
    for press in ("ttw:rumor", "ttw:form:whisper", "ttw:ask:oona"):
        shown = await grove.konomi.click(await showing(grove, press), custom_id=press)
        assert UNHEARD in said(shown), "before anything is written"
    assert UNHEARD in said(await grove.konomi.slash(grove.channel, "legend propose"))
    assert "100 pebbles" in said(await grove.konomi.slash(grove.channel, "patron purse")), "nothing was paid"
    # The rest of the game goes on, and others are heard.
    assert UNHEARD not in said(await grove.konomi.slash(grove.channel, "patron long", good="firewood", stake=10))
    await grove.marguerite.slash(grove.channel, "patron join")
    assert "out in the wood" in said(await grove.marguerite.slash(grove.channel, "rumor cast", **RUMOR))


async def test_a_mute_outlives_a_restart_and_being_forgotten_and_keeps_no_id(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.alder.slash(grove.channel, "keeper mute", player=grove.konomi)
    await grove.alder.slash(grove.channel, "keeper mute", player=grove.konomi)
    await grove.bot.keeper.patrons.forget(grove.channel.id, grove.konomi.id)
    shown = said(await grove.alder.slash(grove.channel, "keeper mute"))
    assert "One player is muted here whose name the wood does not know." in shown
    await grove.restart()
    with closing(sqlite3.connect(grove.settings.database)) as file:
        dump = "\n".join(file.iterdump())
    assert str(grove.konomi.id) not in dump
    await grove.konomi.slash(grove.channel, "patron join")
    assert all(UNHEARD in each for each in await words_of_anybody(grove))
    unmuted = said(await grove.alder.slash(grove.channel, "keeper unmute", player=grove.konomi))
    assert "木の実さん is heard again" in unmuted
    assert "Nobody is muted in this wood." in unmuted
    assert "out in the wood" in said(await grove.konomi.slash(grove.channel, "rumor cast", **RUMOR))


async def test_where_free_text_is_off_only_lines_of_the_game_are_said(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    assert "in their own words" in said(await grove.alder.slash(grove.channel, "keeper settings"))
    off = said(await grove.alder.slash(grove.channel, "keeper settings", free_text=False))
    assert "lines that the game offers" in off
    await grove.restart()
    konomi, channel = grove.konomi, grove.channel
    *spoken, asked = await words_of_anybody(grove)
    assert all("takes no words of your own" in each for each in spoken)
    assert "turned patrons' own words off" in asked
    # The command offers lines for what it is about, and takes them.
    found = await konomi.autocomplete(channel, "rumor cast", "text", "", about="honey", claim="dearer")
    offered = [str(choice["value"]) for choice in found]
    assert offered == list(stock(WORDS, Good.HONEY, 1))
    assert "out in the wood" in said(await konomi.slash(channel, "rumor cast", about="honey", text=offered[0]))
    looked = await konomi.slash(channel, "patron whisper", to="oona", about="honey", text=offered[1])
    assert offered[1] in said(looked)
    # The form has no field for words, and puts the claim into words itself.
    form = await konomi.click(grove.board, custom_id="ttw:rumor")
    filled = {"about": ["pip"], "leaning": ["blame"], "to": ["everybody"]}
    cast = said(await konomi.submit_modal(form, filled))
    assert any(f"“{line}”" in cast for line in stock(WORDS, Creature.PIP, -1)), cast
    assert "an ill word about Pip" in cast


async def test_an_export_says_who_is_muted_and_whether_words_are_free(grove: Grove, tmp_path: Path) -> None:
    async def exported() -> Log:
        _, log = await grove.bot.keeper.admin.export(grove.channel.id)
        path = tmp_path / "wood.jsonl"
        path.write_bytes(log)
        return read_log(path)

    for patron in (grove.marguerite, grove.konomi):
        await patron.slash(grove.channel, "patron join")
    await grove.turns()
    plain = await exported()
    assert (plain.muted, plain.free_text) == ((), True)
    await grove.alder.slash(grove.channel, "keeper mute", player=grove.konomi)
    await grove.alder.slash(grove.channel, "keeper settings", free_text=False)
    told = await exported()
    assert (told.muted, told.free_text) == (("p2",), False)
    assert replay(told).agrees
    assert replace(told, muted=(), free_text=True) == plain


def test_every_line_of_the_game_is_short_and_another_one() -> None:
    for about in (*Good, *Creature):
        lines = all_stock(WORDS, about)
        assert len(lines) == 7
        assert all(len(line) <= min(MAX_RUMOR, 100) for line in lines), "Discord's suggestions are short"
    assert {*LEANINGS.values()} == {1, 0, -1}


def noted(used: list[str], real: Callable[[], Any]) -> Callable[[], Any]:
    """The same way to the database, which is noted when it is gone."""

    def going() -> Any:
        used.append(real.__name__)
        return real()

    return going


async def test_who_is_too_quick_is_told_when_again_and_costs_the_store_nothing(
    grove: Grove, monkeypatch: pytest.MonkeyPatch
) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    at = [0.0]
    grove.bot.gate = Gate(Rates(lambda: at[0], player=2, wood=1_000, guild=1_000, typing=2))
    await grove.konomi.slash(grove.channel, "wood help")
    used: list[str] = []
    database = grove.bot.store.database
    for name in ("reading", "writing"):
        real = getattr(database, name)
        monkeypatch.setattr(database, name, noted(used, real))
    for hurried in (
        await grove.konomi.slash(grove.channel, "patron purse"),
        await grove.konomi.click(grove.board, custom_id="ttw:book"),
        await grove.konomi.submit_modal(
            form, {"about": ["firewood"], "words": "the *frost*", "leaning": ["auto"], "to": ["everybody"]}
        ),
    ):
        assert private(hurried)
        assert "quicker than I can follow. Nothing was done; try again <t:" in said(hurried)
    assert "> the \\*frost\\*" in said(hurried), "the words stay with the player"
    assert not used
    await grove.konomi.autocomplete(grove.channel, "legend cast", "legend", "")
    used.clear()
    assert await grove.konomi.autocomplete(grove.channel, "legend cast", "legend", "") == []
    assert not used
    at[0] += 30
    assert "100 pebbles" in said(await grove.konomi.slash(grove.channel, "patron purse"))


async def test_the_bot_checks_a_keepers_rights_itself(grove: Grove) -> None:
    """Discord lets a server give /keeper to any role, whatever the command asks for by default."""
    state = grove.bot._connection
    real = state.parse_interaction_create

    def let_through(data: Any) -> None:
        data = copy.deepcopy(data)
        data["member"]["permissions"] = str(discord.Permissions(send_messages=True).value)
        real(data)

    state.parsers["INTERACTION_CREATE"] = let_through
    try:
        for command in ("settings", "pause", "export", "mute", "raze", "legends"):
            told = await grove.alder.slash(grove.channel, f"keeper {command}")
            assert private(told)
            assert "Manage Channels" in said(told), command
    finally:
        state.parsers["INTERACTION_CREATE"] = real
    assert {type(error) for error in grove.raised()} == {discord.app_commands.MissingPermissions}
    assert "paused" not in said(await grove.alder.slash(grove.channel, "keeper settings"))


async def test_an_interaction_that_comes_twice_is_worked_on_once(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    state = grove.bot._connection
    real = state.parse_interaction_create

    def twice(data: Any) -> None:
        real(copy.deepcopy(data))
        real(copy.deepcopy(data))

    state.parsers["INTERACTION_CREATE"] = twice
    try:
        await grove.konomi.slash(grove.channel, "rumor cast", **RUMOR)
        form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
        filled = {"about": ["honey"], "words": "the bees", "leaning": ["auto"], "to": ["everybody"]}
        await grove.konomi.submit_modal(form, filled)
    finally:
        state.parsers["INTERACTION_CREATE"] = real
    stored = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert stored is not None
    assert [entry.action.kind for entry in stored.pending] == ["join", "rumor", "rumor"]


async def test_no_command_reaches_a_wood_of_another_server(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")

    def from_elsewhere(data: Any) -> None:
        data = copy.deepcopy(data)
        other = str(int(grove.guild.id) + (1 << 22))
        data["guild_id"] = other
        if "guild" in data:
            data["guild"]["id"] = other
        real(data)

    await grove.restart()
    state = grove.bot._connection
    real = state.parse_interaction_create
    state.parsers["INTERACTION_CREATE"] = from_elsewhere
    try:
        told = said(await grove.konomi.slash(grove.channel, "patron purse"))
    finally:
        state.parsers["INTERACTION_CREATE"] = real
    assert "No wood lives in this channel" in told


async def test_a_newcomer_can_open_every_form_of_the_trading_card(grove: Grove) -> None:
    await grove.alder.slash(grove.channel, "patron join")
    trade = await grove.marguerite.click(grove.board, custom_id="ttw:trade")
    assert trade.response is not None
    for name in ("whisper", "lend", "bribe"):
        if name != "whisper":
            await grove.bot.keeper.patrons.forget(grove.channel.id, grove.marguerite.id)
        opened = await grove.marguerite.click(trade.response, custom_id=f"ttw:form:{name}")
        assert opened.modal is not None, name
