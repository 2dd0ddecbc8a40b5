"""Reading one TOML file of the content, and saying what is wrong with it: the file, the field, and what to do."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

T = TypeVar("T")
K = TypeVar("K", bound=str)


class ContentError(Exception):
    """A content file cannot be used.

    Attributes:
        file: the file, relative to the folder that holds all content ("content/legends/great-frost.toml").
        problems: what is wrong, in the file's order: (field such as "shocks.0.decree", what to do). The field
            is empty where the whole file is meant.
    """

    def __init__(self, file: str, problems: Sequence[tuple[str, str]]) -> None:
        self.file = file
        self.problems = tuple(problems)
        lines = (f"{field}: {advice}" if field else advice for field, advice in self.problems)
        super().__init__(f"{file}: " + "; ".join(lines))

    @property
    def field(self) -> str:
        """The first field that is wrong; empty where the whole file is meant."""
        return self.problems[0][0]


def read(root: Traversable, name: str, adapter: TypeAdapter[T]) -> T:
    """Read a file by its path below ``root``, with forward slashes.

    Raises:
        ContentError: it is not there, no TOML, or not what ``adapter`` wants.
    """
    try:
        text = root.joinpath(*name.split("/")).read_text(encoding="utf-8")
    except OSError as error:
        advice = f"cannot be read ({error.strerror or error}); restore it or fix its permissions"
        raise ContentError(name, [("", advice)]) from error
    except UnicodeDecodeError as error:
        raise ContentError(name, [("", f"is not UTF-8 text ({error.reason}); save it as UTF-8")]) from error
    try:
        return adapter.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(name, [("", f"is not valid TOML: {error}; fix that line")]) from error
    except ValidationError as error:
        raise ContentError(name, problems(error)) from error


def complete(name: str, parts: Mapping[K, T], wanted: Iterable[K], field: str = "") -> dict[K, T]:
    """Put parts in canonical order, all of them there.

    Args:
        name: the file.
        parts: what is there, by key.
        wanted: the keys, in order.
        field: the table that holds them; "" for the file itself.

    Raises:
        ContentError: one is missing.
    """
    prefix = f"{field}." if field else ""
    missing = [f"{prefix}{each}" for each in wanted if each not in parts]
    if missing:
        raise ContentError(name, [(each, f"is missing; add a table [{each}]") for each in missing])
    return {each: parts[each] for each in wanted}


def toml_files(folder: Traversable) -> list[str]:
    """The names of a folder's TOML files, sorted; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))


_ADVICE: Final[Mapping[str, Callable[[ErrorDetails], str]]] = {
    "missing": lambda error: "is missing; add it",
    "extra_forbidden": lambda error: "is not a field of this table; remove it or correct its spelling",
    "value_error": lambda error: str(error["ctx"]["error"]),
    "enum": lambda error: f"is {error['input']!r}; write one of {error['ctx']['expected']}",
    "string_too_long": lambda error: (
        f"is {len(error['input'])} characters long; shorten it to {error['ctx']['max_length']} or fewer"
    ),
    "string_too_short": lambda error: "is empty; write something",
    "too_short": lambda error: f"has too few entries; write at least {error['ctx']['min_length']}",
    "too_long": lambda error: f"has too many entries; keep at most {error['ctx']['max_length']}",
    "greater_than_equal": lambda error: f"is {error['input']!r}; write {error['ctx']['ge']} or more",
    "less_than_equal": lambda error: f"is {error['input']!r}; write {error['ctx']['le']} or less",
}


def problems(error: ValidationError) -> list[tuple[str, str]]:
    """What pydantic found, as (field, what to do)."""
    return [_problem(each) for each in error.errors()]


def _problem(error: ErrorDetails) -> tuple[str, str]:
    field = ".".join(str(step) for step in error["loc"] if step != "[key]")
    advise = _ADVICE.get(error["type"])
    return field, advise(error) if advise else f"{error['msg']}; it is {error['input']!r}"
