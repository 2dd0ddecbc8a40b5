"""Sweeps that go on: what is kept of a job, when it is taken, and when it is found anew."""

import json
import math
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli.exits import Exit
from bot.lab import belief, journal, program
from bot.lab.effort import Effort
from bot.lab.evaluate import Plan, sweep
from bot.lab.journal import Journal
from bot.lab.patrons import balance
from bot.lab.program import sources
from bot.lab.replies import Replies
from bot.lab.scenario import reference
from bot.lab.workers import spread
from inference.engines.options import VllmOptions
from inference.roster import Engines
from tests.bot.console import own_folder, ttw, words
from wood.names import Good

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures(own_folder.__name__)
__all__ = ["own_folder"]


class Weight(NamedTuple):
    good: Good
    grams: float


@dataclass
class Basket:
    weights: tuple[Weight, ...]
    names: Counter[str]
    owner: str | None = None


def basket(job: int) -> Basket:
    return Basket((Weight(Good.HONEY, job / 3), Weight(Good.ACORNS, math.inf)), Counter({"ü\n": job, "a": 1}))


def fail(job: int) -> Basket:
    pytest.fail(f"{job} was done anew")


def kept(folder: Path, what: str = "baskets", about: Callable[[int], object] = lambda job: job) -> Journal[int, Basket]:
    return Journal(folder, what, Basket, about)


def test_what_is_kept_is_not_done_again(tmp_path: Path) -> None:
    jobs = [3, 1, 2]
    first = dict(spread(basket, jobs, 1, kept=kept(tmp_path / "new" / "kept")))
    assert first == {job: basket(job) for job in jobs}
    assert list(spread(fail, jobs, 1, kept=kept(tmp_path / "new" / "kept"))) == list(first.items())
    more = dict(spread(basket, [*jobs, 4], 2, kept=kept(tmp_path / "new" / "kept")))
    assert more == {job: basket(job) for job in (*jobs, 4)}


def test_what_is_no_number_is_kept_as_it_is(tmp_path: Path) -> None:
    weights = Basket((Weight(Good.HONEY, math.nan), Weight(Good.HONEY, -math.inf)), Counter())
    assert repr(kept(tmp_path).keep(1, weights)) == repr(kept(tmp_path).find(1)) == repr(weights)


def test_a_job_that_fails_leaves_what_was_done(tmp_path: Path) -> None:
    def work(job: int) -> Basket:
        if job == 3:
            raise RuntimeError("no basket")
        return basket(job)

    with pytest.raises(RuntimeError, match="no basket"):
        list(spread(work, [1, 2, 3, 4], 1, kept=kept(tmp_path)))
    assert [kept(tmp_path).find(job) is not None for job in (1, 2, 3, 4)] == [True, True, False, False]


def test_nothing_stale_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(tmp_path).keep(1, basket(1))
    assert kept(tmp_path).find(1) == basket(1)
    assert kept(tmp_path).find(2) is None
    assert kept(tmp_path, "boxes").find(1) is None
    assert kept(tmp_path, about=lambda job: [job, "another plan"]).find(1) is None
    (path,) = tmp_path.glob("??/*.jsonl")
    kept(tmp_path).keep(2, basket(2))
    (other,) = set(tmp_path.glob("??/*.jsonl")) - {path}
    shutil.copy(other, path)
    assert kept(tmp_path).find(1) is None
    kept(tmp_path).keep(1, basket(1))
    monkeypatch.setattr(journal, "digest", lambda: "another program")
    assert kept(tmp_path).find(1) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole + b"{}\n",
        lambda whole: b"[" * 100_000,
        lambda whole: b"\xff" + whole[1:],
        lambda whole: b"\n\n\n",
        *(
            lambda whole, at=at: whole[: at * len(whole) // 9] + b"7" + whole[at * len(whole) // 9 + 1 :]
            for at in range(9)
        ),
    ],
)
def test_what_is_damaged_is_done_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    kept(tmp_path).keep(5, basket(5))
    (path,) = tmp_path.glob("??/*.jsonl")
    whole = path.read_bytes()
    assert [type(json.loads(line)) for line in whole.splitlines()] == [dict, dict, dict]
    path.write_bytes(damage(whole))
    if path.read_bytes() != whole:
        assert kept(tmp_path).find(5) is None
    assert list(spread(basket, [5], 1, kept=kept(tmp_path))) == [(5, basket(5))]
    assert path.read_bytes() == whole


