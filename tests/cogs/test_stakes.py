"""Moves with a price through Discord: looked at, made once, refused with a way on, and found again in the book."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.refusals import KeeperCode
from bot.wishes import Wish
from tests.cogs.grove import Grove, answer, private, said, texts
from wood.chronicle import dump
from wood.moves import OpenPosition
from wood.names import Good
from wood.refusal import Refusal
from wood.world import World


def ids(components: Any) -> list[str]:
    """The ids of all buttons within components."""
    if isinstance(components, list):
        return [each for child in components for each in ids(child)]
    if not isinstance(components, dict):
        return []
    own = [components["custom_id"]] if components.get("custom_id") else []
    return [*own, *ids(components.get("components") or [])]


def button(result: InteractionResult, start: str) -> str:
    """The id of the first button of an answer that begins so."""
    return next(each for each in ids(answer(result).components) if each.startswith(start))


async def press(who: Any, result: InteractionResult, start: str) -> str:
    """Press a button of an answer; what the answer says then."""
    await who.click(answer(result), custom_id=button(result, start))
    return texts(answer(result).components)


async def make(grove: Grove, who: Any, command: str, **options: Any) -> str:
    """Look at a move and make it; what is said then."""
    return await press(who, await who.slash(grove.channel, command, **options), "ttw:do:")


async def pending(grove: Grove) -> list[Any]:
    """What waits for the next turn."""
    stored = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert stored is not None
    return [entry.action for entry in stored.pending]


@pytest.fixture
async def joined(grove: Grove) -> Grove:
    """A wood with three patrons."""
    for who in (grove.marguerite, grove.konomi, grove.alder):
        await who.slash(grove.channel, "patron join")
    await grove.turns()
    return grove


async def test_a_bet_is_looked_at_made_kept_and_closed(joined: Grove) -> None:
    grove, who = joined, joined.marguerite
    seen = await who.slash(grove.channel, "patron long", good="honey", stake=20)
    assert private(seen)
    costs = "**2 pebbles**, at most 3", "**−22**", "100 → **78**"
    for part in ("Bet 20 pebbles on dearer honey", *costs, "**0** of 12"):
        assert part in said(seen)
    assert await pending(grove) == [], "looking changes nothing"
    assert "It waits for the next turn" in await press(who, seen, "ttw:do:")
    assert await pending(grove) == [OpenPosition("p1", Good.HONEY, 1, 20, 3)]
    book = await who.slash(grove.channel, "patron book")
    assert private(book)
    assert "Waiting for the next turn" in said(book)
    assert "Bourse" not in said(book)
    await grove.turns()
    book = await who.slash(grove.channel, "patron book")
    assert "**Honey** ▲ 20" in said(book)
    assert "Waiting" not in said(book)
    assert "Put 10 pebbles behind" in await press(who, book, "ttw:see:margin.honey")
    assert "It waits" in await press(who, book, "ttw:do:")
    close = await who.slash(grove.channel, "patron close", good="honey")
    assert "It waits" in await press(who, close, "ttw:do:")
    await grove.turns()
    assert "At the Bourse" not in said(await who.slash(grove.channel, "patron book"))
    past = await who.slash(grove.channel, "patron history")
    assert private(past)
    assert "bet on dearer honey closed at" in said(past)
    assert "bet on dearer honey, −2" in said(past)
    assert "bet on dearer honey closed at" in said(await who.slash(grove.channel, "patron purse"))
    other = said(await grove.konomi.slash(grove.channel, "patron book"))
    assert "honey" not in other


async def test_other_sizes_stand_beside_and_it_can_be_left(joined: Grove) -> None:
    seen = await joined.konomi.slash(joined.channel, "patron short", good="berries", stake=10)
    assert "Bet 40 pebbles on cheaper berries" in await press(joined.konomi, seen, "ttw:see:short.berries.40")
    assert "Nothing was done" in await press(joined.konomi, seen, "ttw:leave-it")
    assert await pending(joined) == []
    assert "The Bourse" in await press(joined.konomi, seen, "ttw:trade")


async def test_a_preview_outlives_a_restart(joined: Grove) -> None:
    seen = await joined.konomi.slash(joined.channel, "patron long", good="honey")
    await joined.restart()
    assert "It waits for the next turn" in await press(joined.konomi, seen, "ttw:do:")
    await joined.restart()
    assert len(await pending(joined)) == 1
    await joined.turns()
    assert "**Honey** ▲ 20" in said(await joined.konomi.slash(joined.channel, "patron book"))


@pytest.mark.parametrize("passing", [0, 1])
async def test_what_is_pressed_twice_is_done_once(joined: Grove, passing: int) -> None:
    grove = joined
    await make(grove, grove.konomi, "patron long", good="honey")
    await grove.turns()
    twice = [await grove.konomi.slash(grove.channel, "patron margin", good="honey", pebbles=5) for _ in range(2)]
    assert "It waits" in await press(grove.konomi, twice[0], "ttw:do:")
    await grove.turns(passing)
    assert "done already" in await press(grove.konomi, twice[1], "ttw:do:")
    assert len(await pending(grove)) == 1 - passing
    assert "Put 5 pebbles" in await press(grove.konomi, twice[1], "ttw:see:"), "who means it can look anew"
    assert "It waits" in await press(grove.konomi, twice[1], "ttw:do:")


async def test_presses_that_race_do_it_once(joined: Grove) -> None:
    stakes, channel = joined.bot.keeper.stakes, joined.channel.id
    wish = Wish.of("lend", to="pip", amount=5, interest=1, turns=4)
    card = await stakes.preview(channel, joined.konomi.id, wish)
    presses = [stakes.make(channel, joined.konomi.id, card.wish, card.since) for _ in range(5)]
    came = await asyncio.gather(*presses, return_exceptions=True)
    refused = [each for each in came if isinstance(each, Refusal)]
    assert [each.code for each in refused] == [KeeperCode.DONE] * 4
    assert len(await pending(joined)) == 1


async def test_a_purse_that_is_too_small_says_what_would_do(joined: Grove) -> None:
    await make(joined, joined.konomi, "patron long", good="honey", stake=60)
    refused = await joined.konomi.slash(joined.channel, "patron long", good="berries", stake=60)
    assert "your purse holds 38. Take a smaller sum" in said(refused)
    again = await joined.konomi.slash(joined.channel, "patron long", good="honey", stake=10)
    assert "You have a bet on honey already" in said(again)
    none = await joined.konomi.slash(joined.channel, "patron close", good="acorns")
    assert "You have no bet on acorns" in said(none)


async def test_what_has_become_dearer_than_shown_is_not_bought(joined: Grove) -> None:
    seen = await joined.marguerite.slash(joined.channel, "patron long", good="honey", stake=10)
    for who in (joined.konomi, joined.alder):
        for good in ("acorns", "berries", "firewood"):
            await make(joined, who, "patron short", good=good, stake=10)
    before = await pending(joined)
    assert "it costs 5 now and not 3 at most" in await press(joined.marguerite, seen, "ttw:do:")
    assert await pending(joined) == before
    assert "**5 pebbles**, at most 8" in await press(joined.marguerite, seen, "ttw:see:")
    assert "It waits" in await press(joined.marguerite, seen, "ttw:do:")


async def sentence(grove: Grove, **changes: Any) -> None:
    """Let the Magistrate have spoken about Konomi, in the stored world."""
    stored = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert stored is not None
    patrons = {**stored.world.patrons, "p2": replace(stored.world.patrons["p2"], **changes)}
    rewrite(grove, stored.wood.id, replace(stored.world, patrons=patrons))


@pytest.mark.parametrize(
    ("changes", "words"), [({"exiled": 9}, "exiled you for 8 more turns"), ({"blocked": 3}, "frozen your purse")]
)
async def test_who_may_not_act_may_look(joined: Grove, changes: dict[str, int], words: str) -> None:
    seen = await joined.konomi.slash(joined.channel, "patron long", good="honey")
    await sentence(joined, **changes)
    assert words in await press(joined.konomi, seen, "ttw:do:")
    assert await pending(joined) == []
    assert words in said(await joined.konomi.slash(joined.channel, "patron short", good="honey"))
    book = said(await joined.konomi.slash(joined.channel, "patron book"))
    assert ("You are exiled for 8 more turns" if "exiled" in changes else "is frozen for 2 more turns") in book


async def test_a_newcomer_bets_from_the_board(grove: Grove) -> None:
    await grove.turns()
    seen = await grove.konomi.click(grove.board, custom_id="ttw:trade")
    assert private(seen)
    assert "Honey **" in said(seen)
    shown = await press(grove.konomi, seen, "ttw:see:long.honey")
    assert "You are a patron now" in shown
    assert "Bet 20 pebbles on dearer honey" in shown
    assert "It waits" in await press(grove.konomi, seen, "ttw:do:")
    assert "Your book" in await press(grove.konomi, seen, "ttw:book")
    await grove.turns()
    assert "**Honey** ▲ 20" in said(await grove.konomi.click(grove.board, custom_id="ttw:book"))


async def test_a_loan_is_offered_by_a_form(grove: Grove) -> None:
    seen = await grove.konomi.click(grove.board, custom_id="ttw:trade")
    form = await grove.konomi.click(answer(seen), custom_id="ttw:form:lend")
    assert form.modal is not None
    assert "You are a patron now" in str(form.modal)
    values = {"to": ["pip"], "amount": "20", "interest": "3", "turns": "6"}
    shown = await grove.konomi.submit_modal(form, values)
    assert private(shown)
    assert "Lend Pip 20 pebbles" in said(shown)
    assert "It waits" in await press(grove.konomi, shown, "ttw:do:")
    form = await grove.konomi.click(answer(seen), custom_id="ttw:form:lend")
    assert "whole number" in said(await grove.konomi.submit_modal(form, {**values, "amount": "ten"}))


async def test_a_whisper_keeps_its_words_until_it_is_confirmed(joined: Grove) -> None:
    line = "Sesame *honey* gets dearer, says _2)"
    seen = await joined.konomi.slash(joined.channel, "patron whisper", to="fenn", about="honey", text=line)
    assert "Taken as dearer" in said(seen)
    await joined.restart()
    assert "It waits" in await press(joined.konomi, seen, "ttw:do:")
    (cast,) = await pending(joined)
    assert (cast.text, cast.to, cast.leaning) == (line, "fenn", 1)
    again = await joined.konomi.slash(
        joined.channel, "patron whisper", to="fenn", about="honey", text="see https://example.org", claim="cheaper"
    )
    assert "plain words" in said(again)


@pytest.mark.parametrize(
    "text",
    ["long.gold.20.", "long.honey.x.", "long.honey.20", "lengthy.honey.20.", "long.honey.-5.", "close."],
)
def test_what_no_program_wrote_is_no_wish(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Wish.read(text)


@pytest.mark.parametrize(
    "wish",
    [
        Wish.of("long", good="mushrooms", stake=60, limit=999_999),
        Wish.of("lend", to="mossback", amount=9999, interest=9999, turns=30),
        Wish.of("whisper", to="mossback", about="mushrooms", leaning=-1),
    ],
)
def test_a_wish_is_read_as_it_was_written_and_fits_a_button(wish: Wish) -> None:
    assert Wish.read(wish.text) == wish
    assert len(f"ttw:do:999999999:{wish.text}") <= 100
    assert Wish.seen_in(wish.move("p1", "words")) == wish


async def test_the_welcome_offers_a_first_bet(grove: Grove) -> None:
    joined = await grove.konomi.slash(grove.channel, "patron join")
    shown = await press(grove.konomi, joined, "ttw:see:long.")
    assert "Bet 10 pebbles on dearer" in shown
    assert "You are a patron now" not in shown
    assert "It waits" in await press(grove.konomi, joined, "ttw:do:")
    await grove.turns()
    assert "At the Bourse" in said(await grove.konomi.slash(grove.channel, "patron book"))


async def test_a_margin_call_and_a_forced_close_are_told_to_their_patron(joined: Grove) -> None:
    grove = joined
    await make(grove, grove.konomi, "patron long", good="honey", stake=60)
    await grove.turns()
    await sink(grove)
    await grove.turns()
    book = said(await grove.konomi.slash(grove.channel, "patron book"))
    assert "Add at least" in book
    assert "needs" in book
    await grove.turns()
    purse = said(await grove.konomi.slash(grove.channel, "patron purse"))
    assert "the margin asked for did not come" in purse
    assert "the margin asked for did not come" in said(await grove.konomi.slash(grove.channel, "patron history"))
    assert "margin" not in said(await grove.marguerite.slash(grove.channel, "patron purse"))


async def sink(grove: Grove) -> None:
    """Let the bet have been opened far above the price, in the stored world."""
    stored = await grove.bot.store.woods.snapshot(grove.channel.id)
    assert stored is not None
    prices = stored.world.references
    positions = [replace(each, entry=prices[each.good] * 140 // 100) for each in stored.world.positions]
    rewrite(grove, stored.wood.id, replace(stored.world, positions=tuple(positions)))


def rewrite(grove: Grove, wood: int, world: World) -> None:
    """Put another world in place of the stored one, as a program of other hashes could have left it."""
    with closing(sqlite3.connect(grove.settings.database)) as file, file:
        file.execute("UPDATE turns SET hashes = 0 WHERE wood = ? AND number = ?", (wood, world.turn))
        file.execute("UPDATE woods SET world = ? WHERE id = ?", (dump(world).decode(), wood))
