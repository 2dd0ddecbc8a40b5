"""Run the real command line against a loopback Discord: ``python -m tests.loopback.launch run``.

Only two addresses of discord.py are overridden; everything else is what a host would run.
"""

import os
import sys

import discord
import yarl

API, GATEWAY = "TTW_LOOPBACK_API", "TTW_LOOPBACK_GATEWAY"
"""Environment variables: what :attr:`LoopbackDiscord.api` and :attr:`LoopbackDiscord.gateway_url` say."""


def main() -> None:
    """Point discord.py at the loopback, then hand over to the console script."""
    discord.http.Route.BASE = os.environ.pop(API)
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ.pop(GATEWAY))

    from bot.cli import main as ttw

    sys.argv[0] = "ttw"
    ttw()


if __name__ == "__main__":
    main()
