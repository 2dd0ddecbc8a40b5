"""Compiles the rules into the wheel: mypyc turns most modules of ``wood/`` into extension modules.

A plain build does nothing here. With ``TTW_COMPILE=1`` in the environment (``.ci/wheel`` sets it) the wheel is made for
one Python on one kind of machine and carries both forms, of which Python takes the compiled one. Extension modules lie
in wheels alone, never beside the sources of a checkout, and a wheel holds the sources that it was compiled from: so
none of them can be stale.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = [
    *("almanac", "belief", "calendar", "chance", "deeds", "draft", "drift", "exchange", "fixed", "founding", "hearsay"),
    *("household", "ledger", "market", "mood", "odds", "omens", "prophecy", "ranking", "settlement", "shocks", "turn"),
]
"""Modules of ``wood/`` that do a turn's work. The types that pydantic reads and makes stay Python, and so do moves."""
SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify
setup(name="wood", packages=[], ext_modules=mypycify(["--config-file=", "--ignore-missing-imports", *sys.argv[4:]]),
      script_args=["build_ext", "--build-lib", sys.argv[1], "--build-temp", sys.argv[2], "--parallel", sys.argv[3]])
"""


class CustomBuildHook(BuildHookInterface):
    """Hatchling's hook: adds the extension modules to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, if it was asked for.

        Raises:
            subprocess.CalledProcessError: mypyc or the C compiler failed; what they said is shown.
        """
        if version != "standard" or os.environ.get("TTW_COMPILE") != "1":
            return
        root = Path(self.root)
        self._folder = tempfile.TemporaryDirectory()
        made = Path(self._folder.name)
        # In a process and a folder of its own: mypyc leaves its C files where it runs.
        command = [sys.executable, "-c", SETUP, str(made / "lib"), str(made / "temp"), str(os.cpu_count() or 1)]
        (made / "wood").symlink_to(root / "wood")
        modules = [f"wood/{name}.py" for name in COMPILED]
        subprocess.run([*command, *modules], cwd=made, check=True, stdout=sys.stderr)
        extensions = [path for path in (made / "lib").rglob("*") if path.suffix in {".so", ".pyd"}]
        build_data["force_include"].update({str(path): str(path.relative_to(made / "lib")) for path in extensions})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: it is in the wheel."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
