"""The firewall, on the last page before an engine: no prompt of a long game holds what its creature must not know.

Every game runs sixty turns with five creatures, prompts written by the council itself, and everything hidden that there
is: hands, pools and the deck, whispers, loans, thoughts, other creatures' purses and stores, patrons' keys; and in a
game of thirty turns through keeper and store, players' names and Discord's ids. ``tests/wood/test_firewall.py`` looks
at the views.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from bot.keeper import Keeper
from data.store import Store
from inference.council import Council, CouncilResult
from inference.roster import seat
from inference.tokens import PROMPT, TEMPLATE, estimate
from tests.bot.kept import CHANNEL, GUILD, NOON, USER, found, keeping
from tests.wood.test_firewall import MARKED, PATRON_KEY, THOUGHT
from tests.wood.woods import RULES, holding, open_roughly, wood
from wood.chronicle import EventKind
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, OfferLoan, TellLegend
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good
from wood.observe import View, observe
from wood.refusal import Refusal
from wood.rules import Legend, Rules
from wood.trace import Trace
from wood.turn import Morning, close_turn
from wood.world import World

TURNS: Final = 60
KEPT_TURNS: Final = 30
"""Turns through keeper and store: every player does everything twice."""
PATRONS: Final = 4
RICH: Final = 1_000_003
"""A purse that nobody has by chance; every creature's is another multiple of it."""


def _speaking(legend: Legend) -> Legend:
    """The same legend with what it lets creatures hear, and the signs before it, marked by its name."""
    slug = legend.slug.removeprefix("zqx-")
    shocks = tuple(replace(shock, text=f"News of {slug}: all is changed.") for shock in legend.shocks)
    signs = tuple(f"Sign {number} of {slug}." for number in range(len(legend.signs)))
    return replace(legend, shocks=shocks, signs=signs)


SPEAKING: Final[Rules] = replace(MARKED, legends={name: _speaking(each) for name, each in MARKED.legends.items()})


@dataclass(frozen=True, slots=True)
class Page:
    """One creature's prompt, and the open wood that it was written in."""

    morning: Morning
    trace: Trace

    @property
    def text(self) -> str:
        """All that an engine is given."""
        return f"{self.trace.system}\n{self.trace.user}"


def thoughtful(result: CouncilResult, turn: int) -> CouncilResult:
    """The same decisions, with a thought behind each that nobody may ever read."""
    decisions = {
        who: replace(each, thought=f"{THOUGHT}-{who}-{turn}") if each else None
        for who, each in result.decisions.items()
    }
    return replace(result, decisions=decisions)


def schemes(world: World, now: int) -> Iterator[Intervention]:
    """What four patrons put into a turn: nothing is left undone that a patron can do."""
    for number in range(1, PATRONS + 1):
        key, other = f"p{number}", CREATURES[(now + number) % len(CREATURES)]
        if (now + number) % 3 == 0:
            yield DrawLegend(key)
        if (now + number) % 4 == 0:
            yield CastRumor(key, GOODS[now % 5], f"Whisper {now}.{number} of the deep wood", 1, other)
        if (now + number) % 5 == 0:
            yield OfferLoan(key, other, 7 + number, 1, 3)
        if (now + number) % 6 == 0:
            yield CastRumor(key, GOODS[number], f"Rumor {now}.{number}: there will be a shortage", 1)
        if now % 9 == number and (hand := world.patrons[key].hand):
            yield CastLegend(key, hand[0], 1 if now % 2 else 2)
        if now % 9 == number + 1:
            yield CastLegend(key, None, 2)
    if now in (20, 40):
        yield TellLegend("zqx-great-frost" if now == 20 else "zqx-silver-sap-corner")


def game(mind: str, seed: int) -> Iterator[Page]:
    """Every prompt of a long game."""
    council = Council(seat(mind), SPEAKING)
    world = wood(seed, PATRONS, SPEAKING)
    while world.turn < TURNS:
        morning = open_roughly(SPEAKING, world, list(schemes(world, world.turn + 1)))
        result = council.decide_now("w", seed, observe(SPEAKING, morning.world))
        for trace in result.traces:
            yield Page(morning, trace)
        world, _ = close_turn(SPEAKING, morning, thoughtful(result, world.turn).decisions)


