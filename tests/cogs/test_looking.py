"""What everybody may see: the board, the creatures, charts, reports and trades; and where there is nothing to see."""

import pytest
from discord import app_commands

from tests.cogs.grove import Grove, private, public, said, texts

PNG = b"\x89PNG\r\n\x1a\n"
EVERYWHERE = [
    "wood board",
    "rumor heard",
    "legend draw",
    "legend hand",
    "legend cast",
    "legend lore",
    "market report",
    "market chart",
    "market trades",
    "patron join",
    "patron purse",
    "patron ranking",
    "patron album",
    "patron forget",
]


async def test_where_no_wood_lives_every_command_says_what_to_do(bare: Grove) -> None:
    for command in EVERYWHERE:
        answer = await bare.marguerite.slash(bare.channel, command)
        assert private(answer), command
        assert "/keeper found" in said(answer), command
    for command in ("pause", "resume", "settings", "export", "raze"):
        assert "/keeper found" in said(await bare.alder.slash(bare.channel, f"keeper {command}")), command
    assert await bare.marguerite.autocomplete(bare.channel, "legend cast", "legend", "") == []
    assert "How to play" in said(await bare.marguerite.slash(bare.channel, "wood help"))


async def test_a_new_wood_has_something_to_show_before_its_first_turn(grove: Grove) -> None:
    for command in ("wood board", "market report", "market chart", "market trades", "rumor heard", "patron ranking"):
        assert private(await grove.marguerite.slash(grove.channel, command)), command
    assert "Pip the mouse" in said(await grove.marguerite.slash(grove.channel, "wood creature", creature="pip"))


async def test_the_private_board_is_the_public_one(grove: Grove) -> None:
    await grove.turns(2)
    shown = await grove.marguerite.slash(grove.channel, "wood board")
    assert private(shown)
    assert said(shown) == texts([component.to_dict() for component in grove.board.components])
    for word in ("Acorns", "Berries", "Mushrooms", "Honey", "Firewood", "Oona", "Bramble", "turn 2"):
        assert word in said(shown)


async def test_a_creature_shows_its_stores_and_words_but_no_thought(grove: Grove) -> None:
    await grove.turns(3)
    shown = await grove.marguerite.slash(grove.channel, "wood creature", creature="bramble", share=True)
    assert "Bramble the squirrel" in public(shown)
    traces = [trace async for trace in grove.bot.store.turns.traces()]
    thoughts = {trace.thought for trace in traces if trace.creature == "bramble" and trace.thought}
    assert thoughts
    assert not [thought for thought in thoughts if thought in public(shown)]


@pytest.mark.parametrize("good", [None, "honey"])
async def test_a_chart_is_a_picture_with_words_for_those_who_cannot_see_it(grove: Grove, good: str | None) -> None:
    await grove.turns(4)
    answer = await grove.marguerite.slash(grove.channel, "market chart", **({"good": good} if good else {}), span=3)
    assert private(answer)
    assert answer.response is not None
    (picture,) = answer.response.attachments
    assert (await picture.read()).startswith(PNG)
    assert picture.description is not None
    assert (good or "honey") in picture.description.lower()
    (gallery,) = [part for part in answer.response.components[0]["components"] if part["type"] == 12]
    assert 0 < len(gallery["items"][0]["description"]) <= 256


async def test_a_report_has_a_story_one_picture_prices_and_ranking(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.turns(3)
    answer = await grove.marguerite.slash(grove.channel, "market report", share=True)
    (report,) = answer.followups
    assert not report.ephemeral
    (picture,) = report.attachments
    assert picture.description
    for word in ("🗞️", "poorer", "Acorns", "木の実さん"):
        assert word in texts(report.components)


async def test_the_tape_says_which_trades_minds_meant(grove: Grove) -> None:
    await grove.turns(2)
    tape = said(await grove.marguerite.slash(grove.channel, "market trades"))
    assert "→" in tape
    assert "left to habit" in tape


async def test_charts_that_are_asked_for_too_fast_are_put_off(grove: Grove) -> None:
    for _ in range(3):
        await grove.marguerite.slash(grove.channel, "market chart")
    refused = await grove.marguerite.slash(grove.channel, "market chart")
    assert private(refused)
    assert "<t:" in said(refused)
    (raised,) = grove.raised()
    assert isinstance(raised, app_commands.CommandOnCooldown)


async def test_spans_are_suggested(grove: Grove) -> None:
    spans = await grove.marguerite.autocomplete(grove.channel, "market chart", "span", "season")
    assert [choice["value"] for choice in spans] == [15]
    spans = await grove.marguerite.autocomplete(grove.channel, "market chart", "span", "")
    assert {choice["name"]: choice["value"] for choice in spans} == {
        "The last 5 turns": 5,
        "One season (15 turns)": 15,
        "Half a year (30 turns)": 30,
        "A whole year (60 turns)": 60,
    }
