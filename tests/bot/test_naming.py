"""What players are called: hostile names are tamed, forgotten ones are aliases."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.naming import shown_names, tame
from bot.telling.taming import MAX_NAME
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
    assert shown_names(rows, world) == {
        "p1": f"Ann ({alias['p1']})",
        "p2": f"ann ({alias['p2']})",
        "p3": alias["p3"],
        "p4": "Bo",
    }
    rows[0] = replace(rows[0], user_id=None, name=None)
    assert shown_names(rows, world)["p2"] == "ann"
    assert shown_names([], world) == alias
