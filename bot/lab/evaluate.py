"""Plays many seeds under several minds and measures each run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.keeping.minds import Minds
from bot.lab.across import across, journal
from bot.lab.calls import Calls
from bot.lab.effort import AT_EASE, Effort
from bot.lab.journal import fingerprint
from bot.lab.judgement import Judgement
from bot.lab.liveliness import Row, rows
from bot.lab.merit import gain_over_silence, judgement_row, richest_of_years, winners
from bot.lab.money import Books, books, pouring, worth_rows
from bot.lab.money import average as average_books
from bot.lab.replies import Kept, Writer, keeping
from bot.lab.sample import OPENING, Sample, take_sample
from bot.lab.scenario import REFERENCE_TURNS, Scenario, reference
from bot.lab.simulate import Played, log_of, play
from bot.lab.twin import Apart, average, compare, play_twin
from data.content import default_rules
from data.replay import replay
from data.traces import TraceFormat
from inference import silent
from inference.roster import build
from wood.names import Creature


@dataclass(frozen=True, slots=True)
class Plan:
    """What each seed plays.

    Attributes:
        scenario: how long, and what is told; it begins with the reference run.
        twin: whether it is played again without legends and shocks.
        years: whole years that it plays beside that with nothing told at all, and again with patrons who pour in all
            that they have.
    """

    scenario: Scenario
    twin: bool = False
    years: int = 0


class Run(NamedTuple):
    """What one seed under one mind showed.

    ``winners`` are the richest of the plain years after the first; ``money`` are the books of the run, ``plain`` and
    ``poured`` those of the years with nothing told and with patrons who pour in; ``judgement`` is what its decisions
    were worth beside habit.
    """

    sample: Sample
    calls: Calls
    apart: tuple[Apart, ...]
    winners: tuple[Creature, ...] = ()
    money: tuple[Books, ...] = ()
    plain: tuple[Books, ...] = ()
    poured: tuple[Books, ...] = ()
    judgement: Judgement = Judgement()


@dataclass(frozen=True, slots=True)
class Found:
    """What one mind showed over all seeds: liveliness, its calls, and what else was asked for.

    Attributes:
        rows: the measures of liveliness.
        calls: what its calls were worth.
        twin: the mean of its twins.
        kept: the file of its calls.
        money: the mean year of its books.
        poured: the same of years in which patrons pour in all that they have, where they were played.
        judgement: what its decisions were worth beside habit.
    """

    rows: Sequence[Row]
    calls: Calls
    money: Books
    twin: tuple[Apart, ...] = ()
    kept: Kept | None = None
    poured: Books | None = None
    judgement: Judgement = field(default_factory=Judgement)


def year() -> Scenario:
    """What each seed plays: a whole year that begins with the reference run."""
    return reference(default_rules().year)


async def run(minds: Minds, seed: int, write: Writer | None = None, *, plan: Plan) -> Run:
    """Play one seed, play it again from its log, and measure it; ``write`` is given every turn's calls."""
    played = await play(default_rules(), plan.scenario, seed, minds, keep_traces=False, judged=True, hand_on=write)
    apart: tuple[Apart, ...] = ()
    if plan.twin:
        twin = await play_twin(played, minds, until=REFERENCE_TURNS, hand_on=write)
        apart = compare(played, twin, until=REFERENCE_TURNS)
    plain = await _plain(minds, seed, plan, write)
    sample = take_sample(played, replayed=replay(log_of(played)).agrees, plain=plain.turns)
    judgement = played.judgement or Judgement()
    found = Run(sample, played.calls, apart, winners(plain.turns)[1:], _books(played), judgement=judgement)
    if not plan.years:
        return found
    poured = await _beside(minds, seed, pouring(default_rules(), plan.years), "poured", write)
    return found._replace(plain=_books(plain), poured=_books(poured))


def _books(played: Played) -> tuple[Books, ...]:
    return books(played.rules, played.turns, played.tides)


async def _plain(minds: Minds, seed: int, plan: Plan, write: Writer | None) -> Played:
    """Play a seed with nothing told: its opening, and its years where they are asked for."""
    return await _beside(minds, seed, Scenario(max(OPENING, plan.years * default_rules().year), {}), "plain", write)


async def _beside(minds: Minds, seed: int, scenario: Scenario, name: str, write: Writer | None) -> Played:
    label = f"seed-{seed}-{name}"
    return await play(default_rules(), scenario, seed, minds, keep_traces=False, hand_on=write, label=label)


def sweep(
    minds: Iterable[str],
    seeds: Sequence[int],
    *,
    plan: Plan | None = None,
    effort: Effort = AT_EASE,
    out: Path | None = None,
    form: TraceFormat = TraceFormat.JSONL,
) -> dict[str, Found]:
    """Measure every mind over every seed.

    Args:
        minds: their names; each once.
        seeds: at least one.
        plan: what each seed plays; None for a year that begins with the reference run.
        effort: how it is worked. With ``resume`` and ``out`` calls are kept there too; ``ray`` goes without ``out``,
            which its machines do not have.
        out: folder that keeps the calls to the minds, a file a mind; None lets them go. A sweep that ends by an error
            leaves the runs that were finished.
        form: the format of those files.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ValueError: no seeds, or ``out`` with ``ray``.
        ClusterError: the cluster cannot be used.
        OSError: calls or results cannot be kept.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    made = build(minds, effort.engines)  # an unknown name must fail before anything is written
    if out is not None and effort.ray is not None:
        raise ValueError("the machines of a cluster cannot keep calls in a folder of this one")
    plan = plan or Plan(year())
    resume, told = effort.resume, effort.told
    parts = resume / f"calls-{fingerprint(plan, told)[:32]}" if resume else None
    with keeping(out, list(made), seeds, form, parts) as (replies, kept):
        found = across(
            made,
            seeds,
            partial(run, plan=plan),
            effort=effort,
            replies=replies,
            kept=journal(resume, "evaluate", Run, plan=lambda _: plan, told=told, replies=replies) if resume else None,
        )
    return {name: gather(runs, name, kept.get(name), beside=found.get(silent.NAME)) for name, runs in found.items()}


def gather(runs: Sequence[Run], mind: str, kept: Kept | None = None, *, beside: Sequence[Run] | None = None) -> Found:
    """Put one mind's runs together.

    Args:
        runs: the runs.
        mind: whose.
        kept: the file of its calls.
        beside: the runs of the silent mind over the same seeds, if they were played.

    Raises:
        ValueError: there are none.
    """
    calls = Calls()
    for each in runs:
        calls.add(each.calls)
    twins = [each.apart for each in runs if each.apart]
    judged = [each.judgement for each in runs]
    table = [*rows([each.sample for each in runs], mind), judgement_row(judged, mind)]
    if won := [winner for each in runs for winner in each.winners]:
        table.append(richest_of_years(won))
    if beside is not None and mind != silent.NAME:
        ours, theirs = ([each.calls.efficiency or 0.0 for each in those] for those in (runs, beside))
        table.append(gain_over_silence(ours, theirs, mind))
    if all(each.plain for each in runs):
        table += worth_rows([each.plain for each in runs], "nothing told")
        table += worth_rows([each.poured for each in runs], "patrons pouring in")
    money = average_books([year for each in runs for year in each.money])
    poured = [year for each in runs for year in each.poured]
    return Found(
        table,
        calls,
        money,
        average(twins) if twins else (),
        kept,
        average_books(poured) if poured else None,
        sum(judged, Judgement()),
    )
