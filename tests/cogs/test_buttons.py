"""The buttons of the board, before and after a restart, and what happens when Discord or the bot stumbles."""

import logging

import pytest

from bot.keeping.patrons import Patrons
from bot.keeping.queries import Queries
from tests.cogs.grove import Grove, private, said, texts


async def test_the_boards_buttons_work_and_outlive_a_restart(grove: Grove) -> None:
    await grove.turns()
    for _ in range(2):
        joined = await grove.marguerite.click(grove.board, custom_id="ttw:join")
        assert private(joined)
        assert "Purse" not in said(joined)
        assert "100 pebbles" in said(await grove.marguerite.click(grove.board, custom_id="ttw:purse"))
        assert "How to play" in said(await grove.marguerite.click(grove.board, custom_id="ttw:help"))
        chart = await grove.marguerite.click(grove.board, custom_id="ttw:chart")
        assert chart.response is not None
        assert len(chart.response.attachments) == 1
        assert "🗞️" in said(await grove.marguerite.click(grove.board, custom_id="ttw:report"))
        await grove.restart()
    assert private(await grove.marguerite.click(grove.board, custom_id="ttw:draw"))
    await grove.turns()
    assert len(grove.posts) == 1, "the board that stood before the restart is the one that is edited"
    assert "turn 2" in texts([component.to_dict() for component in grove.board.components])


async def test_the_rumor_button_opens_a_form_for_patrons_only(grove: Grove) -> None:
    refused = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    assert refused.modal is None
    assert "not a patron" in said(refused)
    await grove.konomi.slash(grove.channel, "patron join")
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
    assert form.modal is not None
    values = {"about": ["firewood"], "words": "the frost comes early", "leaning": ["auto"], "to": ["everybody"]}
    cast = await grove.konomi.submit_modal(form, values)
    assert private(cast)
    assert "frost" in said(cast)
    form = await grove.konomi.click(grove.board, custom_id="ttw:rumor")
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
    for answer in (
        await grove.marguerite.slash(grove.channel, "wood board"),
        await grove.marguerite.slash(grove.channel, "wood board"),
    ):
        assert private(answer)
        number = said(answer).split("`")[1]
        assert number in caplog.text
        assert "secret" not in said(answer)
    assert len(grove.raised()) == 2
    monkeypatch.setattr(Patrons, "purse", broken)
    pressed = await grove.marguerite.click(grove.board, custom_id="ttw:purse")
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
