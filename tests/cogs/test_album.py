"""The album as it is asked for: pictures, a menu, and what is nobody else's to see."""

from typing import Any

from bot.keeping.desk import utc_now
from data.content import default_rules
from tests.cogs.grove import Grove, answer, private, said, texts
from wood.moves import TellLegend

PNG = b"\x89PNG\r\n\x1a\n"
FROST = default_rules().legends["great-frost"]


async def tell(grove: Grove, slug: str) -> None:
    """Let a legend be told in the next turn."""
    snapshot = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert snapshot is not None
    await grove.bot.store.journal.append(snapshot, TellLegend(slug), utc_now())
    await grove.turns()


async def names(attachments: list[Any]) -> list[str]:
    for each in attachments:
        assert (await each.read()).startswith(PNG)
    return [each.filename for each in attachments]


async def test_a_new_wood_has_an_album_of_backs(grove: Grove) -> None:
    shown = await grove.marguerite.slash(grove.channel, "patron album")
    assert private(shown)
    assert "0 of 16 told" in said(shown)
    assert "Nobody has told a legend here yet" in said(shown)
    assert await names(answer(shown).attachments) == ["album.png"]
    assert not any(default_rules().legends[slug].title in said(shown) for slug in default_rules().deck)


async def test_a_told_card_turns_face_up_for_everybody_and_outlives_a_restart(grove: Grove) -> None:
    await tell(grove, FROST.slug)
    album = await grove.konomi.slash(grove.channel, "patron album")
    assert "1 of 16 told" in said(album)
    assert FROST.title in said(album)
    await grove.restart()
    card = await grove.konomi.select(answer(album), [FROST.slug], custom_id="ttw:card")
    assert private(card)
    assert FROST.history
    assert FROST.tale in said(card)
    assert FROST.history.account in said(card)
    assert await names(answer(card).attachments) == ["great-frost.png"]
    back = await grove.konomi.click(answer(card), label="Album")
    assert "1 of 16 told" in said(back)
    typed = await grove.konomi.slash(grove.channel, "patron album", legend="Great Frost")
    assert said(typed) == said(card)


async def test_a_drawn_card_comes_with_its_picture_and_is_in_nobody_elses_album(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    drawn = await grove.marguerite.slash(grove.channel, "legend draw")
    (choice,) = await grove.marguerite.autocomplete(grove.channel, "legend cast", "legend", "")
    legend = default_rules().legends[choice["value"]]
    assert await names(answer(drawn).attachments) == [f"{legend.slug}.png"]
    hand = await grove.marguerite.slash(grove.channel, "legend hand")
    assert await names(answer(hand).attachments) == [f"{legend.slug}.png"]
    await grove.turns()
    own = await grove.marguerite.slash(grove.channel, "patron album")
    assert legend.title in said(own)
    assert "0 of 16 told" in said(own)
    large = await grove.marguerite.select(answer(own), [legend.slug], custom_id="ttw:card")
    assert legend.tale in said(large)
    (suggested,) = await grove.marguerite.autocomplete(grove.channel, "patron album", "legend", "")
    assert suggested["value"] == legend.slug

    assert await grove.konomi.autocomplete(grove.channel, "patron album", "legend", "") == []
    others = await grove.konomi.slash(grove.channel, "patron album", legend=legend.slug)
    assert legend.title not in said(others)
    assert private(others)
    shared = await grove.marguerite.slash(grove.channel, "patron album", share=True)
    (public,) = shared.followups
    assert not public.ephemeral
    assert legend.title not in str(public.components)
    assert "0 of 16 told" in texts(public.components)


async def test_the_menu_of_a_shared_album_is_for_everybody(grove: Grove) -> None:
    await tell(grove, FROST.slug)
    shared = await grove.marguerite.slash(grove.channel, "patron album", share=True)
    (public,) = shared.followups
    card = await grove.konomi.select(public, [FROST.slug], custom_id="ttw:card")
    assert private(card)
    assert FROST.tale in said(card)


async def test_the_album_is_two_presses_from_the_board(grove: Grove) -> None:
    more = await grove.konomi.click(grove.board, custom_id="ttw:more")
    album = await grove.konomi.click(answer(more), label="Album")
    assert "0 of 16 told" in said(album)


async def test_without_pictures_the_words_stand(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.bot.charts.close()
    for command in ("legend draw", "legend hand", "patron album"):
        shown = await grove.marguerite.slash(grove.channel, command)
        assert private(shown)
        assert answer(shown).attachments == []
        assert "ttw:" in str(answer(shown).components)
