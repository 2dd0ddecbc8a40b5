"""Results as papers print them: what is measured, played, summed up and written."""

import csv
import io
import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.lab.effort import Effort
from bot.lab.paper.figures import draw
from bot.lab.paper.lines import Line, lines_of
from bot.lab.paper.manifest import command, manifest, prompts_digest, worlds_digest
from bot.lab.paper.measures import MEASURES, autocorrelation, excess_kurtosis, measured
from bot.lab.paper.page import LATEX, MANIFEST, PAGE, TABLE, files_of, texts_of
from bot.lab.paper.runs import RUNS, Run, RunsError, read_runs, values_of, write_runs
from bot.lab.paper.settings import Setting, read_settings
from bot.lab.paper.study import Study, conduct
from bot.lab.paper.tables import cells as cells_of
from bot.lab.paper.tables import figure, latex, markdown, p_value, plain, table_csv, tex
from bot.lab.scenario import ScenarioError, reference
from bot.lab.simulate import play
from data.content import default_rules
from inference.council import Council
from inference.engines.options import ServerOptions, VllmOptions
from inference.roster import Engines, seat
from tests.bot.models import served
from tests.inference.model_server import well

RULES = default_rules()
MINDS = ("instinct", "random", "silent")
ROOT = Path(__file__).parents[2]
NASTY = "a|b_$%&#{}~^<\\>*`[x](y)"


def study(minds: tuple[str, ...] = MINDS, *scenarios: str, seeds: int = 3, turns: int = 3) -> Study:
    return Study(minds, range(seeds), read_settings(scenarios or ("plain,drought@2",), RULES, turns), "silent")


@pytest.fixture(scope="module")
def runs() -> tuple[Run, ...]:
    return conduct(study(), effort=Effort(workers=1))


def made_up(values: dict[str, list[float]], measure: str = "efficiency", scenario: str = "plain") -> list[Run]:
    """Runs that show one measure only, of made-up minds."""
    return [
        Run(scenario, mind, seed, 60, f"{seed:x}", {measure: value})
        for mind, figures in values.items()
        for seed, value in enumerate(figures)
    ]


# Measures


def test_moments_are_those_of_the_books() -> None:
    assert excess_kurtosis([[1.0, -1.0, 1.0, -1.0]]) == pytest.approx(-2)
    assert excess_kurtosis([[0.0] * 98 + [1.0, -1.0]]) == pytest.approx(100 / 2 - 3)
    assert excess_kurtosis([[3.0, 3.0], [3.0, 3.0]]) is None
    assert autocorrelation([[1.0, -1.0, 1.0, -1.0]]) == pytest.approx(-3 / 4)
    assert autocorrelation([[1.0, 1.0], [1.0, -1.0]]) == pytest.approx(-1 / 2)
    assert autocorrelation([[5.0]]) is None


async def test_a_run_shows_what_its_turns_and_calls_hold() -> None:
    played = await play(RULES, reference(), 3, Council(seat("random"), RULES, render=False), judged=True)
    found = measured(played)
    assert set(found) == set(MEASURES)
    assert found["trades"] == pytest.approx(sum(len(turn.trades) for turn in played.turns) / 15)
    assert found["valid"] == 100
    assert found["never_trade"] == pytest.approx(100 * played.calls.hopeless_share)
    assert found["efficiency"] == pytest.approx(100 * (played.calls.efficiency or 0))
    assert played.judgement is not None
    assert found["judgement"] == pytest.approx(100 * (played.judgement.score or 0))
    assert found["tokens_in"] is None  # rules count no tokens
    counted = replace(played.calls, tokens_in=300, tokens_out=150)
    assert measured(replace(played, calls=counted))["tokens_out"] == 2
    plainly = replace(played, scenario=replace(played.scenario, reference=False))
    assert found["honey_fall"] is not None
    assert measured(plainly)["honey_fall"] is None
    assert all(value is None or float(f"{value:.10g}") == value for value in found.values())


async def test_a_mind_that_says_nothing_has_no_replies_to_measure() -> None:
    played = await play(RULES, reference(), 3, Council(seat("silent"), RULES, render=False), judged=True)
    found = measured(played)
    assert [found[key] for key in ("valid", "never_trade", "tokens_in", "tokens_out")] == [None] * 4
    assert (found["by_minds"], found["judgement"]) == (0, 0)


def test_every_measure_says_what_it_is() -> None:
    for key, measure in MEASURES.items():
        assert re.fullmatch(r"[a-z_]+", key)
        assert measure.words
        assert measure.better in (-1, 0, 1)
        assert "|" not in measure.words + measure.source + measure.title


# Scenarios


