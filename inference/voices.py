"""Speaking for those whose mind is no model: lines and thoughts of the wood's own language.

A language that has no line for a creature leaves it silent; none is borrowed from another language.
"""

from collections.abc import Mapping

from wood.chance import below
from wood.names import Good
from wood.observe import View
from wood.tongue import Voice, fill, good_name, phrase

_SILENT = Voice()


def voice_of(view: View) -> Voice:
    """How the creature itself speaks."""
    return view.tongue.voices.get(view.creature, _SILENT)


def line(view: View, lines: tuple[str, ...], seed: int, good: Good | None = None) -> str:
    """One of some lines, said about a good if one is given; "" where there is none."""
    if not lines:
        return ""
    chosen = lines[below(len(lines), seed, view.turn, "line")]
    return chosen if good is None else phrase(view.tongue, chosen, good)


def shortage(view: View, wanted: Mapping[Good, int]) -> str:
    """The thought of one who lacks so many units of some goods."""
    thoughts = view.tongue.thoughts
    items = (_counted(view, thoughts.item, units, good) for good, units in wanted.items())
    return fill(thoughts.short, {"wanted": thoughts.joint.join(items), "pebbles": view.purse})


def contentment(view: View) -> str:
    """The thought of one who lives from a store of its own product."""
    return _counted(view, view.tongue.thoughts.content, view.store[view.makes], view.makes)


def _counted(view: View, template: str, units: int, good: Good) -> str:
    return fill(template, {"units": units, "good": good_name(view.tongue, good)})
