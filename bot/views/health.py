"""How a wood does, for those who keep it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from discord import ui

from bot.errors import lacking
from bot.telling.catalog import Words
from bot.telling.engines import doing
from bot.telling.health import HealthCard
from bot.telling.notice import refused
from bot.telling.taming import escape
from bot.views.base import CALM, WARNING, Layout, ago, text


def render_health(words: Words, card: HealthCard, lacks: Sequence[str] = ()) -> Layout:
    """How a wood does.

    Args:
        words: in which language.
        card: how it does.
        lacks: permissions that the bot lacks in its channel, as Discord's protocol names them.
    """
    well = card.well and not lacks
    lines = list(_lines(words, card, lacks))
    head = [words("health-head"), words("health-well")] if well else [words("health-head")]
    return Layout(ui.Container(text("\n".join([*head, *lines])), accent_colour=CALM if well else WARNING))


def _lines(words: Words, card: HealthCard, lacks: Sequence[str]) -> Iterator[str]:
    wood = card.standing
    if wood.next_turn is None:
        yield words("health-paused")
    elif card.late:
        yield words("health-late", when=ago(wood.next_turn))
    else:
        yield words("health-due", when=ago(wood.next_turn))
    if wood.dozing:
        yield words("health-dozing")
    yield words("health-taken", turn=wood.turn, when=ago(wood.taken_at)) if wood.taken_at else words("health-untaken")
    if card.asleep:
        yield words("health-asleep", doing=escape(doing(words, card.asleep)))
    elif wood.latency:
        yield words("health-minds", minds=escape(", ".join(wood.minds)), seconds=Decimal(str(round(wood.latency, 1))))
    elif wood.minds:
        yield words("health-rules")
    if wood.unanswered and not card.asleep:
        yield words("health-unanswered")
    yield words("health-posts", count=wood.owed)
    if card.problem:
        yield f"⚠️ {escape(card.problem.say(words))}"
    if lacks:
        yield f"⚠️ {refused(lacking(lacks)).say(words)}"
    large = card.size >= 1_000_000
    size = Decimal(card.size) / (1_000_000 if large else 1_000)
    yield words("health-size", size=size if large else max(1, round(size)), unit="MB" if large else "kB")
