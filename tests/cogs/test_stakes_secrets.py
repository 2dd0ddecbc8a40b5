"""Glimpses, denunciations and stakes on words through Discord, each for its patron's eyes alone."""

from typing import Any

import pytest

from tests.cogs.grove import Grove, answer, private, said
from tests.cogs.test_stakes import make, pending, press


@pytest.fixture
async def joined(grove: Grove) -> Grove:
    """A wood with two patrons."""
    for who in (grove.marguerite, grove.konomi):
        await who.slash(grove.channel, "patron join")
    await grove.turns()
    return grove


async def test_a_thought_is_bought_and_read_by_nobody_else(joined: Grove) -> None:
    grove = joined
    seen = await grove.konomi.slash(grove.channel, "patron foresight", what="thought", creature="pip")
    assert private(seen)
    assert "Glimpse a thought of Pip" in said(seen)
    assert "📌" not in said(seen)
    assert "It waits" in await press(grove.konomi, seen, "ttw:do:")
    await grove.turns()
    assert "👁️" in said(await grove.konomi.slash(grove.channel, "patron book"))
    assert "👁️" in said(await grove.konomi.slash(grove.channel, "patron history"))
    assert "👁️" not in said(await grove.marguerite.slash(grove.channel, "patron book"))
    assert "👁️" not in grove.board.content


async def test_nothing_to_see_costs_nothing(joined: Grove) -> None:
    for what in ("shock", "omen"):
        seen = await joined.konomi.slash(joined.channel, "patron foresight", what=what)
        assert ("Glimpse" in said(seen)) != ("nothing to pay" in said(seen))


async def test_another_patron_is_denounced_by_name(joined: Grove) -> None:
    choices = await joined.konomi.autocomplete(joined.channel, "patron denounce", "whom", "marg")
    assert [each["value"] for each in choices] == ["p1"]
    assert await joined.marguerite.autocomplete(joined.channel, "patron denounce", "whom", "marg") == []
    seen = await joined.konomi.slash(joined.channel, "patron denounce", whom="Marguerite")
    assert "Denounce Marguerite" in said(seen)
    assert "It waits" in await press(joined.konomi, seen, "ttw:do:")
    assert "no such patron" in said(await joined.konomi.slash(joined.channel, "patron denounce", whom="Nobody"))
    await joined.turns()
    assert "you denounced Marguerite: too little speaks" in said(
        await joined.konomi.slash(joined.channel, "patron book")
    )


async def test_who_is_alone_denounces_nobody(grove: Grove) -> None:
    seen = await grove.konomi.click(grove.board, custom_id="ttw:trade")
    form = await grove.konomi.click(answer(seen), custom_id="ttw:form:denounce")
    assert "no other patron" in said(form)


@pytest.mark.parametrize("to", [None, "fenn"])
async def test_pebbles_are_staked_on_words(joined: Grove, to: str | None) -> None:
    options = {"about": "honey", "text": "honey gets dearer", "claim": "dearer", "stake": 20, "on": "effect", "bar": 5}
    seen = await joined.konomi.slash(joined.channel, "rumor cast", **options, **({"to": to} if to else {}))
    assert "these words move the price by 5 %" in said(seen)
    assert "It waits" in await press(joined.konomi, seen, "ttw:do:")
    (cast,) = await pending(joined)
    assert (cast.stake, cast.on, cast.bar, cast.to) == (20, "effect", 500, to)
    await joined.turns()
    assert "20 on your words making honey dearer" in said(await joined.konomi.slash(joined.channel, "patron book"))


async def test_a_stake_needs_a_claim(joined: Grove) -> None:
    seen = await joined.konomi.slash(joined.channel, "rumor cast", about="pip", text="Pip is kind", stake=20)
    assert "Only a claim about a good's price" in said(seen)
    assert "It waits" in await make(joined, joined.konomi, "patron short", good="honey", stake=10)


async def test_creatures_are_bribed_and_brought_together(joined: Grove) -> None:
    grove = joined
    seen = await grove.konomi.slash(grove.channel, "patron bribe", to="pip", what="withhold")
    assert "Bribe Pip to hold back" in said(seen)
    assert "none of its berries" in said(seen)
    assert "It waits" in await press(grove.konomi, seen, "ttw:do:")
    seen = await grove.konomi.slash(grove.channel, "patron broker", one="oona", other="fenn")
    assert "Bring Oona and Fenn together" in said(seen)
    assert "It waits" in await press(grove.konomi, seen, "ttw:do:")
    assert "cannot make one alone" in said(
        await grove.konomi.slash(grove.channel, "patron broker", one="pip", other="pip")
    )
    await grove.turns()
    book = said(await grove.konomi.slash(grove.channel, "patron book"))
    assert "Pip offered a bribe, in vain" in book
    assert "bribed" not in said(await grove.marguerite.slash(grove.channel, "patron book"))


async def test_every_form_leads_to_a_preview(joined: Grove) -> None:
    trade = await joined.konomi.click(joined.board, custom_id="ttw:trade")
    values: dict[str, dict[str, Any]] = {
        "bribe": {"to": ["pip"], "what": ["dump"]},
        "broker": {"one": ["pip"], "other": ["oona"]},
        "denounce": {"whom": ["p1"]},
        "foresight": {"what": ["thought"], "creature": ["fenn"]},
        "whisper": {"to": ["fenn"], "about": ["honey"], "leaning": ["1"], "stake": "5", "text": "honey gets dearer"},
        "lend": {"to": ["pip"], "amount": "10", "interest": "1", "turns": "5"},
    }
    for name, filled in values.items():
        form = await joined.konomi.click(answer(trade), custom_id=f"ttw:form:{name}")
        shown = await joined.konomi.submit_modal(form, filled)
        assert "in your purse" in said(shown), name
        assert private(shown)
