"""``ttw sync``: register the slash commands with Discord by hand."""

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from bot.settings import Settings


def sync(as_json: AsJson = False) -> None:
    """Register the slash commands with Discord, whether they changed or not, and leave.

    The bot does so itself at every start at which they have changed; this is for hosts who turned that off, and for a
    Discord that lost them. The bot may be running meanwhile.
    """
    from bot.endings import ending
    from bot.logs import set_up_logging
    from bot.settings import load_settings

    with explaining():
        settings = load_settings()
        token = settings.require_token()
        set_up_logging("WARNING", [token])
        try:
            names = asyncio.run(_register(settings, token))
        except Exception as error:
            raise ending(error) or error from None
    if as_json:
        print_json({"registered": names})
    else:
        typer.echo(f"Registered with Discord: {', '.join(f'/{name}' for name in names)}.")


async def _register(settings: "Settings", token: str) -> list[str]:
    """Log in without connecting, register the commands, and give their groups' names."""
    from bot.client import WoodBot

    class Registrar(WoodBot):
        """The bot with its commands and nothing at work behind them."""

        async def setup_hook(self) -> None:
            await self.open_store()
            await self.load_commands()
            await self.register_commands(always=True)

    bot = Registrar(settings)
    try:
        await bot.login(token)
        return sorted(command.name for command in bot.tree.get_commands())
    finally:
        await bot.close()
