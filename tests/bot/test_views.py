"""The layouts hold Discord's limits and no foreign markup, whatever was said and by whomever."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from discord import ui

from bot.telling.calls import CallCard
from bot.telling.cards import (
    BoardCard,
    CastReceipt,
    ChartCard,
    CreatureCard,
    PatronCard,
    PoolCard,
    RankRow,
    ReportCard,
    RumorCard,
    RumorRow,
    WoodCard,
)
from bot.telling.catalog import SOURCE, Fact, Words, resources, words_in
from bot.telling.notice import Notice
from bot.telling.phrases import pace, units
from bot.telling.ranking import ProphetRow, RankingCard, VoiceRow
from bot.telling.report import build_report
from bot.telling.showing import board_card, trust_card
from bot.views.base import MAX_ALT, MAX_TEXT, Layout, StatelessButton, clip
from bot.views.board import render_razed
from bot.views.call import render_call
from bot.views.creature import render_creature
from bot.views.hand import render_legends
from bot.views.help import Topic, render_help, render_topic
from bot.views.keeper import (
    ForgetForm,
    RazeForm,
    render_export,
    render_forget_question,
    render_raze_question,
    render_razed_for_keeper,
    render_settings,
)
from bot.views.legend import render_drawn, render_hand, render_lore, render_receipt
from bot.views.market import render_trades
from bot.views.more import render_more
from bot.views.patron import render_purse, render_welcome
from bot.views.ranking import render_ranking
from bot.views.report import render_report
from bot.views.rumor import RumorForm, render_cast, render_heard
from bot.views.trust import hearts, render_trust
from data.content import default_rules
from tests.data.pseudo import pseudo
from tests.wood.woods import holding
from wood.calendar import date_of
from wood.chronicle import Event, EventKind
from wood.founding import found_world
from wood.memory import ILL, Deed, Memory
from wood.moves import Join, admit
from wood.moves.legend import HAND_MOST
from wood.names import CREATURES, Creature, Good
from wood.rules import Legend
from wood.turn import step
from wood.world import Call, Loan, Prophecy, World

RULES = default_rules()
WORDS = words_in(SOURCE)
NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
WOOD = WoodCard(1, 2, 7, 3600, "UTC", 8, False, NOW, None, None)
NASTY = "@everyone <@1> [x](https://x.example) ```*_~|> # <t:0:R> \u202e" * 3
LEGENDS = [legend for legend in RULES.legends.values() if legend.history is not None]


def board(world: World, **changes: object) -> BoardCard:
    card = board_card(RULES, WOOD, world, None, {})
    return replace(card, **changes)  # type: ignore[arg-type]


def shown(layout: Layout) -> str:
    check(layout)
    return "\n".join(layout.texts())


def check(layout: Layout) -> None:
    """Hold a layout against Discord's limits and the house's own."""
    assert layout.content_length() <= MAX_TEXT
    assert len(list(layout.walk_children())) <= 40
    assert layout.timeout is None
    for item in layout.walk_children():
        if isinstance(item, ui.TextDisplay):
            assert item.content.strip()
            assert "@everyone" not in item.content
            assert "<@" not in item.content
            assert not re.search(r"(?<!\\)\[", item.content), "only what a player wrote could begin a link"
        if isinstance(item, ui.Button):
            assert not item.is_dispatchable(), "a plain button would need memory"
        if isinstance(item, StatelessButton):
            assert item.item.label
            assert len(item.item.label) <= 80
            assert len(item.custom_id) <= 100
        if isinstance(item, ui.MediaGallery):
            assert all(0 < len(picture.description or "") <= MAX_ALT for picture in item.items)
    sent(layout)


def sent(layout: Layout) -> list[dict[str, Any]]:
    """What Discord gets."""
    components: list[dict[str, Any]] = layout.to_components()  # type: ignore[no-untyped-call]
    return components


@pytest.fixture
def world() -> World:
    return found_world(RULES, 7)


@pytest.mark.parametrize(("trust", "full"), [(0, 0), (9, 0), (10, 1), (50, 3), (89, 4), (90, 5), (100, 5)])
def test_trust_is_five_hearts(trust: int, full: int) -> None:
    assert hearts(trust) == "❤️" * full + "🤍" * (5 - full)


def test_every_feeling_has_its_words(world: World) -> None:
    joined = admit(RULES, world, Join("p1"))
    said = set()
    for feeling in range(-20, 21):
        felt = replace(joined, feelings={who: {"p1": feeling} for who in CREATURES})
        said.add(shown(render_trust(WORDS, trust_card(RULES, felt, "p1"))))
    assert len(said) == 7
    assert all("Oona" in text and joined.patrons["p1"].alias in text for text in said)


def test_a_menu_offers_a_purse_to_patrons_and_joining_to_others() -> None:
    patron, stranger = (str(sent(render_more(WORDS, patron=patron))) for patron in (True, False))
    assert "ttw:purse" in patron
    assert "ttw:join" not in patron
    assert "ttw:join" in stranger
    assert "ttw:purse" not in stranger


def test_a_hand_with_room_offers_another_card() -> None:
    card = PatronCard("p1", "Alder", "Ann", 1, 3, 5, LEGENDS[:1], 2, 1, 4)
    assert "ttw:draw" in str(sent(render_legends(WORDS, card)[0]))
    assert "ttw:draw" not in str(sent(render_legends(WORDS, replace(card, hand=LEGENDS[:HAND_MOST]))[0]))
    assert str(sent(render_legends(WORDS, replace(card, hand=()))[0])).count("ttw:draw") == 1


def test_the_date_of_a_turn() -> None:
    dates = [date_of(RULES, turn) for turn in (0, 1, 15, 16, 60, 61)]
    assert [(date.year, date.season.season.value, date.day) for date in dates] == [
        (1, "autumn", 1),
        (1, "autumn", 1),
        (1, "autumn", 15),
        (1, "winter", 1),
        (1, "summer", 15),
        (2, "autumn", 1),
    ]
    assert [date.firewood for date in dates] == [date.season.firewood[date.day - 1] for date in dates]


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_every_legend_fits_wherever_it_is_shown(legend: Legend, world: World) -> None:
    assert legend.title in shown(render_drawn(WORDS, legend)[0])
    assert legend.history is not None
    lore = shown(render_lore(WORDS, legend))
    assert legend.history.account in lore
    assert all(figure in lore for figure in legend.history.figures)
    card = ReportCard(RULES, WOOD, world, "2026-08-01", (), (), None, legend, (), {})
    report = render_report(WORDS, build_report(WORDS, card), [])[0]
    assert legend.title in shown(report)
    assert f"ttw:lore:{legend.slug}" in str(sent(report)), "its history is a press away"


def test_hands_purses_and_receipts(world: World) -> None:
    card = PatronCard("p1", "Alder", NASTY, 1, 3, 5, LEGENDS[:2], 2, 1, 4)
    for layout in (
        render_purse(WORDS, card),
        render_welcome(WORDS, card),
        render_hand(WORDS, card)[0],
        render_cast(WORDS, RumorCard(card, Good.HONEY, NASTY, 1, Creature.PIP)),
    ):
        assert "3" in shown(layout)
    assert "empty" in shown(render_hand(WORDS, replace(card, hand=()))[0])
    assert "still needs 1 breath" in shown(render_receipt(WORDS, CastReceipt(None, PoolCard(2, 3, None))))
    assert "in 2 turns" in shown(render_receipt(WORDS, CastReceipt(LEGENDS[0], PoolCard(3, 3, 2))))


def test_a_purse_says_what_turns_could_not_do() -> None:
    refused = [
        (12, "rumor", Notice("refusal-breath", {"needed": 1, "breath": 0, "most": 5})),
        (11, "unheard-of", Notice("refusal-recorded", {"said": f"No. {NASTY}"})),
        (9, "cast", Notice("refusal-recorded", {"said": "x"})),
    ]
    card = PatronCard("p1", "Alder", "Ann", 1, 3, 5, (), 2, 1, 4, refused)
    text = shown(render_purse(WORDS, card))
    assert "Your rumor could not be done in turn 12: That takes 1 breath and you have 0." in text
    assert "Your move could not be done in turn 11: No." in text
    assert "could not be done" not in shown(render_purse(WORDS, replace(card, refused=())))
    shown(render_purse(WORDS, replace(card, refused=refused * 40)))


def test_rumors_stand_above_gossip_and_gossip_turn_by_turn() -> None:
    rows = [RumorRow(2, "Ann", "rumor", "pip", "Pip is ill")]
    rows += [RumorRow(turn, who, "gossip", None, f"{who} speaks") for turn in (3, 2) for who in ("Oona", "Fenn")]
    text = shown(render_heard(WORDS, rows))
    assert "Pip is ill\n-# turn 2, about Pip\n### 💬 Gossip\n-# turn 3\n💬 **Oona**: Oona speaks\n" in text
    assert text.count("-# turn 3") == 1
    assert "/rumor cast" in shown(render_heard(WORDS, rows[1:]))
    assert "Gossip" not in shown(render_heard(WORDS, rows[:1]))


def test_long_lists_are_cut_in_whole_lines(world: World) -> None:
    record = Prophecy(12, 9, 4_100, 4_900, 3)
    prophets = [ProphetRow(place, NASTY, record) for place in range(1, 200)]
    voices = [VoiceRow(place, NASTY, 1234.56) for place in range(1, 200)]
    purses = [RankRow(place, NASTY, 1000 * place, place) for place in range(1, 200)]
    ranking = shown(render_ranking(WORDS, RankingCard(prophets, prophets, voices, purses)))
    assert ranking.count("and 194 more") == 4
    assert "12 claims judged, 9 came true, chance expected 4.1. Far more than chance!" in ranking
    heard = [RumorRow(turn, NASTY, "gossip", "honey", NASTY) for turn in range(100)]
    assert "more" in shown(render_heard(WORDS, heard))
    assert "quiet" in shown(render_heard(WORDS, []))
    assert "No trades" in shown(render_trades(WORDS, []))
    check(render_help(WORDS))
    topics = [shown(render_topic(WORDS, topic)) for topic in Topic]
    assert len(set(topics)) == len(Topic)
    assert max(map(len, topics)) < 1_100, "a page is short"


def test_a_full_report_fits(world: World) -> None:
    turns = []
    for _ in range(61):
        world, turn = step(RULES, world, dict.fromkeys(CREATURES))
        turns.append(turn)
    ranking = tuple(RankRow(place, NASTY, 100, 1) for place in range(1, 40))
    card = ReportCard(
        RULES, WOOD, world, "2026-08-01", turns, turns, (Creature.PIP, NASTY), LEGENDS[0], ranking, {"p1": NASTY}
    )
    charts = [ChartCard(b"png", f"{name}.png", "a" * 1_024, "b" * 256) for name in "abcd"]
    layout, files = render_report(WORDS, build_report(WORDS, card), charts)
    text = shown(layout)
    assert "saga of year 1" in text
    assert [file.filename for file in files] == ["a.png", "b.png", "c.png", "d.png"]
    assert all(file.description == "a" * 1_024 for file in files)


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_a_report_with_the_longest_of_everything_fits(legend: Legend, world: World) -> None:
    long = "_" * 32
    names = {f"p{number}": long for number in range(1, 41)}
    for key in names:
        world = admit(RULES, world, Join(key))
    told = Event(EventKind.LEGEND, legend.slug, {"title": legend.title, "patrons": list(names), "good": legend.good})
    rumors = [Event(EventKind.RUMOR, key, {"about": Good.HONEY, "text": "_" * 120, "leaning": 1}) for key in names]
    judged = [Event(EventKind.JUDGED, key, {"good": Good.HONEY, "true": False}) for key in names]
    defaults = [Event(EventKind.DEFAULT, key, {"owed": 10**6, "paid": 0, "lender": "p1"}) for key in names]
    turns = []
    for _ in range(60):
        world, turn = step(RULES, world, dict.fromkeys(CREATURES))
        turns.append(replace(turn, events=(*turn.events, told, *rumors, *judged, *defaults)))
    ranking = tuple(RankRow(place, long, 10**9, 10**6, "Meadowsweet 12") for place in range(1, 41))
    card = ReportCard(
        RULES, WOOD, world, "2026-08-01", turns, turns, (Creature.MOSSBACK, "_" * 240), legend, ranking, names
    )
    text = shown(render_report(WORDS, build_report(WORDS, card), [])[0])
    for part in ("Prices", "Whose words", "Mossback", "saga of year 1", legend.title, "patrons"):
        assert part in text


def test_a_creature_with_much_to_say(world: World) -> None:
    after, turn = step(RULES, world, dict.fromkeys(CREATURES))
    card = CreatureCard(RULES, after, Creature.OONA, [turn], [(turn, NASTY) for turn in range(40)])
    text = shown(render_creature(WORDS, card))
    assert "Oona the owl" in text
    assert "Last turn" in text


def test_the_keepers_layouts_hide_the_seed_and_name_the_problem() -> None:
    wood = replace(WOOD, seed=424242, problem=Notice("problem-history"), razed_at=NOW)
    for layout in (
        render_settings(WORDS, wood),
        render_raze_question(WORDS, wood),
        render_razed_for_keeper(WORDS, wood),
    ):
        assert "424242" not in shown(layout)
    assert "I lack a permission" in shown(render_settings(WORDS, wood))


def test_words_for_figures() -> None:
    assert [pace(WORDS, seconds) for seconds in (10, 90, 60, 5_400, 3_600, 86_400)] == [
        "10 seconds",
        "90 seconds",
        "1 minute",
        "90 minutes",
        "1 hour",
        "1 day",
    ]
    assert [units(WORDS, good, qty) for good, qty in ((Good.BERRIES, 1), (Good.BERRIES, 2), (Good.HONEY, 1))] == [
        "1 berry",
        "2 berries",
        "1 honey",
    ]
    assert len(clip("line\n" * 2_000)) <= MAX_TEXT


class Foreign(Words):
    """English with every letter changed to a Cyrillic one, facts and all."""

    def __call__(self, key: str, /, **facts: Fact) -> str:
        return pseudo(super().__call__(key, **facts))


def labels(node: Any) -> list[str]:
    """All that Discord shows of components: texts, labels, placeholders, descriptions."""
    if isinstance(node, list):
        return [label for each in node for label in labels(each)]
    if not isinstance(node, dict):
        return []
    own = [value for key in ("content", "label", "placeholder", "description", "title") if (value := node.get(key))]
    return [*map(str, own), *labels([value for value in node.values() if isinstance(value, list | dict)])]


async def test_a_page_says_no_word_that_it_was_not_given() -> None:
    words = Foreign("en", resources("en").values())
    refused = [(2, "rumor", Notice("refusal-breath", {"needed": 1, "breath": 0, "most": 5}))]
    card = PatronCard("p1", "Alder", "Ann", 1, 3, 5, (), 2, 1, 4, refused)
    woods = (WOOD, replace(WOOD, paused=True), replace(WOOD, next_turn=None), replace(WOOD, razed_at=NOW))
    keeping = (render_settings, render_raze_question, render_razed_for_keeper, render_razed)
    layouts = [
        render_help(words),
        *(render_topic(words, topic) for topic in Topic),
        render_export(words, "log", 5_000),
        render_forget_question(words, patron=True),
        render_forget_question(words, patron=False),
        render_hand(words, card)[0],
        render_purse(words, card),
        render_welcome(words, card),
        render_welcome(words, replace(card, back=True, resting=True)),
        *(
            render_cast(words, RumorCard(replace(card, resting=to is None), about, "Ann", leaning, to))
            for about in (Good.HONEY, Good.ACORNS, Creature.PIP)
            for leaning in (-1, 0, 1)
            for to in (None, Creature.PIP)
        ),
        render_legends(words, card)[0],
        render_more(words, patron=True),
        render_more(words, patron=False),
        render_heard(words, []),
        render_heard(words, [RumorRow(1, "Ann", kind, "pip", "Pip") for kind in ("rumor", "gossip")]),
        render_ranking(words, RankingCard((), (), (), ())),
        render_ranking(
            words,
            RankingCard(
                [ProphetRow(1, "Ann", Prophecy(12, right, 4_100, score, 2)) for right, score in ((9, 900), (0, -410))],
                [ProphetRow(1, "Ann", Prophecy(1, 1, 100, 900, streak)) for streak in (1, 2)],
                [VoiceRow(place, "Ann", 1.5) for place in range(1, 8)],
                [RankRow(1, "Ann", 1, 0)],
            ),
        ),
        *(
            render_call(words, CallCard(RULES, Call("p1", good, way, {}, 9, chance), new, 1, at, record, member=new))
            for good, way, chance, new, at, record in (
                (Good.HONEY, 1, None, True, NOW, Prophecy()),
                (Good.ACORNS, -1, 15, False, None, Prophecy(1, 1, 100, 900, 1)),
                (Good.ACORNS, -1, 984, False, NOW, Prophecy(5, 3, 500, 2_500, 3)),
            )
        ),
        render_trades(words, []),
        render_receipt(words, CastReceipt(LEGENDS[0], PoolCard(2, 3, None))),
        render_receipt(words, CastReceipt(None, PoolCard(3, 3, 1))),
        render_receipt(words, CastReceipt(None, PoolCard(3, 3, 1), resting=True)),
        *(render(words, wood) for render in keeping for wood in woods),
    ]
    said = [line for layout in layouts for line in labels(sent(layout))]
    for form in (RumorForm(words), RazeForm(words), ForgetForm(words)):
        said += labels(form.to_dict())
    assert len(said) > 90
    as_typed = re.compile(r"/(keeper|legend|market|patron|rumor|wood)( [a-z]+)?|ttw replay")
    assert not [line for line in said if re.search(r"[A-Za-z]", as_typed.sub("", line))]


async def test_a_word_is_typed_in_any_case_and_in_the_language_of_its_form() -> None:
    words = Foreign("en", resources("en").values())
    for form, typed in ((RazeForm(WORDS), " RaZe "), (ForgetForm(words), pseudo("FORGET"))):
        form.typed._value = typed
        assert form.meant
    refused = RazeForm(words)
    refused.typed._value = "raze"
    assert not refused.meant


@pytest.mark.parametrize("deed", list(Deed))
def test_a_creatures_page_tells_what_it_remembers_and_of_whom(deed: Deed, world: World) -> None:
    good = Good.HONEY if deed in {Deed.LIED, Deed.FORETOLD, Deed.DEAR, Deed.KIND} else None
    known = replace(world, memories={**world.memories, Creature.OONA: (Memory(deed, "p1", good, 3, 40),)})
    text = shown(render_creature(WORDS, CreatureCard(RULES, known, Creature.OONA, [], [], {"p1": NASTY})))
    assert "Remembers" in text
    assert ("🗯️" in text) is (deed in ILL)
    assert "turn 3" in text
    assert ("honey" in text.split("Remembers")[1]) is (good is not None)


def test_a_creatures_page_tells_of_arrears_and_of_ruin(world: World) -> None:
    loan = Loan("patron:p1", Creature.PIP, 9, 1, late=1)

    def page(pebbles: int, *loans: Loan) -> str:
        known = replace(holding(world, Creature.PIP, pebbles=pebbles), loans=loans)
        return shown(render_creature(WORDS, CreatureCard(RULES, known, Creature.PIP, [], [], {})))

    assert "behind with a debt" in page(30, loan)
    assert "in ruin" in page(2, loan)
    assert "debt" not in page(2, replace(loan, late=0, due=4)), "what is not due is between two"
