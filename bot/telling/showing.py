"""How rows of the store become the cards that are shown. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bot.telling.cards import (
    NOTHING_SAID,
    BoardCard,
    CastReceipt,
    PatronCard,
    PoolCard,
    RankRow,
    ReceiptCard,
    RumorRow,
    Spans,
    TradeRow,
    TrustCard,
    TrustRow,
    WoodCard,
)
from bot.telling.catalog import Words
from bot.telling.notice import NOTHING, Notice
from bot.telling.own import lately
from bot.telling.phrases import who
from bot.telling.titles import last_counted, titles_in
from data.rows import Entry, WoodRow
from inference.protocol import State
from wood.calendar import date_of
from wood.chronicle import EventKind, Turn
from wood.hearsay import trust_in
from wood.moves import CastRumor
from wood.moves.base import BREATH_MAX
from wood.moves.legend import LEGEND_BREATH
from wood.names import CREATURES, PEBBLES, Creature, patron_account
from wood.ranking import pebbles, ranking
from wood.rules import Legend, Rules
from wood.world import Pool, World


def wood_card(row: WoodRow, problem: Notice = NOTHING) -> WoodCard:
    """A wood's row as shown."""
    return WoodCard(
        channel_id=row.channel_id,
        guild_id=row.guild_id,
        seed=row.seed,
        pace=row.pace,
        zone=row.zone,
        report_hour=row.report_hour,
        paused=row.next_turn is None,
        next_turn=row.next_turn,
        board_message_id=row.board_message_id,
        razed_at=row.razed_at,
        problem=problem,
        extras=row.extras,
        pinned=row.pinned,
        dozes=row.dozes,
        dozing=row.dozing,
        free_text=row.free_text,
    )


def patron_card(
    rules: Rules, world: World, key: str, names: Mapping[str, str], turns: Sequence[Turn] = ()
) -> PatronCard:
    """A patron for that patron's own eyes, with what ``turns`` refused."""
    patron = world.patrons[key]
    standing = ranking(world)
    return PatronCard(
        key=key,
        alias=patron.alias,
        name=names[key],
        purse=world.held(patron_account(key), PEBBLES),
        breath=patron.breath,
        breath_max=BREATH_MAX,
        hand=tuple(rules.legends[slug] for slug in patron.hand),
        fame=patron.fame,
        rank=standing.index(key) + 1,
        patrons=len(standing),
        refused=tuple(refusals(turns, key)),
        news=lately(turns, key),
        names=names,
        heat=patron.heat,
        prophecy=patron.prophecy,
        calls=world.callers.get(key, NOTHING_SAID),
    )


def refusals(turns: Sequence[Turn], key: str) -> Iterator[tuple[int, str, Notice]]:
    """What turns refused to a patron: the turn, the kind of move and the reason, newest first."""
    for turn in reversed(turns):
        for event in reversed(turn.events):
            if event.kind is EventKind.REFUSED and event.to == key and event.data:
                facts = event.data.get("facts") or {}
                yield turn.number, str(event.data["action"]), Notice(f"refusal-{event.data['code']}", facts)


def rank_rows(world: World, names: Mapping[str, str]) -> tuple[RankRow, ...]:
    """The ranking of the patrons who are present."""
    year = last_counted(world)
    return tuple(
        RankRow(
            rank=place,
            name=names[key],
            purse=pebbles(world, key),
            fame=world.patrons[key].fame,
            alias=world.patrons[key].alias,
            titles=titles_in(world.patrons[key], year),
            wins=world.patrons[key].career.wins,
        )
        for place, key in enumerate(ranking(world), 1)
    )


def quotes(turn: Turn) -> tuple[tuple[Creature, str], ...]:
    """What creatures said aloud in a turn, in the canonical order."""
    said = {
        Creature(event.subject): str((event.data or {}).get("text", ""))
        for event in turn.events
        if event.kind is EventKind.GOSSIP and event.to is None and event.subject in CREATURES
    }
    return tuple((creature, said[creature]) for creature in CREATURES if said.get(creature))


def sayings(turns: Sequence[Turn], creature: Creature) -> tuple[tuple[int, str], ...]:
    """What one creature said lately: (turn, text), newest first, each line once."""
    said: dict[str, int] = {}
    for turn in reversed(turns):
        for speaker, text in quotes(turn):
            if speaker is creature:
                said.setdefault(text, turn.number)
    return tuple((number, text) for text, number in said.items())


def best_quote(turns: Sequence[Turn]) -> tuple[Creature, str] | None:
    """The line of the day: about the good that moved most in that turn, and of those the one that says most."""
    best: tuple[int, int, Creature, str] | None = None
    for before, turn in zip([None, *turns], turns, strict=False):
        for event in turn.events:
            data = event.data or {}
            if event.kind is not EventKind.GOSSIP or event.to is not None or not data.get("text"):
                continue
            moved = 0
            for good, price in turn.references.items():
                if before is not None and good == data.get("about"):
                    moved = abs(price - before.references[good]) * 100 // before.references[good]
            rank = (moved, len(str(data["text"])), Creature(event.subject), str(data["text"]))
            if best is None or rank[:2] > best[:2]:
                best = rank
    return None if best is None else best[2:]


