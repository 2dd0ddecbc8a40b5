"""Pictures of legends' cards, for whatever shows one."""

import logging
from collections.abc import Sequence

from bot.answers import Interaction
from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from wood.refusal import Refusal
from wood.rules import Legend

log = logging.getLogger(__name__)


async def portraits(interaction: Interaction, words: Words, legends: Sequence[Legend]) -> list[ChartCard]:
    """The cards of some legends, in their order; none at all where they cannot be drawn now.

    What they go with was done already, or can be read without them, so nobody is refused for the want of a picture.
    """
    try:
        return [await interaction.client.charts.portrait(words.language, legend) for legend in legends]
    except Refusal as refusal:
        log.info("no picture of a card: %s", refusal)
        return []


async def page(interaction: Interaction, words: Words, faces: Sequence[Legend | None]) -> list[ChartCard]:
    """A page of the album; none where it cannot be drawn now."""
    try:
        return [await interaction.client.charts.album(words.language, faces)]
    except Refusal as refusal:
        log.info("no picture of the album: %s", refusal)
        return []
