"""The buttons of the board, before and after a restart, and what happens when Discord or the bot stumbles."""

import logging

import pytest

from bot.keeping.patrons import Patrons
from bot.keeping.queries import Queries
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
