"""Content files: how they are read, and what is said about ones that cannot be used."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from data.content import ContentError, default_rules, load_rules, rules_document, rules_from_document
from tests.data.written import (
    CONTENT,
    FIGURES,
    PLAIN,
    TOLD,
    WORDS,
    add,
    edit,
    edit_pattern,
    fill,
    refusal,
    write,
)
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import Healing, Layer, Legend, Rarity, Rules, Shock, ShockKind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path)


def test_adding_a_file_adds_a_legend_to_the_deck(folder: Path) -> None:
    assert load_rules(root=folder).deck == ("thimble-corner",)
    add(folder, "legends/a-second-thimble.toml", TOLD.replace("The Thimble", "Second"))
    assert load_rules(root=folder).deck == ("a-second-thimble", "thimble-corner")


def test_the_example_of_the_manual_is_a_legend(folder: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "legends.md").read_text(encoding="utf-8")
    *_, figures, words = re.findall(r"(?s)```toml\n(.*?)```", manual)
    write(folder, FIGURES, figures)
    write(folder, WORDS, words)
    legend = load_rules(root=folder).legends["thimble-corner"]
    assert [shock.kind for shock in legend.shocks] == [ShockKind.RUMOR, ShockKind.CORNER, ShockKind.RUN]


def test_a_plain_shock_is_known_but_not_in_the_deck(folder: Path) -> None:
    add(folder, "shocks/plain.toml", PLAIN.replace("Thimble", "Plain"))
    rules = load_rules(root=folder)
    assert rules.deck == ("thimble-corner",)
    assert list(rules.legends) == ["plain", "thimble-corner"]
    assert rules.legends["plain"].history is None


def test_a_legend_is_read_field_by_field_with_wrapped_lines_joined(folder: Path) -> None:
    legend = load_rules(root=folder).legends["thimble-corner"]
    assert legend.history
    assert (legend.history.episode, legend.history.years) == ("A true episode", "1900")
    assert (legend.history.figures, legend.history.sources) == (("1 thimble",), ("A. Author, A Title (1901)",))
    assert legend == Legend(
        slug="thimble-corner",
        title="The Thimble Corner",
        tale="A hare bought every thimble.",
        omen="Berries rise.",
        good=Good.BERRIES,
        direction=1,
        shocks=(
            Shock(
                kind=ShockKind.CORNER,
                layer=Layer.SETTLEMENT,
                good=Good.BERRIES,
                turns=2,
                strength=2,
                healing=Healing.NONE,
                decree=(20, 10),
                hold=2,
                text="A hare is buying berries.",
            ),
            Shock(
                kind=ShockKind.RUMOR,
                layer=Layer.HEARSAY,
                good=Good.BERRIES,
                leaning=1,
                text="Berries are thimbles now.",
            ),
        ),
        history=legend.history,
        rarity=Rarity.COMMON,
    )


def test_a_rarity_is_of_legends_alone_and_common_where_none_is_written(folder: Path) -> None:
    add(folder, "legends/a-second-thimble.toml", TOLD.replace("The Thimble", "Second"))
    edit(folder, FIGURES, "direction = 1", 'direction = 1\nrarity = "legendary"')
    add(folder, "shocks/plain.toml", PLAIN.replace("Thimble", "Plain"))
    rules = load_rules(root=folder)
    assert [legend.rarity for legend in rules.legends.values()] == [Rarity.COMMON, None, Rarity.LEGENDARY]
    edit(folder, "content/shocks/plain.toml", "direction = 1", 'direction = 1\nrarity = "rare"')
    assert [field for field, _ in refusal(folder).problems] == ["rarity"]


def test_trust_comes_in_canonical_order(folder: Path) -> None:
    edit_pattern(folder, "content/creatures.toml", r"\{ mossback.*?\}", "{ pip = 1, bramble = 2 }")
    assert list(load_rules(root=folder).creatures[Creature.OONA].trust.items()) == [
        (Creature.BRAMBLE, 2),
        (Creature.PIP, 1),
    ]


HISTORY = TOLD[TOLD.index("[history]") :]
RUMOR = 'kind = "rumor"\nlayer = "hearsay"\ngood = "berries"\n'
CORNER = 'kind = "corner"\nlayer = "settlement"\ngood = "berries"\n'


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        pytest.param('says = "rumor"', 'says = "A rumor."', "shocks.1.says", "pattern", id="text for a key"),
        pytest.param("direction = 1", 'direction = 1\nrarity = "epic"', "rarity", "'legendary'", id="unknown rarity"),
        pytest.param("hold = 2", "holds = 2", "shocks.0.holds", "correct its spelling", id="unknown field"),
        pytest.param('"berries"', '"cheese"', "good", "write one of 'acorns', 'berries'", id="unknown good"),
        pytest.param('"corner"', '"cornr"', "shocks.0.kind", "'corner'", id="unknown kind"),
        pytest.param("direction = 1", "direction = 0", "", "direction is 1 if berries gets dearer", id="no direction"),
        pytest.param("direction = 1", "direction = -1", "", "or turn direction around", id="wrong direction"),
        pytest.param('good = "berries"', 'good = "honey"', "", "settlement shock moves honey", id="other good"),
        pytest.param("decree = [20, 10]\nhold = 2\n", "", "", "add a decree of that sign", id="no decree"),
        pytest.param("[20, 10]", "[20, 61]", "shocks.0.decree.1", "write 60 or less", id="step up"),
        pytest.param("[20, 10]", "[20, -61]", "shocks.0.decree.1", "write -60 or more", id="step down"),
        pytest.param("[20, 10]", "[20, 1.5]", "shocks.0.decree.1", "integer", id="fractional step"),
        pytest.param("[20, 10]", "[20, -20]", "shocks.0", "steps cancel out", id="cancelling decree"),
        pytest.param("[20, 10]", "[60, -55]", "", "by about -28 per cent", id="decree undone"),
        pytest.param("decree = [20, 10]\n", "", "shocks.0", "hold keeps a decree in force", id="hold alone"),
        pytest.param(
            "leaning = 1", "leaning = 1\ndecree = [5]", "shocks.1", "hearsay may be ignored", id="heard decree"
        ),
        pytest.param('says = "rumor"', "", "shocks.1", "hearsay without words", id="silent hearsay"),
        pytest.param('"hearsay"', '"settlement"', "shocks.1", "nothing but words", id="settled rumor"),
        pytest.param("leaning = 1", "strength = 5", "shocks.1", "words have no strength", id="strong rumor"),
        pytest.param(CORNER, CORNER + 'rule = "halt"\n', "shocks.0", "rule go together", id="rule without kind"),
        pytest.param('"corner"', '"rule"', "shocks.0", "rule is one of ceiling", id="kind without rule"),
        pytest.param("strength = 2", "strength = 0", "shocks.0", "from 1 to 20, not 0; it is 0", id="no strength"),
        pytest.param("strength = 2", "strength = 21", "shocks.0", "from 1 to 20, not 0; it is 21", id="too strong"),
        pytest.param('"corner"', '"money"', "shocks.0", "acts on purses; remove good", id="money with good"),
        pytest.param(CORNER, CORNER.replace('good = "berries"\n', ""), "shocks.0", "add good", id="corner of nothing"),
        pytest.param(
            CORNER + "turns = 2\nstrength = 2",
            'kind = "money"\nlayer = "settlement"\nstrength = 2',
            "shocks.0",
            "a decree moves a good's price",
            id="decree on purses",
        ),
        pytest.param("strength = 2", "strength = 2\nunits = 3", "shocks.0", "units are a windfall", id="corner units"),
        pytest.param(
            'kind = "corner"', 'kind = "supply"\nunits = 3', "shocks.0", "a windfall has units", id="strong windfall"
        ),
        pytest.param("turns = 2", "turns = 0", "shocks.0.turns", "write 1 or more", id="no turns"),
        pytest.param("turns = 2", 'turns = "2"', "shocks.0.turns", "integer", id="turns in quotes"),
        pytest.param("leaning = 1", "leaning = 2", "shocks.1.leaning", "write 1 or less", id="leaning"),
    ],
)
def test_a_legend_that_would_mislead_is_refused(folder: Path, old: str, new: str, field: str, says: str) -> None:
    edit(folder, FIGURES, old, new)
    error = refusal(folder)
    assert error.file == FIGURES
    assert error.field == field
    assert says in error.problems[0][1]
    assert str(error).startswith(f"{FIGURES}: ")


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        pytest.param(HISTORY, "", "history", "is missing; add it", id="no history"),
        pytest.param("The Thimble Corner", "x" * 41, "title", "41 characters long; shorten it to 40", id="long title"),
        pytest.param("The Thimble Corner", " ", "title", "is empty; write something", id="empty title"),
        pytest.param("A hare bought", "x" * 701, "tale", "shorten it to 700", id="long tale"),
        pytest.param("Berries rise.", "x" * 161, "omen", "shorten it to 160", id="long omen"),
        pytest.param("A hare is buying", "x" * 121, "says.corner", "shorten it to 120", id="long text"),
        pytest.param("Berries are", "@everyone", "says.rumor", "without @ and <", id="mention"),
        pytest.param("It happened.", "", "history.account", "is empty", id="empty account"),
        pytest.param('["1 thimble"]', "[]", "history.figures", "write at least 1", id="no figures"),
        pytest.param('["A. Author, A Title (1901)"]', "[]", "history.sources", "write at least 1", id="no sources"),
        pytest.param('["1 thimble"]', '[""]', "history.figures.0", "is empty", id="empty figure"),
        pytest.param("omen =", "omens =", "omen", "is missing", id="missing field"),
        pytest.param(
            "corner =", "korner =", "says.corner", "thimble-corner.toml says it: add the text", id="missing text"
        ),
        pytest.param("[says]", '[says]\nrun = "Run!"', "says.run", "no shock of content/legends", id="surplus text"),
        pytest.param("[says]", "[says]\nrun = 3", "says.run", "string", id="figure for a text"),
    ],
)
def test_words_that_do_not_fit_a_legend_are_refused(folder: Path, old: str, new: str, field: str, says: str) -> None:
    edit(folder, WORDS, old, new)
    error = refusal(folder)
    assert (error.file, error.field) == (WORDS, field)
    assert says in error.problems[0][1]


@pytest.mark.parametrize(
    ("name", "pattern", "new", "field", "says"),
    [
        ("content/goods.toml", r"\[honey\]", "[nectar]", "nectar", "write one of 'acorns'"),
        ("content/goods.toml", r"capacity = \d+", "capacity = 0", "acorns.capacity", "write 1 or more"),
        ("content/goods.toml", r"rot = \[.*?\]", "rot = [9, 8]", "acorns", "more than everything rots"),
        ("content/goods.toml", r"\[berries\]", "[acorns]", "", "is not valid TOML"),
        ("content/creatures.toml", r"\[fenn\]", "[reynard]", "reynard", "write one of 'oona'"),
        ("content/creatures.toml", '"mushrooms"', '"firewood"', "fenn.makes", "bramble makes firewood already"),
        ("content/creatures.toml", r"fenn = \d+", "oona = 30", "oona.trust", "trust is about other creatures"),
        ("content/creatures.toml", r"nerves = \d+", "nerves = 130", "oona.temper.nerves", "write 100 or less"),
        ("content/creatures.toml", r"\nharvest = \d+", "\nharvest = 3", "oona.harvest", "write 100 or more"),
        ("content/calendar.toml", '"winter"', '"spring"', "", "autumn, winter, spring, summer, in this order"),
        ("content/calendar.toml", r"firewood = \[\d+,", "firewood = [-1,", "season.0.firewood.0", "write 0 or more"),
    ],
)
def test_the_other_files_are_checked_too(
    folder: Path, name: str, pattern: str, new: str, field: str, says: str
) -> None:
    edit_pattern(folder, name, pattern, new)
    error = refusal(folder)
    assert (error.file, error.field) == (name, field)
    assert says in error.problems[0][1]


def drop_table(text: str, head: str) -> str:
    return re.sub(rf"(?ms)^\[{head}\].*?(?=^\[(?!{head}\.)|\Z)", "", text)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("content/goods.toml", "honey"),
        ("content/creatures.toml", "fenn"),
        ("languages/en/goods.toml", "honey"),
        ("languages/en/creatures.toml", "fenn"),
    ],
)
def test_every_good_and_creature_must_be_there(folder: Path, name: str, table: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(drop_table(text, table), encoding="utf-8")
    error = refusal(folder)
    assert (error.file, error.problems) == (name, ((table, f"is missing; add a table [{table}]"),))


def test_all_problems_of_a_file_are_told_at_once(folder: Path) -> None:
    edit(folder, FIGURES, "turns = 2", "turns = 0")
    edit(folder, FIGURES, "direction = 1", "direction = 1.5")
    assert [field for field, _ in refusal(folder).problems] == ["direction", "shocks.0.turns"]


def remove_calendar(folder: Path) -> None:
    (folder / "content" / "calendar.toml").unlink()


def remove_words(folder: Path) -> None:
    (folder / WORDS).unlink()


def remove_figures(folder: Path) -> None:
    add(folder, "legends/another.toml", TOLD.replace("Thimble", "Other"))
    (folder / "content" / "legends" / "another.toml").unlink()


def write_latin(folder: Path) -> None:
    (folder / WORDS).write_bytes("title = 'Ré'".encode("latin-1"))


def shout(folder: Path) -> None:
    (folder / FIGURES).rename(folder / "content" / "legends" / "Thimble_Corner.toml")


def empty_deck(folder: Path) -> None:
    (folder / FIGURES).unlink()
    (folder / WORDS).unlink()


def same_title(folder: Path) -> None:
    add(folder, "legends/zither-corner.toml", TOLD)


def same_slug(folder: Path) -> None:
    add(folder, "shocks/thimble-corner.toml", PLAIN.replace("Thimble", "Plain"))


def shock_with_history(folder: Path) -> None:
    add(folder, "shocks/told.toml", TOLD.replace("Thimble", "Told"))


@pytest.mark.parametrize(
    ("spoil", "file", "says"),
    [
        (remove_calendar, "content/calendar.toml", "cannot be read"),
        (remove_words, WORDS, "cannot be read"),
        (remove_figures, "languages/en/legends/another.toml", "content/legends has no such file"),
        (write_latin, WORDS, "save it as UTF-8"),
        (shout, "content/legends/Thimble_Corner.toml", "the file's name is the legend's slug"),
        (empty_deck, "content/legends", "the deck is empty"),
        (same_title, "languages/en/legends/zither-corner.toml", "legends/thimble-corner.toml has the same title"),
        (same_slug, "content/shocks/thimble-corner.toml", "legends/thimble-corner.toml has the same name"),
        (shock_with_history, "languages/en/shocks/told.toml", "is not a field of this table"),
    ],
)
def test_files_that_are_not_what_they_should_be(
    folder: Path, spoil: Callable[[Path], None], file: str, says: str
) -> None:
    spoil(folder)
    error = refusal(folder)
    assert error.file == file
    assert says in str(error)


def test_rules_survive_the_journey_through_a_log() -> None:
    rules = default_rules()
    text = json.dumps(rules_document(rules), sort_keys=True)
    back = rules_from_document(json.loads(text))
    assert back == rules
    assert tuple(back.goods) == GOODS
    assert tuple(back.creatures) == CREATURES
    assert list(back.legends) == list(rules.legends)
    assert json.dumps(rules_document(back)) == json.dumps(rules_document(rules))


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda document: document.pop("seasons"), "seasons"),
        (lambda document: document["goods"].pop("honey"), "goods.honey"),
        (lambda document: document["goods"]["honey"].update(start="dear"), "goods.honey.start"),
        (lambda document: document["creatures"].pop("pip"), "creatures.pip"),
        (lambda document: document["tongue"].update(aliases="Alder"), "tongue.aliases"),
    ],
)
def test_a_spoiled_document_is_refused(spoil: Callable[[dict[str, Any]], object], field: str) -> None:
    document = rules_document(default_rules())
    spoil(document)
    with pytest.raises(ContentError) as caught:
        rules_from_document(document)
    assert caught.value.field == field


def test_content_is_found_inside_an_archive(tmp_path: Path) -> None:
    """An installed package need not be a folder: the files are read through importlib.resources."""
    archive = tmp_path / "wheel.zip"
    root = CONTENT.parent.parent
    with ZipFile(archive, "w") as packed:
        for package in ("wood", "data"):
            for path in sorted((root / package).rglob("*")):
                if path.suffix in {".py", ".toml"}:
                    packed.write(path, path.relative_to(root))
    script = (
        "from data.content import load_rules; rules = load_rules(); print(__import__('data').__file__, *rules.deck)"
    )
    environment = {"PYTHONPATH": str(archive)}
    run = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    where, *deck = run.stdout.split()
    assert where.startswith(str(archive))
    assert set(deck) == {path.stem for path in (CONTENT / "legends").glob("*.toml")}


def test_two_loads_agree(folder: Path) -> None:
    first: Rules = load_rules(root=folder)
    assert load_rules(root=folder) == first
