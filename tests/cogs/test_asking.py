"""Asking a creature through Discord: for all to read or for one's own eyes, by command and by button."""

from typing import Any

from simcord.results import InteractionResult

from tests.cogs.grove import Grove, answer, private, said, texts


def field(form: InteractionResult) -> dict[str, Any]:
    """The one field of a form."""
    assert form.modal is not None
    (found,) = [each["component"] for each in form.modal["components"] if each.get("component")]
    return dict(found)


QUESTION = "Will honey get **dearer**? @everyone"


async def test_an_answer_is_for_all_to_read_and_quotes_the_question(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.turns(2)
    asked = await grove.marguerite.slash(grove.channel, "wood ask", creature="pip", question=QUESTION)
    (shown,) = asked.followups
    assert not shown.ephemeral
    text = texts(shown.components)
    for words in (
        "Marguerite asks:",
        "> Will honey get \\*\\*dearer\\*\\*?",
        "🐭 **Pip the mouse**",
        "one question a day",
    ):
        assert words in text, words
    assert "@everyone" not in text
    again = await grove.marguerite.slash(grove.channel, "wood ask", creature="oona", question="And now?")
    assert private(again), "the same once more is nobody else's business"
    assert "**Pip the mouse**" in said(again)
    assert "<t:" in said(again)
    await grove.restart()
    assert "**Pip the mouse**" in said(
        await grove.marguerite.slash(grove.channel, "wood ask", creature="fenn", question="Still?")
    )


async def test_an_answer_can_be_for_ones_own_eyes(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    asked = await grove.konomi.slash(grove.channel, "wood ask", creature="oona", question="How are you?", share=False)
    assert private(asked)
    assert "木の実さん asks:" in said(asked)
    assert len(grove.posts) == 1


async def test_who_is_no_patron_keeps_the_words_and_can_join_and_try_again(grove: Grove) -> None:
    refused = await grove.konomi.slash(grove.channel, "wood ask", creature="fenn", question="Do you trust *me*?")
    assert private(refused)
    assert "> Do you trust" in said(refused)
    form = await grove.konomi.click(answer(refused), custom_id="ttw:ask:fenn:again")
    line = field(form)
    assert line["value"] == "Do you trust *me*?"
    asked = await grove.konomi.submit_modal(form, {"words": line["value"]})
    (shown,) = asked.followups
    assert "**Fenn the fox**" in texts(shown.components)


async def test_a_creatures_page_leads_to_a_question(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.turns(3)
    visit = await grove.konomi.click(grove.board, custom_id="ttw:creatures")
    form = await grove.konomi.click(answer(visit), custom_id="ttw:ask:oona")
    line = field(form)
    assert not line.get("value"), "what is said on the page is no question"
    asked = await grove.konomi.submit_modal(form, {"words": "What do you need?"})
    assert "**Oona the owl**" in texts(asked.followups[0].components)


async def test_where_no_wood_lives_it_says_what_to_do(bare: Grove) -> None:
    asked = await bare.konomi.slash(bare.channel, "wood ask", creature="pip", question="Anybody there?")
    assert private(asked)
    assert "/keeper found" in said(asked)
