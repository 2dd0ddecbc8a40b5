"""The daily call through Discord: under a report, with one press, patron or not."""

from tests.cogs.grove import Grove, answer, private, said, texts


async def test_anybody_calls_with_one_press_under_a_report_and_it_stands(grove: Grove) -> None:
    await grove.turns(4)  # the first report comes with the fourth
    report = next(post for post in grove.posts if "ttw:call:" in str([each.to_dict() for each in post.components]))
    assert "tomorrow's report?" in texts([each.to_dict() for each in report.components])
    made = await grove.konomi.click(report, custom_id="ttw:call:honey:up")
    assert private(made)
    assert "You call 🍯 honey up" in said(made)
    assert "by habit" not in said(made), "its chance is not known before a turn has taken it in"
    await grove.turns()
    await grove.restart()
    again = await grove.konomi.click(report, custom_id="ttw:call:acorns:down")
    assert "Your call stands: 🍯 honey up" in said(again)
    assert "by habit" in said(again)
    joined = await grove.konomi.click(answer(again), custom_id="ttw:join")
    assert "100 pebbles" in said(joined)
    member = await grove.konomi.click(report, custom_id="ttw:call:acorns:down")
    assert "ttw:rumor" in str(member.response and member.response.components)


async def test_a_wood_that_rests_takes_calls_and_promises_no_time(grove: Grove) -> None:
    await grove.turns()
    await grove.alder.slash(grove.channel, "keeper pause")
    report = await grove.marguerite.slash(grove.channel, "market report")
    made = await grove.marguerite.click(answer(report), custom_id="ttw:call:firewood:down")
    assert "The wood rests." in said(made)
    assert "<t:" not in said(made)


async def test_who_only_called_can_be_forgotten_and_is_told_what_is_erased(grove: Grove) -> None:
    await grove.turns()
    report = await grove.konomi.slash(grove.channel, "market report")
    await grove.konomi.click(answer(report), custom_id="ttw:call:honey:up")
    asked = await grove.konomi.slash(grove.channel, "patron forget")
    assert "purse" not in said(asked)
    form = await grove.konomi.click(answer(asked), custom_id="ttw:forget")
    assert "without a name" in said(await grove.konomi.submit_modal(form, {"word": "forget"}))
    assert "not a patron" in said(await grove.konomi.slash(grove.channel, "patron forget"))


async def test_purse_and_ranking_tell_what_calls_were_worth(grove: Grove) -> None:
    await grove.turns()
    report = await grove.konomi.slash(grove.channel, "market report")
    await grove.konomi.slash(grove.channel, "patron join")
    for good in ("honey", "acorns"):
        await grove.konomi.click(answer(report), custom_id=f"ttw:call:{good}:up")
    await grove.turns(24)
    purse = said(await grove.konomi.slash(grove.channel, "patron purse"))
    assert "of 1 right, where chance has 0." in purse
    ranking = said(await grove.marguerite.slash(grove.channel, "patron ranking"))
    assert "Daily calls" in ranking
    assert "木の実さん" in ranking
    assert "Purses" in ranking


async def test_a_prophet_sees_what_came_true(grove: Grove) -> None:
    await grove.konomi.slash(grove.channel, "patron join")
    await grove.konomi.slash(grove.channel, "rumor cast", about="firewood", text="too few logs", claim="dearer")
    await grove.turns(6)
    purse = await grove.konomi.slash(grove.channel, "patron purse")
    assert "1 claim judged" in said(purse)
    chart = await grove.konomi.click(answer(purse), custom_id="ttw:calibration")
    assert private(chart)
    assert chart.response is not None
    assert len(chart.response.attachments) == 1
    ranking = said(await grove.marguerite.slash(grove.channel, "patron ranking"))
    assert "Prophets" in ranking
