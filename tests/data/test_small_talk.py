"""What creatures answer in a language: whole, or refused with the field and what to do."""

from pathlib import Path

import pytest

from data.content import ContentError, default_rules, load_rules
from data.small_talk import FILE, read_small_talk, small_talk
from tests.data.pseudo import TAG, add_pseudo
from wood.asked import Hint, Topic
from wood.names import CREATURES


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_pseudo(tmp_path)


def edit(root: Path, old: str, new: str) -> str:
    """Change the English file; answers what is said of it."""
    path = root / "languages" / "en" / FILE
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} must be there, or the test would prove nothing"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        read_small_talk(root, "languages/en", default_rules().tongue)
    assert caught.value.file == f"languages/en/{FILE}"
    return str(caught.value)


def test_english_has_something_to_say_to_everything() -> None:
    talk = small_talk("en")
    assert set(talk.shared) == set(Topic)
    assert set(talk.hints) == set(Hint)
    assert all(talk.creatures[who].get(Topic.UNSURE) for who in CREATURES)
    assert small_talk("a language that is gone") is talk


def test_another_language_is_read_by_its_own_letters_and_words(root: Path) -> None:
    talk = read_small_talk(root, f"languages/{TAG}", load_rules(TAG, root).tongue)
    assert set(talk.shared) == set(Topic)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hello = [\n", "helo = [\n", "shared.helo"),
        ("need = [", "needs = [", "hints.needs"),
        ('"price", "prices"', '"a price", "prices"', "hints.price.0: 'a price' is not one word"),
        ("I saw the price of {good} climb", "I saw {who} and {good} climb", "shared.rose.2: has no use for {who}"),
        ("Hello there.", "Hello {good}.", "shared.hello.1: has no use for {good}"),
        ("Hello there.", "Hello [there].", "shared.hello.1: holds '['"),
        ("Hello there.", "Hello there. " * 20, "shared.hello.1: is"),
        ("Hello there.", "Hello <@1>.", "without @ and <"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(root: Path, old: str, new: str, said: str) -> None:
    assert said in edit(root, old, new)


def test_a_topic_without_a_line_is_named(root: Path) -> None:
    path = root / "languages" / "en" / FILE
    head, _, tail = path.read_text("utf-8").partition("nobody = [")
    path.write_text(f"{head}nobody = [] #{tail.partition(']')[2]}", "utf-8")
    with pytest.raises(ContentError, match=r"shared\.nobody: is missing; add a line"):
        read_small_talk(root, "languages/en", default_rules().tongue)
