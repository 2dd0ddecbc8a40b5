"""What a person can do in the client: the data of an interaction, built from what the bot registered or posted.

A person cannot send what the client would not offer: an unknown command or option, a value outside its choices or
bounds, a command hidden by its default permissions, a button that no message shows. Each is a :class:`CannotDoError`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from discord import Permissions

from tests.loopback.state import Json, Message, walk

Value: TypeAlias = str | int | float | bool

_TYPES: Mapping[int, tuple[type, ...]] = {3: (str,), 4: (int,), 5: (bool,), 10: (int, float)}
_SELECTS = (3, 5, 6, 7, 8)


class CannotDoError(AssertionError):
    """The client offers no such thing."""


def command(
    tree: Sequence[Json],
    path: Sequence[str],
    values: Mapping[str, Value],
    permissions: Permissions,
    *,
    focused: str | None = None,
) -> Json:
    """The data of a slash command or, with ``focused``, of its autocomplete.

    Args:
        tree: the registered commands.
        path: command, then group and subcommand if it has them.
        values: options by name.
        permissions: what the person may do in the channel.
        focused: the option being typed.

    Raises:
        CannotDoError: the client would not let this be sent.
    """
    root = _named(tree, path[0], "command")
    needed = root.get("default_member_permissions")
    if needed is not None and not permissions.is_superset(Permissions(int(needed))):
        raise CannotDoError(f"/{path[0]} is hidden from this person")
    steps = [root]
    for name in path[1:]:
        steps.append(_named(steps[-1].get("options", ()), name, f"subcommand of /{path[0]}"))
    leaf = steps[-1]
    if any(option["type"] <= 2 for option in leaf.get("options", ())):
        raise CannotDoError(f"/{' '.join(path)} is a group, not a command")
    options = _options(leaf, values, focused)
    for step in reversed(steps[1:]):
        options = [{"type": step["type"], "name": step["name"], "options": options}]
    return {"id": root["id"], "name": root["name"], "type": 1, "options": options}


def _named(among: Sequence[Json], name: str, kind: str) -> Json:
    for entry in among:
        if entry["name"] == name:
            return entry
    raise CannotDoError(f"no {kind} {name!r}; there are {[entry['name'] for entry in among]}")


def _options(leaf: Json, values: Mapping[str, Value], focused: str | None) -> list[Json]:
    known = {option["name"]: option for option in leaf.get("options", ())}
    for name in [*values, *([focused] if focused else [])]:
        if name not in known:
            raise CannotDoError(f"/{leaf['name']} has no option {name!r}; it has {list(known)}")
    chosen: list[Json] = []
    for name, option in known.items():
        if name in values:
            if name != focused:
                _check(option, values[name])
            entry = {"name": name, "type": option["type"], "value": values[name]}
            chosen.append(entry | ({"focused": True} if name == focused else {}))
        elif option.get("required") and focused is None:
            raise CannotDoError(f"/{leaf['name']} needs {name!r}")
    return chosen


def _check(option: Json, value: Value) -> None:
    name, types = option["name"], _TYPES.get(option["type"])
    if types is None or not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise CannotDoError(f"{name}={value!r} is not of type {option['type']}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise CannotDoError(f"{name}={value!r} is not among {[choice['value'] for choice in option['choices']]}")
    size: Any = len(value) if isinstance(value, str) else value
    suffix = "_length" if isinstance(value, str) else "_value"
    low, high = option.get("min" + suffix), option.get("max" + suffix)
    if (low is not None and size < low) or (high is not None and size > high):
        raise CannotDoError(f"{name}={value!r} is not within {low} to {high}")


def component(message: Message, wanted: str, values: Sequence[str] | None) -> Json:
    """The data of a press on a button, or of a choice in a select, found by custom id or label.

    Raises:
        CannotDoError: the message shows no such thing, or it is disabled.
    """
    if message.deleted:
        raise CannotDoError("the message is gone")
    shown = [part for part in walk(message.components) if "custom_id" in part]
    for part in shown:
        if wanted in (part["custom_id"], part.get("label"), part.get("placeholder")):
            if part.get("disabled"):
                raise CannotDoError(f"{wanted!r} is disabled")
            data: Json = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"]}
            if part["type"] in _SELECTS:
                data["values"] = list(values or ())
            return data
    raise CannotDoError(f"no {wanted!r}; there are {[part.get('label') or part['custom_id'] for part in shown]}")


def modal(form: Json, values: Mapping[str, str]) -> Json:
    """The data of a modal's submission; ``values`` by custom id or label, the rest stays as it was preset.

    Raises:
        CannotDoError: the form has no such field, or a required one is empty.
    """
    left = dict(values)

    def filled(part: Json, label: str | None = None) -> Json:
        kept: Json = {key: part[key] for key in ("id", "type", "custom_id") if key in part}
        if "component" in part:
            return kept | {"component": filled(part["component"], part.get("label"))}
        if "components" in part:
            return kept | {"components": [filled(child) for child in part["components"]]}
        if "custom_id" not in part:
            return kept
        keys = (part["custom_id"], label or part.get("label"))
        preset = next((option["value"] for option in part.get("options", ()) if option.get("default")), "")
        value = next((left.pop(key) for key in keys if key in left), preset or part.get("value") or "")
        if not value and part.get("required", True):
            raise CannotDoError(f"{keys} must be filled in")
        return kept | ({"values": [value] if value else []} if part["type"] in _SELECTS else {"value": value})

    data = {"custom_id": form["custom_id"], "components": [filled(part) for part in form["components"]]}
    if left:
        raise CannotDoError(f"the form has no {sorted(left)}")
    return data
