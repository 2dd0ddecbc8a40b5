"""Legends by players, end to end: made up by a form or from a file, tried, decided on, drawn, told and read."""

from pathlib import Path
from typing import Any, Final

import discord
import pytest
from simcord.results import InteractionResult

from bot.keeping.desk import utc_now
from bot.keeping.tales import OPEN_MOST
from bot.views.tales import TaleAcceptButton, TaleDeclineButton, TaleLookButton
from data.log import read_log
from data.replay import replay
from data.tales import MAX_BYTES
from tests.cogs.grove import Grove, answer, private, said, texts
from tests.data.tales import FUTILE, TALE, altered
from tests.refusing import refusing
from wood.moves import TellLegend

SLUG: Final = "own-thimble-corner"
FORM: Final[dict[str, Any]] = {
    "title": "The Thimble Corner",
    "tale": "A hare bought every thimble in the wood. Berries may only be sold by the thimble.",
    "omen": "Berries are cornered, then fall.",
    "good": ["berries"],
    "pattern": ["corner"],
}


@pytest.fixture
async def grove(grove: Grove) -> Grove:
    """A founded wood with two patrons."""
    for person in (grove.marguerite, grove.konomi):
        await person.slash(grove.channel, "patron join")
    await grove.turns()
    return grove


async def filled(grove: Grove, **changes: Any) -> InteractionResult:
    form = await grove.marguerite.slash(grove.channel, "legend propose")
    return await grove.marguerite.submit_modal(form, {**FORM, **changes})


async def sent(grove: Grove, file: bytes) -> InteractionResult:
    return await grove.marguerite.slash(grove.channel, "legend propose", file=("tale.toml", file))


async def handed(grove: Grove, file: bytes = TALE) -> None:
    """A legend that waits for the keeper."""
    draft = await sent(grove, file)
    assert "with the keeper" in said(await grove.marguerite.click(answer(draft), label="Hand it to the keeper"))


async def looked_at(grove: Grove) -> InteractionResult:
    waiting = await grove.alder.slash(grove.channel, "keeper legends")
    return await grove.alder.click(answer(waiting), label="Look")


async def test_a_legend_is_made_up_by_a_form_tried_and_handed_to_the_keeper(grove: Grove) -> None:
    draft = await filled(grove)
    assert private(draft)
    assert "The Thimble Corner" in said(draft)
    assert "% cheaper than without it" in said(draft)
    assert "A stranger takes all the berries" in said(draft)
    assert len(answer(draft).attachments) == 1
    assert "No legend is proposed" in said(await grove.alder.slash(grove.channel, "keeper legends"))
    await grove.restart()
    assert "with the keeper" in said(await grove.marguerite.click(answer(draft), label="Hand it to the keeper"))
    await grove.restart()
    waiting = await grove.alder.slash(grove.channel, "keeper legends")
    assert private(waiting)
    assert "The Thimble Corner** by Marguerite" in said(waiting)
    assert "made up no legend" in said(await grove.konomi.slash(grove.channel, "legend proposals"))
    assert "waits for the keeper" in said(await grove.marguerite.slash(grove.channel, "legend proposals"))
    again = await grove.marguerite.click(answer(draft), label="Hand it to the keeper")
    assert "does not wait any more" in said(again)


async def test_an_accepted_legend_is_drawn_cast_told_and_read_and_the_log_replays(grove: Grove, tmp_path: Path) -> None:
    await handed(grove)
    look = await looked_at(grove)
    assert "by Marguerite" in said(look)
    await grove.restart()
    assert "is accepted" in said(await grove.alder.click(answer(look), label="Accept"))
    await grove.restart()
    assert "does not wait any more" in said(await grove.alder.click(answer(look), label="Accept"))
    await grove.turns()
    assert "in the deck" in said(await grove.marguerite.slash(grove.channel, "legend proposals"))
    await on_top(grove)
    drawn = await grove.konomi.slash(grove.channel, "legend draw")
    assert "The Thimble Corner" in said(drawn)
    assert "A legend of this wood’s own" in said(drawn)
    await grove.turns(5)  # the wood rests between legends
    await grove.restart()
    await grove.konomi.click(answer(drawn), custom_id=f"ttw:cast:{SLUG}")
    await grove.turns()
    extra = next(post for post in reversed(grove.posts) if "The Thimble Corner" in shown(post))
    assert "made up by Marguerite" in shown(extra)
    lore = await grove.alder.click(extra, label="The whole tale")
    assert "made up by Marguerite" in said(lore)
    await grove.turns(4)
    exported = await grove.alder.slash(grove.channel, "keeper export")
    (file,) = answer(exported).attachments
    path = tmp_path / "wood.jsonl"
    path.write_bytes(await file.read())
    assert b"Marguerite" not in path.read_bytes()
    assert replay(read_log(path)).agrees


def shown(post: discord.Message) -> str:
    return texts([component.to_dict() for component in post.components])


