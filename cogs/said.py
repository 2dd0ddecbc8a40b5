"""The words of commands and options, which Discord shows before anything is sent, by key."""

from discord import app_commands

from bot.telling.catalog import SOURCE, Fact, words_in


def said(key: str, /, **facts: Fact) -> app_commands.locale_str:
    """The words of a key for Discord: English at first, with what :class:`bot.translator.Translator` needs for others.

    Args:
        key: of the catalogs.
        facts: the sentence's placeholders.
    """
    return app_commands.locale_str(words_in(SOURCE)(key, **facts), key=key, facts=facts)
