"""Reads the content (figures, and the words of one language) into :class:`wood.rules.Rules`.

``content/`` holds the figures, which are the same in all languages; ``languages/<tag>/`` holds one language. A legend
is a file of figures and, in every language, a file of words with the same name.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from data import folders
from data.content_schema import MAX_SLUG, SLUG, CalendarFile, CreaturePart, GoodPart, LegendFile, ShockFile
from data.folders import ENGLISH, LANGUAGES, languages
from data.language_schema import LegendWords, ShockWords
from data.reading import ContentError, complete, problems, read, toml_files
from data.tale_schema import OWN
from data.tongues import FILES, Words, read_words
from wood.almanac import SIGNS_BEFORE
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import CreatureRule, GoodRule, Legend, Rules

__all__ = [
    "ENGLISH",
    "ContentError",
    "default_rules",
    "languages",
    "load_rules",
    "rules_document",
    "rules_from_document",
]

_DOCUMENT: Final = "the stored content"
_FIGURES: Final = "content"

_RULES: Final = TypeAdapter(Rules)
_VOCABULARIES: Final = ("dearer", "cheaper", "praise", "blame", "denials")
_GOODS: Final = TypeAdapter(dict[Good, GoodPart])
_CREATURES: Final = TypeAdapter(dict[Creature, CreaturePart])
_CALENDAR: Final = TypeAdapter(CalendarFile)
_KINDS: Final[Mapping[str, tuple[TypeAdapter[Any], TypeAdapter[Any]]]] = {
    "legends": (TypeAdapter(LegendFile), TypeAdapter(LegendWords)),
    "shocks": (TypeAdapter(ShockFile), TypeAdapter(ShockWords)),
}


def default_rules(language: str = ENGLISH) -> Rules:
    """Return the rules that come with the project in one of its languages, read once.

    Raises:
        ContentError: there is no such language, or a file is missing or cannot be used.
    """
    # Every place is hashable, though its protocol does not say so.
    return _read_once(folders.root(), language)  # type: ignore[arg-type]


@cache
def _read_once(root: Traversable, language: str) -> Rules:
    return load_rules(language, root)


def load_rules(language: str = ENGLISH, root: Traversable | None = None) -> Rules:
    """Read the figures and the words of one language.

    Goods, creatures and seasons come back in canonical order, legends and plain shocks together by slug.

    Args:
        language: the name of a folder of ``languages/``.
        root: the folder that holds ``content/`` and ``languages/``; None is :func:`data.folders.root`.

    Raises:
        ContentError: a file is missing or cannot be used; it says which, where and what to do.
    """
    place = folders.root() if root is None else root
    known = languages(place)
    folder = f"{LANGUAGES}/{language}"
    if language not in known:
        raise ContentError(folder, [("", f"there is no such language; there are: {', '.join(known) or 'none'}")])
    goods = _goods(place)
    figures = _creatures(place)
    calendar = read(place, f"{_FIGURES}/calendar.toml", _CALENDAR)
    words = read_words(place, folder)
    _nothing_else(place, folder, "", FILES)
    return Rules(
        goods=goods,
        creatures=_named(figures, words),
        seasons=calendar.rules(words.seasons),
        legends=_legends(place, folder),
        language=language,
        tongue=words.tongue,
    )


def rules_document(rules: Rules) -> dict[str, Any]:
    """Write rules as a plain JSON object of the present schema; with its number it is kept, see :mod:`data.editions`.

    Equal rules give equal objects, whatever the order in which their files name things.
    """
    document: dict[str, Any] = _RULES.dump_python(rules, mode="json")
    tongue = _sorted(document["tongue"])
    tongue |= {name: sorted(tongue[name]) for name in _VOCABULARIES}  # sets come in no order
    return {**document, "tongue": tongue}


def rules_from_document(document: Mapping[str, Any]) -> Rules:
    """Read what :func:`rules_document` writes, in canonical order whatever that of its keys.

    Raises:
        ContentError: the document is not such an object.
    """
    try:
        rules = _RULES.validate_python(document)
    except ValidationError as error:
        raise ContentError(_DOCUMENT, problems(error)) from error
    creatures = {
        creature: replace(rule, trust={other: rule.trust[other] for other in CREATURES if other in rule.trust})
        for creature, rule in complete(_DOCUMENT, rules.creatures, CREATURES, "creatures").items()
    }
    return replace(
        rules,
        goods=complete(_DOCUMENT, rules.goods, GOODS, "goods"),
        creatures=creatures,
        legends=dict(sorted(rules.legends.items())),
    )


def _sorted(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, dict) else value


def _goods(root: Traversable) -> dict[Good, GoodRule]:
    name = f"{_FIGURES}/goods.toml"
    tables = read(root, name, _GOODS)
    parts = complete(name, tables, GOODS)
    return {good: part.rule(good) for good, part in parts.items()}


def _creatures(root: Traversable) -> dict[Creature, CreaturePart]:
    name = f"{_FIGURES}/creatures.toml"
    tables = read(root, name, _CREATURES)
    parts = complete(name, tables, CREATURES)
    maker: dict[Good, Creature] = {}
    for creature, part in parts.items():
        other = maker.setdefault(part.makes, creature)
        if other is not creature:
            free = ", ".join(good for good in GOODS if good not in {each.makes for each in parts.values()})
            advice = f"{other} makes {part.makes} already; give one of them a good that nobody makes ({free})"
            raise ContentError(name, [(f"{creature}.makes", advice)])
        if creature in part.trust:
            raise ContentError(name, [(f"{creature}.trust", f"remove {creature}: trust is about other creatures")])
    return parts


def _named(parts: Mapping[Creature, CreaturePart], words: Words) -> dict[Creature, CreatureRule]:
    return {creature: part.rule(creature, words.creatures[creature]) for creature, part in parts.items()}


def _legends(root: Traversable, folder: str) -> dict[str, Legend]:
    found: dict[str, tuple[str, Legend]] = {}
    for part, (figures, words) in _KINDS.items():
        names = toml_files(root / _FIGURES / part)
        for entry in names:
            name = f"{_FIGURES}/{part}/{entry}"
            slug = _slug(name, entry)
            if slug in found:
                advice = f"{_FIGURES}/{found[slug][0]} has the same name; rename one of the two files"
                raise ContentError(name, [("", advice)])
            told = f"{folder}/{part}/{entry}"
            legend = _legend(slug, (name, read(root, name, figures)), (told, read(root, told, words)))
            for other, known in found.values():
                if known.title == legend.title:
                    advice = f"{folder}/{other} has the same title; give one of them another"
                    raise ContentError(told, [("title", advice)])
            found[slug] = (f"{part}/{entry}", legend)
        _nothing_else(root, folder, part, names)
    if not any(legend.history for _, legend in found.values()):
        raise ContentError(
            f"{_FIGURES}/legends", [("", "the deck is empty; put at least one legend's .toml file here")]
        )
    return {slug: found[slug][1] for slug in sorted(found)}


def _legend(slug: str, figures: tuple[str, ShockFile], words: tuple[str, ShockWords]) -> Legend:
    """Join a legend's figures and words, each with the name of its file."""
    name, legend = figures
    told, said = words
    missing = [
        (f"says.{key}", f"is missing; a shock of {name} says it: add the text")
        for key in legend.keys
        if key not in said.says
    ]
    surplus = [
        (f"says.{key}", f"no shock of {name} says it; remove it or correct its spelling")
        for key in said.says
        if key not in legend.keys
    ]
    if len(said.signs) != (len(SIGNS_BEFORE) if legend.lot else 0):
        advice = f"{len(SIGNS_BEFORE)} lines where the shock has a lot, the earlier first; else none"
        missing.append(("signs", advice))
    if wrong := missing + surplus:
        raise ContentError(told, wrong)
    return legend.legend(slug, said)


def _nothing_else(root: Traversable, folder: str, part: str, known: "tuple[str, ...] | list[str]") -> None:
    """Refuse a file of words that goes with no figures: nobody would ever read it.

    Raises:
        ContentError: there is one.
    """
    place = f"{folder}/{part}" if part else folder
    for entry in toml_files(root.joinpath(*place.split("/"))):
        if entry not in known:
            where = f"{_FIGURES}/{part} has no such file" if part else f"a language's files are {', '.join(known)}"
            raise ContentError(f"{place}/{entry}", [("", f"{where}; remove it or correct its name")])


def _slug(name: str, entry: str) -> str:
    slug = entry.removesuffix(".toml")
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        advice = f"the file's name is the legend's slug; use a-z, 0-9 and single hyphens, at most {MAX_SLUG} characters"
        raise ContentError(name, [("", advice)])
    if slug.startswith(OWN):
        raise ContentError(name, [("", f"{OWN} begins the names of legends that patrons make up; rename the file")])
    return slug
