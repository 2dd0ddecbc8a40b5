"""Alerts and reminders as they are shown: what a patron asked for, and what a turn has for a patron. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.telling.cards import WoodCard
from bot.telling.catalog import Words
from bot.telling.phrases import price
from data.nudges import Alert, Asked, NudgeItem, NudgeKind
from data.rows import Notify
from wood.names import Creature, Good
from wood.rules import Rules


@dataclass(frozen=True, slots=True)
class AskedCard:
    """All that a patron asked to be told, for that patron's eyes, and the prices by now (hundredths)."""

    rules: Rules
    wood: WoodCard
    references: Mapping[Good, int]
    asked: Asked


@dataclass(frozen=True, slots=True)
class NudgeCard:
    """What a turn has for a patron: who that is, by key and by user id, and where it goes."""

    rules: Rules
    channel_id: int
    key: str
    user_id: int
    how: Notify
    items: Sequence[NudgeItem]


def alert_line(words: Words, card: AskedCard, alert: Alert) -> str:
    """One alert as its owner reads it in the list."""
    return words(
        "alert-line",
        emoji=card.rules.goods[alert.good].emoji,
        good=words(f"good-{alert.good}.title"),
        way="up" if alert.way > 0 else "down",
        price=price(words, alert.price),
        now=price(words, card.references[alert.good]),
    )


def nudge_lines(words: Words, card: NudgeCard) -> list[str]:
    """What is said, a line each."""
    return [_line(words, card.rules, each.kind, each.facts) for each in card.items]


def _line(words: Words, rules: Rules, kind: NudgeKind, facts: Mapping[str, Any]) -> str:
    match kind:
        case NudgeKind.ALERT:
            good = Good(facts["good"])
            return words(
                "nudge-alert",
                emoji=rules.goods[good].emoji,
                good=words(f"good-{good}.title"),
                now=price(words, int(facts["now"])),
                way="up" if int(facts["way"]) > 0 else "down",
                price=price(words, int(facts["price"])),
            )
        case NudgeKind.REPORT:
            return words("nudge-report", when=f"<t:{int(facts['at'])}:R>", turn=f"<t:{int(facts['turn'])}:R>")
        case NudgeKind.CALL:
            return words("nudge-call")
        case NudgeKind.LOAN:
            borrower = str(facts["creature"])
            name = rules.creatures[Creature(borrower)].name if borrower else "none"
            return words("nudge-loan", creature=name, pebbles=int(facts["pebbles"]))
