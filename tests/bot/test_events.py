"""Events in words: one sentence for each that everybody may see."""

import pytest

from bot.telling.catalog import SOURCE, Words, resources, words_in
from bot.telling.events import event_line
from bot.telling.phrases import public
from tests.bot.turns import DROUGHT, NAMES, RUN, make_rules, make_turn, told
from wood.chronicle import Event, EventKind

RULES = make_rules()
WORDS = words_in(SOURCE)

EVENTS = (
    (told(RUN, "p1", "p2"), f"Ada and {NAMES['p2']} told The Run on Oona's Hoard."),
    (told(RUN, "p9"), "A patron told The Run on Oona's Hoard."),
    (told(RUN), "The Run on Oona's Hoard is told."),
    (told(DROUGHT), "The Drought comes over the wood."),
    (Event(EventKind.SHOCK, RUN.slug, {"good": "honey"}), "The Run on Oona's Hoard takes hold of honey."),
    (
        Event(EventKind.DECREE, "", {"good": "honey", "percent": -40, "before": 800, "after": 480}),
        "Honey: 8.00 becomes 4.80 by decree.",
    ),
    (Event(EventKind.RUMOR, "", {"text": "frost\nsoon"}), "A traveller spreads a rumor: “frost soon”"),
    (Event(EventKind.GOSSIP, "pip", {"text": "oh no"}), "Pip says: “oh no”"),
    (Event(EventKind.JUDGED, "p1", {"true": False, "good": "honey"}), "What Ada said of honey proved false."),
    (Event(EventKind.OMEN, DROUGHT.slug, {"sign": 1}), "The brook shows its stones."),
    (
        Event(EventKind.FASHION, "", {"good": "honey", "spurned": "acorns"}),
        "This year everybody is mad about honey, and nobody much cares for acorns.",
    ),
    (Event(EventKind.GATHERING, "", {"breath": 2, "needed": 3}), "A legend gathers breath: 2 of 3."),
    (
        Event(EventKind.WEATHER, "autumn", {"weather": {"honey": 1, "acorns": -1, "berries": 0}}),
        "The season promises rich honey but poor acorns.",
    ),
    (Event(EventKind.WEATHER, "autumn", {"weather": {}}), "The season promises ordinary harvests."),
    (
        Event(EventKind.WEATHER, "autumn", {"weather": {"honey": 1, "acorns": 1}}),
        "The season promises rich honey and acorns.",
    ),
    (Event(EventKind.WEATHER, "autumn", {"weather": {"acorns": -1}}), "The season promises poor acorns."),
    (Event(EventKind.WINDFALL, "pip", {"good": "acorns", "units": 4}), "A windfall of 4 acorns falls to Pip."),
    (Event(EventKind.SPOIL, "pip", {"good": "berries", "units": 2}), "2 berries rot in Pip's larder."),
    (Event(EventKind.SPOIL, "pip", {"good": "berries", "units": 1}), "1 berry rots in Pip's larder."),
    (Event(EventKind.COLD, "fenn", {"missing": 1}), "Fenn sits cold, 1 log short."),
    (Event(EventKind.HUNGER, "fenn", {"kinds": 0}), "Fenn has nothing to eat."),
    (Event(EventKind.HUNGER, "fenn", {"kinds": 1}), "Fenn has only one food to eat."),
    (Event(EventKind.LOAN, "oona", {"amount": 12}), "Oona borrows 12 pebbles."),
    (Event(EventKind.REPAID, "oona", {"amount": 1}), "Oona pays back 1 pebble."),
    (Event(EventKind.DEFAULT, "oona", {"owed": 9}), "Oona cannot pay back 9 pebbles."),
    (
        Event(EventKind.CORNER_BROKEN, "", {"good": "honey"}),
        "The corner in honey breaks: an agent must sell at any price.",
    ),
    (Event(EventKind.RUINED, "oona", {"owed": 9}), "Oona is ruined: its purse is bare, and it still owes 9 pebbles."),
    (Event(EventKind.MONEY, "pip", {"pebbles": -3}), "Pip pays a toll of 3 pebbles."),
    (Event(EventKind.MONEY, "pip", {"pebbles": 1_200}), "Pip is given 1,200 pebbles."),
    (Event(EventKind.CASE, "p1", {"turns": 3}), "Magistrate Heron opens a file on Ada. It is heard in 3 turns."),
    (
        Event(EventKind.EVIDENCE, "p1", {"count": 1, "pebbles": 1}),
        "The file on Ada is read out: 1 suspicious deed and 1 pebble of profit.",
    ),
    (
        Event(EventKind.VERDICT, "p1", {"verdict": "exiled", "fine": 25, "turns": 9}),
        "Magistrate Heron fines Ada 25 pebbles and sends them out of the wood for the rest of the year.",
    ),
    (Event(EventKind.JOINED, "p1", {"alias": "Alder"}), "Ada joins the patrons."),
    (Event(EventKind.LEFT, "p1"), "A patron leaves the wood."),
    (Event(EventKind.YEAR, "pip", {"year": 1_001, "winner": "pip"}), "Year 1001 ends: Pip is the richest creature."),
    (
        Event(EventKind.YEAR, "pip", {"year": 2, "winner": "pip", "patron": "p1"}),
        "Year 2 ends: Pip is the richest creature, Ada the foremost patron.",
    ),
)


@pytest.mark.parametrize(("event", "expected"), EVENTS, ids=lambda value: getattr(value, "kind", None))
def test_events_in_words(event: Event, expected: str) -> None:
    assert event_line(WORDS, event, RULES, NAMES) == expected


def test_every_kind_has_words_or_is_private() -> None:
    private = {EventKind.WHISPER, EventKind.DECLINED, EventKind.DRAWN, EventKind.REFUSED}
    private |= {EventKind.FORESIGHT, EventKind.DENOUNCED, EventKind.BOUNTY, EventKind.BRIBED, EventKind.BROKERED}
    private |= {EventKind.OPENED, EventKind.MARGIN_CALL, EventKind.CLOSED, EventKind.WAGERED, EventKind.WAGER}
    private |= {EventKind.CORNERED, EventKind.CORNER_SOLD, EventKind.WRITTEN_OFF}
    # Told by receipts, below the call for tomorrow, and by the saga.
    elsewhere = {EventKind.BELIEF, EventKind.CALLED, EventKind.COUNTED, EventKind.SAGA}
    assert {event.kind for event, _ in EVENTS} | private | elsewhere == set(EventKind)


@pytest.mark.parametrize("kind", list(EventKind))
def test_private_events_have_no_words_and_bare_ones_do_not_fail(kind: EventKind) -> None:
    secret = Event(kind, "p1", {"text": "SECRET"}, to="p1")
    assert event_line(WORDS, secret, RULES, NAMES) is None
    assert event_line(WORDS, Event(kind), RULES, {}) != ""
    assert public([make_turn(1, events=[secret, Event(kind)])]) == [
        (make_turn(1, events=[secret, Event(kind)]), Event(kind))
    ]


def test_a_kind_of_event_more_needs_its_sentence_alone() -> None:
    event = Event(EventKind.DRAWN, "oona", {"creature": "pip", "good": "honey", "sum": 3, "say": "@x\n", "more": [1]})
    assert event_line(words_in("en"), event, RULES, {}) is None
    toast = "event-drawn = { $subject } drinks { $sum } { $good } to { $creature }: { $say }"
    words = Words("en", [*resources("en").values(), toast])
    assert event_line(words, event, RULES, {}) == "Oona drinks 3 honey to Pip: @x"
