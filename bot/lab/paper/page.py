"""The page of a study, and all of its files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.lab.paper.figures import draw
from bot.lab.paper.lines import Line, lines_of
from bot.lab.paper.manifest import command, manifest
from bot.lab.paper.measures import MEASURES
from bot.lab.paper.runs import RUNS, Run, write_runs
from bot.lab.paper.study import Study
from bot.lab.paper.tables import latex, markdown, plain, table_csv
from data.files import replacing
from inference.roster import Engines

PAGE: Final = "table.md"
TABLE: Final = "table.csv"
LATEX: Final = "table.tex"
MANIFEST: Final = "manifest.json"
_WAYS: Final = {1: "more", -1: "less", 0: "neither"}


def files_of(study: Study, runs: Sequence[Run], engines: Engines | None = None) -> dict[str, bytes]:
    """Everything that a study leaves, by the names of the files; the same runs give the same bytes."""
    lines = lines_of(runs, study.baseline)
    figures = draw(runs, lines, study.baseline)
    texts = {
        PAGE: page(study, lines, [name for name in figures if name.endswith(".png")]),
        TABLE: table_csv(lines, study.baseline),
        LATEX: latex(lines, study.baseline),
        RUNS: write_runs(runs),
    }
    files = figures | {name: text.encode() for name, text in texts.items()}
    made = json.dumps(manifest(study, runs, files, engines), indent=2, ensure_ascii=False) + "\n"
    return files | {MANIFEST: made.encode()}


def keep(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, which is made where there is none; those of the same names are replaced.

    Raises:
        OSError: something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with replacing(folder / name) as part:
            part.write_bytes(content)
    return [folder / name for name in files]


def page(study: Study, lines: Sequence[Line], figures: Sequence[str]) -> str:
    """The tables with all that one needs to read them."""
    return "\n".join([*_opening(study), markdown(lines, study.baseline), *_figures(figures), *_measures(lines)])


def _opening(study: Study) -> Iterator[str]:
    first, last, many = study.seeds[0], study.seeds[-1], len(study.seeds)
    seeds = f"{many} seeds ({first} to {last})" if many > 1 else f"seed {first}"
    yield "# Results"
    yield ""
    yield (
        f"{', '.join(map(plain, study.minds))} on {seeds}, {study.settings[0].turns} turns each, beside "
        f"{plain(study.baseline)}. Made by"
    )
    yield from ("", "```sh", command(study), "```", "")
    yield (
        "Figures are means over seeds with their 95 % interval (bootstrap over seeds, BCa). Differences are on the "
        "same seeds, with the interval of the paired bootstrap and the p value of a permutation of signs; *p (Holm)* "
        "is corrected for all differences of this page, and a difference is bold where that is 0.05 or less. "
        "*Detectable* is the least difference that a single test finds in 80 of 100 studies of so many seeds. "
        f"`{RUNS}` has every run with the hash of its world, `{MANIFEST}` what it was made from."
    )
    yield ""


def _figures(names: Sequence[str]) -> Iterator[str]:
    yield from ("## Figures", "")
    for name in names:
        yield from (f"![{name.removesuffix('.png')}]({name})", "")


def _measures(lines: Sequence[Line]) -> Iterator[str]:
    yield from ("## Measures", "", "| measure | what it is | better | source |", "| --- | --- | --- | --- |")
    shown = {line.measure.key for line in lines}
    for key, measure in MEASURES.items():
        if key in shown:
            yield f"| {measure.title} | {measure.words} | {_WAYS[measure.better]} | {measure.source or '–'} |"
    yield ""
