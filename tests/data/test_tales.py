"""The file of a proposed legend: what it may say, and what is said of one that cannot be used."""

import pytest

from data.content import ContentError, load_rules
from data.folders import root
from data.patterns import figures_of, keys_of, patterns
from data.tale_schema import LAST, MAX_TALE, OWN
from data.tales import MAX_BYTES, Problem, TaleError, Wrong, line_of, read_tale, tale_from
from tests.data.tales import FUTILE, TALE, altered
from wood.names import GOODS, Good
from wood.rules import Layer, ShockKind
from wood.shocks import lifetime


def wrong(file: bytes) -> list[Problem]:
    with pytest.raises(TaleError) as caught:
        read_tale(file)
    return list(caught.value.problems)


def test_a_file_becomes_a_legend_of_its_author_without_a_history() -> None:
    legend = read_tale(TALE).tale_of("own-thimble-corner", "p3")
    assert (legend.slug, legend.author, legend.good, legend.direction) == ("own-thimble-corner", "p3", "berries", -1)
    assert legend.history is None
    assert legend.in_deck
    assert "\n" not in legend.tale
    assert legend.shocks[0].text.startswith("The hare has every thimble")
    assert [shock.decree for shock in legend.shocks] == [(), (20, 15), (-40, -25)]


@pytest.mark.parametrize(
    ("file", "what", "where", "line"),
    [
        (b"\xff", Wrong.NO_TEXT, "", 0),
        (b"#" * (MAX_BYTES + 1), Wrong.SIZE, "", 0),
        (b'title = "x"\nx = = 3', Wrong.TOML, "", 2),
        (b"x = " + b"[" * 9_000, Wrong.TOML, "", 0),
        (b"x = " + b"9" * 9_000, Wrong.TOML, "", 0),
        (altered("[says]", "[history]\nepisode = 'x'\n[says]"), Wrong.FOREIGN, "history", 10),
        (altered("direction = -1", 'direction = -1\nlot = "boon"'), Wrong.FOREIGN, "lot", 9),
        (altered('good = "berries"\ndirection', 'good = "gold"\ndirection'), Wrong.CHOICE, "good", 7),
        (altered("direction = -1", "direction = 0"), Wrong.RULE, "", 0),
        (altered("direction = -1", "direction = 1"), Wrong.RULE, "", 0),
        (altered("decree = [20, 15]", "decree = [20, 75]"), Wrong.MOST, "shocks.1.decree.1", 27),
        (altered("decree = [-40, -25]", "decree = [-50, -50, -50]"), Wrong.RULE, "", 0),
        (altered("delay = 2", "delay = 7"), Wrong.MOST, "shocks.2.delay", 34),
        (altered("delay = 2\nturns = 2", "delay = 2\nturns = 7"), Wrong.MOST, "shocks.2.turns", 35),
        (altered("strength = 50", "strength = 81"), Wrong.RULE, "shocks.2", 30),
        (altered("strength = 2", "strength = 5"), Wrong.RULE, "shocks.1", 21),
        (altered("strength = 2", 'strength = "2"'), Wrong.RULE, "shocks.1.strength", 26),
        (altered("hold = 2", "holds = 2"), Wrong.STRANGE, "shocks.1.holds", 28),
        (altered('says = "run"', 'says = "rnu"'), Wrong.RULE, "", 0),
        (altered('rumor = "The hare', 'other = "The hare'), Wrong.RULE, "", 0),
        (altered('omen = "Berries', 'omen = "[Berries](x)'), Wrong.MARKUP, "omen", 6),
        (altered('omen = "Berries', 'omen = "Berries \\u202e'), Wrong.CONTROL, "omen", 6),
        (altered('omen = "Berries', 'omen = "Berries e\\u0301\\u0301\\u0301'), Wrong.CONTROL, "omen", 6),
        (altered('omen = "Berries', 'omen = "https://example.org Berries'), Wrong.MENTION, "omen", 6),
        (altered('omen = "Berries', 'omen = "@here Berries'), Wrong.MENTION, "omen", 6),
        (altered('title = "The Thimble Corner"', 'title = "  "'), Wrong.EMPTY, "title", 1),
        (altered('title = "The Thimble Corner"', f'title = "{"a" * 41}"'), Wrong.LONG, "title", 1),
        (altered('rumor = "The hare', f'rumor = "{"a " * 60}'), Wrong.LONG, "says.rumor", 11),
        (altered("    A hare", "    " + "A hare " * 120), Wrong.LONG, "tale", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_place(file: bytes, what: Wrong, where: str, line: int) -> None:
    problem = wrong(file)[0]
    assert (problem.what, problem.where, problem.line) == (what, where, line), problem


def test_money_has_a_bound_in_all() -> None:
    toll = altered('kind = "corner"', 'kind = "money"').replace(
        b'good = "berries"\nturns = 2\nstrength = 2\ndecree = [20, 15]\nhold = 2', b"turns = 5\nstrength = -3"
    )
    (problem,) = wrong(toll)
    assert "15 pebbles" in str(problem.facts["said"])


def test_a_good_is_not_halted_for_long() -> None:
    halt = TALE + b'\n[[shocks]]\nkind = "rule"\nlayer = "settlement"\ngood = "berries"\nrule = "halt"\nturns = 3\n'
    (problem,) = wrong(halt)
    assert "turns = 2 or less" in str(problem.facts["said"])


def test_many_problems_are_told_in_the_files_order_and_not_without_end() -> None:
    file = TALE.replace(b"layer", b"lair").replace(b"turns", b"turn")
    found = wrong(file)
    assert 1 < len(found) <= 6
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_what_a_stranger_wrote_is_repeated_in_part() -> None:
    (problem,) = wrong(altered('good = "berries"\ndirection', f'good = "{"x" * 5_000}"\ndirection'))[:1]
    assert len(str(problem.facts["given"])) <= 60


def test_lines_are_found_within_texts_of_several_lines_and_tables() -> None:
    text = 'a = """\nb = 1\n"""\nb = 2\n[[t]]\nx = 1\n[[t]]\n\nx = [\n 3]\n[says]\n"k" = 1'
    fields: list[list[int | str]] = [["b"], ["t", 1, "x", 0], ["t", 1, "y"], ["says", "k"], ["no"]]
    assert [line_of(text, steps) for steps in fields] == [4, 9, 7, 12, 0]


def test_a_tale_of_the_greatest_length_is_read() -> None:
    tale = " ".join(["Once"] * (MAX_TALE // 5))
    file = TALE.replace(TALE[TALE.index(b'"""') : TALE.rindex(b'"""') + 3], f'"{tale}"'.encode())
    assert read_tale(file).tale == tale


@pytest.mark.parametrize("pattern", patterns())
@pytest.mark.parametrize("good", GOODS)
def test_every_pattern_makes_a_legend_of_every_good(pattern: str, good: Good) -> None:
    texts = {"title": "A Tale", "tale": "Once.", "omen": "Something.", "says": dict.fromkeys(keys_of(pattern), "Hear.")}
    legend = tale_from({**figures_of(pattern, good), **texts}).tale_of("own-tale", "p1")
    assert legend.good is good
    assert {shock.good for shock in legend.shocks} <= {good, None}
    assert all(lifetime(shock) + shock.delay <= LAST for shock in legend.shocks)
    assert any(shock.layer is Layer.SETTLEMENT and shock.decree for shock in legend.shocks)


def test_patterns_use_most_of_the_primitives() -> None:
    used = {shock["kind"] for pattern in patterns() for shock in figures_of(pattern, Good.HONEY)["shocks"]}
    assert set(ShockKind) - used == {ShockKind.CREDIT}


def test_a_futile_decree_is_lawful() -> None:
    assert read_tale(FUTILE).direction == -1


def test_no_file_of_the_program_takes_a_name_of_a_woods_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("content")
    for part in ("content", "languages"):
        shutil.copytree(str(root() / part), folder / part)
    for part in ("content", "languages/en"):
        (folder / part / "legends" / "great-frost.toml").rename(folder / part / "legends" / f"{OWN}frost.toml")
    with pytest.raises(ContentError, match="rename the file"):
        load_rules(root=folder)
