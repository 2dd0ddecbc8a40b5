"""Charts: legible, complete, private, deterministic."""

import io
import itertools
import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from bot.telling.cards import RankRow
from bot.telling.catalog import words_in
from bot.telling.charts import fonts, ranking, style
from bot.telling.charts.drawing import draw
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.texts import MAX_ALT, MAX_BRIEF, within
from tests.bot.figures import rumor, size, texts
from tests.bot.turns import HOLLOW, MANIA, NAMES, RANKING, RUN, make_history, make_rules, make_turn, told
from wood.chronicle import Event, EventKind, Turn
from wood.names import CREATURES, GOODS, Good

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
