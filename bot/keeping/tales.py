"""Legends by players: proposed by a patron, tried, accepted into the deck by whoever keeps the wood."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Final

from bot.keeping.desk import Desk, Seen
from bot.keeping.hearing import check_heard
from bot.lab.trial import tried
from bot.refusals import KeeperCode, KeeperError
from bot.telling.catalog import words_of_wood
from bot.telling.charts.pool import ChartPool
from bot.telling.tales import TaleCard, TaleRow, trial_series
from data.patterns import figures_of, keys_of
from data.proposals import Proposal, State
from data.tale_schema import OWN, TaleFile
from data.tales import read_tale, tale_from
from wood.moves import AddLegend
from wood.names import Good
from wood.rules import Legend, Rules

OPEN_MOST: Final = 2
"""Legends that one patron may have waiting for the keeper."""
WAITING_MOST: Final = 10
"""Legends that may wait for the keeper of one wood."""
ACCEPTED_MOST: Final = 20
"""Legends of its own that a wood may have."""
_SLUG_MOST: Final = 32


@dataclass(frozen=True, slots=True)
class TaleForm:
    """A legend as it was filled in: its texts, its good, and a ready pattern of shocks."""

    title: str
    tale: str
    omen: str
    good: Good
    pattern: str


class Tales:
    """Proposing legends, and deciding on them.

    Args:
        desk: what all parts share.
        charts: tries and draws away from the event loop.
    """

    def __init__(self, desk: Desk, charts: ChartPool) -> None:
        self._desk = desk
        self._charts = charts

    # For patrons

    async def may(self, channel_id: int, user_id: int) -> None:
        """See that a player may propose a legend now.

        Raises:
            Refusal: the player is no patron here or is muted, or too many legends wait.
        """
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        await check_heard(self._desk.store, seen.stored.wood.id, user_id)
        _check_room(await self._of(seen), key, seen.rules)

    async def read_file(self, channel_id: int, user_id: int, file: bytes) -> TaleCard:
        """Draft a legend from a file, and try it; the draft takes the place of the player's former one.

        Raises:
            TaleError: the file cannot be used.
            Refusal: the player may not propose it here.
        """
        return await self._drafted(channel_id, user_id, lambda rules: read_tale(file))

    async def fill_in(self, channel_id: int, user_id: int, form: TaleForm) -> TaleCard:
        """Draft a legend from a form; see :meth:`read_file`."""
        return await self._drafted(channel_id, user_id, lambda rules: _filled(rules, form))

    async def _drafted(self, channel_id: int, user_id: int, read: Callable[[Rules], TaleFile]) -> TaleCard:
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        await check_heard(self._desk.store, seen.stored.wood.id, user_id)
        known = await self._of(seen)
        _check_room(known, key, seen.rules)
        file = read(seen.rules)
        # The author's former draft makes room for this one.
        known = [each for each in known if not (each.state is State.DRAFT and each.author == key)]
        taken = [*seen.rules.legends.values(), *(each.legend for each in known if each.state in _ALIVE)]
        if any(legend.title.casefold() == file.title.casefold() for legend in taken):
            raise KeeperError(KeeperCode.TALE_TITLE)
        slugs = {*seen.rules.legends, *(each.legend.slug for each in known)}
        legend = file.tale_of(_slug(file.title, slugs), key)
        card = await self._tried(seen, Proposal(0, State.DRAFT, self._desk.now(), legend))
        if not card.trial.moves:
            return card
        async with self._desk.using(channel_id):
            proposal = await self._desk.store.proposals.draft(seen.stored.wood.id, legend, self._desk.now())
        return TaleCard(_row(seen, proposal), card.trial, card.chart)

    async def mine(self, channel_id: int, user_id: int) -> list[TaleRow]:
        """The player's own legends, the latest first."""
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        return [_row(seen, each) for each in await self._of(seen) if each.author == key]

    async def show(self, channel_id: int, user_id: int, number: int) -> TaleCard:
        """One of the player's own legends, tried anew.

        Raises:
            Refusal: there is none of that number.
        """
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        return await self._tried(seen, await self._one(seen, number, *_ALIVE, author=key))

    async def propose(self, channel_id: int, user_id: int, number: int) -> TaleRow:
        """Hand a draft to the wood's keeper.

        Raises:
            Refusal: it is no draft of the player's any more, or too many wait.
        """
        async with self._desk.using(channel_id):
            seen = await self._desk.see(channel_id)
            key = seen.patron(user_id)
            await check_heard(self._desk.store, seen.stored.wood.id, user_id)
            draft = await self._one(seen, number, State.DRAFT, author=key)
            _check_room(await self._of(seen), key, seen.rules)
            return await self._moved(seen, draft, State.PROPOSED)

    async def withdraw(self, channel_id: int, user_id: int, number: int) -> TaleRow:
        """Take a legend back that waits for the keeper.

        Raises:
            Refusal: it does not wait any more.
        """
        async with self._desk.using(channel_id):
            seen = await self._desk.see(channel_id)
            proposal = await self._one(seen, number, State.PROPOSED, author=seen.patron(user_id))
            return await self._moved(seen, proposal, State.WITHDRAWN)

    # For those who keep the wood

    async def waiting(self, channel_id: int) -> list[TaleRow]:
        """The legends that wait for the keeper, the one that has waited longest first."""
        seen = await self._desk.see(channel_id)
        return [_row(seen, each) for each in reversed(await self._of(seen)) if each.state is State.PROPOSED]

    async def look(self, channel_id: int, number: int) -> TaleCard:
        """A legend that waits, tried anew.

        Raises:
            Refusal: it does not wait any more.
        """
        seen = await self._desk.see(channel_id)
        return await self._tried(seen, await self._one(seen, number, State.PROPOSED))

    async def accept(self, channel_id: int, number: int) -> TaleRow:
        """Take a legend into the wood's content, and shuffle it into the deck with the next turn.

        Raises:
            Refusal: it does not wait any more, or the wood has legends enough of its own.
        """
        seen = await self._desk.see(channel_id)
        proposal = await self._one(seen, number, State.PROPOSED)
        if len(_own(seen.rules)) >= ACCEPTED_MOST:
            raise KeeperError(KeeperCode.TALES_FULL, most=ACCEPTED_MOST)
        seen, _ = await self._desk.submit(channel_id, lambda seen: AddLegend(proposal.legend.slug), accepting=proposal)
        return _row(seen, Proposal(number, State.ACCEPTED, self._desk.now(), proposal.legend))

    async def decline(self, channel_id: int, number: int) -> TaleRow:
        """Say no to a legend that waits.

        Raises:
            Refusal: it does not wait any more.
        """
        async with self._desk.using(channel_id):
            seen = await self._desk.see(channel_id)
            return await self._moved(seen, await self._one(seen, number, State.PROPOSED), State.DECLINED)

    # What both share

    async def _of(self, seen: Seen) -> list[Proposal]:
        return await self._desk.store.proposals.of_wood(seen.stored.wood.id)

    async def _one(self, seen: Seen, number: int, *states: State, author: str | None = None) -> Proposal:
        for each in await self._of(seen):
            if each.id == number and each.state in states and author in {None, each.author}:
                return each
        raise KeeperError(KeeperCode.TALE_GONE)

    async def _moved(self, seen: Seen, proposal: Proposal, state: State) -> TaleRow:
        now = self._desk.now()
        await self._desk.store.proposals.move(seen.stored.wood.id, proposal.id, proposal.state, state, now)
        return _row(seen, Proposal(proposal.id, state, now, proposal.legend))

    async def _tried(self, seen: Seen, proposal: Proposal) -> TaleCard:
        # Without what the wood has of its own, so that what was played without the legend serves all woods.
        base = self._desk.library.base(seen.edition)
        trial = await self._charts.work(partial(tried, base.rules, base.digest, proposal.legend))
        chart = await self._charts.picture(words_of_wood(seen.rules), trial_series(trial))
        return TaleCard(_row(seen, proposal), trial, chart)


