"""The two forms of the rules, plain Python and compiled: which modules are meant, and that no mixture runs."""

import runpy
from importlib import import_module
from pathlib import Path

from wood import compiled

ROOT = Path(__file__).parents[2]
COMPILED = runpy.run_path(str(ROOT / ".ci/compile.py"))["COMPILED"]


def test_the_rules_run_in_one_form() -> None:
    files = [Path(str(import_module(f"wood.{name}").__file__)) for name in COMPILED]
    assert "turn" in COMPILED
    assert {path.suffix != ".py" for path in files} == {compiled()}
    assert len({path.parent for path in files}) == 1


def test_no_extension_module_lies_beside_the_sources() -> None:
    """There it would be taken for the source, also after that has changed; they live in wheels alone."""
    assert not [path for path in (ROOT / "wood").rglob("*") if path.suffix in {".so", ".pyd", ".c"}]