def test_scenarios_are_read_by_name() -> None:
    found = read_settings(["plain, reference", "great-frost@16+drought@5+honey: it gets dear@3", "plain"], RULES)
    assert [each.name for each in found] == [
        "plain",
        "reference",
        "great-frost@16+drought@5+honey: it gets dear@3",
    ]
    assert {each.turns for each in found} == {RULES.year}
    (folded,) = read_settings([" plain +\thoney:  it\ngets dear@3"], RULES)
    assert folded.name == "plain+honey: it gets dear@3"
    quiet, told, mixed = (each.scenario(RULES, 7) for each in found)
    assert quiet.interventions == {}
    assert told == reference(RULES.year)
    assert mixed.told == ("drought", "great-frost")
    assert len(mixed.interventions) == 3


def test_company_is_drawn_by_the_seed() -> None:
    setting = Setting("reference+lively", 60)
    one, other = setting.scenario(RULES, 1), setting.scenario(RULES, 2)
    assert one == setting.scenario(RULES, 1)
    assert one.interventions != other.interventions
    assert one.reference
    assert one.told == reference().told


@pytest.mark.parametrize(
    ("names", "turns", "says"),
    [
        (["nonsense"], 60, ["'nonsense'", "plain, reference, lively"]),
        (["nonsense@4"], 60, ["'nonsense@4'", "great-frost"]),
        (["drought@90"], 60, ["outside of this run"]),
        (["reference"], 9, ["15 turns"]),
        (["plain"], 0, ["from 1 to"]),
        ([" , "], 60, ["at least one scenario"]),
    ],
)
def test_what_is_no_scenario_is_told(names: list[str], turns: int, says: list[str]) -> None:
    with pytest.raises(ScenarioError) as error:
        read_settings(names, RULES, turns)
    assert all(each in str(error.value) for each in says)


# Playing


def test_runs_stand_in_the_order_of_the_study_whoever_plays_them(runs: tuple[Run, ...], tmp_path: Path) -> None:
    places = [(run.scenario, run.mind, run.seed) for run in runs]
    assert places == [(name, mind, seed) for name in ("plain", "drought@2") for mind in MINDS for seed in range(3)]
    assert len({run.hash for run in runs}) == len(runs)
    assert conduct(study(), effort=Effort(workers=2, resume=tmp_path)) == runs
    assert len(list(tmp_path.rglob("*.jsonl"))) == 9
    done: list[None] = []
    assert conduct(study(), effort=Effort(workers=1, resume=tmp_path, after_run=lambda: done.append(None))) == runs
    assert len(done) == 9


@pytest.mark.slow
def test_everything_is_written_and_the_page_shows_every_figure(runs: tuple[Run, ...]) -> None:
    files = files_of(study(), runs)
    assert {PAGE, TABLE, LATEX, RUNS, MANIFEST} < set(files)
    assert sum(name.endswith(".png") for name in files) == sum(name.endswith(".svg") for name in files) == 4
    for name, content in files.items():
        if name.endswith(".png"):
            assert content.startswith(b"\x89PNG")
            assert f"]({name})".encode() in files[PAGE]
    told = json.loads(files[MANIFEST])["files"]
    assert told == {name: sha256(files[name]).hexdigest() for name in sorted(set(files) - {MANIFEST})}


def test_figures_are_the_same_bytes_again(runs: tuple[Run, ...]) -> None:
    lines = [line for line in lines_of(runs, "silent") if line.scenario == "plain" and line.measure.key == "mood"]
    assert draw(runs, lines, "silent") == draw(runs, lines, "silent")


def test_the_manifest_says_what_it_was_made_from_and_no_secret(runs: tuple[Run, ...]) -> None:
    server = ServerOptions(url="http://secret.example/v1", key=SecretStr("sk-hidden"), model="small", temperature=0.2)
    asked = study((*MINDS, "openai", "openai:big", "openai:far"))
    engines = Engines(openai=server, servers={"far": server.model_copy(update={"model": "distant"})})
    made = manifest(asked, runs, {}, engines)
    text = json.dumps(made)
    assert "secret" not in text
    assert "hidden" not in text
    assert made["minds"]["openai"]["model"] == "small"
    assert made["minds"]["openai:big"] == {**made["minds"]["openai"], "model": "big"}
    assert made["minds"]["openai:far"]["model"] == "distant"
    assert made["minds"]["instinct"] == {}
    assert made["seeds"] == {"first": 0, "last": 2, "count": 3}
    assert {"python", "numpy", "openai"} < set(made["versions"])
    assert re.fullmatch(r"[\da-f]{64}", made["prompts"])
    at_home = Engines(vllm=VllmOptions(model="/srv/models/small", lora="/srv/pupil/seated"))
    vllm = manifest(study(("silent", "vllm")), runs, {}, at_home)["minds"]["vllm"]
    assert (vllm["model"], vllm["lora"]) == ("small", "seated")


