"""Reads the files of one language that are about the language itself, and checks that they fit one another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

from pydantic import TypeAdapter

from data.language_schema import MAX_TITLE, CreatureWords, GoodWords, SeasonsFile, TongueFile, VoicesFile
from data.reading import ContentError, complete, read
from wood.hearsay import fold, leaning, subject, words_of
from wood.names import CREATURES, GOODS, SEASONS, Creature, Good, Season
from wood.orders import MAX_GOSSIP, MAX_PRICE
from wood.situations import FORMS, Situation
from wood.tongue import Tongue, Voice, fill, phrase, places

K = TypeVar("K")

FILES: Final = ("creatures.toml", "goods.toml", "seasons.toml", "tongue.toml", "voices.toml")

_GOODS: Final = TypeAdapter(dict[Good, GoodWords])
_CREATURES: Final = TypeAdapter(dict[Creature, CreatureWords])
_SEASONS: Final = TypeAdapter(SeasonsFile)
_TONGUE: Final = TypeAdapter(TongueFile)
_VOICES: Final = TypeAdapter(VoicesFile)

_NOT_LETTERS: Final = (
    *'"\\/[]{}<>@`|*_~#^$=&',
    *map(chr, (*range(32), 127, 0x85, 0xAD, 0x200B, 0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xD800)),
)
"""Characters with which an escape, a mention, a link, markup or a hidden word could be written."""
_THOUGHTS: Final[Mapping[str, frozenset[str]]] = {
    "short": frozenset({"wanted", "pebbles"}),
    "item": frozenset({"units", "good"}),
    "joint": frozenset(),
    "poor": frozenset(),
    "content": frozenset({"units", "good"}),
    "contrarian": frozenset(),
    "dearer": frozenset({"good"}),
    "cheaper": frozenset({"good"}),
}
FACTS: Final = frozenset[str]().union(*(form.places for form in FORMS.values()))
"""Places that are facts of a situation, so that none agrees with a good."""
_LEANINGS: Final = {1: "dearer", -1: "cheaper", 0: "neither dearer nor cheaper"}

Problem = tuple[str, str]
"""(field, what to do)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language but for those of legends."""

    creatures: Mapping[Creature, CreatureWords]
    seasons: Mapping[Season, str]
    tongue: Tongue


def read_words(root: Traversable, folder: str) -> Words:
    """Read what a language's folder says beside its legends.

    Args:
        root: the folder that holds all content.
        folder: the language's, below it ("languages/en").

    Raises:
        ContentError: a file is missing or cannot be used.
    """
    goods_file, voices_file, tongue_file = (f"{folder}/{name}" for name in ("goods.toml", "voices.toml", "tongue.toml"))
    goods, told = read_goods(root, folder), read_creatures(root, folder)
    seasons = f"{folder}/seasons.toml"
    called = read(root, seasons, _SEASONS)
    missing = [(season.value, "is missing; add its name") for season in SEASONS if season not in called]
    _refuse(seasons, missing)
    spoken = read(root, tongue_file, _TONGUE)
    _refuse(tongue_file, [*_of_letters(spoken.letters), *_of_words(spoken), *_of_subjects(spoken), *_of_names(spoken)])
    voices = read(root, voices_file, _VOICES)
    tongue = replace(
        _tongue(spoken),
        goods={good: part.noun() for good, part in goods.items()},
        agreement=voices.agreement,
        names={who: part.name for who, part in told.items()},
        sayings=voices.shared,
        voices=voices.creatures,
        thoughts=voices.thoughts.thoughts(),
        examples={
            who: part.words() for who, part in complete(voices_file, voices.examples, CREATURES, "examples").items()
        },
    )
    _refuse(goods_file, _of_agreement(tongue))
    _refuse(voices_file, [*_of_places(tongue), *_of_thoughts(tongue), *_of_examples(tongue)])
    _refuse(voices_file, _of_voices(tongue))
    return Words(told, {season: called[season] for season in SEASONS}, tongue)


def read_goods(root: Traversable, folder: str) -> dict[Good, GoodWords]:
    """Read what a language calls the goods.

    Args:
        root: the folder that holds all content.
        folder: the language's, below it ("languages/en").

    Raises:
        ContentError: the file is missing or cannot be used.
    """
    name = f"{folder}/goods.toml"
    tables = read(root, name, _GOODS)
    goods = complete(name, tables, GOODS)
    _refuse(name, _of_forms(goods))
    return goods


def read_creatures(root: Traversable, folder: str) -> dict[Creature, CreatureWords]:
    """Read what a language calls the creatures; arguments and errors are those of :func:`read_goods`."""
    name = f"{folder}/creatures.toml"
    tables = read(root, name, _CREATURES)
    told = complete(name, tables, CREATURES)
    named = {called: creature for creature, each in told.items() for called in [each.name]}
    _refuse(name, _twice({creature: each.name for creature, each in told.items()}, named))
    return told


def _refuse(name: str, problems: "list[Problem] | Iterator[Problem]") -> None:
    if found := list(problems):
        raise ContentError(name, found)


def _tongue(part: TongueFile) -> Tongue:
    keys: dict[str, Good | Creature] = {**{good.value: good for good in GOODS}, **{who.value: who for who in CREATURES}}
    return Tongue(
        letters=part.letters,
        spaced=part.spaced,
        instruction=part.instruction,
        dearer=frozenset(map(fold, part.dearer)),
        cheaper=frozenset(map(fold, part.cheaper)),
        praise=frozenset(map(fold, part.praise)),
        blame=frozenset(map(fold, part.blame)),
        denials=frozenset(map(fold, part.denials)),
        subjects={fold(noun): keys[key] for key in keys for noun in part.subjects[key]},
        aliases=part.aliases,
        patron=part.speakers.patron,
        traveller=part.speakers.traveller,
        bank=part.speakers.bank,
    )


def _twice(names: Mapping[Creature, str], last: Mapping[str, Creature]) -> Iterator[Problem]:
    for creature, name in names.items():
        if last[name] is not creature:
            yield f"{last[name]}.name", f"{creature} is called {name} already; give one of them another name"


def _of_letters(letters: str) -> Iterator[Problem]:
    if set("\\[]^&|~") & set(letters) or "--" in letters:
        yield "letters", "is to be ranges and single characters, without \\ [ ] ^ & | ~ and with one hyphen, at the end"
        return
    try:
        one = re.compile(f"[{letters}]")
    except re.error as error:
        yield "letters", f"is no list of ranges and single characters ({error}); put a hyphen that means itself last"
        return
    if wrong := [character for character in _NOT_LETTERS if one.fullmatch(character)]:
        yield "letters", f"admits {', '.join(map(ascii, wrong))}; leave out what could write a mention, link or markup"


def _of_words(part: TongueFile) -> Iterator[Problem]:
    others = {"dearer": "cheaper", "praise": "blame"}
    other = {name: {fold(word) for word in getattr(part, opposite)} for name, opposite in others.items()}
    lists = {
        **{name: getattr(part, name) for name in ("dearer", "cheaper", "praise", "blame", "denials")},
        **{f"subjects.{key}": part.subjects[key] for key in part.subjects},
    }
    for field, words in lists.items():
        for at, word in enumerate(words):
            if part.spaced and words_of(word) != (fold(word),):
                yield f"{field}.{at}", f"{word!r} is not one word; write letters only, without blanks and marks"
            if fold(word) in other.get(field, ()):
                yield f"{field}.{at}", f"{word!r} is among {others[field]}, too; keep it in one of the lists"


def _of_subjects(part: TongueFile) -> Iterator[Problem]:
    keys = [each.value for each in (*GOODS, *CREATURES)]
    for key in keys:
        if key not in part.subjects:
            yield f"subjects.{key}", "is missing; add the nouns that mean it"
    meant: dict[str, str] = {}
    for key, nouns in part.subjects.items():
        if key not in keys:
            yield f"subjects.{key}", f"is no good and no creature; remove it or write one of {', '.join(keys)}"
        for noun in nouns:
            if (other := meant.setdefault(fold(noun), key)) != key:
                yield f"subjects.{key}", f"{noun!r} means {other} already; keep it in one of the lists"


def _of_names(part: TongueFile) -> Iterator[Problem]:
    if len(set(part.aliases)) < len(part.aliases):
        twice = next(name for at, name in enumerate(part.aliases) if name in part.aliases[:at])
        yield "aliases", f"{twice} stands there twice; two patrons would have one name"
    for who, wanted in (("patron", frozenset({"alias"})), ("traveller", frozenset()), ("bank", frozenset())):
        yield from _wrong_places(f"speakers.{who}", getattr(part.speakers, who), wanted)


def _of_forms(goods: Mapping[Good, GoodWords]) -> Iterator[Problem]:
    for good, part in goods.items():
        if "other" not in part.forms:
            yield f"{good}.forms", "has no form for other, which every language has; add it"
        for category, form in part.forms.items():
            # A category that is a single number, as "one" is in English, may say the number in its own way.
            wanted = frozenset({"count"}) if category == "other" else places(form) & {"count"}
            yield from _wrong_places(f"{good}.forms.{category}", form, wanted)


def _wrong_places(field: str, template: str, wanted: frozenset[str]) -> Iterator[Problem]:
    """What is wrong with a template that must have just these places."""
    found = places(template)
    if strange := sorted(found - wanted):
        known = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        yield field, f"has no use for {{{strange[0]}}}; its places are: {known}"
    elif missing := sorted(wanted - found):
        yield field, f"has no place for {{{missing[0]}}}; add it"


def _of_agreement(tongue: Tongue) -> Iterator[Problem]:
    for good, noun in tongue.goods.items():
        if noun.agrees and noun.agrees not in tongue.agreement:
            yield (
                f"{good}.agrees",
                f"voices.toml has no table [agreement.{noun.agrees}]; add it or correct its spelling",
            )


def _spoken(tongue: Tongue) -> Iterator[tuple[str, str, Situation]]:
    """Every line with its field and its situation."""
    voices: dict[str, Voice] = {"shared": tongue.sayings}
    voices |= {f"creatures.{who}": voice for who, voice in tongue.voices.items()}
    for field, voice in voices.items():
        for situation, lines in voice.items():
            for at, line in enumerate(lines):
                yield f"{field}.{situation}.{at}", line, situation


def _of_places(tongue: Tongue) -> Iterator[Problem]:
    used: set[str] = set()
    tables = {noun.agrees for noun in tongue.goods.values()}
    for field, line, situation in _spoken(tongue):
        form = FORMS[situation]
        found = places(line)
        used |= found
        if form.leaning and "good" not in found:
            yield field, "has no place for {good}; add it"
        if "good" not in form.places and (strange := found - form.places):
            may = ", ".join(f"{{{name}}}" for name in sorted(form.places)) or "nothing"
            yield field, f"is said about {may} and about no good; remove {{{min(strange)}}}"
        for name in sorted(found - form.places) if "good" in form.places else ():
            lacking = [good for good, noun in tongue.goods.items() if name not in tongue.agreement.get(noun.agrees, {})]
            if lacking:
                table = tongue.goods[lacking[0]].agrees or "…"
                yield field, f"has {{{name}}}, and {lacking[0]} has no word for it; add {name} to [agreement.{table}]"
            elif "good" not in found and not form.leaning:
                yield field, f"has {{{name}}} and no place for {{good}}; add it"
    for table, words in tongue.agreement.items():
        if table not in tables:
            yield f"agreement.{table}", "no good of goods.toml agrees with it; remove it or correct its spelling"
        for name in words:
            if name not in used or name in FACTS:
                yield f"agreement.{table}.{name}", f"no line has a place for {{{name}}}; remove it"


def _of_thoughts(tongue: Tongue) -> Iterator[Problem]:
    letters = re.compile(f"[{tongue.letters}]*")
    for name, wanted in _THOUGHTS.items():
        template = getattr(tongue.thoughts, name)
        if template:
            yield from _wrong_places(f"thoughts.{name}", template, wanted)
        yield from _wrong_letters(f"thoughts.{name}", fill(template, dict.fromkeys(places(template), "")), letters)


def _of_examples(tongue: Tongue) -> Iterator[Problem]:
    """An example's words are said again and again by weak models: nobody may read anything into them."""
    letters = re.compile(f"[{tongue.letters}]*")
    first: dict[str, str] = {}
    for who, words in tongue.examples.items():
        for name, said in (("thought", words.thought), ("gossip", words.gossip)):
            field = f"examples.{who}.{name}"
            yield from _wrong_letters(field, said, letters)
            if (other := first.setdefault(said, field)) != field:
                yield field, f"is what {other} says; every creature needs words of its own"
        if read_as := leaning(tongue, words.gossip):
            yield (
                f"examples.{who}.gossip",
                f"reads as {_LEANINGS[read_as]} by the words of tongue.toml; it must say {_LEANINGS[0]}",
            )


