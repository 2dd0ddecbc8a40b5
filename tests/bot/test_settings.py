"""The settings and the log: clear words for what is wrong, and never the token."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.exits import Exit
from bot.logs import Redaction, set_up_logging
from bot.settings import Settings, SettingsError, load_settings, unknown_variables
from data.shards import Shards
from wood.names import CREATURES, Creature

TOKEN = "QUFB.c2VjcmV0.dG9rZW4tdGhhdC1tdXN0LW5vdC1iZS1zZWVu"


@pytest.fixture(autouse=True)
def _away_from_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_anything_the_defaults_play_without_token_or_gpu() -> None:
    settings = load_settings()
    assert settings.token is None
    assert {settings.mind_of(creature) for creature in CREATURES} == {"instinct"}
    assert (settings.database, settings.pace, settings.zone) == (Path("wood.sqlite3"), 10_800, "UTC")
    assert settings.sync


def test_the_environment_goes_before_the_file_and_what_is_given_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        f"TTW_TOKEN={TOKEN}\nTTW_PACE=60\nTTW_ZONE=asia/tokyo\nTTW_MINDS__OONA=random\nOTHER=1\n"
    )
    monkeypatch.setenv("TTW_PACE", "120")
    monkeypatch.setenv("TTW_MINDS__FENN", "contrarian")
    monkeypatch.setenv("TTW_LOG_LEVEL", "debug")
    monkeypatch.setenv("TTW_SYNC", "no")
    monkeypatch.setenv("TTW_REPORT_HOUR", "")
    settings = load_settings()
    assert settings.require_token() == TOKEN
    assert (settings.pace, settings.zone, settings.log_level, settings.sync) == (120, "Asia/Tokyo", "DEBUG", False)
    assert settings.report_hour == 8
    minds = [settings.mind_of(creature) for creature in (Creature.OONA, Creature.FENN, Creature.PIP)]
    assert minds == ["random", "contrarian", "instinct"]
    assert load_settings(pace=30).pace == 30


def test_a_path_from_home_is_written_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TTW_DATABASE", "~/woods/wood.sqlite3")
    monkeypatch.setenv("TTW_VLLM__MODEL", "~/models/qwen")
    monkeypatch.setenv("TTW_VLLM__LORA", "~/models/pupil")
    settings = load_settings()
    assert settings.database == tmp_path / "woods" / "wood.sqlite3"
    assert settings.vllm.model == str(tmp_path / "models" / "qwen")
    assert settings.vllm.lora == str(tmp_path / "models" / "pupil")
    monkeypatch.setenv("TTW_DATABASE", "~nobody-of-that-name/wood.sqlite3")
    with pytest.raises(SettingsError, match="TTW_DATABASE is in the home of a user that this machine does not know"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TTW_PACE", "5", "^TTW_PACE is 5, which is too small. It takes a whole number from 10 to 86400 .seconds"),
        ("TTW_PACE", "172800", r"is 172800, which is too large.* from 10 to 86400 .*the default \(10800\)\.$"),
        ("TTW_PACE", "often", "TTW_PACE is 'often', which is no whole number. It takes a whole number from 10"),
        ("TTW_PACE", "1.5", "is 1.5, which is no whole number"),
        ("TTW_PACE", "every now and then, often", "^TTW_PACE is no whole number"),
        ("TTW_TRACES_KEPT", "-1", "is -1, which is too small. It takes a whole number of at least 0"),
        ("TTW_DEADLINE", "nan", "is nan, which is no number. It takes a number above 0 and up to 600"),
        ("TTW_DEADLINE", "1e6", r"is too large.*the default \(20\)\.$"),
        ("TTW_DATABASE", "/", "TTW_DATABASE is a folder; name a file in it"),
        ("TTW_MINDS__OONA__X", "1", "TTW_MINDS__OONA is one value"),
        ("TTW_MINDS", '["a"]', "TTW_MINDS stands for several settings.*TTW_MINDS__OONA=random"),
        ("TTW_ZONE", "Europe/Berlim", "TTW_ZONE .*Europe/Berlin"),
        ("TTW_REPORT_HOUR", "24", "TTW_REPORT_HOUR .*23"),
        ("TTW_DEADLINE", "0", "TTW_DEADLINE"),
        ("TTW_LOG_LEVEL", "loud", "'LOUD', which is none of the choices. It takes DEBUG, INFO, WARNING or ERROR"),
        ("TTW_CHART_WORKERS", "-1", "TTW_CHART_WORKERS"),
        ("TTW_MINDS__BADGER", "instinct", "TTW_MINDS__BADGER is for nobody: the creatures are oona"),
        ("TTW_MINDS", "instinct", "TTW_MINDS.*TTW_MINDS__OONA"),
        ("TTW_SYNC", "perhaps", "TTW_SYNC is 'perhaps', which is neither true nor false. It takes true or false"),
    ],
)
def test_a_malformed_setting_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words) as told:
        load_settings()
    message = str(told.value)
    assert "\n" not in message
    assert message.endswith(".")
    for word in ("input", "valid", "integer", "boolean", "string", "dictionary", "instance", "permitted"):
        assert word not in message.lower()


def test_two_faults_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_PACE", "5")
    monkeypatch.setenv("TTW_REPORT_HOUR", "99")
    with pytest.raises(SettingsError, match=r"TTW_PACE.*TTW_REPORT_HOUR"):
        load_settings()


def test_a_misspelt_variable_is_noticed_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TTW_PACE=60\nTTW_MINDS__OONA=random\nTTW_PACCE=1\nPACE=1\n")
    monkeypatch.setenv("TTW_OPENAI__URL", "http://localhost:1/v1")
    monkeypatch.setenv("TTW_SERVERS__FAR__URL", "http://localhost:1/v1")
    monkeypatch.setenv("TTW_DATABSE", "x")
    monkeypatch.setenv("TTW_OPENAI__ULR", "x")
    monkeypatch.setenv("TTW_LOG_LEVEL__0", "1")
    assert unknown_variables() == ["TTW_DATABSE", "TTW_LOG_LEVEL__0", "TTW_OPENAI__ULR", "TTW_PACCE"]
    monkeypatch.chdir("..")
    assert "TTW_PACCE" not in unknown_variables()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TTW_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()


@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_token_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is not None:
        monkeypatch.setenv("TTW_TOKEN", value)
    with pytest.raises(SettingsError, match=r"TTW_TOKEN is not set.*Developer Portal.*ttw play"):
        load_settings().require_token()


def test_a_token_is_taken_as_it_is_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_TOKEN", f"  Bot {TOKEN} ")
    assert load_settings().require_token() == TOKEN


@pytest.mark.parametrize("token", [f"{TOKEN} and more", f"„{TOKEN}“", f"{TOKEN}\n{TOKEN}"])
def test_the_token_is_in_no_error_and_no_repr(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("TTW_TOKEN", token)
    monkeypatch.setenv("TTW_PACE", "5")
    with pytest.raises(SettingsError, match="TTW_TOKEN is no token") as told:
        load_settings()
    assert TOKEN not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
    monkeypatch.delenv("TTW_PACE")
    settings = Settings(token=SecretStr(TOKEN))
    assert TOKEN not in f"{settings!r}{settings}{settings.model_dump()}{settings.model_dump_json()}"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("INFO", [TOKEN, ""], stream)
    yield stream
    root.handlers[:], root.level = before


def test_the_token_is_in_no_line_of_the_log(logged: io.StringIO) -> None:
    log = logging.getLogger("somewhere")
    log.info("token %s", TOKEN)
    log.info(f"header Bot {TOKEN}")  # noqa: G004
    log.warning("%(a)s", {"a": TOKEN})
    log.error("wrong %s arguments", TOKEN, TOKEN)  # noqa: PLE1205
    log.info("stack", stack_info=True, extra={"kept": TOKEN})
    try:
        raise ValueError(f"bad token {TOKEN}")
    except ValueError:
        log.exception("failed")
    try:
        try:
            raise KeyError(TOKEN)
        except KeyError as error:
            raise RuntimeError("outer") from error
    except RuntimeError:
        log.exception("chained")
    text = logged.getvalue()
    assert TOKEN not in text
    assert text.count("[secret]") >= 6
    assert "RuntimeError: outer" in text
    assert "somewhere: token [secret]" in text


def test_a_record_is_clean_for_the_handlers_behind_too() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "see %s", (TOKEN,), None)
    assert Redaction([TOKEN]).filter(record)
    assert logging.Formatter("%(message)s").format(record) == "see [secret]"
    assert TOKEN not in str(vars(record))


def test_machinery_is_quiet_even_when_much_is_logged(logged: io.StringIO) -> None:
    set_up_logging("DEBUG", [], logged)
    logging.getLogger("aiosqlite").debug("executing INSERT with a name")
    logging.getLogger("bot").debug("a detail")
    assert "a name" not in logged.getvalue()
    assert "a detail" in logged.getvalue()


def test_a_bot_that_never_speaks_is_not_warned_of_its_voice(
    logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for warning in ("warn_nacl", "warn_dave"):
        monkeypatch.setattr(discord.VoiceClient, warning, True)
    discord.Client(intents=discord.Intents(guilds=True))
    logging.getLogger("discord.client").warning("something else about voice")
    logging.getLogger("bot").warning("PyNaCl is not installed, voice will NOT be supported")
    lines = logged.getvalue().splitlines()
    assert len(lines) == 2
    assert "something else" in lines[0]
    assert "bot: PyNaCl" in lines[1]


def test_shards_have_a_database_of_their_own_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_SHARDS", " 0-3/16 ")
    settings = load_settings(None)
    assert settings.shards == Shards(0, 3, 16)
    assert settings.database == Path("wood-0-3-of-16.sqlite3")
    assert load_settings(None, shards=Shards.parse("5/16")).database == Path("wood-5-of-16.sqlite3")
    assert load_settings(None, shards=None).database == Path("wood.sqlite3")
    monkeypatch.setenv("TTW_DATABASE", "elsewhere.db")
    assert load_settings(None).database == Path("elsewhere.db")
    monkeypatch.delenv("TTW_DATABASE")
    monkeypatch.setenv("TTW_SHARDS", "16/16")
    with pytest.raises(SettingsError, match=r"^TTW_SHARDS is out of bounds: 16 shards are counted .*the default\.$"):
        load_settings(None)


def test_a_wrong_range_on_the_command_line_is_said_before_anything_starts() -> None:
    refused = CliRunner().invoke(app, ["run", "--shards", "3-1/4"])
    assert refused.exit_code == Exit.USAGE
    assert refused.stderr == "ttw: --shards 3-1/4 is the wrong way round; write 1-3/4.\n"
