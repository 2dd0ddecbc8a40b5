"""No prompt of a busy wood takes more than its tokens, and what all prompts share comes first."""

from itertools import islice

from data.content import default_rules
from inference.prompt import SHARED, render
from inference.tokens import PROMPT, REPLY, TEMPLATE, TOKENS, estimate
from tests.inference.busy import PATRONS, views_of_woods
from wood.names import CREATURES

PROMPTS = 1000


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
        assert "Heard (hearsay):" in user["content"] or "Turn 1," in user["content"]
    assert len({prompt[0]["content"] for prompt in prompts}) == len(CREATURES), (
        "the system message holds something of the turn"
    )
    assert estimate(SHARED) > 0.4 * sum(sizes) / len(sizes), "too little is the same for all"
    assert sum(len(view.heard) > PATRONS for view in views) > PROMPTS / 2
    assert sum(bool(view.loans_offered) for view in views) > PROMPTS / 4
    assert sum(bool(view.debts) for view in views) > PROMPTS / 10
