"""The command line as a whole: help, the commands of the bot, and what it says to those who use it wrongly."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
import typer

from bot import health
from bot.cli import app as cli
from bot.cli import main
from bot.cli.exits import Exit
from tests.bot.console import own_folder, printed, ttw, words

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

COMMANDS = (
    *("run", "play", "sync", "minds", "health", "status", "doctor", "backup", "restore"),
    *("simulate", "evaluate", "export", "replay", "traces"),
)


# Help


def test_it_lists_every_command_and_its_exit_codes() -> None:
    shown = ttw("--help")
    assert shown.exit_code == Exit.OK
    for name in COMMANDS:
        assert re.search(rf"^│ {name} ", shown.stdout, re.MULTILINE), name
    for code in (0, 1, 2, 3, 70, 130, 141):
        assert re.search(rf"\b{code}\b", shown.stdout)
    assert ttw().exit_code == Exit.USAGE


@pytest.mark.parametrize("command", [*((name,) for name in COMMANDS), ("traces", "export"), ("minds", "check")])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    shown = ttw(*command, "--help")
    assert shown.exit_code == Exit.OK
    assert len(shown.stdout) > 300
    assert ttw(*command, "-h").stdout == shown.stdout
    if command not in (("traces",), ("minds",)):
        assert "Exit codes" in shown.stdout
        for option in re.findall(r"^│\s+(?:\*\s+)?(--[a-z-]+)(.*)", shown.stdout, re.MULTILINE):
            assert len(option[1].split()) > 3, f"{option[0]} is not explained"


def test_it_knows_its_version() -> None:
    assert re.fullmatch(r"ttw (\d+\.\d+\S*|\(not installed\))\n", ttw("--version").stdout)


@pytest.mark.parametrize(
    "arguments", [("dance",), ("simulate", "--dance"), ("simulate", "--turns", "many"), ("replay",)]
)
def test_what_it_does_not_know_is_bad_usage(arguments: tuple[str, ...]) -> None:
    shown = ttw(*arguments)
    assert shown.exit_code == Exit.USAGE
    assert shown.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("play", "--port", "99999"), "'--port': 99999 is too large; it must be at most 65535."),
        (("simulate", "--seed", "-1"), "'--seed': -1 is too small; it must be at least 0."),
        (("simulate", "--turns", "many"), "'--turns': 'many' is no whole number."),
        (("evaluate", "--deadline", "soon"), "'--deadline': 'soon' is no number."),
        (("traces", "export", "--format", "csv"), "'--format': 'csv' is not one of 'jsonl', 'parquet'."),
    ],
)
def test_a_wrong_option_is_told_in_plain_words(arguments: tuple[str, ...], says: str) -> None:
    shown = ttw(*arguments)
    assert shown.exit_code == Exit.USAGE
    assert says in words(shown.stderr)


# run, sync, play, health


@pytest.mark.parametrize("command", ["run", "sync"])
def test_without_a_token_it_says_where_to_get_one(command: str) -> None:
    shown = ttw(command)
    assert shown.exit_code == Exit.USAGE
    assert "TTW_TOKEN" in shown.stderr
    assert "ttw play" in shown.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TTW_PACE", "3", "TTW_PACE"),
        ("TTW_ZONE", "Europe/Nowhere", "TTW_ZONE"),
        ("TTW_MIND", "gpt", "TTW_MIND cannot be used. There is no mind called 'gpt'"),
        ("TTW_MINDS__OONA", "gpt", "TTW_MINDS__OONA cannot be used. There is no mind called 'gpt'"),
        ("TTW_TOKEN", "not a token", "TTW_TOKEN"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TTW_TOKEN", "secret-token-of-a-bot")
    monkeypatch.setenv(name, value)
    shown = ttw("run")
    assert shown.exit_code == Exit.USAGE
    assert says in shown.stderr
    assert "secret-token" not in shown.output
    assert list(tmp_path.iterdir()) == []


def test_health_is_an_exit_code(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite3"
    assert printed("health", code=Exit.FAILED)["alive"] is False
    health.write(
        database,
        health.Pulse(boot=health.boot_id(), beat=monotonic(), at=datetime.now(UTC), pid=1, state="connected"),
    )
    assert printed("health")["alive"] is True
    shown = ttw("health", "--database", str(database))
    assert shown.exit_code == Exit.OK
    assert "connected" in shown.stdout


def test_health_needs_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ttw("health", "--database", str(tmp_path)).exit_code == Exit.USAGE
    monkeypatch.setenv("TTW_DATABASE", str(tmp_path))
    shown = ttw("health")
    assert shown.exit_code == Exit.USAGE
    assert "TTW_DATABASE is a folder" in shown.stderr


def test_a_playground_needs_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simcord", None)
    for name in ("bot.playground", "bot.stage"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    shown = ttw("play", "--no-open")
    assert shown.exit_code == Exit.UNUSABLE
    assert "thousand-token-wood[play]" in shown.stderr


# What nobody expects


def test_a_fault_of_the_program_has_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = typer.Typer(pretty_exceptions_enable=False)

    @broken.command()
    def _fall() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "app", broken)
    monkeypatch.setattr("sys.argv", ["ttw"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == Exit.BROKEN
