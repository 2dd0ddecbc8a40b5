"""The audit of what is locked: what it asks about, what fails it, and that it is skipped aloud without a network."""

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
AUDIT: Any = runpy.run_path(str(ROOT / ".ci" / "audit.py"))
NOWHERE = "http://127.0.0.1:9/"


def test_every_package_of_the_lock_is_asked_about() -> None:
    packages = AUDIT["pinned"]((ROOT / "requirements.lock").read_text("utf-8"))
    names = {each.partition("==")[0] for each in packages}
    assert {"discord-py", "aiosqlite", "simcord", "vllm"} <= names, "of every extra"
    assert len(names) > 100


def test_only_what_a_newer_version_mends_is_a_failure() -> None:
    report = {
        "dependencies": [
            {"name": "sound", "version": "1.0", "vulns": []},
            {"name": "left-out", "skip_reason": "not on the index"},
            {"name": "holed", "version": "1.0", "vulns": [{"id": "OSV-1", "fix_versions": ["1.1", "2.0"]}]},
            {"name": "open", "version": "2.0", "vulns": [{"id": "OSV-2", "fix_versions": []}]},
        ]
    }
    mended, without_cure = AUDIT["findings"](report)
    assert mended == ["holed 1.0: OSV-1, mended in 1.1, 2.0"]
    assert without_cure == ["open 2.0: OSV-2, which no version mends yet"]


def test_without_a_network_it_is_skipped_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert AUDIT["main"](tmp_path / "audit", NOWHERE) == 0
    said = capsys.readouterr().out
    assert said.startswith("audit skipped: nothing was asked about ")
    assert "Connection refused" in said
    assert not (tmp_path / "audit").exists(), "nothing is installed for it"
