"""What the keeper asks of the minds."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from inference.asking import Question
from inference.council import CouncilResult, InstantCouncil
from wood.names import Creature
from wood.observe import View
from wood.orders import Decision
from wood.rules import Rules


class Minds(Protocol):
    """All five minds, asked together; :class:`inference.council.Council` is one."""

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        """Ask every creature once, in the words of the content ``rules``; never raises for one creature's sake."""
        ...


@runtime_checkable
class Repeatable(Protocol):
    """Minds of which some answer at once, and the same to the same: those can be asked what they would have done."""

    def again(
        self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules
    ) -> Mapping[Creature, Decision | None]:
        """Ask those minds anew, in any thread; the creatures of others are missing."""
        ...


@runtime_checkable
class Askable(Protocol):
    """Minds of which some answer players' questions."""

    async def ask(self, wood: str, seed: int, view: View, question: Question) -> str:
        """Ask a creature's model; "" where it has none, or no answer in time. Never raises, never delays a turn."""
        ...


@runtime_checkable
class Portable(Protocol):
    """Minds that may be such as all answer at once, and can be asked in another process then."""

    def at_once(self) -> InstantCouncil | None:
        """Those minds; None where one of them needs an event loop."""
        ...


def portable(minds: object) -> InstantCouncil | None:
    """The same minds for another process; None where they need this one."""
    return minds.at_once() if isinstance(minds, Portable) else None
