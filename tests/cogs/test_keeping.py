"""/keeper: founding and looking after a wood, through Discord's own doors."""

import discord
import pytest
from simcord import SetupError

from tests.cogs.grove import Grove, private, said, texts


async def test_only_those_who_manage_channels_see_the_keepers_commands(bare: Grove) -> None:
    assert "keeper found" in bare.alder.available_commands(bare.channel)
    assert not [name for name in bare.marguerite.available_commands(bare.channel) if name.startswith("keeper")]
    with pytest.raises(SetupError, match="not visible"):
        await bare.marguerite.slash(bare.channel, "keeper found")


async def test_a_founded_wood_shows_one_board_that_is_edited_in_place(bare: Grove) -> None:
    founded = await bare.found(zone="Asia/Tokyo", report_hour=7)
    assert private(founded)
    assert "1 hour" in said(founded)
    assert "7:00" in said(founded)
    assert "Asia/Tokyo" in said(founded)
    first = bare.board.id
    await bare.turns(3)
    assert [post.id for post in bare.posts] == [first]
    assert "turn 3" in texts([component.to_dict() for component in bare.board.components])


async def test_the_board_mentions_nobody(grove: Grove) -> None:
    await grove.turns()
    requests = [request for request in grove.env.http_requests if request.path.endswith("/messages")]
    assert requests
    sent = [request.json for request in requests if request.method == "POST"]
    assert sent
    assert all(body is not None and body["allowed_mentions"] == {"parse": []} for body in sent)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"pace": "soon"}, "cannot read that pace"),
        ({"pace": "3s"}, "10 seconds"),
        ({"pace": "2d"}, "a day"),
        ({"zone": "Europe/Berln"}, "Did you mean Europe/Berlin"),
    ],
)
async def test_a_wrong_setting_founds_nothing_and_says_why(bare: Grove, options: dict[str, str], words: str) -> None:
    refused = await bare.found(**options)
    assert private(refused)
    assert words in said(refused)
    assert not bare.posts
    assert "No wood lives" in said(await bare.marguerite.slash(bare.channel, "wood board"))


async def test_a_second_wood_in_a_channel_is_refused(grove: Grove) -> None:
    assert "already" in said(await grove.found())
    assert len(grove.posts) == 1


async def test_missing_permissions_are_named_before_anything_is_founded(bare: Grove) -> None:
    me = bare.guild.me
    assert me is not None
    silent = bare.guild.create_text_channel(
        "silent", overwrites={me: discord.PermissionOverwrite(send_messages=False, attach_files=False)}
    )
    refused = await bare.alder.slash(silent, "keeper found")
    assert private(refused)
    assert "**Send Messages** and **Attach Files**" in said(refused)
    assert "No wood lives" in said(await bare.alder.slash(silent, "wood board"))


async def test_a_wood_rests_and_wakes_and_changes_its_pace(grove: Grove) -> None:
    rests = await grove.alder.slash(grove.channel, "keeper pause")
    assert "paused" in said(rests)
    assert await grove.bot.keeper.turns.take_turn(grove.channel.id) is None
    await grove.bot.herald.drain()
    assert "rests" in texts([component.to_dict() for component in grove.board.components])
    wakes = said(await grove.alder.slash(grove.channel, "keeper resume"))
    assert "a turn every **1 hour**" in wakes
    assert "<t:" not in wakes, "what is answered once cannot count down"
    changed = await grove.alder.slash(grove.channel, "keeper settings", pace="90 minutes", report_hour=0)
    assert "90 minutes" in said(changed)
    assert "0:00" in said(changed)
    shown = await grove.alder.slash(grove.channel, "keeper settings")
    assert said(shown) == said(changed)
    assert "seed" not in said(shown), "who knows the seed knows the order of the deck"


async def test_an_export_carries_the_log_and_no_player(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.turns(2)
    sent = await grove.alder.slash(grove.channel, "keeper export")
    assert private(sent)
    assert sent.response is not None
    (file,) = sent.response.attachments
    log = (await file.read()).decode()
    assert file.filename.endswith(".jsonl")
    assert file.filename in said(sent)
    assert log.count("\n") >= 3
    assert "木の実さん" not in log
    assert str(grove.konomi.id) not in log


async def test_razing_asks_for_the_word_and_can_be_undone(grove: Grove) -> None:
    await grove.turns()
    asked = await grove.alder.slash(grove.channel, "keeper raze")
    assert "turn 1" in texts([component.to_dict() for component in grove.board.components])
    assert asked.response is not None
    form = await grove.alder.click(asked.response, label="Raze it")
    doubted = await grove.alder.submit_modal(form, {"word": "no"})
    assert "Nothing was razed" in said(doubted)
    assert (await grove.bot.keeper.queries.wood(grove.channel.id)).razed_at is None

    form = await grove.alder.click(asked.response, label="Raze it")
    razed = await grove.alder.submit_modal(form, {"word": " Raze "})
    await grove.bot.herald.drain()
    assert "razed" in texts([component.to_dict() for component in grove.board.components])
    assert "No wood lives" in said(await grove.marguerite.slash(grove.channel, "wood board"))

    assert razed.response is not None
    back = await grove.alder.click(razed.response, label="Bring it back")
    await grove.bot.herald.drain()
    assert "back" in said(back)
    assert "turn 1" in texts([component.to_dict() for component in grove.board.components])


async def test_a_keeper_who_lost_the_message_still_finds_the_way_back(grove: Grove) -> None:
    await grove.bot.keeper.admin.raze(grove.channel.id)
    refused = await grove.alder.slash(grove.channel, "keeper resume")
    assert refused.response is not None
    await grove.alder.click(refused.response, label="Bring a razed one back")
    assert (await grove.bot.keeper.queries.wood(grove.channel.id)).razed_at is None
    nobody = await grove.marguerite.slash(grove.guild.create_text_channel("other"), "wood board")
    assert nobody.response is not None
    assert "ttw:restore" not in str(nobody.response.components)


async def test_time_zones_and_paces_are_suggested(grove: Grove) -> None:
    zones = await grove.alder.autocomplete(grove.channel, "keeper found", "zone", "new yo")
    assert zones[0]["value"] == "America/New_York"
    assert len(await grove.alder.autocomplete(grove.channel, "keeper found", "zone", "")) == 25
    assert await grove.alder.autocomplete(grove.channel, "keeper found", "zone", "nowhere at all") == []
    paces = await grove.alder.autocomplete(grove.channel, "keeper settings", "pace", "hour")
    assert [choice["value"] for choice in paces] == ["1h", "3h", "6h", "12h"]
