"""Content written for a test: a folder of files that a test may change, and what is refused of it."""

import re
from pathlib import Path

import pytest

import data
from data.content import ContentError, load_rules

DATA = Path(data.__file__).parent
CONTENT = DATA / "content"
FIGURES = "content/legends/thimble-corner.toml"
WORDS = "languages/en/legends/thimble-corner.toml"

LEGEND = """\
good = "berries"
direction = 1

[[shocks]]
kind = "corner"
layer = "settlement"
good = "berries"
turns = 2
strength = 2
decree = [20, 10]
hold = 2
says = "corner"

[[shocks]]
kind = "rumor"
layer = "hearsay"
good = "berries"
leaning = 1
says = "rumor"
"""
TOLD = """\
title = "The Thimble Corner"
tale = '''
    A hare bought
    every thimble.
'''
omen = "Berries rise."

[says]
corner = "A hare is buying berries."
rumor = "Berries are thimbles now."

[history]
episode = "A true episode"
years = "1900"
account = "It happened."
figures = ["1 thimble"]
sources = ["A. Author, A Title (1901)"]
"""
PLAIN = TOLD.partition("[history]")[0]


def fill(tmp_path: Path) -> Path:
    """A folder with the project's goods, creatures and calendar, the words for them, and one legend."""
    for name in ("goods.toml", "creatures.toml", "calendar.toml"):
        write(tmp_path, f"content/{name}", (CONTENT / name).read_text(encoding="utf-8"))
    for path in (DATA / "languages" / "en").glob("*.toml"):
        write(tmp_path, f"languages/en/{path.name}", path.read_text(encoding="utf-8"))
    add(tmp_path, "legends/thimble-corner.toml", TOLD)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add(folder: Path, name: str, words: str) -> None:
    """One legend or shock more: the usual figures, and these words."""
    write(folder, f"content/{name}", LEGEND)
    write(folder, f"languages/en/{name}", words)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first ``old`` of a file by ``new``; the text must be there, or the test would prove nothing."""
    edit_pattern(folder, name, re.escape(old), new)


def edit_pattern(folder: Path, name: str, pattern: str, new: str) -> None:
    """Do as :func:`edit` does, by a regular expression: the project's figures are tuned now and then."""
    text, count = re.subn(pattern, lambda _: new, (folder / name).read_text(encoding="utf-8"), count=1)
    assert count == 1
    (folder / name).write_text(text, encoding="utf-8")


def refusal(folder: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        load_rules(root=folder)
    return caught.value
