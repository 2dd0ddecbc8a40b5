"""What is wrong with a setting, in plain words: its variable, what is wrong with the value, and what it takes.

Values are shown only where they are short and plain: what stands in the wrong variable may be a key.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wood.names import CREATURES

PREFIX: Final = "TTW_"
NESTED: Final = "__"
SHOWN: Final = 16
"""Letters of a value that is shown at most; keys and tokens are longer."""
REMEDY: Final = "Correct it in the environment or in .env, or leave it out to take the default"
_FIX: Final = f"{REMEDY}."
GROUPS: Final = {
    "minds": "Set one variable a creature instead, such as TTW_MINDS__OONA=random",
    "servers": "Set one variable an option instead, such as TTW_SERVERS__LOCAL__URL=http://localhost:8000/v1",
    "openai": "Set one variable an option instead, such as TTW_OPENAI__URL=http://localhost:8000/v1",
    "vllm": "Set one variable an option instead, such as TTW_VLLM__MODEL=Qwen/Qwen2.5-3B-Instruct",
}
"""Settings that stand for several variables, and how those are written."""
_OBJECT: Final = 'a JSON object, such as {"block_size": 32}'
_WRONG: Final = {
    "int": "no whole number",
    "float": "no number",
    "finite": "no number",
    "bool": "neither true nor false",
    "literal": "none of the choices",
    "enum": "none of the choices",
    "greater": "too small",
    "less": "too large",
}
"""What a value is, by the first word of pydantic's name for the fault."""

_LIMITS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}

Path = Sequence[int | str]


def variable(path: Path) -> str:
    """Name the environment variable of a setting; a number is a place in a list that was written into one variable."""
    return PREFIX + NESTED.join(part for part in path if isinstance(part, str) and part != "[key]").upper()


def sentences(settings: type[BaseModel], faults: Iterable[Mapping[str, Any]]) -> str:
    """Say what is wrong, a sentence or three a fault.

    Args:
        settings: the settings' class, which knows what each of them takes.
        faults: as :meth:`pydantic.ValidationError.errors` gives them.
    """
    return " ".join(_sentence(settings, fault) for fault in faults)


def unreadable(settings: type[BaseModel], path: Path) -> str:
    """Say that a value is not the JSON that it should be."""
    if len(path) == 1 and path[0] in GROUPS:
        return f"{variable(path)} cannot be read. {GROUPS[str(path[0])]}."
    return f"{variable(path)} cannot be read. It takes {_takes(field(settings, path))}. {_FIX}"


def option(fault: Mapping[str, Any]) -> str:
    """Say what is wrong with the value of an option of a command; ``fault`` is one of pydantic's, as above."""
    kind, limits = str(fault["type"]), fault.get("ctx", {})
    wrong = _WRONG.get(kind.partition("_")[0])
    if wrong is None or kind == "enum":
        return str(fault["msg"]).removeprefix("Value error, ")
    given = _given(fault["input"])
    said = f"{given} is {wrong}" if given else f"it is {wrong}"
    for name, words in _LIMITS.items():
        if name in limits:
            said += f"; it must be {words} {limits[name]}"
    return f"{said}."


def field(settings: type[BaseModel], path: Path) -> FieldInfo | None:
    """The field that a path of settings leads to; None where it leads to none."""
    return _walk(settings, path)[0]


def takes_json(info: FieldInfo) -> bool:
    """Whether a field's variable is written as JSON."""
    kind = _bare(info.annotation)
    return issubclass(_class(kind), Mapping | BaseModel)


def _sentence(settings: type[BaseModel], fault: Mapping[str, Any]) -> str:
    path, kind = fault["loc"], str(fault["type"])
    name = variable(path)
    if kind == "value_error":
        return _told(name, str(fault["msg"]))
    if kind == "extra_forbidden":
        return _unknown(settings, path)
    if "[key]" in path:
        return f"{name} is for nobody: the creatures are {_listed([str(each) for each in CREATURES], 'and')}. {_FIX}"
    if kind in ("dict_type", "mapping_type", "model_type", "model_attributes_type"):
        return _misplaced(settings, path)
    if kind == "string_type":
        return f"{name} is one value: nothing can be set below it. Take what follows it from the variable's name."
    if kind == "string_too_short":
        return f"{name} is empty. {_FIX}"
    info = field(settings, path)
    wrong = _WRONG.get(kind.partition("_")[0])
    if wrong is None or info is None:
        return f"{name} cannot be used; .env.example shows how it is written. {_FIX}"
    given = _given(fault["input"])
    if given.lower() == "nan":
        wrong = "no number"  # it fails at a limit, but is on neither side of it
    if isinstance(path[-1], int):
        said = f"holds {given}, which is {wrong}" if given else f"holds something that is {wrong}"
    else:
        said = f"is {given}, which is {wrong}" if given else f"is {wrong}"
    return f"{name} {said}. It takes {_takes(info)}. {REMEDY}{_default(info)}."


