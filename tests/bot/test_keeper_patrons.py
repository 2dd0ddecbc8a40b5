"""What players do in a wood, on a real file."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.keeper import Keeper
from bot.telling.catalog import words_in
from data.content import default_rules
from data.rows import Farewell
from data.store import Store
from tests.bot.kept import CHANNEL, NOON, USER, found, keeping, rows, rumor
from tests.refusing import refusing
from wood.chronicle import EventKind
from wood.moves import CastLegend, CastRumor, Join, OfferLoan
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import LEGEND_BREATH
from wood.moves.rumor import WHISPER_PEBBLES
from wood.names import Creature, Good
from wood.refusal import Refusal

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)
WORDS = words_in("en")


async def test_only_patrons_act_and_the_refusal_tells_them_how_to_join(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    for call in (
        keeper.patrons.purse(CHANNEL, USER),
        keeper.patrons.hand(CHANNEL, USER),
        keeper.patrons.draw(CHANNEL, USER),
        keeper.patrons.cast_legend(CHANNEL, USER, legend=None, breath=1),
        rumor(keeper),
        keeper.patrons.forget(CHANNEL, USER),
    ):
        with refusing("/patron join") as refused:
            await call
        assert refused.value.code == "no-patron"
    assert (await rows(store))[2] == ()


async def test_joining_twice_mints_once_and_keeps_the_newer_name(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    first = await keeper.patrons.join(CHANNEL, USER, "Ann")
    again = await keeper.patrons.join(CHANNEL, USER, "Annabel")
    assert again == replace(first, name="Annabel", names={"p1": "Annabel"})
    assert [entry.action for entry in (await rows(store))[2]] == [Join("p1")]
    cards = await asyncio.gather(
        *(keeper.patrons.join(CHANNEL, USER + 1, "Bo") for _ in range(3)), return_exceptions=True
    )
    assert len((await rows(store))[3]) == 2
    assert {card.key for card in cards if not isinstance(card, BaseException)} == {"p2"}


async def test_all_breath_there_is_goes_into_a_legend_but_no_more_than_it_takes(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await keeper.patrons.join(CHANNEL, USER + 1, "Bo")
    for number in range(BREATH_MAX - 1):
        await rumor(keeper, f"rumor {number}")
    legend = await keeper.patrons.draw(CHANNEL, USER)
    receipt = await keeper.patrons.cast_legend(CHANNEL, USER, legend=legend.slug, breath=None)
    assert receipt.pool.gathered == 1, "a short one begins a pool"
    with pytest.raises(Refusal) as refused:  # not even one is left: the rules have the word
        await keeper.patrons.cast_legend(CHANNEL, USER, legend=None, breath=None)
    assert refused.value.code == "breath"
    receipt = await keeper.patrons.cast_legend(CHANNEL, USER + 1, legend=None, breath=None)
    assert receipt.pool.told_in == 0
    assert (await keeper.patrons.purse(CHANNEL, USER + 1)).breath == BREATH_MAX - (LEGEND_BREATH - 1), "what it takes"


async def test_commands_answer_from_the_world_to_come_and_touch_the_stored_one_never(
    kept: tuple[Keeper, Store],
) -> None:
    keeper, store = kept
    world = (await rows(store))[1]
    joined = await keeper.patrons.join(CHANNEL, USER, "Ann")
    assert (joined.purse, joined.breath, joined.rank, joined.patrons) == (100, BREATH_MAX, 1, 1)
    assert (await rumor(keeper)).patron.breath == BREATH_MAX - 1
    legend = await keeper.patrons.draw(CHANNEL, USER)
    assert [card.slug for card in (await keeper.patrons.hand(CHANNEL, USER)).hand] == [legend.slug]
    receipt = await keeper.patrons.cast_legend(CHANNEL, USER, legend=legend.slug, breath=1)
    assert (receipt.legend, receipt.pool.gathered, receipt.pool.told_in) == (legend, 1, None)
    receipt = await keeper.patrons.cast_legend(CHANNEL, USER, legend=None, breath=LEGEND_BREATH)
    assert (receipt.legend, receipt.pool.gathered, receipt.pool.told_in) == (legend, LEGEND_BREATH, 0)
    assert (await keeper.patrons.purse(CHANNEL, USER)).breath == BREATH_MAX - 1 - LEGEND_BREATH
    assert (await rows(store))[1] == world
    assert await keeper.queries.told(CHANNEL) == []
    turn = await keeper.turns.take_turn(CHANNEL)
    assert turn is not None
    assert EventKind.LEGEND in {event.kind for event in turn.events}
    assert [told.slug for told in await keeper.queries.told(CHANNEL)] == [legend.slug]
    assert (
        (await keeper.queries.lore(CHANNEL, None)).slug
        == (await keeper.queries.lore(CHANNEL, legend.slug)).slug
        == legend.slug
    )
    assert (await rows(store))[2] == ()


async def test_what_the_rules_refuse_is_not_stored(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    before = await rows(store)
    for call, code in (
        (rumor(keeper, "x" * 121), "long-words"),
        (rumor(keeper, "   "), "empty-words"),
        (rumor(keeper, "wake up @everyone"), "mention"),
        (rumor(keeper, "ask <@123456789012345678>"), "mention"),
        (rumor(keeper, "see https://example.org"), "mention"),
        (rumor(keeper, "back\u202ewards"), "control"),
        (keeper.patrons.cast_legend(CHANNEL, USER, legend="great-frost", breath=3), "not-in-hand"),
        (keeper.patrons.cast_legend(CHANNEL, USER, legend=None, breath=3), "no-pool"),
    ):
        with pytest.raises(Refusal) as refused:
            await call
        assert refused.value.code == code
    assert await rows(store) == before


async def test_breath_cannot_be_spent_twice_however_fast_the_player_is(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    outcomes = await asyncio.gather(*(rumor(keeper, f"rumor {n}") for n in range(9)), return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert len(refused) == 9 - BREATH_MAX
    assert {refusal.code for refusal in refused} == {"breath"}
    assert len((await rows(store))[2]) == 1 + BREATH_MAX


async def test_two_keepers_on_one_file_spend_one_breath_once_and_take_one_turn(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path) as (one, store), keeping(path) as (other, _):
        await found(one)
        await one.patrons.join(CHANNEL, USER, "Ann")
        outcomes = await asyncio.gather(
            *(rumor(keeper, f"rumor {n}") for n in range(5) for keeper in (one, other)), return_exceptions=True
        )
        stored = [entry.action for entry in (await rows(store))[2] if isinstance(entry.action, CastRumor)]
        answered = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
        assert len(stored) == len(answered) == BREATH_MAX
        turns = await asyncio.gather(*(keeper.turns.take_turn(CHANNEL, due=NOON + HOUR) for keeper in (one, other)))
        assert [turn.number for turn in turns if turn] == [1]
        assert (await rows(store))[0].turn == 1


async def test_leaning_is_read_from_the_words_unless_it_is_given(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await rumor(keeper, "firewood will be scarce")
    await rumor(keeper, "firewood will be scarce", leaning=-1)
    await rumor(keeper, "  firewood   is firewood ", to=Creature.PIP)
    actions = [entry.action for entry in (await rows(store))[2][1:]]
    assert [(a.leaning, a.text, a.to) for a in actions if isinstance(a, CastRumor)] == [
        (1, "firewood will be scarce", None),
        (-1, "firewood will be scarce", None),
        (0, "firewood is firewood", Creature.PIP),
    ]


async def test_rumors_are_heard_of_at_once_but_whispers_and_private_events_never(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await rumor(keeper, "the first")
    await rumor(keeper, "for your ears", to=Creature.PIP)
    heard = await keeper.queries.heard(WORDS, CHANNEL)
    assert [(row.turn, row.speaker, row.text) for row in heard] == [(1, "Ann", "the first")]
    for _ in range(3):
        await keeper.turns.take_turn(CHANNEL)
    heard = await keeper.queries.heard(WORDS, CHANNEL, limit=50)
    assert (1, "Ann", "rumor") in {(row.turn, row.speaker, row.kind) for row in heard}
    assert "for your ears" not in {row.text for row in heard}
    assert len(await keeper.queries.heard(WORDS, CHANNEL, limit=1)) == 1


async def test_gossip_never_pushes_a_rumor_out(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    await rumor(keeper, "the first")
    await keeper.turns.take_turn(CHANNEL)
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    await store.journal.append(snapshot, CastRumor(None, Good.HONEY, "a bear is about", 1), NOON)
    for _ in range(8):
        await keeper.turns.take_turn(CHANNEL)
    await rumor(keeper, "the last")
    heard = await keeper.queries.heard(WORDS, CHANNEL)
    assert [(row.turn, row.speaker, row.text) for row in heard if row.kind == "rumor"] == [
        (10, "Ann", "the last"),
        (2, "a traveller", "a bear is about"),
        (1, "Ann", "the first"),
    ]
    assert [row.kind for row in heard] == ["rumor"] * 3 + ["gossip"] * (len(heard) - 3)
    assert [row.turn for row in heard[3:]] == sorted((row.turn for row in heard[3:]), reverse=True)
    for number in range(4):
        await rumor(keeper, f"another {number}")
    crowded = await keeper.queries.heard(WORDS, CHANNEL, limit=8)
    assert [row.kind for row in crowded] == ["rumor"] * 5 + ["gossip"] * 3


async def test_a_purse_shows_for_a_while_what_a_turn_overtook(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    for user, name in ((USER, "Ann"), (USER + 1, "Bo")):
        await keeper.patrons.join(CHANNEL, user, name)
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    await store.journal.append(snapshot, CastLegend("p1", None, 1), NOON)
    await keeper.turns.take_turn(CHANNEL)
    ((turn, action, why),) = (await keeper.patrons.purse(CHANNEL, USER)).refused
    assert (turn, action) == (1, "cast")
    assert "No legend is gathering breath" in why.say(WORDS)
    assert (await keeper.patrons.purse(CHANNEL, USER + 1)).refused == ()
    for _ in range(5):
        await keeper.turns.take_turn(CHANNEL)
    assert (await keeper.patrons.purse(CHANNEL, USER)).refused == ()


async def test_a_forgotten_player_is_an_alias_and_may_come_back_as_another(
    kept: tuple[Keeper, Store], tmp_path: Path
) -> None:
    keeper, store = kept
    alias = (await keeper.patrons.join(CHANNEL, USER, "Quillabelle")).alias
    await rumor(keeper)
    await keeper.turns.take_turn(CHANNEL)
    assert await keeper.patrons.forget(CHANNEL, USER) == alias
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Quillabelle" not in content
    assert str(USER).encode() not in content
    with refusing("/patron join"):
        await keeper.patrons.purse(CHANNEL, USER)
    await keeper.turns.take_turn(CHANNEL)
    assert (await keeper.queries.ranking(CHANNEL)).purses == ()
    assert {row.speaker for row in await keeper.queries.heard(WORDS, CHANNEL) if row.kind == "rumor"} == {alias}
    assert (await keeper.queries.board(CHANNEL)).names == {"p1": alias}
    again = await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    assert again.key == "p2"
    assert again.alias != alias
    assert [row.key for row in (await rows(store))[3]] == ["p1", "p2"]


async def test_leaving_and_coming_back_fills_neither_purse_nor_breath(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    await keeper.turns.take_turn(CHANNEL)
    await rumor(keeper)
    for _ in range(3):
        await rumor(keeper, to=Creature.PIP)
    before = await keeper.patrons.purse(CHANNEL, USER)
    assert (before.purse, before.breath) == (JOIN_PEBBLES - 3 * WHISPER_PEBBLES, BREATH_MAX - 4)
    await keeper.patrons.forget(CHANNEL, USER)
    newcomer = await keeper.patrons.join(CHANNEL, USER + 1, "Zwiebelfisch")
    assert (newcomer.purse, newcomer.breath, newcomer.back) == (JOIN_PEBBLES, BREATH_MAX, False)
    for _ in range(2):
        await keeper.turns.take_turn(CHANNEL)
    again = await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    assert (again.purse, again.breath, again.back) == (before.purse, before.breath + 2, True)
    assert (await keeper.patrons.join(CHANNEL, USER, "Quillabelle")).back is False
    await keeper.turns.take_turn(CHANNEL)
    assert (await keeper.patrons.purse(CHANNEL, USER)).purse == before.purse
    # Nothing says who was who: neither the log nor the file.
    inputs = [action for turn in (await store.journal.log(1)).turns for action in turn.interventions]
    back = [action for action in inputs if isinstance(action, Join)][-1]
    assert (back.patron, back.pebbles, back.breath) == ("p3", before.purse, before.breath + 2)
    assert (await rows(store))[3][0].user_id is None
    await keeper.patrons.forget(CHANNEL, USER)
    assert (await keeper.patrons.join(CHANNEL, USER, "Quillabelle")).purse == before.purse


async def test_what_stands_offered_comes_back_and_no_more_than_a_newcomer_gets(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    await keeper.patrons.act(CHANNEL, USER, lambda seen, key: OfferLoan(key, Creature.PIP, 40, 0, 3))
    await keeper.patrons.forget(CHANNEL, USER)
    assert (await keeper.patrons.join(CHANNEL, USER, "Quillabelle")).purse == JOIN_PEBBLES
    await keeper.patrons.act(CHANNEL, USER, lambda seen, key: OfferLoan(key, Creature.PIP, 40, 20, 3))
    await keeper.patrons.forget(CHANNEL, USER)
    assert await farewells(store) == [Farewell(JOIN_PEBBLES, BREATH_MAX, turn=0, until=default_rules().year)]


async def test_the_year_that_ends_takes_along_what_was_kept_of_who_left(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    await rumor(keeper, to=Creature.PIP)
    year = default_rules().year
    for _ in range(year - 2):
        await keeper.turns.take_turn(CHANNEL)
    await keeper.patrons.forget(CHANNEL, USER)
    await keeper.turns.take_turn(CHANNEL)
    assert [each.until for each in await farewells(store)] == [year]
    await keeper.turns.take_turn(CHANNEL)
    assert await farewells(store) == []
    again = await keeper.patrons.join(CHANNEL, USER, "Quillabelle")
    assert (again.purse, again.breath, again.back) == (JOIN_PEBBLES, BREATH_MAX, False)


async def farewells(store: Store) -> list[Farewell]:
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    return [row.farewell for row in snapshot.farewells]
