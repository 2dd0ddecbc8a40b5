"""In which words commands speak: those that Discord shows before anything is sent, and those of their answers."""

from discord import app_commands

from bot.answers import Interaction, place, words_of
from bot.telling.catalog import SOURCE, Fact, Words, words_for, words_in


def said(key: str, /, **facts: Fact) -> app_commands.locale_str:
    """The words of a key for Discord: English at first, with what :class:`bot.translator.Translator` needs for others.

    Args:
        key: of the catalogs.
        facts: the sentence's placeholders.
    """
    return app_commands.locale_str(words_in(SOURCE)(key, **facts), key=key, facts=facts)


async def answering_words(interaction: Interaction, *, share: bool) -> Words:
    """The words of an answer: the player's own, or the wood's where everybody in the channel sees it.

    Raises:
        Refusal: it is shared, and no wood lives in the channel.
    """
    if not share:
        return words_of(interaction)
    return words_for(await interaction.client.keeper.queries.language(place(interaction)))
