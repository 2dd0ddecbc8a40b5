"""Languages: a folder is all that one takes, and a folder that is not whole is refused in clear words."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.content import ContentError, default_rules, languages, load_rules, rules_document, rules_from_document
from data.editions import document_of, rules_of
from data.upcasts import contents
from inference.prompt import render
from inference.schema import schema_without
from tests.data.pseudo import TAG, add_pseudo, pseudo
from tests.wood.woods import MINDS, play, wood
from wood.chronicle import EventKind, digest_of
from wood.moves import CastRumor, Intervention, OfferLoan, TellLegend
from wood.names import CREATURES, Creature, Good
from wood.observe import observe
from wood.rules import Rarity, Rules
from wood.situations import Situation
from wood.turn import open_turn

LATIN = re.compile(r"[A-Za-z]")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The rules in a language that nobody has ever heard."""
    return load_rules(TAG, add_pseudo(tmp_path_factory.mktemp("data")))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_pseudo(tmp_path)


def test_english_comes_with_the_project_and_every_language_is_whole() -> None:
    assert "en" in languages()
    for language in languages():
        assert default_rules(language).language == language


def test_a_folder_is_all_that_a_language_takes(root: Path) -> None:
    assert languages(root) == ("en", TAG)
    assert load_rules("en", root) == default_rules("en")
    english, other = load_rules("en", root), load_rules(TAG, root)
    assert other.language == TAG
    assert other.legends["great-frost"].title == pseudo(english.legends["great-frost"].title)
    assert other.goods == english.goods
    assert [shock.decree for shock in other.legends["great-frost"].shocks] == [
        shock.decree for shock in english.legends["great-frost"].shocks
    ]


def test_a_creature_without_an_example_is_refused(root: Path) -> None:
    path = root / "languages" / "en" / "voices.toml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("[examples.pip]")], "utf-8")
    with pytest.raises(ContentError, match=r"examples.pip.*is missing; add a table"):
        load_rules("en", root)


def test_a_tongue_from_before_there_were_examples_can_be_read() -> None:
    sixth = document_of(default_rules()) | {"schema": 6}
    del sixth["tongue"]["examples"]
    before = json.dumps(sixth)
    rules = rules_of(sixth)
    assert json.dumps(sixth) == before
    assert not rules.tongue.examples
    assert rules.tongue.thoughts == default_rules().tongue.thoughts


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(ContentError, match=r"languages/xx: there is no such language; there are: .*en"):
        load_rules("xx")


def test_a_folder_with_a_strange_name_is_refused(root: Path) -> None:
    (root / "languages" / "English").mkdir()
    with pytest.raises(ContentError, match=r"languages/English: is no language's tag"):
        load_rules("en", root)


