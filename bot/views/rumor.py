"""Rumors: the form to cast one, what it cost, and what has been heard."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import RumorCard, RumorRow
from bot.telling.catalog import Words
from bot.telling.phrases import of_good
from bot.telling.stock import stock as lines_of
from bot.telling.taming import MAX_NAME, bounded, escape, whole_lines
from bot.views.base import CALM, QUOTE, Form, Layout, StatelessButton, breath_bar, note, quoted_in, rule, text
from bot.views.newcomer import arriving, welcome_line
from bot.views.receipt import FateButton, ReceiptButton, receipt_line
from wood.moves.rumor import MAX_RUMOR
from wood.names import CREATURES, GOODS, Creature, Good

EVERYBODY = "everybody"
AUTO = "auto"
LEANINGS = {"dearer": 1, "cheaper": -1, "praise": 1, "blame": -1, "neither": 0}
"""What each claim says. One list is offered for goods and creatures: "dearer" said of a creature is a good word."""
_CLAIM_EMOJI = {"dearer": "📈", "cheaper": "📉", "praise": "🌼", "blame": "🥀"}
_GOODS, _CREATURES = frozenset(GOODS), frozenset(CREATURES)
_RUMORS, _GOSSIP = 2_100, 1_600
_LISTED = 8
"""Rumors that are listed: with their buttons they stay within the forty parts of a message."""
"""Characters for what patrons spread, and for what creatures said."""


@dataclass(frozen=True, slots=True)
class RumorDraft:
    """A rumor as a player filled it in: ``claim`` is a key of :data:`LEANINGS`, or :data:`AUTO`; ``to`` None is all."""

    about: Good | Creature
    line: str = ""
    claim: str = AUTO
    to: Creature | None = None


async def cast_rumor(interaction: Interaction, draft: RumorDraft) -> None:
    """Cast a rumor and answer in private, since the answer shows the purse, and a whisper is nobody else's business.

    Should it fail, the words stay with the player, and a button that opens the form with them.
    """
    async with answering(interaction) as answer:
        words = words_of(interaction)
        answer.kept = (f"{QUOTE}{escape(draft.line)}", RetryButton.of(words, draft))
        card = await interaction.client.keeper.patrons.cast_rumor(
            place(interaction),
            interaction.user.id,
            about=draft.about,
            text=draft.line,
            leaning=LEANINGS.get(draft.claim),
            to=draft.to,
        )
        answer.kept = None
        await answer.show(render_cast(words, card))


async def speaking(interaction: Interaction) -> Words | None:
    """See that the one who asks may speak here, before anything is written.

    Returns:
        The language of the lines that are chosen for players, where the wood takes no words of their own.

    Raises:
        Refusal: there is no wood, or its keeper has muted the player.
    """
    manners = interaction.client.keeper.manners
    await manners.check(place(interaction), interaction.user.id)
    return await manners.stock(place(interaction))


def one_line(stock: Words, about: Good | Creature, leaning: int) -> str:
    """One of the lines that the game has for a claim, any of them."""
    return random.choice(lines_of(stock, about, leaning))


def topic_of(value: str) -> Good | Creature:
    """Read a good or a creature from its value.

    Raises:
        ValueError: it is neither.
    """
    return Good(value) if value in _GOODS else Creature(value)


def _topics(words: Words) -> list[discord.SelectOption]:
    good, creature = words("rumor-form-good"), words("rumor-form-creature")
    return [
        *(discord.SelectOption(label=of_good(words, each), value=each.value, description=good) for each in GOODS),
        *(
            discord.SelectOption(label=words(f"creature-{each}"), value=each.value, description=creature)
            for each in CREATURES
        ),
    ]


def _claims(words: Words) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=words("rumor-form-auto"), value=AUTO),
        *(
            discord.SelectOption(label=words(f"claim-{claim}"), value=claim, emoji=_CLAIM_EMOJI.get(claim))
            for claim in LEANINGS
        ),
    ]


def _ears(words: Words) -> list[discord.SelectOption]:
    only = {who: words("rumor-form-only", creature=words(f"creature-{who}")) for who in CREATURES}
    return [
        discord.SelectOption(label=words("rumor-form-everybody"), value=EVERYBODY),
        *(discord.SelectOption(label=label, value=who.value, emoji="🤫") for who, label in only.items()),
    ]


def _chosen(options: list[discord.SelectOption], value: str) -> list[discord.SelectOption]:
    """The options with one of them chosen beforehand."""
    for option in options:
        option.default = option.value == value
    return options


class RumorForm(Form):
    """What the rumor is about, the words, which way they point, and who shall hear it; a draft is filled in already.

    Args:
        words: of the player.
        draft: what is filled in.
        stock: where the wood takes no words of players' own, the language of those that are chosen for them.
    """

    def __init__(self, words: Words, draft: RumorDraft | None = None, stock: Words | None = None) -> None:
        super().__init__(title=words("rumor-form-title"))
        self.stock = stock
        self.about: ui.Select[Any] = ui.Select(
            custom_id="about",
            placeholder=words("rumor-form-about-hint"),
            options=_chosen(_topics(words), draft.about if draft else ""),
        )
        self.line: ui.TextInput[Any] = ui.TextInput(
            custom_id="words",
            max_length=MAX_RUMOR,
            placeholder=words("rumor-form-words-hint"),
            default=draft.line[:MAX_RUMOR] if draft else None,
        )
        claims = _claims(words) if stock is None else _claims(words)[1:]  # no words that could speak for themselves
        self.leaning: ui.Select[Any] = ui.Select(
            custom_id="leaning", options=_chosen(claims, draft.claim if draft else AUTO)
        )
        self.to: ui.Select[Any] = ui.Select(
            custom_id="to", options=_chosen(_ears(words), (draft and draft.to) or EVERYBODY)
        )
        self.add_item(ui.Label(text=words("rumor-form-about"), component=self.about))
        if stock is None:
            rule = words("rumor-form-words-rule")
            self.add_item(ui.Label(text=words("rumor-form-words"), description=rule, component=self.line))
        self.add_item(ui.Label(text=words("rumor-form-claim"), component=self.leaning))
        self.add_item(ui.Label(text=words("rumor-form-to"), component=self.to))
        if stock is not None:
            self.add_item(text(words("rumor-form-stock")))

    async def send(self, interaction: Interaction) -> None:
        """Cast what was filled in."""
        to = self.to.values[0]
        whispered = None if to == EVERYBODY else Creature(to)
        about, claim = topic_of(self.about.values[0]), self.leaning.values[0]
        line = self.line.value if self.stock is None else one_line(self.stock, about, LEANINGS[claim])
        await cast_rumor(interaction, RumorDraft(about, line, claim, whispered))


class RumorButton(StatelessButton, template=r"ttw:rumor"):
    """Open the form for a rumor."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:rumor", label=words("button-rumor"), emoji="🗣️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Open the form; who is no patron yet becomes one with it, since nobody should write in vain."""
        async with answering(interaction, form=True):
            arrival, words = await arriving(interaction), words_of(interaction)
            form = RumorForm(words, stock=await speaking(interaction))
            if arrival.new:
                form.add_item(text(welcome_line(words, arrival.card)))
            await interaction.response.send_modal(form)


