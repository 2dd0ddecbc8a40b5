"""The command line as processes of their own: as a module, interrupted, killed, and against a loopback Discord."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from tests.loopback import BotProcess, LoopbackDiscord

pytestmark = [pytest.mark.process, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes through /proc")


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TTW_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | more


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments]


def finished(*arguments: str, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def started(arguments: Sequence[str], cwd: Path) -> "Iterator[subprocess.Popen[str]]":
    """A process in a group of its own, as a terminal makes it; nothing of it outlives the block."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()


def files(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_another_process_leaves_the_same_bytes(tmp_path: Path) -> None:
    run = ("simulate", "--reference", "--seed", "7", "--json", "--out")
    one = finished(*run, "one", cwd=tmp_path, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    two = finished(*run, "two", cwd=tmp_path, PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8")
    assert one.returncode == two.returncode == Exit.OK, one.stderr + two.stderr
    assert one.stdout == two.stdout
    assert len(files(tmp_path / "one")) == 6
    assert files(tmp_path / "one") == files(tmp_path / "two")
    agreed = finished("replay", "one/wood.jsonl", "--json", cwd=tmp_path)
    assert agreed.returncode == Exit.OK
    assert json.loads(agreed.stdout)["agrees"]


def test_plain_terminals_can_show_the_tables(tmp_path: Path) -> None:
    shown = finished("simulate", "--reference", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert shown.returncode == Exit.OK, shown.stderr
    assert "valid actions" in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("simulate", "--turns", "2"),
        ("simulate", "--turns", "2", "--json"),
        ("evaluate", "--seeds", "1", "--turns", "15", "--minds", "instinct", "--workers", "1"),
        ("health",),
        ("simulate", "--help"),
        ("--version",),
    ],
    ids=" ".join,
)
def test_nothing_is_said_when_nobody_reads_on(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert ended_unread(arguments, tmp_path, subprocess.PIPE) == (Exit.UNREAD, b"")


def test_errors_that_nobody_reads_end_quietly_too(tmp_path: Path) -> None:
    assert ended_unread(("simulate", "--turns", "0"), tmp_path, subprocess.STDOUT) == (Exit.UNREAD, b"")


def ended_unread(arguments: Sequence[str], cwd: Path, errors: int) -> tuple[int, bytes]:
    """How a command ends whose output goes into a pipe that nobody reads, and what it says on standard error."""
    unread, out = os.pipe()
    os.close(unread)
    try:
        ended = subprocess.run(
            command(*arguments), cwd=cwd, env=environment(), stdout=out, stderr=errors, timeout=PATIENCE, check=False
        )
    finally:
        os.close(out)
    return ended.returncode, ended.stderr or b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_output_that_finds_no_room_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command("health"),
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert ended.returncode == Exit.UNUSABLE
    assert ended.stderr == b"ttw: There is no room left where the output goes.\n"


@linux
def test_ctrl_c_ends_a_sweep_and_its_workers(tmp_path: Path) -> None:
    sweep = ("evaluate", "--seeds", "5000", "--minds", "instinct", "--workers", "2", "--json")
    with started(sweep, tmp_path) as process:
        until(lambda: len(children(process.pid)) >= 3, "two workers and what tracks them")
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE) == Exit.INTERRUPTED
        until(lambda: not alive(process.pid), "the workers to end")
        out, error = process.communicate()
        assert out == ""
        assert "Traceback" not in error


@linux
def test_a_killed_sweep_leaves_no_workers_behind(tmp_path: Path) -> None:
    sweep = ("evaluate", "--seeds", "5000", "--minds", "instinct", "--workers", "2")
    with started(sweep, tmp_path) as process:
        until(lambda: len(children(process.pid)) >= 3, "two workers and what tracks them")
        process.kill()
        process.wait(PATIENCE)
        until(lambda: not alive(process.pid), "the workers to end")


@linux
def test_a_killed_sweep_goes_on_where_it_was(tmp_path: Path) -> None:
    sweep = ("evaluate", "--seeds", "5", "--turns", "15", "--minds", "silent,random", "--json", "--out", "calls")
    kept = tmp_path / "kept"
    with started((*sweep, "--workers", "2", "--resume", "kept"), tmp_path) as process:
        until(lambda: len(list(kept.glob("??/*.jsonl"))) >= 3, "three runs to be finished")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    before = {path: path.stat().st_mtime_ns for path in kept.glob("??/*.jsonl")}
    assert 3 <= len(before) < 10
    resumed = finished(*sweep, "--workers", "2", "--resume", "kept", cwd=tmp_path)
    calls = files(tmp_path / "calls")
    (tmp_path / "calls").rename(tmp_path / "of-the-resumed")
    whole = finished(*sweep, "--workers", "1", cwd=tmp_path)
    assert (resumed.returncode, resumed.stdout, resumed.stderr) == (whole.returncode, whole.stdout, whole.stderr)
    assert json.loads(whole.stdout)["minds"]["random"]["calls"]["calls"] == 5 * 15 * 5
    assert calls == files(tmp_path / "calls")
    assert before == {path: path.stat().st_mtime_ns for path in before}
    assert len(list(kept.glob("??/*.jsonl"))) == 10


def test_a_bot_without_a_token_ends_at_once(tmp_path: Path) -> None:
    ended = finished("run", cwd=tmp_path)
    assert ended.returncode == Exit.USAGE
    assert ended.stdout == ""
    assert "TTW_TOKEN" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_play_serves_a_page_until_ctrl_c_and_goes_on_with_its_wood(tmp_path: Path) -> None:
    for arguments in ((), ("--fresh",)):
        with started(("play", "--no-open", "--json", *arguments), tmp_path) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            shown = json.loads(line or "{}")
            assert shown["database"] == "playground.sqlite3"
            with urllib.request.urlopen(shown["url"], timeout=PATIENCE) as page:
                assert page.status == 200
            process.send_signal(signal.SIGINT)
            out, error = process.communicate(timeout=PATIENCE)
            assert process.returncode == Exit.OK, error
            assert out == ""
            assert "Traceback" not in error
        assert (tmp_path / "playground.sqlite3").is_file()


async def test_sync_registers_every_command_and_leaves(tmp_path: Path) -> None:
    async with LoopbackDiscord() as loopback:
        loopback.add_guild()
        settings = {"TTW_TOKEN": loopback.token, "TTW_DATABASE": str(tmp_path / "wood.sqlite")}
        async with BotProcess(loopback, tmp_path, settings=settings, arguments=("sync", "--json")) as process:
            assert await process.ended(PATIENCE) == Exit.OK, process.log
        names = json.loads(process.log.splitlines()[-1])["registered"]
        assert names == ["keeper", "legend", "market", "patron", "rumor", "wood"]
        assert sorted(command["name"] for command in loopback.state.commands) == names
        settings["TTW_TOKEN"] = "a-token-of-nobody"
        folder = tmp_path / "other"
        await asyncio.to_thread(folder.mkdir)
        async with BotProcess(loopback, folder, settings=settings, arguments=("sync",)) as process:
            assert await process.ended(PATIENCE) == Exit.TOKEN
        assert "does not take the token" in process.log
        assert "a-token-of-nobody" not in process.log
        assert "Traceback" not in process.log
