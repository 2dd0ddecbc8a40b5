"""What players are called in their wood: their own name, tamed, with last year's title, or the alias once forgotten."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.telling.taming import MAX_NAME, clean
from bot.telling.titles import last_counted, marked, titles_in, unearned
from data.rows import PatronRow
from wood.world import World

_ACTIVE: Final = re.compile(r"[\\*~`|<>\[\]@#]|_{2,}|^_+|_+$|https?://|\bdiscord\.gg/", re.IGNORECASE)


def tame(name: str) -> str:
    """Make a display name harmless wherever it is shown: one line without markup, mentions or links.

    Empty when nothing of it can be shown; at most :data:`bot.telling.taming.MAX_NAME` characters.
    """
    return clean(_ACTIVE.sub("", clean(name)), MAX_NAME)


def shown_names(patrons: Iterable[PatronRow], world: World) -> dict[str, str]:
    """Patron key -> what the patron is called: name, alias where there is none, both where two share a name.

    Whom the last year's end gave a title has its mark behind the name, and nobody else has such a mark. Those who have
    made calls and not joined are among them by their names alone, with their key where two share one.
    """
    own = {row.key: name for row in patrons if row.name and (name := unearned(row.name))}
    alike = Counter(name.casefold() for name in own.values())
    year = last_counted(world)
    names = {}
    for key, patron in world.patrons.items():
        name = own.get(key, patron.alias)
        if key in own and alike[name.casefold()] > 1:
            name = f"{name} ({patron.alias})"
        names[key] = marked(name, titles_in(patron, year))
    for key, name in own.items():
        if key not in names:
            names[key] = f"{name} ({key})" if alike[name.casefold()] > 1 else name
    return names