def test_another_world_has_another_digest(runs: tuple[Run, ...]) -> None:
    other = [replace(run, hash="0") if run.seed == 1 else run for run in runs]
    assert worlds_digest(other) != worlds_digest(runs)
    assert worlds_digest(other[:1]) == worlds_digest(runs[:1])
    assert prompts_digest() == prompts_digest()


def test_a_model_plays_the_same_seeds_and_its_tokens_are_counted(tmp_path: Path) -> None:
    with served(well) as server:
        engines = Engines(openai=ServerOptions(url=server.url, model="m"))
        asked = Study(("openai", "silent"), range(2), read_settings(["plain"], RULES, 2), "silent")
        found = conduct(asked, effort=Effort(engines=engines, workers=1, resume=tmp_path))
        assert (values_of(found, "plain", "openai", "tokens_in"), len(server.asked)) == ({0: 700, 1: 700}, 2 * 2 * 5)
        assert conduct(asked, effort=Effort(engines=engines, workers=1, resume=tmp_path)) == found
        assert len(server.asked) == 2 * 2 * 5, "what is kept is not asked again"
    assert values_of(found, "plain", "silent", "tokens_in") == {}
    assert "reply (tokens a call)" in markdown(lines_of(found, "silent"), "silent")


# Runs in a file


def test_runs_come_back_from_their_file_as_they_were(runs: tuple[Run, ...], tmp_path: Path) -> None:
    (tmp_path / RUNS).write_text(write_runs(runs), "utf-8")
    assert read_runs(tmp_path) == runs
    assert read_runs(tmp_path / RUNS) == runs
    odd = (replace(runs[0], mind='openai:a,"b"', scenario="honey: it gets dear@3"),)
    (tmp_path / RUNS).write_text(write_runs(odd), "utf-8")
    assert read_runs(tmp_path) == odd


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no runs"),
        ("scenario,mind,seed\nplain,random,1\n", "no column 'hash'"),
        ("scenario,mind,seed,turns,hash\nplain,random,one,3,ab\n", "line 2"),
        ("scenario,mind,seed,turns,hash,trades\nplain,random,1,3,ab,inf\n", "not finite"),
        ("scenario,mind,seed,turns,hash,trades\nplain,random,1,3,ab,nan\n", "not finite"),
        ("scenario,mind,seed,turns,hash\nplain,,1,3,ab\n", "a name is empty"),
        ("scenario,mind,seed,turns,hash\nplain,\x1b[31m,1,3,ab\n", "control characters"),
        ("scenario,mind,seed,turns,hash\n" + 2 * "plain,random,1,3,ab\n", "twice"),
        ("scenario,mind,seed,turns,hash\nplain\n", "line 2"),
        ('scenario,mind,seed,turns,hash\n"plain', "no file of runs"),
    ],
)
def test_a_file_that_is_none_of_runs_is_told(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / RUNS).write_text(text, "utf-8")
    with pytest.raises(RunsError, match="ttw paper --out") as error:
        read_runs(tmp_path)
    assert says in str(error.value)


def test_bytes_and_folders_that_hold_no_runs_are_told(tmp_path: Path) -> None:
    with pytest.raises(RunsError, match=r"no runs\.csv"):
        read_runs(tmp_path)
    (tmp_path / RUNS).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RunsError, match="no file of runs"):
        read_runs(tmp_path)


# Summing up


def test_differences_are_those_on_common_seeds() -> None:
    told = made_up({"silent": [50.0, 60.0, 70.0, 80.0], "instinct": [51.0, 62.0, 71.0]})
    line = next(each for each in lines_of(told, "silent") if each.mind == "instinct")
    assert line.contrast is not None
    assert (line.seeds, line.contrast.seeds) == (3, 3)
    assert line.mean == pytest.approx(184 / 3)
    assert line.contrast.difference == pytest.approx(4 / 3)
    assert line.contrast.p == 0.25


def test_a_measure_that_a_mind_does_not_show_has_no_line() -> None:
    told = made_up({"silent": [1.0, 2.0], "instinct": [3.0, 4.0]})
    told += made_up({"random": [5.0, 6.0]}, "valid")
    assert [(line.mind, line.measure.key) for line in lines_of(told, "silent")] == [
        ("silent", "efficiency"),
        ("instinct", "efficiency"),
        ("random", "valid"),
    ]
    assert lines_of(told, "silent")[2].contrast is None


def test_one_seed_has_a_mean_and_nothing_else() -> None:
    silent, instinct = lines_of(made_up({"silent": [1.0], "instinct": [3.0]}), "silent")
    assert silent.interval is None
    assert instinct.contrast is not None
    assert (instinct.contrast.difference, instinct.contrast.p, instinct.contrast.detectable) == (2, None, None)
    for write in (markdown, latex, table_csv):
        assert "nan" not in write((silent, instinct), "silent").lower()


