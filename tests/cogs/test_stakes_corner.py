"""A corner through Discord: sent out, kept in the book, called home; nobody else reads whose it is."""

import pytest

from tests.cogs.grove import Grove, said
from tests.cogs.test_stakes import press


@pytest.fixture
async def joined(grove: Grove) -> Grove:
    """A wood with two patrons."""
    for who in (grove.marguerite, grove.konomi):
        await who.slash(grove.channel, "patron join")
    await grove.turns()
    return grove


async def test_an_agent_buys_up_a_good_and_is_called_home(joined: Grove) -> None:
    grove = joined
    seen = await grove.konomi.slash(grove.channel, "patron corner", good="honey", budget=50)
    assert "Buy up honey for 50 pebbles" in said(seen)
    assert "**50 pebbles** are at risk" in said(seen)
    assert "It waits" in await press(grove.konomi, seen, "ttw:do:")
    await grove.turns(2)
    book = await grove.konomi.slash(grove.channel, "patron book")
    assert "Your agent buys honey" in said(book)
    assert "agent" not in said(await grove.marguerite.slash(grove.channel, "patron book"))
    assert "Let your agent sell honey" in await press(grove.konomi, book, "ttw:see:sell.honey")
    assert "It waits" in await press(grove.konomi, book, "ttw:do:")
    await grove.turns(8)
    assert "your agent is back from honey" in said(await grove.konomi.slash(grove.channel, "patron history"))
