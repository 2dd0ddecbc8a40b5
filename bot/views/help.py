"""How to play: all of it in one screen, and a short page for each topic with a button to the next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from discord import ui

from bot.answers import Interaction, answering, words_of
from bot.keeping.dozing import DOZE_AFTER
from bot.telling.catalog import Fact, Words
from bot.views.base import CALM, Layout, StatelessButton, row, rule, text
from bot.views.rumor import RumorButton
from data.nudges import ALERTS_MOST
from wood.moves.base import BREATH_MAX
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import HAND_MOST, LEGEND_BREATH, LEGEND_REST
from wood.moves.rumor import RUMOR_BREATH, WHISPER_PEBBLES


class Topic(StrEnum):
    """What there is a page of help about, in the order in which they lead on."""

    RUMORS = "rumors"
    PROPHECY = "prophecy"
    LEGENDS = "legends"
    MONEY = "money"
    HEAT = "heat"
    YEAR = "year"
    CREATURES = "creatures"
    HOSTS = "hosts"

    @property
    def next(self) -> "Topic":
        """The page that follows; the first after the last."""
        topics = list(Topic)
        return topics[(topics.index(self) + 1) % len(topics)]


_FACTS: Final[Mapping[Topic, Mapping[str, Fact]]] = {
    Topic.RUMORS: {"breath": RUMOR_BREATH, "pebbles": WHISPER_PEBBLES},
    Topic.LEGENDS: {"most": HAND_MOST, "breath": LEGEND_BREATH, "rest": LEGEND_REST},
    Topic.MONEY: {"pebbles": JOIN_PEBBLES},
    Topic.HOSTS: {"days": DOZE_AFTER.days},
}
_ANY: Final = "|".join(Topic)


class HelpButton(StatelessButton, template=r"ttw:help"):
    """Show how to play."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:help", label=words("button-help"), emoji="❔")

    async def press(self, interaction: Interaction) -> None:
        """Show the help to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            await answer.show(render_help(words_of(interaction)))


class TopicButton(StatelessButton, template=rf"ttw:help:(?P<topic>{_ANY})"):
    """Show the help about one topic."""

    @classmethod
    def of(cls, words: Words, topic: Topic) -> "TopicButton":
        """Make the button that leads to a topic."""
        label = words("button-help-next", topic=words(f"help-topic-{topic}"))
        return cls(f"ttw:help:{topic}", label=label, emoji="➡️")

    async def press(self, interaction: Interaction) -> None:
        """Show the page to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            await answer.show(render_topic(words_of(interaction), Topic(self.named["topic"])))


def render_help(words: Words) -> Layout:
    """What to do first, how the wood works, the moves, and where to look."""
    moves = (
        words("help-moves", breath=BREATH_MAX, pebbles=JOIN_PEBBLES),
        "- " + words("help-move-rumor", breath=RUMOR_BREATH, pebbles=WHISPER_PEBBLES),
        "- " + words("help-move-draw", most=HAND_MOST),
        "- " + words("help-move-cast", breath=LEGEND_BREATH, rest=LEGEND_REST),
    )
    return Layout(
        ui.Container(
            text(words("help-first")),
            row(RumorButton(words)),
            rule(),
            text(words("help-wood")),
            rule(),
            text("\n".join(moves)),
            rule(),
            text(words("help-look", alerts=ALERTS_MOST)),
            row(TopicButton.of(words, Topic.RUMORS)),
            accent_colour=CALM,
        )
    )


def render_topic(words: Words, topic: Topic) -> Layout:
    """One topic, and the way to the next."""
    page = words(f"help-page-{topic}", **_FACTS.get(topic, {}))
    own: list[StatelessButton] = [RumorButton(words)] if topic is Topic.RUMORS else []
    buttons: ui.ActionRow[Any] = row(TopicButton.of(words, topic.next), *own)
    return Layout(ui.Container(text(page), buttons, accent_colour=CALM))
