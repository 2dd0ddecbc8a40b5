"""Secrets of patrons: two woods that differ in nothing else look the same to all who are not in it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wood.secrets import KEYS, PUBLIC, Plot, base, planted, plots, public, quiet_plots
from tests.wood.woods import MINDS, RULES, decide
from wood.chronicle import Event, EventKind, Turn
from wood.magistrate import WARM
from wood.names import CREATURES, Creature
from wood.observe import View, observe
from wood.ranking import pebbles, ranking, standing
from wood.turn import close_turn, open_turn
from wood.world import World

PAIRS = settings(max_examples=40)
seeds = st.integers(0, 2)


@PAIRS
@given(seeds, plots, plots)
def test_only_who_promised_something_sees_that_there_is_a_plot(seed: int, one: Plot, other: Plot) -> None:
    world, _ = base(seed)
    before, after = seen_in(planted(world, one)), seen_in(planted(world, other))
    for creature in CREATURES:
        if creature in one.bound | other.bound:
            assert but_promises(before[creature]) == but_promises(after[creature])
        else:
            assert before[creature] == after[creature]
            assert not before[creature].promises


def seen_in(world: World) -> dict[Creature, View]:
    return dict(observe(RULES, open_turn(RULES, world).world))


def but_promises(view: View) -> View:
    """The same view without what its creature promised, and what that leaves it to sell."""
    return replace(view, promises=(), spare={})


@PAIRS
@given(seeds, quiet_plots, quiet_plots, st.sampled_from(sorted(MINDS)))
def test_a_turn_goes_on_as_if_there_were_no_plot(seed: int, one: Plot, other: Plot, mind: str) -> None:
    world, _ = base(seed)
    (left, told), (right, heard) = (played(planted(world, plot), mind) for plot in (one, other))
    assert told == heard
    assert seen_in(left) == seen_in(right)


def played(world: World, mind: str) -> tuple[World, Turn]:
    """One turn, and of its record what everybody may see but the files that are opened on those who are hot."""
    morning = open_turn(RULES, world)
    after, turn = close_turn(RULES, morning, decide(MINDS[mind], morning))
    seen = tuple(event for event in public(turn.events) if not suspects(after, event))
    return after, replace(turn, events=seen, flows={}, hash="")


def suspects(world: World, event: Event) -> bool:
    """Whether a file is opened on a patron whom the turn, by what fell due, has made hot enough to be suspected."""
    return event.kind is EventKind.CASE and world.patrons[str(event.subject)].peak > WARM


@PAIRS
@given(seeds, plots, plots)
def test_what_ranks_patrons_does_not_tell_what_they_are_up_to(seed: int, one: Plot, other: Plot) -> None:
    world, _ = base(seed)
    left, right = planted(world, one), planted(world, other)
    assert ranking(left) == ranking(right) == ranking(world)
    for key in KEYS:
        assert pebbles(left, key) == pebbles(right, key) == 150
        assert standing(left, key) == standing(right, key)


@settings(max_examples=15)
@given(seeds, quiet_plots, quiet_plots)
def test_a_years_end_tells_the_saga_and_nothing_else_that_was_secret(seed: int, one: Plot, other: Plot) -> None:
    world = replace(base(seed)[0], turn=RULES.year - 1)
    (left, told), (right, heard) = (
        played(replace(planted(world, plot), cases=()), "instinct") for plot in (one, other)
    )
    counted = {EventKind.SAGA, EventKind.COUNTED, EventKind.YEAR}
    for turn, plot in ((told, one), (heard, other)):
        sagas = {event.subject for event in turn.events if event.kind is EventKind.SAGA}
        assert {key for key, _, _, _ in plot.positions} <= sagas, "a position that was closed is told"
    rest = [[event for event in turn.events if event.kind not in counted] for turn in (told, heard)]
    assert rest[0] == rest[1]
    assert seen_in(left) == seen_in(right)


def test_every_kind_of_event_is_public_or_somebodys() -> None:
    """Those that are nobody else's, by name: a new kind has to be put on one side."""
    private = {
        EventKind.WHISPER,
        EventKind.DECLINED,
        EventKind.DRAWN,
        EventKind.OPENED,
        EventKind.MARGIN_CALL,
        EventKind.CLOSED,
        EventKind.BRIBED,
        EventKind.BROKERED,
        EventKind.WRITTEN_OFF,
        EventKind.CORNERED,
        EventKind.CORNER_SOLD,
        EventKind.FORESIGHT,
        EventKind.WAGERED,
        EventKind.WAGER,
        EventKind.DENOUNCED,
        EventKind.BOUNTY,
        EventKind.REFUSED,
    }
    assert private | set(PUBLIC) == set(EventKind)
    assert not private & set(PUBLIC)
