"""What a simulation leaves in a folder: charts, the report, the traces, and the log that ``ttw replay`` reads.

The same run leaves the same bytes: nothing in them tells of the time or the machine.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.lab.liveliness import MEASURES, verdict
from bot.lab.sample import Sample
from bot.lab.simulate import Played, log_of
from bot.telling.cards import ChartCard, ReportCard, WoodCard
from bot.telling.catalog import words_of_wood
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.report import build_report
from bot.telling.report_text import to_markdown
from bot.telling.showing import best_quote, legend_of_day, rank_rows
from data.files import replacing
from data.log import write_log
from data.traces import write_traces
from wood.chronicle import Turn
from wood.world import World

REPORT: Final = "report.md"
TRACES: Final = "traces.jsonl"
LOG: Final = "wood.jsonl"


def keep(folder: Path, played: Played, mind: str, sample: Sample | None = None) -> list[Path]:
    """Write everything into a folder, which is made where there is none; answers the files.

    Args:
        folder: where to; files of the same names are replaced.
        played: the run.
        mind: the name of the mind that played it.
        sample: its measures, for a table at the report's end.

    Raises:
        OSError: something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = draw_all(played)
    for picture in pictures:
        with replacing(folder / picture.filename) as part:
            part.write_bytes(picture.png)
    words = words_of_wood(played.rules)
    text = to_markdown(
        words,
        build_report(words, report_card(played, f"Seed {played.seed}, {mind}", played.turns, played.world)),
        pictures,
    )
    if sample is not None:
        text += "\n" + liveliness_table(sample)
    with replacing(folder / REPORT) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    write_traces(folder / TRACES, played.traces)
    write_log(folder / LOG, log_of(played))
    return [folder / name for name in (*(picture.filename for picture in pictures), REPORT, TRACES, LOG)]


def draw_all(played: Played) -> list[ChartCard]:
    """The charts of a run; imports matplotlib."""
    from bot.telling.charts.drawing import draw

    kinds = (ChartKind.PRICES, ChartKind.WEALTH, ChartKind.FIREWOOD)
    return [draw(ChartRequest(kind), played.rules, played.turns) for kind in kinds]


def liveliness_table(sample: Sample) -> str:
    """One run's measures as a Markdown table under a heading."""
    lines = ["## Liveliness", "", "| measure | this run | aim | met |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {measure.name} | {measure.told(sample)} | {measure.target} | {verdict(measure.kept(sample))} |"
        for measure in MEASURES
    ]
    return "\n".join(lines) + "\n"


def report_card(
    played: Played, day: str, turns: Sequence[Turn], world: World, names: Mapping[str, str] | None = None
) -> ReportCard:
    """Some turns of a run, up to one, as a daily report takes them.

    Args:
        played: the run.
        day: what stands for the date, since a simulation has no calendar.
        turns: those of the day, at least one.
        world: the world that they left.
        names: what patrons call themselves, by key; their alias where it is not said.
    """
    called = {key: (names or {}).get(key, patron.alias) for key, patron in world.patrons.items()}
    last = turns[-1].number
    return ReportCard(
        rules=played.rules,
        wood=WoodCard(
            channel_id=0,
            guild_id=0,
            seed=played.seed,
            pace=0,
            zone="UTC",
            report_hour=0,
            paused=True,
            next_turn=None,
            board_message_id=None,
            razed_at=None,
        ),
        world=world,
        day=day,
        turns=turns,
        history=played.turns[max(0, last - max(played.rules.year, len(turns))) : last],
        quote=best_quote(turns),
        legend=legend_of_day(played.rules, turns),
        ranking=rank_rows(world, called),
        names=called,
    )
