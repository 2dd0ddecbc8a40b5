"""Words left out of a turn: what a twin of the wood does without."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wood.draft import Draft
from wood.moves import CastRumor, Intervention, Quote
from wood.names import Creature, Good


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said and claims something: all public rumors of one claim, or one patron's whisper.

    ``leaning`` is 1 or -1; ``to`` is who alone hears it, None for all; ``speaker`` is the patron who whispers, "" for a
    traveller, and of no account for what is public.
    """

    about: Good | Creature
    leaning: int
    to: Creature | None = None
    speaker: str = ""

    def matches(self, action: Intervention) -> bool:
        """Whether an input of a turn says it."""
        return (
            isinstance(action, CastRumor)
            and (action.about, action.leaning, action.to) == (self.about, self.leaning, self.to)
            and (self.to is None or (action.patron or "") == self.speaker)
        )


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A rumor that was paid for and never said: so a patron has no more breath in a twin, and can do no more there."""

    action: CastRumor
    kind: Literal["rumor"] = "rumor"

    @property
    def patron(self) -> str | None:
        """Whose it is."""
        return self.action.patron

    def quote(self, draft: Draft) -> Quote:
        """What it would have cost.

        Raises:
            Refusal: it could not have been said.
        """
        return self.action.quote(draft)

    def admit(self, draft: Draft) -> None:
        """Pay for it, and keep it out of the air.

        Raises:
            Refusal: it could not have been said.
        """
        said, claims = len(draft.said), len(draft.claims)
        self.action.admit(draft)
        del draft.said[said:], draft.claims[claims:]


def unsaid(actions: Sequence[Intervention], said: Said) -> tuple[Intervention | Unsaid, ...]:
    """A turn's inputs without something that was said."""
    return tuple(
        Unsaid(action) if isinstance(action, CastRumor) and said.matches(action) else action for action in actions
    )
