"""Patrons who buy what others do not know: with care, without, and by false tips; and one who denounces them."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.lab.patrons.plays import CASH, say, settle, spoken_of, take
from bot.lab.patrons.sight import Sight
from bot.lab.patrons.traders import COOL
from wood.bourse import heat_of
from wood.chronicle import EventKind
from wood.magistrate import WARM
from wood.moves import Denounce, Foresight, Intervention
from wood.names import CREATURES, GOODS, Act, Good
from wood.stakes import Position, Tip

NEAR: Final = 15
"""Turns within which a thing that is foreseen begins."""
JUST_BEFORE: Final = 2
"""Turns before it in which a position is taken."""
STAKE: Final = 40
FEE_MOST: Final = 24
VAIN: Final = 6
"""Turns before foresight is asked for again where there was nothing to be seen."""
LEAP: Final = 12
"""Per cent that a price must have moved since somebody spoke of it, to be suspected."""
MISSES: Final = 2
SUSPECT_WITHIN: Final = 8


def insider(sight: Sight) -> tuple[Intervention, ...]:
    """Buy foresight, take positions by it, and let the words about a good be forgotten before its profit is taken."""
    return _patient(sight, 1)


def misled(sight: Sight) -> tuple[Intervention, ...]:
    """The careful insider's ways with every tip turned round."""
    return _patient(sight, -1)


def _patient(sight: Sight, truth: int) -> tuple[Intervention, ...]:
    out = settle(sight, gain=60, loss=80, age=7, but=lambda position: suspicious(sight, position))
    return out if sight.me.heat > COOL else (*out, *_act(sight, truth))


def bold(sight: Sight) -> tuple[Intervention, ...]:
    """Buy foresight, take positions by it, whisper it on, and take the profit at once, however hot it gets."""
    return (*settle(sight, gain=60, loss=80, age=6), *_act(sight, 1), *_whispered(sight))


def _act(sight: Sight, truth: int) -> Iterator[Intervention]:
    """Take positions by the tips that are held, and buy another when there is none."""
    due = _due(sight)
    for tip in due:
        if tip.good is not None and tip.due <= sight.turn + JUST_BEFORE:
            yield from take(sight, tip.good, tip.leaning * truth, STAKE)
    vain = any((told.event.data or {})["action"] == "foresight" for told in sight.heard(EventKind.REFUSED, VAIN))
    if sight.purse >= FEE_MOST + CASH + STAKE and not due and not vain and sight.left > NEAR:
        yield Foresight(sight.key, "shock", None, FEE_MOST)


def _whispered(sight: Sight) -> Iterator[Intervention]:
    """Whisper a tip to one creature in the turn before it comes about."""
    makers = {rule.makes: creature for creature, rule in sight.rules.creatures.items()}
    for tip in _due(sight):
        if tip.good is not None and tip.due <= sight.turn + JUST_BEFORE and sight.me.breath and sight.purse >= CASH:
            others = [creature for creature in CREATURES if creature is not makers[tip.good]]
            yield say(sight, tip.good, tip.leaning, others[sight.draw(len(others), "hearer")])


def _due(sight: Sight) -> list[Tip]:
    """Tips that come about soon, and not yet."""
    return [
        tip
        for tip in sight.me.tips
        if tip.good is not None and tip.leaning and sight.turn < tip.due <= sight.turn + NEAR
    ]


def suspicious(sight: Sight, position: Position) -> bool:
    """Whether the profit of a position would be suspicious and too hot now."""
    return position.good in spoken_of(sight) and sight.me.heat + heat_of(sight.gains[position.good]) >= WARM


def snitch(sight: Sight) -> tuple[Intervention, ...]:
    """Denounce whose words came true with a leap, as if somebody had profited by it; after two misses, no more."""
    acts = [entry.act for entry in sight.me.file]
    if acts.count(Act.DENOUNCED) - acts.count(Act.BOUNTY) >= MISSES or sight.purse < CASH:
        return ()
    suspects: Counter[str] = Counter()
    for told in (*sight.heard(EventKind.RUMOR, SUSPECT_WITHIN), *sight.heard(EventKind.LEGEND, SUSPECT_WITHIN)):
        data = told.event.data or {}
        good = data["about"] if told.event.kind is EventKind.RUMOR else data["good"]
        keys = [told.event.subject] if told.event.kind is EventKind.RUMOR else data["patrons"]
        age = sight.turn - told.turn
        if good in set(GOODS) and 2 <= age < len(sight.course):
            leap = abs(sight.move(Good(good), age))
            for key in keys:
                if key in sight.rivals and leap >= LEAP:
                    suspects[key] += leap
    lately = {told.event.data["whom"] for told in sight.heard(EventKind.DENOUNCED, 6) if told.event.data}
    free = {key: count for key, count in suspects.items() if key not in sight.accused | lately}
    if not free:
        return ()
    return (Denounce(sight.key, max(free, key=lambda key: (free[key], key)), 15),)
