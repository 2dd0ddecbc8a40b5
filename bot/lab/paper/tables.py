"""The table of a study as Markdown, CSV and LaTeX."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.lab.paper.lines import Contrast, Line
from bot.lab.paper.measures import Measure
from bot.lab.paper.statistics import ALPHA, Interval

NONE: Final = "–"
"""Stands where there is no figure."""
_DIGITS: Final = 6
"""Significant digits of figures in CSV."""
_LEAST_P: Final = 0.001
"""P values below are not told further apart."""
_COLUMNS: Final = (
    *("scenario", "measure", "unit", "better", "mind", "seeds", "mean", "low", "high"),
    *("baseline", "pairs", "difference", "difference_low", "difference_high", "p", "p_holm", "detectable"),
)
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "–": "--",
    "−": "$-$",
}
_TEX_HEAD: Final = r"""% Needs \usepackage{booktabs,longtable} and \usepackage[T1]{fontenc}."""


def p_value(p: float | None) -> str:
    """A p value for people."""
    return NONE if p is None else f"< {_LEAST_P}" if p < _LEAST_P else f"{p:.3f}"


def figure(measure: Measure, value: float | None, *, signed: bool = False) -> str:
    """A measure's figure for people, with a true minus; never a zero with a sign."""
    if value is None:
        return NONE
    text = f"{value:+.{measure.decimals}f}" if signed else f"{value:.{measure.decimals}f}"
    if not text.strip("+-0."):
        text = text.lstrip("+-")
    return text.replace("-", "−")


def mean(line: Line) -> str:
    """A line's mean with its interval."""
    return f"{figure(line.measure, line.mean)}{_between(line.measure, line.interval)}"


def difference(measure: Measure, contrast: Contrast | None) -> str:
    """A contrast's difference with its interval."""
    if contrast is None:
        return NONE
    shown = figure(measure, contrast.difference, signed=True)
    return f"{shown}{_between(measure, contrast.interval, signed=True)}"


def clear(contrast: Contrast | None) -> bool:
    """Whether a difference is more than noise, after correction."""
    return contrast is not None and contrast.p_holm is not None and contrast.p_holm <= ALPHA


def _between(measure: Measure, span: Interval | None, *, signed: bool = False) -> str:
    if span is None:
        return ""
    low, high = (figure(measure, end, signed=signed) for end in span)
    return f" [{low}, {high}]"


def by_scenario(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each scenario, in their order."""
    for scenario, group in groupby(lines, key=lambda line: line.scenario):
        yield scenario, list(group)


def cells(line: Line) -> tuple[str, ...]:
    """A line as the tables for people show it: all but its scenario and measure."""
    beside = line.contrast
    least = figure(line.measure, beside.detectable) if beside else NONE
    p, p_holm = (p_value(beside.p), p_value(beside.p_holm)) if beside else (NONE, NONE)
    return line.mind, str(line.seeds), mean(line), difference(line.measure, beside), p, p_holm, least


def heads(baseline: str) -> tuple[str, ...]:
    """The columns of the tables for people."""
    return "measure", "mind", "seeds", "mean [95 %]", f"beside {baseline} [95 %]", "p", "p (Holm)", "detectable"


def markdown(lines: Sequence[Line], baseline: str) -> str:
    """A table for each scenario; a difference that is more than noise is bold."""
    out: list[str] = []
    for scenario, group in by_scenario(lines):
        out += [f"## {plain(scenario)}", ""]
        out += [_row(map(plain, heads(baseline))), "| --- | --- | --: | --: | --: | --: | --: | --: |"]
        last = None
        for line in group:
            mind, seeds, *figures = cells(line)
            if clear(line.contrast):
                figures[1] = f"**{figures[1]}**"
            figures = [each if each.startswith("**") else plain(each) for each in figures]
            out.append(_row((line.measure.title if line.measure is not last else "", plain(mind), seeds, *figures)))
            last = line.measure
        out.append("")
    return "\n".join(out)


def plain(text: str) -> str:
    """Words that Markdown is to show as they are."""
    return re.sub(r"([\\`*_{}\[\]<>|~#!&])", r"\\\1", text)


def _row(parts: Iterable[str]) -> str:
    return f"| {' | '.join(parts)} |"


def table_csv(lines: Sequence[Line], baseline: str) -> str:
    """All figures of the table for programs, to six significant digits; nothing where there is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        beside, measure = line.contrast, line.measure
        own = line.interval or (None, None)
        apart: tuple[float | None, ...] = (None,) * 6
        if beside:
            apart = (beside.difference, *(beside.interval or (None, None)), beside.p, beside.p_holm, beside.detectable)
        writer.writerow(
            (
                *(line.scenario, measure.key, measure.unit, measure.better, line.mind, line.seeds),
                *map(_number, (line.mean, *own)),
                *((baseline, beside.seeds) if beside else ("", "")),
                *map(_number, apart),
            )
        )
    return out.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.{_DIGITS}g}"


def latex(lines: Sequence[Line], baseline: str) -> str:
    r"""A table for each scenario, to be taken in by ``\input``; a difference that is more than noise is bold."""
    out = [_TEX_HEAD, r"\begingroup\footnotesize\setlength{\tabcolsep}{3pt}"]
    for scenario, group in by_scenario(lines):
        head = _tex_row(map(tex, heads(baseline)))
        caption = f"Scenario {tex(scenario)}: means and differences to {tex(baseline)} over seeds"
        out += [
            r"\begin{longtable}{llrrrrrr}",
            rf"\caption{{{caption}}}\\",
            *(r"\toprule", head, r"\midrule", r"\endfirsthead"),
            *(r"\toprule", head, r"\midrule", r"\endhead"),
            *(r"\bottomrule", r"\endfoot"),
        ]
        last = None
        for line in group:
            mind, seeds, *figures = map(tex, cells(line))
            if clear(line.contrast):
                figures[1] = rf"\textbf{{{figures[1]}}}"
            out.append(_tex_row((tex(line.measure.title) if line.measure is not last else "", mind, seeds, *figures)))
            last = line.measure
        out.append(r"\end{longtable}")
    return "\n".join([*out, r"\endgroup", ""])


def tex(text: str) -> str:
    """Words that LaTeX is to show as they are."""
    return "".join(_TEX.get(letter, letter) for letter in text)


def _tex_row(parts: Iterable[str]) -> str:
    return " & ".join(parts) + r" \\"
