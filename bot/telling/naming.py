"""What players are called in their wood: their own name, tamed, with last year's title, or the alias once forgotten."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.telling.lookalikes import shows, skeleton
from bot.telling.taming import MAX_NAME, clean
from bot.telling.titles import last_counted, marked, titles_in, unearned
from data.rows import PatronRow
from wood.rules import Rules
from wood.world import Patron, World

_ACTIVE: Final = re.compile(r"[\\*~`|<>\[\]@#]|_{2,}|^_+|_+$|https?://|\bdiscord\.gg/", re.IGNORECASE)


def tame(name: str) -> str:
    """Make a display name harmless wherever it is shown: one line without markup, mentions or links.

    Empty when nothing of it can be shown; at most :data:`bot.telling.taming.MAX_NAME` characters.
    """
    tamed = clean(_ACTIVE.sub("", clean(name)), MAX_NAME)
    return tamed if shows(tamed) else ""


def shown_names(patrons: Iterable[PatronRow], world: World, rules: Rules) -> dict[str, str]:
    """Patron key -> what the patron is called: name, alias where there is none, both where the name may mislead.

    It does where two share a name, and where it looks like a creature's or like the alias of another patron.

    Whom the last year's end gave a title has its mark behind the name, and nobody else has such a mark. Those who have
    made calls and not joined are among them by their names alone, with their key where two share one.
    """
    own = {row.key: name for row in patrons if row.name and shows(name := unearned(row.name))}
    alike = Counter(skeleton(name) for name in own.values())
    alike.update(skeleton(each.name) for each in rules.creatures.values())
    alike.update(skeleton(patron.alias) for key, patron in world.patrons.items() if not _goes_by(own, key, patron))
    year = last_counted(world)
    names = {}
    for key, patron in world.patrons.items():
        name = own.get(key, patron.alias)
        if key in own and alike[skeleton(name)] > 1 and not _goes_by(own, key, patron):
            name = f"{name} ({patron.alias})"
        names[key] = marked(name, titles_in(patron, year))
    for key, name in own.items():
        if key not in names:
            names[key] = f"{name} ({key})" if alike[skeleton(name)] > 1 else name
    return names


def _goes_by(own: Mapping[str, str], key: str, patron: Patron) -> bool:
    """Whether a patron's own name looks like the patron's own alias."""
    return key in own and skeleton(own[key]) == skeleton(patron.alias)
