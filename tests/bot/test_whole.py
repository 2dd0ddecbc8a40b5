"""A language's catalogs: whole, or refused with the file, the key and what to do; names come from its tables."""

from pathlib import Path

import pytest

from bot.telling.catalog import UnknownKeyError, languages, nearest, words_in
from data import folders
from data.content import ContentError
from tests.data.pseudo import add_pseudo, pseudo

TAG = "es"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a second language, in a place of its own."""
    root = add_pseudo(tmp_path, TAG)
    monkeypatch.setattr(folders, "root", lambda: root)
    return root / "languages" / TAG


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} must be there, or the test would prove nothing"
    path.write_text(text.replace(old, new, 1), "utf-8")


def refused(file: str) -> str:
    """What is said of a language that is refused, which is about one file."""
    with pytest.raises(ContentError) as caught:
        words_in(TAG)
    assert caught.value.file == f"languages/{TAG}/{file}"
    return "; ".join(f"{field}: {advice}" for field, advice in caught.value.problems)


def test_a_whole_language_is_spoken(folder: Path) -> None:
    assert languages() == ("en", TAG)
    assert words_in(TAG)("who-patron") == pseudo("a patron")
    assert words_in("en")("who-patron") == "a patron"


def test_the_nearest_language_is_the_locales_own_or_that_of_its_first_part(folder: Path) -> None:
    asked = ("es", "es-419", "es-ES", "en-US", "fr", "e", "", None)
    assert [nearest(locale) for locale in asked] == [TAG, TAG, TAG, "en", "en", "en", "en", "en"]


def test_a_language_that_has_no_folder_is_unknown() -> None:
    with pytest.raises(KeyError):
        words_in("fr")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "help.ftl").unlink()
    assert "is missing" in refused("help.ftl")


def test_a_file_too_many_is_named(folder: Path) -> None:
    (folder / "helps.ftl").write_text("a = b\n", "utf-8")
    assert "remove it or correct its name" in refused("helps.ftl")


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "help.ftl").write_bytes(b"\xff\xfe")
    assert "UTF-8" in refused("help.ftl")


def test_a_message_that_cannot_be_read_is_named_with_its_line(folder: Path) -> None:
    edit(folder / "phrases.ftl", "mood-merry = ", "mood-merry = { $")
    assert "cannot be read as Fluent" in refused("phrases.ftl")
    line = (folder / "phrases.ftl").read_text("utf-8").split("mood-merry")[0].count("\n") + 1
    assert f"line {line}:" in refused("phrases.ftl")


def test_missing_and_strange_keys_are_named(folder: Path) -> None:
    edit(folder / "phrases.ftl", "mood-merry = ", "mood-jolly = ")
    said = refused("phrases.ftl")
    assert "mood-merry: is missing; add it" in said
    assert "mood-jolly: is no key of English" in said


def test_a_missing_attribute_is_named(folder: Path) -> None:
    edit(folder / "phrases.ftl", "    .deed = ", "    .deeds = ")
    assert "does-hold.deed: is missing; add it" in refused("phrases.ftl")


def test_a_fact_that_is_not_told_is_named(folder: Path) -> None:
    edit(folder / "phrases.ftl", "$amount", "$amuont")
    assert "price: is not told $amuont; its facts are: $amount" in refused("phrases.ftl")


def test_a_headline_has_as_many_wordings_as_a_language_likes(folder: Path) -> None:
    path = folder / "headline.ftl"
    path.write_text(path.read_text("utf-8") + "headline-feast-5 = Ще\n", "utf-8")
    assert words_in(TAG).wordings("headline-feast")[-1] == "headline-feast-5"


def test_a_headline_without_any_wording_is_missed(folder: Path) -> None:
    path = folder / "headline.ftl"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("headline-feast-")]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert "headline-feast-1: is missing; add it" in refused("headline.ftl")


def test_a_wording_may_be_told_what_its_parts_are_told(folder: Path) -> None:
    edit(folder / "headline.ftl", "headline-cold-1 = ", "headline-cold-1 = { $hearths } ")
    assert words_in(TAG).has("headline-cold-1")
    assert not words_in(TAG).has("headline-cold-99")


def test_goods_are_counted_as_their_language_does(folder: Path) -> None:
    edit(folder / "goods.toml", pseudo("1 acorn"), r"{count} шт. «\u007b» \"x\"")
    words = words_in(TAG)
    assert words("units-acorns", count=1) == '1 шт. «{» "x"'
    assert words("units-acorns", count=1_200) == "1200 " + pseudo("acorns")
    assert words("good-honey.title") == pseudo("Honey")
    assert [words(f"good-{good}.number") for good in ("honey", "acorns")] == ["one", "other"]


def test_a_title_may_be_another_than_the_name_with_a_capital(folder: Path) -> None:
    edit(folder / "goods.toml", '"honey" = {', '"honey" = {"title" = "дер Мёд", ')
    assert words_in(TAG)("good-honey.title") == "дер Мёд"
    assert words_in(TAG)("good-honey") == pseudo("honey")


def test_a_key_that_nobody_wrote_is_an_error(folder: Path) -> None:
    for key in ("nothing", "good-honey.nothing"):
        with pytest.raises(UnknownKeyError):
            words_in(TAG)(key)
