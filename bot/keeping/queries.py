"""For everybody: looking at a wood without changing anything."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.keeping.days import DAY, local_day
from bot.keeping.desk import Desk, no_wood
from bot.keeping.founding import zone_of
from bot.refusals import KeeperCode, KeeperError
from bot.telling.album import AlbumCard, album_card
from bot.telling.best import best_patron
from bot.telling.cards import (
    BoardCard,
    ChartCard,
    CreatureCard,
    ReceiptCard,
    ReportCard,
    RumorRow,
    Spans,
    TradeRow,
    TrustCard,
    WoodCard,
)
from bot.telling.catalog import Words
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.extra import ExtraCard, extra_card, strikes
from bot.telling.health import HealthCard
from bot.telling.naming import shown_names
from bot.telling.notice import Notice
from bot.telling.ranking import RankingCard, ranking_card
from bot.telling.receipts import of_board, of_report, public
from bot.telling.showing import (
    best_quote,
    board_card,
    chart_spans,
    legend_of_day,
    rank_rows,
    rumor_rows,
    sayings,
    trade_rows,
    trust_card,
    wood_card,
)
from data.errors import StoreOutdatedError
from inference.protocol import Failure, State
from wood.names import Creature, Good
from wood.rules import Legend
from wood.twin import SPAN

_ASLEEP: Final = (Failure.ASLEEP, Failure.DEAD)
LATELY: Final = 15
"""Turns that count as lately: a season."""
COURSE: Final = 9
"""Turns that the board knows: eight moves of a price."""


class Queries:
    """Looking at a wood.

    Args:
        desk: what all parts share.
        charts: draws charts off the event loop.
        asleep: what the minds that do not answer yet are at; empty when all of them are awake.
    """

    def __init__(self, desk: Desk, charts: ChartPool, asleep: Callable[[], Sequence[State]]) -> None:
        self._desk = desk
        self._charts = charts
        self._asleep = asleep

    async def wood(self, channel_id: int) -> WoodCard:
        """The wood of this channel."""
        row = await self._desk.row(channel_id)
        return wood_card(row, await self._desk.problem(row))

    async def language(self, channel_id: int) -> str:
        """The language of this channel's wood, in which everything is said that everybody sees."""
        return await self.language_of((await self._desk.row(channel_id)).content)

    async def language_of(self, content: str) -> str:
        """The language of an edition of the content, by its digest; "" where this program cannot read it any more."""
        try:
            return (await self._desk.library.edition(content)).rules.language
        except StoreOutdatedError:
            return ""

    async def health(self, channel_id: int) -> HealthCard:
        """How the wood of this channel does."""
        standing = await self._desk.store.vitals.standing(channel_id)
        if standing is None:
            raise no_wood()
        size = await self._desk.store.vitals.size(standing.wood)
        return HealthCard(standing, Notice.read(standing.problem), self._asleep(), size, self._desk.now())

    async def woods(self) -> list[WoodCard]:
        """Every living wood."""
        return [wood_card(row) for row in await self._desk.store.woods.all()]

    async def board(self, channel_id: int) -> BoardCard:
        """What the public board shows: the wood after its last turn."""
        stored, lately = await self._desk.lately(channel_id, COURSE, heard=SPAN)
        edition = await self._desk.library.of(stored)
        asleep = self._asleep()
        names = shown_names(stored.patrons, stored.world, edition.rules)
        recent = lately.turns
        return board_card(
            edition.rules,
            wood_card(stored.wood),
            stored.world,
            recent[-1] if recent else None,
            names,
            minds_asleep=bool(asleep) or not lately.silent.isdisjoint(_ASLEEP),
            minds_at=asleep,
            recent=recent,
            receipts=of_board(public(edition.rules, names, lately.receipts), stored.wood.turn),
        )

    async def creature(self, channel_id: int, creature: Creature) -> CreatureCard:
        """One creature as everyone may see it."""
        stored, lately = await self._desk.lately(channel_id, LATELY)
        edition = await self._desk.library.of(stored)
        turns = lately.turns
        names = shown_names(stored.patrons, stored.world, edition.rules)
        return CreatureCard(edition.rules, stored.world, creature, turns, sayings(turns, creature), names)

    async def trust(self, channel_id: int, user_id: int) -> TrustCard:
        """What the creatures make of the player.

        Raises:
            Refusal: the player is no patron here.
        """
        seen = await self._desk.see(channel_id)
        return trust_card(seen.rules, seen.world, seen.patron(user_id))

    async def ranking(self, channel_id: int) -> RankingCard:
        """Prophets, callers, voices and purses after the last turn; of voices, what their words moved this year."""
        # As stored: what waits for the next turn is nobody else's to see before it.
        stored = await self._desk.snapshot(channel_id)
        rules = (await self._desk.library.of(stored)).rules
        year = rules.year
        since = max(0, stored.wood.turn - 1) // year * year + 1
        moved = await self._desk.store.receipts.voices(stored.wood.id, since)
        names = shown_names(stored.patrons, stored.world, rules)
        return ranking_card(stored.world, names, {key: by / 100 for key, by in moved.items()})

    async def heard(
        self, words: Words, channel_id: int, limit: int = 16, *, user_id: int | None = None
    ) -> Sequence[RumorRow]:
        """The last public rumors with what came of them, then the last gossip, both newest first.

        Args:
            words: the language of the answer.
            channel_id: the wood.
            limit: lines, at most.
            user_id: for whose eyes alone it is: that player's whispers stand among the rumors. None for all eyes.
        """
        seen, lately = await self._desk.see_lately(channel_id, LATELY, heard=LATELY)
        own, names = None if user_id is None else seen.key(user_id), seen.names
        receipts = [
            ReceiptCard(seen.rules, each, names) for each in lately.receipts if each.to is None or each.speaker == own
        ]
        return rumor_rows(words, seen.rules, lately.turns, seen.stored.pending, names, limit, receipts)

    async def trades(self, words: Words, channel_id: int, limit: int = 20) -> Sequence[TradeRow]:
        """The last trades, newest first."""
        seen, lately = await self._desk.see_lately(channel_id, LATELY)
        return trade_rows(words, seen.edition.rules, lately.turns, seen.names, limit)

    async def lore(self, channel_id: int, slug: str | None) -> Legend:
        """A legend already told in this wood, by slug; None for the last one told. Undrawn ones stay secret."""
        legends = await self.told(channel_id)
        if not legends:
            raise KeeperError(KeeperCode.NOTHING_TOLD)
        for legend in legends:
            if slug is None or legend.slug == slug:
                return legend
        raise KeeperError(KeeperCode.NOT_TOLD)

    async def author(self, channel_id: int, legend: Legend) -> str:
        """What the patron is called who made up a legend of this wood's own; "" for one of the program's."""
        if not legend.author:
            return ""
        stored = await self._desk.snapshot(channel_id)
        rules = (await self._desk.library.of(stored)).rules
        return shown_names(stored.patrons, stored.world, rules).get(legend.author, "")

    async def told(self, channel_id: int) -> Sequence[Legend]:
        """The legends told in this wood so far, newest first: what autocomplete of lore may show."""
        row = await self._desk.row(channel_id)
        rules = (await self._desk.library.edition(row.content)).rules
        slugs = dict.fromkeys(slug for _, slug in await self._desk.store.turns.told(row.id))
        known = (rules.legends[slug] for slug in slugs if slug in rules.legends)
        return [legend for legend in known if legend.in_deck]

    async def album(self, channel_id: int, user_id: int, *, shared: bool = False) -> AlbumCard:
        """The legends that this wood has seen, with what the player did; whoever is no patron has done nothing.

        Args:
            channel_id: the wood.
            user_id: whose record.
            shared: whether everybody sees it, so that it shows nothing of the player's hand.
        """
        seen = await self._desk.see(channel_id)
        tellings = await self._desk.store.turns.told(seen.stored.wood.id)
        return album_card(seen.rules, seen.world, tellings, seen.names, seen.key(user_id) or "", hand=not shared)

    async def report(self, channel_id: int) -> ReportCard:
        """The report of the last 24 hours."""
        now = self._desk.now() + timedelta(milliseconds=1)  # a turn taken just now is among them
        return await self.report_of(channel_id, now - DAY, now)

    async def report_of(self, channel_id: int, start: datetime, end: datetime) -> ReportCard:
        """The report of the turns taken from ``start`` until before ``end``; its date is that of its end."""
        stored = await self._desk.snapshot(channel_id)
        row, day = stored.wood, local_day(end, zone_of(stored.wood.zone))
        rules = (await self._desk.library.of(stored)).rules
        turns = [each.turn for each in await self._desk.store.turns.between(row.id, start, end)]
        history = [each.turn for each in await self._desk.store.turns.recent(row.id, rules.year, before=end)]
        names = shown_names(stored.patrons, stored.world, rules)
        # In a thread: a fast wood has thousands of turns a day.
        quote, legend = await asyncio.to_thread(lambda: (best_quote(turns), legend_of_day(rules, turns)))
        span = (turns[0].number, turns[-1].number) if turns else (0, 0)
        receipts = await self._desk.store.receipts.of_turns(row.id, *span)
        best = best_patron(stored.world, rules.year, turns[0].number) if turns else None
        return ReportCard(
            rules=rules,
            wood=wood_card(row),
            world=stored.world,
            day=day.isoformat(),
            turns=turns,
            history=history,
            quote=quote,
            legend=legend,
            ranking=rank_rows(stored.world, names),
            names=names,
            voices=of_report(public(rules, names, receipts)),
            best=best and (names[best[0]], best[1]),
        )

    async def extra_of(self, channel_id: int, number: int) -> ExtraCard | None:
        """The legend that struck in a turn; None where this program does not know it any more."""
        stored = await self._desk.snapshot(channel_id)
        rules = (await self._desk.library.of(stored)).rules
        wood = stored.wood.id
        told = await self._desk.store.turns.told(wood)
        turns = {row.turn.number: row.turn for row in await self._desk.store.turns.numbered(wood, number - 1, number)}
        struck = strikes(rules, turns[number], told)
        if not struck:
            return None
        began = await self._desk.store.turns.numbered(wood, struck[0].since, struck[0].since)
        names = shown_names(stored.patrons, stored.world, rules)
        return extra_card(rules, struck[0], turns[number], turns.get(number - 1), began[0].turn, names)

    async def calibration(self, channel_id: int, user_id: int) -> ChartCard:
        """What a player foretold this year, beside what chance would have made true.

        Raises:
            Refusal: the player is no patron here.
        """
        seen = await self._desk.see(channel_id)
        key, rules = seen.patron(user_id), seen.rules
        since = (seen.stored.wood.turn - 1) // rules.year * rules.year + 1
        rows = await self._desk.store.turns.numbered(seen.stored.wood.id, since, seen.stored.wood.turn)
        request = ChartRequest(ChartKind.CALIBRATION, patron=key)
        return await self._charts.draw(request, rules, [row.turn for row in rows])

    def spans(self) -> Spans:
        """How many turns a chart usefully shows, by the calendar of this program."""
        return chart_spans(self._desk.library.current().rules)

    async def chart(self, channel_id: int, good: Good | None, span: int | None = None) -> ChartCard:
        """The price chart of one good (None: all five), drawn off the event loop.

        Args:
            channel_id: the wood.
            good: which good; None for all.
            span: over how many of the last turns, two at least and a year's at most; None for half a year's.
        """
        stored = await self._desk.snapshot(channel_id)
        rules = (await self._desk.library.of(stored)).rules
        spans = chart_spans(rules)
        shown = max(2, min(spans.half if span is None else span, spans.year))
        turns = [row.turn for row in await self._desk.store.turns.recent(stored.wood.id, shown)]
        names = shown_names(stored.patrons, stored.world, rules)
        return await self._charts.draw(ChartRequest(ChartKind.PRICES, good), rules, turns, names=names)
