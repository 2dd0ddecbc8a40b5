"""No prompt of a busy wood takes more than its tokens, and what all prompts share comes first."""

from dataclasses import replace
from itertools import islice

import pytest

from data.content import default_rules, languages
from inference.prompt import SHARED, render
from inference.tokens import PROMPT, REPLY, TEMPLATE, TOKENS, estimate
from tests.inference.busy import PATRONS, views_of_woods
from wood.founding import found_world
from wood.moves import CastRumor, Join, OfferLoan
from wood.names import CREATURES, Good
from wood.observe import observe
from wood.orders import MAX_GOSSIP
from wood.situations import Situation
from wood.turn import open_turn, step

PROMPTS = 1000


@pytest.mark.parametrize("language", languages())
def test_the_words_of_every_language_leave_a_turn_its_room(language: str) -> None:
    """What is never cut, with the longest loan and line that a tongue has names for."""
    rules = default_rules(language)
    alias = max(rules.tongue.aliases, key=estimate)
    world = step(rules, found_world(rules, 1), {}, [Join("p1")])[0]
    world = replace(world, patrons={"p1": replace(world.patrons["p1"], alias=alias)})
    offers = [OfferLoan("p1", who, 5, 1, 3) for who in CREATURES]
    rumor = CastRumor("p1", Good.HONEY, rules.tongue.sayings[Situation.DEARER][0][:MAX_GOSSIP], 1)
    for view in observe(rules, open_turn(rules, world, [*offers, rumor]).world).values():
        system, user = render(view, rules)
        assert system["content"].startswith(SHARED)
        assert view.heard[0].speaker in user["content"]
        assert view.offers[0].patron in user["content"]


def test_a_thousand_prompts_of_busy_woods_keep_to_a_thousand_tokens() -> None:
    rules = default_rules()
    views = list(islice(views_of_woods(), PROMPTS))
    prompts = [render(view, rules) for view in views]
    assert len(prompts) == PROMPTS
    sizes = [sum(estimate(message["content"]) for message in prompt) + TEMPLATE for prompt in prompts]
    assert max(sizes) + REPLY <= TOKENS
    assert max(sizes) > PROMPT - 40, "these woods are not busy enough to need anything cut"
    for system, user in prompts:
        assert system["content"].startswith(SHARED)
        assert user["content"].splitlines()[-1].endswith(". Your reply:")
    heard = sum("Heard (hearsay):" in user["content"] for _, user in prompts)
    assert heard > 0.9 * PROMPTS, "hearsay hardly ever fits"
    assert len({prompt[0]["content"] for prompt in prompts}) == len(CREATURES), (
        "the system message holds something of the turn"
    )
    for size, (system, _) in zip(sizes, prompts, strict=True):
        assert estimate(system["content"]) * 10 >= 6 * size, "too little is the same for all turns of a creature"
    assert sum(len(view.heard) > PATRONS for view in views) > PROMPTS / 2
    assert sum(bool(view.offers) for view in views) > PROMPTS / 4
    assert sum(bool(view.debts) for view in views) > PROMPTS / 10
