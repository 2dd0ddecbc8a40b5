"""The catalogs and the code that speaks from them: nothing missing, nothing unused, and no prose outside of them."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final, get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.refusals import KeeperCode
from bot.telling.catalog import SOURCE, UnknownKeyError, Words, languages, resources, words_in
from bot.telling.notice import Notice
from wood.moves import Intervention
from wood.refusal import RefusalCode

ROOT: Final = Path(__file__).parents[2]
SPEAKERS: Final = frozenset({"words", "said", "Notice"})
"""What is called with a key as its first argument."""


@dataclass(frozen=True)
class Entry:
    """A message or one of its attributes: the variables that it is told with, and the other messages it refers to."""

    variables: frozenset[str]
    references: frozenset[str]


class _Reader(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802 - the library's name
        self.references.add(node.id.name + (f".{node.attribute.name}" if node.attribute else ""))

    def visit_TermReference(self, node: ftl.TermReference) -> None:  # noqa: N802 - the library's name
        self.references.add(f"-{node.id.name}")


def read(node: ftl.Pattern) -> Entry:
    reader = _Reader()
    reader.visit(node)
    return Entry(frozenset(reader.variables), frozenset(reader.references))


@cache
def entries(language: str) -> Mapping[str, Entry]:
    """Every message, attribute and term of a language by its key."""
    found: dict[str, Entry] = {}
    for name, text in resources(language).items():
        for item in FluentParser().parse(text).body:
            assert not isinstance(item, ftl.Junk), f"{language}/{name}: {item.content}"
            if isinstance(item, ftl.Message | ftl.Term):
                key = item.id.name if isinstance(item, ftl.Message) else f"-{item.id.name}"
                parts = {f"{key}.{part.id.name}": part.value for part in item.attributes}
                for each, pattern in {key: item.value, **parts}.items():
                    if pattern is not None:
                        assert each not in found, f"{language}/{name}: {each} stands twice"
                        found[each] = read(pattern)
    return found


def variables(language: str, key: str) -> frozenset[str]:
    """What a message is told with, those among it that it passes on included."""
    entry = entries(language)[key]
    return entry.variables.union(*(variables(language, other) for other in entry.references))


@cache
def modules() -> Mapping[str, ast.Module]:
    """The rooms that speak to players, parsed."""
    paths = [path for room in ("bot", "cogs", "wood", "inference") for path in sorted((ROOT / room).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call that names a key: where, the call, the key."""
    for where, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                key = node.args[0].value
                if name in SPEAKERS and isinstance(key, str) and re.fullmatch(r"[a-z][a-z0-9.-]*", key):
                    yield f"{where}:{node.lineno}", node, key


def named() -> tuple[set[str], list[re.Pattern[str]]]:
    """The keys that code names, and patterns of those that it puts together."""
    literal, families = set[str](), []
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literal.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                text = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
                    for part in node.values
                )
                if re.match(r"[a-z]+(\\-|\\.)", text) and not text.startswith("count"):  # its nouns are named
                    families.append(re.compile(text))
    return literal, families


def counted_nouns() -> set[str]:
    """The nouns that are counted by :func:`bot.telling.phrases.counted`."""
    return {
        str(node.args[1].value)
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "counted"
        and isinstance(node.args[1], ast.Constant)
    } | {"day", "hour", "minute"}  # of a pace, which chooses among them


@pytest.mark.slow
def test_every_key_that_code_names_is_written() -> None:
    known = entries(SOURCE)
    missing = [f"{where}: {key}" for where, _, key in calls() if key not in known]
    assert not missing, "\n".join(missing)
    assert sum(1 for _ in calls()) > 200


def test_every_refusal_has_its_words() -> None:
    written = {key.removeprefix("refusal-") for key in entries(SOURCE) if key.startswith("refusal-")}
    assert written == {*RefusalCode, *KeeperCode, "recorded"}


def test_every_kind_of_move_has_its_name() -> None:
    written = {key.removeprefix("move-") for key in entries(SOURCE) if key.startswith("move-")}
    kinds = {field.default for kind in get_args(Intervention) for field in fields(kind) if field.name == "kind"}
    assert written == kinds - {"tell", "measured"} | {"other"}, "these are nobody's moves"


def test_no_key_is_unused() -> None:
    literal, families = named()
    nouns = counted_nouns()
    known = entries(SOURCE)
    referred = frozenset[str]().union(*(entry.references for entry in known.values()))
    unused = [
        key
        for key in known
        if key not in literal
        and key not in referred
        and not any(family.fullmatch(key) for family in families)
        and not (key.startswith("count-") and key.removeprefix("count-") in nouns)
    ]
    assert not unused, "\n".join(unused)


def test_every_sentence_is_told_with_what_it_asks_for() -> None:
    wrong = []
    for where, call, key in calls():
        if key not in entries(SOURCE) or any(each.arg is None for each in call.keywords):
            continue
        if isinstance(call.func, ast.Name) and call.func.id == "Notice":
            facts = call.args[1] if len(call.args) > 1 else None
            if facts is not None and not isinstance(facts, ast.Dict):
                continue
            given = {str(name.value) for name in facts.keys if isinstance(name, ast.Constant)} if facts else set()
        else:
            given = {str(each.arg) for each in call.keywords}
        if given != variables(SOURCE, key):
            wrong.append(f"{where}: {key} is told with {sorted(given)}, and asks for {sorted(variables(SOURCE, key))}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", [each for each in languages() if each != SOURCE] or [SOURCE])
