"""No prompt tells what patrons are up to, whatever they and the creatures do, but what its own creature agreed to.

``tests/inference/test_firewall.py`` looks for hands, whispers, loans, thoughts and purses; this one for stakes:
positions, wagers, tips, files, heat, denunciations, bribes and pacts.
"""

import os
import re
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import given, settings

from inference.prompt import SHARED, render
from inference.text import quote
from tests.wood.absurd import Story, begun, stories
from tests.wood.test_firewall import PATRON_KEY
from tests.wood.woods import MINDS, RULES, decide, holding, wood
from wood.memory import Deed
from wood.moves import Denounce, Foresight, Intervention, OfferBribe, OfferPact, OpenPosition
from wood.names import CREATURES, GOODS, Creature, patron_account
from wood.observe import View, observe
from wood.pacts import Deal
from wood.turn import close_turn, open_turn
from wood.world import World

TURNS: Final = 12
EXAMPLES: Final = int(os.environ.get("WOOD_EXAMPLES", "15"))
"""Random runs, of five prompts a turn."""
STAKES: Final = re.compile(
    r"\b(short|shorted|long in|margin|positions?|stakes?|staked|wagers?|tips?|foresight|omens?|denounc\w*|"
    r"brib\w*|magistrate|heron|exiled?|heat|hot|fined?|verdicts?|corner\w*)\b",
    re.IGNORECASE,
)
"""Words in which a secret of stakes would be told; hearsay, which may say anything, is left out."""
_QUOTED: Final = re.compile(r'"[^"\n]*"')
_TITLES: Final = {slug: legend.title for slug, legend in RULES.legends.items() if legend.in_deck}
_DEALS: Final = (Deal.WITHHOLD, Deal.DUMP)


def prompt_of(view: View) -> str:
    """All that an engine is told of a turn beside the rules that are the same for all, without what was heard."""
    system, user = render(view, RULES)
    assert system["content"].startswith(SHARED)
    return _QUOTED.sub('""', system["content"].removeprefix(SHARED) + "\n" + user["content"])


def leaks_of(text: str, view: View, world: World) -> dict[str, object]:
    """What a prompt tells that it must not, by kind; of what is its creature's own, what it should not know yet."""
    asked = {offer.what for offer in view.offers}
    kept = {promise.what for promise in view.promises}
    shorted = any(memory.deed is Deed.SHORTED for memory in view.memories)
    untold = {slug: title for slug, title in _TITLES.items() if slug not in world.album}
    return {
        "a patron's key": PATRON_KEY.findall(text),
        "a word of stakes": STAKES.findall(text),
        "another's bribe": "secretly" in text and not asked.intersection(_DEALS),
        "another's pact": "asks you and" in text and Deal.BROKER not in asked,
        "another's promise": "You promised" in text and not kept,
        "a bet that was not read out": "bet " in text and not shorted,
        "a legend that was not told": [
            each for slug, title in untold.items() for each in (slug, title) if each in text
        ],
    }


def check(view: View, world: World) -> str:
    """See that a prompt tells no secret; answers it."""
    text = prompt_of(view)
    found = {kind: leak for kind, leak in leaks_of(text, view, world).items() if leak}
    assert not found, f"{view.creature}: {found}\n{text}"
    return text


@settings(max_examples=EXAMPLES)
@given(stories(TURNS))
def test_no_prompt_tells_a_secret_whatever_is_done(story: Story) -> None:
    world = begun(story)
    for number in range(TURNS):
        morning = open_turn(RULES, world, story.interventions(number, world))
        views = observe(RULES, morning.world)
        for view in views.values():
            check(view, morning.world)
        world, _ = close_turn(RULES, morning, story.decisions(number, views))


def scheming(now: int) -> Iterator[Intervention]:
    """Four patrons who leave nothing undone."""
    creature, other = CREATURES[now % 5], CREATURES[(now + 1) % 5]
    yield OfferBribe("p1", creature, "dump" if now % 2 else "withhold")
    yield OfferPact("p2", creature, other)
    yield Foresight("p3", "thought", creature)
    yield OpenPosition("p1", GOODS[now % 5], -1, 10)
    yield Denounce("p4", f"p{1 + now % 3}")


@pytest.mark.parametrize("mind", MINDS)
def test_a_promise_is_in_the_prompt_of_who_gave_it_and_in_no_other(mind: str) -> None:
    world = wood(3, patrons=4)
    promised: set[Creature] = set()
    asked = 0
    while world.turn < 40:
        for number in range(1, 5):
            world = holding(world, patron_account(f"p{number}"), pebbles=400)
        morning = open_turn(RULES, world, list(scheming(world.turn + 1)))
        for creature, view in observe(RULES, morning.world).items():
            text = check(view, morning.world)
            bound = {pact for pact in morning.world.pacts if creature in (pact.creature, pact.partner)}
            assert bool(view.promises) is bool(bound)
            promised |= {creature} if "You promised" in text else set()
            asked += "secretly pays you" in text
        world, _ = close_turn(RULES, morning, decide(MINDS[mind], morning))
    assert asked
    assert promised
    assert any(patron.convicted for patron in world.patrons.values()), "nobody was ever heard"


def test_the_scan_finds_what_is_planted() -> None:
    morning = open_turn(RULES, wood(patrons=2))
    view = observe(RULES, morning.world)[Creature.PIP]
    text = check(view, morning.world)
    planted = {
        "a patron's key": "You like p2.",
        "a word of stakes": "Alder is short of honey.",
        "another's bribe": "- 3: Alder secretly pays you 40 pebbles to sell no berries for 4 turns",
        "another's pact": "- 3: Alder asks you and Fenn to sell nothing of your own under a good price for 6 turns",
        "another's promise": "You promised Alder to sell no berries until turn 9.",
        "a bet that was not read out": "You remember: Alder bet that your berries would get cheap.",
        "a legend that was not told": f"Soon {_TITLES['great-frost']} is told.",
    }
    for kind, line in planted.items():
        assert leaks_of(f"{text}\n{line}", view, morning.world)[kind], kind
    assert not STAKES.search(_QUOTED.sub('""', f"- Fenn: {quote('a tip on “p1”', 40)}")), "hearsay is left out"
