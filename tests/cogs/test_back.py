"""Coming back as players see it: the word beside the first answer, alerts and reminders, and the press that wakes."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.cogs.grove import Grove, answer, private, public, said, texts

HOURS = 3_600_000


def change(grove: Grove, query: str, *values: Any) -> None:
    with closing(sqlite3.connect(grove.settings.database)) as file, file:
        assert file.execute(query, values).rowcount >= 1


async def back(grove: Grove, hours: int = 9) -> None:
    """Marguerite joins, is away for some hours and three turns."""
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.turns(3)
    change(grove, "UPDATE visits SET at = at - ?", hours * HOURS)


async def test_who_comes_back_reads_once_what_happened_under_the_first_private_answer(grove: Grove) -> None:
    await back(grove)
    shared = await grove.marguerite.slash(grove.channel, "wood creature", creature="pip", share=True)
    assert "Since you were here" not in public(shared)
    purse = await grove.marguerite.slash(grove.channel, "patron purse")
    (word,) = purse.followups
    assert word.ephemeral
    assert "Since you were here" in texts(word.components)
    assert "3 turns have passed" in texts(word.components)
    assert "Since you were here" not in said(purse)
    again = await grove.marguerite.slash(grove.channel, "patron purse")
    assert private(again)


async def test_a_button_and_a_form_are_answers_too_and_a_stranger_is_told_nothing(grove: Grove) -> None:
    await back(grove)
    menu = await grove.konomi.slash(grove.channel, "wood help")
    assert private(menu)
    pressed = await grove.marguerite.click(grove.board, label="More")
    assert "Since you were here" in texts(pressed.followups[0].components)


async def test_after_a_refusal_the_word_still_comes(grove: Grove) -> None:
    await back(grove)
    refused = await grove.marguerite.slash(grove.channel, "legend lore")
    assert private(refused)
    told = await grove.marguerite.slash(grove.channel, "wood board")
    assert len(told.followups) == 1


async def test_a_short_absence_is_not_told(grove: Grove) -> None:
    await back(grove, hours=5)
    assert private(await grove.marguerite.slash(grove.channel, "patron purse"))


async def test_a_price_is_asked_for_listed_and_taken_back(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    empty = await grove.marguerite.slash(grove.channel, "patron alert")
    assert "None yet" in said(empty)
    asked = await grove.marguerite.slash(grove.channel, "patron alert", good="honey", price=99.5)
    assert private(asked)
    assert "Honey at **99.50** or above" in said(asked)
    assert "direct message" in said(asked)
    moved = await grove.marguerite.click(answer(asked), label="Ping me in this channel")
    assert "a ping in this channel" in said(moved)
    reached = await grove.marguerite.slash(grove.channel, "patron alert", good="honey", price=99, way="below")
    assert "reached that already" in said(reached)
    gone = await grove.marguerite.click(answer(moved), label="Not honey")
    assert "None yet" in said(gone)


async def test_a_price_that_is_reached_is_a_ping_of_its_patron_alone(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    asked = await grove.marguerite.slash(grove.channel, "patron alert", good="honey", price=99)
    await grove.marguerite.click(answer(asked), label="Ping me in this channel")
    change(grove, "UPDATE alerts SET price = 1")
    await grove.turns(2)
    (ping,) = [post for post in grove.posts if "you asked to hear" in str(post.components)]
    assert f"<@{grove.marguerite.id}>" in str(ping.components)


async def test_reminders_are_off_until_they_are_pressed(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    shown = await grove.marguerite.slash(grove.channel, "patron remind")
    assert private(shown)
    assert said(shown).count("🔕") == 3
    on = await grove.marguerite.click(answer(shown), label="Daily call")
    assert "🔔 that a new daily call" in said(on)
    await grove.turns(4)  # the first report comes with the fourth turn
    off = await grove.marguerite.click(answer(on), label="Daily call")
    assert said(off).count("🔕") == 3
    with closing(sqlite3.connect(grove.settings.database)) as file:
        assert file.execute("SELECT count(*) FROM posts WHERE kind = 'notify' AND key < 0").fetchone() == (1,)


async def test_any_press_wakes_a_wood_that_dozes(grove: Grove) -> None:
    change(grove, "UPDATE woods SET pressed_at = pressed_at - ?", 73 * HOURS)
    await grove.restart()
    await grove.turns()
    assert "The wood dozes" in texts([each.to_dict() for each in grove.board.components])
    pressed = await grove.konomi.click(grove.board, label="Rumor")
    assert pressed is not None
    await grove.bot.herald.drain()
    assert "The wood dozes" not in texts([each.to_dict() for each in grove.board.components])
    assert not (await grove.bot.keeper.queries.wood(grove.channel.id)).dozing


async def test_a_keeper_can_keep_it_from_dozing(grove: Grove) -> None:
    shown = await grove.alder.slash(grove.channel, "keeper settings", dozes=False)
    assert "even when nobody presses" in said(shown)
