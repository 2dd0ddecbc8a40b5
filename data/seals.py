"""Whether a stored world is the one that its last turn left: each turn's hash is a seal over it."""

from collections.abc import Sequence
from dataclasses import replace

from data.errors import Stored, StoreDamagedError
from data.rows import TurnRow
from data.upcasts import HASHES
from wood.chronicle import seal
from wood.world import World


def check_seal(world: World, lately: Sequence[TurnRow]) -> None:
    """See that a world, and the record of the turn that left it, are as they were sealed.

    Args:
        world: as stored.
        lately: the wood's last turns, the last of them last; the one before it, where there is one, among them.

    Raises:
        StoreDamagedError: they are not: a bit of one of them was changed since.
    """
    if not lately or lately[-1].hashes != HASHES:  # of a form that this program cannot make any more
        return
    last = lately[-1].turn
    before = lately[-2].turn.hash if len(lately) > 1 else ""
    if world.turn == last.number and world.chain == last.hash:
        try:
            _, again = seal(replace(world, chain=before), replace(last, hash=""))
        except ValueError:  # the world's trades are not those of the record
            again = None
        if again is not None and again.hash == last.hash:
            return
    raise StoreDamagedError(Stored.WORLD, "it does not agree with the hash of its last turn")
