"""A patron's book: what it owns, what is owed to it, what it waits for, how hot it is. Pure; its owner's alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.own import lately
from bot.wishes import Wish
from wood.bourse import MAINTENANCE, gain_of, price_for
from wood.chronicle import Event, Turn
from wood.draft import Draft
from wood.moves import Intervention
from wood.names import MINT, PEBBLES, Act, escrow, patron_account, warehouse
from wood.rules import Rules
from wood.stakes import Case, Corner, Entry, Pact, Position, Tip, Wager
from wood.world import Loan, Patron, World

FILE_SHOWN: Final = 6
_ADVISED: Final = 10
"""Pebbles of margin that are advised where none is called for."""


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position as it stands.

    Attributes:
        position: as the Bourse has it.
        price: the Bourse's now, hundredths.
        gain: what it would bring now, negative what it would lose, pebbles.
        floor: what must be left of it, or its margin is called, pebbles.
        needed: pebbles that are called for by the next turn; 0 where none are.
        advised: pebbles that its button adds.
    """

    position: Position
    price: int
    gain: int
    floor: int
    needed: int
    advised: int


@dataclass(frozen=True, slots=True)
class CornerRow:
    """An agent's errand: what it bought so far, in units, and pebbles that are left to it."""

    corner: Corner
    units: int
    pebbles: int


@dataclass(frozen=True, slots=True)
class BookCard:
    """A patron's book.

    Attributes:
        patron: as the wood knows it after the last turn.
        turn: the last turn.
        purse: pebbles in the purse, what waits for the next turn taken off.
        worth: these, and all that stands at risk or is lent, at what it cost.
        positions: at the Bourse.
        loans: owed to the patron.
        pacts: paid for.
        corners: the patron's agents.
        wagers: on words.
        tips: true glimpses that were bought.
        case: the Magistrate's file on the patron, if one is open.
        file: the patron's last deeds of the year, newest first.
        news: what befell the patron lately, newest first, each with its turn.
        waiting: moves that wait for the next turn; None for one that is no wish.
        names: patron key -> name as shown.
        emoji: of each good.
    """

    patron: Patron
    turn: int
    purse: int
    worth: int
    positions: Sequence[PositionRow]
    loans: Sequence[Loan]
    pacts: Sequence[Pact]
    corners: Sequence[CornerRow]
    wagers: Sequence[Wager]
    tips: Sequence[Tip]
    case: Case | None
    file: Sequence[Entry]
    news: Sequence[tuple[int, Event]]
    waiting: Sequence[Wish]
    names: Mapping[str, str]
    emoji: Mapping[str, str]


def book_card(
    rules: Rules,
    world: World,
    coming: World,
    key: str,
    pending: Sequence[Intervention],
    turns: Sequence[Turn],
    names: Mapping[str, str],
) -> BookCard:
    """A patron's book.

    Args:
        rules: the content.
        world: the wood after its last turn, or ``coming`` for a patron who has just joined.
        coming: the wood with all that waits admitted.
        key: whose book.
        pending: what waits for the next turn.
        turns: the last turns, oldest first, whose news are told.
        names: patron key -> name as shown.
    """
    account = patron_account(key)
    wishes = [Wish.seen_in(move) for move in pending if getattr(move, "patron", None) == key]
    draft = Draft(rules, world)
    return BookCard(
        patron=world.patrons[key],
        turn=world.turn,
        purse=coming.held(account, PEBBLES),
        worth=worth(world, key),
        positions=[_position(draft, each) for each in world.positions if each.patron == key],
        loans=[each for each in world.loans if each.lender == account],
        pacts=[each for each in world.pacts if each.patron == key],
        corners=[_corner(world, each) for each in world.corners if each.patron == key],
        wagers=[each for each in world.wagers if each.patron == key],
        tips=world.patrons[key].tips,
        case=next((each for each in world.cases if each.patron == key), None),
        file=[entry for entry in reversed(world.patrons[key].file) if entry.act is not Act.IDLED][:FILE_SHOWN],
        news=lately(turns, key),
        waiting=[wish for wish in wishes if wish is not None],
        names=names,
        emoji={good.value: rule.emoji for good, rule in rules.goods.items()},
    )


def worth(world: World, key: str) -> int:
    """Pebbles of a patron: in the purse, offered, lent, and behind positions, wagers and agents, at what they cost."""
    account = patron_account(key)
    return (
        world.held(account, PEBBLES)
        + world.held(escrow(account), PEBBLES)
        + sum(each.margin for each in world.positions if each.patron == key)
        + sum(each.stake for each in world.wagers if each.patron == key)
        + sum(each.lent or each.owed for each in world.loans if each.lender == account != MINT)
        + sum(each.budget for each in world.corners if each.patron == key)
    )


def _position(draft: Draft, position: Position) -> PositionRow:
    price = price_for(draft, position)
    gain = gain_of(position, price)
    floor = (position.stake * MAINTENANCE + 99) // 100
    needed = max(0, floor - position.margin - gain) if position.called else 0
    advised = min(position.stake, needed or _ADVISED)
    return PositionRow(position, price, gain, floor, needed, advised)


def _corner(world: World, corner: Corner) -> CornerRow:
    held = warehouse(corner.good)
    return CornerRow(corner, world.held(held, corner.good), world.held(held, PEBBLES))