def _told(name: str, message: str) -> str:
    """What a check of our own says, which is either the rest of a sentence or one of its own."""
    words = message.removeprefix("Value error, ").rstrip(".")
    if words.startswith(("is ", "holds ")):
        return f"{name} {words}. {_FIX}"
    return f"{name} cannot be used. {words[:1].upper()}{words[1:]}. {_FIX}"


def _unknown(settings: type[BaseModel], path: Path) -> str:
    group = _walk(settings, path[:-1])[1]
    options = list(group.model_fields)
    near = get_close_matches(str(path[-1]).lower(), options, 1, 0.6)
    hint = f" Did you mean {variable((*path[:-1], near[0]))}?" if near else ""
    known = ", ".join(option.upper() for option in options)
    return f"{variable(path)} is no setting.{hint} {variable((*path[:-1], ''))}… can be: {known}."


def _misplaced(settings: type[BaseModel], path: Path) -> str:
    """Something else where a group of settings or a JSON object should be."""
    name = variable(path)
    if len(path) == 2 and path[0] == "servers":
        return f"{name} is no option. Set one variable an option instead, such as {name}__URL=http://localhost:8000/v1."
    if len(path) == 1 and path[0] in GROUPS:
        return f"{name} stands for several settings and is no value itself. {GROUPS[str(path[0])]}."
    return f"{name} is no JSON object. It takes {_takes(field(settings, path))}. {_FIX}"


def _walk(settings: type[BaseModel], path: Path) -> tuple[FieldInfo | None, Any]:
    """Where a path leads: the last field on it, and the bare type of what stands there."""
    info: FieldInfo | None = None
    kind: Any = settings
    for name in (part for part in path if isinstance(part, str)):
        if issubclass(_class(kind), BaseModel):
            info = kind.model_fields.get(name)
            if info is None:
                return None, None
            kind = _bare(info.annotation)
        elif issubclass(_class(kind), Mapping):
            kind = _bare(get_args(kind)[1])  # the name of an entry
        else:
            return None, None
    return info, kind


def _given(value: object) -> str:
    """A value as it may be shown; empty where it may not."""
    text = str(value).strip()
    if not text or len(text) > SHOWN or not text.isprintable():
        return ""
    try:
        float(text)
    except ValueError:
        return f"'{text}'"
    return text


def _takes(info: FieldInfo | None) -> str:
    """What a field takes, as the rest of "It takes …"."""
    kind = _bare(info.annotation) if info else None
    if info is None or kind is None:
        return ""
    unit = f" ({info.description})" if info.description else ""
    if get_origin(kind) is Literal:
        return _listed([str(choice) for choice in get_args(kind)], "or") + unit
    if kind is bool:
        return "true or false" + unit
    if kind in (int, float):
        return f"{'a whole number' if kind is int else 'a number'}{_range(info)}{unit}"
    if issubclass(_class(kind), Mapping):
        return _OBJECT
    if int in get_args(kind):
        return "whole numbers, separated by commas" + unit
    return "text" + unit


def _range(info: FieldInfo) -> str:
    limits = {type(limit): limit for limit in info.metadata}
    low, above, high = limits.get(Ge), limits.get(Gt), limits.get(Le)
    if low is not None and high is not None:
        return f" from {low.ge} to {high.le}"
    least = f" above {above.gt}" if above is not None else f" of at least {low.ge}" if low is not None else ""
    return least + (f"{' and' if least else ''} up to {high.le}" if high is not None else "")


def _default(info: FieldInfo) -> str:
    value = info.default
    if isinstance(value, bool):
        value = str(value).lower()
    elif isinstance(value, float):
        value = f"{value:g}"
    return f" ({value})" if isinstance(value, int | str) else ""


def _bare(kind: Any) -> Any:  # noqa: ANN401 - annotations have no type of their own
    """An annotation without what may be left out or is said about it."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return _bare(next(each for each in get_args(kind) if each is not type(None)))
    return kind


def _class(kind: Any) -> type:  # noqa: ANN401 - as above
    found = get_origin(kind) or kind
    return found if isinstance(found, type) else object


def _listed(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
