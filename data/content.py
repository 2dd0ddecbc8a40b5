"""Reads the content files (goods, creatures, calendar, legends, shocks) into :class:`wood.rules.Rules`."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from data.content_schema import (
    MAX_SLUG,
    SLUG,
    CalendarFile,
    CreaturePart,
    GoodPart,
    LegendFile,
    ShockFile,
)
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import CreatureRule, GoodRule, Legend, Rules

T = TypeVar("T")
K = TypeVar("K", Good, Creature)

_DOCUMENT: Final = "the stored content"
_RULES: Final = TypeAdapter(Rules)
_GOODS: Final = TypeAdapter(dict[Good, GoodPart])
_CREATURES: Final = TypeAdapter(dict[Creature, CreaturePart])
_CALENDAR: Final = TypeAdapter(CalendarFile)
_LEGEND: Final = TypeAdapter(LegendFile)
_SHOCK: Final = TypeAdapter(ShockFile)


class ContentError(Exception):
    """A content file cannot be used.

    Attributes:
        file: the file, relative to the content folder ("legends/great-frost.toml").
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


@cache
def default_rules() -> Rules:
    """Return the rules of the content files that come with the project, read once.

    Raises:
        ContentError: a file is missing or cannot be used.
    """
    return load_rules()


def load_rules(folder: Path | None = None) -> Rules:
    """Read a content folder; None reads the one that comes with the project, installed or not.

    Goods, creatures and seasons come back in canonical order, legends and plain shocks together by slug.

    Raises:
        ContentError: a file is missing or cannot be used; it says which, where and what to do.
    """
    root: Traversable = folder if folder is not None else files("data") / "content"
    return Rules(
        goods=_goods(root),
        creatures=_creatures(root),
        seasons=_read(root, "calendar.toml", _CALENDAR).rules(),
        legends=_legends(root),
    )


def rules_document(rules: Rules) -> dict[str, Any]:
    """Write rules as a plain JSON object, the form in which a wood's log keeps the content it was played with."""
    document: dict[str, Any] = _RULES.dump_python(rules, mode="json")
    return document


def rules_from_document(document: Mapping[str, Any]) -> Rules:
    """Read what :func:`rules_document` wrote, in canonical order whatever the order of its keys.

    Raises:
        ContentError: the document is not such an object.
    """
    try:
        rules = _RULES.validate_python(document)
    except ValidationError as error:
        raise ContentError(_DOCUMENT, _problems(error)) from error
    goods = _complete(_DOCUMENT, rules.goods, GOODS, "goods")
    creatures = {
        creature: replace(rule, trust={other: rule.trust[other] for other in CREATURES if other in rule.trust})
        for creature, rule in _complete(_DOCUMENT, rules.creatures, CREATURES, "creatures").items()
    }
    return Rules(goods, creatures, rules.seasons, dict(sorted(rules.legends.items())))


def _goods(root: Traversable) -> dict[Good, GoodRule]:
    name = "goods.toml"
    tables = _read(root, name, _GOODS)
    parts = _complete(name, tables, GOODS, "")
    return {good: part.rule(good) for good, part in parts.items()}


def _creatures(root: Traversable) -> dict[Creature, CreatureRule]:
    name = "creatures.toml"
    tables = _read(root, name, _CREATURES)
    parts = _complete(name, tables, CREATURES, "")
    maker: dict[Good, Creature] = {}
    for creature, part in parts.items():
        other = maker.setdefault(part.makes, creature)
        if other is not creature:
            free = ", ".join(good for good in GOODS if good not in {each.makes for each in parts.values()})
            advice = f"{other} makes {part.makes} already; give one of them a good that nobody makes ({free})"
            raise ContentError(name, [(f"{creature}.makes", advice)])
        if creature in part.trust:
            raise ContentError(name, [(f"{creature}.trust", f"remove {creature}: trust is about other creatures")])
    return {creature: part.rule(creature) for creature, part in parts.items()}


def _legends(root: Traversable) -> dict[str, Legend]:
    found: dict[str, tuple[str, Legend]] = {}
    kinds: tuple[tuple[str, TypeAdapter[Any]], ...] = (("legends", _LEGEND), ("shocks", _SHOCK))
    for part, adapter in kinds:
        for entry in _toml_files(root / part):
            name = f"{part}/{entry.name}"
            legend = _read(root, name, adapter).legend(_slug(name, entry))
            for other, known in found.values():
                if known.slug == legend.slug:
                    raise ContentError(name, [("", f"{other} has the same name; rename one of the two files")])
                if known.title == legend.title:
                    raise ContentError(name, [("title", f"{other} has the same title; give one of them another")])
            found[legend.slug] = (name, legend)
    if not any(legend.history for _, legend in found.values()):
        raise ContentError("legends", [("", "the deck is empty; put at least one legend's .toml file here")])
    return {slug: found[slug][1] for slug in sorted(found)}


def _toml_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def _slug(name: str, entry: Traversable) -> str:
    slug = entry.name.removesuffix(".toml")
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        advice = f"the file's name is the legend's slug; use a-z, 0-9 and single hyphens, at most {MAX_SLUG} characters"
        raise ContentError(name, [("", advice)])
    return slug


def _read(root: Traversable, name: str, adapter: TypeAdapter[T]) -> T:
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
        raise ContentError(name, _problems(error)) from error


def _complete(name: str, parts: Mapping[K, T], wanted: tuple[K, ...], field: str) -> dict[K, T]:
    """Put parts in canonical order, all of them there."""
    missing = [each for each in wanted if each not in parts]
    if missing:
        prefix = f"{field}." if field else ""
        raise ContentError(name, [(f"{prefix}{each}", f"is missing; add a table [{each}]") for each in missing])
    return {each: parts[each] for each in wanted}


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


def _problems(error: ValidationError) -> list[tuple[str, str]]:
    return [_problem(each) for each in error.errors()]


def _problem(error: ErrorDetails) -> tuple[str, str]:
    field = ".".join(str(step) for step in error["loc"] if step != "[key]")
    advise = _ADVICE.get(error["type"])
    return field, advise(error) if advise else f"{error['msg']}; it is {error['input']!r}"