def test_every_language_says_all_with_the_same_facts(language: str) -> None:
    known, own = entries(SOURCE), entries(language)
    wordings = re.compile(r"headline-[a-z0-9-]+-\d+")  # a language may have more of them, or fewer
    missing = {key for key in known if key not in own and not key.startswith("-") and not wordings.fullmatch(key)}
    surplus = {key for key in own if key not in known and not key.startswith("-") and not wordings.fullmatch(key)}
    assert (missing, surplus) == (set(), set())
    for key in known.keys() & own.keys():
        assert variables(language, key) <= variables(SOURCE, key), key


# Prose outside of catalogs

PROSE: Final = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_]{2,}")
HOSTS: Final = frozenset(
    {
        *("bot/faults.py", "bot/health.py", "bot/logs.py", "bot/run.py", "bot/settings.py", "bot/stage.py"),
        *("bot/clock.py", "bot/playground.py", "bot/telling/whole.py", "bot/bursts.py", "bot/endings.py"),
        *("bot/measures.py", "bot/watch.py"),
    }
)
"""What these say, beside their logs, is read by whoever runs the program, on a terminal: in English."""
NAMES: Final = frozenset(
    {
        *(
            "DejaVu Sans",
            "Noto Sans",
            "Noto Sans CJK JP",
            "axes fraction",
            "offset points",
            "commands of ",
            "{ NUMBER($count, useGrouping: 0) }",
        ),
    }
)
"""Names that are no prose: fonts, matplotlib's coordinates, a note of the store, a pattern."""
SHOWN: Final = frozenset({"label", "title", "placeholder", "description", "content", "brief", "alt"})
"""Arguments that end before a player's eyes."""


def _aside(parents: Mapping[ast.AST, ast.AST], node: ast.AST) -> bool:
    """Whether a string is for developers and logs: a docstring, a log's line, what an exception says, why a posting."""
    if isinstance(parents[node], ast.Expr):
        return True
    up = node
    while up in parents:
        up = parents[up]
        if isinstance(up, ast.Raise):
            return True
        if isinstance(up, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "message" for to in up.targets):
            return True
        if isinstance(up, ast.Call) and isinstance(up.func, ast.Attribute):
            owner = up.func.value
            if isinstance(owner, ast.Name) and owner.id in {"log", "_log"}:
                return True
            if up.func.attr in {"move", "move_all"} and "ledger" in {
                getattr(owner, "id", ""),
                getattr(owner, "attr", ""),
            }:
                return True
    return False


def test_no_prose_stands_outside_of_the_catalogs() -> None:
    found = []
    for where, tree in modules().items():
        if where.startswith(("bot/cli/", "bot/lab/", "inference/")) or where in HOSTS:
            continue
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in NAMES:
                if PROSE.search(node.value) and not _aside(parents, node):
                    found.append(f"{where}:{node.lineno}: {node.value}")
            elif isinstance(node, ast.keyword) and node.arg in SHOWN and isinstance(node.value, ast.Constant):
                text = node.value.value
                if isinstance(text, str) and re.search(r"[^\W\d_]{3,}", text):
                    found.append(f"{where}:{node.value.lineno}: {node.arg}={text!r}")
    assert not found, "\n".join(found)


def test_the_rules_name_no_command() -> None:
    command = re.compile(r"/(wood|patron|rumor|legend|market|keeper) [a-z]+")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "wood").rglob("*.py"))]
    assert texts
    assert not [found.group() for text in texts for found in command.finditer(text)]


# How catalogs answer


def test_a_key_that_nobody_wrote_is_a_fault() -> None:
    with pytest.raises(UnknownKeyError):
        words_in(SOURCE)("no-such-key")


@pytest.mark.half_said
def test_a_sentence_without_its_facts_is_said_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert words_in(SOURCE)("count-pebble") == "count pebbles"
    assert "count-pebble" in caplog.text


def test_what_a_refusal_names_is_said_in_the_language() -> None:
    words = Words("xx", ["refusal-no-position = { $good }, { $most }\ngood-honey = Nektar\ncreature-pip = Piep"])
    assert Notice("refusal-no-position", {"good": "honey", "most": 3}).say(words) == "Nektar, 3"
    assert Notice("refusal-no-position", {"good": "a good of tomorrow", "most": 3}).say(words).startswith("a good")


def test_a_notice_is_kept_and_said_again() -> None:
    notice = Notice("refusal-grudge", {"creature": "pip"})
    assert Notice.read(notice.kept()) == notice
    assert notice.say(words_in(SOURCE)) == "Pip bears you a grudge and takes nothing from you."
    assert Notice.read("An old sentence.").say(words_in(SOURCE)) == "An old sentence."
    assert Notice.read('["problem-of-tomorrow", {"count": 2}]').say(words_in(SOURCE)) == "problem-of-tomorrow (count=2)"
    assert not Notice.read("")
    assert Notice().say(words_in(SOURCE)) == ""