def texts(value: Any) -> Iterator[str]:
    """Every text in what events and lines hold that is no key of the rules."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key in ("text", "title", "alias"):
            yield from texts(value.get(key))


def test_a_wood_speaks_its_language_and_no_word_of_another(spoken: Rules) -> None:
    rumor = CastRumor("p1", Good.HONEY, "Що?", 1)
    inputs: dict[int, list[Intervention]] = {
        3: [TellLegend("great-frost"), OfferLoan("p1", Creature.PIP, 10, 1, 3)],
        5: [TellLegend("drought"), rumor],
        9: [TellLegend("knickerbocker-nest")],
        14: [TellLegend("clipped-pebbles")],
    }
    world, turns = play(wood(patrons=1, rules=spoken), 30, MINDS["instinct"], inputs, rules=spoken)
    told = [text for turn in turns for event in turn.events for text in texts(dict(event.data or {}))]
    assert len(told) > 30
    assert not [text for text in told if LATIN.search(text)]
    gossip = [event for turn in turns for event in turn.events if event.kind is EventKind.GOSSIP]
    claims = [dict(event.data or {}) for event in gossip if (event.data or {}).get("leaning")]
    assert {type(claim["about"]) for claim in claims} >= {Good, Creature}, "its words are read, too"
    titles = [legend.title for legend in spoken.legends.values()]
    for claim in claims:
        named = any(title in claim["text"] for title in titles)
        assert claim["about"] or named, "a word of a legend's title may sound dear or cheap about nothing"
    assert not LATIN.search(world.patrons["p1"].alias)


def test_figures_go_the_same_way_in_every_language(spoken: Rules) -> None:
    """Minds of rules say the same in other letters, so prices and trades are the same but for who hears what."""
    english, _ = play(wood(), 30, rules=default_rules())
    other, _ = play(wood(rules=spoken), 30, rules=spoken)
    assert english == other


def test_what_a_creature_is_told_of_others_is_in_its_language(spoken: Rules) -> None:
    world = wood(patrons=1, rules=spoken)
    inputs: list[Intervention] = [
        CastRumor("p1", Good.HONEY, "Що?", 1),
        CastRumor(None, Good.HONEY, "Мёд!", 1),
        OfferLoan("p1", Creature.OONA, 5, 0, 3),
    ]
    view = observe(spoken, open_turn(spoken, world, inputs).world)[Creature.OONA]
    assert view.heard
    shown = [
        view.name,
        view.animal,
        view.temper.words,
        *(line.speaker for line in view.heard),
        view.offers[0].patron,
    ]
    assert not [text for text in shown if LATIN.search(text)]
    system, user = render(view, spoken, budget=2_000)
    assert f"{pseudo('Write in this language.')}\nYou are {pseudo('Oona')}" in system["content"]
    assert view.heard[0].speaker in user["content"]
    pattern = schema_without(view.makes, view.tongue.letters)["properties"]["gossip"]["pattern"]
    assert re.fullmatch(pattern, pseudo("Honey is dear."))
    assert not re.fullmatch(pattern, "Honey is dear.")


def test_rules_of_any_language_survive_the_journey_through_a_log(spoken: Rules) -> None:
    document = json.loads(json.dumps(rules_document(spoken), sort_keys=True))
    assert rules_from_document(document) == spoken
    assert rules_document(rules_from_document(document)) == rules_document(spoken)


def test_a_document_is_the_same_in_every_process() -> None:
    script = (
        "from data.content import default_rules, rules_document; from wood.chronicle import digest_of;"
        "print(digest_of(rules_document(default_rules())))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {digest_of(rules_document(default_rules()))}


def first_schema() -> dict[str, Any]:
    """The content as documents had it before there were languages."""
    document = document_of(default_rules())
    return {name: document[name] for name in ("goods", "creatures", "seasons", "legends")}


def test_a_document_from_before_there_were_languages_is_english_as_it_was() -> None:
    old = first_schema()
    before = json.dumps(old)
    rules = rules_of(old)
    assert json.dumps(old) == before, "an upcast leaves the document alone, whose digest is checked"
    assert rules.language == "en"
    assert rules.tongue.aliases[0] == "Alder"
    assert len(rules.tongue.dearer) == 48
    assert len(rules.tongue.cheaper) == 40
    assert not rules.tongue.praise | rules.tongue.blame | rules.tongue.denials
    english, turns = play(wood(rules=rules), 10, MINDS["instinct"], rules=rules)
    assert any(event.kind is EventKind.GOSSIP for turn in turns for event in turn.events)
    assert english.turn == 10


def test_voices_of_three_lists_become_situations() -> None:
    """As documents of the second schema have them; the first schema's are led there by the step before."""
    second = contents.with_tongue(first_schema())
    assert set(second["tongue"]["voices"]["oona"]) == {"dearer", "cheaper", "quiet"}
    before = json.dumps(second)
    third = contents.with_situations(second)
    assert json.dumps(second) == before
    assert "contrarian" not in third["tongue"]
    assert third["tongue"]["voices"] == second["tongue"]["voices"]
    tongue = rules_of({"schema": 2, **second}).tongue
    assert tongue.names == default_rules().tongue.names
    assert len(tongue.voices[Creature.OONA][Situation.QUIET]) == 4
    assert tongue.sayings == {
        Situation.TALK_UP: ("Nobody wants {good} now; everybody will, once scarce.",),
        Situation.TALK_DOWN: ("All this noise about {good}: it will fall, as it always does.",),
    }
    assert tongue.thoughts.dearer == ""


def test_legends_of_older_documents_are_common_and_plain_shocks_have_no_rarity() -> None:
    """As documents of the fourth schema have them: without the word."""
    fourth = document_of(default_rules()) | {"schema": 4}
    for legend in fourth["legends"].values():
        del legend["rarity"]
    before = json.dumps(fourth)
    legends = rules_of(fourth).legends
    assert json.dumps(fourth) == before
    assert legends["great-frost"].rarity is Rarity.COMMON
    assert legends["drought"].rarity is None


