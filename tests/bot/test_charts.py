"""Charts: legible, complete, private, deterministic."""

import io
import itertools
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import words_in
from bot.telling.charts import fonts, ranking, style
from bot.telling.charts.drawing import draw
from bot.telling.charts.pins import MOST, Pin, PinKind, response, strongest
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.series import greatest, hero_of
from bot.telling.charts.texts import MAX_ALT, MAX_BRIEF, within
from data.content import default_rules
from tests.bot.turns import HOLLOW, MANIA, NAMES, RANKING, RUN, STARTS, make_history, make_rules, make_turn, told
from wood.chronicle import Event, EventKind, Turn
from wood.names import CENTS, CREATURES, GOODS, Creature, Good, Season
from wood.rules import Legend

RULES = make_rules()
REQUESTS = (
    ChartRequest(ChartKind.HERO, day=6),
    ChartRequest(ChartKind.PRICES),
    ChartRequest(ChartKind.PRICES, Good.HONEY),
    ChartRequest(ChartKind.WEALTH),
    ChartRequest(ChartKind.FIREWOOD),
    ChartRequest(ChartKind.RANKING),
    ChartRequest(ChartKind.BANNER, legend=RUN.slug),
)
PHONE = 390
"""Pixels that a phone shows a chart wide."""


def name(request: ChartRequest) -> str:
    return f"{request.kind}-{request.good}" if request.good else str(request.kind)


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Every figure that is drawn, kept for measuring."""
    kept: list[Figure] = []
    real = style.to_png

    def keep(figure: Figure) -> bytes:
        kept.append(figure)
        return real(figure)

    for module in ("hero", "prices", "wealth", "firewood", "ranking", "banner"):
        monkeypatch.setattr(f"bot.telling.charts.{module}.style.to_png", keep)
    return kept


def texts(figure: Figure) -> Iterator[tuple[Text, tuple[float, float, float, float]]]:
    """All visible texts of a drawn figure with their boxes in pixels."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width > 0:
                yield text, (box.x0, box.y0, box.x1, box.y1)


def size(card: ChartCard) -> tuple[int, int]:
    assert card.png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", card.png[16:24])


@pytest.mark.parametrize("request_", REQUESTS, ids=name)
@pytest.mark.parametrize("length", [0, 1, 130])
def test_every_chart_draws_for_every_length(request_: ChartRequest, length: int) -> None:
    card = draw(request_, RULES, make_history(length), RANKING[: min(length, 7)])
    assert size(card)[0] == style.WIDTH
    assert 300 <= size(card)[1] <= 1000
    assert 0 < len(card.brief) <= MAX_BRIEF
    assert len(card.brief) <= len(card.alt) <= MAX_ALT
    assert card.filename.endswith(".png")


@pytest.mark.parametrize("request_", REQUESTS, ids=name)
def test_same_input_same_bytes_and_no_time_in_the_file(request_: ChartRequest) -> None:
    first = draw(request_, RULES, make_history(9), RANKING)
    again = draw(request_, RULES, make_history(9), RANKING)
    assert first == again
    kinds = []
    data = first.png[8:]
    while data:
        (length,) = struct.unpack(">I", data[:4])
        kinds.append(data[4:8])
        assert zlib.crc32(data[4 : 8 + length]) == struct.unpack(">I", data[8 + length : 12 + length])[0]
        data = data[12 + length :]
    assert set(kinds) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


@pytest.mark.parametrize(("length", "seed"), [(1, 1), (9, 2), (60, 1)])
@pytest.mark.parametrize("request_", REQUESTS, ids=name)
def test_no_text_covers_another_or_leaves_the_chart(
    request_: ChartRequest, length: int, seed: int, figures: list[Figure]
) -> None:
    history = make_history(length, seed)
    if length == 60:
        history = [
            replace(turn, events=(*turn.events, told(legend), rumor("p2", Good.HONEY, -1)))
            if (legend := {22: MANIA, 27: RUN, 33: HOLLOW, 41: RUN}.get(turn.number))
            else turn
            for turn in history
        ]
    draw(request_, RULES, history, RANKING, NAMES)
    (figure,) = figures
    found = list(texts(figure))
    for text, (x0, y0, x1, y1) in found:
        assert x0 >= 0, text
        assert y0 >= 0, text
        assert x1 <= style.WIDTH, text
        assert y1 <= style.figure_height(figure), text
    for (one, a), (other, b) in itertools.combinations(found, 2):
        apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 3 or b[3] <= a[1] + 3
        assert apart, (one, other)


