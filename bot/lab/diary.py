"""What a wood of many days leaves in a folder: every day's report, all of its gossip, and how much of that repeats."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.lab.keepsake import LOG, report_card
from bot.lab.reading import Reading, form_of, gossip, read
from bot.lab.simulate import Played, log_of
from bot.telling.cards import ChartCard, ReportCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.phrases import deed, does
from bot.telling.report import Report, build_report
from bot.telling.report_text import to_markdown
from data.files import replacing
from data.log import write_log
from wood.chronicle import Turn
from wood.names import GOODS
from wood.rules import Rules
from wood.turn import step
from wood.world import World

GOSSIP: Final = "gossip.txt"
REPETITION: Final = "repetition.json"
DAY_SECONDS: Final = 86_400
_MOVES: Final = (-90, -60, -30, -15, -5, 0, 5, 15, 30, 60, 99, 100, 150, 200, 250, 300, 350)
"""Moves of a price, one for each way of saying them."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a wood: its number from 1, its turns, and the world that they left."""

    number: int
    turns: tuple[Turn, ...]
    world: World


def days(played: Played, turns_a_day: int) -> Iterator[Day]:
    """A run day by day; the last may be shorter. Worlds are computed again from what was decided."""
    world = played.founded
    for first in range(0, len(played.turns), turns_a_day):
        turns = played.turns[first : first + turns_a_day]
        for turn in turns:
            decided = played.decisions[turn.number - 1]
            world, _ = step(played.rules, world, decided, played.scenario.at(turn.number))
        yield Day(first // turns_a_day + 1, turns, world)


def write_diary(
    folder: Path, played: Played, turns_a_day: int, names: Mapping[str, str], *, charts: bool = False
) -> Reading:
    """Write the diary of a run into a folder, which is made where there is none; answers what was read in it.

    Args:
        folder: where to; files of the same names are replaced.
        played: the run, from its founding.
        turns_a_day: turns of a day.
        names: what patrons call themselves, by key.
        charts: whether each report's charts are drawn.

    Raises:
        OSError: something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = words_of_wood(played.rules)
    headlines = []
    for day in days(played, turns_a_day):
        card = report_card(played, f"Day {day.number}", day.turns, day.world, names)
        report = build_report(words, card)
        headlines.append(report.headline)
        name = f"day-{day.number:03}"
        pictures = _drawn(card, report, name) if charts else []
        for picture in pictures:
            with replacing(folder / picture.filename) as part:
                part.write_bytes(picture.png)
        _write(folder / f"{name}.md", to_markdown(words, report, pictures))
    parts = _parts(words, played.rules, played.world, names)
    starts = {good: rule.start for good, rule in played.rules.goods.items()}
    reading = read(
        played.turns,
        starts,
        _called(played.rules, played.world, names),
        [form_of(headline, parts) for headline in headlines],
    )
    lines = (f"{line.turn}\t{line.speaker}\t{line.text}\n" for line in gossip(played.turns))
    _write(folder / GOSSIP, "".join(lines))
    _write(folder / REPETITION, json.dumps(reading.to_json(), ensure_ascii=False, indent=2) + "\n")
    write_log(folder / LOG, log_of(played))
    return reading


def _write(path: Path, text: str) -> None:
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def _drawn(card: ReportCard, report: Report, name: str) -> list[ChartCard]:
    """A report's charts, under names of that day; imports matplotlib."""
    from bot.telling.charts.drawing import draw

    pictures = [draw(request, card.rules, card.history, card.ranking) for request in report.charts]
    return [replace(picture, filename=f"{name}-{picture.filename}") for picture in pictures]


def _called(rules: Rules, world: World, names: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """What everybody may be called, by key."""
    creatures: dict[str, Sequence[str]] = {key.value: (rule.name,) for key, rule in rules.creatures.items()}
    return creatures | {key: (patron.alias, names.get(key, "")) for key, patron in world.patrons.items()}


def _parts(words: Words, rules: Rules, world: World, names: Mapping[str, str]) -> dict[str, str]:
    """What differs from headline to headline of one form, by what takes its place."""
    parts = {text: "<move>" for good in GOODS for move in _MOVES for text in (does(words, good, move),)}
    parts |= {text: "<move on>" for good in GOODS for move in _MOVES for text in (deed(words, good, move),)}
    parts |= {words(f"good-{good}"): "<good>" for good in GOODS}
    parts |= {legend.title: "<legend>" for legend in rules.legends.values()}
    parts |= {rule.name: "<season>" for rule in rules.seasons}
    return parts | {name: "<name>" for called in _called(rules, world, names).values() for name in called if name}
