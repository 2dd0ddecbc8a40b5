"""Boons and banes as content: what a plain shock needs to fall to a year."""

import re
from pathlib import Path

import pytest

from data.content import load_rules
from tests.data.written import LEGEND, PLAIN, fill, refusal, write
from wood.names import Season
from wood.rules import Lot

BOON = "content/shocks/boon.toml"
BOON_WORDS = "languages/en/shocks/boon.toml"
SIGNS = "signs = ['Ice on the brook.', 'Ice on the bucket.']"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path)


def add_boon(folder: Path, figures: str, words: str) -> None:
    """A plain shock with these lines at the heads of its two files."""
    write(folder, BOON, f"{figures}\n{LEGEND}")
    write(folder, BOON_WORDS, f"{words}\n{PLAIN.replace('Thimble', 'Boon')}")


def test_the_manuals_example_of_a_boon_is_one(folder: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "legends.md").read_text(encoding="utf-8")
    figures, words, *_ = re.findall(r"(?s)```toml\n(.*?)```", manual)
    add_boon(folder, figures, words)
    rules = load_rules(root=folder)
    boon = rules.legends["boon"]
    assert (boon.lot, boon.seasons) == (Lot.BOON, (Season.AUTUMN,))
    assert boon.signs[0] == "The oak boughs hang as low as gates."
    assert len(boon.signs) == 2
    assert "boon" not in rules.deck


@pytest.mark.parametrize(
    ("figures", "words", "file", "field", "says"),
    [
        pytest.param('lot = "boon"', SIGNS, BOON, "", "lot and seasons go together", id="no seasons"),
        pytest.param('seasons = ["winter"]', "", BOON, "", "lot and seasons go together", id="no lot"),
        pytest.param('lot = "luck"\nseasons = ["winter"]', SIGNS, BOON, "lot", "'boon' or 'bane'", id="other lot"),
        pytest.param('lot = "bane"\nseasons = ["fall"]', SIGNS, BOON, "seasons.0", "'autumn'", id="other season"),
        pytest.param('lot = "bane"\nseasons = ["winter"]', "", BOON_WORDS, "signs", "2 lines", id="no signs"),
        pytest.param(
            'lot = "bane"\nseasons = ["winter"]', "signs = ['Ice.']", BOON_WORDS, "signs", "2 lines", id="one sign"
        ),
        pytest.param("", SIGNS, BOON_WORDS, "signs", "else none", id="signs of nothing"),
    ],
)
def test_a_boon_or_bane_without_its_seasons_or_signs_is_refused(
    folder: Path, figures: str, words: str, file: str, field: str, says: str
) -> None:
    add_boon(folder, figures, words)
    error = refusal(folder)
    assert (error.file, error.field) == (file, field)
    assert says in error.problems[0][1]
