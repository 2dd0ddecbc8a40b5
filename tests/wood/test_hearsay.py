"""How words travel: reading a line, who hears it, and fading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, deciding, told, wood
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import (
    FADE_PERCENT,
    FAINTEST,
    LINES_MOST,
    NEWS_TRUST,
    START_TRUST,
    TRAVELLER_TRUST,
    cool,
    feel,
    fold,
    leaning,
    say,
    subject,
    travel,
    trust_in,
    word,
    words_of,
)
from wood.moves import CastRumor
from wood.names import CREATURES, Creature, Good
from wood.observe import observe
from wood.orders import MAX_GOSSIP
from wood.tongue import Tongue
from wood.turn import open_turn, step
from wood.world import Hearsay, World

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES


def trusting(world: World, trust: int) -> World:
    """The same wood in which everybody trusts everybody so far."""
    return replace(world, trust={who: dict.fromkeys(row, trust) for who, row in world.trust.items()})


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Honey will be scarce, buy now.", 1),
        ("SCARCE!", 1),
        ("There is a glut; sell.", -1),
        ("Frost or thaw, who knows.", 0),
        ("Good morning.", 0),
        ("", 0),
        ("upstairs rundown shortcake", 0),
    ],
)
def test_which_way_words_point(text: str, points: int) -> None:
    assert leaning(RULES.tongue, text) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Pip is kind and shares her berries", 1),
        ("PIP CHEATS!", -1),
        ("Fenn pays late", -1),
        ("Bramble is not honest", -1),
        ("Mossback isn't very kind", -1),
        ("Oona never lies", 1),
        ("Oona has never been a liar, she is kind", 1),
        ("not Pip, but Fenn is kind", 1),
        ("Pip is kind, Fenn cheats", 0),
        ("Pip eats honey, which is scarce and dear", 0),
        ("", 0),
    ],
)
def test_whether_words_speak_well_or_ill_of_a_creature(text: str, points: int) -> None:
    assert leaning(RULES.tongue, text, Creature.PIP) == points


def test_only_of_a_creature_is_it_asked_whether_words_speak_well_or_ill() -> None:
    line = "the good honey is scarce"
    assert [leaning(RULES.tongue, line, about) for about in (None, Good.HONEY, Creature.OONA)] == [1, 1, 1]
    line = "wicked weather makes it scarce"
    assert [leaning(RULES.tongue, line, about) for about in (None, Good.HONEY, Creature.OONA)] == [1, 1, -1]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("They say Honey and acorns are dear.", Good.HONEY),
        ("One berry is left.", Good.BERRIES),
        ("A mushroom! A mushroom!", Good.MUSHROOMS),
        ("Pip has no logs.", Creature.PIP),
        ("All wood is wet.", Good.FIREWOOD),
        ("A quiet day.", None),
    ],
)
def test_what_a_line_is_about(text: str, about: Good | Creature | None) -> None:
    assert subject(RULES.tongue, text) == about


JAPANESE = Tongue(
    spaced=False,
    dearer=frozenset({"高い", "不足", "安くない"}),
    cheaper=frozenset({"安い", "安く", "高くない", "余り"}),
    praise=frozenset({"親切", "ずるくない"}),
    blame=frozenset({"ずるい"}),
    subjects={"薪": Good.FIREWOOD, "どんぐり": Good.ACORNS, "ぐり": Good.MUSHROOMS, "オーナ": Creature.OONA},
)


@pytest.mark.parametrize(
    ("text", "points", "about"),
    [
        ("薪が高い。", 1, Good.FIREWOOD),
        ("どんぐりが不足して薪も高い", 1, Good.ACORNS),
        ("薪は安くない。", 1, Good.FIREWOOD),
        ("薪は高くない。", -1, Good.FIREWOOD),
        ("ｵｰﾅは余りを高い値で売る", 0, Creature.OONA),
        ("静かな日だ。", 0, None),
    ],
)
def test_a_line_without_blanks_is_read_by_the_longest_words_in_it(
    text: str, points: int, about: Good | Creature | None
) -> None:
    assert leaning(JAPANESE, text) == points
    assert subject(JAPANESE, text) == about


@pytest.mark.parametrize(("text", "points"), [("オーナは親切だ", 1), ("オーナはずるい", -1), ("オーナはずるくない", 1)])
def test_a_line_without_blanks_speaks_well_or_ill(text: str, points: int) -> None:
    assert leaning(JAPANESE, text, Creature.OONA) == points


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's UP, up-up 2up!", ["it", "s", "up", "up", "up", "up"]),
        ("Дрова ДОРОГИ", ["дрова", "дороги"]),
        ("Straße ΤΙΜΉ", ["strasse", "τιμή"]),
        ("ＦＲＯＳＴ café cafe\u0301", ["frost", "café", "café"]),
        ("महँगा लकड़ी", ["महँगा", fold("लकड़ी")]),
        ("", []),
    ],
)
def test_words_are_found_in_any_script_that_sets_them_apart(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_a_tongue_without_words_reads_nothing() -> None:
    for tongue in (Tongue(), Tongue(spaced=False)):
        assert leaning(tongue, "Honey is scarce. 高い") == 0
        assert leaning(tongue, "Pip is not kind. 高い", Creature.PIP) == 0
        assert subject(tongue, "Honey is scarce. 高い") is None


@given(st.text())
def test_any_line_can_be_read(text: str) -> None:
    assert leaning(RULES.tongue, text) in {-1, 0, 1}
    assert leaning(RULES.tongue, text, Creature.PIP) in {-1, 0, 1}
    assert subject(RULES.tongue, text) in {None, *Good, *Creature}


def test_a_rumor_is_heard_by_all_next_and_a_whisper_by_one() -> None:
    world = wood(patrons=1)
    put_in = [
        CastRumor("p1", Good.HONEY, "Honey is scarce.", 1),
        CastRumor(None, Creature.PIP, "Pip is ill.", 0, OONA),
    ]
    views = observe(RULES, open_turn(RULES, world, put_in).world)
    alias = world.patrons["p1"].alias
    for who in CREATURES:
        lines = [(line.speaker, line.kind, line.text) for line in views[who].heard]
        whispered = [("a traveller", "whisper", "Pip is ill.")] if who is OONA else []
        assert lines == [*whispered, (f"the patron {alias}", "rumor", "Honey is scarce.")]


def test_a_line_is_heard_for_one_turn() -> None:
    world, _ = step(RULES, wood(), SILENT, [CastRumor(None, Good.HONEY, "Honey is scarce.", 1)])
    assert all(not view.heard for view in observe(RULES, open_turn(RULES, world).world).values())


def test_gossip_is_heard_the_turn_after_by_those_who_trust_the_speaker() -> None:
    for trust, hearers in ((0, []), (100, [OONA, BRAMBLE, FENN, MOSSBACK])):
        world, turn = step(RULES, trusting(wood(), trust), deciding(PIP, gossip="Berries are plenty."))
        (event,) = told(turn.events, EventKind.GOSSIP)
        assert event.subject == PIP
        assert event.data == {"text": "Berries are plenty.", "about": "berries", "leaning": -1}
        views = observe(RULES, open_turn(RULES, world).world)
        heard = [who for who in CREATURES if [line.text for line in views[who].heard] == ["Berries are plenty."]]
        assert heard == hearers


def test_gossip_is_bounded_and_can_always_be_stored() -> None:
    _, turn = step(RULES, wood(), deciding(PIP, gossip="\ud800" + "x" * 500))
    (event,) = told(turn.events, EventKind.GOSSIP)
    assert event.data is not None
    assert event.data["text"] == "x" * (MAX_GOSSIP - 1)
    _, turn = step(RULES, wood(), deciding(PIP, gossip="\ud800"))
    assert not told(turn.events, EventKind.GOSSIP)


LINE = Hearsay("pip", "pip", "gossip", "Berries are plenty.", Good.BERRIES, -1, 100, 0, (OONA, FENN))


def retold(line: Hearsay, trust: int = 100, seed: int = 7) -> list[Hearsay]:
    return travel(Draft(RULES, trusting(wood(seed), trust)), [line])


def test_a_retold_line_is_fainter_and_the_tellers() -> None:
    (again,) = retold(LINE)
    assert again.speaker in LINE.hearers
    assert (again.origin, again.text, again.kind) == ("pip", LINE.text, "gossip")
    assert (again.strength, again.hops) == (FADE_PERCENT, 1)
    assert again.hearers == (BRAMBLE, MOSSBACK), "nobody hears again what they told or heard"


def test_a_whisper_that_is_passed_on_has_lost_its_origin_and_is_gossip() -> None:
    whisper = replace(LINE, kind="whisper", speaker="p1", origin="p1", hearers=(FENN,))
    (again,) = retold(whisper)
    assert (again.kind, again.speaker, again.origin) == ("gossip", FENN, "")
    assert again.hearers == (OONA, BRAMBLE, MOSSBACK, PIP)
    (rumor,) = retold(replace(whisper, kind="rumor"))
    assert (rumor.kind, rumor.origin) == ("rumor", "p1")


def test_who_retells_is_drawn() -> None:
    assert {retold(LINE, seed=seed)[0].speaker for seed in range(20)} == {OONA, FENN}


def test_a_line_fades_until_it_is_too_faint_to_repeat() -> None:
    lines, strengths = [replace(LINE, hearers=(OONA,))], []
    while lines:
        strengths.append(lines[0].strength)
        draft = Draft(RULES, trusting(wood(), 100))
        lines = [replace(line, hearers=line.hearers[:1]) for line in travel(draft, lines)]
    expected = [100]
    while expected[-1] * FADE_PERCENT // 100 >= FAINTEST:
        expected.append(expected[-1] * FADE_PERCENT // 100)
    assert strengths == expected[: len(strengths)]
    assert len(strengths) == min(len(expected), 4)


@pytest.mark.parametrize(
    "line",
    [
        replace(LINE, kind="news", speaker="", origin=""),
        replace(LINE, hearers=()),
        replace(LINE, strength=FAINTEST),
        replace(LINE, hearers=CREATURES),
    ],
    ids=["news", "unheard", "faint", "known to all"],
)
def test_what_is_not_retold(line: Hearsay) -> None:
    assert retold(line) == []


def test_the_distrusted_are_not_listened_to() -> None:
    assert retold(LINE, trust=0) == []


def test_the_strongest_lines_are_kept() -> None:
    draft = Draft(RULES, wood())
    draft.said = [replace(LINE, text=f"line {number}", strength=number) for number in range(40)]
    word(draft)
    assert [line.strength for line in draft.hearsay] == list(range(39, 39 - LINES_MOST, -1))
    assert draft.said == []


def test_when_more_is_said_than_can_be_heard_who_spoke_first_does_not_matter() -> None:
    world = wood(patrons=LINES_MOST + 4)
    rumors = [
        CastRumor(f"p{number}", Good.HONEY, f"Honey is scarce, {number}.", 1) for number in range(1, LINES_MOST + 5)
    ]
    worlds = [open_turn(RULES, world, order).world for order in (rumors, rumors[::-1])]
    assert worlds[0].hearsay == worlds[1].hearsay
    assert observe(RULES, worlds[0]) == observe(RULES, worlds[1])
    assert {line.text for line in worlds[0].hearsay} == {rumor.text for rumor in rumors}, "what was paid for is heard"


def test_gossip_gives_way_to_what_patrons_say() -> None:
    draft = Draft(RULES, wood())
    said = [replace(LINE, text=f"Berries, {number}.", strength=70) for number in range(LINES_MOST + 4)]
    draft.said = [*said, replace(LINE, speaker="p1", origin="p1", kind="rumor", text="Honey!", strength=90)]
    word(draft)
    assert len(draft.hearsay) == LINES_MOST
    assert draft.hearsay[0].text == "Honey!"


def test_trust_of_those_without_a_name() -> None:
    assert trust_in({}, "", "news") == NEWS_TRUST
    assert trust_in({}, "", "rumor") == TRAVELLER_TRUST
    assert trust_in({}, "p1") == START_TRUST
    assert trust_in({"p1": 3}, "p1") == 3


def test_feelings_are_bounded_and_cool_toward_none() -> None:
    draft = Draft(RULES, wood())
    for _ in range(30):
        feel(draft, OONA, "pip", 1)
        feel(draft, OONA, "fenn", -1)
    assert draft.feelings[OONA] == {"pip": 20, "fenn": -20}
    draft.feelings[PIP] = {"oona": 1}
    draft.now = 5
    cool(draft)
    assert draft.feelings[OONA] == {"pip": 19, "fenn": -19}
    assert draft.freeze().feelings[PIP] == {}
    draft.now = 6
    cool(draft)
    assert draft.feelings[OONA] == {"pip": 19, "fenn": -19}


def test_feelings_cool_in_the_course_of_turns() -> None:
    """Nobody trades with a patron, so nothing but time moves this feeling: five turns, one point."""
    world = wood(patrons=1)
    world = replace(world, feelings={**world.feelings, PIP: {"p1": -9}})
    cooled = []
    for _ in range(10):
        world, _ = step(RULES, world, SILENT)
        cooled.append(world.feelings[PIP]["p1"])
    assert cooled[-1] == -7
    assert cooled == sorted(cooled)


def test_words_with_slashes_draw_like_any_other() -> None:
    draft = Draft(RULES, wood())
    say(draft, PIP, "a/b/c berries/")
    assert draft.said[0].text == "a/b/c berries/"
