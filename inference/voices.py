"""What those think whose mind is no model, in the wood's own language."""

from collections.abc import Mapping

from inference.occasions import BELIEVED
from wood.names import GOODS, Good
from wood.observe import View
from wood.tongue import fill, good_name


def shortage(view: View, wanted: Mapping[Good, int]) -> str:
    """The thought of one who lacks so many units of some goods."""
    thoughts = view.tongue.thoughts
    items = (_counted(view, thoughts.item, units, good) for good, units in wanted.items())
    return fill(thoughts.short, {"wanted": thoughts.joint.join(items), "pebbles": view.purse})


def contentment(view: View) -> str:
    """The thought of one who lives from a store of its own product."""
    return _counted(view, view.tongue.thoughts.content, view.store[view.makes], view.makes)


def conviction(view: View) -> str:
    """The thought of one who believes what is said of a price: of the strongest belief, "" where there is none."""
    beliefs = {good: view.beliefs.get(good, 0) for good in GOODS}
    good = max(GOODS, key=lambda each: abs(beliefs[each]))
    if abs(beliefs[good]) < BELIEVED:
        return ""
    thoughts = view.tongue.thoughts
    return fill(thoughts.dearer if beliefs[good] > 0 else thoughts.cheaper, {"good": good_name(view.tongue, good)})


def _counted(view: View, template: str, units: int, good: Good) -> str:
    return fill(template, {"units": units, "good": good_name(view.tongue, good)})
