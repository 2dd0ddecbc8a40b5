"""What came of words, as players see it: under a rumor, behind its buttons, and as a word to who asked for one."""

from tests.cogs.grove import Grove, answer, private, public, said, texts


async def spread(grove: Grove) -> None:
    """Marguerite says something to all, and something to one, that turn 3 hears."""
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.turns(2)
    await grove.marguerite.slash(
        grove.channel, "rumor cast", about="firewood", text="firewood gets dear", claim="dearer"
    )
    await grove.marguerite.slash(
        grove.channel, "rumor cast", about="honey", text="sesame honey falls", claim="cheaper", to="fenn"
    )


def board(grove: Grove) -> str:
    return texts([component.to_dict() for component in grove.board.components])


async def test_a_rumor_has_a_receipt_on_the_board_in_the_list_and_behind_buttons(grove: Grove) -> None:
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.turns(2)
    cast = await grove.marguerite.slash(
        grove.channel, "rumor cast", about="firewood", text="firewood gets dear", claim="dearer"
    )
    early = await grove.marguerite.click(answer(cast), label="What came of it")
    assert private(early)
    assert "Nothing yet" in said(early)
    await grove.turns()
    assert "Marguerite's words: **+" in board(grove)
    late = await grove.marguerite.click(answer(early), label="What came of it")
    assert private(late)
    assert "because of these words" in said(late)
    assert "Followed for 4 more turns" in said(late)
    heard = await grove.konomi.slash(grove.channel, "rumor heard")
    assert "Marguerite's words" in said(heard)
    whole = await grove.konomi.click(answer(heard), label="Receipt")
    assert private(whole)
    assert "With other dice" in said(whole)
    await grove.restart()
    again = await grove.konomi.click(answer(heard), label="Receipt")
    assert "With other dice" in said(again)


async def test_a_whispers_receipt_is_its_owners_alone(grove: Grove) -> None:
    await spread(grove)
    await grove.turns(2)
    assert "sesame" not in board(grove)
    heard = await grove.marguerite.slash(grove.channel, "rumor heard")
    assert "sesame" in said(heard)
    shared = await grove.marguerite.slash(grove.channel, "rumor heard", share=True)
    assert "sesame" not in public(shared)
    others = await grove.konomi.slash(grove.channel, "rumor heard")
    assert [str(answer(each).components).count("ttw:receipt:") for each in (heard, others)] == [2, 1]


async def test_who_asks_for_it_is_pinged_and_nobody_else(grove: Grove) -> None:
    await spread(grove)
    chosen = await grove.marguerite.slash(grove.channel, "patron notify", how="channel")
    assert private(chosen)
    assert "pinged here" in said(chosen)
    await grove.turns()
    await grove.turns()
    (notice,) = [post for post in grove.posts if "What came of your words" in str(post.components)]
    assert f"<@{grove.marguerite.id}>" in str(notice.components)
    assert "firewood gets dear" in str(notice.components)
    assert "sesame" not in str(notice.components), "a whisper is nobody else's business"
    await grove.turns(3)
    assert len([post for post in grove.posts if "What came of your words" in str(post.components)]) == 1
    purse = await grove.marguerite.slash(grove.channel, "patron purse")
    assert "pinged here" in said(purse)
    await grove.marguerite.slash(grove.channel, "patron notify", how="off")
    assert "pinged" not in said(await grove.marguerite.slash(grove.channel, "patron purse"))


async def test_a_direct_message_goes_to_the_player_alone(grove: Grove) -> None:
    await spread(grove)
    await grove.marguerite.slash(grove.channel, "patron notify", how="direct")
    await grove.turns(2)
    assert not [post for post in grove.posts if "What came of your words" in str(post.components)]
    (told,) = grove.marguerite.user.dm_channel.history()
    assert "What came of your words" in str(told.components)
    assert "direct message" in said(await grove.marguerite.slash(grove.channel, "patron purse"))


async def test_nobody_is_told_who_did_not_ask(grove: Grove) -> None:
    await spread(grove)
    await grove.turns(4)
    assert not [post for post in grove.posts if "What came of your words" in str(post.components)]
    assert "not told" not in said(await grove.marguerite.slash(grove.channel, "patron purse"))
