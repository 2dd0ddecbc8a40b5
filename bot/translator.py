"""Gives Discord the words of commands in every language that has a folder."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes

from bot.telling.catalog import SOURCE, nearest, words_in


class Translator(app_commands.Translator):
    """Reads from the catalogs what :func:`cogs.said.said` named by key."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: TranslationContextTypes,
    ) -> str | None:
        """The words in a locale; None where there are none but the English ones that Discord has already."""
        key, language = string.extras.get("key"), nearest(locale)
        if key is None or language == SOURCE:
            return None
        return words_in(language)(key, **string.extras.get("facts", {}))