@pytest.mark.parametrize("request_", REQUESTS, ids=name)
def test_text_is_large_enough_for_a_phone(request_: ChartRequest, figures: list[Figure]) -> None:
    draw(request_, RULES, make_history(30), RANKING)
    sizes = [float(text.get_fontsize()) * style.DPI / 72 for text, _ in texts(figures[0])]
    assert min(sizes) * PHONE / style.WIDTH >= 11


def test_equal_lines_keep_their_names_apart(figures: list[Figure]) -> None:
    turn = make_turn(1, dict.fromkeys(GOODS, 500))
    draw(ChartRequest(ChartKind.PRICES), RULES, [turn])
    ends = [box for text, box in texts(figures[0]) if re.fullmatch(r"[A-Z]\w+ [+−]?\d+ %", text.get_text())]
    assert len(ends) == len(GOODS)
    ends.sort(key=lambda box: box[1])
    assert all(low[3] <= high[1] + 3 for low, high in itertools.pairwise(ends))


@pytest.mark.parametrize("prices", [(1, 99_00), (99_00, 99_00)])
def test_absurd_prices_draw(prices: tuple[int, int]) -> None:
    turns = [make_turn(number, dict.fromkeys(GOODS, price)) for number, price in enumerate(prices, 1)]
    for request in REQUESTS:
        assert size(draw(request, RULES, turns))[0] == style.WIDTH


def test_nothing_owned_and_nothing_stored_draws() -> None:
    turn = replace(make_turn(1), wealth=dict.fromkeys(CREATURES, 0), firewood_need=0, firewood_supply=0)
    assert "Nobody richer, nobody poorer" in draw(ChartRequest(ChartKind.WEALTH), RULES, [turn]).alt
    assert "0 logs needed and 0 stored" in draw(ChartRequest(ChartKind.FIREWOOD), RULES, [turn]).alt


def test_span_shows_the_last_turns_only() -> None:
    history = make_history(30)
    assert "turns 26 to 30" in draw(ChartRequest(ChartKind.PRICES, span=5), RULES, history).alt
    assert draw(ChartRequest(ChartKind.PRICES, span=5), RULES, history) == draw(
        ChartRequest(ChartKind.PRICES), RULES, history[-5:]
    )
    assert "turns 1 to 30" in draw(ChartRequest(ChartKind.PRICES, span=500), RULES, history).alt


def written(figure: Figure) -> list[str]:
    return [text.get_text() for text, _ in texts(figure)]


# The subject


def rumor(speaker: str, about: Good | Creature | None, leaning: int) -> Event:
    return Event(EventKind.RUMOR, speaker, {"about": about, "text": "they say so", "leaning": leaning})


