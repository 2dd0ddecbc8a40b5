"""How receipts are measured: what was said in a turn, beside the same turns without it. Pure, but for its memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.keeping.minds import Minds, Repeatable
from data.receipts import PlayedTurn, Receipt, State
from wood.chronicle import Event, EventKind
from wood.moves import Intervention
from wood.names import CREATURES, Creature
from wood.observe import observe
from wood.orders import Decision
from wood.rules import Rules
from wood.twin import (
    SPAN,
    Band,
    Said,
    Stage,
    admitted,
    bands,
    effects,
    gain,
    live_on,
    reactions,
    telling,
    topic,
    unsaid,
)
from wood.world import World

MOST: Final = 12
"""Things said in one turn that have a twin; of the others it is told only who believed them."""

Again = Callable[[Rules, World], Mapping[Creature, Decision | None]]
"""What those minds decide of an open turn that can be asked anew."""


class DriftError(Exception):
    """The turns as they were recorded cannot be played again by this program."""


@dataclass(frozen=True, slots=True)
class Told:
    """A turn as it was, played again: what it took in, the world it left, and whose decisions are held in twins."""

    actions: tuple[Intervention, ...]
    world: World
    stage: Stage
    held: frozenset[Creature]


@dataclass(frozen=True, slots=True)
class Course:
    """How a twin went until now."""

    world: World
    stages: tuple[Stage, ...] = ()


@dataclass(slots=True)
class Recall:
    """What was played of one hearing already, so that no turn is played twice; lost with the process, and no matter."""

    told: list[Told] = field(default_factory=list)
    twins: dict[Said, Course] = field(default_factory=dict)


def asking(minds: Minds, wood: str, seed: int) -> Again:
    """Ask the minds of a wood anew, those that can be."""
    if not isinstance(minds, Repeatable):
        return lambda rules, world: {}
    again = minds.again
    return lambda rules, world: again(wood, seed, observe(rules, world), rules)


def heard(turn: int, events: Sequence[Event]) -> list[Receipt]:
    """The receipts of all that was heard in a turn, of which nothing is measured yet; too much of it is crowded out."""
    found: list[Receipt] = []
    taken: dict[Said, int] = {}
    for event in events:
        if event.kind is not EventKind.BELIEF or event.data is None:
            continue
        data = event.data
        believed = {Creature(who): int(points) for who, points in data["believed"].items()}
        about = topic(str(data["about"]))
        # An event for one pair of eyes is that of a whisper, which one creature hears.
        to = None if event.to is None else next(iter(believed), None)
        receipt = Receipt(
            turn, len(found), event.subject, to, about, int(data["leaning"]), str(data["text"]), believed, State.OPEN
        )
        said = said_by(receipt)
        if said not in taken and len(taken) >= MOST:
            receipt = replace(receipt, state=State.CROWDED)
        else:
            taken[said] = taken.get(said, 0) + 1
        found.append(receipt)
    return [replace(each, others=taken[said_by(each)] - 1) if each.state is State.OPEN else each for each in found]


def said_by(receipt: Receipt) -> Said:
    """What a receipt's twin does without."""
    if receipt.to is None:
        return Said(receipt.about, receipt.leaning)
    return Said(receipt.about, receipt.leaning, receipt.to, receipt.speaker)


def measure(
    again: Again,
    rules: Sequence[Rules],
    base: Callable[[], World],
    played: Sequence[PlayedTurn],
    found: Sequence[Receipt],
    recall: Recall,
) -> list[Receipt]:
    """Measure what was heard in a turn by all turns that are known since.

    Args:
        again: asks minds anew.
        rules: the content of each turn.
        base: reads the world before the first of them.
        played: the turns from that in which it was heard on, at most :data:`wood.twin.SPAN`.
        found: the receipts of the first of them, as far as they are.
        recall: what was played already; gains what is played now.

    Raises:
        DriftError: the recorded turns come out otherwise.
    """
    open_ = [each for each in found if each.state is State.OPEN]
    if not open_:
        return []
    _tell(again, rules, base, played, recall)
    told = [each.stage for each in recall.told[: len(played)]]
    said = list(dict.fromkeys(map(said_by, open_)))
    known = {said_by(each): each.band for each in open_ if each.band.low}
    if new := [each for each in said if each not in known]:
        known |= zip(new, bands(rules[0], base(), recall.told[0].actions, new), strict=True)
    for each in said:
        _go_along(again, rules, base, played, recall, each)
    held = frozenset().union(*(each.held for each in recall.told[: len(played)]))
    weights = {each: sum(sum(one.believed.values()) for one in open_ if said_by(one) == each) for each in said}
    return [
        _measured(each, told, recall.twins[said_by(each)].stages, known[said_by(each)], held, weights[said_by(each)])
        for each in open_
    ]


def _tell(
    again: Again, rules: Sequence[Rules], base: Callable[[], World], played: Sequence[PlayedTurn], recall: Recall
) -> None:
    """Play the turns as they were."""
    for rule, each in list(zip(rules, played, strict=True))[len(recall.told) :]:
        before = recall.told[-1].world if recall.told else base()
        actions = admitted(rule, before, each.actions)
        held: set[Creature] = set()

        def decided(
            morning: World, rule: Rules = rule, each: PlayedTurn = each, held: set[Creature] = held
        ) -> Mapping[Creature, Decision | None]:
            anew = again(rule, morning)
            held |= {who for who in CREATURES if who not in anew or anew[who] != each.decisions.get(who)}
            return each.decisions

        world, stage = live_on(rule, before, actions, decided)
        if stage.references != each.turn.references or stage.trades != each.turn.trades:
            raise DriftError(f"turn {each.turn.number} comes out otherwise")
        recall.told.append(Told(actions, world, stage, frozenset(held)))


def _go_along(
    again: Again,
    rules: Sequence[Rules],
    base: Callable[[], World],
    played: Sequence[PlayedTurn],
    recall: Recall,
    said: Said,
) -> None:
    """Play the same turns without something that was said in the first of them."""
    course = recall.twins.get(said) or Course(base())
    for place in range(len(course.stages), len(played)):
        rule, known, fixed = rules[place], recall.told[place], played[place].decisions

        def decided(
            morning: World, rule: Rules = rule, known: Told = known, fixed: Mapping[Creature, Decision | None] = fixed
        ) -> Mapping[Creature, Decision | None]:
            anew = again(rule, morning) if len(known.held) < len(CREATURES) else {}
            return {who: fixed.get(who) if who in known.held else anew[who] for who in CREATURES}

        actions = known.actions if place else unsaid(known.actions, said)
        world, stage = live_on(rule, course.world, actions, decided)
        course = Course(world, (*course.stages, stage))
    recall.twins[said] = course


def _measured(
    receipt: Receipt, told: Sequence[Stage], twin: Sequence[Stage], band: Band, held: frozenset[Creature], weight: int
) -> Receipt:
    """One receipt as it stands; ``weight`` is how far all who said the same were believed."""
    about = receipt.about
    moves = effects(about, told, twin)
    through = receipt.turn + len(told) - 1
    # Whoever said the same shares what it did, by how far each was believed.
    at = telling(about, moves, band)
    part = abs(moves[at]) * sum(receipt.believed.values()) // weight if at is not None and weight else 0
    return replace(
        receipt,
        state=State.DONE if len(told) >= SPAN else State.OPEN,
        through=through,
        effects=moves,
        band=band,
        gain=gain(about, told[-1], twin[-1]) if isinstance(about, Creature) else 0,
        did=reactions(about, receipt.believed, told, twin),
        held=tuple(who for who in CREATURES if who in held),
        voice=part,
    )
