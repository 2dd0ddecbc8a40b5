"""Moves with a price through Discord: looked at, made once, and found again in the book."""

from typing import Any

import pytest

from tests.cogs.grove import Grove, answer, private, said, texts


def ids(components: Any) -> list[str]:
    """The ids of all buttons within components."""
    if isinstance(components, list):
        return [each for child in components for each in ids(child)]
    if not isinstance(components, dict):
        return []
    own = [components["custom_id"]] if components.get("custom_id") else []
    return [*own, *ids(components.get("components") or [])]


def button(result: Any, start: str) -> str:
    return next(each for each in ids(answer(result).components) if each.startswith(start))


@pytest.fixture
async def joined(grove: Grove) -> Grove:
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.turns()
    return grove


async def test_a_bet_is_looked_at_and_made(joined: Grove) -> None:
    grove = joined
    seen = await grove.marguerite.slash(grove.channel, "patron long", good="honey", stake=20)
    assert private(seen)
    assert "Bet 20 pebbles on dearer honey" in said(seen)
    done = await grove.marguerite.click(answer(seen), custom_id=button(seen, "ttw:do:"))
    short = await grove.marguerite.slash(grove.channel, "patron short", good="berries", stake=40)
    await grove.marguerite.click(answer(short), custom_id=button(short, "ttw:do:"))
    print(texts(answer(short).components))
    book = await grove.marguerite.slash(grove.channel, "patron book")
    print(said(book))
    await grove.turns(1)
    book = await grove.marguerite.slash(grove.channel, "patron book")
    print(said(book))
    book = await grove.marguerite.slash(grove.channel, "patron history")
    print(said(book))
    await grove.turns(2)
    book = await grove.marguerite.slash(grove.channel, "patron book")
    print(said(book))
    book = await grove.marguerite.slash(grove.channel, "patron history")
    print(said(book))
    print(said(await grove.marguerite.slash(grove.channel, "patron close", good="berries")))
    assert 0