def run_of(good: Good, percents: Sequence[int], events: Mapping[int, Sequence[Event]] | None = None) -> list[Turn]:
    """Turns from turn 1 in which one good stands at these per cent of its start, all others at theirs."""
    return [
        make_turn(number, {**STARTS, good: STARTS[good] * percent // 100}, (events or {}).get(number, ()))
        for number, percent in enumerate(percents, 1)
    ]


def colours(figure: Figure) -> dict[str, str]:
    return {text.get_text(): str(text.get_color()) for text, _ in texts(figure)}


def test_what_moved_most_is_bright_and_the_rest_is_grey(figures: list[Figure]) -> None:
    card = draw(ChartRequest(ChartKind.PRICES), RULES, run_of(Good.HONEY, [100, 110, 123]))
    drawn = colours(figures[0])
    assert drawn["Honey +23 %"] == style.GOOD_COLOURS[Good.HONEY]
    assert {drawn[f"{good} 0 %"] for good in ("Acorns", "Berries", "Mushrooms", "Firewood")} == {style.MUTED}
    assert card.alt.startswith("Honey climbs 23 % over turns 1 to 3, drawn bright")
    assert "Honey from 8.00 to 9.84, up 23 %." in card.alt


def test_a_fall_counts_as_much_as_the_rise_that_undoes_it() -> None:
    assert greatest({Good.HONEY: {1: 10.0, 2: 5.0}, Good.ACORNS: {1: 10.0, 2: 19.0}}) is Good.HONEY


def test_the_creature_whose_fortune_moved_most_is_bright(figures: list[Figure]) -> None:
    first, last = make_turn(1), make_turn(2)
    last = replace(last, wealth={**last.wealth, Creature.FENN: last.wealth[Creature.FENN] - 12 * CENTS})
    card = draw(ChartRequest(ChartKind.WEALTH), RULES, [first, last])
    drawn = colours(figures[0])
    assert drawn["Fenn −12"] == style.CREATURE_COLOURS[Creature.FENN]
    assert drawn["Pip ±0"] == style.MUTED
    assert "Fenn loses 12 pebbles" in card.alt


def test_the_foremost_patron_alone_leads() -> None:
    rows = [RankRow(1, "Ada", 90, 0), RankRow(1, "Ben", 90, 0)]
    assert ranking_title(rows) == "Patrons"
    assert ranking_title(rows[:1]) == "Ada leads"


def ranking_title(rows: Sequence[RankRow]) -> str:
    return ranking.title_of(words_in("en"), rows)


# Pins


def test_rumors_and_legends_are_pinned_by_name(figures: list[Figure]) -> None:
    events = {2: [rumor("p1", Good.HONEY, 1)], 4: [told(RUN)], 5: [rumor("p9", Good.HONEY, 0)]}
    turns = run_of(Good.HONEY, [100, 104, 108, 60, 55, 50], events)
    card = draw(ChartRequest(ChartKind.PRICES), RULES, turns, names=NAMES)
    drawn = colours(figures[0])
    assert {"Ada: “dearer”", "Run on Oona's Hoard", "a patron’s rumor"} <= set(drawn)
    assert "Ada: “dearer” in turn 2 (then down 50 %)" in card.alt
    assert "Run on Oona's Hoard in turn 4 (then down 54 %)" in card.alt


def test_what_concerns_other_goods_is_not_pinned_but_for_one_legend(figures: list[Figure]) -> None:
    events = {2: [rumor("p1", Good.ACORNS, 1), told(MANIA)], 3: [told(HOLLOW)], 4: [rumor("p1", Creature.PIP, -1)]}
    card = draw(ChartRequest(ChartKind.PRICES), RULES, run_of(Good.HONEY, [100, 100, 100, 150], events), names=NAMES)
    drawn = colours(figures[0])
    assert drawn["Hollow Log Trading Company"] == style.MUTED
    assert not any("Ada" in text or "Mania" in text for text in drawn)
    assert "Pinned: Hollow Log Trading Company in turn 3." in card.alt


def test_a_word_about_a_creature_is_pinned_to_its_fortune(figures: list[Figure]) -> None:
    turns = [make_turn(1), make_turn(2, events=[rumor("p1", Creature.FENN, -1), rumor("p1", Good.MUSHROOMS, 1)])]
    turns[1] = replace(turns[1], wealth={**turns[1].wealth, Creature.FENN: 100})
    draw(ChartRequest(ChartKind.WEALTH), RULES, turns, names=NAMES)
    assert [text for text in colours(figures[0]) if "Ada" in text] == ["Ada: an ill word"]


def test_a_speaker_whom_no_font_can_draw_is_a_patron(figures: list[Figure]) -> None:
    turns = run_of(Good.HONEY, [100, 120], {2: [rumor("p1", Good.HONEY, -1)]})
    card = draw(ChartRequest(ChartKind.PRICES), RULES, turns, names={"p1": "🔥🦊🔥"})
    assert "a patron: “cheaper”" in colours(figures[0])
    assert "🔥🦊🔥: “cheaper”" in card.alt


def test_the_strongest_few_are_named_and_nobody_twice() -> None:
    line = dict.fromkeys(range(1, 60), 1.0) | {30: 3.0, 50: 2.0}
    said = [Pin(turn, PinKind.RUMOR, "Ada", frozenset({"honey"}), 1) for turn in range(1, 60)]
    others = [Pin(5 * at, PinKind.RUMOR, f"Patron {at}", frozenset({"honey"}), 1) for at in range(1, 8)]
    legend = Pin(10, PinKind.LEGEND, "Great Frost", frozenset({"honey"}))
    found = strongest([*said, *others, legend], {"honey"}, line)
    assert len(found) == MOST
    assert [pin.name for pin in found].count("Ada") == 1
    assert response(line, next(pin.turn for pin in found if pin.name == "Ada")) == 2.0
    assert legend.name in [pin.name for pin in found]


def test_a_response_is_the_greatest_move_within_five_turns_of_the_price_before() -> None:
    line = {1: 10.0, 2: 12.0, 3: 9.0, 4: 6.0, 5: 8.0, 20: 99.0}
    assert response(line, 2) == pytest.approx(-0.4)
    assert response(line, 1) == pytest.approx(-0.4)
    assert response({1: 0.0, 2: 5.0}, 2) == 0.0


def test_what_followed_a_pin_is_shaded(figures: list[Figure]) -> None:
    turns = run_of(Good.HONEY, [100, 100, 150, 150], {3: [rumor("p1", Good.HONEY, 1)]})
    draw(ChartRequest(ChartKind.PRICES, Good.HONEY), RULES, turns, names=NAMES)
    plot = figures[0].axes[-1]
    (shade,) = plot.collections
    box = shade.get_datalim(plot.transData)
    assert (box.x0, box.x1) == (2.5, 4.0)
    assert (box.y0, box.y1) == (pytest.approx(8.0), pytest.approx(12.0))


# The day


def test_a_hero_is_about_what_moved_most_in_the_day(figures: list[Figure]) -> None:
    turns = [*run_of(Good.ACORNS, [100, 200, 300]), *run_of(Good.HONEY, [100] * 3 + [100, 80, 60])[3:]]
    card = draw(ChartRequest(ChartKind.HERO, day=2), RULES, turns)
    assert "−40 %" in colours(figures[0])
    assert card.alt.startswith("Honey tumbles 40 % over turns 5 to 6, drawn as a bright line. Honey from 8.00 to 4.80")
    assert "in the days before it stood between 8.00 and 8.00." in card.alt


def test_a_hero_follows_the_days_legend_unless_it_fell_flat() -> None:
    def prices(acorns: int) -> dict[Good, dict[int, float]]:
        return {good: {1: 1.0, 2: {Good.ACORNS: acorns / 100, Good.HONEY: 1.3}.get(good, 1.0)} for good in GOODS}

    day = [make_turn(2, events=[told(MANIA)])]
    assert hero_of(RULES, day, prices(116)) is Good.ACORNS
    assert hero_of(RULES, day, prices(105)) is Good.HONEY
    assert hero_of(RULES, [make_turn(2)], prices(116)) is Good.HONEY


def test_a_hero_shows_its_day_and_about_three_before() -> None:
    card = draw(ChartRequest(ChartKind.HERO, day=5), RULES, make_history(60))
    assert "turns 56 to 60" in card.alt
    assert card == draw(ChartRequest(ChartKind.HERO, day=5), RULES, make_history(60)[-20:])


# Banners

LEGENDS = [legend for legend in default_rules().legends.values() if legend.history is not None]


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_every_legend_has_a_banner_with_its_whole_title(legend: Legend, figures: list[Figure]) -> None:
    card = draw(ChartRequest(ChartKind.BANNER, legend=legend.slug), default_rules(), ())
    assert size(card) == (1200, 400)
    ((text, (x0, _, x1, y1)),) = texts(figures[0])
    assert text.get_text() == legend.title
    assert 0 <= x0 < x1 <= style.WIDTH
    assert y1 < 0.25 * 400  # on the dark bank
    assert legend.title in card.alt
    assert ("climbs" if legend.direction > 0 else "tumbles") in card.alt


def test_a_banner_changes_with_the_season_and_no_two_are_alike() -> None:
    request = ChartRequest(ChartKind.BANNER, legend=RUN.slug)
    seasons = [draw(request, RULES, [replace(make_turn(1), season=season)]).png for season in Season]
    others = [draw(replace(request, legend=slug), RULES, ()).png for slug in RULES.legends]
    assert len({*seasons}) == len(Season)
    assert len({*others}) == len(others)


# Secrets


def with_secrets(turns: Sequence[Turn]) -> list[Turn]:
    secret = {"title": "SECRET", "text": "SECRET", "about": "honey", "good": "honey", "legend": "SECRET", "missing": 1}
    private = [Event(kind, "p1", secret, to="p1") for kind in EventKind]
    return [replace(turn, events=(*turn.events, *private)) for turn in turns]


@pytest.mark.parametrize("request_", REQUESTS, ids=name)
def test_private_events_change_nothing(request_: ChartRequest) -> None:
    history = make_history(8)
    assert draw(request_, RULES, history, RANKING) == draw(request_, RULES, with_secrets(history), RANKING)


def test_cold_hearths_are_counted() -> None:
    cold = [Event(EventKind.COLD, who, {"missing": 1}) for who in CREATURES[:3]]
    alt = draw(ChartRequest(ChartKind.FIREWOOD), RULES, [make_turn(1), make_turn(2, events=cold)]).alt
    assert "Cold nights: 1; the worst was turn 2 with 3 cold hearths." in alt
    assert "No hearth sat cold." in draw(ChartRequest(ChartKind.FIREWOOD), RULES, [make_turn(1)]).alt


def test_alt_text_is_cut_at_whole_sentences() -> None:
    assert within(["One.", "Two.", "Three."], 9) == "One. Two."
    assert within(["A long first sentence."], 10) == "A long…"


# Colours


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


GROUNDS = (style.BACKGROUND, *style.SEASON_TINTS.values())


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", [style.INK, style.MUTED, *style.GOOD_COLOURS.values()])
def test_every_colour_reads_on_every_ground(colour: str, ground: str) -> None:
    light, dark = luminance(colour), luminance(ground)
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, text


@pytest.mark.parametrize("ground", GROUNDS)
def test_quiet_lines_are_seen_and_stay_behind(ground: str) -> None:
    dark, quiet = luminance(ground), luminance(style.QUIET)
    assert (quiet + 0.05) / (dark + 0.05) >= 3  # WCAG 2.2, graphics
    assert all(luminance(colour) > quiet for colour in style.GOOD_COLOURS.values())


# Full dichromacy after Machado, Oliveira and Fernandes (2009), in linear RGB.
BLIND = {
    "sees all": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def lab(colour: str, eye: np.ndarray) -> np.ndarray:
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(eye @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(to_xyz @ seen / np.array([0.9505, 1, 1.089]), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", BLIND)
def test_colours_differ_for_colour_blind_readers(eye: str) -> None:
    shades = [lab(colour, BLIND[eye]) for colour in style.GOOD_COLOURS.values()]
    closest = min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(shades, 2))
    assert closest >= 25  # several times a just noticeable difference (about 2.3)


# Scales


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 2), (1, 15), (40, 60), (1, 60), (1, 120), (7, 2000)])
def test_turn_ticks_are_few_and_end_at_the_last_turn(first: int, last: int) -> None:
    ticks = style.turn_ticks(first, last)
    assert ticks == sorted(set(ticks))
    assert ticks[-1] == last
    assert ticks[0] >= first
    assert len(ticks) <= 8


# Names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada", "Ada"),
        ("明日香", "明日香"),
        ("김철수 🎉", "김철수"),
        ("عبد الرحمن", "عبد الرحمن"),
        ("Ωμέγα Жук", "Ωμέγα Жук"),
        ("🔥🦊🔥", "Alder"),
        ("\U00010330\U00010331", "Alder"),  # Gothic: no common font has it
        ("👨\u200d👩\u200d👧 Kai", "Kai"),
        ("", "Alder"),
    ],
)
def test_names_are_drawn_or_give_way_to_the_alias(text: str, expected: str) -> None:
    assert fonts.drawable(text, "Alder") == expected


