"""A language made of English by changing every letter: what shows that no word is said that is not in the files.

Each Latin letter becomes a Cyrillic one, so that a Latin letter gives away a text that came from elsewhere.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import data

DATA: Final = Path(data.__file__).parent
TAG: Final = "qaa"
LETTERS: Final = "А-Яа-я0-9 ,.;:!?'()%+-"
_CHANGED: Final = {ord("a") + at: chr(0x430 + at) for at in range(26)} | {
    ord("A") + at: chr(0x410 + at) for at in range(26)
}
_KEPT: Final = {"agrees", "spaced"}


def pseudo(text: str) -> str:
    """A text with every letter changed but for the names of places in braces."""
    return "".join(part if part.startswith("{") else part.translate(_CHANGED) for part in re.split(r"(\{\w+\})", text))


def add_pseudo(root: Path) -> Path:
    """Write a folder of content with English and the language made of it; returns ``root``."""
    for name in ("content", "languages/en"):
        shutil.copytree(DATA / name, root / name)
    for path in (root / "languages" / "en").rglob("*.toml"):
        table = {key: _changed(key, value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
        if path.name == "tongue.toml":
            table |= {"letters": LETTERS, "instruction": pseudo("Write in this language.")}
        to = root / "languages" / TAG / path.relative_to(root / "languages" / "en")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text("".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in table.items()), "utf-8")
    return root


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
