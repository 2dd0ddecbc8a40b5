"""The moves of ``/patron`` that have a price, each shown before it is made; the book, and how one got here."""

from typing import Final

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.views.rumor import LEANINGS
from bot.views.stakes import render_book, show_history, show_preview
from bot.wishes import Value, Wish
from cogs.options import CLAIM_CHOICES, CREATURE_CHOICES, GOOD_CHOICES, TOPIC_CHOICES, lines, patrons, read_patron
from cogs.said import said
from wood.moves.bourse import STAKES
from wood.moves.corner import BUDGET, BUDGETS
from wood.moves.loan import LOAN_TURNS_MOST
from wood.moves.rumor import BARS, MAX_RUMOR, WAGERS

LEAST_BAR: Final = BARS[0] // 100
Staked = app_commands.Range[int, WAGERS[0], WAGERS[1]]
Bar = app_commands.Range[int, BARS[0] // 100, BARS[1] // 100]
ON_CHOICES: Final = [Choice(name=said(f"stake-on-{on}"), value=on) for on in ("truth", "effect")]
WHAT_CHOICES: Final = [Choice(name=said(f"stake-word-{what}"), value=what) for what in ("shock", "omen", "thought")]
BRIBE_CHOICES: Final = [Choice(name=said(f"stake-word-{what}"), value=what) for what in ("withhold", "dump")]
_Budget = app_commands.Range[int, BUDGETS[0], BUDGETS[1]]
_Stake = app_commands.Range[int, STAKES[0], STAKES[1]]
_Pebbles = app_commands.Range[int, 1, 9_999]
_USUAL = 20
"""Pebbles of a bet, of which nobody said how large it is to be."""


async def look(interaction: Interaction, name: str, line: str = "", **values: Value) -> None:
    """Show what a move would cost and bring, to the one who may make it."""
    async with answering(interaction, looks=True) as answer:
        await show_preview(interaction, answer, Wish.of(name, **values), line)


def said_and_staked(
    about: str, claim: str | None, stake: int | None, on: str | None, bar: int | None
) -> dict[str, Value]:
    """What a line of words claims, and what is staked on it, as a wish holds it."""
    leaning = None if claim is None else LEANINGS[claim]
    mark = (bar or LEAST_BAR) * 100 if on == "effect" else 0
    return {"about": about, "leaning": leaning, "stake": stake, "on": on, "bar": mark}


class StakeCommands(commands.Cog):
    """The commands, for the group that they stand in."""

    @app_commands.command(description=said("command-patron-long"))
    @app_commands.describe(good=said("option-patron-bet-good"), stake=said("option-patron-bet-stake"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def long(self, interaction: Interaction, good: str, stake: _Stake = _USUAL) -> None:
        """Bet that a good gets dearer."""
        await look(interaction, "long", good=good, stake=stake)

    @app_commands.command(description=said("command-patron-short"))
    @app_commands.describe(good=said("option-patron-bet-good"), stake=said("option-patron-bet-stake"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def short(self, interaction: Interaction, good: str, stake: _Stake = _USUAL) -> None:
        """Bet that a good gets cheaper."""
        await look(interaction, "short", good=good, stake=stake)

    @app_commands.command(description=said("command-patron-close"))
    @app_commands.describe(good=said("option-patron-close-good"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def close(self, interaction: Interaction, good: str) -> None:
        """Close a bet."""
        await look(interaction, "close", good=good)

    @app_commands.command(description=said("command-patron-margin"))
    @app_commands.describe(good=said("option-patron-close-good"), pebbles=said("option-patron-margin-pebbles"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def margin(self, interaction: Interaction, good: str, pebbles: _Pebbles) -> None:
        """Put more pebbles behind a bet."""
        await look(interaction, "margin", good=good, pebbles=pebbles)

    @app_commands.command(description=said("command-patron-lend"))
    @app_commands.describe(
        to=said("option-patron-lend-to"),
        amount=said("option-patron-lend-amount"),
        interest=said("option-patron-lend-interest"),
        turns=said("option-patron-lend-turns"),
    )
    @app_commands.choices(to=CREATURE_CHOICES)
    async def lend(
        self,
        interaction: Interaction,
        to: str,
        amount: _Pebbles,
        interest: app_commands.Range[int, 0, 9_999],
        turns: app_commands.Range[int, 1, LOAN_TURNS_MOST],
    ) -> None:
        """Offer a creature a loan."""
        await look(interaction, "lend", to=to, amount=amount, interest=interest, turns=turns)

    @app_commands.command(description=said("command-patron-whisper"))
    @app_commands.describe(
        to=said("option-patron-whisper-to"),
        about=said("option-rumor-cast-about"),
        text=said("option-rumor-cast-text"),
        claim=said("option-rumor-cast-claim"),
        stake=said("option-stake"),
        on=said("option-on"),
        bar=said("option-bar"),
    )
    @app_commands.choices(to=CREATURE_CHOICES, about=TOPIC_CHOICES, claim=CLAIM_CHOICES, on=ON_CHOICES)
    @app_commands.autocomplete(text=lines)
    async def whisper(
        self,
        interaction: Interaction,
        to: str,
        about: str,
        text: app_commands.Range[str, 1, MAX_RUMOR],
        claim: str | None = None,
        stake: Staked | None = None,
        on: str | None = None,
        bar: Bar | None = None,
    ) -> None:
        """Whisper something to one creature."""
        await look(interaction, "whisper", text, to=to, **said_and_staked(about, claim, stake, on, bar))

    @app_commands.command(description=said("command-patron-foresight"))
    @app_commands.describe(what=said("option-patron-foresight-what"), creature=said("option-patron-foresight-creature"))
    @app_commands.choices(what=WHAT_CHOICES, creature=CREATURE_CHOICES)
    async def foresight(self, interaction: Interaction, what: str, creature: str | None = None) -> None:
        """Buy a glimpse."""
        await look(interaction, "foresight", what=what, creature=creature if what == "thought" else None)

    @app_commands.command(description=said("command-patron-bribe"))
    @app_commands.describe(to=said("option-patron-bribe-to"), what=said("option-patron-bribe-what"))
    @app_commands.choices(to=CREATURE_CHOICES, what=BRIBE_CHOICES)
    async def bribe(self, interaction: Interaction, to: str, what: str) -> None:
        """Bribe a creature."""
        await look(interaction, "bribe", to=to, what=what)

    @app_commands.command(description=said("command-patron-broker"))
    @app_commands.describe(one=said("option-patron-broker-one"), other=said("option-patron-broker-other"))
    @app_commands.choices(one=CREATURE_CHOICES, other=CREATURE_CHOICES)
    async def broker(self, interaction: Interaction, one: str, other: str) -> None:
        """Bring two creatures together."""
        await look(interaction, "broker", one=one, other=other)

    @app_commands.command(description=said("command-patron-corner"))
    @app_commands.describe(good=said("option-patron-corner-good"), budget=said("option-patron-corner-budget"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def corner(self, interaction: Interaction, good: str, budget: _Budget = BUDGET) -> None:
        """Send out an agent who buys up a good."""
        await look(interaction, "corner", good=good, budget=budget)

    @app_commands.command(description=said("command-patron-sell"))
    @app_commands.describe(good=said("option-patron-corner-good"))
    @app_commands.choices(good=GOOD_CHOICES)
    async def sell(self, interaction: Interaction, good: str) -> None:
        """Let the agent sell."""
        await look(interaction, "sell", good=good)

    @app_commands.command(description=said("command-patron-denounce"))
    @app_commands.describe(whom=said("option-patron-denounce-whom"))
    @app_commands.autocomplete(whom=patrons)
    async def denounce(self, interaction: Interaction, whom: str) -> None:
        """Denounce another patron."""
        async with answering(interaction, looks=True) as answer:
            others = await interaction.client.keeper.stakes.others(place(interaction), interaction.user.id)
            await show_preview(interaction, answer, Wish.of("denounce", whom=read_patron(whom, others)))

    @app_commands.command(description=said("command-patron-book"))
    async def book(self, interaction: Interaction) -> None:
        """Open the book to its owner."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.stakes.book(place(interaction), interaction.user.id)
            await answer.show(render_book(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-history"))
    async def history(self, interaction: Interaction) -> None:
        """Show how the player got here."""
        async with answering(interaction, looks=True) as answer:
            await show_history(interaction, answer, 0)
