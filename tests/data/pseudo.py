"""A language made of English by changing every letter: what shows that no word is said that is not in the files.

Each Latin letter becomes a Cyrillic one, so that a Latin letter gives away a text that came from elsewhere. Kept are
the places for facts, and commands as they are typed.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import data

DATA: Final = Path(data.__file__).parent
TAG: Final = "qaa"
LETTERS: Final = "А-Яа-я0-9 ,.;:!?'()%+-"
_CHANGED: Final = {ord("a") + at: chr(0x430 + at) for at in range(26)} | {
    ord("A") + at: chr(0x410 + at) for at in range(26)
}
_KEPT: Final = {"agrees", "spaced", "number"}
_AS_TYPED: Final = re.compile(r"(\{\w+\}|(?<!\w)/(?:keeper|legend|market|patron|rumor|wood)(?: [a-z]+)?|ttw replay)")


def pseudo(text: str) -> str:
    """A text with every letter changed but for the names of places in braces, and for commands."""
    return "".join(part.translate(_CHANGED) if at % 2 == 0 else part for at, part in enumerate(_AS_TYPED.split(text)))


def add_pseudo(root: Path, tag: str = TAG) -> Path:
    """Write a folder of content with English and the language made of it; returns ``root``."""
    for name in ("content", "languages/en"):
        shutil.copytree(DATA / name, root / name)
    english = root / "languages" / "en"
    for path in english.rglob("*.*"):
        to = root / "languages" / tag / path.relative_to(english)
        to.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        to.write_text(_of_table(path.name, text) if path.suffix == ".toml" else _of_catalog(text), "utf-8")
    return root


@cache
def _of_table(name: str, text: str) -> str:
    table = {key: _changed(key, value) for key, value in tomllib.loads(text).items()}
    if name == "tongue.toml":
        table |= {"letters": LETTERS, "instruction": pseudo("Write in this language.")}
    return "".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in table.items())


class _Texts(Visitor):
    """Collects where the texts of a catalog stand."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int]] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - the visitor's name for it
        assert node.span is not None
        self.found.append((node.span.start, node.span.end))


@cache
def _of_catalog(text: str) -> str:
    texts = _Texts()
    texts.visit(FluentParser().parse(text))
    for start, end in reversed(texts.found):
        text = text[:start] + pseudo(text[start:end]) + text[end:]
    return text


def _changed(key: str, value: Any) -> Any:
    if key in _KEPT:
        return value
    if isinstance(value, Mapping):
        return {name: _changed(name, each) for name, each in value.items()}
    if isinstance(value, list):
        return [_changed("", each) for each in value]
    return pseudo(value) if isinstance(value, str) else value


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