class RetryButton(
    StatelessButton,
    template=rf"ttw:rumor:(?P<about>{'|'.join([*GOODS, *CREATURES])}):(?P<claim>{'|'.join([AUTO, *LEANINGS])}):"
    rf"(?P<to>{'|'.join([EVERYBODY, *CREATURES])})",
):
    """Open the form again with what could not be said; its words stand in the message that holds the button."""

    @classmethod
    def of(cls, words: Words, draft: RumorDraft) -> "RetryButton":
        """Make the button that offers a draft again."""
        custom_id = f"ttw:rumor:{draft.about}:{draft.claim}:{draft.to or EVERYBODY}"
        return cls(custom_id, label=words("button-retry"), emoji="🗣️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Open the form, filled in."""
        to = self.named["to"]
        draft = RumorDraft(
            topic_of(self.named["about"]),
            quoted_in(interaction.message),
            self.named["claim"],
            None if to == EVERYBODY else Creature(to),
        )
        async with answering(interaction, form=True):
            form = RumorForm(words_of(interaction), draft, await speaking(interaction))
            await interaction.response.send_modal(form)


def render_cast(words: Words, card: RumorCard) -> Layout:
    """What a patron is told after casting a rumor; private, since it shows the purse."""
    patron = card.patron
    fate = [FateButton.of(words, card.turn)] if card.leaning and card.turn else []
    return note(
        words(
            "rumor-cast",
            to=words(f"creature-{card.to}") if card.to else "none",
            text=escape(bounded(card.text, MAX_RUMOR)),
            taken=_taken(words, card),
            resting="yes" if patron.resting else "no",
            bar=breath_bar(patron),
            breath=patron.breath,
            most=patron.breath_max,
            purse=patron.purse,
        ),
        *fate,
    )


def _taken(words: Words, card: RumorCard) -> str:
    """How a line was understood."""
    if not card.leaning:
        return words("rumor-taken-none")
    way = "up" if card.leaning > 0 else "down"
    if isinstance(card.about, Creature):
        return words("rumor-taken-creature", way=way, creature=words(f"creature-{card.about}"))
    number = words(f"good-{card.about}.number")
    return words("rumor-taken-good", way=way, good=words(f"good-{card.about}"), number=number)


def render_heard(words: Words, rows: Sequence[RumorRow]) -> Layout:
    """The rumors of patrons, and below them the gossip of the creatures turn by turn."""
    if not rows:
        return note(words("rumor-quiet"), RumorButton(words))
    gossip: dict[int, list[str]] = {}
    for line in rows:
        if line.kind == "gossip":
            gossip.setdefault(line.turn, []).append(f"💬 {_said(words, line)}")
    chatter = ["\n".join([f"-# {words('rumor-turn', turn=turn)}", *lines]) for turn, lines in gossip.items()]
    spread = [line for line in rows if line.kind != "gossip"]
    items: list[ui.Item[Any]] = [text(words("rumor-rumors")), *_spread(words, spread)]
    if chatter:
        items += [rule(), text("\n".join([words("rumor-gossip"), *whole_lines(words, chatter, _GOSSIP)]))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _spread(words: Words, lines: Sequence[RumorRow]) -> list[ui.Item[Any]]:
    """The rumors, as many as fit, each with a button to its receipt where it has one; those that share one, one."""
    if not lines:
        return [text(words("rumor-none"))]
    items: list[ui.Item[Any]] = []
    left, buttons = _RUMORS, set[int]()
    for line in lines[:_LISTED]:
        told = _rumor(words, line)
        left -= len(told)
        if left < 0:
            break
        fate = line.receipt
        if fate is None or fate.receipt.id in buttons:
            items.append(text(told))
        else:
            buttons.add(fate.receipt.id)
            items.append(ui.Section(told, accessory=ReceiptButton.of(words, fate)))
    more = len(lines) - len(items)
    return [*items, text("-# " + words("and-more", count=more))] if more else items


def _rumor(words: Words, line: RumorRow) -> str:
    """A rumor, when it was cast and what came of it."""
    emoji = "🤫" if line.kind == "whisper" else "🗣️"
    came = [receipt_line(words, line.receipt)] if line.receipt else []
    return "\n".join([f"{emoji} {_said(words, line)}", f"-# {_when(words, line)}", *came])


def _said(words: Words, line: RumorRow) -> str:
    speaker, said = bounded(line.speaker, MAX_NAME), bounded(line.text, MAX_RUMOR)
    return words("rumor-line", speaker=escape(speaker), text=escape(said))


def _when(words: Words, line: RumorRow) -> str:
    if line.about in _GOODS:
        return words("rumor-turn-about", turn=line.turn, about=words(f"good-{line.about}"))
    if line.about in _CREATURES:
        return words("rumor-turn-about", turn=line.turn, about=words(f"creature-{line.about}"))
    return words("rumor-turn", turn=line.turn)
