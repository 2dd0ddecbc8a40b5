"""How the bot is set up: from the environment (``TTW_…``) and a ``.env`` file, checked before anything starts."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as SourceError

from bot.faults import NESTED, PREFIX, field, sentences, takes_json, unreadable, variable
from bot.keeping.founding import MAX_PACE, MIN_PACE, check_zone
from bot.refusals import KeeperError
from bot.telling.catalog import SOURCE, words_in
from bot.telling.notice import refused
from data.shards import WHOLE, Shards
from inference.engines.options import ServerOptions, VllmOptions
from inference.protocol import Mind
from inference.roster import Engines, UnknownMindError, UnusableMindError, seat
from wood.names import Creature

DATABASE: Final = Path("wood.sqlite3")


class SettingsError(Exception):
    """A setting is missing or malformed; the message names the variable and says what to do, and shows no secret."""


class Settings(BaseSettings):
    """The bot's settings; every field is the environment variable of its name in capitals behind ``TTW_``.

    Attributes:
        token: the bot's token from Discord's Developer Portal; not needed to play locally.
        shards: which of the bot's shards this process runs, of how many; None for all that Discord recommends.
        database: the SQLite file; unless it is set, it has the shards in its name where they are set.
        mind: the mind of every creature that has none of its own.
        minds: minds by creature, ``TTW_MINDS__OONA=…``.
        vllm: the model in this process, ``TTW_VLLM__MODEL=…``.
        openai: the server that the mind ``openai`` asks, ``TTW_OPENAI__URL=…``.
        servers: servers by name, for the minds ``openai:NAME``, ``TTW_SERVERS__NAME__URL=…``.
        deadline: seconds in which the minds must have answered.
        traces_kept: of how many turns a wood's calls to the minds are kept; 0 keeps them all.
        sync: whether commands are registered at start when they changed.
        log_level: how much is logged.
        log_format: as what: lines of text, or a JSON object a line.
        metrics_port: the port where Prometheus reads what the bot counts; 0 is none.
        metrics_host: the address of that port.
        chart_workers: processes that draw charts; 0 draws in a thread.
        turn_workers: processes that compute the turns of many woods; 0 computes in threads.
        player_rate: commands, buttons and forms of a player that are worked on in a minute; 0 for any number.
        wood_rate: those of a wood.
        guild_rate: those of a guild.
        pace: seconds between turns of a new wood.
        zone: time zone of a new wood.
        report_hour: local hour of a new wood's daily report.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_nested_delimiter=NESTED,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = None
    shards: Annotated[Shards | None, NoDecode] = None
    database: Path = Field(default_factory=lambda before: (before.get("shards") or WHOLE).file(DATABASE))
    mind: str = "instinct"
    minds: Mapping[Creature, str] = Field(default_factory=dict)
    vllm: VllmOptions = VllmOptions()
    openai: ServerOptions = ServerOptions()
    servers: Mapping[str, ServerOptions] = Field(default_factory=dict)
    deadline: float = Field(default=20.0, gt=0, le=600, description="seconds that the minds have for a turn")
    traces_kept: int = Field(default=2000, ge=0, description="turns; 0 keeps all")
    sync: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    metrics_port: int = Field(default=0, ge=0, le=65535, description="port; 0 is none")
    metrics_host: str = Field(default="127.0.0.1", min_length=1)
    chart_workers: int = Field(default=1, ge=0, le=16, description="processes that draw charts")
    turn_workers: int = Field(default=1, ge=0, le=16, description="processes that compute turns")
    player_rate: int = Field(default=60, ge=0, description="a minute; 0 for any number")
    wood_rate: int = Field(default=300, ge=0, description="a minute; 0 for any number")
    guild_rate: int = Field(default=1_500, ge=0, description="a minute; 0 for any number")
    pace: int = Field(default=10_800, ge=MIN_PACE, le=MAX_PACE, description="seconds between turns")
    zone: str = "UTC"
    report_hour: int = Field(default=8, ge=0, le=23, description="hour of the day")

    @field_validator("token")
    @classmethod
    def _bare_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        bare = token.get_secret_value().strip().removeprefix("Bot ").strip()
        if not bare:
            return None
        if not bare.isascii() or any(mark.isspace() for mark in bare):
            message = "is no token: it holds blanks or letters that no token has; copy it again"
            raise ValueError(message)
        return SecretStr(bare)

    @field_validator("shards", mode="before")
    @classmethod
    def _range(cls, shards: object) -> object:
        return Shards.parse(shards) if isinstance(shards, str) else shards

    @field_validator("database")
    @classmethod
    def _file(cls, database: Path) -> Path:
        try:
            database = database.expanduser()
        except RuntimeError:
            message = "is in the home of a user that this machine does not know; write the whole path"
            raise ValueError(message) from None
        if database.is_dir():
            message = "is a folder; name a file in it, such as wood.sqlite3"
            raise ValueError(message)
        return database

    @field_validator("servers")
    @classmethod
    def _small_names(cls, servers: Mapping[str, ServerOptions]) -> Mapping[str, ServerOptions]:
        return {name.lower(): options for name, options in servers.items()}

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, level: object) -> object:
        return level.strip().upper() if isinstance(level, str) else level

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            return check_zone(zone)
        except KeeperError as error:
            raise ValueError(refused(error).say(words_in(SOURCE))) from None

    def mind_of(self, creature: Creature) -> str:
        """The name of the mind that decides for a creature."""
        return self.minds.get(creature, self.mind)

    def unknown_mind(self, error: UnknownMindError) -> SettingsError:
        """The error of a mind that does not exist, with the variables that name it."""
        own = [variable(("minds", creature.value)) for creature, name in self.minds.items() if name == error.name]
        named = [variable(("mind",))] if self.mind == error.name else []
        return SettingsError(
            f"{' and '.join(named + own)} cannot be used. {error} Change it in the environment or in .env."
        )

    def seat_minds(self) -> dict[Creature, Mind]:
        """Give every creature its mind. Engines are not started by it.

        Raises:
            SettingsError: a mind does not exist, or lacks an option or a library.
        """
        try:
            return seat(self.mind, self.minds, Engines(self.vllm, self.openai, self.servers))
        except UnknownMindError as error:
            raise self.unknown_mind(error) from None
        except UnusableMindError as error:
            remedy = f" Set {variable(error.option)} in the environment or in .env." if error.option else ""
            raise SettingsError(f"{error}.{remedy}") from None

    def secrets(self) -> list[str]:
        """Everything that must never be logged."""
        kept = [self.token, self.openai.key, *(server.key for server in self.servers.values())]
        return [secret.get_secret_value() for secret in kept if secret is not None]

    def require_token(self) -> str:
        """The token.

        Raises:
            SettingsError: there is none.
        """
        if self.token is None:
            raise SettingsError(
                f"{PREFIX}TOKEN is not set. Create an application in Discord's Developer Portal, copy its bot token "
                f"(Bot, Reset Token) and put the line {PREFIX}TOKEN=… into a file named .env or into the environment. "
                "To play without Discord, run `ttw play`."
            )
        return self.token.get_secret_value()