async def on_top(grove: Grove) -> None:
    """Tell away all cards of the deck that lie above the legend."""
    snapshot = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert snapshot is not None
    deck = snapshot.world.deck
    for slug in deck[: deck.index(SLUG)]:
        now = await grove.bot.store.woods.snapshot(grove.channel.id)
        assert now is not None
        await grove.bot.store.journal.append(now, TellLegend(slug), utc_now())
    await grove.turns()


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"x" * 1_000_000, "16 KiB at most"),
        (b"\xff\xfe\x00", "no text"),
        (b"title = ", "cannot be read as TOML"),
        (altered('title = "The Thimble Corner"', 'title = "@everyone <@1>"'), "Line 1, `title` cannot hold mentions"),
        (altered("decree = [-40, -25]", "decree = [-75, -25]"), "-75; write -50 or more"),
        (altered("direction = -1", "direction = 1"), "against direction 1"),
        (altered('kind = "run"', 'kind = "curse"'), "is 'curse'; write one of 'demand'"),
        (altered("hold = 2", 'history = "true"'), "is not known here"),
    ],
    ids=range(8),
)
async def test_a_file_that_is_no_legend_is_refused_with_what_would_be_possible(
    grove: Grove, file: bytes, told: str
) -> None:
    refused = await sent(grove, file)
    assert private(refused)
    assert told in said(refused)
    assert "<@" not in said(refused)
    (whole,) = answer(refused).attachments
    assert await whole.read() == TALE
    assert "made up no legend" in said(await grove.marguerite.slash(grove.channel, "legend proposals"))


async def test_a_legend_that_does_not_move_its_good_is_refused_with_the_figures(grove: Grove) -> None:
    refused = await sent(grove, FUTILE)
    assert "must be at least 3 % cheaper" in said(refused)
    assert "instinct" in said(refused)
    assert "Hand it" not in str(answer(refused).components)


async def test_a_form_that_cannot_be_used_comes_back_filled_in(grove: Grove) -> None:
    refused = await filled(grove, tale="See https://example.org for the **tale**.")
    assert "**Tale** cannot hold mentions, emoji codes or links" in said(refused)
    await grove.restart()
    form = await grove.marguerite.click(answer(refused), label="Try again")
    assert form.modal is not None
    fields = {label["component"]["custom_id"]: label["component"] for label in form.modal["components"]}
    assert fields["tale"]["value"] == "See https://example.org for the **tale**."
    assert fields["title"]["value"] == FORM["title"]
    assert [option["value"] for option in fields["pattern"]["options"] if option.get("default")] == ["corner"]
    assert "Your draft" in said(await grove.marguerite.submit_modal(form, FORM))


async def test_a_title_that_is_taken_is_refused_and_the_form_kept(grove: Grove) -> None:
    refused = await filled(grove, title="the great frost")
    assert "of that title already" in said(refused)
    form = await grove.marguerite.click(answer(refused), label="Try again")
    assert "Your draft" in said(await grove.marguerite.submit_modal(form, FORM))


async def test_who_is_no_patron_proposes_nothing(grove: Grove) -> None:
    refused = await grove.alder.slash(grove.channel, "legend propose")
    assert "not a patron" in said(refused)
    await grove.alder.click(answer(refused), label="Join the wood")
    assert (await grove.alder.slash(grove.channel, "legend propose")).modal is not None


async def test_the_keepers_buttons_are_refused_to_who_may_not_keep_the_wood() -> None:
    pressed: Any = type("Pressed", (), {"permissions": discord.Permissions.none()})()
    for button, name in ((TaleLookButton, "look"), (TaleAcceptButton, "accept"), (TaleDeclineButton, "decline")):
        with pytest.raises(discord.app_commands.MissingPermissions):
            await button(f"ttw:tales:{name}:1").press(pressed)


async def test_a_draft_is_nobody_elses(grove: Grove) -> None:
    draft = await sent(grove, TALE)
    taken = await grove.konomi.slash(grove.channel, "legend proposals")
    assert "made up no legend" in said(taken)
    with refusing("does not wait any more"):
        await grove.bot.keeper.tales.propose(grove.channel.id, grove.konomi.id, 1)
    assert "with the keeper" in said(await grove.marguerite.click(answer(draft), label="Hand it to the keeper"))


async def test_a_patron_has_so_many_open_and_may_withdraw_one(grove: Grove) -> None:
    for number in range(OPEN_MOST):
        await handed(grove, altered("The Thimble Corner", f"Thimble {number}"))
    assert "waiting for the keeper" in said(await grove.marguerite.slash(grove.channel, "legend propose"))
    mine = await grove.marguerite.slash(grove.channel, "legend proposals")
    await grove.marguerite.click(answer(mine), custom_id="ttw:tale:withdraw:1")
    assert "withdrawn" in said(await grove.marguerite.slash(grove.channel, "legend proposals"))
    await handed(grove, altered("The Thimble Corner", "Thimble 9"))


async def test_a_declined_legend_is_said_to_be(grove: Grove) -> None:
    await handed(grove)
    look = await looked_at(grove)
    assert "is declined" in said(await grove.alder.click(answer(look), label="Decline"))
    assert "No legend is proposed" in said(await grove.alder.slash(grove.channel, "keeper legends"))
    assert "declined" in said(await grove.marguerite.slash(grove.channel, "legend proposals"))


async def test_a_file_at_the_bound_is_read(grove: Grove) -> None:
    padded = TALE + b"#" * (MAX_BYTES - len(TALE))
    assert "Your draft" in said(await sent(grove, padded))
    assert "16 KiB" in said(await sent(grove, padded + b"#"))
