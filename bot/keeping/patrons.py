"""For patrons: joining, purse and hand, rumors and legends, and being forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.keeping.desk import Desk, Seen
from bot.keeping.hearing import read_line
from bot.telling.cards import CastReceipt, PatronCard, RumorCard
from bot.telling.naming import tame
from bot.telling.showing import patron_card, receipt
from data.farewells import recognised
from data.rows import Farewell, Notify
from wood.chronicle import Turn
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, Join, Leave
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES, alias_of
from wood.moves.legend import LEGEND_BREATH
from wood.names import PEBBLES, Creature, Good, escrow, patron_account
from wood.refusal import Refusal, RefusalCode
from wood.rules import Legend

_CALLED_MOST: Final = 10_000
"""Players whose names of now are remembered, so that a press costs no look at the store."""
LATE: Final = 5
"""Turns for which a purse shows what could not be done."""


class Patrons:
    """What a player may do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._called: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def join(self, channel_id: int, user_id: int, name: str) -> PatronCard:
        """Become a patron; one who is a patron already is only called by the new name from now on."""
        shown = tame(name)
        known = await self._desk.see(channel_id)
        if _is_patron(known, user_id):
            async with self._desk.using(channel_id):
                await self._desk.store.journal.rename(known.stored.wood.id, known.patron(user_id), shown)
            return await self.purse(channel_id, user_id)

        def joining(seen: Seen) -> Join:
            if _is_patron(seen, user_id):
                raise Refusal(RefusalCode.JOINED)
            return joined(seen, user_id)

        seen, _ = await self._desk.submit(channel_id, joining, joining=(user_id, shown))
        back = recognised(seen.stored.farewells, user_id) is not None
        return replace(_card(seen, user_id), back=back)

    async def called(self, channel_id: int, user_id: int, name: str) -> None:
        """Take up the name that a player has now, where the wood knows the player by another one.

        Raises:
            KeeperError: the store failed; nothing has changed.
        """
        if self._called.get((channel_id, user_id)) == name:
            return
        async with self._desk.using(channel_id):
            await self._desk.store.journal.take_up(channel_id, user_id, tame(name))
        self._called[channel_id, user_id] = name
        while len(self._called) > _CALLED_MOST:
            self._called.popitem(last=False)

    async def purse(self, channel_id: int, user_id: int) -> PatronCard:
        """The player's own purse, breath, hand and rank, and what the last turns could not do for the player."""
        seen, lately = await self._desk.see_lately(channel_id, LATE)
        return _card(seen, user_id, lately.turns)

    async def hand(self, channel_id: int, user_id: int) -> PatronCard:
        """The same card, for its hand."""
        return await self.purse(channel_id, user_id)

    async def known(self, channel_id: int, user_id: int) -> bool:
        """Whether somebody whom the wood knows is a patron; else the wood knows of calls alone.

        Raises:
            Refusal: the wood does not know the user.
        """
        seen = await self._desk.see(channel_id)
        if seen.key(user_id) is None:
            raise Refusal(RefusalCode.NO_PATRON)
        return _is_patron(seen, user_id)

    async def notify(self, channel_id: int, user_id: int, how: Notify) -> None:
        """Wish to be told what came of one's words, or not any more."""
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        async with self._desk.using(channel_id):
            await self._desk.store.journal.notify(seen.stored.wood.id, key, how)

    async def forget(self, channel_id: int, user_id: int) -> str:
        """Erase what is known of the player in this wood; answers the alias under which the deeds remain.

        What is kept until the wood's year has ended is said in :mod:`data.farewells`; of somebody who has made calls
        and never joined it is nothing.
        """
        if not await self.known(channel_id, user_id):
            return await self._forget_caller(channel_id, user_id)
        seen, left = await self._desk.submit(
            channel_id,
            lambda seen: Leave(seen.patron(user_id)),
            forgetting=(user_id, lambda seen: farewell(seen, seen.patron(user_id))),
        )
        self._desk.owed(channel_id)
        return seen.world.patrons[left.patron].alias

    async def _forget_caller(self, channel_id: int, user_id: int) -> str:
        async with self._desk.using(channel_id):
            seen = await self._desk.see(channel_id)
            key = seen.key(user_id)
            if key is None:
                raise Refusal(RefusalCode.NO_PATRON)
            await self._desk.store.journal.forget(seen.stored.wood, user_id, self._desk.now())
        self._desk.owed(channel_id)
        return alias_of(seen.rules.tongue.aliases, seen.world.seed, key)

    async def act(self, channel_id: int, user_id: int, move: Callable[[Seen, str], Intervention]) -> PatronCard:
        """Make a move: durable before this returns, applied by the next turn. What a new move needs of the keeper.

        Args:
            channel_id: the wood.
            user_id: whose move.
            move: makes the input of the wood as the patron sees it and the patron's key.
        """
        seen, _ = await self._desk.submit(channel_id, lambda seen: move(seen, seen.patron(user_id)))
        return _card(seen, user_id)

    async def cast_rumor(
        self,
        channel_id: int,
        user_id: int,
        *,
        about: Good | Creature,
        text: str,
        leaning: int | None,
        to: Creature | None,
    ) -> RumorCard:
        """Cast a rumor; ``leaning`` None reads it from the words, in the language of the wood."""

        def casting(seen: Seen) -> CastRumor:
            claim = read_line(seen.rules, text, about) if leaning is None else leaning
            # Blanks are folded here as the rules fold them, so that the log holds the very line that is heard.
            return CastRumor(seen.patron(user_id), about, " ".join(text.split()), claim, to)

        seen, cast = await self._desk.submit(channel_id, casting)
        return RumorCard(_card(seen, user_id), cast.about, cast.text, cast.leaning, cast.to, seen.world.turn + 1)

    async def draw(self, channel_id: int, user_id: int) -> Legend:
        """Draw the next legend of the deck into the hand."""
        seen, _ = await self._desk.submit(channel_id, lambda seen: DrawLegend(seen.patron(user_id)))
        return seen.rules.legends[seen.world.patrons[seen.patron(user_id)].hand[-1]]

    async def cast_legend(
        self, channel_id: int, user_id: int, *, legend: str | None, breath: int | None
    ) -> CastReceipt:
        """Put breath into a legend.

        Args:
            channel_id: the wood.
            user_id: whose breath.
            legend: a legend of the player's hand by slug; None for the one that is gathering.
            breath: how much; None for all there is, up to what a legend takes, so that a short one begins a pool.
        """

        def casting(seen: Seen) -> CastLegend:
            key = seen.patron(user_id)
            given = max(1, min(LEGEND_BREATH, seen.world.patrons[key].breath)) if breath is None else breath
            return CastLegend(key, legend, given)

        seen, _ = await self._desk.submit(channel_id, casting)
        return replace(receipt(seen.rules, seen.world, seen.patron(user_id)), resting=_resting(seen))