def test_the_upcast_keeps_what_a_document_says_itself() -> None:
    document = {name: value for name, value in rules_document(default_rules()).items() if name != "schema"}
    document["tongue"] = {**document["tongue"], "aliases": ["Oak"]}
    assert contents.with_tongue(document)["tongue"]["aliases"] == ["Oak"]
    assert rules_of(document).tongue.aliases == ("Oak",)


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace the first ``old`` in a file of English; it must be there, or the test would prove nothing."""
    path = root / "languages" / "en" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


SPOILED = [
    ("creatures.toml", 'animal = "owl"\n', "", "oona.animal", "is missing; add it"),
    ("creatures.toml", 'animal = "owl"', 'animal = "owl"\ncolour = "grey"', "oona.colour", "correct its spelling"),
    ("creatures.toml", '"Bramble"', '"Oona"', "bramble.name", "oona is called Oona already"),
    ("seasons.toml", 'winter = "Winter"\n', "", "winter", "is missing; add its name"),
    ("seasons.toml", "winter =", "monsoon =", "monsoon", "write one of 'autumn'"),
    ("goods.toml", 'name = "honey"\n', "", "honey.name", "is missing; add it"),
    ("goods.toml", ', other = "{count} acorns"', "", "acorns.forms", "no form for other"),
    ("goods.toml", '"{count} acorns"', '"acorns"', "acorns.forms.other", "has no place for {count}; add it"),
    ("goods.toml", '"1 acorn"', '"{n} acorn"', "acorns.forms.one", "has no use for {n}"),
    ("goods.toml", 'one = "1 acorn"', 'single = "1 acorn"', "acorns.forms.single", "zero"),
    ("goods.toml", 'number = "one"', 'number = "1"', "honey.number", "zero"),
    ("goods.toml", 'agrees = "several"', 'agrees = "plural"', "acorns.agrees", "no table [agreement.plural]"),
    ("tongue.toml", "spaced = true\n", "", "spaced", "is missing; add it"),
    ("tongue.toml", "spaced = true", 'spaced = "yes"', "spaced", "boolean"),
    ("tongue.toml", 'letters = "A-Z', 'letters = "@A-Z', "letters", "admits '@'"),
    ("tongue.toml", 'letters = "A-Z', 'letters = " -~A-Z', "letters", "without"),
    ("tongue.toml", 'letters = "A-Z', 'letters = " -zA-Z', "letters", "admits '\"'"),
    ("tongue.toml", 'letters = "A-Z', 'letters = "Z-A', "letters", "no list of ranges"),
    ("tongue.toml", '"scarce", ', '"sold out", ', "dearer.0", "is not one word"),
    ("tongue.toml", '"scarce", ', '"glut", ', "dearer.0", "is among cheaper, too"),
    ("tongue.toml", '"kind", ', '"mean", ', "praise.0", "is among blame, too"),
    ("tongue.toml", '"mean", ', '"tight fisted", ', "blame.0", "is not one word"),
    ("tongue.toml", '"Aspen"', '"Alder"', "aliases", "Alder stands there twice"),
    ("tongue.toml", 'honey = ["honey"]\n', "", "subjects.honey", "add the nouns that mean it"),
    ("tongue.toml", "honey = [", 'gold = ["gold"]\nhoney = [', "subjects.gold", "is no good and no creature"),
    (
        "tongue.toml",
        "patron {alias}",
        "patron {name}",
        "speakers.patron",
        "has no use for {name}; its places are: {alias}",
    ),
    ("tongue.toml", "the patron {alias}", "the patron", "speakers.patron", "has no place for {alias}"),
    ("tongue.toml", '"a traveller"', '"<b>"', "speakers.traveller", "without @ and <"),
    ("voices.toml", "of {wanted} and", "of {what} and", "thoughts.short", "has no use for {what}"),
    ("voices.toml", "[thoughts]\n", '[thoughts]\nrich = "Ha."\n', "thoughts.rich", "correct its spelling"),
    ("voices.toml", "what {good} you", "what you", "creatures.oona.dearer.0", "has no place for {good}"),
    (
        "voices.toml",
        "what {good} you",
        "what {good} {you}",
        "creatures.oona.dearer.0",
        "add you to [agreement.several]",
    ),
    ("voices.toml", 'many = "much"\n', "", "creatures.bramble.cheaper.2", "honey has no word for it"),
    ("voices.toml", 'many = "much"\n', 'many = "much"\nher = "its"\n', "agreement.one.her", "no line has a place"),
    ("voices.toml", "[agreement.several]", "[agreement.none]\n[agreement.several]", "agreement.none", "no good of"),
    ("voices.toml", "A quiet day.", "A cold day.", "creatures.oona.quiet.0", "reads as dearer"),
    ("voices.toml", "A quiet day.", "A quiet {good}.", "creatures.oona.quiet.0", "about no good; remove {good}"),
    ("voices.toml", "A quiet day.", "A quiet {who}.", "creatures.oona.quiet.0", "about nothing and about no good"),
    ("voices.toml", "I like {who}.", "I like {whom}.", "shared.friend.0", "about {who} and about no good; remove"),
    ("voices.toml", "nobody want {good}?", "nobody want {them}?", "shared.unsold.4", "and no place for {good}; add it"),
    ("voices.toml", "[shared]\n", '[shared]\ngossip = ["Ha."]\n', "shared.gossip", "write one of 'dearer'"),
    ("voices.toml", "bless you, {who}", "a bubble, {who}", "shared.bargain.5", "reads as cheaper"),
    (
        "voices.toml",
        "{good} will be dearer: I",
        "{who}: {good} dearer? I",
        "shared.believes-up.0",
        "reads as about oona",
    ),
    ("voices.toml", "A quiet day.", "A quiet “day”.", "creatures.oona.quiet.0", "not among the letters of tongue.toml"),
    ("voices.toml", "A quiet day.", "x" * 121, "creatures.oona.quiet.0", "characters"),
    ("voices.toml", "will be dearer by", "will be here by", "creatures.oona.dearer.0", "neither dearer nor cheaper"),
    ("voices.toml", "Count what {good}", "Wood and {good}", "creatures.oona.dearer.0", "reads as about firewood"),
    ("voices.toml", "[examples.pip]", "[examples.bob]", "examples.bob", "write one of 'oona'"),
    ("voices.toml", "I alone was awake", "honey was dear", "examples.oona.gossip", "reads as dearer"),
    (
        "voices.toml",
        "I alone was awake",
        "“I” was awake",
        "examples.oona.gossip",
        "not among the letters of tongue.toml",
    ),
    ("voices.toml", "I alone was awake", "x" * 81, "examples.oona.gossip", "80"),
    (
        "voices.toml",
        "I was in this wood when the river still ran the other way.",
        "On the night the moon fell into the pond, I alone was awake.",
        "examples.mossback.gossip",
        "is what examples.oona.gossip says",
    ),
    ("voices.toml", "[creatures.pip]", "[creatures.bob]", "creatures.bob", "write one of 'oona'"),
]


@pytest.mark.parametrize(("name", "old", "new", "field", "says"), SPOILED)
def test_a_language_that_is_not_whole_is_refused(
    root: Path, name: str, old: str, new: str, field: str, says: str
) -> None:
    edit(root, name, old, new)
    with pytest.raises(ContentError) as caught:
        load_rules("en", root)
    assert caught.value.file == f"languages/en/{name}"
    found = dict(caught.value.problems)
    assert field in found, caught.value
    assert says in found[field], caught.value


def test_a_language_without_wordings_for_a_situation_is_silent_in_it(root: Path) -> None:
    path = root / "languages" / "en" / "voices.toml"
    text = path.read_text("utf-8")
    voices = re.search(r"(?ms)^\[shared\].*?(?=^# Private)", text)
    assert voices
    few = "".join(f'[creatures.{who}]\nautumn = ["Leaves, {who}."]\n' for who in CREATURES if who is not Creature.PIP)
    path.write_text(re.sub(r"(?m)^\w+ = .*$", "", text[: voices.start()]) + few + text[voices.end() :], "utf-8")
    rules = load_rules("en", root)
    _, turns = play(wood(rules=rules), 200, MINDS["instinct"], rules=rules)
    told = [event for turn in turns for event in turn.events if event.kind is EventKind.GOSSIP]
    assert {(event.data or {})["text"] for event in told} <= {f"Leaves, {who}." for who in CREATURES}
    assert told, "each still has a turn for its line now and then"
    assert Creature.PIP not in {event.subject for event in told}


def test_a_file_that_nobody_reads_is_refused_and_catalogs_are_somebody_elses(root: Path) -> None:
    folder = root / "languages" / "en"
    (folder / "board.ftl").write_text("hello = Hello\n", "utf-8")
    load_rules("en", root)
    (folder / "creature.toml").write_text("", "utf-8")
    with pytest.raises(ContentError, match=r"en/creature.toml: a language's files are asking.toml, creatures"):
        load_rules("en", root)