def load_settings(env_file: Path | str | None = ".env", **given: Any) -> Settings:  # noqa: ANN401 - any field
    """Read the settings; what is ``given`` goes before the environment, and that before the file.

    Raises:
        SettingsError: one of them is malformed, or the file cannot be read.
    """
    try:
        return Settings(_env_file=env_file, **given)
    except ValidationError as error:
        # A default that was not made for want of another setting is no fault of its own.
        faults = [fault for fault in error.errors() if fault["type"] != "default_factory_not_called"]
        raise SettingsError(sentences(Settings, faults)) from None
    except SourceError as error:
        found = re.search(r'field "(\w+)"', str(error))
        raise SettingsError(_unreadable(found[1] if found else "minds", env_file)) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SettingsError(f"The file {env_file} cannot be read: {reason}. Mend or remove it.") from None


def unknown_variables(env_file: Path | str = ".env") -> list[str]:
    """The variables of the environment and the file that begin as settings do and are none: misspelt ones."""
    names = {name.upper() for name in (*os.environ, *dotenv_values(env_file, interpolate=False))}
    return sorted(name for name in names if name.startswith(PREFIX) and not _is_setting(name))


def _is_setting(variable: str) -> bool:
    """Whether a variable is a setting or belongs to one; what is wrong within a group is told when it is read."""
    first, *below = variable.removeprefix(PREFIX).lower().split(NESTED)
    if first not in Settings.model_fields:
        return False
    kind = Settings.model_fields[first].annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return not below or below[0] in kind.model_fields
    return not below or first in {"minds", "servers"}


def _unreadable(group: str, env_file: Path | str | None) -> str:
    """Find the variable of a group that is not the JSON that it should be, and say so."""
    given = {**(dotenv_values(env_file, interpolate=False) if env_file else {}), **os.environ}
    for name, value in given.items():
        path = name.upper().removeprefix(PREFIX).lower().split(NESTED)
        info = field(Settings, path) if path[0] == group else None
        if info is not None and takes_json(info) and not _is_json(value):
            return unreadable(Settings, path)
    return unreadable(Settings, (group,))


def _is_json(text: str | None) -> bool:
    try:
        json.loads(text or "null")
    except ValueError:
        return False
    return True
