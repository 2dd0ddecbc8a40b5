"""``ttw run``: the bot on Discord."""

import asyncio
import logging
from typing import Annotated, Any

import typer

from bot.cli.exits import explaining
from bot.cli.ranges import range_of

log = logging.getLogger(__name__)


def run(
    shards: Annotated[
        str | None,
        typer.Option(metavar="FIRST-LAST/COUNT", help="Run only these of the bot's shards, such as 0-3/16."),
    ] = None,
) -> None:
    """Run the bot on Discord until Ctrl+C or SIGTERM.

    Settings come from environment variables (TTW_…) and the file .env; .env.example lists them all. The token
    (TTW_TOKEN) is the only one without a default.

    Several processes share a bot that has grown: each runs some of its shards (--shards, or TTW_SHARDS), in a database
    of its own.
    """
    from bot.settings import load_settings, unknown_variables

    with explaining():
        given: dict[str, Any] = {} if shards is None else {"shards": range_of("--shards", shards)}
        settings = load_settings(**given)
        token = settings.require_token()
        settings.seat_minds()  # a mind that does not exist must not wait for the network to be told

    from bot.logs import set_up_logging
    from bot.run import serve

    set_up_logging(settings.log_level, settings.secrets(), form=settings.log_format)
    for name in unknown_variables():
        log.warning("%s is no setting and is ignored; .env.example lists them all", name)
    with explaining():
        asyncio.run(serve(settings, token))
