"""Legends by players at the keeper: bounds, what becomes content, other versions of the program, and forgetting."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.keeper import Keeper
from bot.keeping.tales import OPEN_MOST, WAITING_MOST, TaleForm
from data.content import default_rules
from data.log import read_log
from data.proposals import State
from data.replay import replay
from data.store import Store
from data.tales import TaleError, Wrong, read_tale
from tests.bot.kept import CHANNEL, USER, Hands, SlowMinds, found, keeping
from tests.data.tales import TALE, altered
from tests.refusing import refusing
from wood.names import Good
from wood.rules import Rules

SLUG = "own-thimble-corner"


@pytest.fixture
async def kept(kept: tuple[Keeper, Store]) -> tuple[Keeper, Store]:
    """A wood with one patron."""
    await kept[0].patrons.join(CHANNEL, USER, "Ann")
    await kept[0].turns.take_turn(CHANNEL)
    return kept


async def waiting(store: Store, file: bytes = TALE, author: str = "p1") -> int:
    """Put a legend before the keeper without its dry run; answers its number."""
    row = await store.woods.living(CHANNEL)
    assert row is not None
    title = read_tale(file).title
    slug = "own-" + title.casefold().removeprefix("the ").replace(" ", "-")
    draft = await store.proposals.draft(row.id, read_tale(file).tale_of(slug, author), Hands()())
    await store.proposals.move(row.id, draft.id, State.DRAFT, State.PROPOSED, Hands()())
    return draft.id


async def deck(store: Store) -> tuple[str, ...]:
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    return snapshot.world.deck


async def content(store: Store) -> dict[str, dict[str, str]]:
    """The legends of the content that the wood's last turn was played on."""
    row = await store.woods.living(CHANNEL)
    assert row is not None
    legends: dict[str, dict[str, str]] = (await store.woods.content(row.content))["legends"]
    return legends


async def replays(keeper: Keeper, tmp_path: Path) -> bool:
    _, log = await keeper.admin.export(CHANNEL)
    path = tmp_path / "log.jsonl"
    path.write_bytes(log)
    return replay(read_log(path)).agrees


async def test_what_is_accepted_is_content_and_lies_in_the_deck_from_the_next_turn_on(
    kept: tuple[Keeper, Store], tmp_path: Path
) -> None:
    keeper, store = kept
    before = await deck(store)
    row = await keeper.tales.accept(CHANNEL, await waiting(store))
    assert (row.state, row.author) == (State.ACCEPTED, "Ann")
    assert await deck(store) == before
    assert SLUG not in await content(store)
    await keeper.turns.take_turn(CHANNEL)
    after = await deck(store)
    assert [slug for slug in after if slug != SLUG] == list(before)
    assert after.count(SLUG) == 1
    assert (await content(store))[SLUG]["author"] == "p1"
    await keeper.turns.take_turn(CHANNEL)
    assert await deck(store) == after
    assert await replays(keeper, tmp_path)


async def test_a_legend_accepted_while_the_minds_think_joins_with_the_turn_after(tmp_path: Path, now: Hands) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "slow.sqlite3", minds=minds, now=now) as (keeper, store):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        turn = asyncio.create_task(keeper.turns.take_turn(CHANNEL))
        await minds.asked.wait()
        await keeper.tales.accept(CHANNEL, await waiting(store))
        minds.go_on.set()
        assert await turn is not None
        assert SLUG not in await content(store)
        assert SLUG not in await deck(store)
        await keeper.turns.take_turn(CHANNEL)
        assert SLUG in await content(store)
        assert SLUG in await deck(store)
        assert await replays(keeper, tmp_path)


def another(rules: Rules) -> Rules:
    """The content of another version of the program: one title is another one."""
    frost = replace(rules.legends["great-frost"], title="The Greater Frost")
    return replace(rules, legends={**rules.legends, "great-frost": frost})


@pytest.fixture
async def versions(tmp_path: Path, now: Hands) -> Path:
    """The file of a wood with a legend of its own, and one that waits to be taken in."""
    path = tmp_path / "old.sqlite3"
    async with keeping(path, now=now) as (keeper, store):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        await keeper.turns.take_turn(CHANNEL)
        await keeper.tales.accept(CHANNEL, await waiting(store))
        await keeper.turns.take_turn(CHANNEL)
        await keeper.tales.accept(CHANNEL, await waiting(store, altered("The Thimble Corner", "The Late Tale")))
    return path


async def test_a_wood_takes_up_new_content_with_the_legends_of_its_own(
    versions: Path, tmp_path: Path, now: Hands
) -> None:
    async with keeping(versions, now=now, rules=another(default_rules())) as (keeper, store):
        await keeper.turns.take_turn(CHANNEL)
        legends = await content(store)
        assert legends["great-frost"]["title"] == "The Greater Frost"
        assert {SLUG, "own-late-tale"} <= legends.keys()
        assert {SLUG, "own-late-tale"} <= set(await deck(store))
        assert await replays(keeper, tmp_path)


