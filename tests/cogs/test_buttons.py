"""The buttons of the board, before and after a restart, and what happens when Discord or the bot stumbles."""

import logging
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.keeping.patrons import Patrons
from bot.keeping.queries import Queries
from data.errors import StoreError
from data.journal import Journal
from tests.cogs.grove import Grove, answer, private, said, texts


async def test_the_boards_buttons_work_and_outlive_a_restart(grove: Grove) -> None:
    await grove.turns()
    for _ in range(2):
        more = await grove.marguerite.click(grove.board, custom_id="ttw:more")
        assert private(more)
        assert "How to play" in said(await grove.marguerite.click(answer(more), custom_id="ttw:help"))
        assert "🗞️" in said(await grove.marguerite.click(answer(more), custom_id="ttw:report"))
        assert "has been told" in said(await grove.marguerite.click(answer(more), custom_id="ttw:lore"))
        chart = await grove.marguerite.click(grove.board, custom_id="ttw:chart")
        assert chart.response is not None
        assert len(chart.response.attachments) == 1
        await grove.restart()
    stranger = await grove.konomi.click(grove.board, custom_id="ttw:more")
    assert "100 pebbles" in said(await grove.konomi.click(answer(stranger), custom_id="ttw:join"))
    patron = await grove.konomi.click(grove.board, custom_id="ttw:more")
    assert "100 pebbles" in said(await grove.konomi.click(answer(patron), custom_id="ttw:purse"))
    await grove.turns()
    assert len(grove.posts) == 1, "the board that stood before the restart is the one that is edited"
    assert "turn 2" in texts([component.to_dict() for component in grove.board.components])


async def test_the_buttons_of_a_board_from_before_are_answered_still(grove: Grove) -> None:
    joined = await grove.marguerite.slash(grove.channel, "patron join")
    assert private(await grove.marguerite.click(answer(joined), custom_id="ttw:draw"))


@pytest.mark.parametrize("button", ["ttw:trust", "ttw:legend"])
async def test_a_newcomer_joins_with_the_first_press(grove: Grove, button: str) -> None:
    for new in (True, False):
        pressed = await grove.konomi.click(grove.board, custom_id=button)
        assert private(pressed)
        assert ("You are a patron now" in said(pressed)) is new
    assert "100 pebbles" in said(await grove.konomi.slash(grove.channel, "patron purse"))


async def test_trust_shows_every_creatures_hearts(grove: Grove) -> None:
    hearts = said(await grove.konomi.click(grove.board, custom_id="ttw:trust"))
    assert hearts.count("❤️❤️❤️🤍🤍") == 5
    assert hearts.count("has no quarrel with you") == 5


async def test_the_creatures_are_visited_on_one_page_that_turns(grove: Grove) -> None:
    visit = await grove.konomi.click(grove.board, custom_id="ttw:creatures")
    assert private(visit)
    assert "Oona the owl" in said(visit)
    await grove.konomi.click(answer(visit), custom_id="ttw:creature:pip")
    assert "Pip the mouse" in said(visit)
    assert "Oona the owl" not in said(visit)
    shared = await grove.konomi.slash(grove.channel, "wood creature", creature="oona")
    assert "ttw:creature:" not in str(shared.response and shared.response.components)


async def test_the_rumor_button_opens_a_form_for_everybody(grove: Grove) -> None:
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    assert form.modal is not None
    assert "You are a patron now" in str(form.modal)
    values = {"about": ["firewood"], "words": "the frost comes early", "leaning": ["auto"], "to": ["everybody"]}
    cast = await grove.konomi.submit_modal(form, values)
    assert private(cast)
    assert "frost" in said(cast)
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    assert "You are a patron now" not in str(form.modal)
    whispered = await grove.konomi.submit_modal(form, {**values, "leaning": ["cheaper"], "to": ["fenn"]})
    assert "whispered to Fenn" in said(whispered)
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    refused = await grove.konomi.submit_modal(form, {**values, "words": "hello @everyone"})
    assert "plain words" in said(refused)


NASTY = "Pip's *berries* [rot], says _2) a\\\\ bird_ #1"


async def again(grove: Grove, refused: InteractionResult) -> dict[str, Any]:
    """What the form holds that a refused rumor's button opens, by field."""
    assert refused.response is not None
    form = await grove.konomi.click(refused.response, label="Try again")
    assert form.modal is not None
    filled: dict[str, Any] = {"form": form}
    for label in form.modal["components"]:
        field = label["component"]
        chosen = [option["value"] for option in field.get("options", ()) if option.get("default")]
        filled[field["custom_id"]] = field.get("value", chosen)
    return filled


