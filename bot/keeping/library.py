"""The content of woods in its editions: the one of this program, and those that older woods still run on."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from data.content import ENGLISH, ContentError, default_rules, languages
from data.editions import document_of, rules_of, unlike
from data.errors import Stored, StoreOutdatedError
from data.openings import Opening
from data.rows import Snapshot
from data.store import Store
from wood.chronicle import digest_of
from wood.moves import AddLegend
from wood.rules import Legend, Rules
from wood.world import World

log = logging.getLogger(__name__)

_GROWN_MOST: Final = 64
"""Editions with legends of a wood's own that are held ready; any other is made anew."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the content: its rules, their digest, and the JSON document that is kept of them."""

    rules: Rules
    digest: str
    document: str


def edition_of(rules: Rules) -> Edition:
    """Make an edition of some rules."""
    document = document_of(rules)
    return Edition(rules, digest_of(document), json.dumps(document, ensure_ascii=False, separators=(",", ":")))


class Library:
    """Finds the edition that a wood runs on.

    Args:
        store: where the editions of older woods are kept.
        rules: the content of this program in its language; None reads all from the files that come with it.
    """

    def __init__(self, store: Store, rules: Rules | None = None) -> None:
        self._store = store
        self._rules = rules
        self._grown: dict[tuple[str | Legend, ...], Edition] = {}

    @cached_property
    def _ours(self) -> dict[str, Edition]:
        """The editions of this program, by language."""
        rules = {language: default_rules(language) for language in languages()}
        if self._rules is not None:
            rules[self._rules.language] = self._rules
        return {language: edition_of(each) for language, each in rules.items()}

    @cached_property
    def _editions(self) -> dict[str, Edition]:
        """All editions that were asked for, by digest."""
        return {edition.digest: edition for edition in self._ours.values()}

    def current(self, language: str = ENGLISH) -> Edition:
        """The edition of this program in one of its languages.

        Raises:
            KeyError: it has no such language.
        """
        return self._ours[language]

    async def of(self, stored: Snapshot | Opening) -> Edition:
        """The edition for a wood's next turn: this program's, unless the wood holds on to something it lacks.

        A wood speaks its language for good: the program's edition is the one of the same language, and a wood whose
        language this program has not goes on with the content it knows. Either way it has the legends of its own that
        it had in its last turn, and those that its next one takes in.

        Raises:
            StoreOutdatedError: the wood cannot go on: this program has other goods, creatures or seasons than the
                wood's own content, or cannot use it.
        """
        own = await self.edition(stored.wood.content)
        legends = [legend for legend in own.rules.legends.values() if legend.author]
        if coming := [entry.action.legend for entry in stored.pending if isinstance(entry.action, AddLegend)]:
            legends += await self._store.proposals.accepted(stored.wood.id, coming)
        current = self._ours.get(own.rules.language)
        if current is not None:
            grown = self.with_legends(current, legends)
            if grown is own or fits(grown.rules, own.rules, stored.world):
                return grown
        log.info("wood %d goes on with the content it knows", stored.wood.id)
        return self.with_legends(own, legends)

    def base(self, edition: Edition) -> Edition:
        """The same content without a wood's own legends, as far as this program has it in that language."""
        if not any(legend.author for legend in edition.rules.legends.values()):
            return edition
        return self._ours.get(edition.rules.language, edition)

    def with_legends(self, edition: Edition, legends: Sequence[Legend]) -> Edition:
        """The same content with legends of a wood's own in it."""
        added = {legend.slug: legend for legend in legends}
        if all(edition.rules.legends.get(slug) == legend for slug, legend in added.items()):
            return edition
        key: tuple[str | Legend, ...] = (edition.digest, *(added[slug] for slug in sorted(added)))
        if key not in self._grown:
            rules = replace(edition.rules, legends=dict(sorted({**edition.rules.legends, **added}.items())))
            self._grown[key] = edition_of(rules)
            if len(self._grown) > _GROWN_MOST:
                del self._grown[next(iter(self._grown))]
        return self._grown[key]

    async def edition(self, digest: str) -> Edition:
        """An edition by its digest.

        Raises:
            StoreOutdatedError: it is not kept, or was written by a program that this one does not understand.
        """
        if digest not in self._editions:
            self._editions[digest] = await self._kept(digest)
        return self._editions[digest]

    async def _kept(self, digest: str) -> Edition:
        try:
            document = await self._store.woods.content(digest)
            if differs := unlike(document):
                raise differs
            return edition_of(rules_of(document))
        except (KeyError, ContentError) as error:
            raise StoreOutdatedError(Stored.CONTENT, str(error), place=digest[:12]) from error


def _frame(rules: Rules) -> tuple[object, ...]:
    """What a world is built around: its goods, who makes them, and how long each season is."""
    makes = {creature: rule.makes for creature, rule in rules.creatures.items()}
    return set(rules.goods), makes, [(season.season, len(season.firewood)) for season in rules.seasons]


def fits(rules: Rules, own: Rules, world: World) -> bool:
    """Whether a world that ran on the content ``own`` can go on with ``rules``.

    They must have the same goods, creatures and seasons of the same length, or the world's calendar would jump; and
    every legend that the world refers to.
    """
    if _frame(rules) != _frame(own):
        return False
    slugs = {*world.deck, *(card for patron in world.patrons.values() for card in patron.hand)}
    slugs |= {world.pool.legend} if world.pool else set()
    slugs |= {world.told[0]} if world.told else set()
    if not slugs <= rules.legends.keys():
        return False
    return all(
        shock.legend in rules.legends and shock.index < len(rules.legends[shock.legend].shocks)
        for shock in world.shocks
    )
