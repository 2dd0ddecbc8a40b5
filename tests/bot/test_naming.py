"""What players are called: hostile names are tamed, forgotten ones are aliases."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.naming import shown_names, tame
from bot.telling.taming import MAX_NAME, escape, unescape
from data.content import default_rules
from data.rows import PatronRow
from wood.founding import found_world
from wood.moves import Join, admit


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("木の実さん", "木の実さん"),
        ("dark_fox_7", "dark_fox_7"),
        ("**Bob**", "Bob"),
        ("__under__", "under"),
        ("@everyone", "everyone"),
        ("<@123456789012345678>", "123456789012345678"),
        ("[click](https://example.org)", "click(example.org)"),
        ("`code`||spoiler||", "codespoiler"),
        ("\u202eevil\u200b\x00", "evil"),
        ("  a \n  b\t", "a b"),
        ("# Heading", "Heading"),
        ("***", ""),
        *((name, "") for name in ("\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u200d", "\ufe0f", "\u034f")),
        *((name, "") for name in ("\u17b4\u17b5", "\u180b", "\u2800 \u3164", "\u0301")),
        ("\u3164Ann", "\u3164Ann"),
        ("", ""),
    ],
)
def test_names_are_tamed(name: str, shown: str) -> None:
    assert tame(name) == shown


@given(st.text(max_size=200))
def test_no_name_grows_long_breaks_the_line_or_starts_a_mention(name: str) -> None:
    shown = tame(name)
    assert len(shown) <= MAX_NAME
    assert not set(shown) & set("@<>`*|\n\r\u202e")
    assert "__" not in shown
    assert shown == shown.strip()


def test_patrons_without_a_name_go_by_their_alias_and_namesakes_by_both() -> None:
    rules = default_rules()
    world = found_world(rules, 7)
    for key in ("p1", "p2", "p3", "p4"):
        world = admit(rules, world, Join(key))
    alias = {key: patron.alias for key, patron in world.patrons.items()}
    rows = [PatronRow("p1", 1, "Ann"), PatronRow("p2", 2, "ann"), PatronRow("p3", 3, ""), PatronRow("p4", 4, "Bo")]
    assert shown_names(rows, world, rules) == {
        "p1": f"Ann ({alias['p1']})",
        "p2": f"ann ({alias['p2']})",
        "p3": alias["p3"],
        "p4": "Bo",
    }
    rows[0] = replace(rows[0], user_id=None, name=None)
    assert shown_names(rows, world, rules)["p2"] == "ann"
    assert shown_names([], world, rules) == alias


@pytest.mark.parametrize(
    "name",
    ["Oona", "OONA", "\u041e\u043ena", "\uff2f\uff4f\uff4e\uff41", "O\u200dona", "\xd3ona", "o o n a", "00na", "Oona."],
)
def test_who_looks_like_a_creature_is_shown_with_the_alias(name: str) -> None:
    rules = default_rules()
    world = admit(rules, found_world(rules, 7), Join("p1"))
    alias = world.patrons["p1"].alias
    assert shown_names([PatronRow("p1", 1, name)], world, rules) == {"p1": f"{name} ({alias})"}


def test_who_takes_anothers_alias_is_shown_with_both_and_may_take_the_own() -> None:
    rules = default_rules()
    world = found_world(rules, 7)
    for key in ("p1", "p2"):
        world = admit(rules, world, Join(key))
    first, second = (world.patrons[key].alias for key in ("p1", "p2"))
    rows = [PatronRow("p1", 1, "Ann"), PatronRow("p2", 2, first.upper())]
    assert shown_names(rows, world, rules) == {"p1": "Ann", "p2": f"{first.upper()} ({second})"}
    rows = [PatronRow("p1", 1, first), PatronRow("p2", 2, "Bo")]
    assert shown_names(rows, world, rules) == {"p1": first, "p2": "Bo"}


def test_names_of_any_script_stay_apart() -> None:
    names = [
        "\u0915\u093e\u092e",
        "\u0915\u092e",
        "\u6728\u306e\u5b9f",
        "\u6728\u5b9f",
        "Ann",
        "Anna",
        "\u041e\u043a\u0441\u0430\u043d\u0430",
    ]
    rules = default_rules()
    world = found_world(rules, 7)
    rows = [PatronRow(f"p{at}", at, name) for at, name in enumerate(names, 1)]
    for row in rows:
        world = admit(rules, world, Join(row.key))
    assert list(shown_names(rows, world, rules).values()) == names


def test_a_name_that_runs_leftward_is_parted_from_its_line() -> None:
    shown = escape("\u0645\u062d\u0645\u062f")
    assert shown == "\u2068\u0645\u062d\u0645\u062f\u2069"
    assert unescape(shown) == "\u0645\u062d\u0645\u062f"
    assert escape("\u2069Ann\u2068") == "Ann"
