"""What all moves share: the form of an input, finding a patron, and breath."""

from dataclasses import replace
from typing import Final, Protocol

from wood.draft import Draft
from wood.refusal import Refusal, RefusalCode
from wood.world import Patron, World

BREATH_MAX: Final = 5


class Move(Protocol):
    """An input of a wood: frozen data, told apart by ``kind`` in the log, that knows how it is admitted."""

    @property
    def kind(self) -> str:
        """The word by which the log tells kinds of input apart."""
        ...

    def admit(self, draft: Draft) -> None:
        """Check the move against the rules and put it into the draft.

        Raises:
            Refusal: the rules do not allow it; the draft is as it was.
        """
        ...


def patron_of(world: World | Draft, key: str) -> Patron:
    """Find a patron who is present.

    Raises:
        Refusal: there is none with this key.
    """
    patron = world.patrons.get(key)
    if patron is None or not patron.present:
        raise Refusal(RefusalCode.NO_PATRON)
    return patron


def spend_breath(draft: Draft, patron: Patron, breath: int) -> None:
    """Take breath from a patron.

    Raises:
        Refusal: the patron has too little.
    """
    if patron.breath < breath:
        raise Refusal(RefusalCode.BREATH, needed=breath, breath=patron.breath, most=BREATH_MAX)
    draft.patrons[patron.key] = replace(patron, breath=patron.breath - breath)


def breathe(draft: Draft) -> None:
    """At the turn's end every patron draws breath."""
    for key, patron in draft.patrons.items():
        if patron.present and patron.breath < BREATH_MAX:
            draft.patrons[key] = replace(patron, breath=patron.breath + 1)
