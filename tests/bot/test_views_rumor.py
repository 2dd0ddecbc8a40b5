"""The form for a rumor, filled in or not, and what a patron is told of what was cast."""

from dataclasses import replace
from typing import Any

import pytest
from discord import ui

from bot.telling.cards import CastReceipt, PatronCard, PoolCard, RumorCard, RumorRow
from bot.telling.catalog import words_in
from bot.views.base import Layout
from bot.views.legend import render_receipt
from bot.views.patron import render_welcome
from bot.views.receipt import ReceiptButton
from bot.views.rumor import AUTO, LEANINGS, RetryButton, RumorDraft, RumorForm, render_cast, render_heard
from data.content import default_rules
from tests.bot.came import came
from wood.names import Creature, Good

WORDS = words_in("en")
LEGENDS = tuple(default_rules().legends.values())
CARD = PatronCard("p1", "Alder", "Ann", 1, 3, 5, (), 2, 1, 4)


def shown(layout: Layout) -> str:
    return "\n".join(layout.texts())


@pytest.mark.parametrize(
    ("about", "leaning", "taken"),
    [
        (Good.HONEY, 1, "Taken to say: honey gets dearer."),
        (Good.ACORNS, -1, "Taken to say: acorns get cheaper."),
        (Creature.PIP, 1, "Taken as a good word about Pip."),
        (Creature.PIP, -1, "Taken as an ill word about Pip."),
        (Creature.PIP, 0, "nobody will act on it"),
        (Good.HONEY, 0, "nobody will act on it"),
    ],
)
def test_a_patron_is_told_how_a_rumor_was_understood(about: Good | Creature, leaning: int, taken: str) -> None:
    told = shown(render_cast(WORDS, RumorCard(CARD, about, "so it is said", leaning, None)))
    assert taken in told
    assert "heard next turn" in told


def test_a_wood_that_rests_promises_no_next_turn() -> None:
    card = replace(CARD, resting=True)
    for layout in (
        render_cast(WORDS, RumorCard(card, Good.HONEY, "honey is gone", 1, None)),
        render_welcome(WORDS, card),
        render_receipt(WORDS, CastReceipt(LEGENDS[0], PoolCard(3, 3, 0), resting=True)),
    ):
        assert "next turn" not in shown(layout)
        assert "rests" in shown(layout)


def options(form: RumorForm) -> dict[str, Any]:
    """What a form comes filled in with, by field."""
    chosen = {
        field.custom_id: [option.value for option in field.options if option.default]
        for field in (form.about, form.leaning, form.to)
    }
    return {**chosen, "words": form.line.default}


async def test_a_form_can_come_filled_in() -> None:
    assert options(RumorForm(WORDS)) == {"about": [], "leaning": ["auto"], "to": ["everybody"], "words": None}
    draft = RumorDraft(Creature.PIP, "Pip cheats", "blame", Creature.OONA)
    assert options(RumorForm(WORDS, draft)) == {
        "about": ["pip"],
        "leaning": ["blame"],
        "to": ["oona"],
        "words": "Pip cheats",
    }


@pytest.mark.parametrize("claim", [AUTO, *LEANINGS])
def test_a_draft_fits_into_its_button(claim: str) -> None:
    for about in (*Good, *Creature):
        for to in (None, *Creature):
            button = RetryButton.of(WORDS, RumorDraft(about, "", claim, to))
            assert button.named == {"about": about, "claim": claim, "to": to or "everybody"}
            assert len(button.custom_id) <= 100


async def test_the_rumor_form_fits_discords_limits() -> None:
    form = RumorForm(WORDS).to_dict()
    assert len(form["title"]) <= 45
    assert len(form["components"]) <= 5
    labels = [label for label in RumorForm(WORDS).children if isinstance(label, ui.Label)]
    assert all(len(label.text) <= 45 and len(label.description or "") <= 100 for label in labels)


def test_rumors_that_share_a_receipt_have_one_button() -> None:
    """Discord takes no message in which two buttons are called the same."""
    receipt = came(Good.HONEY)
    rows = [RumorRow(3, "Alder", "rumor", "honey", f"honey is gone, {time}", receipt) for time in ("again", "at last")]
    layout = render_heard(WORDS, rows)
    buttons = [item for item in layout.walk_children() if isinstance(item, ReceiptButton)]
    assert len(buttons) == 1
    assert "again" in shown(layout)
    assert "at last" in shown(layout)
