"""Omens: the signs of a year's boon and bane, and their coming."""

from wood.almanac import SIGNS_BEFORE, year_of
from wood.calendar import date_of
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import SIGN
from wood.moves.legend import tell
from wood.names import CREATURES
from wood.world import Hearsay


def foretell(draft: Draft) -> None:
    """At dawn: say what a new year is mad about, show the signs of what is to come, let the boon and the bane fall."""
    date = date_of(draft.rules, draft.now)
    today = (draft.now - 1) % draft.rules.year + 1
    year = year_of(draft.rules, draft.seed, date.year)
    falls = year.falls
    if today == 1:
        wanted = max(year.fashion, key=year.fashion.__getitem__)
        draft.tell(EventKind.FASHION, good=wanted, spurned=min(year.fashion, key=year.fashion.__getitem__))
    for turn, slug in falls.items():
        if turn == today:
            tell(draft, slug)
        elif turn - today in SIGNS_BEFORE:
            sign = SIGNS_BEFORE.index(turn - today)
            draft.tell(EventKind.OMEN, slug, sign=sign)
            draft.said.append(Hearsay("", "", "news", f"{slug}/{SIGN}{sign}", None, 0, 100, 0, CREATURES))
