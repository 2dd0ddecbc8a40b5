"""``ttw run``: the bot on Discord."""

import asyncio
import logging

from bot.cli.exits import explaining

log = logging.getLogger(__name__)


def run() -> None:
    """Run the bot on Discord until Ctrl+C or SIGTERM.

    Settings come from environment variables (TTW_…) and the file .env; .env.example lists them all. The token
    (TTW_TOKEN) is the only one without a default.
    """
    from bot.settings import load_settings, unknown_variables

    with explaining():
        settings = load_settings()
        token = settings.require_token()
        settings.seat_minds()  # a mind that does not exist must not wait for the network to be told

    from bot.logs import set_up_logging
    from bot.run import serve

    set_up_logging(settings.log_level, settings.secrets(), form=settings.log_format)
    for name in unknown_variables():
        log.warning("%s is no setting and is ignored; .env.example lists them all", name)
    with explaining():
        asyncio.run(serve(settings, token))