async def test_a_refused_rumor_is_given_back_and_can_be_mended_in_the_form(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    refused = await grove.konomi.slash(
        grove.channel, "rumor cast", about="pip", text=f"{NASTY} @here", claim="blame", to="oona"
    )
    assert private(refused)
    filled = await again(grove, refused)
    form = filled.pop("form")
    assert filled == {"about": ["pip"], "words": f"{NASTY} @here", "leaning": ["blame"], "to": ["oona"]}
    refused = await grove.konomi.submit_modal(form, {**filled, "words": "see https://example.org", "to": ["everybody"]})
    assert "plain words" in said(refused)
    await grove.restart()
    filled = await again(grove, refused)
    form = filled.pop("form")
    assert filled == {
        "about": ["pip"],
        "words": "see https://example.org",
        "leaning": ["blame"],
        "to": ["everybody"],
    }
    cast = await grove.konomi.submit_modal(form, {**filled, "words": NASTY})
    assert "an ill word about Pip" in said(cast)
    assert "4 of 5 breath" in said(cast)


@pytest.mark.parametrize("error", [StoreError("disk I/O error"), RuntimeError("a fault of our own")], ids=repr)
async def test_words_outlive_a_store_that_fails_and_whatever_else_goes_wrong(
    grove: Grove, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    await grove.konomi.slash(grove.channel, "patron join")

    async def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Journal, "append", failing)
    refused = await grove.konomi.slash(grove.channel, "rumor cast", about="honey", text="the bees are gone")
    monkeypatch.undo()
    assert [cause.__cause__ for cause in grove.raised()] == [error] * isinstance(error, RuntimeError)
    assert private(refused)
    filled = await again(grove, refused)
    assert (filled["about"], filled["words"]) == (["honey"], "the bees are gone")
    assert (filled["leaning"], filled["to"]) == (["auto"], ["everybody"])
    values = {"about": ["honey"], "words": "the bees are gone", "leaning": ["dearer"], "to": ["everybody"]}
    assert "honey gets dearer" in said(await grove.konomi.submit_modal(filled["form"], values))


async def test_who_is_no_patron_keeps_the_words_too(grove: Grove) -> None:
    refused = await grove.konomi.slash(grove.channel, "rumor cast", about="honey", text="the bees are gone")
    assert refused.response is not None
    await grove.konomi.click(refused.response, label="Join the wood")
    filled = await again(grove, refused)
    assert filled["words"] == "the bees are gone"


async def test_a_wood_that_rests_says_so_where_it_would_promise_a_turn(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.alder.slash(grove.channel, "keeper pause")
    cast = await grove.konomi.slash(grove.channel, "rumor cast", about="honey", text="the bees are gone")
    assert "The wood rests" in said(cast)
    assert "next turn" not in said(cast)


async def test_an_unknown_error_is_logged_under_the_number_that_the_player_sees(
    grove: Grove, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        message = "a secret that no player must see"
        raise RuntimeError(message)

    monkeypatch.setattr(Queries, "board", broken)
    for shown in (
        await grove.marguerite.slash(grove.channel, "wood board"),
        await grove.marguerite.slash(grove.channel, "wood board"),
    ):
        assert private(shown)
        number = said(shown).split("`")[1]
        assert number in caplog.text
        assert "secret" not in said(shown)
    assert len(grove.raised()) == 2
    monkeypatch.setattr(Patrons, "purse", broken)
    pressed = await grove.marguerite.click(grove.board, custom_id="ttw:more")
    assert said(pressed).split("`")[1] in caplog.text
    assert len(grove.raised()) == 1


async def test_an_answer_that_comes_too_late_is_a_warning_and_nothing_is_done(
    grove: Grove, caplog: pytest.LogCaptureFixture
) -> None:
    grove.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    with caplog.at_level(logging.WARNING):
        late = await grove.marguerite.slash(grove.channel, "patron join")
    assert late.response is None
    assert "too late" in caplog.text
    assert "Traceback" not in caplog.text
    assert "not a patron" in said(await grove.marguerite.slash(grove.channel, "patron purse"))
    assert len(grove.raised()) == 1


async def test_commands_are_registered_again_only_when_they_changed(grove: Grove) -> None:
    def registered() -> int:
        requests = grove.env.http_requests
        return sum(request.method == "PUT" and request.path.endswith("/commands") for request in requests)

    assert registered() == 1
    await grove.restart()
    assert registered() == 1
    await grove.bot.store.notes.write(f"commands of {grove.bot.application_id}", "something else")
    await grove.restart()
    assert registered() == 2
