"""The cards of legends: a motif each, legible, the same for the same legend; pages of them; kept once drawn."""

import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from bot.telling.catalog import words_in
from bot.telling.charts import style
from bot.telling.charts.drawing import draw_series
from bot.telling.charts.faces import AlbumSeries, CardSeries
from bot.telling.charts.motifs import MOTIFS
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.portrait import HEIGHT
from bot.telling.charts.texts import MAX_ALT, MAX_BRIEF
from data.content import default_rules
from tests.bot.figures import size, texts
from tests.refusing import refusing
from wood.rules import Legend, Rarity, ShockKind

WORDS = words_in("en")
LEGENDS = [default_rules().legends[slug] for slug in default_rules().deck]
FROST = next(legend for legend in LEGENDS if legend.slug == "great-frost")
OWN = replace(CardSeries.of(FROST), slug="own-thimbles", title="The Thimble Corner", years="")
PHONE = 390


def test_every_legend_of_the_deck_has_a_motif_of_its_own() -> None:
    assert set(MOTIFS) == set(default_rules().deck)
    assert len({motif.paint for motif in MOTIFS.values()}) == len(MOTIFS)


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_a_card_bears_its_whole_title_and_the_years_for_a_phone_to_read(legend: Legend, figures: list[Figure]) -> None:
    card = draw_series(WORDS, CardSeries.of(legend))
    assert size(card) == (style.WIDTH, HEIGHT)
    assert legend.title in card.alt
    assert str(legend.rarity) in card.alt
    assert legend.history
    drawn = list(texts(figures[0]))
    written = [(text.get_text(), box) for text, box in drawn]
    *lines, (years, _) = written
    assert " ".join(line for line, _ in lines) == legend.title
    assert years == legend.history.years
    for text, (x0, y0, x1, y1) in written:
        assert 68 <= x0 < x1 <= style.WIDTH - 68, text
        assert 68 <= y0 < y1 <= 404, text
    for (one, a), (other, b) in itertools.pairwise(written):
        assert a[1] >= b[3], (one, other)
    sizes = [float(text.get_fontsize()) * style.DPI / 72 for text, _ in drawn]
    assert min(sizes) * PHONE / style.WIDTH >= 14


def test_no_two_cards_are_alike_and_the_same_card_is_the_same_bytes() -> None:
    first, second, third = (draw_series(WORDS, CardSeries.of(legend)) for legend in (*LEGENDS[:2], LEGENDS[0]))
    assert first == third
    assert first.png != second.png


def test_a_rarity_is_in_the_frame_and_leaves_the_scene_alone() -> None:
    cards = [draw_series(WORDS, replace(OWN, rarity=rarity)) for rarity in Rarity]
    pictures = [np.asarray(Image.open(io.BytesIO(card.png))) for card in cards]
    scene = (slice(300, 1000), slice(200, 1000))
    for one, other in itertools.combinations(pictures, 2):
        assert not np.array_equal(one, other)
        assert np.array_equal(one[scene], other[scene])


def test_a_legend_without_a_motif_is_composed_from_what_it_does() -> None:
    same, other = draw_series(WORDS, OWN), draw_series(WORDS, replace(OWN, slug="own-needles"))
    assert same == draw_series(WORDS, OWN)
    assert same.png != other.png
    assert same.png != draw_series(WORDS, replace(OWN, direction=-OWN.direction)).png
    assert same.png != draw_series(WORDS, replace(OWN, kinds=tuple(ShockKind))).png


@pytest.mark.parametrize(
    "title",
    [
        "x",
        "W" * 40,
        "The Day the Ferryman Forgot to Count On",
        "$\\frac{a}{b}$ for a pebble",
        "木の実の大暴落",
        "🔥🦊🔥",
    ],
)
def test_any_title_finds_its_place(title: str, figures: list[Figure]) -> None:
    draw_series(WORDS, replace(OWN, title=title, years="1899-1900"))
    for text, (x0, y0, x1, y1) in texts(figures[0]):
        assert 60 <= x0 < x1 <= style.WIDTH - 60, text
        assert 60 <= y0 < y1 <= 412, text


@pytest.mark.parametrize("many", [1, 4, 16, 24])
def test_a_page_has_four_cards_in_a_row_and_names_those_alone_that_lie_open(many: int) -> None:
    shown = [CardSeries.of(legend) for legend in LEGENDS[:2]]
    card = draw_series(WORDS, AlbumSeries((*shown, *[None] * many)[:many]))
    wide, high = size(card)
    assert wide == style.WIDTH
    assert high == 10 + 413 * -(-many // 4)
    assert len(card.brief) <= MAX_BRIEF
    assert len(card.alt) <= MAX_ALT
    assert (LEGENDS[1].title in card.alt) == (many > 1)
    assert not any(legend.title in card.alt for legend in LEGENDS[2:])


async def test_what_was_drawn_lately_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ChartPool(workers=0) as pool:
        first = await pool.portrait("en", FROST)
        assert first == draw_series(WORDS, CardSeries.of(FROST))
        assert await pool.portrait("en", FROST) is first
        assert await pool.portrait("en", replace(FROST, title="Frost")) is not first
        page = await pool.album("en", [FROST, None])
        assert await pool.album("en", [FROST, None]) is page
        assert await pool.album("en", [None, None]) is not page
        monkeypatch.setattr("bot.telling.charts.pool._KEPT", 1)
        await pool.album("en", [None])
        assert await pool.portrait("en", FROST) is not first
    with refusing("no more charts"):
        await pool.portrait("en", LEGENDS[0])