def _wrong_letters(field: str, text: str, letters: re.Pattern[str]) -> Iterator[Problem]:
    if not letters.fullmatch(text):
        wrong = next(character for character in text if not letters.fullmatch(character))
        yield (
            field,
            f"holds {wrong!r}, which is not among the letters of tongue.toml; write it otherwise or add it there",
        )


def _of_voices(tongue: Tongue) -> Iterator[Problem]:
    """What is wrong with lines as they are said, each told once."""
    letters = re.compile(f"[{tongue.letters}]*")
    longest = max(tongue.names.values(), key=len)
    words = {
        "who": max((longest, *_speakers(tongue)), key=len),
        "other": longest,
        "title": (longest * MAX_TITLE)[:MAX_TITLE],
        "price": MAX_PRICE,
        "units": MAX_PRICE,
    }
    for field, line, situation in _spoken(tongue):
        for good in GOODS:
            if problem := next(_of_line(tongue, field, line, good, situation, words, letters), None):
                yield problem
                break


def _speakers(tongue: Tongue) -> Iterator[str]:
    yield from (tongue.traveller, tongue.bank)
    yield from (fill(tongue.patron, {"alias": alias}) for alias in tongue.aliases)


def _of_line(
    tongue: Tongue,
    field: str,
    line: str,
    good: Good,
    situation: Situation,
    words: Mapping[str, object],
    letters: re.Pattern[str],
) -> Iterator[Problem]:
    points = FORMS[situation].leaning
    said = phrase(tongue, line, good, words)
    if not said or len(said) > MAX_GOSSIP:
        yield field, f"has {len(said)} characters when it is about {good}; write 1 to {MAX_GOSSIP}"
    yield from _wrong_letters(field, said, letters)
    if (read_as := leaning(tongue, said)) != points:
        yield (
            field,
            f"reads as {_LEANINGS[read_as]} by the words of tongue.toml; it must say {_LEANINGS[points]}: {said!r}",
        )
    if points and "who" in places(line):
        said = phrase(tongue, line, good, {**words, "who": next(iter(tongue.names.values()))})
    if points and (about := subject(tongue, said)) is not good:
        yield field, f"is about {good} and reads as about {about or 'nothing'}: {said!r}"
