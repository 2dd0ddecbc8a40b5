"""What the keeper asks of the minds."""

from collections.abc import Mapping
from typing import Protocol

from inference.council import CouncilResult
from wood.names import Creature
from wood.observe import View
from wood.rules import Rules


class Minds(Protocol):
    """All five minds, asked together; :class:`inference.council.Council` is one."""

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        """Ask every creature once, in the words of the content ``rules``; never raises for one creature's sake."""
        ...
