"""The command line in this process: what it prints where, and how it ends."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app as cli
from bot.cli.exits import Exit


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No .env of anybody's checkout, wide help, and the log as it was before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def ttw(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


def words(text: str) -> str:
    """A message without the box around it."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def printed(*arguments: str, code: Exit = Exit.OK) -> dict[str, Any]:
    """The one object on standard output."""
    result = ttw(*arguments, "--json")
    assert result.exit_code == code, result.output
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1
    shown: dict[str, Any] = json.loads(result.stdout)
    return shown