@pytest.mark.parametrize(("seeds", "found"), [(5, False), (6, True)])
def test_what_so_few_seeds_could_never_find_is_not_called_detectable(seeds: int, found: bool) -> None:
    """Of five differences all of one sign p is still 2 in 32."""
    apart = [float(seed) for seed in range(1, seeds + 1)]
    line = lines_of(made_up({"silent": [0.0] * seeds, "instinct": apart}), "silent")[1]
    assert line.contrast is not None
    assert (line.contrast.p or 1) <= 0.0625
    assert (line.contrast.detectable is not None) is found
    assert (cells_of(line)[-1] != "–") is found


def test_the_correction_is_over_the_whole_study() -> None:
    told = made_up({"silent": [0.0] * 12, "instinct": [1.0] * 12, "random": [0.5] * 11 + [-3.0]})
    alone = lines_of([run for run in told if run.mind != "random"], "silent")[1]
    both = lines_of(told, "silent")[1]
    assert alone.contrast is not None
    assert both.contrast is not None
    assert both.contrast.p == alone.contrast.p == alone.contrast.p_holm == 2 / 2**12
    assert both.contrast.p_holm == 2 * both.contrast.p


# Tables


def cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row)[1:-1]


@pytest.fixture
def nasty() -> tuple[Line, ...]:
    told = made_up({"silent": [0.0, 2.0], NASTY: [10.0, -11.0]}, scenario="x: <b>|y@3")
    return lines_of(told, "silent")


def test_markdown_shows_names_as_they_are(nasty: tuple[Line, ...]) -> None:
    rows = [row for row in markdown(nasty, "silent").splitlines() if row.startswith("|")]
    assert {len(cells(row)) for row in rows} == {8}
    assert plain(NASTY) in rows[-1]
    assert "−0.5" in rows[-1]
    assert not re.search(r"(?<!\\)[<>\[](?=[bx])", rows[-1])


def test_latex_is_well_formed(nasty: tuple[Line, ...], runs: tuple[Run, ...]) -> None:
    for lines in (nasty, lines_of(runs, "silent")):
        text = latex(lines, "silent")
        body = text.replace(r"\%", "").replace(r"\{", "").replace(r"\}", "").replace(r"\$", "")
        assert body.count("{") == body.count("}")
        assert body.count("$") % 2 == 0
        assert body.count("%") == 1  # the comment on top
        assert body.count(r"\begin{longtable}") == body.count(r"\end{longtable}") > 0
        rows = [row for row in body.splitlines() if row.endswith(r" \\")]
        assert {len(re.split(r"(?<!\\)&", row)) for row in rows} == {8}
        assert not re.search(r"(?<!\\)[#_]|[^\x00-\x7f]", body)
    assert tex(NASTY) in latex(nasty, "silent")


def test_csv_holds_every_line(runs: tuple[Run, ...]) -> None:
    lines = lines_of(runs, "silent")
    rows = list(csv.DictReader(io.StringIO(table_csv(lines, "silent"))))
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert float(row["mean"]) == pytest.approx(line.mean, rel=1e-5)
        assert (row["p"] == "") is (line.contrast is None)
        assert len(values_of(runs, row["scenario"], row["mind"], row["measure"])) == int(row["seeds"])


def test_figures_for_people() -> None:
    measure = MEASURES["efficiency"]
    assert [figure(measure, value, signed=True) for value in (-0.04, 0.04, -1.25, 2.0)] == [
        "0.0",
        "0.0",
        "−1.2",
        "+2.0",
    ]
    assert figure(measure, None) == "–"
    assert [p_value(p) for p in (None, 0.0001, 0.0456, 1.0)] == ["–", "< 0.001", "0.046", "1.000"]


# The page in the docs


def test_the_results_in_the_docs_are_what_the_command_writes_of_their_runs() -> None:
    folder = ROOT / "docs" / "results"
    made = json.loads((folder / MANIFEST).read_text("utf-8"))
    turns = {scenario: told["turns"] for scenario, told in made["scenarios"].items()}
    seeds = range(made["seeds"]["first"], made["seeds"]["last"] + 1)
    asked = Study(
        tuple(made["minds"]), seeds, tuple(Setting(name, long) for name, long in turns.items()), made["baseline"]
    )
    assert len(seeds) >= 100
    written = read_runs(folder)
    assert len(written) == len(seeds) * len(turns) * len(made["minds"])
    files = texts_of(asked, written, lines_of(written, asked.baseline))
    for name, content in files.items():
        assert content == (folder / name).read_bytes(), f"make docs/results anew: {made['command']}"
        assert made["files"][name] == sha256(content).hexdigest()
    assert made["command"] == command(asked)
    assert made["worlds"]["all"] == worlds_digest(written)