_ALIVE: Final = (State.DRAFT, State.PROPOSED)


def _own(rules: Rules) -> list[Legend]:
    return [legend for legend in rules.legends.values() if legend.author]


def _check_room(known: list[Proposal], key: str, rules: Rules) -> None:
    waiting = [each for each in known if each.state is State.PROPOSED]
    if sum(each.author == key for each in waiting) >= OPEN_MOST:
        raise KeeperError(KeeperCode.TALES_OPEN, most=OPEN_MOST)
    if len(waiting) >= WAITING_MOST:
        raise KeeperError(KeeperCode.TALES_CROWDED, most=WAITING_MOST)
    if len(_own(rules)) >= ACCEPTED_MOST:
        raise KeeperError(KeeperCode.TALES_FULL, most=ACCEPTED_MOST)


def _row(seen: Seen, proposal: Proposal) -> TaleRow:
    author = seen.names.get(proposal.author, "")
    return TaleRow(proposal.id, proposal.state, proposal.at, proposal.legend, author)


def _filled(rules: Rules, form: TaleForm) -> TaleFile:
    words, good = words_of_wood(rules), form.good
    says = {key: words(f"pattern-{form.pattern}-{key}", good=words(f"good-{good}")) for key in keys_of(form.pattern)}
    texts = {"title": form.title, "tale": form.tale, "omen": form.omen, "says": says}
    return tale_from({**figures_of(form.pattern, good), **texts})


def _slug(title: str, taken: set[str]) -> str:
    """A name for commands and logs that no legend of the wood has: of the title's letters, or of its digest."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    short = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-").removeprefix("the-")[:_SLUG_MOST].strip("-")
    stem = OWN + (short or blake2b(title.encode(), digest_size=4).hexdigest())
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )
