"""What patrons do: join, say something, draw and tell legends, be forgotten; and what nobody else gets to see."""

import discord
import pytest
from simcord import SetupError

from bot.keeping.desk import utc_now
from data.content import default_rules
from tests.cogs.grove import Grove, private, public, said, texts
from wood.moves import TellLegend
from wood.moves.rumor import MAX_RUMOR


async def join(grove: Grove) -> None:
    """Everybody joins."""
    for member in (grove.alder, grove.marguerite, grove.konomi):
        assert private(await member.slash(grove.channel, "patron join"))


async def test_joining_mints_a_purse_and_names_that_are_not_latin_stay_themselves(grove: Grove) -> None:
    joined = await grove.konomi.slash(grove.channel, "patron join")
    assert private(joined)
    assert "木の実さん" in said(joined)
    assert "100 pebbles" in said(joined)
    purse = await grove.konomi.slash(grove.channel, "patron purse")
    assert private(purse)
    assert "5** of 5 breath" in said(purse)
    await grove.turns()  # who joined is ranked by the next turn
    ranking = await grove.marguerite.slash(grove.channel, "patron ranking", share=True)
    assert "木の実さん" in public(ranking)


async def test_a_stranger_is_offered_to_join_and_can_then_go_on(grove: Grove) -> None:
    refused = await grove.marguerite.slash(grove.channel, "legend draw")
    assert private(refused)
    assert refused.response is not None
    welcome = await grove.marguerite.click(refused.response, label="Join the wood")
    assert "Marguerite" in said(welcome)
    assert private(await grove.marguerite.slash(grove.channel, "legend draw"))


async def test_a_rumor_is_private_to_its_author_until_it_is_heard(grove: Grove) -> None:
    await join(grove)
    words = "the *frost* comes early, says [a bird](x)"
    cast = await grove.marguerite.slash(grove.channel, "rumor cast", about="firewood", text=words, claim="dearer")
    assert private(cast)
    assert "4 of 5 breath" in said(cast)
    assert "*frost*" not in said(cast).replace("\\*", ""), "a player's words carry no markup"
    await grove.turns()
    heard = await grove.konomi.slash(grove.channel, "rumor heard", share=True)
    assert "Marguerite" in public(heard)
    assert "frost" in public(heard)


async def test_a_whisper_is_heard_by_nobody_in_the_channel(grove: Grove) -> None:
    await join(grove)
    cast = await grove.marguerite.slash(
        grove.channel, "rumor cast", about="pip", text="Pip sells rotten berries", to="oona"
    )
    assert "whispered to Oona" in said(cast)
    assert "95 pebbles" in said(cast)
    await grove.turns()
    board = str([component.to_dict() for component in grove.board.components])
    heard = await grove.konomi.slash(grove.channel, "rumor heard")
    assert "rotten" not in board + said(heard)


@pytest.mark.parametrize("words", ["look @everyone", "see <@1>", "at https://example.org", "\u202eesrever"])
async def test_words_that_would_reach_out_are_refused(grove: Grove, words: str) -> None:
    await join(grove)
    refused = await grove.marguerite.slash(grove.channel, "rumor cast", about="honey", text=words)
    assert private(refused)
    assert "plain words" in said(refused)
    assert "5** of 5" in said(await grove.marguerite.slash(grove.channel, "patron purse"))


async def test_a_rumor_too_long_cannot_be_typed(grove: Grove) -> None:
    with pytest.raises(SetupError):
        await grove.marguerite.slash(grove.channel, "rumor cast", about="honey", text="x" * (MAX_RUMOR + 1))


async def test_a_legend_is_drawn_in_secret_and_told_at_the_next_turn(grove: Grove) -> None:
    await join(grove)
    drawn = await grove.marguerite.slash(grove.channel, "legend draw")
    assert private(drawn)
    (choice,) = await grove.marguerite.autocomplete(grove.channel, "legend cast", "legend", "")
    legend = default_rules().legends[choice["value"]]
    assert legend.title in said(drawn)
    assert legend.title in said(await grove.marguerite.slash(grove.channel, "legend hand"))
    assert await grove.konomi.autocomplete(grove.channel, "legend cast", "legend", "") == []
    assert await grove.konomi.autocomplete(grove.channel, "legend lore", "legend", legend.title[:9]) == []
    untold = await grove.konomi.slash(grove.channel, "legend lore", legend=legend.slug)
    assert legend.title not in said(untold)

    assert drawn.response is not None
    cast = await grove.marguerite.click(drawn.response, custom_id=f"ttw:cast:{legend.slug}")
    assert "all the breath it needs" in said(cast)
    await grove.turns()
    board = str([component.to_dict() for component in grove.board.components])
    assert legend.title in board
    (told,) = await grove.konomi.autocomplete(grove.channel, "legend lore", "legend", legend.title[:9])
    assert told["value"] == legend.slug
    lore = await grove.konomi.slash(grove.channel, "legend lore")
    assert legend.history is not None
    assert legend.history.episode in said(lore)
    assert legend.history.sources[0] in said(lore)


async def test_patrons_pool_their_breath_and_the_channel_does_not_learn_for_what(grove: Grove) -> None:
    await join(grove)
    await grove.marguerite.slash(grove.channel, "legend draw")
    (choice,) = await grove.marguerite.autocomplete(grove.channel, "legend cast", "legend", "")
    title = default_rules().legends[choice["value"]].title
    begun = await grove.marguerite.slash(grove.channel, "legend cast", legend=title, breath=1)
    assert "1 of 3" in said(begun)
    assert title in said(begun)
    await grove.turns()
    board = str([component.to_dict() for component in grove.board.components])
    assert "gathers breath: **1** of 3" in board
    assert title not in board
    helped = await grove.konomi.click(grove.board, custom_id="ttw:help-cast")
    assert "2 of 3" in said(helped)
    assert title not in said(helped)
    last = await grove.alder.slash(grove.channel, "legend cast")
    assert "at the next turn" in said(last)
    assert title not in said(last)


async def test_being_forgotten_takes_a_typed_word_and_erases_the_name(grove: Grove) -> None:
    await join(grove)
    await grove.konomi.slash(grove.channel, "rumor cast", about="honey", text="honey flows like water")
    await grove.turns()
    asked = await grove.konomi.slash(grove.channel, "patron forget")
    assert asked.response is not None
    assert "fingerprint of your id" in said(asked)
    form = await grove.konomi.click(asked.response, label="Forget me")
    assert "Nothing was forgotten" in said(await grove.konomi.submit_modal(form, {"word": "later"}))
    form = await grove.konomi.click(asked.response, label="Forget me")
    assert "forgotten" in said(await grove.konomi.submit_modal(form, {"word": "forget"}))
    heard = said(await grove.alder.slash(grove.channel, "rumor heard"))
    assert "honey flows" in heard
    assert "木の実さん" not in heard
    assert "not a patron" in said(await grove.konomi.slash(grove.channel, "patron purse"))
    back = said(await grove.konomi.slash(grove.channel, "patron join"))
    assert "earlier this year" in back
    assert "the next turn" in back


async def test_who_is_no_patron_cannot_be_forgotten(grove: Grove) -> None:
    assert "not a patron" in said(await grove.konomi.slash(grove.channel, "patron forget"))


async def test_an_empty_hand_and_an_empty_ranking_lead_on(grove: Grove) -> None:
    ranking = await grove.konomi.slash(grove.channel, "patron ranking")
    assert ranking.response is not None
    await grove.konomi.click(ranking.response, label="Join the wood")
    hand = await grove.konomi.slash(grove.channel, "legend hand")
    assert hand.response is not None
    drawn = await grove.konomi.click(hand.response, label="Draw")
    assert "🔮" in said(drawn)


async def test_a_patron_short_of_breath_begins_a_pool(grove: Grove) -> None:
    await join(grove)
    for words in ("honey is dear", "honey is cheap", "honey is gone"):
        await grove.marguerite.slash(grove.channel, "rumor cast", about="honey", text=words)
    drawn = await grove.marguerite.slash(grove.channel, "legend draw")
    (choice,) = await grove.marguerite.autocomplete(grove.channel, "legend cast", "legend", "")
    assert drawn.response is not None
    cast = await grove.marguerite.click(drawn.response, custom_id=f"ttw:cast:{choice['value']}")
    assert "2 of 3 breath" in said(cast)
    again = await grove.marguerite.slash(grove.channel, "legend cast", legend=choice["value"])
    assert "you have 0" in said(again)


async def tell(grove: Grove, slug: str) -> None:
    """Let a legend be told in the next turn."""
    snapshot = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert snapshot is not None
    await grove.bot.store.journal.append(snapshot, TellLegend(slug), utc_now())


async def test_a_legend_strikes_in_public_and_its_true_story_is_a_press_away_for_ever(grove: Grove) -> None:
    legend = default_rules().legends["run-on-oonas-hoard"]
    assert legend.history is not None
    await tell(grove, legend.slug)
    await grove.turns()
    extra = grove.posts[-1]
    shown = texts([component.to_dict() for component in extra.components])
    assert legend.title in shown
    assert legend.shocks[0].text in shown
    assert "by the legend itself (−40 %)" in shown
    assert legend.history.account[:40] not in shown
    await grove.restart()
    story = await grove.konomi.click(extra, label="The true story")
    assert private(story)
    assert legend.history.account[:40] in said(story)
    assert legend.history.sources[0] in said(story)


async def test_the_breath_of_an_extra_has_its_givers_names_and_no_mention(grove: Grove) -> None:
    await join(grove)
    await grove.marguerite.slash(grove.channel, "legend draw")
    (choice,) = await grove.marguerite.autocomplete(grove.channel, "legend cast", "legend", "")
    await grove.marguerite.slash(grove.channel, "legend cast", legend=choice["value"])
    await grove.turns()
    shown = texts([component.to_dict() for component in grove.posts[-1].components])
    assert "with the breath of Marguerite" in shown
    assert "<@" not in shown


async def test_the_board_lies_under_its_report_and_is_pinned_as_the_keeper_wishes(grove: Grove) -> None:
    first = grove.board.id
    asked = await grove.alder.slash(grove.channel, "keeper settings", pinned=True, extras=False)
    assert "kept pinned" in said(asked)
    assert "on the board alone" in said(asked)
    await grove.bot.herald.drain()
    assert grove.board.pinned
    await grove.turns(4)  # the first report
    report, board = [post for post in grove.posts if post.type is discord.MessageType.default]
    assert board.id != first
    assert "turn 4" in texts([component.to_dict() for component in board.components])
    assert "🗞️" in texts([component.to_dict() for component in report.components])
    assert (board.pinned, report.pinned) == (True, False)
    await grove.alder.slash(grove.channel, "keeper settings", pinned=False)
    await grove.bot.herald.drain()
    (board,) = [post for post in grove.posts if post.id == board.id]
    assert not board.pinned
