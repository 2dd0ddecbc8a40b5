"""How receipts are measured: what was said in a turn, beside the same turns without it. Pure, but for its memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.keeping.minds import Minds, Repeatable
from data.receipts import PlayedTurn, Receipt, State
from wood.bourse import EFFECT
from wood.chronicle import Event, EventKind
from wood.moves import Measured
from wood.names import CREATURES, Creature, Good
from wood.observe import observe
from wood.orders import Decision
from wood.rules import Rules
from wood.twin import SPAN, Band, Stage, as_recorded, bands, effects, gain, live_on, reactions, seen, telling, topic
from wood.unsaid import Said, unsaid
from wood.world import World

MOST: Final = 12
"""Things said in one turn that have a twin; of the others it is told only who believed them."""

Again = Callable[[Rules, World], Mapping[Creature, Decision | None]]
"""What those minds decide of an open turn that can be asked anew."""


class DriftError(Exception):
    """The turns as they were recorded cannot be played again by this program."""


@dataclass(frozen=True, slots=True)
class First:
    """The turn in which something was heard, played again: what it was like, and whose decisions twins hold fixed."""

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

    first: First | None = None
    twins: dict[Said, Course] = field(default_factory=dict)


def asking(minds: Minds | Repeatable, wood: str, seed: int) -> Again:
    """Ask the minds of a wood anew, those that can be."""
    if not isinstance(minds, Repeatable):
        return lambda rules, world: {}
    again = minds.again
    return lambda rules, world: again(wood, seed, observe(rules, world), rules)


def heard(turn: int, events: Sequence[Event]) -> list[Receipt]:
    """The receipts of all that was heard in a turn, of which nothing is measured yet; too much of it is crowded out.

    Words on whose effect pebbles are staked are crowded out last.
    """
    receipts = _believed(turn, events)
    staked = _staked(events)
    taken: dict[Said, int] = {}
    for each in sorted(receipts, key=lambda one: _wager(one) not in staked):
        said = said_by(each)
        if said in taken or len(taken) < MOST:
            taken[said] = taken.get(said, 0) + 1
    return [
        replace(each, others=taken[said_by(each)] - 1) if said_by(each) in taken else replace(each, state=State.CROWDED)
        for each in receipts
    ]


def outcome(receipt: Receipt, events: Sequence[Event]) -> Measured | None:
    """What a receipt that is measured to its end says of a wager on the effect of its words; None without one.

    Args:
        receipt: of words about a good.
        events: of the turn in which they were heard.
    """
    if receipt.state is not State.DONE or not isinstance(receipt.about, Good) or _wager(receipt) not in _staked(events):
        return None
    moved = [
        effect * receipt.leaning
        for effect, real in zip(receipt.effects, seen(receipt.effects, receipt.band), strict=False)
        if real
    ]
    strongest = max(moved, default=0)
    return Measured(
        receipt.speaker, receipt.about, receipt.turn, max(0, strongest) * receipt.leaning, seen=strongest > 0
    )


def _wager(receipt: Receipt) -> tuple[str, str, int]:
    return receipt.speaker, receipt.about.value, receipt.leaning


def _staked(events: Sequence[Event]) -> set[tuple[str, str, int]]:
    """Who staked in a turn on what their words would do."""
    return {
        (event.subject, str(event.data["good"]), int(event.data["leaning"]))
        for event in events
        if event.kind is EventKind.WAGERED and event.data is not None and event.data["on"] == EFFECT
    }


def _believed(turn: int, events: Sequence[Event]) -> list[Receipt]:
    found: list[Receipt] = []
    for event in events:
        if event.kind is not EventKind.BELIEF or event.data is None:
            continue
        data = event.data
        believed = {Creature(who): int(points) for who, points in data["believed"].items()}
        about = topic(str(data["about"]))
        # An event for one pair of eyes is that of a whisper, which one creature hears; of itself it believes nothing.
        to = None if event.to is None else next(iter(believed), None) or Creature(about)
        found.append(
            Receipt(
                turn,
                len(found),
                event.subject,
                to,
                about,
                int(data["leaning"]),
                str(data["text"]),
                believed,
                State.OPEN,
            )
        )
    return found


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
    first = recall.first = recall.first or _play_again(again, rules[0], base(), played[0])
    told = [first.stage, *(as_recorded(each.turn) for each in played[1:])]
    said = list(dict.fromkeys(map(said_by, open_)))
    known = {said_by(each): each.band for each in open_ if each.band.low}
    if new := [each for each in said if each not in known]:
        known |= zip(new, bands(rules[0], base(), played[0].actions, new), strict=True)
    measured = []
    for each in said:
        course = _go_along(again, rules, played, recall.twins.get(each) or Course(base()), each, first.held)
        recall.twins[each] = course
        alike = [one for one in open_ if said_by(one) == each]
        weight = sum(sum(one.believed.values()) for one in alike)
        measured += [_measured(one, told, course.stages, known[each], first.held, weight) for one in alike]
    return measured


def _play_again(again: Again, rules: Rules, before: World, played: PlayedTurn) -> First:
    """Play a turn again, to see what stood at its market and which minds decide the same when they are asked anew."""
    held: set[Creature] = set()

    def decided(morning: World) -> Mapping[Creature, Decision | None]:
        anew = again(rules, morning)
        held.update(who for who in CREATURES if who not in anew or anew[who] != played.decisions.get(who))
        return played.decisions

    _, stage = live_on(rules, before, played.actions, decided, look=True)
    if stage.references != played.turn.references or stage.trades != played.turn.trades:
        raise DriftError(f"turn {played.turn.number} comes out otherwise")
    return First(stage, frozenset(held))


def _go_along(
    again: Again,
    rules: Sequence[Rules],
    played: Sequence[PlayedTurn],
    course: Course,
    said: Said,
    held: frozenset[Creature],
) -> Course:
    """Play the same turns without something that was said in the first of them, from where the course has come to."""
    for place in range(len(course.stages), len(played)):
        rule, fixed = rules[place], played[place].decisions

        def decided(
            morning: World, rule: Rules = rule, fixed: Mapping[Creature, Decision | None] = fixed
        ) -> Mapping[Creature, Decision | None]:
            anew = again(rule, morning) if len(held) < len(CREATURES) else {}
            return {who: anew[who] if who in anew and who not in held else fixed.get(who) for who in CREATURES}

        actions = played[place].actions if place else unsaid(played[place].actions, said)
        world, stage = live_on(rule, course.world, actions, decided, look=not place)
        course = Course(world, (*course.stages, stage))
    return course


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
