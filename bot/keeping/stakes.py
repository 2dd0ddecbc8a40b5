"""For patrons who play for pebbles: what a move would cost, making it once, and which good is talked about."""

from collections.abc import Callable
from typing import Final

from bot.keeping.desk import Desk, Seen
from bot.keeping.hearing import read_line
from bot.telling.book import BookCard, book_card
from bot.telling.history import HistoryCard, history_card, past
from bot.telling.stakes import DoneCard, PreviewCard, TradeCard
from bot.wishes import LIMIT, Wish
from wood.moves import Quote, admit, quote
from wood.moves.base import Quoted
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good, escrow, patron_account
from wood.ranking import standing
from wood.world import World

COURSE: Final = 9
"""Turns that the trading card knows: eight moves of a price."""

LATELY: Final = 3
"""Turns whose news the book tells."""


class Stakes:
    """What a patron may play for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def preview(self, channel_id: int, user_id: int, wish: Wish, line: str = "") -> PreviewCard:
        """What a move would cost and bring, made after all that waits; nothing is put in.

        Args:
            channel_id: the wood.
            user_id: whose move.
            wish: what is wished; where a line goes with it and it does not say which way that leans, it is read from
                the words, in the language of the wood.
            line: the words that belong to it.

        Raises:
            Refusal: it could not be done.
        """
        since = await self._last(channel_id)
        seen = await self._desk.see(channel_id)
        key, account = seen.patron(user_id), patron_account(seen.patron(user_id))
        said = " ".join(line.split()) if wish.kind.line else ""
        wish = _understood(seen, wish, said)
        move = wish.move(key, said)
        await self._desk.hear(seen, move)
        quoted = quote(seen.rules, seen.world, move) if isinstance(move, Quoted) else None
        after = admit(seen.rules, seen.world, move)
        had, left = (each.held(account, PEBBLES) for each in (seen.world, after))
        heat, hotter = (each.patrons[key].heat for each in (seen.world, after))
        if quoted is None:
            held, breath = (by(after) - by(seen.world) for by in (_offered(account), _breath(key)))
            quoted = Quote(cost=had - left - held, held=held, breath=-breath, heat=hotter - heat, worst=had - left)
        return PreviewCard(
            wish=wish.having(LIMIT, quoted.limit) if quoted.limit else wish,
            since=since,
            quote=quoted,
            names=seen.names,
            purse=had,
            after=left,
            heat=heat,
            hotter=max(hotter, heat + quoted.heat),  # of what is only proposed, its heat if it is agreed to
            resting=seen.stored.wood.next_turn is None,
            line=said,
        )

    async def make(self, channel_id: int, user_id: int, wish: Wish, since: int, line: str = "") -> DoneCard:
        """Make a move that was previewed: durable before this returns, applied by the next turn, and done once.

        Args:
            channel_id: the wood.
            user_id: whose move.
            wish: what is wished.
            since: see :attr:`PreviewCard.since`.
            line: the words that belong to it.

        Raises:
            Refusal: the rules do not allow it (any more), or it was made since then; nothing was put in.
        """
        said = " ".join(line.split()) if wish.kind.line else ""
        seen, _ = await self._desk.submit(channel_id, lambda seen: wish.move(seen.patron(user_id), said), once=since)
        purse = seen.world.held(patron_account(seen.patron(user_id)), PEBBLES)
        return DoneCard(wish, seen.names, purse, seen.stored.wood.next_turn, said)

    async def trade(self, channel_id: int) -> TradeCard:
        """The goods with their last prices, and which of them is talked about most."""
        stored, lately = await self._desk.lately(channel_id, COURSE)
        rules = (await self._desk.library.of(stored)).rules
        return TradeCard(
            world=stored.world,
            emoji={good.value: rules.goods[good].emoji for good in GOODS},
            courses={good.value: tuple(turn.references[good] for turn in lately.turns) for good in GOODS},
            talked=talked_of(stored.world).value,
        )

    async def book(self, channel_id: int, user_id: int) -> BookCard:
        """The player's own book.

        Raises:
            Refusal: the player is no patron here.
        """
        seen, lately = await self._desk.see_lately(channel_id, LATELY)
        key = seen.patron(user_id)
        world = _known(seen, key)
        pending = [entry.action for entry in seen.stored.pending]
        return book_card(seen.rules, world, seen.world, key, pending, lately.turns, seen.names)

    async def history(self, channel_id: int, user_id: int, page: int) -> HistoryCard:
        """A page of what came and went in the player's year, newest first.

        Raises:
            Refusal: the player is no patron here.
        """
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        world, rules, last = _known(seen, key), seen.rules, seen.stored.wood.turn
        first = max(0, last - 1) // rules.year * rules.year + 1
        turns = [row.turn for row in await self._desk.store.turns.numbered(seen.stored.wood.id, first, last)]
        emoji = {good.value: rule.emoji for good, rule in rules.goods.items()}
        course = (*world.patrons[key].course, standing(world, key))
        return history_card(past(world, key, turns), page, course, seen.names, emoji)

    async def others(self, channel_id: int, user_id: int) -> dict[str, str]:
        """The patrons who are present beside the player, by key: what they are called."""
        seen = await self._desk.see(channel_id)
        own = seen.key(user_id)
        return {key: seen.names[key] for key, patron in seen.world.patrons.items() if patron.present and key != own}

    async def _last(self, channel_id: int) -> int:
        return await self._desk.store.journal.last((await self._desk.row(channel_id)).id)


def _known(seen: Seen, key: str) -> World:
    """The wood after its last turn, or with what waits where the patron has only just joined."""
    return seen.stored.world if key in seen.stored.world.patrons else seen.world


def _understood(seen: Seen, wish: Wish, line: str) -> Wish:
    """A wish whose words lean one way, read from them where nobody said which."""
    facts = wish.facts
    if not wish.kind.line or facts["leaning"] is not None:
        return wish
    about = str(facts["about"])
    subject = Creature(about) if about in CREATURES else Good(about)
    return wish.having("leaning", read_line(seen.rules, line, subject))


def _offered(account: str) -> Callable[[World], int]:
    return lambda world: world.held(escrow(account), PEBBLES)


def _breath(key: str) -> Callable[[World], int]:
    return lambda world: world.patrons[key].breath


def talked_of(world: World) -> Good:
    """The good of which most is believed that it gets dearer; where nothing is, the one that moved most."""
    believed = {good: sum(of.get(good, 0) for of in world.beliefs.values()) for good in GOODS}
    best = max(GOODS, key=lambda good: believed[good])
    if believed[best] > 0:
        return best
    moved = {good: abs(world.references[good] * 1000 // world.yesterday[good] - 1000) for good in GOODS}
    return max(GOODS, key=lambda good: moved[good])
