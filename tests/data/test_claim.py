"""One bot to a file: the lock beside the database."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.claim import claimed
from data.errors import StoreLockedError
from data.store import Store

ROOT = Path(__file__).parents[2]
HOLDING = """
import sys
from pathlib import Path
from data.claim import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


async def test_a_file_is_claimed_once_and_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "new" / "wood.sqlite3"
    with claimed(path):
        with pytest.raises(StoreLockedError, match="Another bot runs on the database"), claimed(path):
            pass
        with claimed(path.with_name("other.sqlite3")):
            pass
        async with await Store.open(path) as store:
            assert await store.woods.all() == []
    with claimed(path):
        pass


def test_a_killed_bot_leaves_its_file_free(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError), claimed(path):
            pass
        process.kill()
        process.wait(30)
        with claimed(path):
            pass


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    path.touch()
    by_file, by_folder = tmp_path / "link.sqlite3", tmp_path / "folder"
    by_file.symlink_to(path)
    by_folder.symlink_to(tmp_path, target_is_directory=True)
    with claimed(path):
        for other in (by_file, by_folder / path.name, by_folder / ".." / tmp_path.name / path.name):
            with pytest.raises(StoreLockedError), claimed(other):
                pass
    with claimed(by_file), pytest.raises(StoreLockedError), claimed(path):
        pass
    assert not by_file.with_name("link.sqlite3.lock").exists()


def test_a_link_that_leads_to_no_file_yet_is_locked_where_the_file_will_be(tmp_path: Path) -> None:
    path = tmp_path / "later" / "wood.sqlite3"
    link = tmp_path / "link.sqlite3"
    link.symlink_to(path)
    with claimed(link), pytest.raises(StoreLockedError), claimed(path):
        pass


def test_a_file_with_two_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    path.touch()
    path.with_name("second.sqlite3").hardlink_to(path)
    with pytest.raises(StoreLockedError, match="2 names"), claimed(path):
        pass
