"""Sweeps on a real Ray cluster: two machines of one core each, which happen to be this one."""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.cli.exits import Exit
from bot.lab import cluster
from bot.lab.cluster import ClusterError
from bot.lab.journal import Journal
from bot.lab.workers import spread
from tests.bot.console import own_folder, ttw, words
from tests.bot.test_cli_process import PATIENCE, finished, started, until

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: pip install 'thousand-token-wood[cluster]'"
)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures(own_folder.__name__)]
__all__ = ["own_folder"]
STORE = 80 * 1024 * 1024
"""Bytes of shared memory of each machine: the least that Ray takes."""


@pytest.fixture(scope="module")
def two() -> Iterator[Any]:
    """A cluster of two machines."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray import cloudpickle
    from ray.cluster_utils import Cluster

    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # its machines do not have the tests
    folder = tempfile.mkdtemp(prefix="ray")  # short: the names of sockets have a hundred letters at most
    made = Cluster()
    try:
        made.add_node(num_cpus=1, object_store_memory=STORE, include_dashboard=False, temp_dir=folder)
        made.add_node(num_cpus=1, object_store_memory=STORE, temp_dir=folder)
        yield made
    finally:
        made.shutdown()
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])
        shutil.rmtree(folder, ignore_errors=True)


def meet(job: str, folder: Path) -> str:
    """Wait until somebody works on another machine at the same time; say which machine this is."""
    import ray

    here = str(ray.get_runtime_context().get_node_id())
    (folder / here).touch()
    end = time.monotonic() + PATIENCE
    while len(list(folder.iterdir())) < 2:
        assert time.monotonic() < end, "nobody came"
        time.sleep(0.05)
    return here


def refuse(job: int) -> int:
    raise LookupError(f"there is no {job}")


@needs_ray
def test_a_table_is_the_same_from_two_machines(two: Any, tmp_path: Path) -> None:
    sweep = ("evaluate", "--seeds", "2", "--turns", "15", "--minds", "silent,random", "--twin", "--json")
    afar = finished(*sweep, "--ray", two.address, "--resume", "kept", cwd=tmp_path)
    here = ttw(*sweep, "--workers", "1")
    assert (afar.returncode, afar.stdout, afar.stderr) == (here.exit_code, here.stdout, "")
    assert json.loads(here.stdout)["minds"]["random"]["calls"]["calls"] == 2 * 15 * 5
    assert len(list((tmp_path / "kept").glob("??/*.jsonl"))) == 4


@needs_ray
def test_the_files_of_a_paper_are_the_same_from_two_machines(two: Any, tmp_path: Path) -> None:
    study = ("paper", "--seeds", "3", "--turns", "3", "--minds", "silent,random", "--scenario", "drought@2")
    made = finished(*study, "--out", "afar", "--ray", two.address, cwd=tmp_path)
    assert (made.returncode, made.stderr) == (Exit.OK, "")
    assert ttw(*study, "--out", "here", "--workers", "1").exit_code == Exit.OK
    afar, here = ({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} for out in ("afar", "here"))
    assert afar == here
    assert {"table.md", "table.csv", "table.tex", "runs.csv", "manifest.json"} < set(here)


@needs_ray
def test_both_machines_work_at_once(two: Any, tmp_path: Path) -> None:
    found = dict(spread(partial(meet, folder=tmp_path), ["a", "b"], ray=two.address))
    assert set(found) == {"a", "b"}
    assert len(set(found.values())) == 2


@needs_ray
def test_an_error_of_a_job_is_raised_as_it_was(two: Any, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="there is no 1"):
        list(spread(refuse, [1], ray=two.address))


@needs_ray
def test_another_version_of_the_program_is_refused(two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "digest", lambda: "another version")
    with pytest.raises(ClusterError, match="works with another version of this program"):
        list(spread(len, ["a"], ray=two.address))


@needs_ray
def test_ctrl_c_ends_a_sweep_on_a_cluster_and_its_work(two: Any, tmp_path: Path) -> None:
    sweep = ("evaluate", "--seeds", "5000", "--minds", "silent", "--ray", two.address, "--resume", "kept")
    with started(sweep, tmp_path) as process:
        until(lambda: list((tmp_path / "kept").glob("??/*.jsonl")), "a run to be finished")
        os.kill(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (Exit.INTERRUPTED, "")
        assert "Traceback" not in error
    assert list(spread(len, ["abc"], ray=two.address)) == [("abc", 3)]  # the machines are free again


@needs_ray
def test_a_machine_that_is_lost_costs_no_result(two: Any, tmp_path: Path) -> None:
    lost = two.add_node(num_cpus=1, object_store_memory=STORE)
    met = tmp_path / "met"
    met.mkdir()

    def lose() -> None:
        until(lambda: len(list(met.iterdir())) >= 3, "three machines to work")
        two.remove_node(lost, allow_graceful=False)
        (tmp_path / "go").touch()

    loser = threading.Thread(target=lose)
    loser.start()
    kept = Journal(tmp_path / "kept", "machines", str, lambda job: job)
    found = dict(spread(partial(stay, folder=tmp_path), ["a", "b", "c"], kept=kept, ray=two.address))
    loser.join()
    assert set(found) == {"a", "b", "c"}
    assert lost.node_id not in found.values()
    assert all(kept.find(job) == where for job, where in found.items())


def stay(job: str, folder: Path) -> str:
    """Say that this machine works, and wait for leave to end."""
    import ray

    here = str(ray.get_runtime_context().get_node_id())
    (folder / "met" / here).touch()
    end = time.monotonic() + PATIENCE
    while not (folder / "go").exists():
        assert time.monotonic() < end, "nobody let go"
        time.sleep(0.05)
    return here


@needs_ray
@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere.invalid:6379"])
def test_a_cluster_that_is_not_there_is_told(address: str) -> None:
    shown = ttw("evaluate", "--seeds", "1", "--minds", "silent", "--ray", address)
    assert shown.exit_code == Exit.UNUSABLE
    assert f"There is no Ray cluster to be used at {address}" in words(shown.stderr)
    assert "ray start" in shown.stderr


@needs_ray
@pytest.mark.parametrize("address", ["ray://head:10001", "head", "", "local", "127.0.0.1:999999"])
def test_what_is_no_address_is_told(address: str) -> None:
    shown = ttw("evaluate", "--seeds", "1", "--minds", "silent", "--ray", address)
    assert shown.exit_code == Exit.UNUSABLE
    assert "HOST:PORT" in shown.stderr


def test_what_a_cluster_needs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    shown = ttw("evaluate", "--seeds", "1", "--minds", "silent", "--ray", "auto")
    assert shown.exit_code == Exit.UNUSABLE
    assert "thousand-token-wood[cluster]" in shown.stderr


@pytest.mark.parametrize("option", [("--workers", "2"), ("--out", "calls")])
def test_what_a_cluster_does_not_heed_is_refused(option: tuple[str, str]) -> None:
    shown = ttw("evaluate", "--seeds", "1", "--minds", "silent", "--ray", "auto", *option)
    assert (shown.exit_code, option[0] in shown.stderr) == (Exit.USAGE, True)