async def test_a_wood_that_holds_on_to_its_content_takes_legends_in_as_well(
    versions: Path, tmp_path: Path, now: Hands
) -> None:
    rules = default_rules()
    fewer = replace(rules, legends={slug: each for slug, each in rules.legends.items() if slug != "great-frost"})
    async with keeping(versions, now=now, rules=fewer) as (keeper, store):
        await keeper.turns.take_turn(CHANNEL)
        legends = await content(store)
        assert {"great-frost", SLUG, "own-late-tale"} <= legends.keys()
        assert await replays(keeper, tmp_path)


async def test_there_is_a_bound_to_what_waits(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    for number in range(OPEN_MOST):
        await waiting(store, altered("The Thimble Corner", f"Mine {number}"))
    with refusing("waiting for the keeper, and that is the most"):
        await keeper.tales.may(CHANNEL, USER)
    for number in range(WAITING_MOST - OPEN_MOST):
        await waiting(store, altered("The Thimble Corner", f"Other {number}"), author=f"p{number + 2}")
    await keeper.patrons.join(CHANNEL, USER + 1, "Bo")
    with refusing("10 legends wait for the keeper already"):
        await keeper.tales.may(CHANNEL, USER + 1)
    assert [row.legend.title for row in await keeper.tales.waiting(CHANNEL)][:2] == ["Mine 0", "Mine 1"]


async def test_two_decisions_on_one_legend_are_one(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    number = await waiting(store)
    done = await asyncio.gather(
        *(keeper.tales.accept(CHANNEL, number) for _ in range(3)),
        keeper.tales.decline(CHANNEL, number),
        return_exceptions=True,
    )
    assert sum(not isinstance(each, BaseException) for each in done) == 1
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    assert len(snapshot.pending) <= 1


async def test_a_new_draft_takes_the_place_of_the_former_one(kept: tuple[Keeper, Store]) -> None:
    keeper, _ = kept
    first = await keeper.tales.read_file(CHANNEL, USER, TALE)
    assert first.trial.moves
    second = await keeper.tales.read_file(CHANNEL, USER, TALE)
    assert second.row.legend.slug == first.row.legend.slug == SLUG
    (row,) = await keeper.tales.mine(CHANNEL, USER)
    assert (row.number, row.state) == (second.row.number, State.DRAFT)
    with refusing("does not wait any more"):
        await keeper.tales.propose(CHANNEL, USER, first.row.number)
    with refusing("does not wait any more"):
        await keeper.tales.accept(CHANNEL, second.row.number)


async def test_a_title_in_another_script_has_a_slug_of_its_own(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    file = altered("The Thimble Corner", "木の実の市")
    card = await keeper.tales.read_file(CHANNEL, USER, file)
    assert card.row.legend.slug.startswith("own-")
    assert card.row.legend.slug.isascii()
    await keeper.tales.propose(CHANNEL, USER, card.row.number)
    await keeper.tales.accept(CHANNEL, card.row.number)
    await keeper.turns.take_turn(CHANNEL)
    assert card.row.legend.slug in await deck(store)


async def test_a_form_is_checked_like_a_file(kept: tuple[Keeper, Store]) -> None:
    form = TaleForm("A tale\u202e", "Once.", "It falls.", Good.HONEY, "crash")
    with pytest.raises(TaleError) as caught:
        await kept[0].tales.fill_in(CHANNEL, USER, form)
    (problem,) = caught.value.problems
    assert (problem.what, problem.where) == (Wrong.CONTROL, "title")


async def test_who_is_forgotten_leaves_what_was_accepted_under_the_alias_and_nothing_else(
    kept: tuple[Keeper, Store],
) -> None:
    keeper, store = kept
    await keeper.tales.accept(CHANNEL, await waiting(store))
    await waiting(store, altered("The Thimble Corner", "Secret One"))
    await keeper.tales.read_file(CHANNEL, USER, altered("The Thimble Corner", "Secret Two"))
    alias = await keeper.patrons.forget(CHANNEL, USER)
    await keeper.turns.take_turn(CHANNEL)
    row = await store.woods.living(CHANNEL)
    assert row is not None
    (left,) = await store.proposals.of_wood(row.id)
    assert (left.legend.slug, left.state) == (SLUG, State.ACCEPTED)
    assert SLUG in await deck(store)
    assert await keeper.queries.author(CHANNEL, left.legend) == alias
    assert "Ann" not in repr(left)


async def test_a_razed_wood_takes_its_legends_along_and_brings_them_back(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    number = await waiting(store)
    await keeper.admin.raze(CHANNEL)
    with refusing("No wood lives"):
        await keeper.tales.accept(CHANNEL, number)
    await keeper.admin.restore(CHANNEL)
    await keeper.tales.accept(CHANNEL, number)
    await keeper.turns.take_turn(CHANNEL)
    assert SLUG in await deck(store)