def test_without_a_cjk_font_the_alias_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_families", lambda: (fonts.BASE,))
    assert fonts.drawable("明日香", "Birch") == "Birch"
    assert ranking.shown_name(words_in("en"), RankRow(3, "明日香", 1, 0)) == "Patron 3"
    card = draw(ChartRequest(ChartKind.RANKING), RULES, (), RANKING)
    assert "明日香の森" in card.alt


def ink(text: str) -> np.ndarray:
    """Where a chart with this single name has ink, in the name's part of the picture."""
    card = draw(ChartRequest(ChartKind.RANKING), RULES, (), (RankRow(1, text, 10, 0, "Alder"),))
    picture = np.asarray(Image.open(io.BytesIO(card.png)).convert("L"), dtype=int)
    return picture[100:200, :1100]


def test_scripts_are_really_drawn() -> None:
    """Two names of one length in one script look different: no row of empty boxes."""
    for one, other in (("明日香", "森川田"), ("김철수", "박영희"), ("عبدك", "سلام"), ("Жук", "Лис")):
        assert not np.array_equal(ink(one), ink(other))


def test_arabic_is_joined() -> None:
    """Shaped letters are narrower than the same letters held apart by non-joiners."""
    assert style.width("سلام") < style.width("\u200c".join("سلام"))


def test_dollars_are_not_mathematics(figures: list[Figure]) -> None:
    draw(ChartRequest(ChartKind.RANKING), RULES, (), (RankRow(1, r"$\frac{1}{0$ $x^2$", 10, 0),))
    assert r"$\frac{1}{0$ $x^2$" in written(figures[0])


def test_long_names_are_cut_and_many_patrons_are_bounded(figures: list[Figure]) -> None:
    rows = [RankRow(place, f"W{'m' * 40}{place}", 1000 - place, 0) for place in range(1, 31)]
    card = draw(ChartRequest(ChartKind.RANKING), RULES, (), rows)
    assert "of 30" in card.alt
    assert sum(text.endswith("…") for text in written(figures[0])) == ranking.MOST