def rumor_rows(
    words: Words,
    rules: Rules,
    turns: Sequence[Turn],
    pending: Iterable[Entry],
    names: Mapping[str, str],
    limit: int,
    receipts: Sequence[ReceiptCard] = (),
) -> tuple[RumorRow, ...]:
    """Public rumors of patrons and travellers, then gossip, both newest first.

    Five creatures gossip every turn, so rumors stand before them, and leave them at least three eighths of ``limit``.
    What was cast since the last turn stands under the coming one. With ``receipts``, what came of each rumor stands
    with it, and the whispers among them stand as rumors do.
    """
    came = {
        (each.receipt.turn, each.receipt.speaker, str(each.receipt.about), each.receipt.text): each for each in receipts
    }
    whispers = [each for each in receipts if each.receipt.to is not None]
    coming = (turns[-1].number if turns else 0) + 1
    rumors = [
        RumorRow(coming, who(words, rules, names, action.patron or ""), "rumor", str(action.about), action.text)
        for entry in pending
        if isinstance(action := entry.action, CastRumor) and action.to is None
    ]
    rumors.reverse()
    gossip: list[RumorRow] = []
    for turn in reversed(turns):
        for each in reversed(whispers):
            if each.receipt.turn == turn.number:
                own = who(words, rules, names, each.receipt.speaker)
                rumors.append(RumorRow(turn.number, own, "whisper", each.receipt.about, each.receipt.text, each))
        for event in reversed(turn.events):
            if event.to is None and event.kind in (EventKind.RUMOR, EventKind.GOSSIP) and event.data:
                about = event.data.get("about")
                speaker = who(words, rules, names, event.subject)
                text = str(event.data["text"])
                fate = came.get((turn.number, event.subject, str(about), text))
                said = RumorRow(turn.number, speaker, event.kind.value, about and str(about), text, fate)
                (rumors if event.kind is EventKind.RUMOR else gossip).append(said)
    return (*rumors[: max(1, limit * 5 // 8)], *gossip)[:limit]


def trade_rows(
    words: Words, rules: Rules, turns: Sequence[Turn], names: Mapping[str, str], limit: int
) -> tuple[TradeRow, ...]:
    """The last trades, newest turn first."""
    rows = (
        TradeRow(
            turn=turn.number,
            good=trade.good,
            buyer=who(words, rules, names, trade.buyer),
            seller=who(words, rules, names, trade.seller),
            qty=trade.qty,
            price=trade.price,
            by_minds=trade.by_minds,
        )
        for turn in reversed(turns)
        for trade in turn.trades
    )
    return tuple(islice(rows, limit))


def receipt(rules: Rules, world: World, key: str) -> CastReceipt:
    """What came of putting breath into the legend that gathers it in ``world``."""
    pool = world.pool
    if pool is None:
        message = "no legend gathers breath"
        raise ValueError(message)
    return CastReceipt(rules.legends[pool.legend] if pool.owner == key else None, pool_card(pool, world))


def pool_card(pool: Pool, world: World) -> PoolCard:
    """How far the legend is that gathers breath in ``world``."""
    full = pool.gathered >= LEGEND_BREATH
    return PoolCard(pool.gathered, LEGEND_BREATH, max(0, world.ready - world.turn - 1) if full else None)


def board_card(
    rules: Rules,
    wood: WoodCard,
    world: World,
    turn: Turn | None,
    names: Mapping[str, str],
    *,
    minds_asleep: bool = False,
    minds_at: Sequence[State] = (),
    recent: Sequence[Turn] = (),
    receipts: Sequence[ReceiptCard] = (),
) -> BoardCard:
    """The board of a wood whose last turn was ``turn``, the last of ``recent`` where more are known."""
    return BoardCard(
        rules=rules,
        wood=wood,
        world=world,
        date=date_of(rules, world.turn),
        turn=turn,
        quotes=quotes(turn) if turn else (),
        pool=pool_card(world.pool, world) if world.pool else None,
        names=names,
        minds_asleep=minds_asleep,
        minds_at=minds_at,
        recent=recent or ((turn,) if turn else ()),
        receipts=receipts,
    )


def trust_card(rules: Rules, world: World, key: str) -> TrustCard:
    """What the creatures make of a patron."""
    rows = (
        TrustRow(creature, trust_in(world.trust[creature], key), world.feelings[creature].get(key, 0))
        for creature in CREATURES
    )
    return TrustCard(rules, world.patrons[key].alias, tuple(rows))


def chart_spans(rules: Rules) -> Spans:
    """How many turns a chart of a wood with these rules usefully shows."""
    return Spans(max(len(season.firewood) for season in rules.seasons), rules.year // 2, rules.year)


def legend_of_day(rules: Rules, turns: Sequence[Turn]) -> Legend | None:
    """The last legend of the deck that was told within some turns."""
    for turn in reversed(turns):
        for event in reversed(turn.events):
            legend = rules.legends.get(event.subject) if event.kind is EventKind.LEGEND else None
            if legend is not None and legend.in_deck:
                return legend
    return None