def test_the_digest_is_of_the_program_and_nothing_else(tmp_path: Path) -> None:
    names = [name for name, _ in sources()]
    assert {"wood/turn.py", "data/content/goods.toml", "data/languages/en/stakes.ftl", "bot/lab/program.py"} < {*names}
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "docs"))]
    for name, path in sources():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, tmp_path / name)

    def digest() -> str:
        code = "from bot.lab.program import digest; print(digest())"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    assert digest() == program.digest() == digest()  # the second time with compiled files beside it
    with (tmp_path / "data/content/goods.toml").open("a") as file:
        file.write("\n")
    assert digest() != program.digest()


def test_an_adapter_that_was_trained_anew_is_another_mind(tmp_path: Path) -> None:
    seated = tmp_path / "seated"
    seated.mkdir()
    (seated / "adapter_model.safetensors").write_bytes(b"one")

    def told(**options: Any) -> str:
        return journal.fingerprint(Effort(engines=Engines(vllm=VllmOptions(**options))).told)

    first = told(lora=str(seated))
    assert told(lora=str(seated)) == first
    (seated / "adapter_model.safetensors").write_bytes(b"another")
    assert told(lora=str(seated)) != first
    assert told(model="nobody/knows") == told(model="nobody/knows") != told()


def evaluated(resume: Path | None) -> str:
    found = sweep(
        ["silent", "random"], [3, 4], plan=Plan(reference(), twin=True), effort=Effort(workers=1, resume=resume)
    )
    return repr(
        {
            mind: (each.rows, each.calls, each.money.to_json(), [x.to_json() for x in each.twin])
            for mind, each in found.items()
        }
    )


def heard(resume: Path | None) -> str:
    return repr(
        {
            mind: each.to_json()
            for mind, each in belief.listen(["silent"], [5], effort=Effort(workers=1, resume=resume)).items()
        }
    )


def balanced(resume: Path | None) -> str:
    return json.dumps(
        balance.measure(["silent"], [1], each=1, paired=0, effort=Effort(workers=1, resume=resume)).to_json()
    )


@pytest.mark.slow
@pytest.mark.parametrize("measure", [evaluated, heard, balanced])
def test_every_sweep_comes_to_the_same_from_what_was_kept(
    measure: Callable[[Path | None], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = measure(None)
    assert measure(tmp_path / "kept") == whole
    monkeypatch.setattr("bot.lab.across._work", lambda *_, **__: pytest.fail("it was played again"))
    assert measure(tmp_path / "kept") == whole


def test_sweeps_that_ask_different_things_share_a_folder(tmp_path: Path) -> None:
    def played(plan: Plan, *seeds: int) -> Any:
        return sweep(["silent"], seeds, plan=plan, effort=Effort(workers=1, resume=tmp_path))["silent"].rows

    short, long = Plan(reference()), Plan(reference(20))
    assert played(short, 1) != played(long, 1)
    assert len(list(tmp_path.glob("??/*.jsonl"))) == 2
    played(short, 1, 2)
    assert len(list(tmp_path.glob("??/*.jsonl"))) == 3


def test_a_run_whose_calls_are_gone_is_played_again(tmp_path: Path) -> None:
    def played(**more: Any) -> bytes:
        found = sweep(
            ["random"], [1, 2], plan=Plan(reference()), effort=Effort(workers=1, resume=tmp_path / "kept"), **more
        )["random"]
        return found.kept.file.read_bytes() if found.kept else b""

    assert played() == b""  # results without calls
    calls = played(out=tmp_path / "calls")
    assert calls.count(b"\n") == 230
    (folder,) = (tmp_path / "kept").glob("calls-*")
    assert Replies(folder).has("random", 2)
    for part in folder.rglob("2.jsonl"):
        part.unlink()
    assert played(out=tmp_path / "again") == calls
    assert Replies(folder).has("random", 2)


def test_a_folder_that_cannot_be_is_told_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    shown = ttw("evaluate", "--seeds", "1", "--minds", "silent", "--workers", "1", "--resume", "taken/kept")
    assert (shown.exit_code, "taken" in words(shown.stderr)) == (Exit.UNUSABLE, True)
