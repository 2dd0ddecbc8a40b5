"""What everybody reads: posts, pictures, pages and lists are the same whatever patrons are up to in secret."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telling.best import best_patron
from bot.telling.cards import CreatureCard, ReportCard
from bot.telling.catalog import SOURCE, words_in
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.series import series_of
from bot.telling.extra import extra_card, strikes
from bot.telling.ranking import ranking_card
from bot.telling.report import build_report, to_json
from bot.telling.saga import pages
from bot.telling.showing import (
    best_quote,
    board_card,
    legend_of_day,
    rank_rows,
    rumor_rows,
    sayings,
    trade_rows,
)
from bot.telling.year import YearCard
from bot.views.board import render_board
from bot.views.creature import render_visit
from bot.views.extra import render_extra
from bot.views.market import render_trades
from bot.views.ranking import render_ranking
from bot.views.report import render_report
from bot.views.rumor import render_heard
from bot.views.year import render_year
from tests.bot.kept import CHANNEL, USER, found, keeping
from tests.bot.turns import make_wood
from tests.wood.secrets import KEYS, PUBLIC, Plot, base, planted, plots
from tests.wood.woods import MINDS, RULES, play
from wood.chronicle import Event, EventKind, Turn
from wood.moves import Denounce, OfferBribe, OpenPosition, TellLegend
from wood.names import CREATURES, GOODS, Creature, Good, Hand, Side
from wood.orders import Order, Slip, SlipReason
from wood.world import World

WORDS: Final = words_in(SOURCE)
NAMES: Final = {"p1": "Ann", "p2": "Ben", "p3": "Cleo"}
CANARY: Final = "zqx-secret"
OWN_EYES: Final = {ChartKind.CALIBRATION}
"""Pictures that nobody but their patron is shown."""
YEARLY: Final = {ChartKind.COURSE, ChartKind.YEAR}
"""Pictures of a year that is over."""


def posts(world: World, turns: Sequence[Turn]) -> Iterator[tuple[str, Any]]:
    """Everything that everybody can read of a wood, by name, as plain values."""
    last, wood = turns[-1], make_wood(world.seed)
    yield "board", shown(render_board(board_card(RULES, wood, world, last, NAMES, recent=turns)))
    for creature in CREATURES:
        card = CreatureCard(RULES, world, creature, turns, sayings(turns, creature), NAMES)
        yield creature, shown(render_visit(WORDS, card))
    yield "ranking", shown(render_ranking(WORDS, ranking_card(world, NAMES, {})))
    yield "trades", shown(render_trades(WORDS, trade_rows(WORDS, RULES, turns, NAMES, 20)))
    yield "heard", shown(render_heard(WORDS, rumor_rows(WORDS, RULES, turns, (), NAMES, 16)))
    report = build_report(WORDS, report_card(world, turns))
    yield "report", (to_json(report), shown(render_report(WORDS, report, ())[0]))
    for strike in strikes(RULES, last, told(turns)):
        began = next(turn for turn in turns if turn.number == strike.since)
        yield "extra", shown(render_extra(extra_card(RULES, strike, last, turns[-2], began, NAMES))[0])
    ended = any(event.kind is EventKind.YEAR for event in last.events)
    for request in requests(ended=ended):
        yield f"{request}", repr(series_of(WORDS, request, RULES, turns, rank_rows(world, NAMES), NAMES))
    if ended:
        year = YearCard(RULES, turns, NAMES, {})
        yield "year", shown(render_year(year)[0])
        yield "saga", pages(WORDS, year)


def shown(view: Any) -> Any:
    return view.to_components()


def told(turns: Sequence[Turn]) -> list[tuple[int, str]]:
    legends = ((turn.number, event) for turn in reversed(turns) for event in turn.events)
    return [(number, event.subject) for number, event in legends if event.kind is EventKind.LEGEND]


def report_card(world: World, turns: Sequence[Turn]) -> ReportCard:
    best = best_patron(world, RULES.year, turns[-5].number)
    return ReportCard(
        rules=RULES,
        wood=make_wood(world.seed),
        world=world,
        day="2026-01-02",
        turns=turns[-5:],
        history=turns,
        quote=best_quote(turns),
        legend=legend_of_day(RULES, turns),
        ranking=rank_rows(world, NAMES),
        names=NAMES,
        best=best and (NAMES[best[0]], best[1]),
    )


def requests(*, ended: bool) -> Iterator[ChartRequest]:
    for kind in ChartKind:
        if kind is ChartKind.BANNER:
            yield ChartRequest(kind, legend="great-frost")
        elif kind not in OWN_EYES and (ended or kind not in YEARLY):
            yield ChartRequest(kind, day=5)
    for good in GOODS:
        yield ChartRequest(ChartKind.PRICES, good)


def whispered() -> list[Event]:
    """An event of every kind that somebody alone may see, with all that any of them tells."""
    facts: dict[str, Any] = {
        **dict.fromkeys(("text", "alias", "legend", "why", "verdict", "lot"), CANARY),
        **dict.fromkeys(("good", "about"), "honey"),
        **dict.fromkeys(
            ("amount", "owed", "pebbles", "stake", "fee", "price", "fine", "turns", "due", "units"), 77_777
        ),
        "leaning": -1,
        "side": -1,
        "chance": 77,
        "score": 7,
        "believed": {"fenn": 77},
        "hearer": "fenn",
        "true": True,
        "right": True,
        "echo": False,
        "lender": "p1",
        "to": "fenn",
        "what": "dump",
        "whom": "p2",
        "facts": {},
        "code": "purse",
        "action": "bribe",
        "entries": [],
        "count": 7,
        "streak": 7,
        "missing": 7,
    }
    return [Event(kind, who, facts, to="p1") for kind in SECRET for who in ("p1", "fenn")]


SECRET: Final = tuple(
    kind
    for kind in EventKind
    if kind not in PUBLIC or kind in {EventKind.LOAN, EventKind.REPAID, EventKind.BELIEF, EventKind.JUDGED}
)
"""Kinds that are told to somebody alone, always or at times."""


def in_secret(turns: Sequence[Turn]) -> list[Turn]:
    """The same turns as they would be recorded had somebody been up to something: nothing public of them differs."""
    return [
        replace(
            turn,
            events=(*turn.events[:1], *whispered(), *turn.events[1:]),
            trades=tuple(
                replace(trade, seller_hand=Hand.BRIBE) if trade.seller_hand is Hand.HABIT else trade
                for trade in turn.trades
            ),
            slips=(*turn.slips, Slip(CREATURES[2], Order(Side.SELL, Good.MUSHROOMS, 7, 7), SlipReason.BRIBED)),
            flows={**turn.flows, "bribed/pebbles": 77_777, "won from the bourse/pebbles": 77_777},
            hash="f" * 64,
        )
        for turn in turns
    ]


@settings(max_examples=12)
@given(st.integers(0, 2), plots)
def test_no_post_or_picture_tells_of_a_plot(seed: int, plot: Plot) -> None:
    world, turns = base(seed)
    plain = Plot(heats=dict.fromkeys(KEYS, 0))
    without = dict(posts(planted(world, plain), turns))
    for name, post in posts(planted(world, plot), in_secret(turns)):
        assert post == without[name], name
        assert CANARY not in repr(post)
        assert "77777" not in repr(post).replace(",", "")


@pytest.mark.parametrize("seed", [1, 2])
def test_neither_does_one_of_a_legend_or_of_a_years_end(seed: int) -> None:
    """The same over the turn in which a legend is told, and that in which a year ends."""
    world, turns = base(seed)
    struck, more = play(world, 2, MINDS["instinct"], {world.turn + 1: [TellLegend("great-frost")]})
    ended, last = play(replace(world, turn=RULES.year - 2), 2, MINDS["instinct"])
    for left, record in ((struck, [*turns, more[0]]), (struck, [*turns, *more]), (ended, [*turns, *last])):
        plain, secret = dict(posts(left, record)), dict(posts(left, in_secret(record)))
        assert plain == secret
        assert ("year" in plain) is (left is ended)
    assert "extra" in dict(posts(struck, [*turns, more[0]]))


async def test_an_export_holds_what_was_done_by_key_and_nothing_that_waits(tmp_path: Path) -> None:
    """A keeper's log can be replayed, so it tells every secret of the turns that were taken; but no player's name."""
    async with keeping(tmp_path / "wood.sqlite3") as (keeper, _):
        await found(keeper)
        for number, name in enumerate(NAMES.values()):
            await keeper.patrons.join(CHANNEL, USER + number, f"{name}-zqx")
        for number, move in enumerate((OfferBribe("p1", Creature.PIP, "dump"), OpenPosition("p2", Good.HONEY, -1, 20))):
            await keeper.patrons.act(CHANNEL, USER + number, lambda *_, made=move: made)
        await keeper.turns.take_turn(CHANNEL)
        await keeper.patrons.act(CHANNEL, USER + 2, lambda *_: Denounce("p3", "p1"))
        _, log = await keeper.admin.export(CHANNEL)
    lines = [json.loads(line) for line in log.decode().splitlines()]
    made = {each["kind"]: each for line in lines for each in line.get("interventions", ())}
    assert (made["bribe"]["patron"], made["position"]["side"]) == ("p1", -1)
    assert "denounce" not in made, "what waits is nobody's yet"
    assert lines[0]["seed"] == 7
    assert "zqx" not in log.decode()
    assert str(USER)[:15] not in log.decode()


def test_the_comparison_sees_a_leak() -> None:
    """A plot that is told to everybody is in a post, so the comparison is not blind."""
    world, turns = base(1)
    leaked = Event(EventKind.RUMOR, "p1", {"about": "honey", "text": CANARY, "leaning": 1})
    shouted = [*turns[:-1], replace(turns[-1], events=(*turns[-1].events, leaked))]
    assert CANARY in repr(dict(posts(world, shouted))["board"])
    poorer = replace(world, accounts={**world.accounts, "patron:p1": {"pebbles": 7}})
    assert dict(posts(poorer, turns))["ranking"] != dict(posts(world, turns))["ranking"]
