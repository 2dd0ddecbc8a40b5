"""Plays one year of one wood with patrons by script, the light way: without its chronicle and its hashes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.keeping.minds import Minds
from bot.lab.patrons.plays import Strategy
from bot.lab.patrons.sight import RECALL, Told, look
from wood.chronicle import Event, EventKind
from wood.draft import Draft
from wood.founding import found_world
from wood.moves import CastRumor, Intervention, Join
from wood.names import Act, Good
from wood.observe import observe
from wood.odds import CONTINUATIONS
from wood.rules import Rules
from wood.season import end_year
from wood.turn import live, open_draft
from wood.world import World

CHANCES: Final = 6
"""Continuations from which claims' chances are found here in turns in which nothing is staked.

Where something is, it takes as many as in the game: what few of them say of a small chance pays too well.
"""
_AT_RISK: Final = frozenset({Act.LENT, Act.WAGER})
"""Deeds whose pebbles come back, or are written off by another deed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the table.

    Attributes:
        name: what its results are counted under.
        play: its script.
        circle: those of one circle see what each other see; "" plays alone.
        ranked: whether it is ranked; one who only helps is not.
    """

    name: str
    play: Strategy
    circle: str = ""
    ranked: bool = True


@dataclass(slots=True)
class Lived:
    """What a year was to one patron.

    Attributes:
        name: its seat's.
        mind: of the creatures it played with.
        seed: the wood's.
        purse: pebbles, as they were counted at the year's end.
        standing: what it was ranked by.
        rank: from 1 among the ranked; those who tie share the mean of their places.
        won: its part of the first place, 0 to 1.
        made: moves that were taken in, by kind.
        refused: those that were not, by kind and code.
        brought: pebbles that its deeds brought, negative what they cost, by act.
        fined: pebbles.
        cases: files that were opened on it.
        verdicts: by what they said.
        peak: the most heat that it had.
    """

    name: str
    mind: str = ""
    seed: int = 0
    purse: int = 0
    standing: int = 0
    rank: float = 0
    won: float = 0
    made: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    brought: Counter[str] = field(default_factory=Counter)
    fined: int = 0
    cases: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    peak: int = 0

    @property
    def convicted(self) -> bool:
        """Whether the Magistrate found against it at least once."""
        return any(verdict != "acquitted" for verdict in self.verdicts)

    @property
    def exiled(self) -> bool:
        """Whether the Magistrate exiled it."""
        return "exiled" in self.verdicts

    def bring(self, deeds: Iterable[tuple[Act, int]]) -> None:
        """Add up what deeds brought; what is only put at risk is none of it."""
        for act, pebbles in deeds:
            if act not in _AT_RISK:
                self.brought[act.value] += pebbles


async def year(rules: Rules, minds: Minds, seed: int, seats: Sequence[Seat], chances: int = CHANCES) -> list[Lived]:
    """Play a wood's first year with patrons who join at its beginning.

    Args:
        rules: the content.
        minds: who decides for the creatures.
        seed: the wood's.
        seats: the patrons, in the order in which they join.
        chances: continuations from which the chance of a claim is found.
    """
    table = {f"p{number}": seat for number, seat in enumerate(seats, 1)}
    lived = {key: Lived(seat.name, seed=seed) for key, seat in table.items()}
    world = found_world(rules, seed)
    course = [world.references]
    told: list[Told] = []
    moves: list[tuple[str, Intervention]] = [(key, Join(key)) for key in table]
    for turn in range(1, rules.year + 1):
        draft = Draft(rules, world)
        staked = any(isinstance(move, CastRumor) and move.stake for _, move in moves)
        open_draft(draft, world, [move for _, move in moves], CONTINUATIONS if staked else chances)
        morning = draft.freeze()
        counsel = await minds.decide(f"seed-{seed}", seed, observe(rules, morning), rules)
        live(draft, counsel.decisions)
        if turn == rules.year:
            end_year(draft, 1)
        draft.turn = draft.now
        world = draft.freeze()
        course.append(world.references)
        told = [each for each in told if turn - each.turn < RECALL]
        told += (Told(turn, event) for event in draft.events)
        _note(lived, moves, draft.events, draft)
        moves = _moves(rules, world, table, course, told)
    _rank([lived[key] for key, seat in table.items() if seat.ranked])
    return list(lived.values())


def _moves(
    rules: Rules,
    world: World,
    table: Mapping[str, Seat],
    course: Sequence[Mapping[Good, int]],
    told: Sequence[Told],
) -> list[tuple[str, Intervention]]:
    """What all patrons do with what they see, in the order of their keys."""
    sights = {key: look(rules, world, key, course, told) for key in table}
    moves: list[tuple[str, Intervention]] = []
    for key, seat in table.items():
        friends = [
            other for other, each in table.items() if seat.circle and each.circle == seat.circle and other != key
        ]
        sight = replace(sights[key], friends=tuple(sights[friend] for friend in friends))
        moves += ((key, move) for move in seat.play(sight))
    return moves


def _note(
    lived: Mapping[str, Lived], moves: Sequence[tuple[str, Intervention]], events: Sequence[Event], draft: Draft
) -> None:
    """Take down what a turn was to each patron."""
    for key, move in moves:
        lived[key].made[move.kind] += 1
    for event in events:
        data = event.data or {}
        if event.subject not in lived:
            continue
        one = lived[event.subject]
        if event.kind is EventKind.REFUSED:
            one.refused[f"{data['action']}/{data['code']}"] += 1
            one.made[data["action"]] -= 1
        elif event.kind is EventKind.CASE:
            one.cases += 1
        elif event.kind is EventKind.VERDICT:
            one.verdicts[str(data["verdict"])] += 1
            one.fined += int(data.get("fine", 0))
        elif event.kind is EventKind.COUNTED:
            one.purse, one.standing = int(data["pebbles"]), int(data["standing"])
        elif event.kind is EventKind.SAGA:
            one.bring((Act(each["act"]), each["pebbles"]) for each in data["entries"] if each["turn"] == draft.now)
    for key, one in lived.items():
        patron = draft.patrons[key]
        one.peak = max(one.peak, patron.peak)
        one.bring((entry.act, entry.pebbles) for entry in patron.file if entry.turn == draft.now)


def _rank(ranked: Sequence[Lived]) -> None:
    """Give those who are ranked their places by what they stood at in the end."""
    for one in ranked:
        better = sum(other.standing > one.standing for other in ranked)
        even = sum(other.standing == one.standing for other in ranked)
        one.rank = better + (even + 1) / 2
        one.won = 0 if better else 1 / even
