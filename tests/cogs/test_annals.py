"""A year's end through Discord: its saga in a post and on pages, titles beside names, and what stays of it."""

import discord

from tests.cogs.grove import Grove, answer, private, public, said, texts

PNG = b"\x89PNG\r\n\x1a\n"


async def saga_post(grove: Grove) -> discord.Message:
    """The post of the year's end."""
    return next(post for post in grove.posts if "ttw:saga:" in str([each.to_dict() for each in post.components]))


async def test_a_year_ends_with_its_saga_which_tells_what_was_secret(grove: Grove) -> None:
    early = await grove.konomi.slash(grove.channel, "wood saga")
    assert private(early)
    assert "This one ends in 60 turns" in said(early)
    await grove.konomi.slash(grove.channel, "patron join")
    assert "None of your years" in said(await grove.konomi.slash(grove.channel, "patron career"))
    await grove.konomi.slash(
        grove.channel, "rumor cast", about="honey", claim="dearer", text="The hives are empty", to="pip"
    )
    await grove.turns(60)

    post = await saga_post(grove)
    told = texts([each.to_dict() for each in post.components])
    assert "The saga of year 1" in told
    assert "🥇 **木の実さん 👑**" in told
    assert "Whispered to Pip about honey." in told
    assert "The hives are empty" not in told
    assert [file.filename for file in post.attachments] == ["year-1.png", "wealth.png", "patrons.png"]
    for file in post.attachments:
        assert (await file.read()).startswith(PNG)

    pressed = await grove.marguerite.click(post, custom_id="ttw:saga:1:1")
    assert private(pressed)
    assert "Turning points" in said(pressed)
    await grove.restart()
    again = await grove.marguerite.slash(grove.channel, "wood saga", year=1)
    assert said(again) == said(pressed)
    assert "year 2 is not over" in said(await grove.marguerite.slash(grove.channel, "wood saga", year=2)).lower()

    career = await grove.konomi.slash(grove.channel, "patron career")
    assert private(career)
    assert "1 year counted, 1 of them won" in said(career)
    assert "Year 1: 👑 the richest" in said(career)
    shared = await grove.konomi.slash(grove.channel, "patron career", share=True)
    assert "👑 the richest" in public(shared)
    ranking = said(await grove.marguerite.slash(grove.channel, "patron ranking"))
    assert "木の実さん 👑" in ranking
    assert "Last year 👑 the richest" in ranking
    assert answer(career).attachments == []


async def test_a_career_is_a_patrons_own(grove: Grove) -> None:
    assert "/patron join" in said(await grove.marguerite.slash(grove.channel, "patron career"))
