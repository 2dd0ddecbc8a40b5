"""The year's end: patrons are counted and titled, secrets come out, and everybody begins alike."""

from dataclasses import replace

from tests.wood.laws import check_world, watched_ledger
from tests.wood.woods import RULES, SILENT, holding, play, told, wood
from wood.chronicle import Event, EventKind
from wood.draft import Draft
from wood.heat import record
from wood.memory import Deed, Memory
from wood.moves import CastLegend, CastRumor, Join, OpenPosition, admit
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import LEGEND_BREATH
from wood.names import BOURSE, CREATURES, MAGISTRATE, PEBBLES, Act, Good
from wood.season import COURSE_EVERY, IDLE_PEBBLES, titles_of
from wood.stakes import Title
from wood.turn import step
from wood.world import Patron, Prophecy, World

YEAR = RULES.year
OONA, *_ = CREATURES


def last_turn(world: World) -> World:
    return replace(world, turn=YEAR - 1)


def changed(world: World, key: str, **fields: object) -> World:
    patron: Patron = replace(world.patrons[key], **fields)  # type: ignore[arg-type]
    return replace(world, patrons={**world.patrons, key: patron})


def counted(events: tuple[Event, ...]) -> dict[str, Event]:
    return {event.subject: event for event in told(events, EventKind.COUNTED)}


def test_everybody_begins_the_new_year_with_the_same_purse_and_a_clean_file() -> None:
    world = holding(wood(patrons=3), "patron:p2", pebbles=340)
    world = holding(world, "patron:p3", pebbles=0)
    world = changed(world, "p2", heat=9, peak=14, blocked=YEAR, convicted=1, voice=50, course=(100, 200))
    with watched_ledger():
        after, turn = step(RULES, last_turn(world), SILENT)
    check_world(RULES, after)
    assert {after.held(f"patron:{key}", PEBBLES) for key in world.patrons} == {JOIN_PEBBLES}
    for key in world.patrons:
        patron = after.patrons[key]
        assert (patron.heat, patron.peak, patron.file, patron.blocked, patron.convicted) == (0, 0, (), 0, 0)
        assert (patron.voice, patron.course, patron.fame, patron.prophecy) == (0, (), 0, Prophecy())
    events = counted(turn.events)
    assert [(events[key].data or {})["rank"] for key in ("p2", "p1", "p3")] == [1, 2, 3]
    assert events["p2"].data is not None
    assert events["p2"].data["pebbles"] == 340
    career = after.patrons["p2"].career
    assert (career.years, career.pebbles, career.best, career.wins) == (1, 340, 340, 1)
    assert career.titles == ((1, Title.RICHEST), (1, Title.VOICE))


def test_a_career_adds_up_over_the_years() -> None:
    world = wood(patrons=2)
    for year, pebbles in ((1, 150), (2, 90), (3, 400)):
        world = holding(replace(world, turn=year * YEAR - 1), "patron:p1", pebbles=pebbles)
        world, _ = step(RULES, world, SILENT)
    career = world.patrons["p1"].career
    assert (career.years, career.pebbles, career.best, career.wins) == (3, 640, 400, 2)
    assert [year for year, title in career.titles if title is Title.RICHEST] == [1, 3]


def test_positions_are_closed_and_the_bourse_begins_anew() -> None:
    world = admit(RULES, wood(patrons=2), OpenPosition("p1", Good.HONEY, 1, 60))
    stands = replace(world.positions[0], due=YEAR)
    world = last_turn(replace(world, positions=(stands,)))
    after, turn = step(RULES, world, SILENT)
    assert len(told(turn.events, EventKind.CLOSED)) == 1
    assert after.positions == ()
    fresh, _ = step(RULES, last_turn(wood(patrons=2)), SILENT)
    assert after.held(BOURSE, PEBBLES) == fresh.held(BOURSE, PEBBLES)


def test_the_saga_tells_what_was_secret_and_nothing_else_does() -> None:
    draft = Draft(RULES, wood(patrons=2))
    record(draft, "p1", Act.RUMOR, good=Good.HONEY, heat=1)
    record(draft, "p1", Act.SHORT, good=Good.HONEY, pebbles=-1)
    record(draft, "p1", Act.BRIBE, good=Good.HONEY, who="oona", pebbles=-40, heat=8)
    before = draft.freeze()
    _, quiet = step(RULES, before, SILENT)
    assert not [event for event in quiet.events if event.to is None and event.kind is EventKind.SAGA]
    after, turn = step(RULES, last_turn(before), SILENT)
    (event,) = told(turn.events, EventKind.SAGA)
    assert (event.subject, event.to) == ("p1", None)
    assert event.data is not None
    assert [(entry["act"], entry["who"], entry["pebbles"]) for entry in event.data["entries"]] == [
        ("short", "", -1),
        ("bribe", "oona", -40),
    ]
    assert after.patrons["p1"].file == ()


