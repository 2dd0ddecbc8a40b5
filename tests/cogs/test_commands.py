"""What Discord is told of the commands: complete, described, and where they may be used."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.client import EXTENSIONS, tree_hash
from bot.settings import load_settings
from bot.stage import StagedBot
from bot.views.base import StatelessButton
from cogs.options import read_pace, read_slug
from data.content import default_rules
from tests.refusing import refusing

GUILD = 0
"""Discord's number for commands that are used in servers."""
COMMANDS = {
    "wood": {"ask", "board", "creature", "saga", "help"},
    "rumor": {"cast", "heard"},
    "legend": {"draw", "hand", "cast", "lore", "propose", "proposals"},
    "market": {"report", "chart", "trades"},
    "patron": {"join", "purse", "career", "ranking", "album", "notify", "alert", "remind", "forget", "book", "history"}
    | {"long", "short", "margin", "close", "lend", "whisper", "foresight", "denounce"}
    | {"bribe", "broker", "corner", "sell"},
    "keeper": {"legends", "health", "mute", "unmute", "found", "pause", "resume", "settings", "export", "raze"},
}


@pytest.fixture
async def bot() -> StagedBot:
    made = StagedBot(load_settings(None))
    await made.load_commands()
    return made


def leaves(bot: StagedBot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


async def test_the_commands_are_all_there_and_no_others(bot: StagedBot) -> None:
    found: dict[str, set[str]] = {}
    for command in leaves(bot):
        assert command.root_parent is not None, command.qualified_name
        found.setdefault(command.root_parent.name, set()).add(command.name)
    assert found == COMMANDS
    assert len(EXTENSIONS) == len(COMMANDS)


async def test_everything_is_described_and_within_discords_limits(bot: StagedBot) -> None:
    for command in leaves(bot):
        assert command.description not in {"…", ""}, command.qualified_name
        names = [option.display_name for option in command.parameters]
        assert len(names) == len(set(names)) <= 25
        for option in command.parameters:
            where = f"/{command.qualified_name} {option.display_name}"
            assert str(option.description) not in {"…", ""}, where
            assert len(str(option.description)) <= 100, where
            assert len(option.choices) <= 25, where
            assert not (option.choices and option.autocomplete), where
        required = [option.required for option in command.parameters]
        assert required == sorted(required, reverse=True), f"/{command.qualified_name}: required options come first"


async def test_every_group_belongs_to_servers_and_only_keepers_keep(bot: StagedBot) -> None:
    for group in bot.tree.get_commands():
        assert isinstance(group, app_commands.Group)
        sent = group.to_dict(bot.tree)
        assert sent["contexts"] == [GUILD], group.name
        wanted = discord.Permissions(manage_channels=True).value if group.name == "keeper" else None
        assert sent["default_member_permissions"] == wanted, group.name


async def test_the_hash_follows_the_commands(bot: StagedBot) -> None:
    other = StagedBot(load_settings(None))
    await other.load_commands()
    assert await tree_hash(bot.tree) == await tree_hash(other.tree)
    group = other.tree.get_command("wood")
    assert isinstance(group, app_commands.Group)
    group.remove_command("help")
    assert await tree_hash(bot.tree) != await tree_hash(other.tree)


async def test_every_button_is_told_apart_by_its_id() -> None:
    templates = [kind.__discord_ui_compiled_template__.pattern for kind in StatelessButton.kinds]
    assert len(templates) == len(set(templates)) > 8
    assert all(template.startswith("ttw:") for template in templates)


@pytest.mark.parametrize("slug", default_rules().deck)
def test_a_legend_can_be_named_by_its_title_as_somebody_types_it(slug: str) -> None:
    title = default_rules().legends[slug].title
    assert read_slug(slug) == read_slug(title) == read_slug(f" {title.upper()} ".replace("'", "’")) == slug


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("90", 90), ("10s", 10), ("5 minutes", 300), ("1h", 3_600), ("1 day", 86_400), ("2H", 7_200), ("30 sec", 30)],
)
def test_paces_are_read_as_people_say_them(words: str, seconds: int) -> None:
    assert read_pace(words) == seconds


@pytest.mark.parametrize("words", ["", "soon", "-5", "1.5h", "1h30m", "9" * 40, "٣h ٣"])
def test_what_is_no_pace_is_refused(words: str) -> None:
    with refusing("cannot read"):
        read_pace(words)