@pytest.mark.parametrize(("mind", "seed"), [("instinct", 3), ("random", 11), ("contrarian", 23)])
def test_no_prompt_of_a_long_game_tells_a_secret(mind: str, seed: int) -> None:
    pages = pooled = held = signs = 0
    begun: set[str] = set()
    hearers: dict[str, tuple[int, Creature, str]] = {}
    for page in game(mind, seed):
        pages += 1
        world, who, text = page.morning.world, page.trace.creature, page.text
        begun |= {event.subject for event in page.morning.events if event.kind is EventKind.LEGEND}
        pooled += world.pool is not None
        held += sum(len(patron.hand) for patron in world.patrons.values())
        hearers |= whispers(page)
        signs += "Sign 0 of " in text
        leaks = [what for what, leaked in leaks_of(page, begun, hearers).items() if leaked]
        assert not leaks, f"turn {page.trace.turn}, {who}: {leaks}\n{text}"
        assert estimate(page.trace.system) + estimate(page.trace.user) + TEMPLATE <= PROMPT
    assert pages == (TURNS - 1) * len(CREATURES)
    assert pooled, "no legend was ever pooled"
    assert held, "no legend was ever held"
    assert len(begun) > 2, "hardly a legend was told"
    assert len(hearers) > 20, "hardly a whisper was whispered"
    assert signs, "no sign of what is to come was ever heard"


def whispers(page: Page) -> dict[str, tuple[int, Creature, str]]:
    """The whispers that this turn admitted: turn, hearer and the patron's alias by text."""
    return {
        event.data["text"]: (
            page.trace.turn,
            Creature(event.data["hearer"]),
            page.morning.world.patrons[event.subject].alias,
        )
        for event in page.morning.events
        if event.kind is EventKind.WHISPER and event.data
    }


def leaks_of(
    page: Page, begun: set[str], hearers: Mapping[str, tuple[int, Creature, str]]
) -> dict[str, list[str] | bool]:
    """What a prompt tells that it must not, by kind."""
    world, who, text = page.morning.world, page.trace.creature, page.text
    untold = [slug.removeprefix("zqx-") for slug in SPEAKING.legends if slug not in begun]
    titles = "|".join(f"{re.escape(SPEAKING.legends[slug].title)}(?![-a-z])" for slug in begun)
    signs = {
        (event.subject.removeprefix("zqx-"), event.data["sign"])
        for event in page.morning.events
        if event.kind is EventKind.OMEN and event.data
    }
    return {
        "a legend's card: its name, tale or omen, or its title before it is told": "zqx-"
        in re.sub(titles or "(?!)", "", text),
        "a sign that is not seen": [
            slug for number, slug in re.findall(r"Sign (\d) of ([-a-z]+)\.", text) if (slug, int(number)) not in signs
        ],
        "news of a legend that has not been told": [slug for slug in untold if f"News of {slug}" in text],
        "a thought": THOUGHT in text,
        "a patron's key": bool(PATRON_KEY.search(text)),
        "another's whisper": [
            line
            for line in text.splitlines()
            for whisper, told in hearers.items()
            if whisper in line and not _may_hear(line, told, who, page.trace.turn)
        ],
        "another's loan": ("Loans offered" in text) > any(offer.to is who for offer in world.offers),
        "another's debt": ("You owe" in text) > any(loan.borrower is who for loan in world.loans),
    }


def _may_hear(line: str, told: tuple[int, Creature, str], who: Creature, turn: int) -> bool:
    """Whether a creature may read a whisper: its hearer from the patron, others later and only as a creature's word."""
    cast, hearer, alias = told
    from_patron = f"the patron {alias}" in line
    return who is hearer if turn == cast or from_patron else True


@pytest.mark.parametrize("seed", range(4))
def test_no_prompt_shows_anothers_purse_or_store(seed: int) -> None:
    """At every turn of a game each creature's figures are once made unmistakable, and looked for in all prompts."""
    council = Council(seat("instinct"), RULES)
    world = wood(seed, 2)
    seen = 0
    while world.turn < TURNS:
        marked, marks = unmistakable(world)
        for trace in council.decide_now("w", seed, observe(RULES, open_roughly(RULES, marked).world)).traces:
            numbers = set(map(int, re.findall(r"\d{6,}", trace.system + trace.user)))
            near = {mark for mark in set().union(*marks.values()) if any(0 <= number - mark < 99 for number in numbers)}
            assert near == marks[trace.creature], (trace.turn, trace.creature)
            seen += len(near)
        morning = open_roughly(RULES, world)
        counsel = council.decide_now("w", seed, observe(RULES, morning.world))
        world, _ = close_turn(RULES, morning, counsel.decisions)
    assert seen == (TURNS - 1) * len(CREATURES) * (1 + len(GOODS))