def test_titles_go_to_those_who_earned_them() -> None:
    world = holding(wood(patrons=6), "patron:p1", pebbles=300)
    world = changed(world, "p2", prophecy=Prophecy(score=900))
    world = changed(world, "p3", voice=700)
    world = changed(world, "p4", peak=14)
    world = changed(world, "p5", exiled=YEAR, convicted=1, peak=30)
    feelings = {who: {"p6": 4, "p2": -3} for who in CREATURES}
    draft = Draft(RULES, last_turn(replace(world, feelings=feelings)))
    assert titles_of(draft, list(world.patrons.values())) == {
        "p1": (Title.RICHEST,),
        "p2": (Title.PROPHET, Title.FEARED),
        "p3": (Title.VOICE,),
        "p4": (Title.FOX,),
        "p5": (Title.OUTLAW,),
        "p6": (Title.FRIEND,),
    }


def test_a_wood_of_idlers_has_no_prophet_and_nobody_feared() -> None:
    draft = Draft(RULES, last_turn(wood(patrons=2)))
    assert titles_of(draft, list(draft.patrons.values())) == {"p1": (Title.RICHEST,)}


def test_creatures_remember_patrons_into_the_new_year_but_softer() -> None:
    world = wood(patrons=1)
    memories = (Memory(Deed.LIED, "p1", Good.HONEY, 1, 41), Memory(Deed.DEAR, "pip", Good.HONEY, 1, 30))
    world = replace(
        world,
        feelings={**world.feelings, OONA: {"p1": -9, "pip": 4}},
        trust={**world.trust, OONA: {**world.trust[OONA], "p1": 10}},
        memories={**world.memories, OONA: memories},
    )
    after, _ = step(RULES, last_turn(world), SILENT)
    assert after.feelings[OONA]["p1"] in {-4, -3}
    assert after.trust[OONA]["p1"] == 30
    kept = {memory.who: memory.weight for memory in after.memories[OONA]}
    assert kept["p1"] in {19, 20}
    assert kept["pip"] in {29, 30}


def test_the_court_is_closed_with_the_year() -> None:
    after, _ = step(RULES, last_turn(holding(wood(patrons=1), MAGISTRATE, pebbles=25)), SILENT)
    assert after.held(MAGISTRATE, PEBBLES) == 0


def test_a_course_is_noted_every_few_turns_of_the_year() -> None:
    world, _ = play(wood(patrons=1), 3 * COURSE_EVERY)
    assert world.patrons["p1"].course == (100, 100, 99), "the last with a pebble worn off a purse that lay idle"


def test_an_idle_purse_wears_down_and_one_that_is_used_does_not() -> None:
    world, _ = play(wood(patrons=1), 40)
    assert JOIN_PEBBLES > world.held("patron:p1", PEBBLES) >= IDLE_PEBBLES
    rumors = {turn: [CastRumor("p1", Good.HONEY, "honey!", 1)] for turn in range(3, 43, 5)}
    busy, _ = play(wood(patrons=1), 40, inputs=rumors)
    assert busy.held("patron:p1", PEBBLES) == JOIN_PEBBLES
    bare, _ = play(holding(wood(patrons=1), "patron:p1", pebbles=IDLE_PEBBLES), 40)
    assert bare.held("patron:p1", PEBBLES) == IDLE_PEBBLES


def test_a_legend_that_was_told_stands_in_the_album_and_on_the_cards() -> None:
    world = wood(patrons=2)
    world = changed(world, "p1", hand=("great-frost",))
    world = admit(RULES, world, CastLegend("p1", "great-frost", LEGEND_BREATH - 1))
    world = admit(RULES, world, CastLegend("p2", None, 1))
    after, _ = step(RULES, world, SILENT)
    telling = after.album["great-frost"]
    assert (telling.times, telling.first, telling.last, telling.teller) == (1, after.turn, after.turn, "p1")
    assert [(card.legend, card.told, card.survived) for card in after.patrons["p2"].cards] == [("great-frost", 1, 0)]
    late, _ = play(after, 25, inputs={after.turn + 2: [Join("p3")]})
    for key, told_by in (("p1", 1), ("p3", 0)):
        assert [(card.told, card.survived) for card in late.patrons[key].cards] == [(told_by, 1)]


def test_nobody_escapes_by_leaving() -> None:
    back = admit(RULES, wood(), Join("p4", pebbles=30, breath=2, heat=9, exiled=YEAR, convicted=2))
    patron = back.patrons["p4"]
    assert (patron.heat, patron.exiled, patron.convicted) == (9, YEAR, 2)
