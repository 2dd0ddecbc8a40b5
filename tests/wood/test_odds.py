"""Odds: chances are found by continuing the wood under habit alone, and learn from what they were wrong about."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from inference.instinct import answer as instinct
from tests.wood.claims import CAST, LINE, RUMOR, fresh
from tests.wood.woods import RULES, play, wood
from wood.chronicle import dump
from wood.draft import Draft
from wood.ledger import journal
from wood.moves import DailyCall, Intervention, OfferLoan, TellLegend
from wood.names import CREATURES, Good
from wood.odds import CONTINUATIONS, DOUBT, ERRORS_KEPT, by_habit, continuations, learn, weigh
from wood.prophecy import (
    JUDGED_AFTER,
    PER_MILLE,
    claim,
)
from wood.turn import go_on, open_turn, wake
from wood.world import Call, Claim, Forecast, ShockInForce, World

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES


def rising(number: int) -> Callable[[Draft], None]:
    """A turn after which honey costs a tenth more in the first so many continuations, and a tenth less in the rest."""
    begun: list[int] = []

    def go_on(draft: Draft) -> None:
        if draft.dice not in begun:
            begun.append(draft.dice)
        percent = 110 if begun.index(draft.dice) < number else 90
        draft.references[Good.HONEY] = draft.references[Good.HONEY] * percent // 100
        draft.turn, draft.now = draft.now, draft.now + 1

    return go_on


@pytest.mark.parametrize("rises", [0, 1, CONTINUATIONS // 2, CONTINUATIONS])
def test_a_chance_is_the_share_of_continuations_in_which_it_comes_true(rises: int) -> None:
    draft = fresh()
    claim(draft, RUMOR)
    claim(draft, replace(RUMOR, origin="p2", leaning=-1))
    draft.calls = [Call("p9", Good.HONEY, 1, dict(draft.references), draft.now + 2)]
    before = dump(draft.freeze())
    unweighed = [replace(made) for made in draft.claims], [replace(call) for call in draft.calls]
    weigh(draft, rising(rises))
    up, down = (made.chance for made in draft.claims)
    assert up is not None
    assert down is not None
    assert abs(up * CONTINUATIONS - rises * PER_MILLE) <= PER_MILLE
    assert 0 < up < PER_MILLE
    assert abs(up + down - PER_MILLE) <= 1
    assert draft.calls[0].chance == up
    draft.claims, draft.calls, draft.forecasts = *unweighed, []
    assert dump(draft.freeze()) == before, "nothing else is changed by it"


def test_a_chance_that_is_known_is_not_found_again_and_creatures_need_none() -> None:
    draft = fresh()
    claim(draft, LINE)
    draft.claims.append(Claim("p1", Good.HONEY, 1, 700, draft.now + 2, CREATURES, 123))
    weigh(draft, _never)
    assert [made.chance for made in draft.claims] == [None, 123]


def _never(draft: Draft) -> None:
    raise AssertionError("nobody asked for a continuation")


def test_continuations_differ_by_their_dice_alone_and_are_the_same_again() -> None:
    def rolls(draft: Draft) -> None:
        draft.references[Good.HONEY] = 100 + draft.dice % 9000
        draft.turn, draft.now = draft.now, draft.now + 1

    draft = fresh()
    futures = continuations(draft, 3, rolls)
    assert len(futures) == CONTINUATIONS
    assert {len(course) for course in futures} == {3}
    assert len({course[0][Good.HONEY] for course in futures}) > CONTINUATIONS // 2
    assert continuations(draft, 3, rolls) == futures
    draft.now += 1
    draft.turn += 1
    assert continuations(draft, 3, rolls) != futures, "another turn, other dice"


def chances(world: World) -> list[int | None]:
    opened = open_turn(RULES, world, [CAST, DailyCall("p7", Good.ACORNS, -1, 4)]).world
    return [made.chance for made in opened.claims if made.speaker == "p1"] + [call.chance for call in opened.calls]


def test_a_turn_finds_the_chances_of_its_claims_and_calls_the_same_at_every_opening() -> None:
    world, _ = play(wood(patrons=1), 6)
    first = chances(world)
    assert len(first) == 2
    assert all(chance is not None and 0 < chance < PER_MILLE for chance in first)
    assert chances(world) == first


def test_what_a_legend_has_in_store_is_in_no_chance() -> None:
    world, _ = play(wood(patrons=1), 6)
    honey = [slug for slug, legend in RULES.legends.items() if legend.good is Good.HONEY]
    coming = [ShockInForce(slug, 0, world.turn + 2) for slug in honey]
    assert coming
    assert chances(replace(world, shocks=(*world.shocks, *coming))) == chances(world)


def test_what_everybody_can_see_coming_has_a_high_chance_and_its_opposite_a_low_one() -> None:
    """A price far under its usual one is pulled home, and whoever says so says nothing new."""
    world, _ = play(wood(patrons=2), 10)
    world = replace(world, references={**world.references, Good.HONEY: 150}, yesterday=world.references)
    opened = open_turn(RULES, world, [CAST, replace(CAST, patron="p2", leaning=-1)]).world
    chances = {made.leaning: made.chance for made in opened.claims if made.speaker in opened.patrons}
    dearer, cheaper = chances[1], chances[-1]
    assert dearer is not None
    assert cheaper is not None
    assert cheaper < 200 < 800 < dearer


def test_no_posting_of_a_continuation_is_in_a_ledgers_journal() -> None:
    world, _ = play(wood(patrons=1), 6)
    with journal() as plain:
        open_turn(RULES, world)
    with journal() as weighed:
        opened = open_turn(RULES, world, [CAST]).world
    assert any(made.chance is not None for made in opened.claims)
    assert weighed == plain


def test_a_course_that_is_only_thought_of_has_the_prices_of_one_that_comes() -> None:
    """Whatever is left out of it moves no price: neither then nor in any turn after."""
    slug = next(slug for slug, legend in RULES.legends.items() if any(shock.decree for shock in legend.shocks))
    inputs: dict[int, list[Intervention]] = {8: [TellLegend(slug), OfferLoan("p1", FENN, 10, 2, 4)], 9: [CAST]}
    world, _ = play(wood(patrons=1), 9, instinct, inputs)
    thought, told = Draft(RULES, world), Draft(RULES, world)
    kept = thought.memories, thought.moods, thought.lately
    for draft in (thought, told):
        wake(draft, [CAST])
        draft.shocks = [shock for shock in draft.shocks if shock.start <= draft.now]
    events, flows = list(thought.events), thought.ledger.flows
    for course in by_habit(thought, 12, go_on):
        go_on(told)
        assert course.references == told.references
        assert course.ledger.frozen() == told.ledger.frozen()
        assert (course.beliefs, course.feelings, course.loans) == (told.beliefs, told.feelings, told.loans)
    assert events
    assert (thought.events, thought.ledger.flows) == ([], flows)
    assert (thought.memories, thought.moods, thought.lately) == kept
    assert told.ledger.flows != flows
    assert told.moods != thought.moods
    assert told.memories != thought.memories


def foreseen(draft: Draft, percent: int) -> None:
    """Let a forecast fall due that was wrong about honey by so many per cent of the price."""
    price = draft.references[Good.HONEY]
    expected = {**draft.references, Good.HONEY: price * 100 // percent}
    draft.forecasts = [Forecast(draft.now, expected)]
    learn(draft)


def test_odds_learn_from_what_they_were_wrong_about() -> None:
    draft = fresh()
    claim(draft, RUMOR)
    naive = fresh()
    claim(naive, RUMOR)
    for _ in range(ERRORS_KEPT + 3):
        foreseen(draft, 300)
    assert len(draft.errors[Good.HONEY]) == ERRORS_KEPT
    weigh(draft, rising(0))
    weigh(naive, rising(0))
    known, unknown = draft.claims[0].chance, naive.claims[0].chance
    assert known is not None
    assert unknown is not None
    assert known > unknown, "prices came out higher than habit thought all along"


def test_one_surprise_teaches_little() -> None:
    draft = fresh()
    for percent in (100, 100, 250):
        foreseen(draft, percent)
    claim(draft, RUMOR)
    weigh(draft, rising(0))
    naive = fresh()
    claim(naive, RUMOR)
    weigh(naive, rising(0))
    assert draft.claims[0].chance == naive.claims[0].chance
    assert DOUBT > 0


def test_a_forecast_is_noted_with_a_claim_and_kept_until_it_is_due() -> None:
    draft = fresh()
    claim(draft, RUMOR)
    weigh(draft, rising(CONTINUATIONS))
    (forecast,) = draft.forecasts
    assert forecast.due == draft.now + JUDGED_AFTER
    assert forecast.prices[Good.HONEY] > draft.references[Good.HONEY]
    learn(draft)
    assert draft.forecasts == [forecast]
    assert not draft.errors


def test_who_says_it_again_has_that_in_its_chance() -> None:
    draft = fresh()
    claim(draft, RUMOR)
    draft.claims = [replace(draft.claims[0], chance=100, due=draft.claims[0].due)]
    claim(draft, replace(RUMOR, origin="p2"))
    weigh(draft, rising(CONTINUATIONS))
    assert draft.claims[0].chance == 100, "another's repeat is nothing that the first could help"
    claim(draft, RUMOR)
    weigh(draft, rising(CONTINUATIONS))
    first = draft.claims[0].chance
    assert first is not None
    assert first > 900
