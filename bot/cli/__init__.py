"""The command line: one module a command; see :mod:`bot.cli.app`."""

from bot.cli.app import main

__all__ = ["main"]
