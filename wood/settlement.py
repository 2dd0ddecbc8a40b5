"""Settlement: what a legend decrees lands as a fact."""

from wood.chronicle import EventKind
from wood.draft import Draft
from wood.drift import bounded
from wood.shocks import decrees, in_force


def decree(draft: Draft) -> None:
    """Move reference prices as legends decree, never under one pebble nor over the highest limit price."""
    for good, percent in decrees(in_force(draft.rules, draft, draft.now)):
        before = draft.references[good]
        after = bounded((before * (100 + percent) + 50) // 100)
        draft.references[good] = after
        draft.tell(EventKind.DECREE, good=good, percent=percent, before=before, after=after)