def _is_patron(seen: Seen, user_id: int) -> bool:
    return seen.key(user_id) in seen.world.patrons


def joined(seen: Seen, user_id: int) -> Join:
    """How a player joins: as a newcomer, or with what was left of an earlier stay this year.

    Whoever has made a call takes the key of that.
    """
    key = seen.key(user_id) or seen.next_key
    row = recognised(seen.stored.farewells, user_id)
    if row is None:
        return Join(key)
    had = row.farewell
    breath = min(BREATH_MAX, had.breath + seen.world.turn - had.turn)
    return Join(
        key,
        pebbles=min(JOIN_PEBBLES, had.pebbles),
        breath=breath,
        heat=max(0, had.heat - (seen.world.turn - had.turn)),
        blocked=had.blocked,
        exiled=had.exiled,
        convicted=had.convicted,
    )


def farewell(seen: Seen, key: str) -> Farewell:
    """What a patron who leaves now has: the purse, with what stands offered, and breath."""
    world, year = seen.world, seen.rules.year
    account = patron_account(key)
    pebbles = world.held(account, PEBBLES) + world.held(escrow(account), PEBBLES)
    # The next turn is the one that takes the leaving in, and whose year it counts to.
    until = (world.turn // year + 1) * year
    patron = world.patrons[key]
    return Farewell(
        pebbles, patron.breath, world.turn, until, patron.heat, patron.blocked, patron.exiled, patron.convicted
    )


def _card(seen: Seen, user_id: int, turns: Sequence[Turn] = ()) -> PatronCard:
    card = patron_card(seen.rules, seen.world, seen.patron(user_id), seen.names, turns)
    row = next((row for row in seen.stored.patrons if row.user_id == user_id), None)
    notify, reach = (row.notify, row.reach) if row else (Notify.OFF, Notify.DIRECT)
    return replace(card, resting=_resting(seen), notify=notify, reach=reach)


def _resting(seen: Seen) -> bool:
    return seen.stored.wood.next_turn is None