def unmistakable(world: World) -> tuple[World, dict[Creature, set[int]]]:
    """The same wood with purses and stores of sizes that occur once, and each creature's."""
    marks: dict[Creature, set[int]] = {}
    for place, creature in enumerate(CREATURES, start=1):
        figures = {good.value: place * RICH + 1000 * number for number, good in enumerate(GOODS, start=1)}
        world = holding(world, creature, **{PEBBLES: place * RICH}, **figures)
        marks[creature] = {place * RICH, *figures.values()}
    return world, marks


async def test_no_prompt_knows_a_player_or_a_place(tmp_path: Path) -> None:
    """Through keeper and store, where names and ids are: none of them reaches an engine, nor does the wood's number."""
    names = [f"Zqxname{number}" for number in range(3)]
    users = [USER + number for number in range(3)]
    recording = Recording()
    async with keeping(tmp_path / "wood.sqlite3", minds=recording) as (keeper, store):
        await found(keeper)
        for user, name in zip(users, names, strict=True):
            await keeper.patrons.join(CHANNEL, user, name)
        for turn in range(1, KEPT_TURNS + 1):
            user = users[turn % 3]
            with suppress(Refusal):
                await deed(keeper, store, user, turn)
            await keeper.turns.take_turn(CHANNEL)
    whole = json.dumps([[trace.system, trace.user] for trace in recording.traces])
    assert len(recording.traces) == KEPT_TURNS * len(CREATURES)
    assert "the patron " in whole, "nobody heard a patron"
    for secret in (*names, *map(str, (*users, CHANNEL, GUILD))):
        assert secret not in whole
        assert not [wood for wood in recording.woods if secret in wood]


async def deed(keeper: Keeper, store: Store, user: int, turn: int) -> None:
    """What a player does before a turn; some of it the rules refuse."""
    text = f"Honey runs short, {turn}"
    match turn % 5:
        case 0:
            await keeper.patrons.draw(CHANNEL, user)
        case 1:
            await keeper.patrons.cast_rumor(CHANNEL, user, about=Good.HONEY, text=text, leaning=1, to=None)
        case 2:
            await keeper.patrons.cast_rumor(CHANNEL, user, about=Good.HONEY, text=text, leaning=1, to=Creature.PIP)
        case 3:
            snapshot = await store.woods.snapshot(CHANNEL)
            assert snapshot is not None
            await store.journal.append(snapshot, OfferLoan(f"p{turn % 3 + 1}", Creature.FENN, 9, 1, 3), NOON)
        case _:
            hand = (await keeper.patrons.hand(CHANNEL, user)).hand
            await keeper.patrons.cast_legend(CHANNEL, user, legend=hand[0].slug if hand else None, breath=3)


class Recording:
    """Real minds, whose prompts are kept."""

    def __init__(self) -> None:
        self.council = Council(seat("instinct"), RULES)
        self.traces: list[Trace] = []
        self.woods: set[str] = set()

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        result = await self.council.decide(wood, seed, views, rules)
        self.woods.add(wood)
        self.traces += result.traces
        return thoughtful(result, views[Creature.PIP].turn)


def test_the_search_finds_what_is_planted() -> None:
    """A leak of every kind, written into a true prompt, is seen."""
    pages = game("instinct", 3)
    hearers: dict[str, tuple[int, Creature, str]] = {}
    page = next(pages)
    while not hearers:
        page = next(pages)
        hearers = whispers(page)
    (whisper, (_, hearer, alias)), *_ = hearers.items()
    page = next(each for each in pages if each.trace.creature is not hearer and not each.morning.world.loans)
    planted = {
        "a legend's card: its name, tale or omen, or its title before it is told": "zqx-title-great-frost",
        "a sign that is not seen": "Sign 1 of mast-year.",
        "news of a legend that has not been told": "News of great-frost: all is changed.",
        "a thought": f"{THOUGHT}-pip-3",
        "a patron's key": "You like p2.",
        "another's whisper": f'- the patron {alias} (trusted): "{whisper}"',
        "another's debt": "You owe the patron Alder 9 pebbles, due in turn 9.",
    }
    for what, line in planted.items():
        leaking = replace(page, trace=replace(page.trace, user=f"{page.trace.user}\n{line}"))
        assert leaks_of(leaking, set(), hearers)[what], what
        assert not leaks_of(page, set(SPEAKING.legends), hearers)[what], what
